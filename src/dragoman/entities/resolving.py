"""Says who the drafts are: names by table and date, persons by introduction, descriptions and pronouns by context."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from dragoman.entities.antecedents import Antecedents
from dragoman.entities.atlas import DIRECTIONS, Atlas
from dragoman.entities.context import NO_STATE, Context
from dragoman.entities.drafting import SETS, Drafter
from dragoman.entities.namebook import NameBook, slug
from dragoman.entities.naming import Hit
from dragoman.entities.nounbook import Noun, NounBook
from dragoman.entities.page import Draft, Page
from dragoman.records import Entity

SPEECH = frozenset(
    "say tell add warn announce state declare insist argue note claim deny reply respond ask demand write report"
    " explain admit promise vow stress urge maintain call comment shout read".split()
)
SYNONYMS = {
    "North Atlantic Treaty Organization": ("alliance",), "European Union": ("bloc",), "European Community": ("bloc",),
    "Association of Southeast Asian Nations": ("bloc",), "Economic Community of West African States": ("bloc",),
    "Southern African Development Community": ("bloc",), "Caribbean Community": ("bloc",), "African Union": ("bloc",),
    "Eurasian Economic Union": ("bloc",), "Gulf Cooperation Council": ("bloc",), "Southern Common Market": ("bloc",),
    "International Atomic Energy Agency": ("watchdog",), "Collective Security Treaty Organization": ("alliance",),
    "International Monetary Fund": ("lender",), "World Bank": ("lender",),
}  # fmt: skip
# 'both sides' may be the government and the rebels of one country; 'both governments' may not.
INNER_SIDES = frozenset(
    "side camp party delegation man woman force leader commander set:two set:both set:neither set:either set:each".split()
)
ONE_COUNTRY = 1.0  # by how much one country must outweigh the next for that
OWNING = frozenset("led owned flagged registered run based controlled manned crewed".split())
OTHERS = frozenset(
    "neighbour neighbor ally partner rival foe enemy adversary captor host colleague abductor kidnapper guest visitor"
    " attacker aggressor occupier interlocutor besieger".split()
)
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
PAIRS = frozenset(
    "side country government neighbour neighbor leader army capital camp party president minister nation state people"
    " delegation general premier man woman force navy foe rival enemy ally foreign republic parliament chief official"
    " commander negotiator team counterpart bank administration".split()
)
# What a description calls an office, and the offices of the table that it may be, in the order to try.
OFFICES = {
    "president": ("head_of_state",), "premier": ("head_of_government",), "prime minister": ("head_of_government",),
    "chancellor": ("head_of_government",), "king": ("monarch",), "queen": ("monarch",), "emir": ("monarch",),
    "sultan": ("monarch",), "monarch": ("monarch",), "supreme leader": ("supreme_leader",),
    "foreign minister": ("foreign_minister",), "foreign secretary": ("foreign_minister",),
    "secretary of state": ("foreign_minister",), "external affairs minister": ("foreign_minister",),
    "defence minister": ("defence_minister",), "defense minister": ("defence_minister",),
    "defence secretary": ("defence_minister",), "defense secretary": ("defence_minister",),
}  # fmt: skip
PLACE_PREPOSITIONS = frozenset(
    {"of", "in", "from", "at", "for", "near", "inside", "outside", "on", "off", "across"}
)


COURTS = frozenset("tribunal court judge prosecutor commission arbitrator chamber".split())
THE_COURT = Entity("body:court-in-the-hague", "international court in The Hague", "IGO", "JUD", "body")


class Resolver:
    """Resolves the drafts of one report, each once, on demand."""

    def __init__(
        self,
        page: Page,
        drafter: Drafter,
        book: NameBook,
        nouns: NounBook,
        when: date | None,
        weights: dict[str, float],
        atlas: Atlas,
    ) -> None:
        self.page, self.drafter, self.book, self.nouns = page, drafter, book, nouns
        self.when, self.context = when, Context(page, weights)
        self.atlas = atlas
        self.drafts: list[Draft] = []
        self.behind: dict[int, Hit | Noun | None] = {}
        self.by_head: dict[int, Draft] = {}
        self.started: set[int] = set()
        self.heads: list[int] = []
        self.people: dict[str, Entity] = {}
        self.introducer: Draft | None = None
        self.aliases: dict[str, tuple[Entity, ...]] = {}

    def resolve_all(self) -> list[Draft]:
        """Every draft, resolved as far as it can be."""
        for draft, behind in self.drafter.drafts():
            self.drafts.append(draft)
            self.by_head[draft.head] = draft
            self.behind[draft.head] = behind
            if isinstance(behind, Hit):
                self._named(draft, behind)
        self.heads = [draft.head for draft in self.drafts]
        self.antecedents = Antecedents(self.page, self.drafts, self.by_head, self.context.weights)
        self.antecedents.trace = self.context.trace
        self._find_datelines()
        for draft in self.drafts:
            self.resolve(draft)
        for draft in self.drafts:
            if draft.person and draft.kind == "name" and not draft.codes():
                self._recall(draft)
        return self.drafts

    def _find_datelines(self) -> None:
        """The countries of the datelines: a place in capitals at the head of a paragraph."""
        page = self.page
        for draft in self.drafts:
            start = draft.start
            hit = self.behind[draft.head]
            if not isinstance(hit, Hit) or not page.words[start].isupper() or len(page.words[start]) < 2:
                continue
            if hit.sort in ("capital", "city", "region", "country") and (
                start == 0
                or page.para[start] != page.para[start - 1]
                or page.words[start - 1].startswith("\n")
            ):
                if hit.entity.country not in NO_STATE and (
                    len(page.words[start]) > 3 or draft.end - start > 1
                ):
                    self.context.datelines.append((start, hit.entity.country))

    def resolve(self, draft: Draft) -> Draft:
        """The draft with its entities, if they can be told."""
        if draft.head in self.started:
            return draft
        self.started.add(draft.head)
        behind = self.behind[draft.head]
        if isinstance(behind, Hit):
            if behind.sort == "person":
                self._known_person(draft, behind)
            elif behind.sort == "people":
                self._people(draft)
        elif draft.kind == "name":
            self._unknown_name(draft)
        elif draft.noun.startswith("set:"):
            self._collective(draft, NUMBERS.get(draft.noun[4:], 2))
        elif draft.kind == "description":
            self._description(draft)
        else:
            self._pronoun(draft)
        return draft

    # names

    def _named(self, draft: Draft, hit: Hit) -> None:
        entity = hit.entity
        if hit.sort != "person":
            draft.settle((entity,), f"names/{hit.sort}")
            if hit.sort != "outlet":
                self.context.add(draft.head, entity.country)
            if hit.sort in ("body", "acronym"):
                words = entity.name.lower().split()
                ends = frozenset(
                    {words[0], words[-1], words[-1].removesuffix("s"), *SYNONYMS.get(entity.name, ())}
                )
                if entity.kind == "armed_group":
                    ends |= frozenset(words)
                self.context.bodies.append((draft.head, ends, entity))
            self._abbreviation(draft)
        else:
            self.context.add(draft.head, self._holder(entity.id).country)

    def _abbreviation(self, draft: Draft) -> None:
        """'Southern African Development Community (SADC)': the letters stand for the same body from here on."""
        page, after = self.page, draft.end
        if after + 2 < page.size and page.words[after] == "(" and page.words[after + 2] == ")":
            self.aliases[page.words[after + 1]] = draft.entities

    def _people(self, draft: Draft) -> None:
        """'ethnic Albanians', 'the Serbs of Krajina': not of the state that bears their name."""
        before = self.page.lower[draft.start - 1] if draft.start else ""
        entity = draft.entities[0]
        if before in ("ethnic", "local"):
            code = self.context.pick(draft, frozenset({entity.country}))
        else:
            places = self._within(draft.head)
            code = places[0].country if len(places) == 1 and places[0].country not in NO_STATE else ""
        if code:
            draft.settle((Entity(entity.id, entity.name, code, "CVL", "people"),), "names/people-elsewhere")

    def _known_person(self, draft: Draft, hit: Hit) -> None:
        entity = self._holder(hit.entity.id)
        current = draft.role is None and entity.role is not None
        stated = (
            self._modifiers(draft.start, draft.end - len(draft.name.split()))
            if current
            else self._stated(draft)
        )
        if stated and not draft.rules and stated[0].country and stated[0].country != entity.country:
            entity = Entity(entity.id, entity.name, stated[0].country, stated[0].sector, "person", draft.role)
            draft.settle((entity,), "persons/introduced")
        else:
            draft.settle((entity,), "persons/table")
        self._remember(draft, entity)

    def _holder(self, person: str) -> Entity:
        """The person in the office held on the day; after it, for the state once led."""
        tenures = self.book.tenures[person]
        when = self.when or date.max
        current = [t for t in tenures if t[2] <= when <= t[3]]
        if current:
            return current[0][0]
        past = [t for t in tenures if t[3] < when] or tenures
        last = max(past, key=lambda t: t[3])[0]
        return Entity(last.id, last.name, last.country, "ELI", "person", None)

    def _remember(self, draft: Draft, entity: Entity) -> None:
        words = draft.name.split() if " " in draft.name else [self.page.words[draft.head]]
        self.people[words[-1]] = entity
        self.people[entity.name] = entity

    def _unknown_name(self, draft: Draft) -> None:
        if draft.name in self.aliases:
            draft.settle(self.aliases[draft.name], "names/introduced-acronym")
            return
        if not draft.person:
            self._bracketed(draft)
            return
        words = draft.name.split()
        known = self.people.get(words[-1])
        stated = self._stated(draft)
        if known and (len(words) == 1 or known.name.endswith(draft.name) or not stated):
            draft.settle((known,), "persons/again")
        elif (not stated or draft.rules) and self._leader(draft, words):
            pass
        elif stated:
            one = stated[0]
            kind = "person" if self.introducer is None or self.introducer.person else "body"
            entity = Entity(
                f"{kind}:{slug(draft.name)}",
                draft.name,
                one.country,
                draft.sector or one.sector,
                kind,
                draft.role,
            )
            draft.settle((entity,), "persons/introduced")
            if self.introducer is not None and len(self.introducer.entities) == 1:
                self.introducer.settle((entity,), "descriptions/apposition")
            self._remember(draft, entity)
        else:
            self._guess(draft)
        if draft.codes():
            self.context.add(draft.head, draft.codes()[0])

    def _guess(self, draft: Draft) -> None:
        """Nothing introduces the name: the country around it, and the rule says that this is a guess."""
        code = self.context.pick(draft)
        if code:
            kind = "person" if draft.person else "body"
            entity = Entity(f"{kind}:{slug(draft.name)}", draft.name, code, draft.sector, kind)
            draft.settle((entity,), "context/unintroduced-name")

    def _bracketed(self, draft: Draft) -> None:
        """'the Rally for Return (RFR)'."""
        page, before = self.page, draft.start - 1
        if before > 0 and page.words[before] == "(":
            owner = self._ending_at(before)
            if owner and self.resolve(owner).entities:
                draft.settle(owner.entities, "names/introduced-acronym")
                self.aliases[draft.name] = owner.entities
                return
        self._guess(draft)

    def _ending_at(self, token: int) -> Draft | None:
        at = bisect_left(self.heads, token)
        found = self.drafts[at - 1] if at else None
        return found if found and found.end == token else None

    def _leader(self, draft: Draft, words: list[str]) -> bool:
        """A bare surname: whoever of that name holds an office on the day, or held one, if the text names his state."""
        when, totals = self.when or date.max, self.context.totals
        held = [
            t for person in self.book.surnames.get(words[-1], ())
            if len(words) == 1 or self._same_name(person, words)
            for t in self.book.tenures[person] if totals[t[0].country]
        ]  # fmt: skip
        current = [t for t in held if t[2] <= when <= t[3]]
        if not held and len(words) == 1:
            current = [
                t for person in self.book.surnames.get(words[-1], ()) for t in self.book.tenures[person]
                if t[2] <= when <= t[3] and t[1].office.startswith("head_of")
            ]  # fmt: skip
        past = [t for t in held if t[3] < when]
        for tenures, rule in (
            (current, "persons/office-holder-of-the-day"),
            (past, "persons/former-office-holder"),
        ):
            if len({t[0].id for t in tenures}) == 1:
                entity = self._holder(tenures[0][0].id)
                draft.settle((entity,), rule)
                self._remember(draft, entity)
                return True
        return False

    def _same_name(self, person: str, words: list[str]) -> bool:
        return slug(words[0])[:3] in person

    def _recall(self, draft: Draft) -> None:
        """A person named before he is introduced."""
        known = self.people.get(draft.name.split()[-1])
        if known:
            draft.settle((known,), "persons/introduced-later")
        elif draft.name in self.aliases:
            draft.settle(self.aliases[draft.name], "names/introduced-acronym")

    def _stated(self, draft: Draft) -> tuple[Entity, ...]:
        """What the text itself says when it introduces somebody: title and modifiers before, apposition after."""
        page = self.page
        self.introducer = None
        name_start = draft.end - 1
        while (
            name_start > draft.start
            and page.words[name_start - 1][0].isupper()
            and page.lower[name_start - 1] not in self.nouns.title_words
        ):
            name_start -= 1
        owners = self._modifiers(draft.start, name_start)
        title = self._title(draft.start, name_start)
        if owners:
            self._office(draft, title)
            return owners
        for other in self._apposed(draft):
            found = self.resolve(other)
            if found.entities:
                draft.role, draft.sector = self._office_name(found) or None, found.sector
                self.introducer = found
                if found.rules[-1:] == ["context/nearest-country"]:
                    draft.rules.append("context/nearest-country")
                return found.entities
        of_place = self._after(draft)
        if of_place:
            return of_place
        if title:
            self._office(draft, title)
            code = self.context.pick(draft)
            if code:
                draft.rules.append("context/nearest-country")
                return (self._state(code, draft.sector),)
        return ()

    def _title(self, start: int, stop: int) -> int | None:
        for i in range(stop - 1, start - 1, -1):
            if self.page.lower[i] in self.nouns.title_words and self._noun_at(i):
                return i
        return None

    def _noun_at(self, i: int) -> Noun | None:
        return self.nouns.find(self.page.lower, self.page.lemma(i), i)

    def _office(self, draft: Draft, title: int | None) -> None:
        if title is not None:
            noun = self._noun_at(title)
            draft.role = " ".join(self.page.lower[draft.start : title + 1]).replace(" - ", "-")
            draft.sector = noun.sector if noun else None

    def _apposed(self, draft: Draft) -> list[Draft]:
        """Descriptions that stand beside the name: 'its spokesman, X', 'X, spokesman of Y'."""
        page, found = self.page, []
        for child in page.children[draft.head]:
            if (
                page.dep[child] == "appos"
                and child in self.by_head
                and self.by_head[child].kind == "description"
            ):
                found.append(self.by_head[child])
        head = page.head[draft.head]
        if (
            page.dep[draft.head] == "appos"
            and head in self.by_head
            and self.by_head[head].kind == "description"
        ):
            found.append(self.by_head[head])
        if not found and draft.end + 1 < page.size and page.words[draft.end] == ",":
            self._next_phrase(draft, found)
        if not found and draft.start > 1 and page.words[draft.start - 1] == ",":
            before = self._ending_at(draft.start - 1)
            if before and before.kind == "description" and before.person:
                found.append(before)
        return found

    def _next_phrase(self, draft: Draft, found: list[Draft]) -> None:
        """'X, the interior minister, ...' where the parser made no apposition of it."""
        page, at = self.page, bisect_left(self.heads, draft.end)
        for other in self.drafts[at : at + 3]:
            if (
                other.kind == "description"
                and other.person
                and page.sent[other.head] == page.sent[draft.head]
            ):
                begin = other.start - 1 if page.lower[other.start - 1] in ("the", "a", "an") else other.start
                if begin == draft.end + 1:
                    found.append(other)
                    return

    def _after(self, draft: Draft) -> tuple[Entity, ...]:
        """'X of Greenpeace', 'X, who heads the Moldovan guard'."""
        page = self.page
        for child in page.children[draft.head]:
            if page.dep[child] == "prep" and page.lower[child] in ("of", "from"):
                for grandchild in page.children[child]:
                    if page.dep[grandchild] == "pobj" and grandchild in self.by_head:
                        return self.resolve(self.by_head[grandchild]).entities
            elif page.dep[child] == "relcl" and page.lemma(child) in (
                "head",
                "lead",
                "command",
                "run",
                "chair",
            ):
                for grandchild in page.children[child]:
                    if page.dep[grandchild] == "dobj" and grandchild in self.by_head:
                        return self.resolve(self.by_head[grandchild]).entities
        return ()

    # descriptions

    def _state(self, code: str, sector: str | None) -> Entity:
        known = self.book.countries.get(code)
        return Entity(
            code, known.name if known else code, code, sector or "GOV", known.kind if known else "body"
        )

    def _modifiers(self, start: int, stop: int) -> tuple[Entity, ...]:
        """The countries and bodies that the words before a head name; the nearest adjective first, else the owner."""
        adjectives, owners = self._premodifiers(start, stop)
        return adjectives or owners

    def _premodifiers(self, start: int, stop: int) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
        """Those named by adjectives ('Turkish'), and those that possessives name ('Turkey's', 'its')."""
        page, owners, adjectives = self.page, [], []
        i = start
        while i < stop:
            hit = self.drafter.hit_of.get(i)
            draft = self.by_head.get(hit.end - 1) if hit else self.by_head.get(i)
            end = hit.end if hit else i + 1
            if hit is not None and hit.sort == "outlet":
                i = end
                continue
            if draft is not None and end <= stop and not self._hyphened(end, i):
                possessive = end < page.size and page.lower[end] in ("'s", "’s", "'", "’")
                named = draft.person and draft.kind == "name"
                if hit is None and not possessive and draft.kind != "possessive" and not named:
                    i = end
                    continue
                entities = self.resolve(draft).entities
                if entities:
                    (owners if possessive or draft.kind == "possessive" else adjectives).extend(entities)
            i = end
        return tuple(dict.fromkeys(adjectives)), tuple(dict.fromkeys(owners))

    def _hyphened(self, end: int, start: int) -> bool:
        """'Norwegian-built', 'pro-Russian': the country is not that of the thing itself."""
        page = self.page
        if end + 1 < page.size and page.words[end] == "-" and end + 1 not in self.drafter.hit_of:
            return page.lower[end + 1] not in OWNING and page.pos[end + 1] in ("VERB", "ADJ", "NOUN")
        return start > 1 and page.words[start - 1] == "-" and page.lower[start - 2] in ("pro", "anti", "ex")

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

    def _office_name(self, draft: Draft) -> str:
        """'foreign minister' of 'Georgia's foreign minister'."""
        page, head = self.page, draft.head
        start = head
        while (
            start > draft.start
            and page.dep[start - 1] in ("compound", "amod")
            and start - 1 not in self.drafter.hit_of
        ):
            start -= 1
        return " ".join(page.lower[start : head + 1])

    def _holder_of_office(self, draft: Draft, owner: Entity) -> Entity | None:
        """'the Turkish president': the person whom the text has so introduced, else who held the office on the day."""
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

    def _in_office(self, role: str, country: str) -> Entity | None:
        when = self.when or date.max
        for office in OFFICES.get(role, ()):
            held = [
                e
                for e, since, until in self.book.holders.get((country, office), ())
                if since <= when <= until
            ]
            if len(held) == 1:
                return held[0]
        return None

    def _description(self, draft: Draft) -> None:
        page, head = self.page, draft.head
        count = self._count(draft)
        adjectives, possessors = self._premodifiers(draft.start, head)
        owners = adjectives or possessors
        if draft.noun == "counterpart" and self._counterpart(draft, owners):
            return
        if (draft.noun in OTHERS or draft.noun == "counterpart") and not (
            adjectives and adjectives[0].kind in ("country", "people")
        ):
            owners = possessors or self._within(head)
            if owners:
                self._other(draft, owners)
                return
        if owners:
            self._described(draft, owners, "descriptions/modifier")
            return
        if count and draft.noun in PAIRS:
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
        code = self.context.pick(draft, within=formed or frozenset())
        if code:
            self._described(draft, (self._state(code, draft.sector),), "context/nearest-country")

    def _definite(self, draft: Draft) -> bool:
        """'the council', 'Council', but not 'a council' or 'councils'."""
        page = self.page
        if draft.number == "many" and draft.noun not in ("tiger",):
            return page.words[draft.head][0].isupper()
        before = page.lower[draft.start - 1] if draft.start else ""
        possessed = draft.start < draft.head and any(
            page.lower[i] in ("'s", "’s") or page.dep[i] == "poss" for i in range(draft.start, draft.head)
        )
        return (
            possessed
            or before in ("the", "this", "that")
            or (page.words[draft.head][0].isupper() and before not in ("a", "an"))
        )

    def _within(self, head: int, depth: int = 0) -> tuple[Entity, ...]:
        """'police in Nairobi', 'ministry of the republic', 'Ministry of Foreign Affairs of Bulgaria'."""
        page = self.page
        for child in page.children[head]:
            if page.dep[child] == "prep" and child > head and page.lower[child] in PLACE_PREPOSITIONS:
                for grandchild in page.children[child]:
                    if page.dep[grandchild] != "pobj":
                        continue
                    if grandchild in self.by_head:
                        found = self._with_conjuncts(grandchild)
                        guessed = self.by_head[grandchild].rules[-1:] == ["context/nearest-country"]
                        if page.lower[grandchild] == "hague" and page.lemma(head) in COURTS:
                            return (THE_COURT,)
                        if found and not guessed:
                            return found
                    if depth < 2:
                        found = self._within(grandchild, depth + 1)
                        if found:
                            return found
        return ()

    def _with_conjuncts(self, head: int) -> tuple[Entity, ...]:
        page, found = self.page, list(self.resolve(self.by_head[head]).entities)
        for child in page.children[head]:
            if page.dep[child] == "conj" and child in self.by_head:
                found += self._with_conjuncts(child)
        return tuple(dict.fromkeys(found))

    def _count(self, draft: Draft) -> int:
        """2 for 'both sides' and 'the two countries', 0 where the noun is not counted so ('killed two men')."""
        page = self.page
        for i in range(max(0, draft.start - 2), draft.head):
            word = page.lower[i]
            if word in SETS and (page.head[i] == draft.head or i >= draft.start):
                before = page.lower[i - 1] if i else ""
                definite = before in ("the", "these", "those", "all", "its", "their", "between") or word in (
                    "both", "either", "neither", "each"
                )  # fmt: skip
                plain = draft.noun in (
                    "side",
                    "neighbour",
                    "neighbor",
                    "government",
                    "country",
                    "capital",
                    "army",
                )
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
            inside = draft.noun in INNER_SIDES and scores[codes[0]] - scores[codes[1]] > ONE_COUNTRY
            rule = "descriptions/both-sides-of-one-country" if inside else "descriptions/both-sides"
            draft.settle(
                tuple(self._state(code, draft.sector) for code in (codes[:1] if inside else codes)), rule
            )

    def _other(self, draft: Draft, owners: tuple[Entity, ...]) -> None:
        """'its neighbour', 'its ally': not the owner; one of the other states that the text names."""
        if draft.number == "many" and draft.noun not in (
            "captor",
            "host",
            "abductor",
            "kidnapper",
            "attacker",
        ):
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

    # pronouns

    def _pronoun(self, draft: Draft) -> None:
        noun = draft.noun
        if noun in ("who", "which"):
            self._relative(draft)
        elif noun in ("we", "i"):
            self._speaker(draft)
        elif noun != "you":
            self._antecedent(draft)

    def _relative(self, draft: Draft) -> None:
        page, verb = self.page, self.page.head[draft.head]
        while page.dep[verb] not in ("relcl", "acl") and page.head[verb] != verb:
            verb = page.head[verb]
        other = self.by_head.get(page.head[verb])
        if other and other is not draft:
            draft.settle(self.resolve(other).entities, "pronouns/relative")

    def _speaker(self, draft: Draft) -> None:
        page = self.page
        if not page.quoted[draft.head]:
            return
        for sentence in (page.sent[draft.head], page.sent[draft.head] + 1, page.sent[draft.head] - 1):
            for other in self._of_sentence(sentence):
                if page.quoted[other.head] or page.dep[other.head] != "nsubj" or other is draft:
                    continue
                if page.lemma(page.head[other.head]) in SPEECH and self.resolve(other).entities:
                    draft.settle(other.entities, "pronouns/speaker")
                    return

    def _of_sentence(self, sentence: int) -> list[Draft]:
        page = self.page
        lo = bisect_left(page.sent, sentence)
        hi = bisect_left(page.sent, sentence + 1)
        return self.drafts[bisect_left(self.heads, lo) : bisect_left(self.heads, hi)]

    def _antecedent(self, draft: Draft) -> None:
        for other in self._before(draft):
            self.resolve(other)
        found = self.antecedents.choose(draft)
        if found:
            draft.settle(found.entities, "pronouns/antecedent")

    def _before(self, draft: Draft) -> list[Draft]:
        at = bisect_left(self.heads, draft.head)
        return self.drafts[max(0, at - 10) : at]
