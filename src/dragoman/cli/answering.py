"""Asks the corpus, and prints the answer as a table, as JSON or as CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from dragoman.cli.asking import Reading
from dragoman.cli.exits import DONE, complain
from dragoman.output.cleaning import one_line
from dragoman.output.sheet import guarded
from dragoman.query.actors import who
from dragoman.query.comparing import compare
from dragoman.query.dyads import dyad
from dragoman.query.filters import Filters
from dragoman.query.finding import find, unassembled, why_none
from dragoman.query.flattening import flat_event, flat_lists, flat_step, plain
from dragoman.query.ground import Ground, Row, open_ground
from dragoman.query.record import FLAT
from dragoman.query.ties import history, list_ties
from dragoman.query.timelines import timeline
from dragoman.query.tracing import why

SHOWN = 20
"""Events that a table shows where nothing else is asked for."""
Given = dict[str, Any]


def start(reading: Reading) -> Ground:
    """The corpus to ask; says where something in it is not assembled yet."""
    ground = open_ground(reading.path, reading.version, reading.as_of, reading.reviews)
    if note := unassembled(ground):
        complain(note)
    return ground


def narrowing(given: Given) -> Filters:
    """The filters of a command."""
    wanted: Given = given | {"between": given["between"] or None} if "between" in given else given
    return Filters(**wanted)


def answer_events(reading: Reading, sort: str, limit: int | None, given: Given) -> int:
    """Prints the events that fit."""
    ground, filters = start(reading), narrowing(given)
    most = SHOWN if limit is None and reading.form == "table" else limit or None
    rows, total = find(ground, filters, sort, most)
    if reading.form == "json":
        say_json(ground, {"query": filters.asked(), "total": total, "events": rows})
    elif reading.form == "csv":
        say_csv(map(flat_event, rows))
    elif not rows:
        click.echo(f"no events: {why_none(ground, filters)}")
    else:
        from dragoman.cli.drawing import draw
        from dragoman.cli.drawing_events import draw_events

        draw(draw_events(rows, total))
    return DONE


def answer_dyad(reading: Reading, first: str, second: str, limit: int, given: Given) -> int:
    """Prints what the two do to each other."""
    ground, filters = start(reading), narrowing(given)
    answer = dyad(ground, first, second, filters, limit or sys.maxsize)
    empty = not answer.counts and not answer.ties

    def table() -> None:
        from dragoman.cli.drawing import draw
        from dragoman.cli.drawing_events import draw_dyad

        draw(draw_dyad(answer))

    return say(reading, ground, answer, table, empty and reason(ground, filters, (first, second)))


def answer_timeline(reading: Reading, shape: Given, given: Given) -> int:
    """Prints the counts."""
    ground, filters = start(reading), narrowing(given)
    answer = timeline(ground, filters, **shape)
    if reading.form == "csv":
        say_csv(answer.rows)
        return DONE

    def table() -> None:
        from dragoman.cli.drawing import draw
        from dragoman.cli.drawing_events import draw_timeline

        draw(draw_timeline(answer))

    empty = not answer.rows and not answer.coarser and not answer.undated
    return say(reading, ground, answer, table, empty and why_none(ground, filters))


def answer_compare(reading: Reading, three: tuple[str, str, str], shape: Given, given: Given) -> int:
    """Prints two states side by side."""
    ground, filters = start(reading), narrowing(given)
    shape["limit"] = shape["limit"] or sys.maxsize
    answer = compare(ground, *three, filters, **shape)

    def table() -> None:
        from dragoman.cli.drawing import draw
        from dragoman.cli.drawing_comparison import draw_comparison

        draw(draw_comparison(answer))

    empty = not answer.acts and not answer.ties
    return say(reading, ground, answer, table, empty and reason(ground, filters, three))


def answer_why(reading: Reading, given: str) -> int:
    """Prints what an event stands on."""
    ground = start(reading)
    answer = why(ground, given)

    def table() -> None:
        from dragoman.cli.drawing import draw
        from dragoman.cli.drawing_trace import draw_trace

        draw(draw_trace(answer))

    return say(reading, ground, answer, table)


def answer_who(reading: Reading, name: str, limit: int, given: Given) -> int:
    """Prints an actor's record."""
    ground, filters = start(reading), narrowing(given)
    answer = who(ground, name, filters, limit or sys.maxsize)

    def table() -> None:
        from dragoman.cli.drawing import draw
        from dragoman.cli.drawing_events import draw_actor

        draw(draw_actor(answer))

    return say(reading, ground, answer, table, not answer.counts and reason(ground, filters, (name,)))


def answer_ties(reading: Reading, steps: bool, given: Given) -> int:
    """Prints the ties that fit."""
    ground = start(reading)
    rows = list_ties(ground, **{name: value or None for name, value in given.items()})
    if reading.form == "csv":
        say_csv(flat_step(one) for row in rows for one in history(row)) if steps else say_parts("ties", rows)
        return DONE

    def table() -> None:
        from dragoman.cli.drawing import draw
        from dragoman.cli.drawing_ties import draw_ties

        draw(draw_ties(rows, steps, given["on"]))

    return say(reading, ground, {"ties": rows}, table, not rows and why_no_ties(ground))


def say(
    reading: Reading, ground: Ground, answer: Any, table: Callable[[], None], empty: str | bool | None = None
) -> int:
    """Prints an answer in the form that is asked for; as a table, why it is empty if it is."""
    if reading.form == "json":
        data = plain(answer)
        say_json(ground, data)
    elif reading.form == "csv":
        say_parts(reading.part or "", getattr(answer, reading.part or ""))
    elif empty:
        click.echo(f"nothing: {one_line(str(empty))}")
    else:
        table()
    return DONE


def reason(ground: Ground, filters: Filters, names: Sequence[str]) -> str:
    """Why a question about these has no answer."""
    for name in names:
        alone = Filters(party=name)
        where = alone.where()
        if not ground.number(f"SELECT count(*) FROM record WHERE {where.sql}", where.values):
            return (
                why_none(ground, alone)
                if not ground.number("SELECT count(*) FROM record")
                else (f"no event of the corpus has {name} as actor or recipient")
            )
    return why_none(ground, filters) if filters.asked() else "no event has them together"


def why_no_ties(ground: Ground) -> str:
    """Why there is no tie to show."""
    if ground.number("SELECT count(*) FROM ties"):
        return "no tie of the register is like that"
    return unassembled(ground) or "the register has no ties"


def say_json(ground: Ground, data: Row) -> None:
    """Prints the answer for programs, with the version that it is of."""
    head = {"version": ground.snapshot.version, "assembled": ground.snapshot.assembled}
    answer = head | {"with_reviews": ground.reviews} | plain(data)
    click.echo(json.dumps(answer, indent=1, ensure_ascii=False))


def say_parts(name: str, rows: Iterable[Row]) -> None:
    """Prints a part of an answer for spreadsheets."""
    say_csv(map(FLAT.get(name, flat_lists), rows))


def say_csv(rows: Iterable[Row]) -> None:
    """Prints rows for spreadsheets; nothing but an empty line where there is none."""
    found = [{name: cell(value) for name, value in row.items()} for row in rows]
    names = list(dict.fromkeys(name for row in found for name in row))
    writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)


def cell(value: object) -> str:
    """A value in one cell, such that no spreadsheet takes words for a formula."""
    if value is None:
        return ""
    return guarded(one_line(value)) if isinstance(value, str) else str(plain(value))
