"""What a host gave for an address."""

from __future__ import annotations

from dataclasses import dataclass

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Page:
    """The answer of a host: where it was found in the end, and its bytes, unpacked.

    ``address`` is that after redirects. ``charset`` is the one the host declares, as it spells it; ``None``
    if it declares none. ``content_type`` is lower-case and bare ('text/html'), "" if there is none. ``etag``
    and ``last_modified`` are what to ask with the next time.
    """

    address: str
    status: int = 200
    content_type: str = ""
    charset: str | None = None
    body: bytes = b""
    etag: str | None = None
    last_modified: str | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the host says that nothing changed since it was last asked; the body is empty then."""
        return self.status == NOT_MODIFIED
