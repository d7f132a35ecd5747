"""Keeps words that only look like a time from being one: 'may', 'March on Rome', '2000 soldiers'."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from dragoman.times.patterns import Hit
from dragoman.times.tense import is_ahead

TIME_PREPOSITIONS = frozenset(
    "in since by until till from of for before after during through throughout to between and late early "
    "mid last next this that about around every or within circa on over pre post".split()
)
# Among them those that may as well stand before a person's name.
WEAK = frozenset({"and", "to", "or", "that", "about", "around", "for", "of", "this", "before", "after"})
YEAR_PREPOSITIONS = TIME_PREPOSITIONS | {
    "the",
    "a",
    "its",
    "their",
    "his",
    "her",
    "'s",
    "’s",
    "(",
    "-",
    "–",
    ",",
    "—",
}
APPROXIMATIONS = frozenset(
    "about some nearly almost over least roughly approximately only $ € £ no number nos".split()
)
# What a month is to the word that it dates: 'the May election', 'a ceasefire in May'.
DATING = frozenset("compound nmod npadvmod poss pobj nummod amod".split())
# Prepositions before a year; words before a number that is none; words after one that measures.
DATED_BY = frozenset("in since by until of from during before after between late early mid".split())
NUMBERED = frozenset(
    "resolution section article no number no. nos. flight km unit level battalion than".split()
)
MEASURES = frozenset("percent % per million billion gmt".split())
HABITS = frozenset({"every", "each", "on most"})
# Nouns that a year before them does not date but count: '2000 soldiers'.
BARE_COUNT = 50


def near(doc: Doc, index: int) -> str:
    """The lower-cased word at the index, '' beyond the text's edges."""
    return doc[index].lower_ if 0 <= index < len(doc) else ""


def is_month(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether a month's name alone is a month: not in a person's name, not 'may', not 'the March on Rome'."""
    token, before, after = doc[first], near(doc, first - 1), near(doc, last + 1)
    if token.lower_ == "march" and after == "on":
        return False
    if before in TIME_PREPOSITIONS - WEAK or after in ("'s", "’s"):
        return True
    if (token.lower_ in ("may", "march") and token.pos_ in ("AUX", "VERB")) or is_name_part(doc, first, last):
        return False
    if token.dep_ == "nsubj" and token.is_sent_start:
        # 'October brought war', but not 'April said'
        return token.head.pos_ in ("VERB", "AUX") and token.head.lemma_ not in ("say", "tell", "add")
    return before in WEAK or token.dep_ in DATING


def is_name_part(doc: Doc, first: int, last: int) -> bool:
    """Whether a capitalised word stands next to the words in one name ('April Ryan', 'Jean August')."""
    nxt = doc[last + 1] if last + 1 < len(doc) else None
    previous = doc[first - 1] if first else None
    return bool(
        (nxt is not None and nxt.is_title and nxt.pos_ == "PROPN")
        or (
            previous is not None
            and previous.is_title
            and previous.pos_ == "PROPN"
            and previous.head == doc[first]
        )
    )


def is_year(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether a figure is a year: not a count, a price, a resolution's number."""
    token, before, after = doc[first], near(doc, first - 1), near(doc, last + 1)
    if before in APPROXIMATIONS or before in NUMBERED or after in MEASURES:
        return False
    if after == ":" and (first == 0 or doc[first - 1].is_space):
        # '1996: Ottawa files a complaint' heads an entry of a chronology.
        return True
    value = int(token.text) if token.text.isdigit() else 0
    if not 1700 <= value <= 2090:
        return False
    counts = token.head.i > token.i and token.head.tag_ in ("NNS", "NNPS") and value % BARE_COUNT == 0
    if before in DATED_BY:
        return before == "in" or not counts
    if counts and token.dep_ == "nummod":
        return before in ("the", "'s", "its", "their")
    return before in YEAR_PREPOSITIONS or token.dep_ in DATING or token.dep_ == "appos"


def is_weekday(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether a weekday dates something: not a habit ('every Friday'), not part of a name."""
    return near(doc, first - 1) not in HABITS


def is_season(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether a season dates something: 'in the winter', not 'winter coats'."""
    before = near(doc, first - 1)
    if before in ("the", "early", "late", "mid"):
        before = near(doc, first - 2)
    if before in (
        "in",
        "since",
        "by",
        "until",
        "till",
        "during",
        "through",
        "throughout",
        "over",
        "for",
        "from",
        "of",
        "before",
        "after",
    ):
        return doc[last].tag_ == "NN" and doc[last].dep_ not in ("compound", "amod", "nmod")
    return False


def is_fall(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether 'in the fall' is the season: not 'in the fall of Saigon'."""
    return near(doc, last + 1) not in ("of", "in", "from", "to") and doc[last].dep_ not in ("compound",)


def is_year_words(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether 'twenty nineteen' is a year: it stands before no noun ('some twenty ten-year-olds')."""
    return near(doc, last + 1) != "-" and (last + 1 >= len(doc) or doc[last + 1].pos_ != "NOUN")


def is_decade(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether 'the eighties' is the decade: not 'in his eighties'."""
    before = near(doc, first - 1)
    return before in ("the", "early", "late", "mid") or hit.get("part") is not None


def is_unit(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether 'last year' is whole: not 'this day and age', not 'the last day of'."""
    before, after = near(doc, first - 1), near(doc, last + 1)
    if hit.get("oneunit") == "day":
        return False
    if not is_coming(doc, first, last, hit):
        return False
    if hit.get("rel") == "-1" and before in ("the", "his", "her", "their", "its", "that"):
        return after not in ("of",)
    return True


def is_coming(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether 'next' looks on from the report: in 'the next week' of a story told it does not."""
    if near(doc, first - 1) != "the" or doc[first].lower_ != "next":
        return True
    return is_ahead(doc, last)


def is_same(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether 'that day' points at a day: not 'said that day labourers', not 'the same day care'."""
    if doc[first].lower_ in ("same", "very"):
        return near(doc, first - 1) in ("the", "that", "this")
    if hit.get("monthname") or hit.get("season"):
        # 'starved himself to death that September', but not 'said that September would be calm'
        return last + 1 >= len(doc) or doc[last + 1].pos_ not in ("VERB", "AUX")
    points = doc[first].pos_ in ("DET", "PRON") or doc[first].head == doc[last]
    return points and doc[last].dep_ != "compound" and near(doc, last + 1) != "by"


def is_neighbouring(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether two weekdays follow each other, so that they make one stretch of time."""
    one, other = hit.number("weekday"), hit.number("weekday", 1)
    return one is not None and other is not None and (other - one) % 7 == 1


def is_plain_name(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether a holiday's name stands alone: not 'Christmas Island', 'New Year's resolution'."""
    if last + 1 >= len(doc):
        return True
    following = doc[last + 1]
    return not (following.is_title and following.pos_ == "PROPN")


def is_nth(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether 'the 9th' is a day: it stands after 'on' or the like, and before no noun."""
    before = near(doc, first - 1)
    if before not in ("on", "by", "from", "until", "since", "to", "and", "for", "till"):
        return False
    token = doc[last]
    if last + 1 < len(doc) and (token.head.i > last and token.head.pos_ in ("NOUN", "PROPN")):
        return False
    nxt = doc[last + 1] if last + 1 < len(doc) else None
    return nxt is None or (
        nxt.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and nxt.lower_ not in ("of", "and", "-")
    )


def is_future(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether 'in two weeks' points ahead: a future verb governs it, and it is no stretch of work."""
    return is_ahead(doc, first) and near(doc, last + 1) != "of"


def is_alone(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether no weekday or date follows at once ('before dawn on Monday' is told by the Monday)."""
    words = [near(doc, last + step) for step in (1, 2, 3)]
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return not any(word in names for word in words)


def is_shift(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether 'a year on' ends there: not 'two years on bail', nor 'a week before the visit'."""
    if doc[last].lower_ not in ("on", "before") or last + 1 >= len(doc):
        return True
    return doc[last + 1].is_punct or doc[last + 1].dep_ == "cc"


def is_whole(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether 'the weekend' stands for itself: 'the weekend of 5-6 June' is told by its days."""
    return near(doc, last + 1) != "of"


def is_time_pointer(doc: Doc, first: int, last: int, hit: Hit) -> bool:
    """Whether 'at that time' points back; always."""
    return True


Guard = Callable[[Doc, int, int, Hit], bool]
GUARDS: dict[str, Guard] = {
    "month": is_month,
    "year": is_year,
    "weekday": is_weekday,
    "season": is_season,
    "fall": is_fall,
    "year-words": is_year_words,
    "decade-words": is_decade,
    "unit": is_unit,
    "coming": is_coming,
    "same": is_same,
    "adjacent": is_neighbouring,
    "name": is_plain_name,
    "nth": is_nth,
    "future": is_future,
    "no-time-near": is_alone,
    "shift": is_shift,
    "no-of": is_whole,
    "that-time": is_time_pointer,
}
