"""What people say of events and mentions, taken together: whose verdict stands, and what belongs together.

Doors: ``settle`` (one verdict for each thing that was reviewed), ``standing`` (each person's newest reviews),
``constraints`` (which mentions must, and must not, be of one event), ``review_id``.
"""

from dragoman.reviews.linking import constraints
from dragoman.reviews.settling import (
    CORRECTED,
    DIFFERENT,
    RIGHT,
    SAME,
    VERDICTS,
    WITHDRAWN,
    WRONG,
    Settled,
    review_id,
    settle,
    standing,
)

__all__ = [
    "CORRECTED",
    "DIFFERENT",
    "RIGHT",
    "SAME",
    "VERDICTS",
    "WITHDRAWN",
    "WRONG",
    "Settled",
    "constraints",
    "review_id",
    "settle",
    "standing",
]
