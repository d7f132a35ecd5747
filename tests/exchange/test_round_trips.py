"""What goes out comes back: equal but for what the losses say, and equal to the letter in the file."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.exchange import FORMATS, export_rows, read_happenings
from dragoman.exchange.formats import SKIPPED, Format
from dragoman.exchange.gdelt import GDELT1
from dragoman.exchange.happenings import Cited, Happening, Side, Site, flat
from dragoman.exchange.importing import READERS, import_file, read_imported
from dragoman.exchange.systems import states
from dragoman.lexicon.codebook import load_codebook, quad_of, score_of
from dragoman.query import open_ground
from dragoman.records import Status
from dragoman.store import Corpus
from war import war

BOOK = load_codebook()
ALL = [*FORMATS.values(), GDELT1]
WORDS = st.text(st.sampled_from("abÄéЖ عن;,\"'=-.()"), max_size=12).map(lambda text: " ".join(text.split()))
CODES = st.sampled_from([*sorted(states()), "UNO", "EUR", "IGO", ""])
DAYS = st.dates(date(1946, 1, 1), date(2030, 12, 31))
SIDES = st.builds(
    Side, name=WORDS, country=CODES, sector=st.sampled_from([*BOOK.sectors, ""]), role=WORDS, text=WORDS
).filter(bool)
SITES = st.builds(
    Site,
    name=WORDS.filter(bool),
    country=CODES,
    admin1=WORDS,
    lat=st.none() | st.floats(-90, 90).map(lambda value: round(value, 4)),
    lon=st.none() | st.floats(-180, 180).map(lambda value: round(value, 4)),
    geonames_id=st.none() | st.integers(1, 10**7),
    precision=st.sampled_from(["point", "city", "admin1", "country", "region"]),
)
REPORTS = st.builds(
    Cited,
    mention_id=st.sampled_from(["m1", "m2"]),
    document_id=st.sampled_from(["d1", "d2"]),
    outlet=WORDS,
    published=st.none() | DAYS,
    address=st.sampled_from(["", "https://example.org/a?b=1;c"]),
    headline=WORDS,
    words=WORDS,
    sentence=st.none() | st.integers(1, 99),
)
COUNTS = st.none() | st.tuples(st.integers(0, 500), st.none() | st.integers(500, 900))


@st.composite
def happenings(draw: st.DrawFn) -> Happening:
    kind = draw(st.sampled_from(sorted(BOOK.types)))
    mode = draw(st.sampled_from(["", *BOOK.modes_of(kind)]))
    start = draw(st.none() | DAYS)
    grain = draw(st.sampled_from(["day", "week", "month", "year"]))
    length = {"day": 0, "week": 6, "month": 29, "year": 364}[grain]
    return Happening(
        id="e" + draw(st.text("0123456789abcdef", min_size=16, max_size=16)),
        event_type=kind,
        mode=mode,
        contexts=tuple(draw(st.lists(st.sampled_from(sorted(BOOK.contexts)), max_size=2, unique=True))),
        status=draw(st.sampled_from([*Status, Status.ASSERTED, Status.ASSERTED])).value,
        actors=tuple(draw(st.lists(SIDES, max_size=2))),
        recipients=tuple(draw(st.lists(SIDES, max_size=2))),
        start=start,
        end=start + timedelta(length) if start else None,
        precision=grain if start else "",
        site=draw(st.none() | SITES),
        killed=draw(COUNTS),
        injured=draw(COUNTS),
        score=score_of(kind, mode or None),
        quad=quad_of(kind),
        title=draw(WORDS),
        mentions=1,
        documents=draw(st.integers(1, 9)),
        origins=1,
        confidence=draw(st.none() | st.just(0.75)),
        reported=draw(DAYS),
        cited=tuple(draw(st.lists(REPORTS, min_size=1, max_size=2))),
    )


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.name)
@given(happening=happenings())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_comes_back_is_equal_but_for_the_losses(form: Format, happening: Happening) -> None:
    rows, losses = form.rows(happening)
    if not rows:
        assert [loss.field for loss in losses] == ["event"]
        return
    parts = list(form.explode(happening))
    assert len(parts) == len(rows)
    for one, row in zip(parts, rows, strict=True):
        before, after = flat(one), flat(form.read(row))
        told = {loss.field for loss in losses if loss.event_id == one.id}
        changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        assert changed - told <= set(SKIPPED)
        if len({part.id for part in parts}) == len(parts):
            # Nothing is said to be lost that is there.
            assert not [name for name in told - {"id", "rows"} if before.get(name) == after.get(name)]


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.name)
@given(happening=happenings())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_row_that_was_read_is_written_the_same(form: Format, happening: Happening) -> None:
    for row in form.rows(happening)[0]:
        taken = form.take(row)
        assert form.cells(taken) == row
        assert form.cells(form.take(form.cells(taken))) == row


@given(happening=happenings())
@settings(max_examples=60, deadline=None)
def test_text_formats_have_a_line_for_each_row_and_no_stray_tabs(happening: Happening) -> None:
    for form in ALL:
        if form.kind == "tsv":
            for row in form.rows(replace(happening, title="a\tb\nc"))[0]:
                assert not any("\t" in cell or "\n" in cell for cell in row.values()), form.name


@pytest.mark.parametrize("name", READERS)
def test_export_import_export_gives_the_same_file(name: str, tmp_path: Path) -> None:
    folder = war().write(tmp_path / "corpus")
    form, goal = READERS[name], tmp_path / f"{name}.txt"
    with goal.open("w", encoding="utf-8", newline="") as lines:
        done = export_rows(read_happenings(open_ground(folder)), form, lines, None)
    made = import_file(goal, name, Corpus.create(folder), "theirs")
    assert (made.rows, made.new, made.faults.bad_lines) == (done.rows, done.rows, 0)
    again = io.StringIO()
    export_rows(read_imported(open_ground(folder), "theirs", form), form, again, None)
    assert again.getvalue() == goal.read_text(encoding="utf-8")


def test_the_same_file_twice_adds_nothing_and_own_events_stay(tmp_path: Path) -> None:
    folder = war().write(tmp_path / "corpus")
    own = list(read_happenings(open_ground(folder)))
    goal = tmp_path / "events.tab"
    with goal.open("w", encoding="utf-8", newline="") as lines:
        export_rows(own, READERS["icews"], lines, None)
    first = import_file(goal, "icews", Corpus.create(folder))
    version = Corpus.open(folder).at().version
    second = import_file(goal, "icews", Corpus.create(folder))
    ground = open_ground(folder)
    assert (first.new, second.new, second.known) == (8, 0, 8)
    assert ground.snapshot.version == version
    assert list(read_happenings(ground)) == own
    assert open_ground(folder, version - 1).number("SELECT count(*) FROM imported_events") == 0
