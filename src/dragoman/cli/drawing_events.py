"""Events, dyads, timelines and actors on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.cli.drawing import (
    Row,
    act,
    day,
    line,
    number,
    parties,
    score,
    short,
    sources,
    table,
    title,
    words,
)
from dragoman.cli.drawing_ties import tie_table
from dragoman.output.cleaning import one_line
from dragoman.output.report import WEAK
from dragoman.query.actors import Actor
from dragoman.query.countries import name_of
from dragoman.query.dyads import Dyad
from dragoman.query.timelines import Timeline
from dragoman.records import Status

STATUSES = [str(one) for one in Status]


def draw_events(rows: Sequence[Row], total: int) -> Iterator[RenderableType]:
    """The events as a table, and how many there are beside those shown."""
    yield event_table(rows)
    shown = f"{len(rows):,} of {total:,} events; --limit 0 shows all"
    yield line(shown if len(rows) < total else f"{total:,} events")
    yield from note(rows)


def note(rows: Sequence[Row]) -> Iterator[Text]:
    """What days in brackets are, where there are any."""
    if any(row["start"] is None for row in rows):
        yield line("(day): no date is told; that of the first report")


def event_table(rows: Sequence[Row], caption: str = "") -> Table:
    """A row an event: when, what by whom to whom with the words, who says so, and the id."""
    made = table("when", "what", "who says so", "id", wide=(1,), caption=caption)
    made.columns[2].max_width = 25
    for row in rows:
        what = (
            act(row).append(": ", style="none").append_text(parties(row)).append("\n").append_text(words(row))
        )
        made.add_row(day(row), what, sources(row), short(row["id"]))
    return made


def draw_dyad(answer: Dyad) -> Iterator[RenderableType]:
    """What two do to each other."""
    one, other = (answer.names[code] for code in (answer.first, answer.second))
    yield title(f"{one} and {other}", summary(answer.sums))
    yield count_table(answer.counts, answer.sums)
    yield event_table(answer.weightiest, "What weighs most")
    yield event_table(answer.latest, "The latest")
    yield from note([*answer.weightiest, *answer.latest])
    if answer.ties:
        yield tie_table(answer.ties, None, caption="Ties")


def summary(sums: Sequence[Row]) -> str:
    """'14 events, 2012-02-26 to 2020-11-24'."""
    bounds = sorted(one[name] for one in sums for name in ("first", "last") if one[name])
    total = sum(one["events"] for one in sums)
    return f"{total:,} events, {bounds[0]} to {bounds[-1]}" if bounds else f"{total:,} events"


def count_table(counts: Sequence[Row], sums: Sequence[Row]) -> Table:
    """Events by direction, type and status, with the mean score of what happened."""
    used = [one for one in STATUSES if any(row[one] for row in counts)]
    names = ["happened" if one == "asserted" else one for one in used]
    made = table("", "type", *names, "denied by some", "score", right=range(2, len(used) + 4))
    for total in sums:
        mine = [row for row in counts if row["way"] == total["way"]]
        for place, row in enumerate(mine):
            made.add_row(
                total["way"] if not place else "",
                row["event_type"],
                *(number(row[one]) for one in used),
                number(row["contested"]),
                score(row["score"]),
            )
        if mine:
            figures = [number(sum(row[one] for row in mine)) for one in used]
            cells = ("", "all", *figures, number(total["contested"]), score(total["score"]))
            made.add_row(*cells, style="bold", end_section=True)
    return made


def draw_timeline(answer: Timeline) -> Iterator[RenderableType]:
    """The bins, and what no bin holds."""
    who = ("who", "whom") if answer.directed else ()
    names = (
        answer.by,
        *who,
        "events",
        "happened",
        "v.coop",
        "m.coop",
        "v.conf",
        "m.conf",
        "score",
        "coarser",
    )
    made = table(*names, right=range(1 + len(who), len(names)))
    for row in answer.rows:
        sides = (row["actor"] or "?", row["recipient"] or "?") if answer.directed else ()
        quads = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
        figures = (number(row[name]) for name in ("events", "happened", *quads))
        made.add_row(bin_name(row, answer.by), *sides, *figures, score(row["score"]), number(row["coarser"]))
    yield made
    yield line(
        f"in no row: {answer.coarser:,} dated more coarsely than by {answer.by} "
        f"('coarser': may be of that {answer.by}), {answer.undated:,} without a date"
    )


def bin_name(row: Row, by: str) -> str:
    """'2020-10-25', '2020-W43', '2020-10', '2020'."""
    form = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}[by]
    return str(row["bin"].strftime(form))


def draw_actor(answer: Actor) -> Iterator[RenderableType]:
    """An actor's record."""
    code = f" ({answer.country})" if answer.country and answer.kind != "country" else ""
    yield title(f"{answer.name}{code}", f"{answer.kind}; {summary(answer.sums)}")
    if answer.roles:
        yield line("as " + ", ".join(map(role, answer.roles[:4])))
    if answer.others:
        others = ", ".join(f"{one['name']} ({one['country'] or '?'})" for one in answer.others[:5])
        yield line(f"others of that name: {others}")
    yield count_table(answer.counts, answer.sums)
    if answer.partners:
        yield partner_table(answer.partners[:10])
    yield event_table(answer.weightiest, "What weighs most")
    yield event_table(answer.latest, "The latest")


def role(row: Row) -> str:
    """'prime minister (ARM GOV), 2018-05-08 to 2020-11-10'."""
    codes = " ".join(one for one in (row["country"], row["sector"]) if one)
    span = f", {row['first']} to {row['last']}" if row["first"] else ""
    return f"{row['role'] or 'no office'} ({codes}){span}"


def partner_table(rows: Sequence[Row]) -> Table:
    """With whom, how often, and how well."""
    made = table("with whom", "did", "score", "underwent", "score", right=range(1, 5))
    for row in rows:
        name = Text(one_line(name_of(row["country"]))).append(f" {row['country']}", style=WEAK)
        cells = (number(row["done"]), score(row["done_score"]), number(row["undergone"]))
        made.add_row(name, *cells, score(row["undergone_score"]))
    return made
