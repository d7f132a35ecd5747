"""Tells English from other languages, so that a text which can't be coded is refused and not coded badly."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

# Words that no English report does without and that other languages in Latin letters do not share.
ENGLISH = frozenset(
    "the of and to that for with is was by on said from has have had its his their were which would will not "
    "he at be been but who after an as it they this are".split()
)
ENGLISH_CODE = "en"
WORD = re.compile(r"[^\W\d_]+")
WINDOW = 2000  # characters of each sample
MIN_WORDS = 8
ENGLISH_SHARE = 0.2  # English news has .35 to .45, other languages under .1
# The identifier splits what it believes among near relatives (Chinese, Wu, Cantonese), so its favourite need
# not be sure of itself as long as English is ruled out.
FAVOURITE = 0.5
RULED_OUT = 0.05
ENGLISHES = frozenset({"en", "pcm", "sco"})


def foreign_language(text: str) -> str | None:
    """The ISO 639 code of the language if the text is surely not English, else ``None``."""
    code = language_of(text)
    return None if code == ENGLISH_CODE else code


def language_of(text: str) -> str | None:
    """The ISO 639 code of the text's language; ``None`` where nothing tells it.

    Short texts (under eight words) are never called foreign. The samples are the text's beginning, middle and
    end; a text of which most is English counts as English.
    """
    verdicts = [judge(sample) for sample in samples(text)]
    foreign = [code for code in verdicts if code not in (None, ENGLISH_CODE)]
    if foreign and 2 * len(foreign) > len(verdicts):
        return foreign[0]
    return ENGLISH_CODE if ENGLISH_CODE in verdicts else None


def samples(text: str) -> list[str]:
    """The whole of a short text; beginning, middle and end of a long one."""
    if len(text) <= 3 * WINDOW:
        return [text]
    middle = len(text) // 2
    return [text[:WINDOW], text[middle : middle + WINDOW], text[-WINDOW:]]


def judge(sample: str) -> str | None:
    """The sample's language, where it is surely English or surely another."""
    words = [word.lower() for word in WORD.findall(sample)]
    if sum(word in ENGLISH for word in words) >= ENGLISH_SHARE * max(len(words), 1):
        return ENGLISH_CODE if len(words) >= MIN_WORDS else None
    letters = sum(map(len, words))
    # Chinese, Japanese and Thai put no spaces between words.
    if len(words) < MIN_WORDS and letters < 8 * MIN_WORDS and not (letters >= 12 and is_unspaced(sample)):
        return None
    ranks = identifier().rank(sample)
    english = sum(chance for code, chance in ranks if code in ENGLISHES)
    code, chance = ranks[0]
    return str(code) if chance >= FAVOURITE and english < RULED_OUT else None


def is_unspaced(sample: str) -> bool:
    """Whether most letters are of scripts that run words together."""
    return (
        sum("\u0e00" <= char <= "\u0eff" or "\u3040" <= char <= "\u9fff" for char in sample) > len(sample) / 2
    )


@lru_cache(maxsize=1)
def identifier() -> Any:
    """The language identifier; its model takes half a second, so it is loaded for doubtful texts only."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
