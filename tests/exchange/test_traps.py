"""The traps of the field's files."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.exchange.files import Faults, read_rows
from dragoman.exchange.happenings import Happening
from dragoman.exchange.importing import READERS, import_file
from dragoman.query import Ground, open_ground
from dragoman.store import Corpus

HEADERS = {name: "\t".join(form.columns) for name, form in READERS.items()}


def take(folder: Path, name: str, text: str) -> tuple[Ground, Faults]:
    path = folder / "file.txt"
    path.write_text(text, encoding="utf-8")
    done = import_file(path, name, Corpus.create(folder / "corpus"))
    return open_ground(folder / "corpus"), done.faults


def line(name: str, sep: str = "\t", **cells: str) -> str:
    by_name = {column.replace(" ", "_"): column for column in READERS[name].columns}
    given = {by_name[key]: value for key, value in cells.items()}
    return sep.join(given.get(column, "") for column in READERS[name].columns)


def read(name: str, **cells: str) -> Happening:
    form = READERS[name]
    return form.read(dict(zip(form.columns, line(name, **cells).split("\t"), strict=True)))


ICEWS = {
    "Event_ID": "20718170",
    "Event_Date": "2017-01-02",
    "Source_Country": "Russian Federation",
    "Source_Sectors": "Executive,Government",
    "CAMEO_Code": "43",
    "Target_Country": "Syria",
}


def test_an_id_of_icews_that_is_there_twice_is_two_events(tmp_path: Path) -> None:
    later = ICEWS | {"Event_Date": "2017-02-03"}
    text = "\n".join([HEADERS["icews"], line("icews", **ICEWS), line("icews", **later)]) + "\n"
    ground, faults = take(tmp_path, "icews", text)
    assert ground.number("SELECT count(*) FROM imported_events WHERE id = '20718170'") == 2
    assert faults.bad_lines == 0


def test_both_rows_of_what_is_symmetric_are_kept(tmp_path: Path) -> None:
    other = ICEWS | {"Source_Country": "Syria", "Target_Country": "Russian Federation"}
    text = "\n".join([HEADERS["icews"], line("icews", **ICEWS), line("icews", **other)]) + "\n"
    ground, _ = take(tmp_path, "icews", text)
    assert ground.rows(
        "SELECT actor_countries AS a, recipient_countries AS b FROM imported_events ORDER BY a"
    ) == [
        {"a": "RUS", "b": "SYR"},
        {"a": "SYR", "b": "RUS"},
    ]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2017-12-01", date(2017, 12, 1)), ("12/1/2017", date(2017, 12, 1)), ("20171201", date(2017, 12, 1))],
)
def test_dates_come_in_several_forms(cell: str, day: date) -> None:
    assert read("icews", **(ICEWS | {"Event_Date": cell})).start == day


def test_a_code_of_icews_that_cameo_does_not_have_keeps_its_letters() -> None:
    found = read("icews", **(ICEWS | {"CAMEO_Code": "13y"}))
    assert (found.cameo, found.event_type) == ("13y", "THREATEN")


def test_zeros_that_were_taken_from_codes_come_back() -> None:
    assert read("icews", **ICEWS).cameo == "043"


def test_up_is_ukraine_where_gdelt_names_a_place_and_ukr_where_it_names_an_actor() -> None:
    found = read(
        "gdelt2",
        GLOBALEVENTID="1",
        SQLDATE="20220301",
        Actor1Code="RUSMIL",
        Actor1Name="RUSSIA",
        Actor1CountryCode="RUS",
        EventCode="190",
        ActionGeo_Type="4",
        ActionGeo_Fullname="Kharkiv, Kharkivs'ka Oblast', Ukraine",
        ActionGeo_CountryCode="UP",
        ActionGeo_Lat="50",
        ActionGeo_Long="36.25",
    )
    assert found.site is not None
    assert (found.site.country, found.site.name, found.site.admin1) == (
        "UKR",
        "Kharkiv",
        "Kharkivs'ka Oblast'",
    )
    assert (found.actor.name, found.actor.country, found.actor.sector) == ("Russia", "RUS", "MIL")


def test_a_row_of_gdelt_1_may_lack_the_address(tmp_path: Path) -> None:
    whole = line("gdelt1", GLOBALEVENTID="1", SQLDATE="19790101", EventCode="190").split("\t")
    text = "\t".join(whole[:57]) + "\n" + "\t".join(whole) + "\n" + "\t".join(whole[:40]) + "\n"
    ground, faults = take(tmp_path, "gdelt1", text)
    assert ground.number("SELECT count(*) FROM imported_events") == 1
    assert (faults.bad_lines, faults.bad[0][0]) == (1, 3)


POLECAT = {"Event_ID": "P1", "Event_Date": "2018-01-01", "Event_Type": "DEMAND", "Actor_Country": "USA; FRA",
           "Actor_Name": "United States; France", "Recipient_Country": "None"}  # fmt: skip


def test_polecats_surplus_columns_and_tabs_do_no_harm(tmp_path: Path) -> None:
    header = (
        HEADERS["polecat"].replace("Intensity", "Event Intensity").replace("Version", "Version\tHeadline\t")
    )
    ground, faults = take(tmp_path, "polecat", f"{header}\n{line('polecat', **POLECAT)}\tA headline\t\n")
    (row,) = ground.rows("SELECT event_type, actor_countries, recipient_countries FROM imported_events")
    assert row == {"event_type": "REQUEST", "actor_countries": "FRA USA", "recipient_countries": None}
    assert (faults.surplus, faults.missing) == (("Headline",), ())


def test_ucdp_has_best_beside_low_and_high() -> None:
    cells = {"id": "7", "relid": "AFG-1", "date_start": "2019-05-01 00:00:00.000", "date_prec": "4",
             "date_end": "2019-05-31 00:00:00.000", "best": "30", "low": "20", "high": "50", "gwnoa": "700",
             "side_a": "Government of Afghanistan", "side_b": "Taleban", "country_id": "700"}  # fmt: skip
    found = read("ucdp-ged", **cells)
    assert found.killed == (20, 50)
    assert (found.start, found.end, found.precision) == (date(2019, 5, 1), date(2019, 5, 31), "month")
    assert (found.actor.country, found.recipient.sector) == ("AFG", "REB")
    form = READERS["ucdp-ged"]
    row = dict(zip(form.columns, line("ucdp-ged", **cells).split("\t"), strict=True))
    assert form.cells(form.take(row))["best"] == "30"


def test_acled_names_states_in_its_actors() -> None:
    found = read(
        "acled",
        event_id_cnty="ARM1",
        event_date="17 October 2020",
        event_type="Battles",
        sub_event_type="Armed clash",
        actor1="Military Forces of Armenia (2018-)",
        inter1="State forces",
        actor2="Civilians (Azerbaijan)",
        inter2="7",
    )
    assert [(one.country, one.sector) for one in (found.actor, found.recipient)] == [
        ("ARM", "MIL"),
        ("AZE", "CVL"),
    ]
    assert (found.start, found.event_type) == (date(2020, 10, 17), "ASSAULT")


def test_packed_files_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "20220301.export.CSV.zip", "w") as archive:
        archive.writestr("20220301.export.CSV", line("gdelt2", GLOBALEVENTID="1", EventCode="010") + "\n")
    done = import_file(tmp_path / "20220301.export.CSV.zip", "gdelt2", Corpus.create(tmp_path / "corpus"))
    assert (done.new, done.untyped) == (1, 1)


def test_letters_of_an_older_encoding_are_read(tmp_path: Path) -> None:
    path = tmp_path / "events.tab"
    row = line("icews", **(ICEWS | {"Source_Name": "Côte d'Ivoire"}))
    path.write_bytes(HEADERS["icews"].encode() + b"\n" + row.encode("cp1252") + b"\n")
    ((_, cells),) = list(read_rows(path, READERS["icews"], Faults()))
    assert cells["Source Name"] == "Côte d'Ivoire"


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.tab"
    path.write_text("a\tb\n1\t2\n", encoding="utf-8")
    with pytest.raises(InputError, match="not of the format icews"):
        import_file(path, "icews", Corpus.create(tmp_path / "corpus"))
