"""Makes words from texts and file names safe to show: a report may be hostile."""

from __future__ import annotations

import re

# Control characters move the cursor and set colours; the bidirectional ones reorder what a reader sees.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
BREAKS = re.compile(r"\s+")


def printable(text: str) -> str:
    """The text with every character that could steer a terminal replaced by U+FFFD, length kept."""
    return UNSAFE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text on one line, safe to show: runs of white space become one space."""
    return printable(BREAKS.sub(" ", text).strip())
