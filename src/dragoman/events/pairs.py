"""Who to whom: the two sides of an event are chosen together.

That Norland acts and that Norland is acted on may each be likely, and both at once not. So the likeliest
pairs of sides are listed from the chances of each country on each side, and a boosted-tree model says of each
pair how likely it is the right one, from how its sides fit each other, the act and the rest of the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dragoman.events.encoding import Floats, Ints
from dragoman.events.model import session
from dragoman.events.roles import ROW, run_trees

Sides = npt.NDArray[np.bool_]
OPTIONS: tuple[tuple[int, ...], ...] = ((), (0,), (1,), (2,), (0, 1), (0, 1, 2))
"""The sides that are thought of: nobody, each of the three likeliest countries, the first two, all three."""
KEPT = 12
"""Pairs an event that the model judges: the likeliest, were the sides independent."""
LEAST = 1e-3
"""No chance is taken for smaller, or for nearer to 1."""
NOBODY = -1000.0
"""Stands in a pair's row where a side has nobody to tell of."""
PREFIXES = ("A_", "R_")

LEADER = {
    "A_": (
        "actor_best actor_any actor_lead recipient_best place_best via_best share actor_guessed actor_sure "
        "in_sentence n_dep n_distance actor_side actor_side_lead recipient_side"
    ).split(),
    "R_": (
        "recipient_best recipient_any recipient_lead actor_best place_best via_best share recipient_guessed "
        "recipient_sure before after in_sentence n_distance r_distance r_trust n_dep "
        "recipient_side recipient_side_lead actor_side"
    ).split(),
}
"""What a pair's row says of the likeliest country on each side, from that country's own row."""
EVENT = ("event", "countries", "type", "status")

PAIR_ROW = (
    *"log_actors log_recipients log_both log_lead side_actors side_recipients".split(),
    *"actors_least actors_left recipients_least recipients_left actors_as_recipients".split(),
    *"recipients_as_actors actors recipients common same actor_link recipient_link".split(),
    *(prefix + name for prefix in PREFIXES for name in LEADER[prefix]),
    *"pair_elsewhere reverse_elsewhere self_elsewhere A_acts R_receives R_acts events".split(),
    *"before_A_acts before_A_receives before_R_acts before_R_receives".split(),
    *"next_A_acts next_A_receives next_R_acts next_R_receives".split(),
    *EVENT,
)
"""Names of the features of one pair, in order."""
Columns = dict[str, npt.NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of sides that are thought of for each event of a report.

    ``who[event, pair, country]`` and ``whom`` say who stands on each side; ``fits[event, pair]`` is false
    where a pair only fills the table; ``rows`` are their features, named by ``PAIR_ROW``.
    """

    who: Sides
    whom: Sides
    fits: Sides
    rows: Floats


def pairs_of(rows: Floats, actors: Floats, recipients: Floats) -> Pairs:
    """The likeliest pairs of sides, from the countries' ``ROW``s and their chances on either side."""
    who, whom, fits = combinations(actors, recipients)
    chances = np.where(fits, log_chance(actors, who) + log_chance(recipients, whom), -np.inf)
    kept = np.sort(np.argsort(-chances, axis=1, kind="stable")[:, :KEPT], axis=1)
    who, whom = (np.take_along_axis(side, kept[..., None], axis=1) for side in (who, whom))
    fits = np.take_along_axis(fits, kept, axis=1)
    columns = chance_columns(actors, recipients, who, whom, fits)
    for name, role, sides in (("side_actors", "actor", who), ("side_recipients", "recipient", whom)):
        columns[name] = log_chance(rows[..., ROW.index(f"{role}_side")], sides)
    columns |= leader_columns(rows, actors, recipients, who, whom)
    columns |= report_columns(actors, recipients, who, whom)
    first = rows[:, 0, :]
    for name, role in (("actor_link", "actor"), ("recipient_link", "recipient")):
        columns[name] = (first[:, ROW.index(f"{role}_best")] + first[:, ROW.index(f"{role}_left")])[:, None]
    columns |= {name: first[:, ROW.index(name), None] for name in EVENT}
    table = np.empty((*fits.shape, len(PAIR_ROW)), dtype=np.float32)
    for number, name in enumerate(PAIR_ROW):
        table[..., number] = columns[name]
    return Pairs(who, whom, fits, table)


def combinations(actors: Floats, recipients: Floats) -> tuple[Sides, Sides, Sides]:
    """All pairs of options, and those in which one and the same stand on both sides; no pair twice."""
    (who, can_act), (whom, can_receive) = options(actors), options(recipients)
    both, can_both = options(actors + recipients)
    shape = (len(actors), len(OPTIONS) ** 2, actors.shape[1])
    every = np.repeat(who, len(OPTIONS), axis=1), np.tile(whom, (1, len(OPTIONS), 1))
    fits = (can_act[:, :, None] & can_receive[:, None, :]).reshape(shape[:2])
    alike = np.concatenate([both[:, 4:], who[:, 1:4]], axis=1)
    sides = [np.concatenate([side, alike], axis=1) for side in every]
    fits = np.concatenate([fits, can_both[:, 4:], can_act[:, 1:4]], axis=1)
    return sides[0], sides[1], fits & ~repeated(*sides)


def options(chances: Floats) -> tuple[Sides, Sides]:
    """``sides[event, option, country]`` for each of ``OPTIONS``, and whether the report has the countries."""
    events, countries = chances.shape
    ranks = np.argsort(np.argsort(-chances, axis=1, kind="stable"), axis=1, kind="stable")
    at = [ranks == place for place in range(3)]
    sides = np.zeros((events, len(OPTIONS), countries), dtype=bool)
    for number, option in enumerate(OPTIONS):
        for place in option:
            sides[:, number] |= at[place]
    fits = np.array([len(option) == 0 or max(option) < countries for option in OPTIONS])
    return sides, np.broadcast_to(fits, (events, len(OPTIONS)))


def repeated(who: Sides, whom: Sides) -> Sides:
    """Whether a pair stands in its event's list already."""
    powers = [pow(5, number, 2**61 - 1) for number in range(2 * who.shape[2])]
    codes: Ints = np.concatenate([who, whom], axis=2).astype(np.int64) @ np.array(powers, dtype=np.int64)
    same = codes[:, :, None] == codes[:, None, :]
    return np.asarray(np.tril(same, -1).any(axis=2))


def log_chance(chances: Floats, sides: Sides) -> Floats:
    """The logarithm of the chance of each side, were the countries independent."""
    bounded = np.clip(chances, LEAST, 1 - LEAST)[:, None, :]
    total: Floats = np.where(sides, np.log(bounded), np.log(1 - bounded)).sum(axis=2)
    return total


def chance_columns(actors: Floats, recipients: Floats, who: Sides, whom: Sides, fits: Sides) -> Columns:
    """How likely the sides are, each for itself and each in the other's place."""
    one, other = log_chance(actors, who), log_chance(recipients, whom)
    both = one + other
    lead = both - np.where(fits, both, -np.inf).max(axis=1, keepdims=True)

    def least(chances: Floats, sides: Sides) -> Floats:
        return np.asarray(np.where(sides, chances[:, None], np.float32(1.0)).min(axis=2))

    def left(chances: Floats, sides: Sides) -> Floats:
        return np.asarray(np.where(sides, np.float32(0.0), chances[:, None]).max(axis=2))

    return {
        "log_actors": one,
        "log_recipients": other,
        "log_both": both,
        "log_lead": lead,
        "actors_least": least(actors, who),
        "actors_left": left(actors, who),
        "recipients_least": least(recipients, whom),
        "recipients_left": left(recipients, whom),
        "actors_as_recipients": least(recipients, who),
        "recipients_as_actors": least(actors, whom),
        "actors": who.sum(axis=2),
        "recipients": whom.sum(axis=2),
        "common": (who & whom).sum(axis=2),
        "same": (who == whom).all(axis=2),
    }


def leaders(chances: Floats, sides: Sides) -> tuple[Ints, Sides]:
    """The likeliest country of each side, and whether there is one."""
    leading = np.where(sides, chances[:, None], np.float32(-1.0)).argmax(axis=2)
    return leading, np.asarray(sides.any(axis=2))


def leader_columns(rows: Floats, actors: Floats, recipients: Floats, who: Sides, whom: Sides) -> Columns:
    """Of the likeliest country on each side, what its own row says."""
    columns: Columns = {}
    events = np.arange(len(rows))[:, None]
    for prefix, chances, sides in (("A_", actors, who), ("R_", recipients, whom)):
        leader, is_there = leaders(chances, sides)
        for name in LEADER[prefix]:
            columns[prefix + name] = np.where(is_there, rows[events, leader, ROW.index(name)], NOBODY)
    return columns


def report_columns(actors: Floats, recipients: Floats, who: Sides, whom: Sides) -> Columns:
    """What the rest of the report, the event before and the next one have the same countries do."""
    (one, acts), (other, receives) = leaders(actors, who), leaders(recipients, whom)
    events = np.arange(len(actors))[:, None]
    between = actors.T @ recipients

    def elsewhere(first: Ints, second: Ints, is_there: Sides) -> Floats:
        own = actors[events, first] * recipients[events, second]
        return np.asarray(np.where(is_there, between[first, second] - own, -1.0))

    def total(chances: Floats, leader: Ints, is_there: Sides) -> Floats:
        return np.asarray(np.where(is_there, chances.sum(axis=0)[leader] - chances[events, leader], -1.0))

    columns: Columns = {
        "pair_elsewhere": elsewhere(one, other, acts & receives),
        "reverse_elsewhere": elsewhere(other, one, acts & receives),
        "self_elsewhere": elsewhere(one, one, acts),
        "A_acts": total(actors, one, acts),
        "R_receives": total(recipients, other, receives),
        "R_acts": total(actors, other, receives),
        "events": np.array(len(actors)),
    }
    nothing = np.zeros((1, actors.shape[1]), dtype=np.float32)
    for verb, chances in (("acts", actors), ("receives", recipients)):
        before, after = np.vstack([nothing, chances[:-1]]), np.vstack([chances[1:], nothing])
        for place, shifted in (("before", before), ("next", after)):
            columns[f"{place}_A_{verb}"] = np.where(acts, shifted[events, one], -1.0)
            columns[f"{place}_R_{verb}"] = np.where(receives, shifted[events, other], -1.0)
    return columns


@dataclass(frozen=True, slots=True)
class Picked:
    """The pair taken for each event of a report: ``(events, countries)`` who and whom, and its chance."""

    who: Sides
    whom: Sides
    chances: Floats


class PairModel:
    """The boosted-tree model of pairs."""

    def __init__(self, folder: Path) -> None:
        self._trees = session(folder / "pairs.onnx")

    def pick(self, rows: Floats, actors: Floats, recipients: Floats) -> Picked:
        """The likeliest pair of sides of each event."""
        pairs = pairs_of(rows, actors, recipients)
        return pick(pairs, run_trees(self._trees, pairs.rows))


def pick(pairs: Pairs, chances: Floats) -> Picked:
    """The pair of each event with the highest of these chances, the first of equals."""
    bounded = np.where(pairs.fits, chances, np.float32(-1.0))
    events, best = np.arange(len(bounded)), bounded.argmax(axis=1)
    return Picked(pairs.who[events, best], pairs.whom[events, best], bounded[events, best])


def nobody(events: int) -> Picked:
    """What is taken in a report that names no country: nobody on either side, for sure."""
    sides = np.zeros((events, 0), dtype=bool)
    return Picked(sides, sides, np.ones(events, dtype=np.float32))
