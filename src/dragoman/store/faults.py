"""What can go wrong on disk, as one clear line with what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from deltalake.exceptions import DeltaError

from dragoman.errors import CorpusError

AGAIN = "nothing that was committed is lost; run the same command again"
FULL = ("no space left", "file too large", "disk quota", "os error 28", "os error 27", "os error 122")
FORBIDDEN = ("permission denied", "read-only file system", "os error 13", "os error 30")
FULL_CODES = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
FORBIDDEN_CODES = (errno.EACCES, errno.EROFS, errno.EPERM)


@contextmanager
def told(folder: Path, doing: str) -> Iterator[None]:
    """Turns what the system, Delta Lake, Arrow and DuckDB raise into ``CorpusError``.

    A question that is no SQL, or asks for what no table has, stays DuckDB's own error.
    """
    try:
        yield
    except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException):
        raise
    except (OSError, DeltaError, duckdb.Error, pa.ArrowException) as fault:
        raise explain(folder, doing, fault) from fault


def explain(folder: Path, doing: str, fault: Exception) -> CorpusError:
    """The error in the words of the corpus' owner."""
    said = str(fault).lower()
    code = fault.errno if isinstance(fault, OSError) else None
    if code in FULL_CODES or any(words in said for words in FULL):
        return CorpusError(f"{folder}: the disk is full while {doing}", f"make room; {AGAIN}")
    if code in FORBIDDEN_CODES or any(words in said for words in FORBIDDEN):
        return CorpusError(
            f"{folder}: you are not allowed to write there", "change its permissions, or name another folder"
        )
    first = str(fault).strip().partition("\n")[0][:300]
    return CorpusError(
        f"{folder}: trouble while {doing}: {first}", f"'dragoman corpus check {folder}' says what is damaged"
    )
