"""Addresses in, pages out: politely, within limits, and from public hosts only.

Doors: ``fetch`` (one address), ``Fetcher`` (many; it remembers what each host wants), ``Limits``, ``Page``.
"""

from dragoman.fetching.fetcher import Fetcher, fetch
from dragoman.fetching.limits import Limits
from dragoman.fetching.page import Page

__all__ = ["Fetcher", "Limits", "Page", "fetch"]
