"""In which the two differ: sentences made of counts, each with the events that it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dragoman.query.countries import name_of
from dragoman.query.ground import Row
from dragoman.query.ties import title_of
from dragoman.query.weighing import HAPPENED, mean_score

TIMES, APART = 3, 3
"""A count stands out beside another that is this many times smaller, and this much smaller."""
TOOK, REFUSED = "took", "refused"
FORMAL = frozenset({"diplomatic", "executive", "legislative", "territory", "legal"})
"""Contexts that say in which form states deal, not what they give."""
HELP = frozenset({"AGREE", "AID", "COOPERATE"})
"""What is an offer, where a refusal answers it."""
FEW = 3
"""A mean of fewer events than that is not compared."""


def differences(
    first: str,
    second: str,
    third: str,
    dealings: Sequence[Row],
    ties: Sequence[Row],
    toward: Sequence[Sequence[Row]],
    on: date | None,
) -> list[Row]:
    """The differences, those that only one of the two has first; empty where the counts show none."""
    refusal = of_refusal(first, second, third, dealings)
    found = [*refusal, *of_dealings(first, second, dealings)]
    found += of_ties(first, second, ties, on)
    found += of_scores((first, second), third, toward)
    return sorted(found, key=lambda row: not row["only_one"])


def of_refusal(first: str, second: str, third: str, dealings: Sequence[Row]) -> list[Row]:
    """That one took what the third gives, and the other refused it: help of one kind, or any.

    A kind is a context of the events (humanitarian, military). Empty unless one took none of what it refused.
    """
    by_side = {(row["side"], row["dealing"]): row for row in dealings}
    found: list[Row] = []
    for taker, refuser in ((first, second), (second, first)):
        took, had = by_side[taker, TOOK], by_side[refuser, TOOK]
        refused = [one for one in by_side[refuser, REFUSED]["events"] if is_refused_help(one)]
        kinds = dict.fromkeys(name for one in refused for name in one["contexts"] if name not in FORMAL)
        for kind in [*kinds, None] if not found else []:
            gone = [one["id"] for one in refused if kind is None or kind in one["contexts"]]
            got = of_kind(took, kind)
            if gone and got and not of_kind(had, kind):
                found.append(refusal_row((taker, refuser, third), kind, got, gone))
                break
    return found


def of_kind(row: Row, kind: str | None) -> list[str]:
    """The events of a dealing that are of that context; all of them for ``None``."""
    return [one for one in row["ids"] if kind is None or kind in row["contexts"][one]]


def refusal_row(who: tuple[str, str, str], kind: str | None, got: list[str], gone: list[str]) -> Row:
    """'Unlike Armenia, which refused humanitarian help of Israel (1 event), Azerbaijan took …'."""
    taker, refuser, third = map(name_of, who)
    what = f"{kind} help" if kind else "help or an offer"
    text = (
        f"Unlike {refuser}, which refused {what} of {third} ({counted(len(gone))}), "
        f"{taker} took {what if kind else 'help or arms'} from {third} ({counted(len(got))})."
    )
    return {
        "about": "took and refused",
        "text": text,
        "only_one": True,
        "side": who[0],
        "events": got,
        "others": gone,
    }


def is_refused_help(event: Row) -> bool:
    """Whether the refusal is of help (PLOVER's mode assist), or answers an offer."""
    return event["mode"] == "assist" or (event.get("answers") or {}).get("event_type") in HELP


def of_dealings(first: str, second: str, dealings: Sequence[Row]) -> Iterator[Row]:
    """What only one did, or one much more often."""
    by_side = {(row["side"], row["dealing"]): row for row in dealings}
    for name in dict.fromkeys(row["dealing"] for row in dealings):
        one, other = by_side[first, name], by_side[second, name]
        more, less = (one, other) if one["count"] >= other["count"] else (other, one)
        big, small = more["count"], less["count"]
        if big and (not small or (big >= TIMES * small and big - small >= APART)):
            yield dealing_row(more, less)


def dealing_row(more: Row, less: Row) -> Row:
    """'Unlike Armenia, Azerbaijan took help or arms from Israel (5 events; none told of Armenia).'."""
    who, whom = name_of(more["side"]), name_of(less["side"])
    count, few = told(more), less["count"]
    alone = f"Unlike {whom}, {who} {more['phrase']} ({count}; none told of {whom})."
    often = f"{who} {more['phrase']} more often ({count}; {whom} {few})."
    return {
        "about": more["dealing"],
        "text": often if few else alone,
        "only_one": not few,
        "side": more["side"],
        "events": ids(more),
        "others": ids(less),
    }


def told(row: Row) -> str:
    """'3 events, 1 of them denied by somebody', and what they are about: 'humanitarian 2, military 1'."""
    parts = [counted(row["count"])]
    if row["contested"]:
        parts[0] += f", {row['contested']} of them denied by somebody"
    if row["about"]:
        about = list(row["about"].items())[:3]
        parts.append(", ".join(f"{name.replace('_', ' ')} {number}" for name, number in about))
    return ": ".join(parts)


def counted(number: int) -> str:
    """'1 event', '3 events'."""
    return f"{number} {'event' if number == 1 else 'events'}"


def ids(row: Row) -> list[str]:
    """The ids of all events of a dealing."""
    found: list[str] = row["ids"]
    return found


def of_ties(first: str, second: str, ties: Sequence[Row], on: date | None) -> Iterator[Row]:
    """Ties that stood on the day with one of the two, and not with the other."""
    for row in ties:
        rest = second if row["side"] == first else first
        alike = [one for one in ties if one["side"] == rest and shape(one) == shape(row)]
        if row.get("state_on") != "open" or any(one.get("state_on") == "open" for one in alike):
            continue
        states = ", ".join(sorted({one["state_on"] for one in alike})) or "none told"
        yield {
            "about": row["kind"],
            "text": f"On {on} there was {title_of(row)}; the like with {name_of(rest)}: {states}.",
            "only_one": not alike,
            "side": row["side"],
            "events": [one["event_id"] for one in row["changes"] if one["event_id"]],
            "others": [step["event_id"] for one in alike for step in one["changes"] if step["event_id"]],
        }


def shape(row: Row) -> tuple[str, bool]:
    """A tie's kind, and whether the side that is looked at is the giver."""
    return row["kind"], row["first_side"] == row["side"]


def of_scores(sides: tuple[str, str], third: str, toward: Sequence[Sequence[Row]]) -> list[Row]:
    """The mean scores of the two toward the third, where they point to different sides of zero."""
    happened = [[row for row in events if row["status"] == HAPPENED] for events in toward]
    means = [mean_score(events) for events in happened]
    one, other = means
    if one is None or other is None or min(map(len, happened)) < FEW or (one > 0) == (other > 0):
        return []
    parts = [
        f"{name_of(side)}'s acts toward {name_of(third)} score {mean:+.1f} on average ({len(events)} events)"
        for side, mean, events in zip(sides, means, happened, strict=True)
    ]
    return [
        {
            "about": "score",
            "text": f"{parts[0]}, {parts[1]}.",
            "only_one": False,
            "side": sides[0],
            "events": [row["id"] for row in happened[0]],
            "others": [row["id"] for row in happened[1]],
        }
    ]
