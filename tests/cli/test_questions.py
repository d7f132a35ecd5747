"""The commands that ask the record, as tables, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from dragoman.store import Corpus
from stories import event_id
from war import war

COMMANDS = (
    ("events",),
    ("dyad", "Armenia", "ISR"),
    ("timeline", "--directed", "--fill"),
    ("compare", "ARM", "AZE", "--with", "ISR"),
    ("who", "pashinyan"),
    ("ties", "--on", "2020-10-10"),
    ("ties", "--history"),
    ("why", event_id("ganja")[:7]),
)
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return war().write(tmp_path_factory.mktemp("asked") / "corpus")


def ask(run: Run, corpus: Path, command: str, *rest: str) -> str:
    result = run(command, corpus, *rest)
    assert result.exit_code == 0, result.output
    return str(result.stdout)


@pytest.mark.parametrize("given", COMMANDS, ids=" ".join)
def test_each_answer_fits_on_100_columns(dragoman: Run, corpus: Path, given: tuple[str, ...]) -> None:
    lines = ask(dragoman, corpus, *given).splitlines()
    assert lines
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("given", COMMANDS, ids=" ".join)
def test_each_answer_is_json_that_names_its_version(
    dragoman: Run, corpus: Path, given: tuple[str, ...]
) -> None:
    answer = json.loads(ask(dragoman, corpus, *given, "--json"))
    assert (answer["version"], answer["with_reviews"]) == (2, True)


@pytest.mark.parametrize("given", COMMANDS[:-1], ids=" ".join)
def test_each_answer_is_a_sheet(dragoman: Run, corpus: Path, given: tuple[str, ...]) -> None:
    rows = list(csv.DictReader(io.StringIO(ask(dragoman, corpus, *given, "--csv"))))
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)


def test_the_table_shows_words_and_who_says_so(dragoman: Run, corpus: Path) -> None:
    shown = " ".join(ask(dragoman, corpus, "events", "--actor", "Pashinyan", "--type", "REJECT").split())
    assert "2020-11-03 REJECT assist: Nikol Pashinyan (ARM) > Israel" in shown
    assert "Nikol Pashinyan <" in shown
    assert event_id("refusal")[:9] in shown


def test_json_carries_words_and_spans_of_what_is_shown(dragoman: Run, corpus: Path) -> None:
    answer = json.loads(ask(dragoman, corpus, "events", "--contested", "--json"))
    assert answer["query"] == {"contested": True}
    (event,) = answer["events"]
    texts = dict(Corpus.open(corpus).at().rows("SELECT id, text FROM documents"))
    for one in event["cited"]:
        span = one["trigger"]
        assert texts[one["document_id"]][span["start"] : span["end"]] == span["text"]


def test_the_comparison_says_what_only_one_did(dragoman: Run, corpus: Path) -> None:
    shown = " ".join(ask(dragoman, corpus, "compare", "Armenia", "Azerbaijan", "--with", "Israel").split())
    assert (
        "Unlike Armenia, which refused humanitarian help of Israel (1 event), Azerbaijan took humanitarian "
        "help from Israel (1 event)."
    ) in shown
    assert 'in answer to: "President Rivlin offered Armenia humanitarian aid on Monday."' in shown


def test_why_shows_both_accounts(dragoman: Run, corpus: Path) -> None:
    shown = " ".join(ask(dragoman, corpus, "why", event_id("ganja")).split())
    assert '"Rockets [hit] Ganja on Saturday, killing 13, Azerbaijan said."' in shown
    assert '"Armenia denied that it had [shelled] Ganja' in shown
    assert "killed: 13 (1) / 12 (1)" in shown
    assert "joined: the same as 1 (0.90): same day" in shown


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("events", "--actor", "Foo Bar"), "no event of the corpus has actor Foo Bar"),
        (("dyad", "Norway", "Israel"), "no event of the corpus has Norway as actor or recipient"),
        (("compare", "ARM", "AZE", "--with", "NOR"), "no event of the corpus has NOR"),
        (("ties", "--between", "NOR", "SWE"), "no tie of the register is like that"),
        (("events", "--version", "1"), "run: dragoman assemble"),
        (("ties", "--version", "1"), "run: dragoman assemble"),
    ],
)
def test_an_empty_answer_says_why(dragoman: Run, corpus: Path, given: tuple[str, ...], reason: str) -> None:
    assert reason in ask(dragoman, corpus, *given)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("events", "--type", "HELP"), "there is no type 'HELP'"),
        (("compare", "ARM", "AZE", "--with", "Isreal"), "did you mean Israel (ISR)"),
        (("why", "zzzz"), "nothing in the corpus has the id 'zzzz'"),
        (("who", "Nobody"), "is called 'Nobody'"),
        (("events", "--version", "7"), "no version 7"),
    ],
)
def test_a_mistake_is_told_with_exit_code_2(
    dragoman: Run, corpus: Path, given: tuple[str, ...], reason: str
) -> None:
    result = dragoman(given[0], corpus, *given[1:])
    assert result.exit_code == 2
    assert reason in result.output


def test_words_of_a_hostile_report_steer_no_terminal(dragoman: Run, tmp_path: Path) -> None:
    from stories import Act, Story, state

    story = Story()
    text = "=cmd Norway recalled \x1b[31mits envoy\u202e from Sweden."
    story.report(
        "\x1bEvil", "2020-01-01", text, Act("x", "recalled", "SANCTION", [state("NOR")], [state("SWE")])
    )
    corpus = story.write(tmp_path / "corpus")
    for given in (("events",), ("dyad", "NOR", "SWE"), ("why", event_id("x"))):
        assert not {"\x1b", "\u202e"} & set(ask(dragoman, corpus, *given))
    rows = list(csv.DictReader(io.StringIO(ask(dragoman, corpus, "events", "--csv"))))
    assert rows[0]["words"].startswith("'=cmd")
