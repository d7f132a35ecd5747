"""The chain of sources for one act: on whose word the text has it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import Claim, Source, Span, Status

# What is cited stands further in than who cites it, even if both vouch for the same words.
INNER_FIRST = ("attribution_verbs/cite",)
# Acts that are done by saying something: who says it is the actor, not a source.
SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


def chain_for(
    span: Span,
    claims: Sequence[Claim],
    event_actor_names: Sequence[str] = (),
    event_type: str = "",
    status: Status | str = Status.ASSERTED,
) -> tuple[Source, ...]:
    """The sources on whose word the act at that span is told, innermost first; empty is the report itself.

    Left out are hearsay without a source, the outlet, and what the whole report retells; also who speaks
    himself, if the act is a speech act of the type given ('said his country would not sign'), unless he
    speaks to deny it, and who asks for an act that is known only from his asking.
    """
    found = [claim for claim in claims if holds(claim, span)]
    found.sort(key=lambda claim: (_length(claim), claim.rule not in INNER_FIRST))
    actors = [name.casefold() for name in event_actor_names]
    speaks = event_type in SPOKEN and status != Status.DENIED
    chain: list[Source] = []
    for number, claim in enumerate(found):
        name = claim.source.name.casefold()
        if not name or claim.rule.startswith("relay/"):
            continue
        if speaks and any(one in name or name in one for one in actors):
            continue
        if status == Status.REQUESTED and number == 0 and claim.source.kind != "outlet":
            continue
        if all(name != one.name.casefold() for one in chain):
            chain.append(claim.source)
    return tuple(chain)


def order_chain(claims: Sequence[Claim]) -> tuple[Source, ...]:
    """The sources of the claims, innermost first, each once."""
    chain: list[Source] = []
    for claim in sorted(claims, key=lambda one: (_length(one), one.rule not in INNER_FIRST)):
        if all(claim.source.name.casefold() != one.name.casefold() for one in chain):
            chain.append(claim.source)
    return tuple(chain)


def holds(claim: Claim, span: Span) -> bool:
    """Whether the words at the span are among those that the claim's source vouches for."""
    return any(part.start <= span.start < part.end for part in claim.content)


def _length(claim: Claim) -> int:
    return sum(part.end - part.start for part in claim.content)
