"""Files in object storage (s3://, gs://, abfs://, …) and Delta tables, wherever they lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from dragoman.errors import InputError
from dragoman.intake.packed import ALLOWANCE
from dragoman.intake.rows import BATCH, Rows, rows_of
from dragoman.intake.sources import Item, Reads

LOG = "_delta_log"
"""The folder that makes another one a Delta table."""
REACH = "check the address, the network, and your credentials"
ENDPOINTS = {"endpoint_override": "AWS_ENDPOINT_URL", "region": "AWS_REGION"}
"""How Delta Lake calls what an address says of its server."""


def is_stored(argument: str) -> bool:
    """Whether the argument is the address of something in storage, and neither a file nor a page."""
    scheme, parted, _ = argument.partition("://")
    return bool(parted) and scheme.isalnum() and scheme.lower() not in ("http", "https")


def shown(address: str) -> str:
    """The address without its options, which may hold keys."""
    bare = address.partition("?")[0]
    scheme, _, rest = bare.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


@contextmanager
def reaching(address: str) -> Iterator[None]:
    """Says of what storage raises what to do."""
    try:
        yield
    except InputError:
        raise
    except Exception as fault:  # each kind of storage has errors of its own
        lines = str(fault).strip().splitlines() or [type(fault).__name__]
        raise InputError(f"{shown(address)} can't be reached ({lines[0][:300]})", REACH) from None


def connect(address: str) -> tuple[Any, str]:
    """The storage, and the path in it."""
    from pyarrow import ArrowInvalid
    from pyarrow.fs import FileSystem, FSSpecHandler, PyFileSystem

    try:
        return cast("tuple[Any, str]", FileSystem.from_uri(address))
    except ArrowInvalid:
        scheme = address.partition("://")[0]
        try:
            from fsspec.core import url_to_fs

            system, path = url_to_fs(address)
        except (ImportError, ValueError) as fault:
            raise InputError(
                f"storage of the kind {scheme}:// is not known here ({fault})",
                "install the fsspec package for it, or copy the files",
            ) from None
        return PyFileSystem(FSSpecHandler(system)), path


def find_stored(address: str) -> Iterator[str]:
    """The address of every file below it that is not hidden, in sorted order.

    A Delta table is one file, whose address ends in a slash.
    """
    from pyarrow.fs import FileSelector, FileType

    with reaching(address):
        system, path = connect(address)
        path = path.rstrip("/")
        info = system.get_file_info(path)
        if info.type == FileType.File:
            yield address
            return
        below = system.get_file_info(FileSelector(path, recursive=True, allow_not_found=True))
        files = sorted(one.path for one in below if one.type == FileType.File)
    tables = {one.partition(f"/{LOG}/")[0] for one in files if f"/{LOG}/" in one}
    kept = [one for one in files if not any(one.startswith(f"{table}/") for table in tables)]
    for one in sorted([*kept, *tables]):
        inside = one.removeprefix(path).strip("/")
        if not any(part.startswith(".") for part in inside.split("/")):
            yield address_of(address, inside, "/" if one in tables else "")


def address_of(address: str, inside: str, end: str = "") -> str:
    """The address of what is inside another one, with the same options."""
    bare, mark, options = address.partition("?")
    return f"{bare.rstrip('/')}{'/' if inside else ''}{inside}{end}{mark}{options}"


def open_stored(address: str) -> Reads:
    """Its bytes, read once from the front."""
    with reaching(address):
        system, path = connect(address)
        return cast(Reads, system.open_input_stream(path, compression=None, buffer_size=1 << 20))


def is_table(path: str) -> bool:
    """Whether a Delta table lies there; of what is in storage the address tells."""
    return shown(path).endswith("/") if is_stored(path) else (Path(path) / LOG).is_dir()


def table_rows(item: Item, path: str) -> Rows:
    """The rows that a Delta table has now, file by file in the order of their names."""
    from deltalake import DeltaTable

    with reaching(path) if is_stored(path) else reading(path):
        table = DeltaTable(*where(path))
        dataset = table.to_pyarrow_dataset()
        allowed = max(ALLOWANCE, item.terms.limits.ratio * sum(sizes(table)))
        if len(dataset.schema) > item.terms.limits.columns:
            raise InputError(f"the table has {len(dataset.schema):,} columns", "keep those that are needed")
        yield from rows_of(item, batches_of(dataset), allowed)


def batches_of(dataset: Any) -> Iterator[Any]:
    """The rows of a table's files in the order of their names, so that they are numbered alike each time."""
    for part in sorted(dataset.get_fragments(), key=lambda one: str(one.path)):
        yield from part.to_batches(
            dataset.schema, batch_size=BATCH, batch_readahead=2, fragment_readahead=1, use_threads=False
        )


def sizes(table: Any) -> list[int]:
    """Bytes of each of its files."""
    import pyarrow as pa

    return cast("list[int]", pa.table(table.get_add_actions(flatten=True))["size_bytes"].to_pylist())


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Says of what a table on disk raises what is wrong."""
    from deltalake.exceptions import DeltaError

    try:
        yield
    except DeltaError as fault:
        raise InputError(
            f"the Delta table can't be read ({str(fault).splitlines()[0][:300]})",
            "write it again without what this version does not know (deletion vectors, column mapping)",
        ) from None


def where(path: str) -> tuple[str, int | None, dict[str, str] | None]:
    """Address, version and options as Delta Lake takes them."""
    if not is_stored(path):
        return os.path.abspath(path), None, None  # noqa: PTH100
    parts = urlsplit(path)
    given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    options = {ENDPOINTS[name]: value for name, value in given.items() if name in ENDPOINTS}
    scheme = given.get("scheme", "https")
    if "AWS_ENDPOINT_URL" in options and "://" not in options["AWS_ENDPOINT_URL"]:
        options["AWS_ENDPOINT_URL"] = f"{scheme}://{options['AWS_ENDPOINT_URL']}"
    if scheme == "http":
        options["AWS_ALLOW_HTTP"] = "true"
    return shown(path), None, options or None
