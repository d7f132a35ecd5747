"""``dragoman review``, ``accuracy`` and ``changes``, over a record made by hand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from dragoman.query.overlay import lay_over
from dragoman.records import Casualties, Count
from dragoman.reviews import constraints
from dragoman.store import Corpus
from hand_record import Told, add_reviews, assemble, build, event_of, say

Dragoman = Callable[..., Result]
ONE, TWO, THREE = (
    Told("one"),
    Told("two", "AID"),
    Told("three", "ASSAULT", casualties=Casualties(Count(2, 2))),
)
E1, E2, E3 = (event_of([one]).id for one in (ONE, TWO, THREE))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DRAGOMAN_REVIEWER", "Ann Lee")
    return build(tmp_path / "corpus", [[ONE], [TWO], [THREE]]).folder


def reviews(path: Path) -> list[dict[str, Any]]:
    return [
        {
            "about": one.about,
            "verdict": one.verdict,
            "by": one.reviewer,
            "field": one.field,
            "value": one.value,
        }
        for one in Corpus.open(path).at().read_reviews()
    ]


def record(path: Path) -> dict[str, dict[str, Any]]:
    snapshot = Corpus.open(path).at()
    lay_over(snapshot)
    return {row["id"]: row for row in snapshot.records("SELECT * FROM record")}


# ----------------------------------------------------------------------------------------------- one by one


def test_a_verdict_is_recorded_with_name_and_reason_and_wins(dragoman: Dragoman, path: Path) -> None:
    result = dragoman("review", path, E1[:7], "--verdict", "wrong", "--reason", "a rehearsal")
    assert (result.exit_code, result.stdout) == (0, f"{E1} is wrong (Ann Lee)\n")
    assert set(record(path)) == {E2, E3}
    (listed,) = json.loads(dragoman("review", path, "--list", "--json").stdout)
    assert (listed["reason"], listed["state"], listed["now"]) == ("a rehearsal", "stands", E1)
    assert "a rehearsal" in dragoman("review", path, "--list").stdout


def test_a_correction_is_checked_and_told(dragoman: Dragoman, path: Path) -> None:
    result = dragoman("review", path, E3, "--field", "killed", "--value", "20-30", "--by", "Bo")
    assert result.stdout == f"{E3} is corrected: killed is 20-30 (Bo)\n"
    assert record(path)[E3]["killed_high"] == 30
    bad = dragoman("review", path, E3, "--field", "status", "--value", "maybe")
    assert (bad.exit_code, bad.stdout) == (2, "")
    assert "asserted, negated" in bad.stderr
    assert len(reviews(path)) == 1


def test_a_mode_goes_by_the_corrected_type(dragoman: Dragoman, path: Path) -> None:
    assert dragoman("review", path, E1, "--field", "mode", "--value", "visit").exit_code == 2
    assert dragoman("review", path, E1, "--field", "event_type", "--value", "consult").exit_code == 0
    assert dragoman("review", path, E1, "--field", "mode", "--value", "visit").exit_code == 0
    assert (record(path)[E1]["event_type"], record(path)[E1]["mode"]) == ("CONSULT", "visit")


def test_what_was_said_can_be_taken_back_and_nothing_else(dragoman: Dragoman, path: Path) -> None:
    nothing = dragoman("review", path, E1, "--verdict", "withdraw")
    assert nothing.exit_code == 2
    assert "has said nothing" in nothing.stderr
    dragoman("review", path, E1, "--verdict", "wrong")
    assert dragoman("review", path, E1, "--verdict", "withdraw", "--by", "Bo").exit_code == 2
    assert dragoman("review", path, E1, "--verdict", "withdraw").exit_code == 0
    assert set(record(path)) == {E1, E2, E3}
    assert dragoman("review", path, "--list").stdout == "no reviews\n"
    assert len(json.loads(dragoman("review", path, "--list", "--all", "--json").stdout)) == 2


def test_same_and_different_are_kept_by_mentions(dragoman: Dragoman, path: Path) -> None:
    assert dragoman("review", path, E1, "--verdict", "same", "--other", E2).exit_code == 0
    found = constraints(Corpus.open(path).at().read_reviews())
    assert found == ({tuple(sorted((ONE.key, TWO.key)))}, frozenset())
    result = dragoman("review", path, ONE.key, "--verdict", "different", "--other", TWO.key)
    assert "dragoman assemble" in result.stdout
    assert constraints(Corpus.open(path).at().read_reviews())[1] == found[0]
    assert dragoman("review", path, E1, "--verdict", "withdraw", "--other", E2).exit_code == 0
    assert constraints(Corpus.open(path).at().read_reviews()) == (frozenset(), frozenset())


def test_mentions_of_one_event_can_be_told_apart(dragoman: Dragoman, tmp_path: Path) -> None:
    path = build(tmp_path / "merged", [[ONE, TWO]]).folder
    assert (
        dragoman("review", path, ONE.key, "--verdict", "same", "--other", "m-two", "--by", "Ann").exit_code
        == 2
    )
    assert (
        dragoman("review", path, ONE.key, "--verdict", "different", "--other", "m-two", "--by", "A").exit_code
        == 0
    )


def test_a_mention_is_reviewed_by_its_id_or_key(dragoman: Dragoman, path: Path) -> None:
    assert dragoman("review", path, "m-one", "--verdict", "wrong").exit_code == 0
    assert reviews(path)[0]["about"] == ONE.key
    assert set(record(path)) == {E2, E3}


def test_an_id_that_ended_means_the_event_that_it_became(dragoman: Dragoman, path: Path) -> None:
    assemble(Corpus.open(path), [[ONE, TWO]], {E1: E1, E2: E1})
    assert dragoman("review", path, E2, "--verdict", "right").exit_code == 0
    assert reviews(path)[0]["about"] == E1


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("nothing-has-this", "--verdict", "right"),
        ("e", "--verdict", "right"),
        ("", "--verdict", "right"),
        ("x:1-2:AID", "--verdict", "right"),
        (E1,),
        (E1, "--field", "status"),
        (E1, "--value", "denied"),
        (E1, "--field", "title", "--value", "x"),
        (E1, "--verdict", "wrong", "--field", "status", "--value", "denied"),
        (E1, "--verdict", "same"),
        (E1, "--verdict", "same", "--other", E1),
        (E1, "--verdict", "right", "--other", E2),
        (E1, "--verdict", "right", "--list"),
        (E1, "--verdict", "right", "--by", "  "),
        (E1, "--verdict", "right", "--by", "x" * 500),
        (E1, "--verdict", "right", "--reason", "x" * 5000),
        ("--list", "--queue"),
        ("--import", "none.csv"),
        ("--import", "none.xlsx"),
        ("--export", "none.xlsx"),
    ],
)
def test_what_can_not_be_done_is_said_in_a_line_and_changes_nothing(
    dragoman: Dragoman, path: Path, options: tuple[str, ...]
) -> None:
    before = Corpus.open(path).at().version
    result = dragoman("review", path, *options)
    assert result.exit_code == 2
    assert result.stderr.startswith("dragoman: ")
    assert result.stderr.count("\n") == 1
    assert "; " in result.stderr
    assert Corpus.open(path).at().version == before


def test_a_person_is_asked_for_a_name_once(
    dragoman: Dragoman, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DRAGOMAN_REVIEWER")
    monkeypatch.setattr("click.get_app_dir", lambda _: str(tmp_path / "settings"))
    monkeypatch.setattr("dragoman.cli.reviewing.guessed", lambda: "guest")
    dragoman("review", path, E1, "--verdict", "right")
    assert reviews(path)[0]["by"] == "guest"
    assert not (tmp_path / "settings").exists()
    monkeypatch.setattr("dragoman.cli.reviewing.is_terminal", lambda: True)
    dragoman("review", path, E2, "--verdict", "right", stdin="Cy Young\n")
    dragoman("review", path, E3, "--verdict", "right")
    assert [one["by"] for one in reviews(path)] == ["guest", "Cy Young", "Cy Young"]


# ---------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_reviews_travel_in_files(dragoman: Dragoman, path: Path, tmp_path: Path, form: str) -> None:
    dragoman("review", path, E1, "--field", "event_type", "--value", "CONSULT")
    dragoman("review", path, E1, "--field", "mode", "--value", "visit", "--reason", '=a; "b", c')
    dragoman("review", path, E1, "--field", "place", "--value", "Ganja, AZE")
    dragoman("review", path, E2, "--verdict", "same", "--other", E3)
    dragoman("review", path, E3, "--verdict", "wrong")
    dragoman("review", path, E3, "--verdict", "withdraw")
    file = tmp_path / f"reviews.{form}"
    assert dragoman("review", path, "--export", file).exit_code == 0
    other = build(tmp_path / "other", [[ONE], [TWO], [THREE]]).folder
    result = dragoman("review", other, "--import", file)
    assert (result.exit_code, result.stderr) == (0, "added 6 reviews; 0 were there\n")
    assert list(Corpus.open(other).at().read_reviews()) == list(Corpus.open(path).at().read_reviews())
    again = dragoman("review", other, "--import", file)
    assert again.stderr == "added 0 reviews; 6 were there\n"
    assert record(other)[E1]["mode"] == "visit"


def test_a_sheet_written_by_hand_is_taken_with_what_it_leaves_out(
    dragoman: Dragoman, path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "hand.csv"
    file.write_text(
        f"\ufeffabout,verdict,field,value\r\n{E1},,status,Denied\r\n{E2},wrong,,\r\ne{'0' * 16},wrong,,\r\n",
        encoding="utf-8",
    )
    result = dragoman("review", path, "--import", file)
    assert result.exit_code == 1
    assert "added 2 reviews" in result.stderr
    assert "left out 1 review of what this corpus does not have" in result.stderr
    assert [(one["by"], one["verdict"]) for one in reviews(path)] == [
        ("Ann Lee", "corrected"),
        ("Ann Lee", "wrong"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("about,verdict,colour\n", "colour"),
        ("about,value\n", "no column verdict"),
        ("", "no column about"),
        ("about,verdict\n{e1},right,x\n", ":2: too many or too few cells"),
        ("about,verdict\n{e1},perhaps\n", ":2: 'perhaps' is no verdict"),
        (
            "about,verdict,field,value\n{e1},right,,\n{e1},corrected,status,maybe\n",
            ":3: 'maybe' is no status",
        ),
        ("about,verdict,field,value\n{e1},corrected,date,2020-13\n", "is no date"),
        ("about,verdict,field,value\n{e1},corrected,actors,Atlantis\n", "no country"),
        ("about,verdict,field,value\n{e1},corrected,mode,visit\n", "mode"),
        ("about,verdict,field,value\n{e1},wrong,status,denied\n", "a correction needs"),
        ("about,verdict\n{e1},same\n", "fill about"),
        ("about,verdict,other\n{e1},right,{e1}\n", "fill about"),
        ("about,verdict,at\n{e1},right,yesterday\n", "is no time"),
        ("about,verdict,reason\n{e1},right," + "x" * 2000 + "\n", "too long"),
        ('about,verdict\n"{e1},right\n', "can't be read as CSV"),
    ],
)
def test_a_faulty_sheet_is_refused_with_its_line_and_nothing_of_it_taken(
    dragoman: Dragoman, path: Path, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "faulty.csv"
    file.write_text(text.format(e1=E1), encoding="utf-8")
    result = dragoman("review", path, "--import", file)
    assert result.exit_code == 2
    assert said in result.stderr
    assert reviews(path) == []


def test_files_that_are_no_text_are_refused(dragoman: Dragoman, path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"about,verdict\n\xff\xfe,right\n")
    (tmp_path / "b.jsonl").write_bytes(b"\x00\xff")
    (tmp_path / "c.jsonl").write_text("[" * 100_000)
    (tmp_path / "d.jsonl").write_text("5\n")
    for name in ("a.csv", "b.jsonl", "c.jsonl", "d.jsonl"):
        result = dragoman("review", path, "--import", tmp_path / name)
        assert result.exit_code == 2, name
        assert result.stderr.startswith("dragoman: ")


# ---------------------------------------------------------------------------------------------------- queue


def test_the_queue_takes_one_key_an_event(dragoman: Dragoman, path: Path) -> None:
    result = dragoman("review", path, "--queue", stdin="rwr")
    assert result.exit_code == 0, result.output
    assert "1 of 3" in result.stdout
    assert "[1 acted]" in result.stdout
    assert "officials" in result.stdout
    assert "recorded 3 reviews" in result.stdout
    found = list(Corpus.open(path).at().read_reviews())
    assert [one.verdict for one in found] == ["right", "wrong", "right"]
    assert {one.sample for one in found} == {"seed 1"}
    assert {one.about for one in found} == {E1, E2, E3}
    again = dragoman("review", path, "--queue", stdin="")
    assert "has judged all 3 events" in again.stdout
    assert dragoman("review", path, "--queue", "--by", "Bo", stdin="q").stdout.count("of 3") == 1


def test_the_queue_corrects_fields_until_they_are_of_the_codebook(dragoman: Dragoman, path: Path) -> None:
    keys = "c6maybe\ndenied\n1CONSULT\n2visit\n3\nx"
    result = dragoman("review", path, "--queue", "--type", "ASSAULT", stdin=keys)
    assert result.exit_code == 0, result.output
    assert "'maybe' is no status" in result.stderr
    row = record(path)[E3]
    assert (row["status"], row["event_type"], row["mode"]) == ("denied", "CONSULT", "visit")


def test_the_queue_undoes_what_was_written_and_what_was_not(dragoman: Dragoman, path: Path) -> None:
    result = dragoman("review", path, "--queue", stdin="uwuwwuurq")
    assert result.exit_code == 0, result.output
    assert "nothing to undo" in result.stdout
    rows = json.loads(dragoman("review", path, "--list", "--json").stdout)
    assert [one["verdict"] for one in rows] == ["right"]


def test_skipped_events_come_again_and_the_end_of_input_ends(dragoman: Dragoman, path: Path) -> None:
    assert "recorded 0 reviews" in dragoman("review", path, "--queue", stdin="s?s").stdout
    assert "recorded 1 review;" in dragoman("review", path, "--queue", stdin="r").stdout
    assert dragoman("review", path, "--queue", stdin="\x03").exit_code == 0


def test_the_queue_of_nothing_says_so(dragoman: Dragoman, path: Path) -> None:
    result = dragoman("review", path, "--queue", "--type", "PROTEST")
    assert result.exit_code == 2
    assert "no events to review" in result.stderr
    assert dragoman("review", path, "--queue", "--type", "DANCE").exit_code == 2


# ------------------------------------------------------------------------------------- accuracy and changes


def test_accuracy_is_told_with_intervals_and_that_there_is_little(dragoman: Dragoman, path: Path) -> None:
    nothing = dragoman("accuracy", path)
    assert (nothing.exit_code, "no event of this record was reviewed" in nothing.stdout) == (0, True)
    dragoman("review", path, "--queue", stdin="rwr")
    result = dragoman("accuracy", path)
    assert result.exit_code == 0
    assert "67 %" in result.stdout
    assert "21 % to 94 %" in result.stdout
    assert "below 30 a share says little" in result.stdout
    data = json.loads(dragoman("accuracy", path, "--json").stdout)
    assert (data["drawn"], data["total"]["n"], data["total"]["right"]) == (True, 3, 2)
    rows = list(csv.DictReader(io.StringIO(dragoman("accuracy", path, "--csv", "--by", "field").stdout)))
    assert rows[0]["name"] == "all"
    assert {row["name"] for row in rows} >= {"status", "date", "place"}
    assert dragoman("accuracy", path, "--version", 2).stdout.startswith("no event")
    assert dragoman("accuracy", path, "--version", 99).exit_code == 2
    assert dragoman("accuracy", path.parent).exit_code == 2


def test_picked_events_are_no_sample_and_that_is_said(dragoman: Dragoman, path: Path) -> None:
    dragoman("review", path, E1, "--verdict", "wrong")
    assert "hold for these events alone" in dragoman("accuracy", path).stdout


def test_changes_tell_what_is_new_changed_and_ended(dragoman: Dragoman, path: Path) -> None:
    four = Told("four", "ASSAULT")
    assemble(Corpus.open(path), [[ONE, TWO], [four]], {E1: E1, E2: E1, E3: None})
    add_reviews(Corpus.open(path), say(E1, "corrected", field="status", value='"denied"'))
    result = dragoman("changes", path, "--since", 2)
    assert result.exit_code == 0, result.output
    out = " ".join(result.stdout.split())
    assert "version 2 to 4" in out
    assert "new events: 1" in out
    assert f"took in {E2[:9]}" in out
    assert "mentions: 1 → 2" in out
    assert f"merged into {E1[:9]}" in out
    assert "no longer coded" in out
    assert "corrected status" in out
    data = json.loads(dragoman("changes", path, "--since", 2, "--json").stdout)
    assert [one["how"] for one in sorted(data["ended"], key=lambda one: one["how"])] == ["gone", "merged"]
    rows = list(csv.DictReader(io.StringIO(dragoman("changes", path, "--since", "0", "--csv").stdout)))
    assert {row["what"] for row in rows} == {"new", "reviews"}
    assert "nothing changed" in dragoman("changes", path, "--since", 4).stdout
    assert "and 1 more" in dragoman("changes", path, "--since", "0", "--limit", 1).stdout
    for wrong in (("--since", "99"), ("--since", "yesterday"), ("--since", 4, "--until", 2), ()):
        assert dragoman("changes", path, *wrong).exit_code == 2


# -------------------------------------------------------------------------------------------------- hostile

STEER = "\x1b[2J\x1b]0;owned\x07\u202e\x9b31m"


def test_no_text_steers_the_terminal(
    dragoman: Dragoman, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hand_record.NAMES", {"NOR": f"Norway{STEER}", "SWE": f"Sweden{STEER}"})
    told = Told(f"bad{STEER}", outlet=f"AFP{STEER}")
    path = build(tmp_path / "corpus", [[told]]).folder
    event = event_of([told]).id
    add_reviews(Corpus.open(path), say(event, "wrong", f"Eve{STEER}", reason=f"because{STEER}", sample=STEER))
    outputs = [
        dragoman("review", path, "--queue", "--by", "Ann", stdin="m3q"),
        dragoman("review", path, event, "--verdict", "wrong", "--by", f"Ann{STEER}", "--reason", STEER),
        dragoman("review", path, f"e{STEER}", "--verdict", "wrong", "--by", "Ann"),
        dragoman("review", path, event, "--field", STEER, "--value", STEER, "--by", "Ann"),
        dragoman("review", path, event, "--field", "place", "--value", f"{STEER}, AZE", "--by", "Ann"),
        dragoman("review", path, "--list", "--all"),
        dragoman("accuracy", path, "--by", "outlet"),
        dragoman("changes", path, "--since", "0"),
        dragoman("changes", path, "--since", STEER),
    ]
    for result in outputs:
        assert result.exit_code in (0, 2), result.output
        for sign in ("\x1b", "\x9b", "\x07", "\u202e"):
            assert sign not in result.stdout + result.stderr


def test_formulas_of_reviewers_reach_no_spreadsheet(dragoman: Dragoman, path: Path, tmp_path: Path) -> None:
    add_reviews(Corpus.open(path), say(E1, "wrong", "=cmd|x", reason="@sum"))
    dragoman("review", path, "--export", tmp_path / "out.csv")
    assert ",=" not in (tmp_path / "out.csv").read_text()
    assert ",@" not in (tmp_path / "out.csv").read_text()
    assert ",=" not in dragoman("review", path, "--list", "--csv").stdout


def test_reviews_of_two_people_at_once_are_both_kept(dragoman: Dragoman, path: Path) -> None:
    from threading import Thread

    def work(name: str) -> None:
        for minute in range(4):
            add_reviews(Corpus.open(path), say(E1, "right", name, minute))

    threads = [Thread(target=work, args=(name,)) for name in ("Ann", "Bo")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(reviews(path)) == 8
    assert record(path)[E1]["reviewer"] in ("Ann; Bo", "Bo; Ann")


def test_what_other_programs_write_into_the_table_breaks_nothing(dragoman: Dragoman, path: Path) -> None:
    add_reviews(
        Corpus.open(path),
        say(E1, "corrected", field="mode", value="{"),
        replace(say(E1, "corrected", "Bo", field="nonsense", value=None)),
        say(E2, "approved"),
        say("", "wrong"),
        say(E3, "corrected", field="killed", value='{"low": "many", "high": null}'),
    )
    assert set(record(path)) == {E1, E2, E3}
    for command in (("review", path, "--list"), ("accuracy", path), ("changes", path, "--since", 2)):
        assert dragoman(*command).exit_code == 0
