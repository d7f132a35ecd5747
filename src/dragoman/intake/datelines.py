"""Finds the dateline: 'KYIV, July 17, 2023 -', 'TIRASPOL (Reuters) -', 'Accra, Sept. 15, GNA -'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.records import Span

LONGEST = 120  # characters in which a dateline has to end
DASH = re.compile(r"\s*(?:\s--?(?=\s)|–|—|(?<=\S)--(?=\s))\s*")
COLON = re.compile(r":\s+")
# '(Adds Mogadishu reaction)' above the dateline, a note to editors.
NOTE = re.compile(r"\((?:adds|updates|recasts|eds|corrects)\b[^()\n]{0,200}\)\s*\n\s*", re.IGNORECASE)
STOP = re.compile(r"\.\s+(?=[A-Z“\"])")
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"\b(?:[A-Z][a-z]+day,?\s+)?(?:{MONTH}\s+{DAY}|{DAY}\s+{MONTH}|{MONTH}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
    r"(?:,?\s+\d{4})?",
    re.IGNORECASE,
)
# Also '/UKRINFORM/.' and '(RFE/RL)'.
PARENTHESIS = re.compile(r"\s*[(\[/]\s*((?:[^()\[\]/]|(?<=\w)/(?=\w)){1,60}?)\s*(?:[)\]]|/(?!\w))")
PLACE = re.compile(r"[^\W\d_][\w.'’`-]*(?:[ /][^\W\d_][\w.'’`-]*){0,4}")
SMALL = frozenset("of the de la le el al es es- upon del da do and on".split())
# Words in capitals that open a paragraph before a colon or dash and are no town.
NO_TOWN = frozenset(
    "update breaking urgent correction corrected analysis factbox background question answer note editor "
    "advisory bulletin flash summary q a mr mrs ms dr news alert live photo video opinion chronology "
    "timeline nato unhcr unicef opec asean who un eu us usa uk".split()
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline's words, without the dash after it, and the agency that it names, if any."""

    span: Span
    agency: str | None


def find_dateline(text: str, start: int) -> Dateline | None:
    """The dateline that opens the paragraph at ``start``, or ``None``.

    A town in capitals before a dash or colon will do; a town in small letters, or a full stop in place of the
    dash, needs a date or an agency beside it.
    """
    if note := NOTE.match(text, start):
        start = note.end()
    line = text[start : start + LONGEST]
    for head, mark in candidates(line):
        parts = read_head(head)
        if parts and is_dateline(parts, mark):
            return Dateline(Span(start, start + len(head)), parts.agency)
    return None


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of what may be a dateline."""

    place: str
    dated: bool
    agency: str | None
    bracketed: bool


def candidates(line: str) -> Iterator[tuple[str, str]]:
    """What stands before each dash, colon and full stop of the paragraph, nearest first, and all of it."""
    cuts = [(match.start(), "-") for match in DASH.finditer(line)]
    cuts += [(match.start(), ":") for match in COLON.finditer(line)]
    cuts += [(match.start(), ".") for match in STOP.finditer(line)]
    end = line.find("\n\n")
    if end > 0:
        cuts = [*(cut for cut in cuts if cut[0] < end), (end, ".")]
    for at, mark in sorted(cuts):
        if head := line[:at].rstrip():
            yield head, mark


def read_head(head: str) -> Head | None:
    """Place, date and agency of a dateline's words; ``None`` if anything else stands among them."""
    brackets = PARENTHESIS.findall(head)
    first, *rest = [part.strip(" .") for part in DATE.sub(",@,", PARENTHESIS.sub("", head)).split(",")]
    parts = [part for part in rest if part]
    if not PLACE.fullmatch(first) or any(name.startswith("Mr") for name in brackets):
        return None
    agency = next(
        (name for name in brackets if not name.lower().startswith(("adds", "updates", "recasts", "eds"))),
        None,
    )
    dated = "@" in parts
    names = [part for part in parts if part != "@" and not re.fullmatch(r"\d{4}", part)]
    if any(not PLACE.fullmatch(name) or not is_capitalised(name) for name in names) or len(names) > 2:
        return None
    if dated and parts[-1] != "@" and names and agency is None:
        agency = names[-1]  # 'Accra, Sept. 15, GNA - '
    return Head(first, dated, agency, bool(brackets))


def is_dateline(head: Head, mark: str) -> bool:
    """Whether the parts make a dateline before this mark."""
    words = head.place.split()
    if any(word.lower().strip(".'") in NO_TOWN for word in words[:1]) or not is_capitalised(head.place):
        return False
    if head.dated or (head.bracketed and mark != "."):
        return True
    capitals = sum(char.isalpha() for char in head.place) >= 3 and head.place.upper() == head.place
    return capitals and (mark == "-" or (mark == ":" and len(words) <= 3))


def is_capitalised(words: str) -> bool:
    """Whether each word begins with a capital, save 'of', 'the', 'de' and the like."""
    return all(
        word[0].isupper() or word.lower() in SMALL or word.startswith(("al-", "el-"))
        for word in words.split()
    )
