"""What a server of pages is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Settings:
    """Which corpus is shown, to whom, and within what bounds.

    ``token`` is what somebody has to know who reviews; ``None`` asks for nothing, and is for loopback alone.
    ``query_seconds`` bound one request's questions, ``body_bytes`` what it may send, ``try_chars`` a text
    that is coded live, ``rate`` the requests a second of one address other than this machine's. ``note``
    stands on every page; ``hosts`` are further names that the server goes by.
    """

    path: Path
    host: str = "127.0.0.1"
    read_only: bool = False
    token: str | None = None
    reviewer: str = ""
    title: str = ""
    note: str = ""
    query_seconds: float = 10.0
    body_bytes: int = 200_000
    try_chars: int = 20_000
    rate: float = 30.0
    hosts: tuple[str, ...] = ()

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK or self.host.startswith("127.")

    @property
    def name(self) -> str:
        """What the corpus is called on the pages."""
        return self.title or self.path.absolute().name
