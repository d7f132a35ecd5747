"""The mode of a meeting, told from where it was held."""

from __future__ import annotations

from dataclasses import replace

from dragoman.records import EventMention

RULE_THIRD = "meetings/third-country"
RULE_VISIT = "meetings/one-side-hosts"


def with_meeting_mode(mention: EventMention) -> EventMention:
    """The mention with the mode that its place shows; unchanged where the words gave one or nothing shows.

    'Jaishankar met Wang Yi in Astana' is a meeting on a third party's ground, though no word says so. On
    marked reports such a meeting is coded ``third-party`` in about seven of ten cases; one between a
    traveller and the country travelled to, ``visit`` in nearly nine of ten.
    """
    if mention.event_type != "CONSULT" or mention.mode or not mention.place or not mention.place.country:
        return mention
    actors = {party.entity.country for party in mention.actors}
    recipients = {party.entity.country for party in mention.recipients}
    if not actors or not recipients:
        return mention
    if mention.place.country not in actors | recipients:
        return replace(mention, mode="third-party", rules=(*mention.rules, RULE_THIRD))
    if actors != recipients:
        return replace(mention, mode="visit", rules=(*mention.rules, RULE_VISIT))
    return mention
