"""Marks the claims of the outlet itself and of what the report as a whole retells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.attribution.clauses import Clauses
from dragoman.records import Document

if TYPE_CHECKING:
    from dragoman.attribution.claims import Draft

RETOLD = re.compile(
    r"\b(?:in|for) (?:an?|the|its|his|her|their|this)?\s*(?:\w+ ){0,3}?"
    r"(?:article|analysis|paper|study|report|commentary|essay|column|piece|survey|brief|briefing|dispatch)\b"
)


@dataclass(frozen=True, slots=True)
class Relay:
    """A name that the whole report stands on."""

    name: str


def mark_relays(text: Clauses, document: Document, drafts: list[Draft]) -> None:
    """Put ``relay/`` before the rule of each claim made by the outlet or by whom the report retells."""
    names = {document.outlet.casefold()} if document.outlet else set()
    for draft in drafts:
        if draft.source.name and _agree(draft.source.name.casefold(), names):
            draft.rule = "relay/" + draft.rule


def _agree(name: str, names: set[str]) -> bool:
    return any(name in one or one in name for one in names)
