"""Sources in and around other sources: 'according to X', 'O writes, citing Y', 'X told O', 'quoted by O'."""

from __future__ import annotations

from dragoman.attribution.charges import POSSESSIVES, owner
from dragoman.attribution.drafts import VERBS, Draft, Notebook
from dragoman.attribution.sayings import content_of
from dragoman.attribution.tables import Cue
from dragoman.records import Span

# Nouns that stand for what somebody says: 'by X's account', 'on the word of X', 'in an interview with O'.
PHRASES = frozenset({"accord", "account", "tally", "count", "reckoning", "estimate", "telling", "version"})
AUTHORITY = frozenset({"authority", "word", "strength", "attribute"})
CHANNELS = frozenset(
    {"interview", "statement", "remark", "comment", "letter", "message", "briefing", "article"}
)
FINITE = frozenset({"VBG", "VBD", "VBZ", "VBP"})


def read_phrase(book: Notebook, i: int) -> None:
    """'according to X', 'by X's account', 'by the tally of X'."""
    text = book.text
    if text.lemma[i] == "accord":
        read_according(book, i)
    elif text.dep[i] == "pobj" and text.pos[i] == "NOUN" and text.lower[text.head[i]] in ("by", "in"):
        source = owner(book, i)
        if source is not None and text.lower[source] not in POSSESSIVES:
            first, last = text.sentence(i)
            book.add(source, i, book.between(*segment(book, i, first, last - 1), (text.head[i],)), "account")


def read_according(book: Notebook, i: int) -> None:
    """'C, according to X': the whole sentence where it begins or ends it, else the clause it stands in."""
    text = book.text
    if i + 1 >= text.size or text.lower[i + 1] != "to":
        return
    source = text.kid(i + 1, "pobj")
    if source is None:
        return
    first, last = text.sentence(i)
    first, last = segment(book, i, first, last - 1)
    if text.right[i] >= last - 2 or text.left[i] <= first + 2:
        content = book.between(first, last, (i,))
    else:
        content = book.below(text.clause(text.head[i]), i)
    book.add(source, i, content, "according-to")


def segment(book: Notebook, i: int, first: int, last: int) -> tuple[int, int]:
    """The part of the sentence between semicolons that the token stands in."""
    for j in range(first, last):
        if book.text.lower[j] == ";":
            if j > i:
                return first, j - 1
            first = j + 1
    return first, last


def read_later(book: Notebook, i: int) -> None:
    """What cites or is cited, once the claims around it are known."""
    if book.text.lemma[i] in AUTHORITY:
        read_authority(book, i)
    elif book.text.pos[i] in VERBS:
        read_cite(book, i)


def read_authority(book: Notebook, i: int) -> None:
    """'on the word of X', 'on the authority of X', 'attributing this to X'."""
    text = book.text
    way = "to" if text.lemma[i] == "attribute" else "of"
    if way == "of" and text.lower[text.head[i]] != "on":
        return
    thing = text.kid(i, "dobj")
    for place in text.kids[i] + (text.kids[thing] if thing is not None else []):
        source = text.kid(place, "pobj") if text.lower[place] == way else None
        if source is not None and book.namer.is_source_like(source):
            inside(book, source, i)
            return


def read_cite(book: Notebook, i: int) -> None:
    """'O writes, citing Y'; 'Y, quoted by O'; 'O quoted Y as saying'; 'citing a drone attack'."""
    text, agent = book.text, book.agent(i)
    if agent is not None:
        around(book, agent, i)
        return
    thing, place = text.kid(i, "dobj"), text.kid(i, "prep")
    if place is not None and text.lower[place] == "as":
        quoted_as(book, i, place, thing)
    elif thing is not None and text.tag[i] in FINITE:
        if book.namer.is_source_like(thing):
            inside(book, thing, i)
        elif text.tag[i] == "VBG":
            source = text.subject(i)
            if source is not None:
                book.add(source, i, book.below(thing), "cite")


def quoted_as(book: Notebook, verb: int, place: int, quoted: int | None) -> None:
    """'O quoted Y as saying that C', '"C," O quoted Y as saying'."""
    text = book.text
    outlet = text.subject(verb)
    saying = text.kid(place, "pcomp")
    if outlet is not None and quoted is not None and saying is not None:
        if not any(one.cue == saying for one in book.drafts):
            quote = Cue("quote", "quote", "cite", frozenset({"clause", "quote", "aside"}), book.words.neutral)
            book.add(quoted, saying, content_of(book, verb, quote, outlet), "quote")
        around(book, outlet, verb)


def nearest(book: Notebook, i: int) -> Draft | None:
    """The claim in the same sentence whose cue is nearest, those before the token first."""
    first, last = book.text.sentence(i)
    here = [one for one in book.drafts if first <= one.cue < last and one.cue != i and one.source.name]
    before = [one for one in here if one.cue < i]
    if before:
        return max(before, key=lambda one: one.cue)
    return min(here, key=lambda one: one.cue, default=None)


def inside(book: Notebook, source: int, cue: int) -> None:
    """A source that another one cites: the same content, less the citing words, one link further in."""
    host = nearest(book, cue)
    if host is None:
        first, last = book.text.sentence(cue)
        book.add(source, cue, book.between(first, last - 1, (cue,)), "cite")
        return
    low, high = book.text.start[book.text.left[cue]], book.text.end[source]
    book.add(source, cue, [part for whole in host.content for part in less(whole, low, high)], "cite")


def less(whole: Span, low: int, high: int) -> list[Span]:
    """A span without the characters from low to high."""
    parts = [Span(whole.start, min(low, whole.end)), Span(max(high, whole.start), whole.end)]
    return [part for part in parts if part.start < part.end]


def around(book: Notebook, source: int, cue: int) -> None:
    """A source that relays another one: the whole sentence up to and with the inner claim."""
    host = nearest(book, cue)
    book.add(source, cue, wider(book, cue, host.content if host else []), "quote")


def wider(book: Notebook, cue: int, content: list[Span]) -> list[Span]:
    """The whole sentence of the cue, with what the content has beyond it."""
    first, last = book.text.sentence(cue)
    whole = book.text.span(first, last - 1)
    return [whole, *(part for part in content if not part.overlaps(whole))]


def read_channel(book: Notebook, draft: Draft) -> None:
    """'X told O that', 'X confirmed to O that', 'X said in an interview with O that': O passes it on."""
    text = book.text
    if draft.head is None or text.pos[draft.cue] not in VERBS:
        return
    found = text.kids_by(draft.cue, "dobj", "dative") + interviewers(book, draft.cue)
    for place in text.kids_by(draft.cue, "prep"):
        pobj = text.kid(place, "pobj")
        if text.lower[place] == "to" and pobj is not None:
            found.append(pobj)
    for outlet in found:
        if outlet != draft.head and book.namer.passes_on(outlet):
            book.add(outlet, draft.cue, wider(book, draft.cue, draft.content), "channel")


def interviewers(book: Notebook, verb: int) -> list[int]:
    """The outlets in 'in an interview with O', 'in a statement to O', 'in remarks carried by O'."""
    text, found = book.text, []
    first, last = text.sentence(verb)
    for noun in range(first, last):
        if text.lemma[noun] not in CHANNELS or text.dep[noun] not in ("pobj", "dobj"):
            continue
        if not text.under(noun, verb):
            continue
        for place in text.kids_by(noun, "prep", "dative"):
            pobj = text.kid(place, "pobj")
            if text.lower[place] in ("with", "to", "for", "in") and pobj is not None:
                found.append(pobj)
        agents = [book.agent(carried) for carried in text.kids_by(noun, "acl")]
        found += [agent for agent in agents if agent is not None]
    return found
