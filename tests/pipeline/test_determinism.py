"""The same text gives the same bytes, whatever was coded before it, beside it or in which process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.evaluation.reports import read_reports
from dragoman.intake import make_document
from dragoman.output import to_wire
from dragoman.pipeline import Coder
from dragoman.records import Document

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "reports"

pytestmark = pytest.mark.model


def written(coder: Coder, document: Document) -> str:
    return "\n".join(json.dumps(to_wire(one, document)) for one in coder.code(document))


def test_neither_the_reports_before_it_nor_their_order_change_a_report(coder: Coder) -> None:
    marked = list(read_reports(sorted((ROOT / "data" / "reports").glob("b-*.reports"))[:1]))[:8]
    texts = [one.document.text for one in marked]
    documents = [make_document(text, "2021-03-04") for text in texts]
    alone = [written(Coder(), documents[0]), written(Coder(), documents[-1])]
    forth = [written(coder, one) for one in documents]
    back = [written(coder, one) for one in reversed(documents)][::-1]
    assert forth == back
    assert [forth[0], forth[-1]] == alone


def test_a_report_may_be_coded_twice_from_one_record(coder: Coder) -> None:
    document = make_document((EXAMPLES / "01-grain-deal-exit.txt").read_text(encoding="utf-8"))
    assert written(coder, document) == written(coder, document)


def test_processes_and_batches_change_nothing(tmp_path: Path) -> None:
    names = sorted(path.name for path in EXAMPLES.glob("*.txt"))[:3]
    command = [sys.executable, "-c", "from dragoman.cli import main; main()", "code", "--format", "jsonl"]

    def run(*arguments: str) -> list[bytes]:
        result = subprocess.run(
            [*command, *arguments], cwd=EXAMPLES, capture_output=True, timeout=300, check=True
        )
        assert result.stderr == b""
        return result.stdout.splitlines()

    batch = run(*names)
    assert run(*names, "--jobs", "2") == batch
    assert sorted(run(*reversed(names))) == sorted(batch)
    assert run(names[1]) == [line for line in batch if json.loads(line)["path"] == names[1]]
