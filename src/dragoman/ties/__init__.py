"""Standing ties between states: the statements that show them, and the register that cited acts write.

Doors: ``find_statements`` (a parsed report to what it says of ties), ``register`` (acts and statements to
ties), ``state_on`` (how a tie stood on a day), ``tie_kinds`` and ``kind_of``.
"""

from dragoman.ties.kinds import TieKind, kind_of, tie_kinds
from dragoman.ties.standing import find_statements

__all__ = ["TieKind", "find_statements", "kind_of", "tie_kinds"]
