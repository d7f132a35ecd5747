"""The texts that the benchmarks read, and a digest of the gold that belongs to them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dragoman.evaluation import GoldDocument, gold_of_report, load_gold
from dragoman.evaluation.reports import MarkedReport, parse_report, read_reports

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "examples" / "reports"
REPORTS = ROOT / "data" / "reports"
SENTENCES = ROOT / "data" / "gsr" / "dev.jsonl"
# The test part is that of the files that were whole when the floors were first set.
TESTED_FILES = "[a-q]-*.reports"


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be coded, with what is known about it, and its gold where it has any."""

    name: str
    text: str
    published: str | None = None
    outlet: str | None = None
    gold: GoldDocument | None = None


def articles() -> list[Text]:
    """The example reports."""
    found = []
    for path in sorted(ARTICLES.glob("*.gold.yaml")):
        text_path = path.with_name(path.name.replace(".gold.yaml", ".txt"))
        gold = load_gold(path, text_path)
        about = yaml.safe_load(path.read_text(encoding="utf-8"))["document"]
        found.append(Text(gold.name, gold.text, str(about["published"]), about.get("outlet"), gold))
    return found


def tested_reports() -> list[Text]:
    """The marked reports of the test part."""
    reports = read_reports(sorted(REPORTS.glob(TESTED_FILES)))
    return [text_of(report) for report in reports if report.is_test]


def other_reports(every: int) -> list[Text]:
    """Some of the marked reports that are not of the test part, evenly spread."""
    reports = [one for one in read_reports(sorted(REPORTS.glob(TESTED_FILES))) if not one.is_test]
    return [text_of(report) for report in reports[::every]]


def text_of(report: MarkedReport) -> Text:
    """A marked report without its marks."""
    header = report.header
    return Text(
        report.id,
        report.document.text,
        header.get("published"),
        header.get("outlet"),
        gold_of_report(report),
    )


def sentences() -> dict[str, str]:
    """The single sentences, by id."""
    with SENTENCES.open(encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    return {row["sent_id"]: row["text"] for row in rows}


def digest() -> str:
    """A hash of all that is scored against: another one means that old floors say nothing."""
    whole = hashlib.sha256()
    for path in sorted([*ARTICLES.glob("*.gold.yaml"), *ARTICLES.glob("*.txt"), SENTENCES]):
        whole.update(path.name.encode() + path.read_bytes())
    for block in tested_blocks():
        whole.update(block.encode())
    return whole.hexdigest()[:16]


def tested_blocks() -> Iterator[str]:
    """The reports of the test part as they stand in their files."""
    for path in sorted(REPORTS.glob(TESTED_FILES)):
        for block in re.split(r"^===[ \t]*", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            if block.strip() and parse_report(block).is_test:
                yield block


def fill(page: str, name: str, table: str) -> None:
    """Puts the table between the marks of that name in a page of the project."""
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, rest = text.split(begin, 1)
    path.write_text(f"{before}{begin}\n{table}\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")
