"""Links the event mentions of one report: repeats to what they repeat, answers to what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.assemble.answers import answered_by
from dragoman.assemble.repeats import repeat_of
from dragoman.records import Document, EventMention

# How many acts back a repeat is looked for; a column of briefs of thousands stays quick to link.
WINDOW = 200


def link_repeats(mentions: Sequence[EventMention], document: Document) -> list[EventMention]:
    """The mentions in the order given, with ``same_as`` and ``responds_to`` filled where the report shows it.

    The rule that linked a mention stands among its ``rules``.

    ``same_as`` names the first mention of the same act, never another repeat; ``responds_to`` the act that
    is answered. Both stay None where nothing shows a link; links that are there already are kept.
    """
    ordered = sorted(mentions, key=lambda one: (one.trigger.start, one.trigger.end))
    linked: dict[str, EventMention] = {}
    roots: dict[str, str] = {}
    for number, mention in enumerate(ordered):
        before = ordered[max(0, number - WINDOW) : number]
        repeat = repeat_of(mention, before, document)
        after = ordered[number + 1 : number + 3]
        answer = answered_by(mention, before, after, document) if repeat is None else None
        if repeat is not None:
            roots[mention.id] = roots.get(repeat[0].id, repeat[0].id)
        rules = [rule for _, rule in filter(None, (repeat, answer))]
        linked[mention.id] = replace(
            mention,
            same_as=mention.same_as or roots.get(mention.id),
            responds_to=mention.responds_to or (roots.get(answer[0].id, answer[0].id) if answer else None),
            rules=tuple(dict.fromkeys((*mention.rules, *rules))),
        )
    return [linked[mention.id] for mention in mentions]
