"""Says whom pronouns stand for: relatives, the speaker's own 'we', and those that point back."""

from __future__ import annotations

from bisect import bisect_left

from dragoman.entities.desk import Desk
from dragoman.entities.page import Draft

SPEECH = frozenset(
    "say tell add warn announce state declare insist argue note claim deny reply respond ask demand write"
    " report"
    " explain admit promise vow stress urge maintain call comment shout read".split()
)


class Pronouns(Desk):
    """Resolves pronouns."""

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
        here = page.sent[draft.head]
        for sentence in (here, here + 1, here - 1):
            if sentence > here and self._starts_paragraph(sentence):
                continue
            # The words after a quotation name its speaker before those that lead up to it do.
            speakers = sorted(self._of_sentence(sentence), key=lambda other: other.head < draft.head)
            if sentence < here:
                speakers.reverse()
            for other in speakers:
                if page.quoted[other.head] or page.dep[other.head] != "nsubj" or other is draft:
                    continue
                if page.lemma(page.head[other.head]) in SPEECH and self.resolve(other).entities:
                    draft.settle(other.entities, "pronouns/speaker")
                    return

    def _starts_paragraph(self, sentence: int) -> bool:
        first = bisect_left(self.page.sent, sentence)
        return first >= self.page.size or self.page.para[first] != self.page.para[first - 1]

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
