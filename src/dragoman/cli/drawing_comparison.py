"""Two states side by side on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.cli.drawing import Row, act, cut, day, line, number, score, short, sources, table, title, words
from dragoman.cli.drawing_events import bin_name
from dragoman.cli.drawing_ties import shown_by, state
from dragoman.output.cleaning import one_line
from dragoman.output.report import COLOURS, WEAK
from dragoman.query.comparing import FROM, TOWARD, Comparison

IN_CELL = 2
"""Events whose words stand in one cell."""
BRIEF = 150


def draw_comparison(answer: Comparison) -> Iterator[RenderableType]:
    """What each did with the third, in figures, ties and words; then in what they differ."""
    one, other, third = (answer.names[code] for code in (*answer.sides, answer.other))
    yield title(f"{one} and {other} with {third}", summary(answer))
    yield dealing_table(answer, f"What each took, refused, asked and was refused ({third})")
    yield act_table(answer)
    if len(answer.balance) > 1:
        yield balance_table(answer)
    if answer.ties:
        yield ties_table(answer)
    for code in answer.sides:
        yield telling_table(answer, code)
    yield title("In what they differ")
    if answer.differences:
        yield differences(answer.differences)
    if not answer.differences:
        yield line("the counts show no difference that stands out")


def summary(answer: Comparison) -> str:
    """How many events of each."""
    parts = []
    for code in answer.sides:
        total = sum(row["events"] for row in answer.sums if row["side"] == code)
        parts.append(f"{answer.names[code]} {total:,}")
    return f"events: {', '.join(parts)}"


def dealing_table(answer: Comparison, caption: str) -> Table:
    """A row a dealing, a column a side; each cell the number and the words of the weightiest."""
    made = table("", *(answer.names[code] for code in answer.sides), wide=(1, 2), caption=caption)
    made.columns[0].max_width = 20
    for name in dict.fromkeys(row["dealing"] for row in answer.dealings):
        cells = {row["side"]: row for row in answer.dealings if row["dealing"] == name}
        if any(row["count"] for row in cells.values()):
            phrase = one_line(cells[answer.sides[0]]["phrase"])
            made.add_row(phrase, *(dealing(cells[code]) for code in answer.sides), end_section=True)
    return made


def dealing(row: Row) -> Text:
    """The number of events, and the weightiest of them."""
    if not row["count"]:
        return Text("none told", style=WEAK)
    text = Text(f"{row['count']}", style="bold")
    if row["contested"]:
        text.append(f", denied by some: {row['contested']}", style="not bold")
    for one in row["events"][:IN_CELL]:
        text.append("\n").append_text(event_in_cell(one))
    more = row["count"] - min(row["count"], IN_CELL)
    return text.append(f"\nand {more} more", style=WEAK) if more else text


def event_in_cell(one: Row) -> Text:
    """Day, words, who says so, id, and what it answers."""
    text = Text(f"{day(one)} ", style="not bold").append_text(matter(one)).append_text(words(one, BRIEF))
    text.append(" ").append_text(sources(one)).append(" ").append_text(short(one["id"]))
    if one.get("answers"):
        said = cut(one["answers"], BRIEF)
        text.append(f'\n  in answer to: "{said}"', style=WEAK)
    return text


def matter(one: Row) -> Text:
    """What it is about: '(humanitarian) '."""
    about = ", ".join(name.replace("_", " ") for name in one["contexts"][:2])
    return Text(f"({one_line(about)}) " if about else "", style=f"not bold {WEAK}")


def act_table(answer: Comparison) -> Table:
    """Acts by type, toward the third and from it."""
    heads = [(way, code) for way in (TOWARD, FROM) for code in answer.sides]
    names = [
        f"{code} > {answer.other}" if way == TOWARD else f"{answer.other} > {code}" for way, code in heads
    ]
    made = table(
        "acts that happened", *names, right=range(1, 5), caption="Acts (+ those that did not, or may not)"
    )
    types = dict.fromkeys(row["event_type"] for row in answer.acts)
    cells = {(row["way"], row["event_type"]): row for row in answer.acts}
    for name in types:
        row = [count(cells.get((way, name)), code) for way, code in heads]
        quad = next(one["quad"] for one in answer.acts if one["event_type"] == name)
        made.add_row(Text(name, style=COLOURS.get(quad, "none")), *row)
    made.add_section()
    sums = {(row["way"], row["side"]): row for row in answer.sums}
    made.add_row("all", *(number(sums[head]["happened"]) for head in heads), style="bold")
    made.add_row("mean score", *(score(sums[head]["score"]) for head in heads), style="bold")
    return made


def count(row: Row | None, code: str) -> str:
    """'3', '3 +1' with one that did not happen or may not."""
    if row is None:
        return "·"
    more = row[f"{code}_other"]
    return f"{number(row[code])} +{more}" if more else number(row[code])


def balance_table(answer: Comparison) -> Table:
    """Number and mean score by month or year, side by side."""
    heads = [(way, code) for way in (TOWARD, FROM) for code in answer.sides]
    names = [
        f"{code} > {answer.other}" if way == TOWARD else f"{answer.other} > {code}" for way, code in heads
    ]
    made = table(answer.balance[0]["by"], *names, right=range(1, 5), caption="Balance (events, mean score)")
    for row in answer.balance:
        name = bin_name(row, row["by"]) if row["bin"] else "coarser or undated"
        made.add_row(name, *(figures(row, f"{code}_{way}") for way, code in heads))
    return made


def figures(row: Row, name: str) -> str:
    """'3  +2.5'."""
    return f"{row[name]:,}  {score(row[f'{name}_score']):>5}" if row[name] else "·"


def ties_table(answer: Comparison) -> Table:
    """A row a kind of tie, a column a side."""
    names = [answer.names[code] for code in answer.sides]
    made = table("", *names, wide=(1, 2), caption=f"Ties on {answer.on}")
    for kind in dict.fromkeys(row["kind"] for row in answer.ties):
        cells = []
        for code in answer.sides:
            mine = [row for row in answer.ties if row["kind"] == kind and row["side"] == code]
            cells.append(Text("\n").join(map(tie_in_cell, mine)) if mine else Text("none told", style=WEAK))
        made.add_row(kind.replace("_", " "), *cells)
    return made


def tie_in_cell(row: Row) -> Text:
    """'Armenia > Israel: closed; 2020-10-01 closed "recalled" e2ed6b4c1'."""
    name = one_line(row["title"]).partition(": ")[2]
    text = Text(f"{name}: ").append_text(state(row["state_on"], row.get("sure"))).append("; ", style=WEAK)
    return text.append_text(shown_by(row["by"]))


def telling_table(answer: Comparison, code: str) -> Table:
    """The weightiest events of one side, oldest first."""
    caption = f"What tells most: {answer.names[code]} and {answer.names[answer.other]}"
    made = table("when", "way", "what", "who says so", "id", wide=(2,), caption=caption)
    made.columns[3].max_width = 25
    for row in answer.telling:
        if row["side"] == code:
            way = f"{code} > {answer.other}" if row["way"] == TOWARD else f"{answer.other} > {code}"
            what = act(row).append(" ").append_text(matter(row)).append_text(words(row))
            made.add_row(day(row), way, what, sources(row), short(row["id"]))
    return made


def differences(rows: Sequence[Row]) -> Table:
    """A line a difference."""
    made = Table.grid(padding=(0, 1))
    for row in rows:
        made.add_row("-", difference(row))
    return made


def difference(row: Row) -> Text:
    """A sentence with the ids of what it counts."""
    ids = ", ".join(one[:9] for one in row["events"][:4])
    more = f" and {len(row['events']) - 4} more" if len(row["events"]) > 4 else ""
    text = Text(one_line(row["text"]))
    return text.append(f" {ids}{more}", style=WEAK) if ids else text
