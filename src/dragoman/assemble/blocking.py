"""Which mentions are worth comparing: those that share a key of type, parties and time."""

from __future__ import annotations

from dragoman.assemble.sketches import Sketch


def block_keys(sketch: Sketch) -> tuple[str, ...]:
    """The mention's keys, each once; two mentions can be one happening only if they share a key.

    A key depends on the mention alone. An empty tuple means that nothing in it can be compared.
    """
    raise NotImplementedError


def near(a: Sketch, b: Sketch) -> bool:
    """A quick look at two mentions with a key in common: whether judging them can lead to anything."""
    raise NotImplementedError
