"""English verb forms, for words whose lemma the tagger gets wrong ('raped' as 'rap', 'staged' as 'stag')."""

from __future__ import annotations

IRREGULAR = {
    "arise": "arose arisen", "awake": "awoke", "bear": "bore borne", "beat": "beat beaten",
    "become": "became", "begin": "began begun", "behold": "beheld", "beseech": "besought beseeched",
    "bet": "bet", "bid": "bid bade bidden", "bind": "bound", "bite": "bit bitten",
    "bivouac": "bivouacked bivouacking", "bleed": "bled", "blow": "blew blown", "break": "broke broken",
    "bring": "brought", "broadcast": "broadcast", "build": "built", "burn": "burnt burned",
    "burst": "burst", "buy": "bought", "cast": "cast", "catch": "caught", "choose": "chose chosen",
    "cling": "clung", "come": "came come", "creep": "crept", "cut": "cut", "deal": "dealt", "dig": "dug",
    "do": "did done does", "draw": "drew drawn", "drink": "drank drunk", "drive": "drove driven",
    "eat": "ate eaten", "fall": "fell fallen", "feed": "fed", "feel": "felt", "fight": "fought",
    "find": "found", "flee": "fled", "fling": "flung", "fly": "flew flown",
    "forbid": "forbade forbad forbidden", "forego": "forewent foregone", "foreswear": "foreswore foresworn",
    "forget": "forgot forgotten", "forgive": "forgave forgiven", "forgo": "forwent forgone",
    "forswear": "forswore forsworn", "freeze": "froze frozen", "get": "got gotten", "give": "gave given",
    "go": "went gone goes", "grow": "grew grown", "hang": "hung hanged", "have": "had has", "hear": "heard",
    "hide": "hid hidden", "hit": "hit", "hold": "held", "hurt": "hurt", "keep": "kept",
    "kneel": "knelt kneeled", "know": "knew known", "lay": "laid", "lead": "led", "learn": "learnt learned",
    "leave": "left", "lend": "lent", "let": "let", "lie": "lay lain", "light": "lit lighted",
    "lose": "lost", "make": "made", "mean": "meant", "meet": "met", "mislead": "misled",
    "mow": "mown mowed", "outvote": "outvoted", "overfly": "overflew overflown",
    "override": "overrode overridden", "overrun": "overran overrun", "overthrow": "overthrew overthrown",
    "pay": "paid", "plead": "pled pleaded", "put": "put", "quit": "quit", "read": "read",
    "rebuild": "rebuilt", "retake": "retook retaken", "rid": "rid", "ride": "rode ridden",
    "ring": "rang rung ringed", "rise": "rose risen", "run": "ran run", "say": "said", "see": "saw seen",
    "seek": "sought", "sell": "sold", "send": "sent", "set": "set", "shake": "shook shaken", "shed": "shed",
    "shine": "shone", "shoot": "shot", "shrink": "shrank shrunk", "shut": "shut", "sing": "sang sung",
    "sink": "sank sunk", "sit": "sat", "slay": "slew slain", "sleep": "slept", "sling": "slung",
    "slit": "slit", "speak": "spoke spoken", "spend": "spent", "spill": "spilt spilled", "spin": "spun",
    "spit": "spat", "split": "split", "spread": "spread", "spring": "sprang sprung", "stand": "stood",
    "steal": "stole stolen", "stick": "stuck", "stink": "stank", "strew": "strewn strewed",
    "strike": "struck stricken", "string": "strung", "swear": "swore sworn", "sweep": "swept",
    "swim": "swam", "swing": "swung", "take": "took taken", "teach": "taught", "tear": "tore torn",
    "tell": "told", "think": "thought", "throw": "threw thrown", "thrust": "thrust",
    "understand": "understood", "undertake": "undertook undertaken",
    "underwrite": "underwrote underwritten", "unfreeze": "unfroze unfrozen", "unsay": "unsaid",
    "uphold": "upheld", "upset": "upset", "waylay": "waylaid", "wear": "wore worn", "weave": "wove woven",
    "win": "won", "wind": "wound", "withdraw": "withdrew withdrawn", "withhold": "withheld",
    "withstand": "withstood", "wring": "wrung", "write": "wrote written",
}  # fmt: skip
PLURALS = {"life": "lives", "knife": "knives", "child": "children", "foot": "feet", "person": "people"}
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
    if lemma.endswith("man") and lemma != "human":
        return {lemma, lemma[:-2] + "en"}
    if lemma in PLURALS:
        return {lemma, PLURALS[lemma]}
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
