"""Explanations: what they show is what was used, and asking for them changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.intake import make_document
from dragoman.lexicon import tables
from dragoman.output import explanation_to_wire, open_explainer
from dragoman.pipeline import Coder
from dragoman.reasons import Candidate, Candidates, EventReasons, Explanation, Rule
from dragoman.records import Document, FieldConfidence

ROOT = Path(__file__).parents[2]
PATHS = sorted((ROOT / "examples" / "reports").glob("*.txt"))[:3]

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def reports() -> list[Document]:
    return [make_document(path.read_text(encoding="utf-8"), path=path.name) for path in PATHS]


@pytest.fixture(scope="module")
def explained(coder: Coder, reports: list[Document]) -> list[Explanation]:
    return [coder.explain(report) for report in reports]


def events_of(explained: list[Explanation]) -> Iterator[tuple[Document, EventReasons]]:
    for one in explained:
        for event in one.events:
            yield one.document, event


def judged(event: EventReasons) -> tuple[Candidates, ...]:
    return event.actors, event.recipients, event.date, event.place, event.sources


def taken(candidates: Candidates) -> list[Candidate]:
    return [one for one in candidates.judged if one.is_taken]


def test_the_events_are_those_that_are_coded_without_reasons(
    coder: Coder, reports: list[Document], explained: list[Explanation]
) -> None:
    for report, told in zip(reports, explained, strict=True):
        assert [one.mention for one in told.events] == coder.code(report)


def test_the_same_report_is_explained_in_the_same_bytes(
    coder: Coder, reports: list[Document], explained: list[Explanation]
) -> None:
    again = json.dumps(explanation_to_wire(coder.explain(reports[1])))
    assert again == json.dumps(explanation_to_wire(explained[1]))


def test_what_was_taken_is_what_stands_in_the_event(explained: list[Explanation]) -> None:
    for _, event in events_of(explained):
        mention = event.mention
        assert event.types.chances[0].name == mention.event_type
        assert event.mode.chances[0].name == (mention.mode or "")
        assert event.status.chances[0].name == mention.status
        assert sorted(one.name for one in event.contexts if one.is_taken) == sorted(mention.contexts)
        for side, parties in ((event.actors, mention.actors), (event.recipients, mention.recipients)):
            assert [(one.text, one.span) for one in taken(side)] == [(one.text, one.span) for one in parties]
        for one, told in ((event.date, mention.date), (event.place, mention.place)):
            assert [candidate.span for candidate in taken(one)] == ([told.span] if told else [])
        assert {one.name for one in mention.attribution} <= {one.name for one in taken(event.sources)}


def test_chances_run_downwards_and_decide(explained: list[Explanation]) -> None:
    for _, event in events_of(explained):
        assert event.trigger.chance >= event.trigger.least
        for candidates in judged(event):
            chances = [one.chance for one in candidates.judged]
            assert chances == sorted(chances, reverse=True)
            least = candidates.least or 0.0  # both sides are chosen together: no bar of their own
            assert all(one.chance >= least - 0.001 for one in taken(candidates))
        for one in (*event.types.chances, *event.mode.chances, *event.status.chances):
            assert 0 <= one.chance <= 1


def test_rows_that_are_named_stand_in_the_tables(explained: list[Explanation]) -> None:
    ids = {
        path.stem: {line.split("\t", 1)[0] for line in path.read_text(encoding="utf-8").splitlines()}
        for path in tables()
    }
    named: set[Rule] = set()
    for _, event in events_of(explained):
        named |= {*event.trigger.rows, *event.mode.rows, *event.status.rows}
        named |= {row for context in event.contexts for row in context.rows}
    assert {rule.id.split("/")[0] for rule in named} >= {"trigger_lexicon", "mode_cues", "context_cues"}
    for rule in named:
        table, _, row = rule.id.partition("/")
        assert row in ids[table] or rule.id == "status_operators/said-not", rule


def test_parties_taken_say_by_which_rule_their_words_were_read(explained: list[Explanation]) -> None:
    for _, event in events_of(explained):
        for side in (event.actors, event.recipients):
            for one in taken(side):
                assert one.rules, one


def test_words_passed_over_are_told_with_the_reason(explained: list[Explanation]) -> None:
    for told in explained:
        spans = {event.mention.trigger for event in told.events}
        whys = {"faint", "title", "no-act", "light", "silence", "condition"}
        assert {one.why for one in told.passed_over} <= whys
        for one in told.passed_over:
            assert one.text == one.span.cut(told.document.text)
            assert one.span not in spans
            assert one.types[0].chance >= one.types[-1].chance
            if one.why == "faint":
                assert one.chance <= one.least + 0.001
            if one.why == "title":
                assert told.document.title is not None
                assert told.document.title.covers(one.span)
    assert {one.why for told in explained for one in told.passed_over} >= {"faint"}


def test_events_left_out_for_their_confidence_are_among_what_was_passed_over(
    coder: Coder, reports: list[Document], explained: list[Explanation]
) -> None:
    told = coder.explain(reports[0], min_confidence=0.6)
    every = [one.mention for one in explained[0].events]
    assert [one.mention for one in told.events] == coder.code(reports[0], min_confidence=0.6)
    unsure = {one.span for one in told.passed_over if one.why == "unsure"}
    assert unsure == {one.trigger for one in every if (one.confidence or 0) < 0.6}
    assert unsure


def test_a_coder_keeps_the_bar_it_was_made_with(reports: list[Document], coder: Coder) -> None:
    strict = object.__new__(Coder)
    strict.__dict__ |= coder.__dict__ | {"min_confidence": 0.6}
    assert strict.code(reports[0]) == coder.code(reports[0], min_confidence=0.6)
    assert strict.code(reports[0], min_confidence=0.0) == coder.code(reports[0])


def test_a_title_tells_no_event_and_says_so(coder: Coder) -> None:
    text = "Norway expels Swedish envoy\n\nNorway expelled the Swedish ambassador from Oslo on Wednesday."
    told = coder.explain(make_document(text))
    assert [one.mention.trigger.cut(text) for one in told.events] == ["expelled"]
    assert [(one.text, one.why) for one in told.passed_over if one.why == "title"] == [("expels", "title")]


def test_a_report_without_events_is_explained_by_what_was_passed_over(coder: Coder) -> None:
    told = coder.explain(make_document("The bridge might one day be repaired. The weather was fine."))
    assert told.events == ()
    assert coder.explain(make_document("Norway.")).passed_over == ()


def test_every_explanation_can_be_drawn_and_written(explained: list[Explanation], tmp_path: Path) -> None:
    for form in ("table", "jsonl"):
        file = tmp_path / form
        with file.open("w", encoding="utf-8") as stream:
            writer = open_explainer(form, stream)
            for one in explained:
                writer.write(one)
        text = file.read_text(encoding="utf-8")
        assert text
        if form == "jsonl":
            lines = [json.loads(line) for line in text.splitlines()]
            assert [line["path"] for line in lines] == [path.name for path in PATHS]
        else:
            assert "enough from" in text
            assert "no event" in text


# ------------------------------------------------------------------------------- confidence of the fields


def test_fields_that_are_told_have_a_confidence_and_others_none(explained: list[Explanation]) -> None:
    for _, event in events_of(explained):
        sure = event.mention.field_confidence
        assert sure.who is not None
        assert sure.status is not None
        assert (sure.date is None) == (event.mention.date is None or event.mention.date.start is None)
        assert (sure.place is None) == (event.mention.place is None)
        for told in (sure.who, sure.status, sure.date, sure.place):
            assert told is None or 0 < told < 1


def test_a_date_that_stays_unresolved_has_no_confidence(coder: Coder) -> None:
    [event] = coder.code(make_document("Norway recalled its ambassador from Sweden on Wednesday."))
    assert event.date is not None
    assert event.date.start is None
    assert event.field_confidence.date is None


def test_a_model_folder_without_curves_for_fields_still_codes(
    coder: Coder, reports: list[Document], tmp_path: Path
) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    for file in (ROOT / "src" / "dragoman" / "model").iterdir():
        (folder / file.name).symlink_to(file)
    raw = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    del raw["confidence"]["fields"]
    (folder / "reader.json").unlink()
    (folder / "reader.json").write_text(json.dumps(raw), encoding="utf-8")
    old = Coder(folder).code(reports[0])
    assert {one.field_confidence for one in old} == {FieldConfidence()}
    assert [one.id for one in old] == [one.id for one in coder.code(reports[0])]
    assert [one.confidence for one in old] == [one.confidence for one in coder.code(reports[0])]


def test_a_single_sentence_needs_less_and_is_told_what_it_needed(coder: Coder) -> None:
    told = coder.explain(make_document("France on Monday expelled two Russian diplomats."))
    more = coder.explain(
        make_document("France on Monday expelled two Russian diplomats. It named none of them.")
    )
    assert {one.trigger.least for one in told.events} == {coder.reader.least_alone}
    assert {one.trigger.least for one in more.events} == {coder.reader.least}
    assert coder.reader.least_alone < coder.reader.least
