"""Runs over many documents: read, coded in one or several processes, and kept in a corpus batch by batch.

Doors: ``add`` (documents into a corpus; ``Adder`` as they come), ``recode`` (a corpus with another coder),
``assemble`` (event mentions to events and ties), ``identify`` (which coder this is). Engines that code
elsewhere take ``make_work`` and give ``Coders``.
"""

from dragoman.running.adding import Adder, add
from dragoman.running.assembling import Assembled, assemble
from dragoman.running.identity import identify
from dragoman.running.memory import CopyMemory
from dragoman.running.plans import (
    Coders,
    CodesDocuments,
    Engine,
    FindsCopies,
    Outcome,
    Plan,
    Summary,
    Task,
    make_work,
)
from dragoman.running.recoding import recode

__all__ = [
    "Adder",
    "Assembled",
    "Coders",
    "CodesDocuments",
    "CopyMemory",
    "Engine",
    "FindsCopies",
    "Outcome",
    "Plan",
    "Summary",
    "Task",
    "add",
    "assemble",
    "identify",
    "make_work",
    "recode",
]
