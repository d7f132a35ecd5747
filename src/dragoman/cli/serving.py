"""``dragoman serve``: the pages over a corpus, or over the example corpus that Dragoman brings along."""

from __future__ import annotations

import hashlib
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

import click

from dragoman.cli.exits import DONE
from dragoman.cli.reviewing import reviewer
from dragoman.errors import InputError
from dragoman.store import Corpus

LEAST = 12
"""Characters that a token has at least."""
NOTE = (
    "Example corpus: the reports were written for this project on the known course of events. They are not "
    "news, and not to be cited as such."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    path: Path | None
    host: str
    port: int
    read_only: bool
    token: str | None
    by: str | None
    names: tuple[str, ...]

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine is served."""
        from dragoman.web.settings import Settings

        return Settings(Path(), self.host).is_loopback


def serve(wanted: Wanted) -> int:
    """Serves the pages until Ctrl-C."""
    from dragoman.web.serving import run
    from dragoman.web.settings import Settings

    check_free(wanted.host, wanted.port)
    path = wanted.path or example_corpus()
    Corpus.open(path)
    token = token_for(wanted)
    settings = Settings(
        path,
        wanted.host,
        wanted.read_only,
        token,
        "" if wanted.read_only else reviewer(wanted.by),
        title="" if wanted.path else "Example corpus",
        note="" if wanted.path else NOTE,
        hosts=wanted.names,
    )
    shown = f"[{wanted.host}]" if ":" in wanted.host else wanted.host
    click.echo(f"{settings.name}: http://{shown}:{wanted.port}/ (Ctrl-C stops)")
    if token and not wanted.token:
        click.echo(f"who reviews or tries texts there has to know the token: {token}")
    run(settings, wanted.port)
    return DONE


def token_for(wanted: Wanted) -> str | None:
    """The token: the one given; elsewhere than on this machine alone one made up, unless nobody may write."""
    if wanted.token is not None and len(wanted.token) < LEAST:
        raise InputError("the token is too short", f"give at least {LEAST} characters, or leave it out")
    if wanted.token or wanted.is_loopback or wanted.read_only:
        return wanted.token
    return secrets.token_urlsafe(18)


def check_free(host: str, port: int) -> None:
    """Raises ``InputError`` where nothing can be served at that place."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError as fault:
        raise InputError(
            f"{host} port {port} can't be had: {fault.strerror}", "give another --port"
        ) from None


def example_texts() -> list[Path]:
    """The reports of the example corpus: inside the package, or beside it in a checkout."""
    import dragoman

    package = Path(dragoman.__file__).parent
    for folder in (package / "example_corpus", package.parents[1] / "examples" / "corpus"):
        found = sorted(folder.glob("*.txt"))
        if found:
            return found
    raise InputError("the example corpus is missing", "name a corpus: dragoman serve CORPUS")


def example_corpus() -> Path:
    """The example corpus, coded into the user's folder the first time; anew when coder or texts change."""
    from dragoman.cli.adding import code_into
    from dragoman.cli.coding import Wanted as Coding
    from dragoman.intake import Terms
    from dragoman.running import identify

    texts = example_texts()
    digest = hashlib.sha256(identify("code", {}).coder.encode())
    for text in texts:
        digest.update(text.read_bytes())
    folder = Path(click.get_app_dir("dragoman")) / f"example-{digest.hexdigest()[:12]}"
    done = folder.with_suffix(".done")
    if not done.exists():
        click.echo(f"the example corpus is coded first, once: {len(texts)} reports", err=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        if code := code_into(folder, tuple(map(str, texts)), Terms(), Coding()):
            raise SystemExit(code)
        done.write_text("coded and assembled\n", encoding="utf-8")
    return folder
