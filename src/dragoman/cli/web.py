"""Pages from the web for commands that are given addresses; the network is not touched before the first."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.fetching import Fetcher, Page


class LazyFetcher:
    """Fetches pages, with what is needed for it loaded when the first is asked for."""

    def __init__(self, allow_private: bool = False) -> None:
        """With ``allow_private``, also from hosts that are not on the public internet."""
        self.allow_private = allow_private
        self.fetcher: Fetcher | None = None

    def __call__(self, address: str) -> Page:
        """The page at the address; raises ``FetchError`` saying why there is none."""
        if self.fetcher is None:
            from dragoman.fetching import Fetcher, Limits

            self.fetcher = Fetcher(Limits(allow_private=self.allow_private))
        return self.fetcher.fetch(address)

    def __enter__(self) -> LazyFetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.fetcher is not None:
            self.fetcher.close()
