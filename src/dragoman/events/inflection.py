"""English verb forms, for words whose lemma the tagger gets wrong ('raped' as 'rap', 'staged' as 'stag')."""

from __future__ import annotations

IRREGULAR = {
    "beat": "beat beaten", "begin": "began begun", "behold": "beheld", "beseech": "besought beseeched",
    "bid": "bid bade bidden", "bind": "bound", "bivouac": "bivouacked bivouacking", "blow": "blew blown",
    "break": "broke broken", "bring": "brought", "build": "built", "burn": "burnt burned", "buy": "bought",
    "cast": "cast", "catch": "caught", "choose": "chose chosen", "come": "came come", "cut": "cut",
    "deal": "dealt", "dig": "dug", "do": "did done does", "draw": "drew drawn", "drive": "drove driven",
    "eat": "ate eaten", "fall": "fell fallen", "feed": "fed", "fight": "fought", "find": "found",
    "flee": "fled", "fling": "flung", "fly": "flew flown", "forbid": "forbade forbad forbidden",
    "forego": "forewent foregone", "foreswear": "foreswore foresworn", "forgive": "forgave forgiven",
    "forgo": "forwent forgone", "forswear": "forswore forsworn", "freeze": "froze frozen",
    "get": "got gotten", "give": "gave given", "go": "went gone goes", "hang": "hung hanged",
    "have": "had has", "hide": "hid hidden", "hit": "hit", "hold": "held", "hurt": "hurt", "keep": "kept",
    "know": "knew known", "lay": "laid", "lead": "led", "leave": "left", "lend": "lent", "let": "let",
    "make": "made", "meet": "met", "mow": "mown mowed", "overfly": "overflew overflown",
    "override": "overrode overridden", "overrun": "overran overrun", "overthrow": "overthrew overthrown",
    "pay": "paid", "plead": "pled pleaded", "put": "put", "quit": "quit", "read": "read",
    "rebuild": "rebuilt", "retake": "retook retaken", "ride": "rode ridden", "ring": "rang rung ringed",
    "rise": "rose risen", "run": "ran run", "say": "said", "see": "saw seen", "seek": "sought",
    "sell": "sold", "send": "sent", "set": "set", "shake": "shook shaken", "shoot": "shot", "shut": "shut",
    "sink": "sank sunk", "sit": "sat", "slay": "slew slain", "speak": "spoke spoken", "spread": "spread",
    "stand": "stood", "steal": "stole stolen", "strike": "struck stricken", "swear": "swore sworn",
    "take": "took taken", "teach": "taught", "tear": "tore torn", "tell": "told", "throw": "threw thrown",
    "undertake": "undertook undertaken", "underwrite": "underwrote underwritten",
    "unfreeze": "unfroze unfrozen", "unsay": "unsaid", "uphold": "upheld", "waylay": "waylaid",
    "win": "won", "withdraw": "withdrew withdrawn", "withhold": "withheld", "write": "wrote written",
}  # fmt: skip
VOWELS = frozenset("aeiou")


def verb_forms(lemma: str) -> set[str]:
    """The lemma and all its inflected forms, with British and American doubling ('levelled', 'leveled')."""
    forms = {lemma, lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s")}
    stems = {lemma}
    if lemma in IRREGULAR:
        forms.update(IRREGULAR[lemma].split())
    elif lemma.endswith("e"):
        forms.add(lemma + "d")
    elif _ends_in_consonant_y(lemma):
        forms.add(lemma[:-1] + "ied")
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe")):
        stems = {lemma[:-1]}
    if _ends_in_consonant_y(lemma):
        forms = {form for form in forms if form != lemma + "s"} | {lemma[:-1] + "ies"}
    if _doubles(lemma):
        stems = {lemma + lemma[-1]} if _syllables(lemma) == 1 else {lemma, lemma + lemma[-1]}
    if lemma not in IRREGULAR and not lemma.endswith("e") and not _ends_in_consonant_y(lemma):
        forms.update(stem + "ed" for stem in stems)
    return forms | {stem + "ing" for stem in stems}


def noun_forms(lemma: str) -> set[str]:
    """The lemma and its plural."""
    if _ends_in_consonant_y(lemma):
        return {lemma, lemma[:-1] + "ies"}
    return {lemma, lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s")}


def _ends_in_consonant_y(lemma: str) -> bool:
    return len(lemma) > 2 and lemma[-1] == "y" and lemma[-2] not in VOWELS


def _doubles(lemma: str) -> bool:
    """Whether the last consonant may double: one consonant after one vowel."""
    if len(lemma) < 3 or lemma[-1] in VOWELS or lemma[-1] in "wxy":
        return False
    if lemma[-1] == "l" and lemma[-2] in VOWELS:
        return _syllables(lemma) > 1 or lemma[-3] not in VOWELS
    return lemma[-2] in VOWELS and (lemma[-3] not in VOWELS or lemma[-4:-2] == "qu")


def _syllables(lemma: str) -> int:
    return sum(
        1
        for number, letter in enumerate(lemma)
        if letter in VOWELS and (number == 0 or lemma[number - 1] not in VOWELS)
    )
