"""Words that put an act on somebody: 'X accused Y of C', 'which X blamed on Y', 'what X called C'."""

from __future__ import annotations

from dragoman.attribution.drafts import Notebook
from dragoman.attribution.tables import Cue
from dragoman.records import Span

POSSESSIVES = frozenset({"its", "their", "his", "her", "whose", "my", "our"})
VOICING = frozenset({"make", "repeat", "issue", "publish", "air", "carry"})
# Who waves a claim away vouches for the opposite; the act is then denied on his word.
DENYING = frozenset(
    "deny dismiss reject rebut refute repudiate ridicule deride quash scotch discount rubbish decry".split()
)
LEVELLING = frozenset({"level", "make", "lodge", "repeat", "raise", "voice", "advance"})
LABELLED = frozenset({"oprd", "attr", "dobj", "ccomp", "xcomp", "prep", "acomp"})


def read_accuse(book: Notebook, verb: int, cue: Cue) -> None:
    """'X accused Y of C', 'X blamed Y for C', 'Y was accused by X of C'."""
    text, passive = book.text, book.is_passive(verb)
    if text.kid(verb, "dobj") is None and not passive:
        return
    source = book.agent(verb) if passive else book.subject(verb)
    book.add(source, verb, after_preposition(book, verb, cue), cue.id, cue.stance)


def after_preposition(book: Notebook, verb: int, cue: Cue) -> list[Span]:
    """What stands behind one of the row's prepositions, also where it hangs on the object."""
    text = book.text
    thing = text.kid(verb, "dobj")
    places = text.kids[verb] + (text.kids[thing] if thing is not None else [])
    places += [more for place in places for more in text.kids_by(place, "conj")]
    content: list[Span] = []
    for place in places:
        if place > verb and text.lower[place] in cue.content and text.dep[place] in ("prep", "conj"):
            for kid in text.kids_by(place, "pobj", "pcomp"):
                content += book.below(kid)
    return content


def read_blame(book: Notebook, verb: int, cue: Cue) -> None:
    """'X blamed C on Y', 'an attack that X blamed on Y', 'C was blamed by X on Y'."""
    text = book.text
    below = [kid for thing in text.kids_by(verb, "dobj") for kid in text.kids_by(thing, "prep")]
    if not any(text.lower[kid] in cue.content for kid in text.kids_by(verb, "prep") + below):
        return
    passive = book.is_passive(verb)
    source = book.agent(verb) if passive else book.subject(verb)
    thing = text.kid(verb, "nsubjpass") if passive else text.kid(verb, "dobj")
    relative = thing is not None and text.lower[thing] in ("which", "that")
    if text.dep[verb] in ("relcl", "acl", "ccomp") and (relative or thing is None):
        thing = text.head[verb]
        book.add(source, verb, [text.span(thing, thing)], cue.id, cue.stance)
    elif thing is not None:
        book.add(source, verb, book.below(thing), cue.id, cue.stance)


def read_label(book: Notebook, verb: int, cue: Cue) -> None:
    """'what X called C', 'what X described as C'."""
    text = book.text
    source = text.kid(verb, "nsubj")
    if source is None or not any(kid < source and text.lower[kid] == "what" for kid in text.kids[verb]):
        return
    content = [part for kid in text.kids_by(verb, *LABELLED) if kid > verb for part in book.below(kid)]
    book.add(source, verb, content, cue.id, cue.stance)


def read_noun(book: Notebook, noun: int, cue: Cue) -> None:
    """'X's claim that C', 'a report by X that C', 'rumours that C', 'X dismissed reports that C'."""
    text = book.text
    content: list[Span] = []
    for kid in text.kids_by(noun, "acl", "relcl", "ccomp", "appos", "advcl"):
        if any(text.lower[one] == "that" and text.dep[one] == "mark" for one in text.kids[kid]):
            content += book.below(kid)
    if not content and "of" in cue.content:
        content = claimed_acts(book, noun)
    if not content:
        content, source = apposed_claim(book, noun)
        book.add(source, noun, content, cue.id, cue.stance)
    else:
        denier = who_denies(book, noun)
        book.add(owner(book, noun) if denier is None else denier, noun, content, cue.id, cue.stance)


def claimed_acts(book: Notebook, noun: int) -> list[Span]:
    """'allegations of torture', 'talk of a blockade': what is no source itself."""
    text = book.text
    content: list[Span] = []
    for place in text.kids_by(noun, "prep"):
        if text.lower[place] == "of":
            for kid in text.kids_by(place, "pobj", "pcomp"):
                if text.pos[kid] != "PROPN" and (
                    text.dep[kid] == "pcomp" or book.namer.kind(kid) == "unknown"
                ):
                    content += book.below(kid)
    return content


def apposed_claim(book: Notebook, noun: int) -> tuple[list[Span], int | None]:
    """'C, a charge levelled by X': what stands before the noun, on X's word."""
    text = book.text
    first, _ = text.sentence(noun)
    begin = text.left[noun]
    if text.dep[noun] != "appos" or begin - 1 <= first or text.lower[begin - 1] != ",":
        return [], None
    agents = [book.agent(verb) for verb in text.kids_by(noun, "acl") if text.lemma[verb] in LEVELLING]
    source = next((agent for agent in agents if agent is not None), None)
    return ([], None) if source is None else (book.between(first, begin - 2), source)


def who_denies(book: Notebook, noun: int) -> int | None:
    """Who denied or dismissed the claim, None if nobody did."""
    text, verb = book.text, book.text.head[noun]
    if text.lemma[verb] not in DENYING:
        return None
    if text.dep[noun] == "dobj":
        return text.subject(verb)
    return book.agent(verb) if text.dep[noun] == "nsubjpass" else None


def owner(book: Notebook, noun: int) -> int | None:
    """Whose claim it is: 'X's', 'by X', 'X reports'; None if nobody is named."""
    text = book.text
    found = text.kid(noun, "poss")
    if found is not None and text.lower[found] not in POSSESSIVES:
        return found
    for place in text.kids_by(noun, "prep", "agent"):
        if text.lower[place] in ("by", "from", "of", "in"):
            return text.kid(place, "pobj")
    if found is not None:
        return found
    verb = text.head[noun]
    if text.dep[noun] == "dobj" and text.lemma[verb] in VOICING:
        return text.subject(verb)
    return next((kid for kid in text.kids_by(noun, "compound", "amod") if text.pos[kid] == "PROPN"), None)


def read_adverb(book: Notebook, adverb: int, cue: Cue) -> None:
    """'The army reportedly shelled the town': hearsay of the clause."""
    if book.text.dep[adverb] == "advmod":
        book.add(None, adverb, book.below(book.text.head[adverb]), cue.id, cue.stance)
