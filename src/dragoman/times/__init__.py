"""Times: every date expression of a report, resolved at the precision that its words tell."""

from dragoman.times.finding import find_times
from dragoman.times.publication import infer_published

__all__ = ["find_times", "infer_published"]
