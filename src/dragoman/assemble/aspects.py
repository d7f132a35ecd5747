"""What place, words, mode, status and casualties weigh when two mentions are compared."""

from __future__ import annotations

from functools import lru_cache
from math import cos, hypot, inf, radians

from dragoman.assemble.sketches import Sketch
from dragoman.assemble.typeweights import VERBAL
from dragoman.assemble.wordstems import stems_of

TALK = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN"})
"""Acts of which one state may do many on one day, each with its own words."""
Weight = tuple[float, str]
"""Log odds, and the reason in words ("" where it isn't worth telling)."""

NOTHING: Weight = (0.0, "")
TOWN = frozenset({"city", "point"})
KM = 111.2
"""Kilometres to a degree of latitude."""
CLOSE = 25.0
"""Towns nearer to each other than this, in km, may be told for one another."""


def weigh_places(a: Sketch, b: Sketch) -> Weight | None:
    """What the places weigh; None for acts in places that exclude each other."""
    if not a.place or not b.place:
        return NOTHING
    if a.place == b.place:
        return (1.8, "same town") if a.place_precision in TOWN else (0.4, "same place")
    verbal = a.act in VERBAL and b.act in VERBAL
    if a.place_country and b.place_country and a.place_country != b.place_country:
        return (-1.8, "different countries") if verbal else None
    if a.place_precision in TOWN and b.place_precision in TOWN:
        return two_towns(a, b, verbal)
    if a.place_admin1 and b.place_admin1:
        return (0.8, "same province") if a.place_admin1 == b.place_admin1 else (-2.0, "different provinces")
    return 0.2, "same country"


def two_towns(a: Sketch, b: Sketch, verbal: bool) -> Weight | None:
    """Two towns: near each other, or apart."""
    away = kilometres(a.lat, a.lon, b.lat, b.lon)
    if away <= CLOSE:
        return 0.2, "towns near each other"
    if away == inf:
        return by_name(a, b)
    return (-1.8, "different towns") if verbal else None


def by_name(a: Sketch, b: Sketch) -> Weight:
    """Two places of which one is in no gazetteer: 'Baquba' and 'the vegetable market of Baquba'."""
    both = place_words(a.place_name) & place_words(b.place_name)
    if both - PLACE_NOUNS:
        return 1.2, f"places called {min(both - PLACE_NOUNS).capitalize()}"
    return NOTHING if both else (-1.1, "places of different names")


@lru_cache(maxsize=50_000)
def place_words(place: str) -> frozenset[str]:
    """The telling words of a place's name."""
    return frozenset(stems_of(place))


PLACE_NOUNS = frozenset(
    stems_of("market district quarter palace province village region suburb port base camp")
)


def kilometres(
    lat: float | None, lon: float | None, other_lat: float | None, other_lon: float | None
) -> float:
    """How far two places are apart, well enough for short ways; infinite where one has no coordinates."""
    if lat is None or lon is None or other_lat is None or other_lon is None:
        return inf
    return hypot(lat - other_lat, (lon - other_lon) * cos(radians(lat))) * KM


TO_BE: dict[frozenset[str], Weight] = {
    frozenset(("asserted", "denied")): (-0.1, "told by one, denied by another"),
    frozenset(("asserted", "negated")): (-1.0, "said to have happened and not to have happened"),
    frozenset(("asserted", "possible")): (-0.6, ""),
    frozenset(("asserted", "planned")): (-0.4, "planned in one, done in the other"),
    frozenset(("asserted", "requested")): (-1.0, "asked for in one, done in the other"),
    frozenset(("denied", "negated")): (-0.2, ""),
    frozenset(("planned", "possible")): (-0.2, ""),
}


def weigh_status(a: Sketch, b: Sketch) -> Weight:
    """What the statuses weigh: an act planned and then done, or told and denied, is one act."""
    if a.status == b.status or a.status == "unknown" or b.status == "unknown":
        return NOTHING
    return TO_BE.get(frozenset((a.status, b.status)), (-0.7, ""))


TAKEN_FOR_ANOTHER = (
    frozenset({"heavy-weapons", "aerial", "drone", "explosives"}),
    frozenset({"explosives", "suicide-attack", "targeted"}),
    frozenset({"firearms", "targeted", "heavy-weapons"}),
)
"""Modes of attack that reports of one attack give for each other."""
SAME_MODE: Weight = (0.5, "same mode")


def weigh_modes(a: Sketch, b: Sketch) -> Weight:
    """What the modes weigh; a mode that one of the two doesn't know weighs nothing."""
    if not a.mode or not b.mode or a.act != b.act:
        return NOTHING
    if a.mode == b.mode:
        return SAME_MODE
    if any(a.mode in modes and b.mode in modes for modes in TAKEN_FOR_ANOTHER):
        return -0.6, ""
    if a.act == "CONSULT":
        return -1.2, "different kinds of contact"
    return -1.8, "different modes"


SAME_WORD: Weight = (0.7, "same word for the act")
SAME_SPEECH: Weight = (0.4, "same word for the act")
SAME_FAMILY: Weight = (0.6, "words of one kind for the act")
BLOWS = frozenset({"blow"})
SAME_KIND: Weight = (0.1, "")
OTHER_FAMILY: Weight = (-0.4, "")
STEPS = frozenset({"extend", "ease", "summon", "resume", "repeat"})
"""Families of words that tell one step of a matter: a closure that is prolonged is not the closure."""
OTHER_STEP: Weight = (-2.2, "another step of the matter")
MEETING = frozenset({"meet", "phone", "mediate"})


def weigh_triggers(a: Sketch, b: Sketch) -> Weight:
    """What the words that bear the act weigh; a visit and the talks on it are two acts."""
    if a.trigger == b.trigger:
        return SAME_SPEECH if a.act in VERBAL else SAME_WORD
    one, two = a.families, b.families
    if (one ^ two) & STEPS and not one & two & STEPS:
        return OTHER_STEP
    if not one or not two:
        return NOTHING
    if one & two:
        return SAME_FAMILY
    if a.act == "CONSULT" and (is_visit(a) or is_visit(b)) and MEETING & (one | two):
        return -3.8, "a visit and a meeting"
    if a.act == "CONSULT" and ("phone" in one) != ("phone" in two):
        return -2.5, "a call and a meeting"
    # 'Attacked' and 'clashes' are of one kind as any two blows are.
    return SAME_KIND if a.kinds & b.kinds - BLOWS else OTHER_FAMILY


def is_visit(sketch: Sketch) -> bool:
    """Whether the word tells of a journey; who is received may be received for talks."""
    if "visit" in sketch.families:
        return "receiv" not in sketch.trigger
    return sketch.mode == "visit" and sketch.families.isdisjoint(MEETING)


def weigh_words(a: Sketch, b: Sketch) -> Weight:
    """What the telling words of the passages weigh: most for acts that consist in saying something."""
    one, two = (a.near, b.near) if a.root == b.root else (a.bits, b.bits)
    if not one or not two:
        return NOTHING
    both = (one & two).bit_count()
    least = min(one.bit_count(), two.bit_count())
    if least < 3:
        return (0.6, words_in_common(a, b)) if both else NOTHING
    share = both / least
    verbal = a.act in VERBAL
    if share >= 0.5:
        return (2.2 if verbal else 1.6), words_in_common(a, b)
    if share >= 0.3:
        return (1.4 if verbal else 1.0), words_in_common(a, b)
    if share >= 0.15:
        return (0.5 if verbal else 0.4), words_in_common(a, b)
    return (-1.2 if least >= 4 and a.act in TALK else -0.5), ""


def weigh_matter(a: Sketch, b: Sketch) -> Weight:
    """What it weighs that two sayings, not both dated, share no word but those of all news.

    One state demands, refuses or blames on many days; reports of different days hardly tell of one then.
    """
    if a.act not in VERBAL or a.rare & b.rare or (a.start is not None and b.start is not None):
        return NOTHING
    if not a.bits or not b.bits:
        return NOTHING
    if a.published is not None and b.published is not None and abs(a.published - b.published) >= LATER_REPORT:
        return OTHER_DAY
    return OTHER_MATTER if a.trigger != b.trigger else NOTHING


LATER_REPORT = 2
OTHER_MATTER: Weight = (-0.7, "no rare word in common")
OTHER_DAY: Weight = (-1.2, "no rare word in common, days later")


def words_in_common(a: Sketch, b: Sketch) -> str:
    """The telling words that both passages have, five at most."""
    both = sorted(set(a.said.split()) & set(b.said.split()), key=lambda word: (-len(word), word))
    return "both tell of " + ", ".join(both[:5]) if both else ""


def weigh_contexts(a: Sketch, b: Sketch) -> Weight:
    """What the matters weigh; coders find few of them, so that the lack of one says little."""
    if not a.contexts or not b.contexts:
        return NOTHING
    if a.contexts & b.contexts:
        return 0.3, ""
    return (-0.8 if a.act in VERBAL else -0.3), "different matters"


Range = tuple[int, int | None]


def weigh_casualties(a: Sketch, b: Sketch) -> Weight:
    """What the dead and injured weigh; a toll that grows from report to report speaks little against it."""
    total, told = 0.0, []
    for one, two, name in ((a.killed, b.killed, "killed"), (a.injured, b.injured, "injured")):
        if one is None or two is None:
            continue
        weight, words = counts_weight(one, two, grows(a, b, one, two))
        total += weight
        if words:
            told.append(f"{words} {name}")
    return total, ", ".join(told)


def counts_weight(one: Range, two: Range, growing: bool) -> Weight:
    """What two numbers of people weigh."""
    if compatible(one, two):
        weight = 1.6 if one == two and one[0] >= 3 else 0.8
        return weight, f"both: {in_words(one)}" if one == two else f"{in_words(one)} fits {in_words(two)}"
    low, high = sorted((one[0] + 1, two[0] + 1))
    either = f"{in_words(min(one, two))} or {in_words(max(one, two))}"
    if high <= 2 * low:
        return (0.2 if growing else -0.4), either
    return (-0.8 if growing and high <= 4 * low else -2.2), either


def grows(a: Sketch, b: Sketch, one: Range, two: Range) -> bool:
    """Whether the later report gives the higher number."""
    if a.published is None or b.published is None or a.published == b.published:
        return False
    return (a.published < b.published) == (one[0] < two[0])


def compatible(one: Range, two: Range) -> bool:
    """Whether one number can be meant by both ranges."""
    return (one[1] is None or two[0] <= one[1]) and (two[1] is None or one[0] <= two[1])


def in_words(count: Range) -> str:
    """'20', '20 to 25', 'at least 20'."""
    low, high = count
    return f"at least {low}" if high is None else str(low) if low == high else f"{low} to {high}"
