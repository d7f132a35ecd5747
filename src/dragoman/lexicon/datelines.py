"""Finds the datelines of a report: 'KYIV, July 17, 2023 - ', 'KAPIKULE, Turkey (AP) - '."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dragoman.records import Span

# Also 'Baku, 8 November (Turan) -', 'KYIV, January 22. /UKRINFORM/.', 'ISLAMABAD, June 4: '.
DATELINE = re.compile(
    r"^[ \t*]*(?P<place>(?=[^\W\d_])[^\n\d:;!?()/]{2,45}?)?"
    r"(?P<date>(?:, ?| )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    r"(?:[A-Z][a-zA-Z]{2,8}\.? \d{1,2}|\d{1,2}\.? [A-Z][a-zA-Z]{2,8}\.?)(?:,? \d{4})?)?"
    r"[.,]? ?(?:(?:\([^)\n]{2,40}\)|/[^/\n]{2,30}/)\.? ?(?:--|[-–—])? ?|(?:--|[-–—]) |: )",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline's span, the span of its place, and whether it names a date."""

    span: Span
    place: Span
    dated: bool


@lru_cache(maxsize=1)
def find_datelines(text: str) -> tuple[Dateline, ...]:
    """The datelines at the beginning of paragraphs; columns of briefs have one each.

    'June 24: The price doubles' heads an entry of a chronology and is none, nor is 'Sudan: the war goes on'.
    One room after the other asks this of a report, so that the last answer is kept.
    """
    found = []
    for match in DATELINE.finditer(text):
        place = match["place"]
        if not place or not is_place_like(place.strip(" ,.")):
            continue
        dated = match["date"] is not None
        capitals = len(place) > 2 and place.split(",")[0].isupper()
        if dated or (capitals and not match[0].endswith(": ")):
            start, end = match.span("place")
            found.append(Dateline(Span(match.start(), match.end()), Span(start, end), dated))
    return tuple(found)


def is_place_like(words: str) -> bool:
    """Whether all words but small ones begin with a capital, as a dateline's place does.

    'Friday, July 9 - The junta extends' is a diary's heading.
    """
    if words.rsplit(" ", 1)[-1].rstrip(",").endswith("day"):
        return False
    return all(word[:1].isupper() or len(word) <= 3 for word in words.replace("-", " ").split())
