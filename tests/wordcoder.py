"""A coder without models, for tests of what stands around it."""

from __future__ import annotations

import os
import re
import time

from dragoman.assemble import keep_confident
from dragoman.errors import ModelError
from dragoman.reasons import (
    Candidates,
    Chance,
    EventReasons,
    Explanation,
    FieldReason,
    StatusReason,
    TriggerReason,
)
from dragoman.records import Coded, Document, Entity, EventMention, Party, Span, Status


class WordCoder:
    """Takes each 'recalled' for an event, the first of a text for a sure one; tests then need no models."""

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
                confidence=0.9 if number == 0 else 0.4,
            )
            for number, found in enumerate(re.finditer("recalled", document.text))
        ]

    def record(self, document: Document) -> Coded:
        """The same, and nothing of ties."""
        return Coded(tuple(self.code(document)))

    def explain(self, document: Document, min_confidence: float) -> Explanation:
        """The same with a reason for each, that it is there."""
        nobody = Candidates(0.5)
        return Explanation(
            document,
            "words",
            tuple(
                EventReasons(
                    mention,
                    TriggerReason("recalled", 0.9, 0.5),
                    FieldReason((Chance("SANCTION", 0.8),)),
                    FieldReason((Chance("", 1.0),)),
                    StatusReason((Chance("asserted", 1.0),)),
                    (),
                    *(nobody,) * 5,
                )
                for mention in keep_confident(self.code(document), min_confidence)
            ),
        )


class FallingCoder(WordCoder):
    """Ends its process where the text asks for it."""

    def code(self, document: Document) -> list[EventMention]:
        """As before, if it comes to that."""
        if "end yourself" in document.text:
            os._exit(9)
        if "be refused" in document.text:
            raise ModelError("the model is missing")
        time.sleep(60.0 if "hung" in document.text else 0.3 if "slowly" in document.text else 0.0)
        return WordCoder.code(self, document)
