"""Feeds asked again and again, and each new entry's page handed on once.

Doors: ``Watch`` (its ``round`` and ``rounds``), ``State`` (what is remembered between rounds and runs),
``read_lists`` (what the user named, as feeds), ``parse_duration``, ``Apart`` (what makes documents of pages
in a process of its own), and the records that others meet here.
"""

from dragoman.watching.apart import Apart
from dragoman.watching.entries import Entry, Evidence
from dragoman.watching.lists import Feed, parse_duration, read_lists
from dragoman.watching.rounds import KeepsDocuments, MakesDocuments, Round, Watch
from dragoman.watching.state import State

__all__ = [
    "Apart",
    "Entry",
    "Evidence",
    "Feed",
    "KeepsDocuments",
    "MakesDocuments",
    "Round",
    "State",
    "Watch",
    "parse_duration",
    "read_lists",
]
