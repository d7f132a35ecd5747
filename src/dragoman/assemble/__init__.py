"""What a report's event mentions have to do with each other: repeats and answers."""

from dragoman.assemble.linking import link_repeats

__all__ = ["link_repeats"]
