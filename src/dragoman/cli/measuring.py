"""What ``dragoman accuracy`` and ``dragoman changes`` print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import RenderableType
from rich.text import Text

from dragoman.cli.answering import say_csv
from dragoman.cli.drawing import draw, table
from dragoman.cli.reviewing import shown
from dragoman.errors import InputError
from dragoman.output.cleaning import one_line
from dragoman.query.changing import Changes, changes, version_at
from dragoman.query.ground import as_moment
from dragoman.query.measuring import FEW, Accuracy, Rate, accuracy
from dragoman.store import Corpus

Row = dict[str, Any]


def print_accuracy(
    path: Path, by: str, picked: bool, version: int | None, as_of: str | None, form: str
) -> None:
    """Prints what share is right."""
    found = accuracy(Corpus.open(path).at(version, as_moment(as_of)), by, picked)
    if form == "json":
        click.echo(json.dumps(asdict(found), indent=1, ensure_ascii=False))
    elif form == "csv":
        say_csv(asdict(one) for one in (found.total, *found.rates))
    elif not found.total.n:
        begin = f"dragoman review {one_line(str(path))} --queue"
        click.echo(f"no event of this record was reviewed yet; begin with: {begin}")
    else:
        draw(accuracy_parts(found))


def accuracy_parts(found: Accuracy) -> Iterator[RenderableType]:
    """The table and what is to be known of it."""
    out = table(found.by, "right", "of", "share", "95 %", "in the record", "", right=(1, 2, 3, 5))
    if found.by != "field":
        out.add_row(*rate_cells(found.total))
        out.add_section()
    for one in found.rates:
        out.add_row(*rate_cells(one))
    yield out
    yield Text()
    for line in accuracy_notes(found):
        yield Text(line)


def rate_cells(one: Rate) -> list[str]:
    """A line of the table."""
    right, seen = (f"{number:,}" if one.n else "" for number in (one.right, one.n))
    share = "" if one.share is None else percent(one.share)
    span = "" if one.low is None or one.high is None else f"{percent(one.low)} to {percent(one.high)}"
    note = "not reviewed" if not one.n else "too few to say much" if one.few else ""
    return [one_line(one.name), right, seen, share, span, f"{one.events:,}", note]


def percent(share: float) -> str:
    """'87 %'."""
    return f"{100 * share:.0f} %"


def accuracy_notes(found: Accuracy) -> Iterator[str]:
    """What the figures mean, and what they do not."""
    if found.by == "field":
        yield "Counted over events that are right and have the field, or ought to have it."
    else:
        yield "Right: an event of that type happened as told, whatever is wrong with its other fields."
    yield (
        "Each event type weighs as much as the record has of it; intervals are Wilson's, at the effective "
        "size of the sample."
    )
    if not found.drawn:
        yield "Events were picked by reviewers, not drawn at random: the shares hold for these events alone."
    elif found.passed_over:
        yield f"{found.passed_over:,} reviewed events were picked, not drawn, and don't count (--picked)."
    if found.covered < 1:
        part = percent(found.covered)
        yield f"'all' speaks for {part} of the record: of the other types nothing was reviewed."
    if found.disputed:
        number = f"{found.disputed:,} of {found.total.n:,}"
        yield f"Reviewers differ on {number}; the majority counts, of a tie the newest."
    if found.total.few:
        yield f"Only {found.total.n:,} events were reviewed: below {FEW} a share says little. Review more."


def print_changes(path: Path, since: str, until: int | None, limit: int, form: str) -> None:
    """Prints what became of the record."""
    corpus = Corpus.open(path)
    before = version_at(corpus, since)
    if until is not None and until < before:
        raise InputError(f"version {until} is before version {before}", "give a later one")
    found = changes(corpus, before, until)
    if form == "json":
        click.echo(json.dumps(asdict(found), indent=1, ensure_ascii=False, default=str))
    elif form == "csv":
        say_csv(change_rows(found))
    else:
        draw(change_parts(found, limit))


PARTS = ("new", "changed", "ended", "ties", "reviews")


def change_rows(found: Changes) -> Iterator[Row]:
    """A row for each thing that changed; fields in a cell of their own."""
    names = ("what", "id", "event_type", "actors", "recipients", "date", "status", "title", "details")
    for part in PARTS:
        for one in getattr(found, part):
            row = {"what": part, **one, "details": DETAILS[part](one)}
            yield {name: row.get(name) for name in names}


def change_parts(found: Changes, limit: int) -> Iterator[RenderableType]:
    """The counts, then a line for each change, as many of each kind as asked for."""
    yield Text(f"version {found.before} to {found.after}", style="bold")
    yield Text(f"{found.documents:,} documents and {found.mentions:,} mentions were added or coded again")
    for part in PARTS:
        ones: Sequence[Row] = getattr(found, part)
        if not ones:
            continue
        yield Text()
        yield Text(f"{HEADS[part]}: {len(ones):,}", style="bold")
        shown = ones[: limit or None]
        yield from (Text(f"  {one_line(line)}") for line in map(LINES[part], shown))
        if len(ones) > len(shown):
            yield Text(f"  … and {len(ones) - len(shown):,} more (--limit 0)")
    if not any(getattr(found, part) for part in PARTS):
        yield Text("nothing changed in the record")


HEADS = {
    "new": "new events",
    "changed": "changed events",
    "ended": "ended events",
    "ties": "ties",
    "reviews": "reviews",
}


def event_line(one: Row) -> str:
    """An event in a line."""
    kind = f"{one['event_type']}{' ' + one['mode'] if one['mode'] else ''}"
    who = f"{one['actors'] or '?'} > {one['recipients'] or '?'}"
    return f"{one['id'][:9]}  {one['date']:<10}  {kind}  {who}  {one['status']}  {one['title'] or ''}"


def changed_details(one: Row) -> str:
    """Which fields changed from what to what, and what was merged into it."""
    parts = [f"{name}: {change['from']} → {change['to']}" for name, change in one["fields"].items()]
    return "; ".join([*parts, *(f"took in {other[:9]}" for other in one["merged"])])


def ended_details(one: Row) -> str:
    """What became of it."""
    into = ", ".join(other[:9] for other in one["into"])
    return {"merged": f"merged into {into}", "split": f"split into {into}"}.get(one["how"], "no longer coded")


def new_details(one: Row) -> str:
    """What it was split off from."""
    return f"split off {', '.join(other[:9] for other in one['split_from'])}" if one["split_from"] else ""


def tie_details(one: Row) -> str:
    """What became of a tie, and by which steps."""
    state = one["state"]
    parts = [
        one["what"]
        if state["from"] == state["to"]
        else f"{state['from'] or 'nothing'} → {state['to'] or 'nothing'}"
    ]
    parts += [f"{step['step']} {step['date']} {step['text']}" for step in one["steps"]]
    return "; ".join(parts)


def review_details(one: Row) -> str:
    """What was said."""
    field = f" {one['field']}: {shown(one['field'], one['value'] or 'null')}" if one["field"] else ""
    return f"{one['verdict']}{field} {one['other'] or ''} by {one['reviewer']} {one['reason']}".strip()


DETAILS: Mapping[str, Callable[[Row], str]] = {
    "new": new_details,
    "changed": changed_details,
    "ended": ended_details,
    "ties": tie_details,
    "reviews": review_details,
}


def with_details(part: str) -> Callable[[Row], str]:
    """An event's line with its details behind."""
    return lambda one: (
        f"{event_line(one)}  [{details}]" if (details := DETAILS[part](one)) else event_line(one)
    )


LINES: Mapping[str, Callable[[Row], str]] = {
    **{part: with_details(part) for part in ("new", "changed", "ended")},
    "ties": lambda one: f"{one['kind']} {' '.join(one['sides'])} {one['subject'] or ''}  {tie_details(one)}",
    "reviews": lambda one: f"{one['about']}  {review_details(one)}",
}
