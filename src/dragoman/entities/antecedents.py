"""What a pronoun, or 'both sides', points back to.

Every earlier mention nearby is a candidate; features with fitted weights (table ``salience.tsv``, groups
``he``, ``it``, ``its``, ``they``, ``their``) choose among those that agree in number and person.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from dragoman.entities.context import SUBJECTS, Trace, Weights
from dragoman.entities.page import Draft, Page
from dragoman.records import Entity

REACH = 36  # earlier mentions looked at
SENTENCES = 4
DEPS = {"nsubj": "subj", "nsubjpass": "subj", "dobj": "obj", "dative": "obj", "pobj": "pobj", "poss": "poss",
        "conj": "conj", "appos": "appos", "attr": "obj", "agent": "subj"}  # fmt: skip


@dataclass(slots=True)
class Candidate:
    """One earlier mention, or several joined by 'and', and what speaks for it."""

    head: int
    entities: tuple[Entity, ...]
    feats: list[str]


def codes_of(entities: tuple[Entity, ...]) -> tuple[str, ...]:
    """The countries of the entities, sorted, without repeats and unknown ones."""
    return tuple(sorted({e.country for e in entities if e.country}))


def agrees(draft: Draft, other: Draft) -> bool:
    """Whether the pronoun may stand for a mention of that number and person."""
    noun = draft.noun
    if noun in ("he", "she"):
        return other.person or other.noun == noun
    if other.person or other.noun in ("he", "she", "i", "you"):
        return noun == "they" and other.number == "many"
    if noun == "it":
        return other.number == "body" or other.noun == "it"
    return other.number in ("many", "body") or other.noun in ("they", "we", "who")


class Antecedents:
    """Looks for antecedents among the drafts of one report."""

    def __init__(self, page: Page, drafts: list[Draft], heads: list[int], by_head: dict[int, Draft]) -> None:
        self.page, self.drafts, self.heads, self.by_head = page, drafts, heads, by_head
        self.weights = Weights({})
        self.trace: Trace | None = None

    def choose(self, draft: Draft) -> Candidate | None:
        """The likeliest antecedent; ``None`` where nothing near agrees."""
        groups = (group_of_pronoun(draft),)
        found = self.candidates(draft)
        if self.trace:
            self.trace(
                draft, {str(c.head): c.feats for c in found}, groups,
                {str(c.head): ",".join(codes_of(c.entities)) for c in found},
            )  # fmt: skip
        best, top = None, float("-inf")
        for one in found:
            score = self.weights.sum(groups, one.feats)
            if score > top:
                best, top = one, score
        return best

    def candidates(self, draft: Draft) -> list[Candidate]:
        """Earlier mentions that agree, nearest first, with their features."""
        page, found, rank = self.page, [], 0
        at, sentence = bisect_left(self.heads, draft.head), page.sent[draft.head]
        counts: dict[tuple[str, ...], int] = {}
        for other in reversed(self.drafts[max(0, at - REACH) : at]):
            gap = sentence - page.sent[other.head]
            if gap > SENTENCES:
                break
            if not other.entities or other.end > draft.start:
                continue
            codes = codes_of(other.entities)
            counts[codes] = counts.get(codes, 0) + 1
            if not codes or other.noun in ("who", "which"):
                continue
            if agrees(draft, other):
                rank += 1
                feats = self._features(draft, other, gap, rank)
                found.append(Candidate(other.head, other.entities, feats))
            if draft.noun == "they" or draft.noun.startswith("set"):
                joined = self.joined(other)
                if len(codes_of(joined)) > 1:
                    found.append(Candidate(-other.head, joined, ["a:joined", f"a:joined{min(gap, 3)}"]))
        for one in found:
            count = counts.get(codes_of(one.entities), 0)
            one.feats.append("a:c1" if count < 2 else "a:c2" if count < 4 else "a:c4")
        return found

    def _features(self, draft: Draft, other: Draft, gap: int, rank: int) -> list[str]:
        page = self.page
        dep = DEPS.get(page.dep[other.head], "other")
        nearness = f"g{min(gap, 3)}"
        feats = [
            f"a:{nearness}",
            f"a:{dep}",
            f"a:{nearness}:{dep}",
            f"a:r{min(rank, 5)}",
            f"a:k:{other.kind}",
        ]
        if page.para[other.head] != page.para[draft.head]:
            feats.append("a:otherpara")
        if page.head[other.head] == page.head[draft.head]:
            feats.append("a:sameverb")
        if page.quoted[other.head] != page.quoted[draft.head]:
            feats.append("a:quote")
        if other.inner:
            feats.append("a:inner")
        if other.noun == draft.noun:
            feats.append("a:samepronoun")
        if page.dep[draft.head] in SUBJECTS and page.dep[other.head] in SUBJECTS:
            feats.append("a:parallel")
        feats.append(f"a:n:{other.number}")
        return feats

    def joined(self, draft: Draft) -> tuple[Entity, ...]:
        """The entities of a mention and of all that 'and' joins to it."""
        found = list(draft.entities)
        for child in self.page.children[draft.head]:
            if self.page.dep[child] == "conj" and child in self.by_head:
                found += self.joined(self.by_head[child])
        return tuple(dict.fromkeys(found))

    def several(self, draft: Draft, count: int) -> tuple[Entity, ...]:
        """The last ``count`` states or bodies that 'and' joined, within a few sentences; () if there are
        none.
        """
        page = self.page
        at, sentence = bisect_left(self.heads, draft.head), page.sent[draft.head]
        for other in reversed(self.drafts[max(0, at - REACH) : at]):
            gap = sentence - page.sent[other.head]
            if gap > 3 or (gap > 1 and page.para[other.head] != page.para[draft.head]):
                break
            acts = page.sent[other.head] == sentence and page.dep[other.head] in SUBJECTS
            if acts and page.dep[draft.head] not in SUBJECTS:
                continue  # 'Brazil and Argentina sent envoys to talk with both sides'
            entities = other.entities if len(other.entities) > 1 else self.joined(other)
            if len(codes_of(entities)) == count:
                return entities
        return ()


def group_of_pronoun(draft: Draft) -> str:
    """The group of weights that holds for the pronoun."""
    if draft.noun in ("he", "she"):
        return "he"
    return (
        {"it": "its", "they": "their"}.get(draft.noun, draft.noun)
        if draft.kind == "possessive"
        else draft.noun
    )
