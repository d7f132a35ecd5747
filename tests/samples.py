"""Event mentions made by hand, and hypothesis strategies for any others."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from dragoman.records import (
    Casualties,
    Count,
    Document,
    Entity,
    EventMention,
    Party,
    PlaceRef,
    Precision,
    Source,
    Span,
    Stance,
    Status,
    TimeRef,
)

TEXT = (
    "Norway recalls envoy\n\n"
    "Norway recalled its ambassador from Sweden on Wednesday after Swedish guns shelled Vik, AFP reported.\n"
)


def span(words: str, text: str = TEXT) -> Span:
    """Where the words last stand in the text."""
    at = text.rindex(words)
    return Span(at, at + len(words))


NORWAY = Entity("NOR", "Norway", "NOR", "GOV")
SWEDEN = Entity("SWE", "Sweden", "SWE")
GUNS = Entity("body:swedish-army", "Swedish army", "SWE", "MIL", kind="body")
DOCUMENT = Document(
    id="d1",
    text=TEXT,
    path="reports/a.txt",
    outlet="AFP",
    published=TimeRef(date(2021, 3, 4), date(2021, 3, 4), Precision.DAY, "publication-given"),
    title=Span(0, 20),
)
SENTENCE = Span(22, len(TEXT) - 1)
RECALL = EventMention(
    id="e1",
    document_id="d1",
    trigger=span("recalled"),
    span=SENTENCE,
    event_type="SANCTION",
    mode="withdraw",
    contexts=("diplomatic",),
    actors=(Party(NORWAY, "Norway", Span(22, 28)),),
    recipients=(Party(SWEDEN, "Sweden", span("Sweden")),),
    status=Status.ASSERTED,
    attribution=(Source("AFP", "outlet", "FRA", "report", Stance.NEUTRAL, span("AFP")),),
    date=TimeRef(
        date(2021, 3, 3), date(2021, 3, 3), Precision.DAY, "weekday-past", "Wednesday", span("Wednesday")
    ),
    score=-5.0,
    quad="material_conflict",
    rules=("triggers/recall-envoy",),
    responds_to="e2",
)
SHELLING = EventMention(
    id="e2",
    document_id="d1",
    trigger=span("shelled"),
    span=SENTENCE,
    event_type="ASSAULT",
    mode="heavy-weapons",
    actors=(Party(GUNS, "Swedish guns", span("Swedish guns")),),
    recipients=(Party(NORWAY, "Vik", None),),
    status=Status.DENIED,
    attribution=(Source("AFP", "outlet", stance=Stance.DISPUTED),),
    place=PlaceRef("Vik", "NOR", "city", span("Vik"), "Vestland", 123, 61.088, 6.579),
    casualties=Casualties(Count(2, 3), Count(5, None)),
    quad="material_conflict",
)

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 50), st.integers(1, 50))
words = st.text(max_size=20)
names = st.text(min_size=1, max_size=20)
codes = st.sampled_from(["", "NOR", "SWE", "XKX", "UNO"])
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
entities = st.one_of(
    st.builds(
        Entity, st.sampled_from(["NOR", "SWE"]), names, codes, st.none() | names, role=st.none() | names
    ),
    st.builds(
        Entity,
        st.just("person:x"),
        names,
        codes,
        st.none() | names,
        kind=st.just("person"),
        role=st.none() | names,
    ),
)
parties = st.builds(Party, entities, words, st.none() | spans)
sources = st.builds(
    Source, names, names, st.none() | codes, st.none() | names, st.sampled_from(Stance), st.none() | spans
)
times = st.builds(
    TimeRef, st.none() | days, st.none() | days, st.sampled_from(Precision), names, words, st.none() | spans
)
coordinates = st.none() | st.floats(-90, 90)
places = st.builds(
    PlaceRef,
    names,
    codes,
    names,
    spans,
    st.none() | names,
    st.none() | st.integers(1, 2**62),
    coordinates,
    coordinates,
)
counts = st.builds(Count, st.integers(0, 2**62), st.none() | st.integers(0, 2**62))
mentions = st.builds(
    EventMention,
    id=names,
    document_id=names,
    trigger=spans,
    span=spans,
    event_type=st.sampled_from(["AID", "ASSAULT"]),
    mode=st.none() | names,
    contexts=st.lists(names, max_size=3).map(tuple),
    actors=st.lists(parties, max_size=3).map(tuple),
    recipients=st.lists(parties, max_size=3).map(tuple),
    status=st.sampled_from(Status),
    attribution=st.lists(sources, max_size=3).map(tuple),
    date=st.none() | times,
    place=st.none() | places,
    casualties=st.builds(Casualties, st.none() | counts, st.none() | counts),
    score=st.none() | st.floats(-10, 10),
    quad=st.none() | names,
    rules=st.lists(names, max_size=3).map(tuple),
    confidence=st.none() | st.floats(0, 1),
    same_as=st.none() | names,
    responds_to=st.none() | names,
)
documents = st.builds(
    Document, id=names, text=st.text(max_size=100), path=st.none() | words, outlet=st.none() | words,
    published=st.none() | times,
)  # fmt: skip
