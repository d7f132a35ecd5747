"""Which runs are still writing: each holds a lock on a file of its own for as long as it lives.

The system lets go of the lock when a process ends, however it ends.
"""

from __future__ import annotations

import time
from pathlib import Path

from filelock import FileLock, Timeout

FOLDER = "_writers"
SETTLED = 60.0
"""Seconds after which the file of a run that is no more is removed."""


def lock_of(folder: Path, run_id: str) -> FileLock:
    """The lock of a run; not taken yet."""
    return FileLock(folder / FOLDER / f"{run_id}.lock", thread_local=False)


def hold(folder: Path, run_id: str) -> FileLock:
    """The lock of this run, taken."""
    (folder / FOLDER).mkdir(exist_ok=True)
    lock = lock_of(folder, run_id)
    lock.acquire(timeout=10)
    return lock


def let_go(folder: Path, run_id: str, lock: FileLock) -> None:
    """Gives the lock back and removes its file."""
    lock.release()
    (folder / FOLDER / f"{run_id}.lock").unlink(missing_ok=True)


def is_alive(folder: Path, run_id: str) -> bool:
    """Whether the process of that run still lives."""
    path = folder / FOLDER / f"{run_id}.lock"
    if not path.exists():
        return False
    lock = lock_of(folder, run_id)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    old = time.time() - path.stat().st_mtime > SETTLED if path.exists() else False
    lock.release()
    if old:
        path.unlink(missing_ok=True)
    return False


def living(folder: Path) -> list[str]:
    """The runs that are writing now."""
    names = sorted(path.stem for path in (folder / FOLDER).glob("*.lock"))
    return [name for name in names if is_alive(folder, name)]
