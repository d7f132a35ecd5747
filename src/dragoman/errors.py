"""The tree of all errors. Each message says what is wrong, where, and what to do.

DragomanError
├── InputError      a text, file or option that can't be used
├── TableError      a table inside the package, or the user's own, breaks its rules
├── ModelError      a language model or the trained reader is missing or does not fit
└── GoldError       gold or predictions that can't be scored
"""

from __future__ import annotations


class DragomanError(Exception):
    """Base of everything that Dragoman raises on purpose."""


class InputError(DragomanError):
    """A text, a file or an option that can't be used: what is wrong, and what to do about it."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}; {remedy}" if remedy else reason)
        self.reason = reason
        self.remedy = remedy


class TableError(DragomanError):
    """A table breaks its rules; the message names file, line and column."""


class ModelError(DragomanError):
    """A language model or the trained reader is missing or does not fit this version."""


class GoldError(DragomanError):
    """Gold or predictions that can't be scored; the message names file and place."""
