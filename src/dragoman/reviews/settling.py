"""From many reviews by many people to one verdict on each thing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TypeVar

from dragoman.records import Review

RIGHT, WRONG, CORRECTED = "right", "wrong", "corrected"
SAME, DIFFERENT, WITHDRAWN = "same", "different", "withdrawn"
VERDICTS = (RIGHT, WRONG, CORRECTED, SAME, DIFFERENT, WITHDRAWN)
LINKS = (SAME, DIFFERENT)
Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Settled:
    """What reviewers together say of one event or mention.

    ``verdict`` is right, wrong or corrected; ``values`` has the corrections, as JSON, by field. ``reviewers``
    are those on whose word it stands, the newest first, ``at`` when the newest of them said so.
    ``disputed`` says that somebody sees it otherwise. ``drawn`` says that one of them was shown it by a
    random draw.
    """

    about: str
    verdict: str
    values: tuple[tuple[str, str], ...]
    reviewers: tuple[str, ...]
    at: datetime
    disputed: bool = False
    drawn: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person holds of one thing: a verdict on all of it, or corrections, the newest last."""

    reviews: tuple[Review, ...]

    @property
    def newest(self) -> tuple[datetime, str]:
        """When it was last said, and the id that decides between two of one moment."""
        return moment(self.reviews[-1])

    @property
    def is_wrong(self) -> bool:
        """Whether the person rejects the whole."""
        return self.reviews[-1].verdict == WRONG

    @property
    def values(self) -> dict[str, str]:
        """The corrections by field, as JSON."""
        return {one.field: one.value or "null" for one in self.reviews if one.field}


def review_id(review: Review) -> str:
    """The id of a review, from all that it says: the same review has the same id wherever it is read."""
    parts = [getattr(review, one.name) for one in fields(review) if one.name not in ("id", "at")]
    parts.append(review.at.astimezone(UTC).isoformat())
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return "r" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def moment(review: Review) -> tuple[datetime, str]:
    """What orders reviews in time; the id decides between two of one moment."""
    return review.at, review.id


def standing(reviews: Iterable[Review]) -> list[Review]:
    """The reviews that stand, oldest first: each person's newest on each thing, less what was withdrawn.

    A verdict on the whole takes the place of that person's earlier verdict and corrections of it; a
    correction takes that of the earlier verdict, and of the earlier correction of the same field.
    """
    said: dict[tuple[str, str], dict[str, Review]] = {}
    links: dict[tuple[str, str, str], Review] = {}
    ends: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for one in sorted(reviews, key=moment):
        if is_link(one):
            pair = (one.reviewer, *pair_of(one))
            links.pop(pair, None)
            if one.verdict != WITHDRAWN:
                links[pair] = one
                for end in pair[1:]:
                    ends.setdefault((one.reviewer, end), set()).add(pair)
            continue
        take_in(said.setdefault((one.reviewer, one.about), {}), one)
        if one.verdict == WITHDRAWN and one.field is None:
            # Taking back all that was said of a thing takes back what it was said to belong to.
            for pair in ends.pop((one.reviewer, one.about), ()):
                links.pop(pair, None)
    whole = [one for fields_of in said.values() for one in fields_of.values()]
    return sorted([*whole, *links.values()], key=moment)


def is_link(review: Review) -> bool:
    """Whether it speaks of two things, or takes back what did."""
    return review.verdict in LINKS or (review.verdict == WITHDRAWN and review.other is not None)


def take_in(held: dict[str, Review], new: Review) -> None:
    """Puts a review of a thing beside those that the same person made before, by field ('' for the whole)."""
    if new.field is None:
        held.clear()
    elif new.verdict == CORRECTED:
        held.pop("", None)
    held.pop(new.field or "", None)
    if new.verdict != WITHDRAWN:
        held[new.field or ""] = new


def pair_of(review: Review) -> tuple[str, str]:
    """The two things that a link speaks of, in the order of the alphabet."""
    first, second = sorted((review.about, review.other or ""))
    return first, second


def settle(reviews: Iterable[Review]) -> dict[str, Settled]:
    """One verdict for each thing that was reviewed, by what the reviews are about.

    The majority of the newest verdicts stands, of a tie the newest. Whoever finds a thing right, or corrects
    some field of it, finds its other fields right.
    """
    by_thing: dict[str, dict[str, list[Review]]] = {}
    for one in standing(reviews):
        if one.verdict not in LINKS:
            by_thing.setdefault(one.about, {}).setdefault(one.reviewer, []).append(one)
    return {
        about: judge(about, [Opinion(tuple(ones)) for ones in people.values()])
        for about, people in by_thing.items()
    }


def judge(about: str, opinions: Sequence[Opinion]) -> Settled:
    """The verdict of several people on one thing."""
    wrong, disputed = vote(opinions, lambda one: one.is_wrong)
    voices = sorted((one for one in opinions if one.is_wrong == wrong), key=lambda one: one.newest)
    values: dict[str, str] = {}
    for name in sorted({name for one in voices for name in one.values}):
        value, differ = vote(voices, lambda one, name=name: one.values.get(name))  # type: ignore[misc]
        disputed = disputed or differ
        if value is not None:
            values[name] = value
    said = [one for voice in reversed(voices) for one in reversed(voice.reviews)]
    return Settled(
        about=about,
        verdict=WRONG if wrong else CORRECTED if values else RIGHT,
        values=tuple(values.items()),
        reviewers=tuple(dict.fromkeys(one.reviewer for one in said)),
        at=said[0].at,
        disputed=disputed,
        drawn=any(one.sample is not None for voice in opinions for one in voice.reviews),
        reason=next((one.reason for one in said if one.reason), ""),
    )


def vote(opinions: Sequence[Opinion], ask: Callable[[Opinion], Value]) -> tuple[Value, bool]:
    """What most answer, of a tie the newest answer; and whether they differ."""
    answers: dict[Value, list[Opinion]] = {}
    for one in opinions:
        answers.setdefault(ask(one), []).append(one)
    best = max(answers, key=lambda answer: (len(answers[answer]), max(one.newest for one in answers[answer])))
    return best, len(answers) > 1
