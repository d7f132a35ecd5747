"""The columns that researchers' scripts expect, in their order, with values of the types that they read."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pandas as pd
import pytest

from dragoman.exchange import FORMATS, export_rows, read_happenings
from dragoman.query import Ground

ICEWS = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,"
    "Target Name,Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,"
    "Country,Latitude,Longitude"
)
POLECAT = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,"
    "Actor COW,Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,"
    "Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,"
    "Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,Province,Country,"
    "Latitude,Longitude,GeoNames ID,Raw Placename,Feature Type,Source,Publication Date,Story People,"
    "Story Organizations,Story Locations,Language,Version"
)
COUNTS = {"gdelt": 61, "gdelt-mentions": 16, "phoenix": 26, "ucdp-like": 49, "acled-like": 31}


def written(ground: Ground, name: str) -> str:
    lines = io.StringIO()
    export_rows(read_happenings(ground), FORMATS[name], lines, None)
    return lines.getvalue()


def frame(ground: Ground, name: str) -> pd.DataFrame:
    form = FORMATS[name]
    return pd.read_csv(
        io.StringIO(written(ground, name)),
        sep="," if form.kind == "csv" else "\t",
        header=0 if form.header else None,
        names=None if form.header else list(form.columns),
        quoting=csv.QUOTE_MINIMAL if form.kind == "csv" else csv.QUOTE_NONE,
        dtype=str,
        keep_default_na=False,
    )


def test_icews_has_20_columns_that_readr_takes_for_its_types(ground: Ground) -> None:
    rows = frame(ground, "icews")
    assert list(rows.columns) == ICEWS.split(",")
    assert rows["Event ID"].astype(int).between(0, 2**31 - 1).all()
    assert pd.to_datetime(rows["Event Date"], format="%Y-%m-%d").notna().all()
    assert rows["Intensity"].astype(float).between(-10, 10).all()
    assert rows["CAMEO Code"].str.fullmatch(r"\d{3,4}").all()
    assert set(rows["Source Country"]) <= {"Armenia", "Azerbaijan", "Israel"}


def test_polecat_has_40_columns_and_says_none_for_nothing(ground: Ground) -> None:
    rows = frame(ground, "polecat")
    assert list(rows.columns) == POLECAT.split(",")
    assert (rows != "").all().all()
    assert (
        rows["Event Type"].isin(["SANCTION", "REQUEST", "AGREE", "AID", "REJECT", "SUPPORT", "ASSAULT"]).all()
    )
    assert set(rows["Quad Code"]) <= {
        f"{one} {other}" for one in ("VERBAL", "MATERIAL") for other in ("CONFLICT", "COOPERATION")
    }
    assert rows.loc[rows["Actor Country"] == "ARM", "Actor COW"].iloc[0] == "371"
    assert pd.to_datetime(rows["Event Date"], format="%Y-%m-%d").notna().all()


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_the_others_have_their_number_of_columns(ground: Ground, name: str, count: int) -> None:
    rows = frame(ground, name)
    assert len(rows) > 0
    assert rows.shape[1] == count


def test_gdelt_has_no_header_and_places_by_fips(ground: Ground) -> None:
    text = written(ground, "gdelt")
    assert not text.startswith("GLOBALEVENTID")
    assert all(line.count("\t") == 60 for line in text.splitlines())
    rows = frame(ground, "gdelt")
    ganja = rows[rows["ActionGeo_Fullname"].str.startswith("Ganja")].iloc[0]
    assert ganja["ActionGeo_CountryCode"] == "AJ"
    assert ganja["Actor2CountryCode"] == "AZE"
    assert ganja["EventCode"] == "194"
    assert rows["GLOBALEVENTID"].astype("int64").is_unique
    assert rows["EventCode"].str.len().between(3, 4).all()
    assert rows["DATEADDED"].str.fullmatch(r"\d{14}").all()
    assert rows["QuadClass"].isin(list("1234")).all()


def test_gdelt_mentions_follow_their_events(ground: Ground) -> None:
    events, mentions = frame(ground, "gdelt"), frame(ground, "gdelt-mentions")
    assert set(mentions["GlobalEventID"]) == set(events["GLOBALEVENTID"])
    assert len(mentions) == events["NumMentions"].astype(int).sum()
    assert mentions["Confidence"].astype(int).between(0, 100).all()


def test_phoenix_has_the_types_of_its_loaders(ground: Ground) -> None:
    rows = frame(ground, "phoenix")
    assert rows["Date"].str.fullmatch(r"\d{8}").all()
    assert rows["PentaClass"].isin(list("01234")).all()
    recall = rows[rows["EventCode"] == "161"].iloc[0]
    assert (recall["SourceActorFull"], recall["SourceActorEntity"], recall["SourceActorRole"]) == (
        "ARMGOV",
        "ARM",
        "GOV",
    )
    assert recall["PentaClass"] == "3"
    assert recall["NewsSources"] == "Reuters;TASS"


def test_ucdp_has_deaths_as_numbers_and_gleditsch_ward_numbers(ground: Ground) -> None:
    (row,) = frame(ground, "ucdp-like").to_dict("records")
    assert (row["best"], row["low"], row["high"]) == ("13", "13", "13") or int(row["low"]) <= int(row["high"])
    assert (row["country_id"], row["gwnoa"], row["gwnob"]) == ("373", "371", "373")
    assert row["type_of_violence"] == "1"
    assert row["side_a"] == "Government of Armenia"
    assert (row["date_start"], row["date_prec"], row["where_prec"]) == ("2020-10-17", "1", "1")


def test_acled_has_its_types(ground: Ground) -> None:
    (row,) = frame(ground, "acled-like").to_dict("records")
    assert row["event_type"] == "Explosions/Remote violence"
    assert row["sub_event_type"] == "Shelling/artillery/missile attack"
    assert (row["iso"], row["country"], row["interaction"]) == ("31", "Azerbaijan", "11")
    assert int(row["timestamp"]) > 1_600_000_000


def test_plover_has_the_required_fields(ground: Ground) -> None:
    rows = [json.loads(line) for line in written(ground, "plover-jsonl").splitlines()]
    assert len(rows) == len(list(read_happenings(ground)))
    assert all({"id", "actor", "event"} <= set(row) for row in rows)
    dated = [row for row in rows if "date" in row]
    assert all(date.fromisoformat(row["date"]) for row in dated)
    assert {row["size"]["dead"] for row in rows if "size" in row}
