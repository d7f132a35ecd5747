"""What a report's event mentions have to do with each other: repeats and answers, and which are kept."""

from dragoman.assemble.keeping import check_confidence, keep_confident
from dragoman.assemble.linking import link_repeats

__all__ = ["check_confidence", "keep_confident", "link_repeats"]
