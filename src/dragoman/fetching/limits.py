"""How much is asked of a host, and how much is taken from it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

AGENT = "Dragoman"
"""The name by which a robots.txt may speak to this program."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost, and how long hosts are left in peace.

    ``max_bytes`` counts what arrives and, apart from that, what it unpacks to; ``seconds`` is for one try
    with all its redirects. ``delay`` is the number of seconds between two requests to one host, unless its
    robots.txt asks for more. Nobody waits longer than ``longest_wait`` seconds for a host that wants to be
    left alone: then the page is refused, with the time after which to ask again. ``backoff`` is the first
    pause after a failure, in seconds; it doubles from try to try. ``contact`` is an address at which the one
    who runs this can be reached; hosts see it.
    """

    max_bytes: int = 10_000_000
    seconds: float = 30.0
    redirects: int = 8
    attempts: int = 3
    delay: float = 1.0
    longest_wait: float = 60.0
    backoff: float = 1.0
    allow_private: bool = False
    contact: str | None = None

    def user_agent(self) -> str:
        """What hosts are told of who asks."""
        try:
            number = version("dragoman")
        except PackageNotFoundError:  # run from a source tree that is not installed
            number = "0"
        contact = f"; +{self.contact}" if self.contact else ""
        return f"{AGENT}/{number} (reads news for event data; obeys robots.txt{contact})"
