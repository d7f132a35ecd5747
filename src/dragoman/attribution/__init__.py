"""Who says so: the attributions of a report, the chain of sources for an act, and hints at its status."""

from dragoman.attribution.chains import chain_for
from dragoman.attribution.claims import find_claims
from dragoman.attribution.status import StatusHint, status_hints

__all__ = ["StatusHint", "chain_for", "find_claims", "status_hints"]
