"""What a finished reader says of the training windows, for another network to learn from.

Several networks averaged read better than one and take their time each; a single one that learns from what
they say together keeps a good part of it (Hinton, Vinyals and Dean 2015, 'Distilling the knowledge in a
neural network', arXiv:1503.02531).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dragoman.events.model import Network
from dragoman.training.data import Example, Said


def taught(network: Network, examples: Sequence[Example]) -> list[Example]:
    """The examples, each with what the network says of its words and of its gold triggers."""
    return [replace(one, said=say_of(network, one)) for one in examples]


def say_of(network: Network, one: Example) -> Said:
    """What the network says of one window."""
    vectors, tagged = network.tag(one.window)
    told = network.read(one.window, vectors, tagged, one.triggers)

    def rows(name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return np.array([getattr(reading, name) for reading in told], dtype=np.float32)

    return Said(
        words=tagged,
        types=rows("types"),
        statuses=rows("statuses"),
        modes=rows("modes"),
        contexts=rows("contexts"),
        core=rows("core"),
        links=rows("links"),
        sides=rows("sides"),
    )
