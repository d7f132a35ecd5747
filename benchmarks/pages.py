"""What the benchmarks of speed share: the machine, processes' memory, and the page that is filled."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import corpora

PAGE = "docs/benchmarks.md"
PACKAGES = ("dragoman", "spacy", "onnxruntime", "numpy", "deltalake", "duckdb", "pyarrow")
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


def one_thread() -> None:
    """One thread a process, to be said before numpy is loaded."""
    for name in ONE_THREAD:
        os.environ[name] = "1"


def machine() -> str:
    """Processor, cores and memory, and versions, in one line."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), name)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{one} {number}" for one in PACKAGES if (number := version_of(one)))
    day = datetime.now(UTC).date()
    return f"{day}, {cores} cores of {name}, Python {platform.python_version()}, {versions}"


def version_of(package: str) -> str | None:
    """The version of an installed package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are figures."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def report(name: str, text: str, write: bool) -> None:
    """Prints what was measured, and puts it into the page if that is wanted."""
    print(text)
    if write:
        corpora.fill(PAGE, name, f"{text}\n\n{machine()}")


def resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 once it has ended. Reads /proc, so Linux alone."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def children(pid: int) -> list[int]:
    """The processes that a process has started and that live."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(one) for task in tasks for one in (task / "children").read_text("ascii").split()]
    except OSError:
        return []


def busy() -> float:
    """Seconds of processor time that this process and all it has started have taken so far."""
    own = os.times()
    ended = own.user + own.system + own.children_user + own.children_system
    return ended + sum(map(taken, children(os.getpid())))


def taken(pid: int) -> float:
    """Seconds of processor time that a living process has taken; 0 once it has ended. Reads /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
