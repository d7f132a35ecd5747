"""The door of the room: every place that a report names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from dragoman.lexicon import cells, read_table
from dragoman.places.gazetteer import Gazetteer, Site, read_columns
from dragoman.places.judging import BODIES, TIMES, Judge, Named
from dragoman.places.nouns import PlaceNouns, read_place_nouns
from dragoman.places.scanning import COMPASS, LOCATIVE, PREPOSITIONS, Candidate, is_no_name, scan
from dragoman.records import Document, Mention, PlaceRef, Span

# After these, 'to', 'from' and 'on' stand before somebody rather than a place.
SPOKEN_TO = frozenset(
    "say tell give hand speak write sell pledge offer pay lend listen talk appeal complain explain report "
    "respond refer belong owe accord promise grant submit reply add lose present show teach award "
    "sentence depend rely count focus vote urge hear demand receive steal borrow inherit differ buy learn "
    "win get quote cite".split()
)
# A city below this size is not meant in a report that never speaks of its country.
SMALL_ABROAD = 100_000
# Nouns after which 'to', 'from' and 'on' stand before a place: 'the withdrawal from Depsang'.
MOVES = frozenset(
    "withdrawal retreat pullback pullout evacuation flight departure expulsion road attack assault raid "
    "strike visit trip return convoy march offensive advance siege journey route highway".split()
)
# Before 'the' and a name, these make it a river, a range or a road: 'across the Pyandzh'.
OVER = frozenset("across over along on beyond down up near off into".split())
# Kinds of mentions whose words are no place ('Jack London', 'Washington Post').
NOT_PLACES = frozenset({"person", "body", "outlet", "armed_group"})


@dataclass(frozen=True, slots=True)
class ContextRow:
    """A row of place_context.tsv: how much a way of naming a country tells where an unknown place lies."""

    feature: str
    weight: str
    note: str


class PlaceFinder:
    """Finds and resolves places; holds the tables, so make one and keep it."""

    def __init__(self) -> None:
        self.gazetteer = Gazetteer()
        self.nouns: PlaceNouns = read_place_nouns()
        self.bodies = read_bodies()
        self.weights = {row.feature: float(row.weight) for row in read_table("place_context.tsv", ContextRow)}

    def find(self, doc: Doc, document: Document, mentions: Sequence[Mention] = ()) -> list[PlaceRef]:
        """Every place that the text names, in text order, none overlapping.

        Coordinates are given only for cities that the tables know and that are named as such: 'Goma
        airport' is a
        point in the right country without coordinates. A dateline's town has the rule 'dateline': the
        report was written there, its acts need not have happened there. ``mentions``, where given, keep
        names of persons and bodies from being places.
        """
        found = scan(doc, document.text, self.gazetteer)
        judge = Judge(doc, found, self.gazetteer, self.nouns)
        named = [one for candidate in found.candidates if (one := self.known(judge, candidate)) is not None]
        named += [one for run in found.unknown if (one := self.unknown(judge, *run)) is not None]
        named += self.described(judge, named)
        blocked = blocked_spans(mentions)
        places = [place_of(doc, one) for one in without_overlaps(named)]
        return [one for one in places if not any(span.covers(one.span) for span in blocked)]

    def known(self, judge: Judge, one: Candidate) -> Named | None:
        """A name that the tables know, with the noun and the direction that belong to it."""
        noun = judge.noun_after(one.last)
        site = judge.choose(one, judge.evidence, admin=noun is not None and noun[1] == "admin1")
        if site is None or not judge.is_place(one, site):
            return None
        named = Named(one.first, one.last, (one.first, one.last), site, site.iso3, site.kind, "gazetteer")
        if one.dateline:
            named.rule = "dateline"
            return named
        if self.is_too_small(judge, one, site):
            named.site, named.precision, named.rule = None, "city", "named-in-context"
            named.country = context_country(judge, one.first, self.weights)
        if noun is None and one.last < len(judge.lower) and judge.doc[one.last].pos_ in ("ADJ", "NOUN"):
            # 'the Zaporizhzhia nuclear power plant'
            noun = judge.noun_after(one.last + 1)
            noun = noun if noun is not None and noun[1] == "point" else None
        if is_headed(judge, one.first):
            named.first = one.first - (2 if judge.at(one.first - 1) == "of" else 1)
            named.site, named.precision, named.rule = None, "region", "place-noun"
        elif noun is not None:
            widen_by_noun(judge, named, noun, self.weights)
        elif judge.at(one.first - 1) in COMPASS:
            named.first -= 1
            named.site, named.precision = None, "region"
            named.rule = "part-of-place"
        return named

    def is_too_small(self, judge: Judge, one: Candidate, site: Site) -> bool:
        """Whether the only site of that name is too obscure for a report that never names its country."""
        if site.kind not in ("city", "admin1") or judge.container(one) or site.capital:
            return False
        if site.kind == "admin1" and judge.at(one.first - 1) == "," and one.first - 1 in judge.ends.values():
            # 'Mobile, Alabama'
            return False
        if judge.is_present(one, site) or not judge.evidence.counts:
            return False
        return site.population < (SMALL_ABROAD if site.kind == "city" else 3_000_000)

    def unknown(self, judge: Judge, first: int, last: int) -> Named | None:
        """A name that no table knows, if the words beside it make it a place."""
        lower, nouns = judge.lower, judge.nouns
        if any(word in TIMES for word in lower[first:last]) or lower[last - 1] in BODIES:
            return None
        if is_no_name(judge.words[first:last]) or (last - first > 1 and is_acronym(judge.words[first])):
            return None
        if lower[last - 1] in nouns.after and last - first > 1:
            return self.in_context(judge, first, last, nouns.after[lower[last - 1]])
        if lower[first] in nouns.before and last - first > 1:
            return self.in_context(judge, first, last, nouns.before[lower[first]])
        if judge.at(first - 1) == "of" and (precision := nouns.of.get(judge.at(first - 2))) is not None:
            start = first - 2 if judge.words[first - 2][:1].isupper() else first
            return self.in_context(judge, start, last, precision)
        noun = judge.noun_after(last)
        if noun is None and last < len(lower) and judge.doc[last].pos_ == "NOUN":
            # 'the Sieromco bauxite mine'
            noun = judge.noun_after(last + 1)
        if noun is not None and not judge.words[first].isupper():
            return self.in_context(judge, first, noun[0], noun[1])
        if any(start <= first < end for start, end in judge.found.datelines):
            end = next(end for start, end in judge.found.datelines if start <= first < end)
            named_there = self.in_context(judge, first, min(last, end), "city")
            named_there.rule = "dateline"
            return named_there
        if self.is_bare_place(judge, first, last):
            river = judge.at(first - 1) == "the"
            return self.in_context(judge, first, last, "region" if river else "city")
        return None

    def is_bare_place(self, judge: Judge, first: int, last: int) -> bool:
        """Whether a name that nothing else explains stands where a place stands ('near Thiet')."""
        word, token = judge.words[last - 1], judge.doc[last - 1]
        if (
            last - first > 4
            or (judge.lower[last - 1] in judge.persons and last - first == 1)
            or word.isupper()
            or not judge.proper[last - 1]
        ):
            return False
        if "".join(judge.words[first:last]) in self.bodies or judge.at(last) in ("'s", "’s"):
            return False
        before = judge.at(first - 1)
        if judge.capital_at(first - 1) and before not in PREPOSITIONS:
            return False
        if token.dep_ in ("compound", "nmod", "poss", "amod") and token.head.i >= last:
            # 'In Kinama youths jeered', but not 'in Renamo camps'.
            return before in ("in", "at", "near") and judge.doc[first - 1].is_sent_start is True
        if before in LOCATIVE or judge.is_object(last - 1):
            return True
        if token.dep_ == "conj" and judge.proper[token.head.i]:
            # 'the withdrawal from Depsang and Demchok'
            above = token.head.head
            return token.head.dep_ == "pobj" and (above.lower_ in LOCATIVE or above.head.lemma_ in MOVES)
        if before == "the":
            return judge.at(first - 2) in OVER
        if before == "of":
            return judge.at(first - 2) in COMPASS or judge.at(first - 2) == "outskirts"
        if before in ("on", "from", "to", "over"):
            head = token.head.head
            if token.dep_ != "pobj":
                return False
            return head.lemma_ in MOVES or (head.pos_ == "VERB" and head.lemma_ not in SPOKEN_TO)
        return False

    def in_context(self, judge: Judge, first: int, last: int, precision: str) -> Named:
        """An unknown name as a place of the country that its surroundings tell."""
        country = container_of(judge, last) or context_country(judge, first, self.weights)
        grain = "region" if precision == "admin1" else precision
        return Named(first, last, (first, last), None, country, grain, "named-in-context")

    def described(self, judge: Judge, named: list[Named]) -> list[Named]:
        """Places told by a noun alone: 'the capital', 'Lebanese soil', 'at the airport'.

        Not where a name follows that tells it ('the bridge at Birgunj'). 'The city' is the last one named.
        """
        starts = {one.first for one in named}
        found = []
        adjectives = dict(judge.found.adjectives)
        for index, word in enumerate(judge.lower):
            if word == "capital" and not judge.proper[index]:
                found += self.capital(judge, index, adjectives.get(index - 1))
            elif word in self.nouns.of_people and index - 1 in adjectives:
                code = adjectives[index - 1]
                found.append(
                    Named(index - 1, index + 1, (index, index + 1), None, code, "region", "of-people")
                )
            elif word in self.nouns.alone and not judge.proper[index] and not is_told(judge, index, starts):
                first = phrase_start(judge, index)
                if (
                    word in ("city", "town")
                    and judge.at(index - 1) == "the"
                    and (city := last_city(named, index))
                ):
                    found.append(replace(city, first=index, last=index + 1, rule="the-city"))
                    continue
                if judge.at(first - 1) in LOCATIVE or judge.at(first - 1) in ("on", "from", "to", "over"):
                    code, grain = context_country(judge, index, self.weights), self.nouns.alone[word]
                    found.append(Named(index, index + 1, (index, index + 1), None, code, grain, "described"))
        return found

    def capital(self, judge: Judge, index: int, people: str | None) -> list[Named]:
        """'the capital', 'the Chilean capital': the capital of the country that is meant, if it is known."""
        if judge.at(index + 1) in ("punishment", "of", "letters", "city", "gains", "flight", "markets"):
            return []
        code = people or context_country(judge, index, self.weights)
        city = self.gazetteer.capitals.get(code)
        if city is None or (
            people is None and judge.at(index - 1) not in ("the", "its", "their", "'s", "’s", "whose")
        ):
            return []
        sites = [site for site in self.gazetteer.named(city.replace(" ", "")) if site.iso3 == code]
        site = max(sites, key=lambda one: one.capital, default=None)
        first = index - 1 if people else index
        return [Named(first, index + 1, (index, index + 1), site, code, "city", "the-capital")]


def widen_by_noun(judge: Judge, named: Named, noun: tuple[int, str], weights: Mapping[str, float]) -> None:
    """Takes 'airport' or 'province' into the place; a point near a city has not the city's coordinates."""
    end, precision = noun
    if named.precision in ("country", "region") and precision == "city":
        return
    if named.precision == "country" and precision == "admin1":
        return
    named.last = end
    if precision == "admin1" and named.site is not None and named.site.kind in ("admin1", "region"):
        named.precision = named.site.kind
        return
    # 'the Miraflores palace in Caracas' is not in the Miraflores of Peru.
    told = container_of(judge, end)
    if told:
        named.country = told
    elif named.site is not None and named.site.kind == "city" and not judge.evidence.counts[named.country]:
        named.country = context_country(judge, named.first, weights) or named.country
    named.site = None
    named.precision = "region" if precision == "admin1" else precision
    named.rule = "place-noun"


def container_of(judge: Judge, index: int) -> str:
    """The country named right after: ', Lebanon', 'in northern Kosovo'; '' if none is."""
    if judge.at(index) not in (",", "(", "in"):
        return ""
    index += 1
    while judge.at(index) in COMPASS or judge.at(index) == "the":
        index += 1
    if index in judge.ends:
        site = judge.choose(Candidate(index, judge.ends[index], ""), judge.evidence)
        return site.iso3 if site else ""
    return ""


def is_headed(judge: Judge, first: int) -> bool:
    """Whether a capitalised place noun before a name makes another place of it: 'Gulf of Aden', 'Mount
    Lebanon'.
    """
    before = first - 1
    nouns = judge.nouns
    if judge.at(before) == "of" and before > 0:
        noun = judge.words[before - 1]
        if judge.capital_at(before - 2):
            # 'the Nuba Mountains of South Kordofan' are two places.
            return False
        return noun[:1].isupper() and (noun.lower() in nouns.of or noun.lower() in nouns.after)
    return judge.capital_at(before) and judge.at(before) in nouns.before


def last_city(named: list[Named], index: int) -> Named | None:
    """The last city named before the index, in a dateline or elsewhere."""
    before = [one for one in named if one.last <= index and one.precision == "city"]
    return max(before, key=lambda one: one.first, default=None)


def is_acronym(word: str) -> bool:
    """Whether the word is written in capitals: the name of a ship or body goes on ('BRP Sierra Madre')."""
    return len(word) > 1 and word.isupper()


def is_told(judge: Judge, index: int, starts: set[int]) -> bool:
    """Whether a name follows that tells which one is meant: 'the bridge at Birgunj', 'a cemetery in
    Cheonan'.
    """
    if judge.at(index + 1) not in ("in", "at", "of", "near", "on", "outside"):
        return False
    return any(index + 2 + step in starts for step in range(4))


def phrase_start(judge: Judge, index: int) -> int:
    """Where the noun phrase begins that ends in that noun: 'the city's public jail'."""
    start, steps = index, 0
    while steps < 5 and start > 0:
        token = judge.doc[start - 1]
        if token.pos_ not in ("DET", "ADJ", "NOUN", "PROPN", "PRON", "PART", "NUM"):
            break
        start, steps = start - 1, steps + 1
    return start


def context_country(judge: Judge, index: int, weights: Mapping[str, float]) -> str:
    """The country in which an unknown place probably lies; '' where the report names none.

    Each country that the report names is weighed by how and where it does (place_context.tsv).
    """
    evidence = judge.evidence
    votes: defaultdict[str, float] = defaultdict(float)
    if evidence.dateline:
        votes[evidence.dateline] += weights["dateline"]
    total = sum(evidence.counts.values())
    for code, count in evidence.counts.items():
        votes[code] += weights["share"] * count / total
        votes[code] += weights["most-named"] if count == max(evidence.counts.values()) else 0.0
    for code, feature in context_features(judge, index):
        votes[code] += weights[feature]
    return max(votes, key=lambda code: (votes[code], code)) if votes else ""


def context_features(judge: Judge, index: int) -> set[tuple[str, str]]:
    """How the countries named around the index stand to it."""
    sentence, paragraph = judge.doc[index].sent, judge.paragraph_start(index)
    found: set[tuple[str, str]] = set()
    before = [one for one in judge.evidence.at if one[0] < index]
    above = [one for one in before if one[0] >= paragraph]
    here = [one for one in above if one[0] >= sentence.start]
    found |= {
        (code, f"in-paragraph-{how}") for _, code, how in above if how in ("possessive", "city", "people")
    }
    found |= {(code, "in-sentence-country") for _, code, how in here if how == "country"}
    for ones, feature in ((above, "first-of-paragraph"), (here, "first-of-sentence")):
        if ones:
            found.add((ones[0][1], feature))
    if before:
        found.add((before[-1][1], "last"))
    located = [code for _, code, how in before if how == "located"]
    if located:
        found.add((located[-1], "last-located"))
    found |= {
        (code, "located-after")
        for at, code, how in judge.evidence.at
        if index < at < sentence.end and how == "located"
    }
    return found


def read_bodies() -> frozenset[str]:
    """Names of bodies and outlets, which are no places though 'in' may stand before them."""
    found: set[str] = set()
    for name, variants in read_columns("organisations.tsv", "name", "name_variants"):
        found |= {one.removeprefix("the ").replace(" ", "") for one in (name, *cells(variants))}
    return frozenset(found)


def without_overlaps(named: list[Named]) -> list[Named]:
    """In text order; of two that share a word the longer one."""
    kept: list[Named] = []
    for one in sorted(named, key=lambda n: (n.first, -n.last)):
        if kept and one.first < kept[-1].last:
            continue
        kept.append(one)
    return kept


def blocked_spans(mentions: Sequence[Mention]) -> list[Span]:
    """The words of persons and bodies, where more than a capital letter says that they are such."""
    return [
        one.span
        for one in mentions
        if one.kind == "name"
        and one.entities
        and one.entities[0].kind in NOT_PLACES
        and "context/unintroduced-name" not in one.rules
    ]


def place_of(doc: Doc, one: Named) -> PlaceRef:
    """The place as a record, with the table's name only where that is what the text names."""
    span = doc[one.first : one.last]
    site, text = one.site, span.text
    place = PlaceRef(
        name=text,
        country=one.country,
        precision=one.precision,
        span=Span(span.start_char, span.end_char),
        rule=one.rule,
    )
    if site is None:
        return place
    exact = one.precision == "city"
    return PlaceRef(
        name=site.name if one.rule in ("the-capital", "the-city") else text,
        country=one.country,
        precision=one.precision,
        span=place.span,
        admin1=site.admin1,
        geonames_id=site.geonames_id if exact else None,
        lat=site.lat if exact else None,
        lon=site.lon if exact else None,
        rule=one.rule,
    )
