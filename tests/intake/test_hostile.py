"""Whatever comes in is coded or becomes a problem: no traceback, no unbounded memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOSTILE = Path(__file__).parent / "hostile.py"
MOST_MEMORY = 900
"""Megabytes of real memory; the libraries alone take 150."""
Told = dict[str, Any]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Told]]:
    """What came of each hostile file, read in one process whose memory is bounded."""
    folder = tmp_path_factory.mktemp("hostile")
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        subprocess.run([sys.executable, HOSTILE, "make", folder], check=True, timeout=300)
        paths = sorted(str(path) for path in folder.iterdir())
        result = subprocess.run(
            [sys.executable, HOSTILE, "read", *paths], capture_output=True, timeout=300, env=environment
        )
        assert result.returncode == 0, result.stderr.decode()[-2000:]
        assert b"Traceback" not in result.stderr
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        yield {Path(line["path"]).name: line for line in lines}
    finally:
        shutil.rmtree(folder)


def test_every_file_is_answered_within_bounded_memory(told: dict[str, Told]) -> None:
    assert len(told) > 35
    assert max(one["peak"] for one in told.values()) < MOST_MEMORY
    for name, one in told.items():
        assert one["documents"] or one["count"], name
        assert one["longest"] <= 1_000_000
        for path, reason, remedy in one["problems"]:
            assert Path(path).name.startswith(name) or f"/{name}" in path
            assert reason
            assert remedy
            assert "Traceback" not in reason


@pytest.mark.parametrize(
    ("name", "documents", "reason"),
    [
        ("bomb.zip", 0, "200 times its size"),
        ("bomb-in-bomb.zip", 0, "200 times its size"),
        ("bomb.jsonl.gz", 0, "200 times its size"),
        ("bomb.tar.gz", 0, "200 times its size"),
        ("bomb.docx", 0, "200 times its size"),
        ("bomb.parquet", 0, "1,000,000 characters"),
        ("swelling.parquet", 0, "200 times its size"),
        ("swelling.pdf", 0, "PDF"),
        ("lists.jsonl", 2, "no JSON object"),
        ("entries.rss", 30_000, None),
        ("tags.docx", 0, "200 times its size"),
        ("matryoshka.zip", 0, "packed in itself"),
        ("matryoshka.txt.gz", 0, "packed in itself"),
        ("climbing.zip", 1, "leads out of the archive"),
        ("climbing.tar", 1, "leads out of the archive"),
        ("locked.zip", 1, "password"),
        ("crowded.zip", 0, "list of contents has 1024 MB"),
        ("liar.zip", 1, "Bad CRC-32"),
        ("line.txt", 0, "a report may have 1,000,000 characters"),
        ("line.html", 0, "more than 20 MB"),
        ("line.jsonl", 2, "more than 8 MB"),
        ("line.json", 0, "larger than 8 MB"),
        ("object.json", 0, "more than 10 MB"),
        ("line.csv", 1, "the rest of the file is not read"),
        ("quote.csv", 1, "the rest of the file is not read"),
        ("line.eml", 0, "more than 20 MB"),
        ("line.rss", 0, "more than 10 MB"),
        ("line.warc", 0, "more than a megabyte"),
        ("laughs.rss", 0, "entities of its own"),
        ("outside.rss", 0, "entities of its own"),
        ("laughs.docx", 0, "Word document is broken"),
        ("deep.json", 0, "nested too deeply"),
        ("deep.jsonl", 2, "nested too deeply"),
        ("deep.html", 0, "no article"),
        ("deep.eml", 0, "nested too deeply"),
        ("tags.html", 0, "1,000,002 tags"),
        ("numbers.jsonl", 1, "no valid JSON"),
        ("wide.csv", 0, "100,000 cells"),
        ("nul.txt", 0, "binary"),
        ("nul.jsonl", 1, "no valid JSON"),
        ("surrogates.jsonl", 1, None),
        ("xz.txt.xz", 0, "broken"),
    ],
)
def test_each_is_told_for_what_it_is(
    told: dict[str, Told], name: str, documents: int, reason: str | None
) -> None:
    one = told[name]
    assert one["documents"] == documents
    if reason is None:
        assert one["count"] == 0
    else:
        assert any(reason in problem[1] for problem in one["problems"]), one["problems"]
