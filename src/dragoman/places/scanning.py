"""Finds the words of a report that may name places, before it is decided whether they do."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from dragoman.lexicon.datelines import find_datelines
from dragoman.places.gazetteer import Gazetteer, fold

PREPOSITIONS = frozenset(
    "in at near off over inside outside around across throughout from to into toward towards through via "
    "on between along beyond above below beside within onto of against for with by".split()
)
# After these only a place, a time or a thing can stand.
LOCATIVE = frozenset(
    "in at near off inside outside around across throughout into toward towards through beyond onto".split()
)
COMPASS = frozenset(
    "northern southern eastern western central north south east west north-eastern north-western "
    "south-eastern south-western northeastern northwestern southeastern southwestern northeast northwest "
    "southeast southwest upper lower inner outer coastal rural mainland downtown far greater".split()
)


SMALL_WORDS = frozenset("da de do dos del la el al ez as y e du des".split())


@dataclass(slots=True)
class Candidate:
    """Tokens ``first`` to ``last`` (exclusive) that bear a name; ``key`` is how the tables know it."""

    first: int
    last: int
    key: str
    dateline: bool = False


@dataclass(slots=True)
class Scan:
    """The names of a report: of places, of peoples ('Russian'), and unknown ones."""

    words: list[str]
    candidates: list[Candidate] = field(default_factory=list)
    adjectives: list[tuple[int, str]] = field(default_factory=list)
    unknown: list[tuple[int, int]] = field(default_factory=list)
    persons: set[str] = field(default_factory=set)
    datelines: list[tuple[int, int]] = field(default_factory=list)


def dateline_tokens(doc: Doc, text: str) -> list[tuple[int, int]]:
    """Token ranges of the datelines' place parts."""
    ranges = []
    for line in find_datelines(text):
        span = doc.char_span(line.place.start, line.place.end, alignment_mode="expand")
        if span is not None:
            ranges.append((span.start, span.end))
    return ranges


def scan(doc: Doc, text: str, gazetteer: Gazetteer) -> Scan:
    """One pass over the tokens: known names, and runs of capitalised words that no table knows."""
    table = doc.to_array(["IDX", "LENGTH"]).astype("int64").tolist()
    words = [text[start : start + length] for start, length in table]
    stops: list[int] = doc.to_array("IS_STOP").tolist()
    spaced: list[int] = doc.to_array("SPACY").tolist()
    found = Scan(words, datelines=dateline_tokens(doc, text))
    in_dateline = {index for first, last in found.datelines for index in range(first, last)}
    index, size = 0, len(words)
    while index < size:
        word = words[index]
        if not word[0].isupper() or (stops[index] and not word.isupper()):
            index += 1
            continue
        end = take_name(found, gazetteer, index, index in in_dateline)
        index = end if end > index else take_unknown(found, gazetteer, index, spaced)
    return found


def take_name(found: Scan, gazetteer: Gazetteer, index: int, dateline: bool) -> int:
    """Enters the longest known name at the token, and gives its end; the token itself if none is known."""
    words = found.words
    hit = gazetteer.match(words, index)
    if hit is None and not words[index].isascii():
        hit = match_respelt(gazetteer, words, index, fold)
    if hit is None and words[index].isupper() and (dateline or len(words[index]) > 4):
        hit = match_respelt(gazetteer, words, index, title)
    if hit is None or (not dateline and is_no_name(words[index : hit[0]]) and not is_located(words, index)):
        return index
    end, key = hit
    if key in gazetteer.adjectives and not gazetteer.knows(key):
        found.adjectives.append((index, gazetteer.adjectives[key]))
    else:
        found.candidates.append(Candidate(index, end, key, dateline))
    return end


def is_no_name(words: list[str]) -> bool:
    """Whether a single word is too common or too short to name a place: 'the West', the 'Al' of 'Al-
    Ekhbariya'.
    """
    return len(words) == 1 and (words[0].lower() in COMPASS or len(words[0]) < 3)


def is_located(words: list[str], index: int) -> bool:
    """Whether a preposition of place stands right before the index: 'in Bo'."""
    return index > 0 and words[index - 1].lower() in LOCATIVE and words[index].lower() not in COMPASS


def title(word: str) -> str:
    """'SAINT-DENIS' as 'Saint-Denis'; short words stay as they are."""
    return word.title() if word.isupper() and len(word) > 1 else word


def match_respelt(
    gazetteer: Gazetteer, words: list[str], index: int, respell: object
) -> tuple[int, str] | None:
    """The longest known name at the token when its words are spelt another way."""
    assert callable(respell)
    window = [respell(word) for word in words[index : index + 8]]
    hit = gazetteer.match(window, 0)
    return (index + hit[0], hit[1]) if hit is not None else None


def take_unknown(found: Scan, gazetteer: Gazetteer, index: int, spaced: list[int]) -> int:
    """Enters the run of capitalised words that no table knows, and gives its end."""
    words, end = found.words, index + 1
    while end < len(words) and (words[end][:1].isupper() or goes_on(words, end, spaced)):
        joined = words[end - 1] == "-"
        if words[end][:1].isupper() and not joined and gazetteer.match(words, end) is not None:
            break
        end += 1
    found.unknown.append((index, end))
    return end


def goes_on(words: list[str], index: int, spaced: list[int]) -> bool:
    """Whether a small word inside a name goes on to a capital ('Mocimboa da Praia', 'Deir el-Zor')."""
    if index + 1 >= len(words):
        return False
    if words[index] == "-":
        return not spaced[index - 1] and not spaced[index] and words[index + 1][:1].isalpha()
    return words[index] in SMALL_WORDS and words[index + 1][:1].isupper()
