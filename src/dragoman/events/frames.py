"""Where a sentence puts the doer and the done-to of an act: a verb's subject, object and agent."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.events.words import Words

RELATIVES = frozenset({"who", "which", "that"})
ADDRESSED = frozenset("told asked warned ordered urged informed reminded advised instructed".split())
"""Participles that the parser takes for past tenses: 'was called to the ministry and told to leave'."""
NOT_JOINED = frozenset({"or", "but", "nor"})


@dataclass(frozen=True, slots=True)
class Slots:
    """The words that head an act's doer and whom or what it is done to; ``None`` where the verb has none."""

    doer: int | None = None
    done_to: int | None = None
    passive: bool = False


def slots_of(words: Words, verb: int) -> Slots:
    """The slots of a verb; empty ones for a word that is none."""
    if not words.tag[verb].startswith("VB"):
        return Slots()
    subject = subject_of(words, verb)
    if is_passive(words, verb):
        by = kid_of(words, verb, "agent")
        return Slots(None if by is None else kid_of(words, by, "pobj"), subject, passive=True)
    given = kid_of(words, verb, "dative")
    if given is not None and words.tag[given] == "IN":
        given = kid_of(words, given, "pobj")
    return Slots(subject, given if given is not None else kid_of(words, verb, "dobj"))


def kid_of(words: Words, token: int, *deps: str) -> int | None:
    """The first word that hangs on the token so."""
    return next((kid for kid in words.children[token] if words.dep[kid] in deps), None)


def is_passive(words: Words, verb: int) -> bool:
    """Whether a verb is passive, or a bare participle ('the envoys expelled by Norland')."""
    kids = words.children[verb]
    if any(words.dep[kid] in ("nsubjpass", "auxpass", "agent") for kid in kids):
        return True
    addressed = words.tag[verb] == "VBD" and words.lower[verb] in ADDRESSED
    if words.tag[verb] != "VBN" and not (addressed and kid_of(words, verb, "dobj") is None):
        return False
    if words.dep[verb] == "conj" and not any(words.dep[kid] in ("aux", "nsubj") for kid in kids):
        return words.head[verb] != verb and is_passive(words, words.head[verb])
    return words.dep[verb] in ("acl", "amod") and kid_of(words, verb, "dobj") is None


def subject_of(words: Words, verb: int) -> int | None:
    """The subject of a verb: its own, or that of the verb which it is joined to or hangs on."""
    above, dep = words.head[verb], words.dep[verb]
    own = kid_of(words, verb, "nsubj", "nsubjpass")
    if own is not None:
        return above if words.lower[own] in RELATIVES and dep == "relcl" else own
    if dep == "acl":
        return above
    if above == verb or not words.tag[above].startswith("VB"):
        return None
    if dep == "conj" and is_passive(words, above) == is_passive(words, verb):
        return subject_of(words, above)
    if dep == "xcomp":
        told = kid_of(words, above, "dobj")
        return told if told is not None else subject_of(words, above)
    return subject_of(words, above) if dep == "advcl" and words.tag[verb] == "VBG" else None


def joined_to(words: Words, head: int) -> list[int]:
    """The word that heads a noun phrase, and all that it is joined to by 'and' or commas."""
    while words.dep[head] == "conj" and words.tag[words.head[head]].startswith("NN"):
        head = words.head[head]
    out: list[int] = []
    waiting = [head]
    while waiting:
        one = waiting.pop(0)
        out.append(one)
        if all(words.lower[kid] not in NOT_JOINED for kid in words.children[one] if words.dep[kid] == "cc"):
            waiting += [kid for kid in words.children[one] if words.dep[kid] == "conj"]
    return sorted(out)


def below(words: Words, token: int) -> set[int]:
    """The token and all that hangs on it."""
    found, waiting = {token}, [token]
    while waiting:
        kids = set(words.children[waiting.pop()]) - found
        found |= kids
        waiting += kids
    return found
