"""Whether two mentions tell one happening, judged on structure, with reasons."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.assemble.sketches import Sketch

LOW = 0.35
"""From here on two mentions stand in one component, and are grouped together or apart."""
ENOUGH = 0.5
"""From here on two mentions are one happening, if nothing forbids it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How much speaks for one happening (0 to 1), and why.

    ``relation`` says what ``b`` is to ``a``: ``same``, ``more_exact`` (b tells it more exactly) or
    ``less_exact``. ``apart`` is true where the two can't be one, whatever third mentions say.
    """

    score: float
    relation: str
    why: tuple[str, ...]
    apart: bool = False


def judge(a: Sketch, b: Sketch) -> Judgement | None:
    """The judgement of two mentions, or None where they have nothing to do with each other.

    Symmetric but for ``relation``.
    """
    raise NotImplementedError
