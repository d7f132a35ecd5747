"""Times: every date expression of a report, resolved at the precision that its words tell."""

from dragoman.times.finding import find_times
from dragoman.times.governing import governing_time
from dragoman.times.publication import infer_published

__all__ = ["find_times", "governing_time", "infer_published"]
