"""Puts the steps of the room together."""

from __future__ import annotations

from spacy.tokens import Doc

from dragoman.entities.atlas import Atlas
from dragoman.entities.context import Trace, load_weights
from dragoman.entities.drafting import Drafter
from dragoman.entities.namebook import NameBook
from dragoman.entities.naming import Namer, day_of
from dragoman.entities.nationality import Nationality
from dragoman.entities.nounbook import NounBook
from dragoman.entities.page import Draft, Page
from dragoman.entities.resolving import Resolver
from dragoman.records import Document, Mention

# Rules whose answer depends on the day.
BY_DATE = frozenset({"persons/table", "persons/office-holder-of-the-day", "persons/former-office-holder"})

MAKES = frozenset(
    "made built designed manufactured produced assembled style speaking language born era".split()
)


class EntityFinder:
    """Finds who is named or meant in a report; holds the compiled tables."""

    def __init__(self) -> None:
        self.book = NameBook()
        self.nouns = NounBook()
        self.atlas = Atlas()
        self.weights = load_weights()
        self.names = Nationality()
        self.trace: Trace | None = None  # for fitting the weights

    def find(self, doc: Doc, document: Document) -> list[Mention]:
        """Every mention in text order, with the entities that it stands for on the day of the report.

        A mention whose entities are empty names somebody whom no table and no words of the text explain.
        Mentions don't overlap, except that one inside a longer one may name another entity ('Russia' in
        'Russia's envoy').
        """
        page = Page(doc)
        when, dated = day_of(document, page.text)
        hits = Namer(page, self.book, self.nouns, when).find()
        drafter = Drafter(page, hits, self.nouns)
        resolver = Resolver(
            page, drafter, self.book, self.nouns, when, self.weights, self.atlas,
            self.names,
        )  # fmt: skip
        resolver.context.trace = self.trace
        drafts = resolver.resolve_all()
        if dated:
            for draft in drafts:
                if draft.rules[-1:] and draft.rules[-1] in BY_DATE:
                    draft.rules.append(dated)
        parties = [draft for draft in drafts if not is_make(page, draft)]
        return [draft.mention(page) for draft in without_echoes(parties)]


def is_make(page: Page, draft: Draft) -> bool:
    """'an Israeli-made drone', 'Soviet-era tanks': who made a thing has no part in what is done with it."""
    end = draft.end
    return (
        draft.kind in ("demonym", "name")
        and end + 1 < page.size
        and page.words[end] == "-"
        and page.lower[end + 1] in MAKES
    )


def without_echoes(drafts: list[Draft]) -> list[Draft]:
    """The drafts in text order, less the demonyms inside a longer mention of the same country ('Russian
    troops').
    """
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        outer = next((k for k in reversed(kept[-4:]) if k.start <= draft.start and draft.end <= k.end), None)
        if outer and (
            draft.head == outer.head or (draft.kind == "demonym" and draft.codes() == outer.codes())
        ):
            continue
        kept.append(draft)
    return kept
