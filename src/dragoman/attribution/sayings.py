"""Verbs of saying: 'X said that C', 'C, X said', 'X told O that C', 'X denied C', 'documents show that C'."""

from __future__ import annotations

from dragoman.attribution.clauses import RELATIVES
from dragoman.attribution.drafts import QUOTES, Notebook
from dragoman.attribution.tables import Cue
from dragoman.records import Span

# What stands before 'said X' and before 'X said' at the end of what is said.
INVERTING = QUOTES | {",", "’", "'", "—", "-", "–"}
WH = frozenset({"WP", "WRB", "WDT"})
STRAY = frozenset({"relcl", "acl", "advcl", "ccomp"})
TIMED = frozenset({"soon", "long", "just", "insofar", "far"})


def read_say(book: Notebook, verb: int, cue: Cue) -> None:
    """'X said that C', 'C, X said', 'said X', 'X claimed to have C', 'it was reported that C'."""
    if book.text.kid(verb, "auxpass") is not None:
        read_passive(book, verb, cue)
        return
    source = speaker(book, verb, cue)
    if source is not None:
        book.add(source, verb, content_of(book, verb, cue, source), cue.id, cue.stance)


def read_passive(book: Notebook, verb: int, cue: Cue) -> None:
    """'It was reported that C', 'Iran is said to have C', 'the raid was confirmed by X'."""
    text, agent = book.text, book.agent(verb)
    content = [part for kid in text.kids_by(verb, "ccomp", "xcomp") for part in book.below(kid)]
    subject = text.kid(verb, "nsubjpass")
    if not content and agent is not None and subject is not None and "object" in cue.content:
        content = book.below(subject)
    book.add(agent, verb, content, cue.id, cue.stance)


def read_tell(book: Notebook, verb: int, cue: Cue) -> None:
    """'X told O that C', 'X was told by Y that C'."""
    text = book.text
    if text.kid(verb, "auxpass") is not None:
        content = [part for kid in text.kids_by(verb, "ccomp") for part in book.below(kid)]
        book.add(book.agent(verb), verb, content, cue.id, cue.stance)
        return
    source = speaker(book, verb, cue)
    if source is not None and source not in text.kids_by(verb, "dobj", "dative"):
        book.add(source, verb, content_of(book, verb, cue, source), cue.id, cue.stance)


def read_show(book: Notebook, verb: int, cue: Cue) -> None:
    """'Documents show that C', 'state television showed C': only papers, pictures and outlets show."""
    source = speaker(book, verb, cue)
    if source is not None and book.namer.kind(source) in ("document", "outlet"):
        read_say(book, verb, cue)


def read_hear(book: Notebook, verb: int, cue: Cue) -> None:
    """'AFP has learned that C', 'both sides had drawn back, a reporter saw'."""
    source = speaker(book, verb, cue)
    if source is not None and book.namer.kind(source) in ("outlet", "press"):
        read_say(book, verb, cue)


def read_find(book: Notebook, verb: int, cue: Cue) -> None:
    """'The panel found that C': not 'Dili, too, found that it had been bugged'."""
    source = speaker(book, verb, cue)
    if source is not None and book.namer.kind(source) != "unknown":
        read_say(book, verb, cue)


def speaker(book: Notebook, verb: int, cue: Cue) -> int | None:
    """Who says it: the verb's subject, also where the parser took it for something else."""
    text = book.text
    if text.dep[verb] == "pcomp" and text.lemma[text.head[verb]] == "as":
        quoting = text.head[text.head[verb]]
        if text.lemma[quoting] in ("quote", "cite") and text.kid(quoting, "auxpass") is None:
            return text.kid(quoting, "dobj") or text.subject(verb)
    subjects = [one for one in text.kids_by(verb, "nsubj", "csubj") if not text.in_dateline(one)]
    if len(subjects) > 1:
        return min(subjects, key=lambda one: abs(one - verb))
    found = subjects[0] if subjects and text.lower[subjects[0]] not in RELATIVES else book.subject(verb)
    if found is not None and not is_far(book, found, verb, cue):
        return found
    return inverted_speaker(book, verb) or speaker_before(book, verb, cue)


def is_far(book: Notebook, subject: int, verb: int, cue: Cue) -> bool:
    """Whether a subject taken over from another verb stands too far off, with a nearer one at hand."""
    text = book.text
    return "aside" in cue.content and text.kid(verb, "nsubj") is None and not 0 < verb - subject < 25


def inverted_speaker(book: Notebook, verb: int) -> int | None:
    """'..., said X': the subject that follows and was taken for an object."""
    text = book.text
    if verb == 0 or text.lower[verb - 1] not in INVERTING:
        return None
    found = text.kid(verb, "dobj", "attr", "npadvmod")
    if found is not None and found > verb:
        return found if book.namer.is_source_like(found) else None
    return next((i for i in range(verb + 1, min(verb + 5, text.size)) if is_stolen(book, i, verb)), None)


def is_stolen(book: Notebook, i: int, verb: int) -> bool:
    """Whether a noun behind 'said' was made the subject of a clause that a comma parts from it."""
    text = book.text
    parted = text.right[i] + 1 < text.size and text.lower[text.right[i]] == ","
    subject = text.dep[i] in ("nsubj", "nsubjpass") and text.head[i] > i
    return subject and parted and text.left[i] == verb + 1 and book.namer.is_source_like(i)


def speaker_before(book: Notebook, verb: int, cue: Cue) -> int | None:
    """'cut lines and banned gatherings, officials and residents said': what stands between comma and verb."""
    text = book.text
    if "aside" not in cue.content:
        return None
    first, _ = text.sentence(verb)
    begin = verb
    while begin > first and verb - begin < 12 and text.lower[begin - 1] not in INVERTING:
        begin -= 1
    inside = range(begin, verb)
    if begin == first or text.lower[begin - 1] not in INVERTING:
        return None
    tops = [i for i in inside if text.pos[i] in ("NOUN", "PROPN", "PRON") and text.head[i] not in inside]
    return tops[0] if len(tops) == 1 and book.namer.is_source_like(tops[0]) else None


def content_of(book: Notebook, verb: int, cue: Cue, source: int) -> list[Span]:
    """The stretches of text that hang on a verb of saying."""
    text = book.text
    heads = [kid for kid in text.kids_by(verb, "ccomp") if not is_question(book, kid)]
    heads += [kid for kid in text.kids_by(verb, "conj") if has_that(book, kid)]
    if "infinitive" in cue.content:
        heads += text.kids_by(verb, "xcomp")
    content = [part for kid in heads for part in book.below(kid)] + parenthetical(book, verb)
    if "clause" in cue.content or "quote" in cue.content:
        content = aside(book, verb, cue, source, content) or content or stray_clause(book, verb)
    if not content and "object" in cue.content and book.namer.is_source_like(source):
        content = told_thing(book, verb, source)
    return content


def has_that(book: Notebook, clause: int) -> bool:
    """Whether 'that' opens the clause: 'said that C, and that C' where the parser joined it to 'said'."""
    return any(book.text.lower[kid] == "that" for kid in book.text.kids_by(clause, "mark"))


def told_thing(book: Notebook, verb: int, source: int) -> list[Span]:
    """'confirmed the withdrawal', 'alleged a plot': an act, not a person ('admitted the envoy')."""
    text, thing = book.text, book.text.kid(verb, "dobj")
    if thing is None or thing == source or text.pos[thing] != "NOUN" or text.kid(verb, "dative") is not None:
        return []
    person = book.namer.kind(thing) in ("unnamed", "office", "crowd", "press")
    return [] if person else book.below(thing)


def is_question(book: Notebook, clause: int) -> bool:
    """'whether C', 'what C': nobody's word that C."""
    text = book.text
    return any(
        kid < clause
        and text.lower[kid] != "how"
        and (text.lower[kid] in ("whether", "if") or text.tag[kid] in WH)
        for kid in text.kids[clause]
        if text.dep[kid] in ("mark", "nsubj", "dobj", "advmod", "nsubjpass")
    )


def parenthetical(book: Notebook, verb: int) -> list[Span]:
    """'Troops, he added, shelled the town'; 'from whom, X told O, he got C'; 'as Reuters reported'."""
    text, above = book.text, book.text.head[verb]
    if text.dep[verb] == "parataxis" and above != verb:
        return book.below(above, verb)
    told = text.dep[verb] == "ccomp" and above > verb and text.lemma[above] not in book.words.cues
    first = text.left[verb]
    that = text.kid(above, "mark")
    if told and that is not None and verb < that and text.lower[that] == "that":
        return book.between(that, text.right[above])
    if told and text.kid(verb, "ccomp") is None and first > 0 and text.lower[first - 1] == ",":
        return book.below(above, verb)
    mark = text.kid(verb, "mark")
    as_said = text.dep[verb] == "advcl" and mark is not None and mark < verb and text.lower[mark] == "as"
    if as_said and mark and text.lower[mark - 1] not in TIMED:
        return book.below(text.clause(above), verb)
    return []


def stray_clause(book: Notebook, verb: int) -> list[Span]:
    """A that-clause that the parser hung on a noun in between: 'said in an interview that'."""
    text = book.text
    for i in range(verb + 1, text.sentence(verb)[1]):
        if text.lower[i] == "that" and text.dep[i] in ("mark", "nsubj", "dobj"):
            head = text.head[i]
            if head != i and text.under(head, verb) and text.dep[head] in STRAY:
                return book.between(i, text.right[head])
    return []


def aside(book: Notebook, verb: int, cue: Cue, source: int, content: list[Span]) -> list[Span]:
    """'C, X said' and 'C, X said, C', even where the parser saw only part of what is said."""
    text = book.text
    first, last = text.sentence(verb)
    begin = phrase_start(book, verb, source)
    if not is_aside(book, verb, cue, source, begin) or begin - first < 2:
        return []
    if begin - 2 >= first and text.lower[begin - 2] in RELATIVES | {"where", "whom"}:
        first, content = begin - 1, []
    parts = book.between(first, begin - 1, book.background(verb, first, begin - 1))
    end = max(verb, source)
    while end < last - 1 and text.lower[end + 1] not in STOPS:
        end += 1
    if text.lower[min(end + 1, last - 1)] == ",":
        parts += book.between(end + 2, last - 1, book.background(verb, end + 2, last - 1))
    if content and not any(one.overlaps(part) for one in content for part in parts):
        return []
    return parts


STOPS = QUOTES | {",", ".", ";", ":"}


def is_aside(book: Notebook, verb: int, cue: Cue, source: int, begin: int) -> bool:
    """Whether 'X said' follows what is said: behind a comma or a quotation, with nothing said after it."""
    text = book.text
    relative = text.dep[verb] == "relcl" or (text.dep[verb] == "acl" and text.tag[verb] in ("VBN", "VBG"))
    if not -12 < source - verb < 12 or relative or begin == 0:
        return False
    before = text.lower[begin - 1]
    if before not in INVERTING or (before not in QUOTES and "aside" not in cue.content):
        return False
    if any(text.dep[i] == "cc" for i in (begin - 1, begin)):
        return False
    after = [kid for kid in text.kids_by(verb, "ccomp", "xcomp") if kid > verb and kid != source]
    return all(text.lower[text.left[kid] - 1] == "," for kid in after)


def phrase_start(book: Notebook, verb: int, source: int) -> int:
    """The first token of 'X said' or 'said X': the source's own words, not what was misread into them."""
    if source > verb:
        return verb
    text = book.text
    begin = source
    while begin > text.left[source] and text.lower[begin - 1] not in INVERTING:
        begin -= 1
    return begin
