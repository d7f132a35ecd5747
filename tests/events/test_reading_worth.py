import numpy as np
import pytest

from dragoman.events.encoding import TYPES
from dragoman.events.model import Reading


def reading(event: float, sure: float, core: float) -> Reading:
    types = np.full(len(TYPES), (1 - sure) / (len(TYPES) - 1), dtype=np.float32)
    types[3] = sure
    none = np.zeros(0, dtype=np.float32)
    return Reading(1, event, types, none, none, none, core, none, np.zeros(0, dtype=np.int64))


def test_an_event_is_worth_its_own_chance_times_that_of_its_type():
    assert reading(0.8, 0.5, 1.0).worth == pytest.approx(0.4)


def test_an_aside_is_worth_half_of_what_a_core_event_is():
    assert reading(0.8, 0.5, 0.0).worth == pytest.approx(0.2)
