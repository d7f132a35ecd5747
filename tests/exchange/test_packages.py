"""Packages and linked data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.exchange import read_happenings
from dragoman.exchange.claims import export_claims
from dragoman.exchange.packages import About, write_package
from dragoman.query import Filters, Ground


@pytest.fixture(scope="module")
def package(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "war"
    write_package(ground, read_happenings(ground), folder, About("A war", "CC-BY-4.0", "Ann Example"))
    return folder


@pytest.fixture(scope="module")
def descriptor(package: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    return found


def test_a_package_says_what_it_is(descriptor: dict[str, Any], ground: Ground) -> None:
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptor["name"] == "a-war"
    assert descriptor["licenses"][0]["path"].startswith("https://creativecommons.org/")
    assert descriptor["version"] == str(ground.snapshot.version)
    assert {"title": "Reuters"} in descriptor["sources"]
    assert "Ann Example" in descriptor["citation"]
    assert descriptor["coder"]


def test_every_table_has_the_columns_that_are_described(package: Path, descriptor: dict[str, Any]) -> None:
    assert [one["name"] for one in descriptor["resources"]] == ["events", "mentions", "reports", "ties"]
    for resource in descriptor["resources"]:
        content = (package / resource["path"]).read_bytes()
        rows = list(csv.DictReader(io.StringIO(content.decode())))
        assert list(rows[0]) == [one["name"] for one in resource["schema"]["fields"]]
        assert len({row["id"] for row in rows}) == len(rows)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["bytes"] == len(content)
        for row in rows:
            for one in resource["schema"]["fields"]:
                if row[one["name"]] and one["type"] in ("integer", "number"):
                    float(row[one["name"]])


def test_keys_lead_to_rows(package: Path, descriptor: dict[str, Any]) -> None:
    tables = {
        one["name"]: list(csv.DictReader((package / one["path"]).open(encoding="utf-8")))
        for one in descriptor["resources"]
    }
    ids = {name: {row["id"] for row in rows} for name, rows in tables.items()}
    assert all(row["event_id"] in ids["events"] for row in tables["mentions"])
    assert all(row["document_id"] in ids["reports"] for row in tables["mentions"])


def test_a_narrowed_package_holds_only_what_its_events_stand_on(ground: Ground, tmp_path: Path) -> None:
    chosen = read_happenings(ground, Filters(event_type="ASSAULT"))
    assert write_package(ground, chosen, tmp_path / "few", About()) == 1
    rows = list(csv.DictReader((tmp_path / "few" / "reports.csv").open(encoding="utf-8")))
    assert {row["outlet"] for row in rows} == {"AFP", "Armenpress"}


def test_a_folder_with_other_things_is_refused(ground: Ground, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="other things"):
        write_package(ground, [], tmp_path, About())


def test_linked_data_follow_the_chain_of_who_says_so(ground: Ground) -> None:
    lines = io.StringIO()
    export_claims(read_happenings(ground), lines, "hand/1", 2)
    graph = {node["id"]: node for node in json.loads(lines.getvalue())["@graph"]}
    event = next(node for node in graph.values() if node.get("dragoman:eventType") == "ASSAULT")
    claims = [graph[one["id"]] for one in event["prov:wasDerivedFrom"]]
    assert {claim["prov:wasAttributedTo"]["schema:name"] for claim in claims} == {"AFP", "Armenpress"}
    inner = graph[claims[0]["prov:wasQuotedFrom"]["id"]]
    assert inner["prov:wasAttributedTo"]["schema:name"] == "Defence Ministry of Azerbaijan"
    assert "schema:Organization" in inner["prov:wasAttributedTo"]["type"]
    assert "Ganja" in claims[0]["schema:text"]
    assert claims[0]["schema:appearance"]["schema:datePublished"]["@value"] == "2020-10-17"


def test_every_reference_of_linked_data_leads_to_a_node(ground: Ground) -> None:
    lines = io.StringIO()
    events = export_claims(read_happenings(ground), lines, "hand/1", 2)
    nodes = json.loads(lines.getvalue())["@graph"]
    ids = {node["id"] for node in nodes}
    for node in nodes:
        for name in ("prov:wasDerivedFrom", "prov:wasQuotedFrom", "prov:wasGeneratedBy"):
            told = node.get(name, [])
            for one in told if isinstance(told, list) else [told]:
                assert one["id"] in ids
    assert events == sum("schema:Event" in node["type"] for node in nodes)
