"""Who says so: the attributions of a report, the chain of sources for an act, and hints at its status."""

from dragoman.attribution.chains import chain_for, holds, order_chain
from dragoman.attribution.claims import find_claims
from dragoman.attribution.status import StatusHint, status_hints

__all__ = ["StatusHint", "chain_for", "find_claims", "holds", "order_chain", "status_hints"]
