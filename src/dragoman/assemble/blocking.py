"""Which mentions are worth comparing: those that share a key of what was done, by whom, and when.

Keys are made so that few mentions share one: besides act and parties each names a few days, or a month
together with something telling (a town, a person, a number of dead). Mentions that share none are not
compared, and no key depends on which other mentions there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import product

from dragoman.assemble.sketches import Sketch
from dragoman.assemble.typeweights import BUSY, SYMMETRIC, VERBAL
from dragoman.assemble.wordstems import is_rare

STEP = 4
"""Days that one key stands for."""
SLACK = 2
"""Days by which two mentions of one happening may differ."""
RECENT = 2
"""An undated act is looked for on the day of the report and so many days before it."""
LATER = 25
"""An undated act with a telling detail is looked for so many days before the report, too."""
WEEK = 7
QUARTER = 92
YEAR = 366
MATTERS = 4
"""Rare words of a passage that keys are made of."""
MANY = 4
"""Parties of a side that keys are made of."""
TOWN = frozenset({"city", "point"})
TELLING_DEAD = 3
"""From how many dead on their number is worth a key."""


def block_keys(sketch: Sketch) -> tuple[str, ...]:
    """The mention's keys, each once; two mentions can be one happening only if they share a key.

    A key depends on the mention alone. An empty tuple means that nothing in it can be compared.
    """
    keys = dict.fromkeys(
        (f"r|{sketch.document_id}|{sketch.same_as or sketch.mention_id}", f"c|{sketch.root}|{sketch.trigger}")
    )
    low, high = span_of(sketch)
    if low is None or high is None:
        return tuple(keys)
    if high - low <= WEEK:
        keys.update(dict.fromkeys(daily(sketch, low, high)))
    if high - low <= QUARTER:
        keys.update(dict.fromkeys(monthly(sketch, low, high)))
    else:
        keys.update(dict.fromkeys(yearly(sketch, low, high)))
    if sketch.act not in BUSY:
        keys.update(dict.fromkeys(yearly(sketch, low if sketch.start is not None else low - YEAR, high)))
    if high - low <= QUARTER:
        keys.update(dict.fromkeys(by_matter(sketch, low, high)))
    return tuple(keys)


def span_of(sketch: Sketch) -> tuple[int | None, int | None]:
    """The days on which the act is looked for: its own, or those before the report came out."""
    if sketch.start is not None and sketch.end is not None:
        return sketch.start, sketch.end
    if sketch.published is None:
        return None, None
    return sketch.published - RECENT, sketch.published


def daily(sketch: Sketch, low: int, high: int) -> Iterator[str]:
    """Keys of act, parties and a few days; and of a word that several types share, with the parties."""
    steps = range(low // STEP, (high + SLACK) // STEP + 1)
    labels = [f"{sketch.act}|{sides}" for sides in directed(sketch)]
    labels += [f"{family}|{pair}" for family in wider(sketch) for pair in undirected(sketch)]
    if sketch.place_precision in TOWN and sketch.act not in VERBAL:
        labels.append(f"{sketch.act}|{sketch.place}")
    for label, step in product(labels, steps):
        yield f"{label}|{step}"


def wider(sketch: Sketch) -> list[str]:
    """What the act is called whatever its type: kinds of words, or the word itself if it is of none."""
    return sorted(sketch.kinds)[:2] or sorted(sketch.families)[:2] or [sketch.trigger]


def directed(sketch: Sketch) -> Iterator[str]:
    """Who does it to whom, and each side by itself, for mentions that know only one."""
    if sketch.act in SYMMETRIC:
        yield from undirected(sketch)
        yield from sorted(sketch.actors | sketch.recipients)[:MANY]
        return
    actors, recipients = sorted(sketch.actors)[:MANY], sorted(sketch.recipients)[:MANY]
    for one, two in product(actors, recipients):
        yield f"{one}>{two}"
    for one in actors:
        yield f"{one}>"
    for two in recipients or ([sketch.place_country] if sketch.place_country else []):
        yield f">{two}"


def undirected(sketch: Sketch) -> Iterator[str]:
    """The pairs of parties, whoever of the two acts."""
    actors, recipients = sorted(sketch.actors)[:MANY], sorted(sketch.recipients)[:MANY]
    seen = set()
    for one, two in product(actors or [""], recipients or actors):
        pair = f"{min(one, two)}~{max(one, two)}"
        if pair not in seen and (one != two or len(sketch.actors | sketch.recipients) == 1):
            seen.add(pair)
            yield pair


def monthly(sketch: Sketch, low: int, high: int) -> Iterator[str]:
    """Keys of a month and something telling; for acts that are not told every day, the word is enough."""
    tokens = [*sorted(sketch.actor_persons | sketch.recipient_persons)[:3]]
    tokens += [body for body in sorted(sketch.actor_bodies | sketch.recipient_bodies)[:2] if body]
    if sketch.place_precision in TOWN:
        tokens.append(sketch.place)
    if sketch.killed and sketch.killed[0] >= TELLING_DEAD:
        tokens.append(f"{sketch.killed[0]} killed")
    pairs = list(undirected(sketch))
    if len(sketch.actors | sketch.recipients) > 1:
        tokens += pairs
    elif sketch.act not in BUSY:
        tokens += [f"{pair}|{word}" for word in telling_words(sketch) for pair in pairs]
    back = 0 if sketch.start is not None else LATER
    for token, month in product(tokens, months(low - back, high)):
        yield f"{sketch.act}|{token}|{month}"


def yearly(sketch: Sketch, low: int, high: int) -> Iterator[str]:
    """Keys of a year, for what is told of a year ('broke off ties in 2019'): parties and the word."""
    if sketch.act in BUSY or high - low > YEAR + RECENT:
        return
    words = telling_words(sketch)
    years = {date.fromordinal(max(1, day)).year for day in (low, high)}
    for word, pair, year in product(words, undirected(sketch), sorted(years)):
        yield f"{sketch.act}|{pair}|{word}|{year}"


def by_matter(sketch: Sketch, low: int, high: int) -> Iterator[str]:
    """Keys of a month, a state and a rare word of the passage."""
    words = sorted(
        (word for word in sketch.said.split() if is_rare(word)), key=lambda word: (-len(word), word)
    )
    states = sorted({*sketch.actors, *sketch.recipients, sketch.place_country} - {""})[:MANY]
    back = 0 if sketch.start is not None else LATER
    for word, state, month in product(words[:MATTERS], states, months(low - back, high)):
        yield f"{sketch.act}|{state}|{word}|{month}"


def telling_words(sketch: Sketch) -> list[str]:
    """The word families of the act, and its mode, as far as there are any."""
    return [*sorted(sketch.families)[:2], sketch.mode] if sketch.mode else sorted(sketch.families)[:2] or [""]


def months(low: int, high: int) -> list[str]:
    """The months that the days touch, at most four."""
    return list(dict.fromkeys(map(month_of, (low, min(high, low + 31), min(high, low + 62), high))))


@lru_cache(maxsize=20_000)
def month_of(day: int) -> str:
    """The month of a day, as '2020-10'."""
    found = date.fromordinal(max(1, day))
    return f"{found.year}-{found.month:02}"


def near(a: Sketch, b: Sketch) -> bool:
    """A quick look at two mentions with a key in common: whether judging them can lead to anything.

    False where both are dated and the dates are more than a few days apart, or both know a side and share
    no country there (unless the act is one that both do together, or the place is the same).
    """
    if a.root == b.root and are_linked(a, b):
        return True
    if a.start is not None and b.start is not None and a.end is not None and b.end is not None:
        if a.start - b.end > SLACK or b.start - a.end > SLACK:
            return False
    elif a.document_id == b.document_id and a.start is None and b.start is None:
        return False
    if a.act in SYMMETRIC and b.act in SYMMETRIC:
        return together(a, b)
    if a.place and a.place == b.place:
        return True
    if a.act != b.act and (a.act in SYMMETRIC or b.act in SYMMETRIC):
        return True
    return meet(a.actors, b.actors) and meet(a.recipients, b.recipients)


def are_linked(a: Sketch, b: Sketch) -> bool:
    """Whether their report links them, or they stand at the same words in copies of one report."""
    if a.document_id != b.document_id:
        return a.trigger == b.trigger
    return (
        a.same_as == b.mention_id
        or b.same_as == a.mention_id
        or (a.same_as is not None and a.same_as == b.same_as)
    )


def meet(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two sides share a country, or one of them knows none."""
    return one is two or not one or not two or not one.isdisjoint(two)


def together(a: Sketch, b: Sketch) -> bool:
    """Whether the parties to two acts done together share two, or one knows a single party and shares it."""
    one, two = a.actors | a.recipients, b.actors | b.recipients
    return len(one & two) >= min(2, len(one), len(two))
