"""The door of the room: every place that a report names."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from dragoman.places.gazetteer import Gazetteer, Site
from dragoman.places.judging import BODIES, TIMES, Judge, Named
from dragoman.places.nouns import PlaceNouns, read_place_nouns
from dragoman.places.scanning import COMPASS, LOCATIVE, Candidate, scan
from dragoman.records import Document, Mention, PlaceRef, Span

# Kinds of mentions whose words are no place ('Jack London', 'Washington Post').
NOT_PLACES = frozenset({"person", "body", "outlet", "armed_group"})


class PlaceFinder:
    """Finds and resolves places; holds the tables, so make one and keep it."""

    def __init__(self) -> None:
        self.gazetteer = Gazetteer()
        self.nouns: PlaceNouns = read_place_nouns()

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
        named += [one for run in found.unknown if (one := self.unknown(judge, *run, named)) is not None]
        named += self.capitals(judge, named)
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
            named.country = context_country(judge, one.first)
        if noun is not None:
            widen_by_noun(judge, named, noun)
        elif judge.at(one.first - 1) in COMPASS:
            named.first -= 1
            named.site, named.precision = None, "region"
            named.rule = "part-of-place"
        return named

    def is_too_small(self, judge: Judge, one: Candidate, site: Site) -> bool:
        """Whether the only site of that name is too obscure for a report that never names its country."""
        if site.kind != "city" or judge.container(one) or site.capital:
            return False
        present = judge.evidence.counts[site.iso3]
        return present == 0 and site.population < 100_000 and bool(judge.evidence.counts)

    def unknown(self, judge: Judge, first: int, last: int, named: list[Named]) -> Named | None:
        """A name that no table knows, if the words beside it make it a place."""
        lower, nouns = judge.lower, judge.nouns
        if any(word in TIMES for word in lower[first:last]) or lower[last - 1] in BODIES:
            return None
        if lower[last - 1] in nouns.after and last - first > 1:
            return self.in_context(judge, first, last, nouns.after[lower[last - 1]])
        if lower[first] in nouns.before and last - first > 1:
            return self.in_context(judge, first, last, nouns.before[lower[first]])
        if judge.at(first - 1) == "of" and (precision := nouns.of.get(judge.at(first - 2))) is not None:
            start = first - 2 if judge.words[first - 2][:1].isupper() else first
            return self.in_context(judge, start, last, precision)
        noun = judge.noun_after(last)
        if noun is not None and not judge.words[first].isupper():
            return self.in_context(judge, first, noun[0], noun[1])
        if self.is_bare_place(judge, first, last):
            return self.in_context(judge, first, last, "city")
        return None

    def is_bare_place(self, judge: Judge, first: int, last: int) -> bool:
        """Whether a name that nothing else explains stands where a place stands: 'in Ngarbuh', 'near Thiet'."""
        if judge.at(first - 1) not in LOCATIVE or last - first > 3 or judge.lower[last - 1] in judge.persons:
            return False
        word = judge.words[last - 1]
        if word.isupper() or not judge.proper[last - 1] or judge.at(last) in ("'s", "’s"):
            return False
        token = judge.doc[last - 1]
        return token.dep_ == "pobj" or (token.dep_ in ("appos", "conj") and token.head.dep_ == "pobj")

    def in_context(self, judge: Judge, first: int, last: int, precision: str) -> Named:
        """An unknown name as a place of the country that its surroundings tell."""
        country = container_of(judge, last) or context_country(judge, first)
        grain = "region" if precision == "admin1" else precision
        return Named(first, last, (first, last), None, country, grain, "named-in-context")

    def capitals(self, judge: Judge, named: list[Named]) -> list[Named]:
        """'the capital', 'the Chilean capital': the capital of the country that is meant."""
        found = []
        adjectives = dict(judge.found.adjectives)
        for index, word in enumerate(judge.lower):
            if word != "capital" or judge.proper[index]:
                continue
            code = adjectives.get(index - 1) or context_country(judge, index)
            city = self.gazetteer.capitals.get(code)
            if (
                city is None
                or (judge.at(index - 1) not in ("the", "its", "their", "'s", "’s")
                and index - 1 not in adjectives)
            ):
                continue
            if judge.at(index + 1) in ("punishment", "of", ",") or judge.at(index + 1) == "city":
                continue
            sites = [site for site in self.gazetteer.named(city.replace(" ", "")) if site.iso3 == code]
            site = max(sites, key=lambda one: one.capital, default=None)
            first = index - 1 if index - 1 in adjectives else index
            found.append(Named(first, index + 1, (index, index + 1), site, code, "city", "the-capital"))
        return found


def widen_by_noun(judge: Judge, named: Named, noun: tuple[int, str]) -> None:
    """Takes 'airport' or 'province' into the place; a point near a city has not the city's coordinates."""
    end, precision = noun
    if named.precision == "country" and precision in ("city", "admin1"):
        return
    named.last = end
    if precision == "admin1" and named.site is not None and named.site.kind in ("admin1", "region"):
        named.precision = named.site.kind
        return
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


def context_country(judge: Judge, index: int) -> str:
    """The country in which an unknown place probably lies.

    That of the last place or people named before it in its sentence, else the dateline's, else the one that
    the
    report speaks of most; '' where it names none.
    """
    sentence = judge.doc[index].sent
    before = [code for at, code in judge.evidence.at if sentence.start <= at < index]
    if before:
        return before[-1]
    return judge.evidence.dateline or judge.evidence.main()


def without_overlaps(named: list[Named]) -> list[Named]:
    """In text order; of two that share a word the longer one."""
    kept: list[Named] = []
    for one in sorted(named, key=lambda n: (n.first, -n.last)):
        if kept and one.first < kept[-1].last:
            continue
        kept.append(one)
    return kept


def blocked_spans(mentions: Sequence[Mention]) -> list[Span]:
    """The words of persons and bodies."""
    return [
        one.span
        for one in mentions
        if one.kind == "name" and one.entities and one.entities[0].kind in NOT_PLACES
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
        name=site.name if one.rule == "the-capital" else text,
        country=one.country,
        precision=one.precision,
        span=place.span,
        admin1=site.admin1,
        geonames_id=site.geonames_id if exact else None,
        lat=site.lat if exact else None,
        lon=site.lon if exact else None,
        rule=one.rule,
    )
