"""How the parties of two mentions agree: countries, and the persons and bodies named."""

from __future__ import annotations

from dragoman.assemble.aspects import TALK, Weight
from dragoman.assemble.sketches import Sketch
from dragoman.assemble.typeweights import SYMMETRIC, VERBAL

COLLECTIVE = frozenset({"IGO", "NGO", "MNC", "IMG"})
"""Codes that stand for many bodies: which one is meant, only its name tells."""
EQUAL, PART, OVERLAP, MISSING, NEITHER = 0.6, 0.1, -0.8, -0.3, -0.3
INTERNAL = -0.7
"""Within one state much happens on one day between the same two sides."""
NO_PARTY: Weight = (-0.9, "")
BOTH_AND_ONE: Weight = (-2.0, "one side acts or both do")
CONTESTED: Weight = (-2.5, "different doers")


def weigh_sides(a: Sketch, b: Sketch) -> Weight | None:
    """What the countries on both sides weigh; None where they can't be of one act."""
    if which_body(a.actors, a.actor_bodies, b.actors, b.actor_bodies) or which_body(
        a.recipients, a.recipient_bodies, b.recipients, b.recipient_bodies
    ):
        return None
    doers = side(a.actors, b.actors)
    sufferers = side(a.recipients, b.recipients)
    if doers is not None and sufferers is not None:
        return straight(a, b, doers, sufferers)
    if a.act in SYMMETRIC and b.act in SYMMETRIC:
        return swapped(a, b)
    if a.act == "ASSAULT" == b.act and sufferers is not None and a.place and a.place == b.place:
        return CONTESTED
    return None


def straight(a: Sketch, b: Sketch, doers: float, sufferers: float) -> Weight:
    """Both sides agree as they stand."""
    total = doers + sufferers
    if not (a.actors or a.recipients) or not (b.actors or b.recipients):
        return NO_PARTY
    if a.actors == a.recipients and len(a.actors) == 1:
        total += INTERNAL
    if doers == EQUAL and sufferers == EQUAL:
        return total, "same parties"
    if doers == PART and sufferers == PART and a.act not in SYMMETRIC:
        return BOTH_AND_ONE
    return total, "same actor" if doers == EQUAL else "same recipient" if sufferers == EQUAL else ""


def side(one: frozenset[str], two: frozenset[str]) -> float | None:
    """How well the countries of one side agree; None for two sides without a country in common."""
    if one == two:
        return EQUAL if one else NEITHER
    if not one or not two:
        return MISSING
    if one <= two or two <= one:
        return PART
    return OVERLAP if one & two else None


def swapped(a: Sketch, b: Sketch) -> Weight | None:
    """Acts done together: whoever stands first, the same parties."""
    one, two = a.actors | a.recipients, b.actors | b.recipients
    if one == two:
        return 2 * EQUAL, "same parties"
    if one <= two or two <= one:
        return PART - 0.2, "parties of one among those of the other"
    return (-1.5, "but other parties too") if len(one & two) > 1 else None


def which_body(
    one: frozenset[str], bodies: frozenset[str], two: frozenset[str], others: frozenset[str]
) -> bool:
    """Whether both sides are bodies under one collective code, and not the same ones."""
    if not bodies or not others or one != two or not one <= COLLECTIVE:
        return False
    return bodies.isdisjoint(others)


def weigh_names(a: Sketch, b: Sketch) -> Weight:
    """What the persons and bodies named on either side weigh."""
    speech = a.act in VERBAL or a.act == "CONSULT"
    if a.act in SYMMETRIC and b.act in SYMMETRIC:
        return persons_weight(
            a.actor_persons | a.recipient_persons,
            b.actor_persons | b.recipient_persons,
            OTHER_SPEAKER if speech else OTHER_DOER,
        )
    doer = persons_weight(a.actor_persons, b.actor_persons, OTHER_SPEAKER if speech else OTHER_DOER)
    sufferer = persons_weight(a.recipient_persons, b.recipient_persons, OTHER_SUFFERER)
    if sufferer[0] > 0 and a.act in ONCE:
        sufferer = 2.0, sufferer[1]
    elif sufferer[0] > 0 and a.act in TALK:
        sufferer = 0.7, sufferer[1]  # many speak to a head of state on one day
    body = bodies_weight(a, b)
    if not doer[0] and not body[0]:
        body = unnamed_weight(a, b)
    total = doer[0] + sufferer[0] + body[0]
    if not total:
        return NO_NAMES
    return total, ", ".join(one[1] for one in (doer, sufferer, body) if one[1])


NO_NAMES: Weight = (0.0, "")
SOMEBODY: Weight = (-1.4, "")
ONCE = frozenset({"COERCE", "SANCTION", "RETREAT", "ASSAULT"})
"""Types of what is done to a person, as a rule, once: arrested, sentenced, freed, killed."""
OTHER_SPEAKER, OTHER_DOER, OTHER_SUFFERER = -4.6, -1.2, -2.8


def persons_weight(one: frozenset[str], two: frozenset[str], other: float) -> Weight:
    """What the persons on one side weigh: a shared name speaks for one act, two names against it."""
    if not one or not two:
        return NO_NAMES
    both = one & two
    if both:
        return 1.2, "both name " + ", ".join(name.capitalize() for name in sorted(both))
    either = sorted((min(one), min(two)))
    return other, " or ".join(name.capitalize() for name in either)


def unnamed_weight(a: Sketch, b: Sketch) -> Weight:
    """What it weighs that not both name who acts: of the many in one state, or different parts of it.

    An opposition's demand is no government's.
    """
    if a.act in TALK and a.actors == a.recipients and bool(a.actor_persons) != bool(b.actor_persons):
        return SOMEBODY
    one, two = a.actor_sectors, b.actor_sectors
    if not one or not two or one & two:
        return NO_NAMES
    return (-0.9 if a.act in TALK else -0.2), ""


def bodies_weight(a: Sketch, b: Sketch) -> Weight:
    """What the bodies that act weigh: the same act by two bodies of one state is two acts."""
    one, two = a.actor_bodies, b.actor_bodies
    if not one or not two:
        return NO_NAMES
    if one & two:
        return 0.4, ""
    return (-1.8 if a.act in VERBAL else -0.8), "different bodies act"
