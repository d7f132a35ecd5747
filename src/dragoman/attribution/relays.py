"""Marks the claims of the outlet itself and of what the report as a whole retells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.attribution.clauses import Clauses
from dragoman.records import Document

if TYPE_CHECKING:
    from dragoman.attribution.claims import Draft


def mark_relays(text: Clauses, document: Document, drafts: list[Draft]) -> None:
    """Put ``relay/`` before the rule of each claim made by the outlet or by whom the report retells."""
    if not document.outlet:
        return
    outlet = _plain(document.outlet)
    for draft in drafts:
        if _plain(draft.source.name) == outlet:
            draft.rule = "relay/" + draft.rule


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ")
