"""The chain of sources for one act: on whose word the text has it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import Claim, Source, Span

INNER_FIRST = ("attribution_verbs/cite",)


def chain_for(
    span: Span, claims: Sequence[Claim], event_actor_names: Sequence[str] = ()
) -> tuple[Source, ...]:
    """The sources on whose word the act at that span is told, innermost first; empty is the report itself.

    Left out are hearsay without a source, the outlet and the report that the whole text retells, and the
    act's own actors, whose names are given.
    """
    found = [claim for claim in claims if _holds(claim, span)]
    found.sort(key=lambda claim: (_length(claim), claim.rule not in INNER_FIRST))
    actors = [name.casefold() for name in event_actor_names]
    chain: list[Source] = []
    for claim in found:
        name = claim.source.name.casefold()
        if not name or claim.rule.startswith("relay/") or any(one in name or name in one for one in actors):
            continue
        if all(name != one.name.casefold() for one in chain):
            chain.append(claim.source)
    return tuple(chain)


def _holds(claim: Claim, span: Span) -> bool:
    return any(part.start <= span.start < part.end for part in claim.content)


def _length(claim: Claim) -> int:
    return sum(part.end - part.start for part in claim.content)
