"""What only a process of its own shows: start-up time, imports, closed pipes, locales."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

# A shell that starts the tests in the background has them, and what they start, ignore Ctrl-C.
HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
PROGRAM = "import sys; from dragoman.cli import main; sys.argv[0] = 'dragoman'; main()"
# The same with a coder that needs no models: an event for each 'said'.
FAKE = """
import re, sys
import dragoman.cli.coding as coding
from dragoman.records import EventMention, Span
class Coder:
    def dated(self, document):
        return document
    def code(self, document):
        return [EventMention(str(m.start()), document.id, Span(*m.span()), Span(*m.span()), 'ACCUSE')
                for m in re.finditer('said', document.text)]
coding.make_coder = Coder
from dragoman.cli import main
sys.argv[0] = 'dragoman'
main()
"""


def run(program: str, *arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_leaves_nothing_behind(tmp_path: Path, number: int, code: int) -> None:
    (tmp_path / "a.txt").write_text("The ministry said so.")
    (tmp_path / "b.txt").write_text("The ministry said so, too.")
    slow = FAKE.replace(
        "        return", "        time.sleep(0 if document.path.endswith('a.txt') else 60)\n        return"
    )
    command = [
        sys.executable,
        "-c",
        "import time\n" + HEARS + slow,
        "code",
        str(tmp_path),
        "-o",
        str(tmp_path / "out"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not list(tmp_path.glob(".out*")):
            time.sleep(0.02)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert b"Traceback" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks up processes in /proc")
@pytest.mark.parametrize("stage", ["starting", "coding"])
def test_ctrl_c_ends_all_processes_in_silence(tmp_path: Path, stage: str) -> None:
    for number in range(8):
        words = "recalled its envoy" if number == 0 else "went slowly, and hung"
        (tmp_path / f"{number}.txt").write_text(f"The ministry {words}.")
    program = f"""
{HEARS}import sys
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
import dragoman.cli.coding as coding
from wordcoder import FallingCoder
coding.make_coder = FallingCoder
from dragoman.cli import main
main()
"""
    command = [
        sys.executable,
        "-c",
        program,
        "code",
        str(tmp_path),
        "--jobs",
        "2",
        "-o",
        str(tmp_path / "out"),
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while len(children.read_text().split()) < 2:  # one that watches, one that codes
            time.sleep(0.01)
        while stage == "coding" and not list(tmp_path.glob(".out*")):
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == b"dragoman: stopped\n"
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []
    assert is_gone(process.pid)


def is_gone(group: int) -> bool:
    """Whether every process of the group ends within a little while."""
    for _ in range(500):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_help_comes_at_once() -> None:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        assert b"dragoman code" in run(PROGRAM, "--help").stdout
        times.append(time.perf_counter() - started)
    assert min(times) < 0.3


@pytest.mark.parametrize(
    "program",
    ["import dragoman", PROGRAM.replace("main()", "main(['--help'], standalone_mode=False)")],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(program: str) -> None:
    heavy = (
        "{'spacy', 'numpy', 'onnxruntime', 'rich', 'yaml', 'tokenizers', 'py3langid', "
        "'pyarrow', 'deltalake', 'duckdb'}"
    )
    result = run(f"{program}\nimport sys\nassert not {heavy} & set(sys.modules), {heavy} & set(sys.modules)")
    assert result.returncode == 0, result.stderr.decode()


@pytest.mark.parametrize(
    "command", [["--version"], ["code", "--help"], ["evaluate", "--help"], ["tables", "check"]]
)
def test_each_command_answers(command: list[str]) -> None:
    result = run(PROGRAM, *command)
    assert result.returncode == 0, result.stderr.decode()
    assert result.stdout


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The ministry said so and the army said that it said nothing of the kind.\n" * 5000)
    command = [sys.executable, "-c", FAKE, "code", str(file), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_output_is_utf8_whatever_the_locale(tmp_path: Path, form: str) -> None:
    file = tmp_path / "Київ.txt"
    file.write_text("The ministry said so in Київ and in 北京 and that was all of it.", encoding="utf-8")
    locale = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = run(FAKE, "code", str(file), "--format", form, env=locale)
    assert result.returncode == 0, result.stderr.decode()
    assert "Київ" in result.stdout.decode("utf-8")
    assert b"\r" not in result.stdout


def test_fifty_megabytes_on_standard_input_are_refused_fast() -> None:
    started = time.perf_counter()
    result = run(FAKE, "code", "-", input=b"The ministry said so. " * 2_400_000)
    assert result.returncode == 2
    assert b"--max-chars" in result.stderr
    assert time.perf_counter() - started < 10


def test_a_long_line_and_blank_lines_are_coded(tmp_path: Path) -> None:
    (tmp_path / "line.txt").write_text("The ministry said so, " * 20_000)
    (tmp_path / "blank.txt").write_text("The ministry said so." + "\n" * 500_000 + "The army said so.")
    result = run(FAKE, "code", str(tmp_path), "--format", "csv")
    assert result.returncode == 0, result.stderr.decode()
    assert result.stdout.count(b"\n") == 1 + 20_000 + 2
