"""A coder without models, for tests of what stands around it."""

from __future__ import annotations

import re

from dragoman.records import Document, Entity, EventMention, Party, Span, Status


class WordCoder:
    """Takes each 'recalled' for an event, so that tests need no models."""

    def dated(self, document: Document) -> Document:
        """The document as it is."""
        return document

    def code(self, document: Document) -> list[EventMention]:
        """One event mention for each 'recalled'."""
        norway = Entity("NOR", "Norway", "NOR", "GOV")
        return [
            EventMention(
                id=f"{document.id}-{found.start()}",
                document_id=document.id,
                trigger=Span(*found.span()),
                span=Span(*found.span()),
                event_type="SANCTION",
                actors=(Party(norway, "Norway", None),),
                status=Status.ASSERTED,
            )
            for found in re.finditer("recalled", document.text)
        ]
