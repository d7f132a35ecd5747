"""Says whom descriptions stand for: 'the Bulgarian coast guard', 'police in Nairobi', 'both sides', 'its
neighbour'.
"""

from __future__ import annotations

from bisect import bisect_left

from dragoman.entities.atlas import DIRECTIONS
from dragoman.entities.context import ABOVE_STATES
from dragoman.entities.desk import CLOSE_CALL, GUESS, GUESSES
from dragoman.entities.drafting import SETS
from dragoman.entities.page import Draft
from dragoman.entities.persons import Persons
from dragoman.records import Entity

NUMBERS = {
    "both": 2,
    "two": 2,
    "either": 2,
    "neither": 2,
    "each": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "all": 0,
}
# 'two governments' are a pair even without an article, 'two ministers' are not.
PLAIN_PAIRS = frozenset({"side", "neighbour", "neighbor", "government", "country", "capital", "army"})
# Whose body 'West African leaders' or 'Arab ministers' are, where the report names it; none for 'Western'.
UNIONS = {
    "Western": frozenset(),
    "Arab": frozenset({"Arab League", "Gulf Cooperation Council", "Arab Maghreb Union"}),
    "African": frozenset({"African Union", "Organisation of African Unity"}),
    "West African": frozenset({"Economic Community of West African States",
                               "Economic Community of West African States Monitoring Group"}),
    "East African": frozenset({"East African Community", "Intergovernmental Authority on Development"}),
    "Latin American": frozenset({"Organization of American States", "Rio Group", "Contadora Group",
                                 "Community of Latin American and Caribbean States"}),
    "South American": frozenset({"Union of South American Nations", "Southern Common Market"}),
    "Central American": frozenset({"Central American Integration System"}),
    "Caribbean": frozenset({"Caribbean Community", "Organisation of Eastern Caribbean States"}),
    "Asian": frozenset({"Association of Southeast Asian Nations"}),
    "Pacific": frozenset({"Pacific Islands Forum"}),
    "Gulf": frozenset({"Gulf Cooperation Council"}),
    "Nordic": frozenset({"Nordic Council"}),
}  # fmt: skip
OF_STATE = (["of", "state"], ["of", "defense"], ["of", "defence"])  # 'the secretary of state'
# Offices whose name has 'foreign' in it.
STATES_OWN = frozenset("minister ministry office secretary ministries counterpart chief policy".split())
OF_UNIONS = frozenset("force peacekeeper monitor observer bloc organisation organization mission".split())
ONE_COUNTRY = 1.0  # by how much one country must outweigh the next for 'both sides' to be of it


class Descriptions(Persons):
    """Resolves descriptions, and words that stand for several parties."""

    def _description(self, draft: Draft) -> None:
        head = draft.head
        count = self._count(draft)
        adjectives, possessors = self._premodifiers(draft.start, head)
        owners = adjectives or possessors
        if draft.noun == "counterpart" and self._counterpart(draft, owners):
            return
        if (self.nouns.is_a(draft.noun, "other") or draft.noun == "counterpart") and not (
            adjectives and adjectives[0].kind in ("country", "people")
        ):
            owners = possessors or self._within(head)
            if owners:
                self._other(draft, owners)
                return
        if owners and not adjectives and self._owner_is_guessed(draft):
            owners = self._within(head) or owners  # "the fishermen's union in Rameswaram, India"
        if owners and owners[0].kind == "region" and self._of_a_part_of_the_world(draft, owners[0]):
            return
        if any(owner.country for owner in owners) or (owners and draft.number == "many"):
            # 'Arab states' are nobody's in particular, 'the Gulf state' is one that the text has named.
            self._described(draft, owners, "descriptions/modifier")
            return
        if not owners and self._belongs_to_no_state(draft):
            return
        if not count and draft.number == "many" and draft.noun.startswith("neighbo"):
            count = 2  # 'the neighbours met'
        if count and self.nouns.is_a(draft.noun, "pair"):
            self._collective(draft, count)
            return
        inside = self._within(head)
        if inside:
            self._described(draft, inside, "descriptions/of-or-in")
            return
        body = self.context.short_form(draft) if self._definite(draft) else None
        if body:
            draft.settle((body,), "names/short-form")
            self.context.note(draft, body.country)
            return
        formed = (
            self.atlas.forms.get(draft.noun) if self._definite(draft) and draft.number != "many" else None
        )
        last = head + 3 if self.page.lower[head + 1 : head + 3] in OF_STATE else head + 1
        homes = self.nouns.homes_of(self.page.lower[max(0, last - 3) : last])
        code = (
            self._at_home(draft, homes) if homes else self.context.pick(draft, within=formed or frozenset())
        )
        if code:
            rule = CLOSE_CALL if self.context.close else GUESS
            self._described(draft, (self._state(code, draft.sector),), rule)

    def _belongs_to_no_state(self, draft: Draft) -> bool:
        """'aid workers' of no state are filed as an NGO; 'migrants', 'Western diplomats' and 'foreign
        envoys' stay without a country rather than get the nearest.
        """
        page, head = self.page, draft.head
        before = page.lower[head - 1] if head else ""
        if before in ("foreign", "western", "overseas") and draft.noun not in STATES_OWN:
            return True
        if draft.number == "one":
            return False
        for words in (f"{before} {draft.noun}", draft.noun):
            if self.nouns.is_a(words, "charity"):
                entity = Entity("body:charities", "charities", "NGO", draft.sector, "body")
                draft.settle((entity,), "descriptions/charity")
                return True
            if self.nouns.is_a(words, "stateless"):
                return True
        return False

    def _owner_is_guessed(self, draft: Draft) -> bool:
        """Whether the possessor before the head is itself a bare description ('the fishermen's union')."""
        owners = [self.by_head[i] for i in range(draft.start, draft.head) if i in self.by_head]
        return bool(owners) and GUESSES.issuperset(owners[-1].rules[-1:] or [""])

    def _of_a_part_of_the_world(self, draft: Draft, part: Entity) -> bool:
        """'West African leaders': the body of that part of the world, if the report names it; no state's
        otherwise.
        """
        if part.country in ("EUR",) or part.name not in UNIONS:
            return False
        names = UNIONS[part.name]
        for _, _, body in self.context.bodies:
            if body.name in names:
                draft.settle((body,), "descriptions/union-of-that-part-of-the-world")
                return True
        if names and draft.noun in OF_UNIONS:
            union = Entity(part.id, part.name, "IGO", draft.sector, "body")
            draft.settle((union,), "descriptions/union-of-that-part-of-the-world")
            return True
        return not names

    def _described(self, draft: Draft, owners: tuple[Entity, ...], rule: str) -> None:
        """The description stands for a person, body or thing of those states or bodies."""
        found = []
        for owner in owners:
            if owner.country:
                found.append(self._holder_of_office(draft, owner) or self._part_of(draft, owner))
        if found:
            draft.settle(tuple(dict.fromkeys(found)), rule)
            if len(found) == 1:
                self.context.note(draft, found[0].country)

    def _part_of(self, draft: Draft, owner: Entity) -> Entity:
        kind = "person" if draft.person else "body" if draft.number == "body" else "people"
        named = owner.id if owner.kind in ("body", "armed_group", "outlet") else owner.country
        role = self._office_name(draft) if draft.person else None
        return Entity(named, owner.name, owner.country, draft.sector, kind, role)

    def _holder_of_office(self, draft: Draft, owner: Entity) -> Entity | None:
        """'the Turkish president': the person whom the text has so introduced, else who held the office on
        the day.
        """
        if (
            not draft.person
            or not self._definite(draft)
            or self.page.lower[draft.start - 1 : draft.start] == ["a"]
        ):
            return None
        if self._has_name_beside(draft):
            return None  # the text's own introduction beats the table
        role = self._office_name(draft)
        for person in reversed(self.people.values()):
            if person.country == owner.country and person.role and person.role.endswith(role):
                return person
        return self._in_office(role, owner.country) if owner.kind in ("country", "people", "person") else None

    def _has_name_beside(self, draft: Draft) -> bool:
        """'Georgia's foreign minister, Ion Tarus,'."""
        page = self.page
        beside = [child for child in page.children[draft.head] if page.dep[child] == "appos"]
        if page.dep[draft.head] == "appos":
            beside.append(page.head[draft.head])
        if draft.end < page.size and page.words[draft.end] == ",":
            at = bisect_left(self.heads, draft.end)
            beside += [d.head for d in self.drafts[at : at + 1] if d.start == draft.end + 1]
        return any(head in self.by_head and self.by_head[head].person and self.by_head[head].kind == "name"
                   for head in beside)  # fmt: skip

    def _count(self, draft: Draft) -> int:
        """2 for 'both sides' and 'the two countries', 0 where the noun is not counted so ('killed two
        men').
        """
        page = self.page
        for i in range(max(0, draft.start - 2), draft.head):
            word = page.lower[i]
            if word in SETS and (page.head[i] == draft.head or i >= draft.start):
                before = page.lower[i - 1] if i else ""
                definite = before in ("the", "these", "those", "all", "its", "their", "between") or word in (
                    "both", "either", "neither", "each"
                )  # fmt: skip
                plain = draft.noun in PLAIN_PAIRS
                if definite or (plain and word == "two"):
                    return NUMBERS.get(word, 0) or 3
        return 0

    def _collective(self, draft: Draft, count: int) -> None:
        joined = self.antecedents.several(draft, count)
        if joined:
            draft.settle(
                tuple(dict.fromkeys(self._state(e.country, draft.sector) for e in joined)),
                "descriptions/joined",
            )
            return
        number, draft.number = draft.number, "set"
        scores = self.context.scores(draft)
        draft.number = number
        codes = sorted(scores, key=lambda code: -scores[code])[: count or 2]
        if len(codes) > 1:
            maybe_one = draft.noun.startswith("set:") or self.nouns.is_a(draft.noun, "sides")
            inside = maybe_one and scores[codes[0]] - scores[codes[1]] > ONE_COUNTRY
            rule = "descriptions/both-sides-of-one-country" if inside else "descriptions/both-sides"
            draft.settle(
                tuple(self._state(code, draft.sector) for code in (codes[:1] if inside else codes)), rule
            )

    def _other(self, draft: Draft, owners: tuple[Entity, ...]) -> None:
        """'its neighbour', 'its ally': not the owner; one of the other states that the text names."""
        if draft.number == "many" and not self.nouns.is_a(draft.noun, "captor"):
            return
        avoid = frozenset(owner.country for owner in owners)
        near: frozenset[str] = frozenset()
        if draft.noun.startswith("neighbo"):
            words = self.page.lower[draft.start : draft.head + 6]
            direction = next((w for w in words if w in DIRECTIONS), None)
            near = self.atlas.beside(owners[0].country, direction)
        code = self.context.pick(draft, avoid, near)
        if code:
            self._described(draft, (self._state(code, draft.sector),), "descriptions/other-than-owner")

    def _counterpart(self, draft: Draft, owners: tuple[Entity, ...]) -> bool:
        """'his Turkish counterpart': who holds the same office there."""
        adjectives, possessors = self._premodifiers(draft.start, draft.head)
        if not adjectives:
            return False
        role = next((p.role for p in possessors if p.role), None)
        same = self._in_office(role.rsplit(" of ")[0], adjectives[0].country) if role else None
        if same:
            draft.settle((same,), "descriptions/counterpart")
        else:
            self._described(draft, adjectives, "descriptions/counterpart")
        return True

    def _people(self, draft: Draft) -> None:
        """'ethnic Albanians', 'the Serbs of Krajina': not of the state that bears their name."""
        before = self.page.lower[draft.start - 1] if draft.start else ""
        entity = draft.entities[0]
        if before in ("ethnic", "local"):
            code = self.context.pick(draft, frozenset({entity.country}))
        else:
            places = self._within(draft.head)
            code = places[0].country if len(places) == 1 and places[0].country not in ABOVE_STATES else ""
        if code:
            draft.settle((Entity(entity.id, entity.name, code, "CVL", "people"),), "names/people-elsewhere")
