"""Which coder this is: the program's version, the trained reader's, and a digest of the tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import dragoman
from dragoman.errors import ModelError
from dragoman.lexicon import tables
from dragoman.store import RunInfo

MODEL = Path(dragoman.__file__).parent / "model"


def identify(kind: str, options: Mapping[str, object]) -> RunInfo:
    """What a run with the coder that Dragoman ships says of itself; no model is loaded for it."""
    program, model, digest = version("dragoman"), reader_version(MODEL), tables_digest()
    coder = f"dragoman/{program} reader/{model} tables/{digest}"
    return RunInfo(kind, coder, program, model, digest, options)


def reader_version(folder: Path) -> str:
    """The version of the trained reader in that folder."""
    try:
        return str(json.loads((folder / "reader.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        raise ModelError(f"{folder / 'reader.json'} is missing or damaged; install Dragoman again") from None


def tables_digest() -> str:
    """Eight hexadecimal digits that change with any table inside the package."""
    digest = hashlib.sha256()
    for path in tables():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]
