"""A browser, a server over a corpus, and pages that are watched while a test looks at them.

Without Chromium these tests are skipped; where ``DRAGOMAN_BROWSER=required`` they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from browsing import Address, Watched, serving, watching
from dragoman.web import Settings
from hostile import hostile_corpus
from war import war

try:
    from playwright.sync_api import Browser, sync_playwright
except ImportError:  # pragma: no cover
    pytest.skip("playwright is not installed", allow_module_level=True)

CHROMIUM = os.environ.get("DRAGOMAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if CHROMIUM is None:
        message = "no chromium: install it (apt-get install chromium), or name it in DRAGOMAN_CHROMIUM"
        if os.environ.get("DRAGOMAN_BROWSER") == "required":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One war, seen by several outlets."""
    return war().write(tmp_path_factory.mktemp("war") / "corpus")


@pytest.fixture(scope="package")
def site(corpus: Path) -> Iterator[Address]:
    """The server over that corpus; nothing is written to it."""
    with serving(Settings(corpus, title="One war")) as address:
        yield address


@pytest.fixture
def reviewed(tmp_path: Path) -> Iterator[Address]:
    """A server over a corpus of its own, to be reviewed."""
    with serving(Settings(war().write(tmp_path / "corpus"), title="One war")) as address:
        yield address


@pytest.fixture(scope="package")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A server over a corpus in which every text tries to run something."""
    folder = hostile_corpus(tmp_path_factory.mktemp("hostile") / "corpus").folder
    with serving(Settings(folder, title="<script>ran()</script>")) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Watched]:
    """A page of 1400 pixels, on which nothing may fail and nothing may be asked of another machine."""
    with watching(browser) as watched:
        yield watched


@pytest.fixture
def phone(browser: Browser) -> Iterator[Watched]:
    """The same on a phone."""
    with watching(browser, viewport={"width": 390, "height": 844}, has_touch=True) as watched:
        yield watched
