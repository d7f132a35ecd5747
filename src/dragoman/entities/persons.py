"""Says who people are: by the text's own introduction, by table and date, by surname; a guess is called
one.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from dragoman.entities.context import ABOVE_STATES, PLACED
from dragoman.entities.desk import GUESS, GUESSES, UNINTRODUCED, Desk
from dragoman.entities.namebook import slug
from dragoman.entities.naming import Hit
from dragoman.entities.nounbook import Noun
from dragoman.entities.page import Draft
from dragoman.records import Entity

# What a description calls an office, and the offices of the table that it may be, in the order to try.
OFFICES = {
    "president": ("head_of_state",), "premier": ("head_of_government",),
    "prime minister": ("head_of_government",), "chancellor": ("head_of_government",),
    "king": ("monarch",), "queen": ("monarch",), "emir": ("monarch",), "sultan": ("monarch",),
    "monarch": ("monarch",), "supreme leader": ("supreme_leader",),
    "foreign minister": ("foreign_minister",), "foreign secretary": ("foreign_minister",),
    "secretary of state": ("foreign_minister",), "external affairs minister": ("foreign_minister",),
    "defence minister": ("defence_minister",), "defense minister": ("defence_minister",),
    "defence secretary": ("defence_minister",), "defense secretary": ("defence_minister",),
}  # fmt: skip
LEADING = frozenset({"head", "lead", "command", "run", "chair"})


class Persons(Desk):
    """Resolves names of persons, and of bodies that no table has."""

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
        if not known and self._unknown_place(draft):
            return
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

    def _unknown_place(self, draft: Draft) -> bool:
        """'at Banjska in northern Kosovo', 'in Rameswaram, India': a place whose country the next words
        tell.
        """
        page, before = self.page, draft.start - 1
        if before < 0 or page.lower[before] not in PLACED:
            return False
        where = self._place_beside(draft.end)
        if where is None or where.country in ABOVE_STATES:
            return False
        draft.person = False
        place = Entity(f"region:{slug(draft.name)}", draft.name, where.country, None, "region")
        draft.settle((place,), "names/place-beside-its-country")
        self.context.add(draft.head, where.country)
        return True

    def _guess(self, draft: Draft) -> None:
        """Nothing introduces the name: the country around it, and the rule says that this is a guess."""
        code = self.context.pick(draft)
        if code:
            kind = "person" if draft.person else "body"
            entity = Entity(f"{kind}:{slug(draft.name)}", draft.name, code, draft.sector, kind)
            draft.settle((entity,), UNINTRODUCED)

    def _bracketed(self, draft: Draft) -> None:
        """'the Rally for Return (RFR)'."""
        page, before = self.page, draft.start - 1
        if before > 0 and page.words[before] == "(":
            owner = self._ending_at(before)
            if owner and self.resolve(owner).entities:
                draft.settle(owner.entities, "names/introduced-acronym")
                self.aliases[draft.name] = owner.entities
                return
        owners = self._modifiers(draft.start, draft.head)
        if owners:  # 'a U.S. C-130'
            one = owners[0]
            entity = Entity(f"body:{slug(draft.name)}", draft.name, one.country, one.sector, "body")
            draft.settle((entity,), "descriptions/modifier")
            return
        self._guess(draft)

    def _leader(self, draft: Draft, words: list[str]) -> bool:
        """A bare surname: whoever of that name holds an office on the day, or held one, if the text names
        his state.
        """
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
        """What the text itself says when it introduces somebody: title and modifiers before, apposition
        after.
        """
        page = self.page
        self.introducer = None
        name_start = draft.end - 1
        while (
            name_start > draft.start
            and page.words[name_start - 1][0].isupper()
            and name_start - 1 not in self.drafter.hit_of
            and page.lower[name_start - 1] not in self.nouns.title_words
        ):
            name_start -= 1
        owners = self._modifiers(draft.start, name_start)
        title = self._title(draft.start, name_start)
        apposed = [self.resolve(other) for other in self._apposed(draft)]
        if owners and not any(self._serves_body(found) for found in apposed):
            self._office(draft, title)
            return owners
        for found in apposed:
            if found.entities:
                draft.role, draft.sector = self._office_name(found) or None, found.sector
                self.introducer = found
                if found.rules and found.rules[-1] in GUESSES:
                    draft.rules.append(GUESS)
                return found.entities
        of_place = self._after(draft)
        if of_place:
            return of_place
        homes = self.nouns.homes_of(page.lower[max(0, name_start - 3) : name_start])
        if title or homes:
            self._office(draft, title)
            code = self._at_home(draft, homes)
            if code:
                draft.rules.append(GUESS)
                return (self._state(code, draft.sector),)
        return ()

    def _at_home(self, draft: Draft, homes: frozenset[str]) -> str:
        """The likeliest country, one of those that have the title; the only one that has it even where the
        report does not name it ('Secretary of State James Baker').
        """
        if len(homes) == 1 and not homes & self.context.totals.keys():
            return next(iter(homes))
        return self.context.pick(draft, within=homes)

    def _serves_body(self, found: Draft) -> bool:
        """'The U.N. envoy, Dutch diplomat X': he acts for the body, wherever he was born."""
        return bool(found.entities) and found.entities[0].country in ABOVE_STATES and (
            not GUESSES.intersection(found.rules)
        )  # fmt: skip

    def _title(self, start: int, stop: int) -> int | None:
        for i in range(stop - 1, start - 1, -1):
            noun = self._noun_at(i)
            if noun and (self.page.lower[i] in self.nouns.title_words or noun.kind == "person"):
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
