"""Reprints as newspapers make them of an agency's report, and reports of one event in other words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARK = re.compile(r"\{\d+:([^{}]*)\}")
TOWNS = ("LONDON", "NAIROBI", "NEW DELHI", "WASHINGTON", "BEIRUT", "MANILA")
AGENCIES = ("Reuters", "AFP", "AP", "dpa", "Xinhua")
HEADLINES = (
    "Tensions rise as neighbours trade charges",
    "What we know about the crisis so far",
    "World in brief: the day's main story",
    "Diplomats scramble after latest move",
)

Report = tuple[str, list[str]]


def reports() -> list[Report]:
    """Title and paragraphs of every marked report of which the test part does not consist."""
    found = []
    for file in sorted((ROOT / "data" / "reports").glob("*.reports")):
        for part in ("\n" + file.read_text(encoding="utf-8")).split("\n=== ")[1:]:
            head, *rest = part.split("\n---\n")
            number = re.match(r"[A-Z]+(\d+)", head)
            title = re.search(r"^title: (.+)$", head, re.MULTILINE)
            if rest and number and int(number[1]) % 5:
                paragraphs = [one.strip() for one in MARK.sub(r"\1", rest[0]).split("\n\n") if one.strip()]
                found.append((title[1] if title else "", paragraphs))
    return found


def lookalikes() -> list[tuple[str, str]]:
    """Pairs of reports of one event in different words; some share a quotation."""
    pairs = (Path(__file__).parent / "lookalikes.txt").read_text(encoding="utf-8").strip().split("\n==\n")
    return [(one, other) for one, other in (pair.split("\n--\n") for pair in pairs)]


def plain(report: Report) -> str:
    """The report as its agency sent it."""
    title, paragraphs = report
    return "\n\n".join([title, *paragraphs])


def shortened(report: Report, chance: random.Random) -> str:
    """Cut from the end, down to between nine and four tenths of its words."""
    words = sum(len(one.split()) for one in report[1])
    keep, kept = chance.uniform(0.4, 0.9) * words, []
    for paragraph in report[1]:
        kept.append(paragraph)
        if sum(len(one.split()) for one in kept) >= keep:
            break
    return plain((report[0], kept))


def retitled(report: Report, chance: random.Random) -> str:
    """Under another headline."""
    return plain((chance.choice(HEADLINES), report[1]))


def redated(report: Report, chance: random.Random) -> str:
    """With another outlet's dateline and its line at the end."""
    first = re.sub(r"^[A-Z][A-Z' /]+[^-–—]{0,40} [-–—]+ ", "", report[1][0])
    line = f"{chance.choice(TOWNS)}, {chance.choice(AGENCIES)} — {first}"
    return plain((report[0], [line, *report[1][1:], "Additional reporting by our correspondent."]))


def merged(report: Report, chance: random.Random) -> str:
    """With paragraphs run together and quotation marks and dashes of another kind."""
    text = " ".join(report[1]).replace('"', "”").replace(" - ", " – ").replace("'", "’")
    return f"{report[0]}\n\n{text}"


def edited(report: Report, chance: random.Random) -> str:
    """With a new first paragraph, one that is left out, and small changes of words."""
    swaps = {
        "said": "stated",
        "on Monday": "Monday",
        "on Tuesday": "Tuesday",
        "has": "had",
        "percent": "per cent",
    }
    kept = ["The latest turn in the matter came as a surprise to observers.", *report[1][1:]]
    if len(kept) > 4:
        kept.pop(chance.randrange(2, len(kept)))
    text = "\n\n".join(kept)
    for word, other in swaps.items():
        text = re.sub(rf"\b{word}\b", lambda m, o=other: o if chance.random() < 0.5 else m[0], text)
    return f"{chance.choice(HEADLINES)}\n\n{text}"


def everything(report: Report, chance: random.Random) -> str:
    """Cut, under another headline, with another dateline, paragraphs run together."""
    paragraphs = shortened(report, chance).split("\n\n")[1:]
    text = redated(("", paragraphs), chance).split("\n\n")[1:]
    return merged((chance.choice(HEADLINES), text), chance)


WAYS: tuple[Callable[[Report, random.Random], str], ...] = (
    shortened,
    retitled,
    redated,
    merged,
    edited,
    everything,
)


def reprints(seed: int = 11) -> Iterator[tuple[str, str, str]]:
    """The way, the agency's report and the reprint of each: one reprint of each report, all ways in turn."""
    chance = random.Random(seed)
    for number, report in enumerate(reports()):
        way = WAYS[number % len(WAYS)]
        yield way.__name__, plain(report), way(report, chance)


def cut(report: Report, share: float) -> str:
    """The first part of a report, by words."""
    words = plain(report).split(" ")
    return " ".join(words[: int(share * len(words))])


def measure() -> Iterator[str]:
    """A row of a table for each kind of reprint and look-alike: how many there are, how many are found."""
    import hashlib

    from dragoman.copies import CopyFinder
    from dragoman.records import Document

    def document(text: str) -> Document:
        return Document(id=hashlib.sha256(text.encode()).hexdigest()[:32], text=text)

    finder, known = CopyFinder(), reports()
    alone = [text for text in map(plain, known) if finder.seen(document(text))]
    yield f"| separate reports, each against all before it | {len(known):,} | {len(alone)} |"
    memory = finder.to_bytes()
    kinds = [(way.__name__, way) for way in WAYS]
    cuts = [(f"cut to {share:.0%}", share) for share in (0.5, 0.4, 0.3, 0.2)]
    pairs = {name: [(one, other) for way, one, other in reprints() if way == name] for name, _ in kinds}
    pairs |= {name: [(plain(report), cut(report, share)) for report in known] for name, share in cuts}
    for name, couples in pairs.items():
        finder = CopyFinder.from_bytes(memory)
        couples = [(one, other) for one, other in couples if one != other]
        answers = [(finder.seen(document(other)), document(one).id) for one, other in couples]
        found = sum(bool(answer) and answer[0] == ident for answer, ident in answers if answer)
        wrong = sum(bool(answer) and answer[0] != ident for answer, ident in answers if answer)
        yield f"| {name} | {len(couples):,} | {found:,} ({found / len(couples):.1%}), {wrong} wrong |"
    finder = CopyFinder()
    taken = [text for pair in lookalikes() for text in pair if finder.seen(document(text))]
    yield f"| one event in other words | {len(lookalikes())} pairs | {len(taken)} |"


if __name__ == "__main__":
    print("\n".join(measure()))
