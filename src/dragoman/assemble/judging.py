"""Whether two mentions tell one happening, judged on structure, with reasons.

Each aspect of the two mentions (who, when, where, by which word …) weighs for or against; the weights are
log odds and add up to a score. Some aspects rule out that the two are one, whatever else there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from dragoman.assemble import aspects, parties, timing
from dragoman.assemble.aspects import Weight
from dragoman.assemble.exactness import relation_of
from dragoman.assemble.fitting import correction
from dragoman.assemble.sketches import Sketch
from dragoman.assemble.typeweights import KIN, KIN_COST, OTHER_FAMILY_COST, PRIOR

LOW = 0.35
"""From here on two mentions stand in one component, and are grouped together or apart."""
ENOUGH = 0.45
"""From here on two mentions are one happening, if nothing forbids it."""
LINKED = 0.97
"""The score of two mentions that their own report links, or that stand in copies of one report."""
ONE_REPORT: Weight = (-3.5, "")
"""Acts that one report tells twice without linking them are, as a rule, two."""
TOLD_AND_DENIED: Weight = (0.7, "")
COPY_SHARE = 0.7
HOPELESS = -4.5
"""Below this sum of weights nothing that is fitted makes two mentions one."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How much speaks for one happening (0 to 1), and why.

    ``relation`` says what ``b`` is to ``a``: ``same``, ``more_exact`` (b tells it more exactly) or
    ``less_exact``. ``why`` are the reasons for it in words, then what speaks against it. Below
    ``LOW`` neither is told.
    """

    score: float
    relation: str
    why: tuple[str, ...]


def judge(a: Sketch, b: Sketch) -> Judgement | None:
    """The judgement of two mentions, or None where they cannot be one happening.

    Symmetric but for ``relation``.
    """
    linked = link_of(a, b)
    if linked is not None:
        return Judgement(LINKED, relation_of(a, b), (linked,))
    found = weigh(a, b)
    if found is None:
        return None
    total = 0.0
    for weight, _ in found:
        total += weight
    if total > HOPELESS:
        total += correction(a, b)
    score = round(1.0 / (1.0 + exp(-total)), 3)
    if score < LOW:
        return Judgement(score, "same", ())
    return Judgement(score, relation_of(a, b), reasons(found))


def link_of(a: Sketch, b: Sketch) -> str | None:
    """Why the two are one without weighing: one report says so, or one is a copy of the other."""
    if a.document_id == b.document_id:
        if a.same_as == b.mention_id or b.same_as == a.mention_id or (a.same_as and a.same_as == b.same_as):
            return "the report itself links them"
        return None
    if a.root != b.root or a.trigger != b.trigger or a.event_type != b.event_type:
        return None
    union = (a.bits | b.bits).bit_count()
    if (a.bits & b.bits).bit_count() >= COPY_SHARE * union:
        return "the same words in a reprint"
    return None


def weigh(a: Sketch, b: Sketch) -> list[Weight] | None:
    """What each aspect weighs; None where one of them rules out that the two are one."""
    kind = type_weight(a, b)
    if kind is None:
        return None
    when = timing.weigh_days(a, b)
    if when is None:
        return None
    who = parties.weigh_sides(a, b)
    if who is None:
        return None
    where = aspects.weigh_places(a, b)
    if where is None:
        return None
    found = [kind, when, who, where]
    found.append(parties.weigh_names(a, b))
    found.append(aspects.weigh_status(a, b))
    found.append(aspects.weigh_modes(a, b))
    found.append(aspects.weigh_triggers(a, b))
    found.append(aspects.weigh_words(a, b))
    found.append(aspects.weigh_matter(a, b))
    if a.killed or b.killed or a.injured or b.injured:
        found.append(aspects.weigh_casualties(a, b))
    found.append(aspects.weigh_contexts(a, b))
    if a.root == b.root:
        denied = (a.status == "denied") != (b.status == "denied")
        found.append(TOLD_AND_DENIED if denied else ONE_REPORT)
    return found


def type_weight(a: Sketch, b: Sketch) -> Weight | None:
    """What the types weigh; None for types that no coder takes for each other."""
    if a.act == b.act:
        return PRIOR.get(a.act, -1.5), ""
    if frozenset((a.act, b.act)) not in KIN:
        return None
    cost = KIN_COST
    if a.families.isdisjoint(b.families) and a.trigger != b.trigger:
        if a.kinds.isdisjoint(b.kinds):
            return None
        cost += OTHER_FAMILY_COST
    worse = min(PRIOR.get(a.act, -1.5), PRIOR.get(b.act, -1.5))
    return worse + cost, f"types that meet: {min(a.act, b.act)}, {max(a.act, b.act)}"


def reasons(found: list[Weight]) -> tuple[str, ...]:
    """The reasons in words: what speaks for it, weightiest first, then what speaks against it."""
    told = sorted((weight for weight in found if weight[1]), key=lambda one: -one[0])
    return tuple(words if weight >= 0 else f"but {words}" for weight, words in told)
