"""Standing ties between states: the statements that show them, and the register that cited acts write.

Doors: ``find_statements`` (a parsed report to what it says of ties), ``evidence_of`` (an event and its
mentions to what the register reads), ``register`` (evidence and statements to ties), ``state_on`` (how a tie
stood on a day), ``tie_kinds`` and ``kind_of``.
"""

from dragoman.ties.evidence import TieEvidence, clause_of, evidence_of, read_evidence
from dragoman.ties.kinds import TieKind, kind_of, tie_kinds
from dragoman.ties.register import StateOn, register, state_on
from dragoman.ties.rules import Step, steps_of
from dragoman.ties.standing import find_statements

__all__ = [
    "StateOn",
    "Step",
    "TieEvidence",
    "TieKind",
    "clause_of",
    "evidence_of",
    "find_statements",
    "kind_of",
    "read_evidence",
    "register",
    "state_on",
    "steps_of",
    "tie_kinds",
]
