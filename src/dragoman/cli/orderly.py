"""How every command runs: signals, threads, the output's encoding, and what can go wrong."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.cli.exits import FAILED, INTERRUPTED, TERMINATED, complain
from dragoman.errors import DragomanError

# Matrices here are small: one thread a process is the fastest, and must be said before numpy is loaded.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@contextmanager
def orderly() -> Iterator[None]:
    """Turns what can go wrong into a message and an exit code: no traceback for a user's mistake."""
    for name in THREADS:
        os.environ.setdefault(name, "1")
    use_utf8()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        yield
        sys.stdout.flush()
    except DragomanError as fault:
        complain(str(fault))
        sys.exit(FAILED)
    except BrokenPipeError:
        # 'dragoman … | head' has what it wanted; the interpreter must not try to write the rest at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        complain("stopped")
        sys.exit(INTERRUPTED)
    except OSError as fault:
        complain(f"{fault.filename or 'the output'}: {fault.strerror}")
        sys.exit(FAILED)


def use_utf8() -> None:
    """Writes UTF-8 with plain newlines whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
