"""The claims of one report while they are put together, and what all readers of claims need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.attribution.clauses import Clauses
from dragoman.attribution.naming import Namer
from dragoman.attribution.tables import Tables
from dragoman.records import Mention, Source, Span, Stance

QUOTES = frozenset({'"', "“", "”", "''", "``"})
VERBS = frozenset({"VERB", "AUX"})


@dataclass(slots=True)
class Draft:
    """A claim while it is being put together; ``head`` is the source's token, None if nobody is named."""

    source: Source
    head: int | None
    cue: int
    content: list[Span]
    rule: str

    @property
    def length(self) -> int:
        """How many characters the source vouches for."""
        return sum(part.end - part.start for part in self.content)


class Notebook:
    """The drafts of one report, with its clauses, its tables and the namer of sources."""

    def __init__(self, text: Clauses, mentions: Sequence[Mention], words: Tables) -> None:
        self.text = text
        self.words = words
        self.namer = Namer(text, mentions, words)
        self.drafts: list[Draft] = []

    def add(
        self, head: int | None, cue: int, content: list[Span], row: str, stance: Stance = Stance.NEUTRAL
    ) -> None:
        """Keep a claim, unless it has no content or is nobody's ('no one said that')."""
        content = [part for whole in content for part in self.clip(whole, cue)]
        if not content or (head is not None and self.namer.is_nobody(head)):
            return
        verb = self.text.lemma[cue]
        source = self.namer.source(head, verb) if head is not None else Source("", "unnamed", None, verb)
        source = replace(source, stance=self.stance(cue) or stance)
        self.drafts.append(Draft(source, head, cue, content, f"attribution_verbs/{row}"))

    def clip(self, part: Span, cue: int) -> list[Span]:
        """A stretch without what a semicolon parts from the cue, and without the dateline.

        'A doctor found no poison; the army, officials said, had left': the poison is not on their word.
        """
        words, start, end = self.text.raw, part.start, part.end
        at, past = self.text.start[cue], self.text.end[cue]
        dateline = next((one for one in self.text.datelines if one.start <= start < one.end), None)
        if dateline is not None:
            start = dateline.end
        if '"' not in words[start:end] and "“" not in words[start:end]:
            if end <= at:
                start = max(start, words.rfind(";", start, at) + 1)
            elif start >= past:
                stop = words.find(";", past, end)
                end = stop if stop >= 0 else end
        return [Span(start, end)] if start < end else []

    def stance(self, cue: int) -> Stance | None:
        """What words around the cue say of the claim: 'baselessly', 'without evidence'."""
        text = self.text
        for kid in text.kids[cue]:
            for words, stance, _ in self.words.stances.get(text.lower[kid], ()):
                if tuple(text.lower[kid : kid + len(words)]) == words:
                    return stance
        return None

    def below(self, head: int, *cut: int) -> list[Span]:
        """All that hangs on the token, less what hangs on the tokens that are cut out, less background."""
        first, last = self.text.left[head], self.text.right[head]
        return self.between(first, last, [*cut, *self.background(head, first, last)])

    def background(self, head: int, first: int, last: int) -> list[int]:
        """Relative clauses in indirect speech that a comma parts off: what the narrator supplies.

        'Officials said that the envoy, who had been expelled in May, met the rebels': that he was expelled
        is not on the officials' word.
        """
        text = self.text
        return [
            i
            for i in range(first, last + 1)
            if text.dep[i] == "relcl" and i != head and self.is_background(i) and first <= text.head[i]
        ]

    def is_background(self, i: int) -> bool:
        """Whether a relative clause is parted off by a comma."""
        text = self.text
        return text.left[i] > 0 and text.lower[text.left[i] - 1] == ","

    def between(self, first: int, last: int, cut: Iterable[int] = ()) -> list[Span]:
        """The tokens from first to last, less what hangs on the tokens that are cut out."""
        parts: list[Span] = []
        for hole in sorted(cut):
            low, high = self.text.left[hole], self.text.right[hole]
            if low > last or high < first:
                continue
            if low > first:
                parts.append(self.text.span(first, low - 1))
            first = high + 1
        if first <= last:
            parts.append(self.text.span(first, last))
        return parts

    def subject(self, verb: int) -> int | None:
        """The verb's subject, or what the parser hung on a dateline that it took for one."""
        text, found = self.text, self.text.subject(verb)
        if found is None or not text.in_dateline(found):
            return found
        places = text.kids_by(found, "appos", "conj", "dep")
        return next((kid for kid in places if not text.in_dateline(kid)), None)

    def is_passive(self, verb: int) -> bool:
        """Whether the verb is a passive, or a participle that modifies a noun ('blamed on X')."""
        text = self.text
        participle = text.dep[verb] == "acl" and text.tag[verb] == "VBN"
        return participle or text.kid(verb, "auxpass") is not None

    def agent(self, verb: int) -> int | None:
        """Whom a passive names after 'by', if that is somebody who can speak."""
        by = self.text.kid(verb, "agent")
        if by is None:
            by = next((k for k in self.text.kids_by(verb, "prep") if self.text.lower[k] == "by"), None)
        found = None if by is None else self.text.kid(by, "pobj")
        return found if found is not None and self.namer.is_source_like(found) else None
