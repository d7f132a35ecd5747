"""Which country a bare 'the police' or 'the government' most likely belongs to, from what the report names around it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter

from dragoman.entities.page import Page

WINDOW = 48  # marks looked at on each side
NO_STATE = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "IMG"})


class Context:
    """The countries named in a report, by place in the text."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.marks: list[tuple[int, str, float]] = []
        self.totals: Counter[str] = Counter()
        self.by_paragraph: dict[int, Counter[str]] = {}
        self.home = ""

    def add(self, token: int, code: str, weight: float) -> None:
        """The words at that token name, or point to, that country."""
        if not code or code in NO_STATE:
            return
        insort(self.marks, (token, code, weight))
        self.totals[code] += weight  # type: ignore[assignment]
        paragraph = self.by_paragraph.setdefault(self.page.para[token], Counter())
        paragraph[code] += weight  # type: ignore[assignment]

    def scores(self, token: int) -> dict[str, float]:
        """Every country that the report names, and how near it is to that token."""
        page, found = self.page, dict.fromkeys(self.totals, 0.0)
        if not found:
            return {self.home: 1.0} if self.home else {}
        at = bisect_left(self.marks, (token, "", 0.0))
        sentence, paragraph = page.sent[token], page.para[token]
        for t, code, weight in self.marks[max(0, at - WINDOW) : at + WINDOW]:
            gap = sentence - page.sent[t]
            if gap < 0:
                value = 0.3 if page.para[t] == paragraph and gap == -1 else 0.0
            elif gap == 0:
                value = 3.0 if t < token else 1.6
            else:
                value = 2.0 / (1 + gap) if page.para[t] == paragraph else 1.3 / (1 + gap)
            found[code] += weight * value
        whole = sum(self.totals.values())
        for code, count in self.totals.items():
            found[code] += 3.0 * count / whole
        here = self.by_paragraph.get(paragraph)
        if here:
            total = sum(here.values())
            for code, count in here.items():
                found[code] += 1.5 * count / total
        if self.home:
            found[self.home] = found.get(self.home, 0.0) + 1.5
        return found

    def pick(self, token: int, avoid: frozenset[str] = frozenset()) -> str:
        """The likeliest country for a bare description at that token; "" if the report names none."""
        best, top = "", 0.0
        for code, score in self.scores(token).items():
            if score > top and code not in avoid:
                best, top = code, score
        return best

    def nearest(self, token: int, count: int) -> tuple[str, ...]:
        """The ``count`` countries most in play at that token, for 'both sides' and 'the three governments'."""
        ranked = sorted(self.scores(token).items(), key=lambda pair: -pair[1])
        return tuple(code for code, score in ranked[:count] if score > 0)
