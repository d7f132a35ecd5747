"""The tree of all errors. Each message says what is wrong, where, and what to do.

DragomanError
├── InputError      a text, file or option that can't be used
│   └── FetchError  a page that the web does not give
│       └── NotYetError  a host that was not asked, because it wants to be left alone for now
├── TableError      a table inside the package, or the user's own, breaks its rules
├── ModelError      a language model or the trained reader is missing or does not fit
├── CorpusError     a corpus that can't be opened, read or written
├── ClusterError    a cluster that can't be used
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


class FetchError(InputError):
    """A page that the web does not give.

    ``lasting`` says that asking again would get the same answer. ``wait`` is the number of seconds after
    which the host wants to be asked again, where it says so.
    """

    def __init__(
        self, reason: str, remedy: str = "", *, lasting: bool = True, wait: float | None = None
    ) -> None:
        super().__init__(reason, remedy)
        self.lasting = lasting
        self.wait = wait


class NotYetError(FetchError):
    """A page that was not asked for, because its host wants to be left alone for ``wait`` seconds more."""

    def __init__(self, reason: str, remedy: str, wait: float) -> None:
        super().__init__(reason, remedy, lasting=False, wait=wait)


class TableError(DragomanError):
    """A table breaks its rules; the message names file, line and column."""


class ModelError(DragomanError):
    """A language model or the trained reader is missing or does not fit this version."""


class CorpusError(DragomanError):
    """A corpus that can't be opened, read or written: what is wrong, and what to do about it."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}; {remedy}" if remedy else reason)
        self.reason = reason
        self.remedy = remedy


class ClusterError(DragomanError):
    """A cluster that can't be used: what is wrong, and what to do about it."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}; {remedy}" if remedy else reason)
        self.reason = reason
        self.remedy = remedy


class GoldError(DragomanError):
    """Gold or predictions that can't be scored; the message names file and place."""
