"""Places: every place that a report names, resolved to country and coordinates as far as it is named."""

from dragoman.places.finder import PlaceFinder
from dragoman.places.governing import governing_place

__all__ = ["PlaceFinder", "governing_place"]
