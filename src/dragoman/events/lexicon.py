"""Which event types a word can bear at all, from the trigger lexicon: a feature for the trained reader."""

from __future__ import annotations

from dragoman.events.encoding import TYPES


def load_trigger_types() -> dict[str, tuple[int, ...]]:
    """For each lemma of the trigger lexicon, the indices in ``TYPES`` of the types that it can bear."""
    return {}
