"""Runs over many documents: read, coded in one or several processes, and kept in a corpus batch by batch.

Doors: ``add`` (documents into a corpus; ``Adder`` as they come), ``recode`` (a corpus with another coder),
``assemble`` (event mentions to events and ties), ``identify`` (which coder this is).
"""

from dragoman.running.adding import Adder, add
from dragoman.running.assembling import Assembled, assemble
from dragoman.running.identity import identify
from dragoman.running.memory import CopyMemory
from dragoman.running.plans import CodesDocuments, FindsCopies, Plan, Summary
from dragoman.running.recoding import recode

__all__ = [
    "Adder",
    "Assembled",
    "CodesDocuments",
    "CopyMemory",
    "FindsCopies",
    "Plan",
    "Summary",
    "add",
    "assemble",
    "identify",
    "recode",
]
