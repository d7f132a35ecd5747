"""What tests in a browser share: the server, pages that are watched, and which pages there are."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dragoman.web import Settings, create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Address = str
SECONDS = 30_000
"""Milliseconds that anything may take; far more than it does on a machine at rest."""
SERIOUS = ("serious", "critical")


@contextmanager
def serving(settings: Settings) -> Iterator[Address]:
    """The address of a server with these settings, on a port that was free."""
    import uvicorn

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings), host="127.0.0.1", port=port, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.01)
    assert server.started
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass
class Watched:
    """A page, and all that went wrong on it."""

    page: Page
    faults: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def visit(self, address: Address) -> Page:
        """The page at that address, once it stands still."""
        answer = self.page.goto(address)
        assert answer is not None
        self.page.wait_for_load_state("networkidle")
        if answer.status >= 400 and str(answer.status) not in self.expected:
            self.faults.append(f"{answer.status} for {address}")
        return self.page

    def note(self, fault: str) -> None:
        """Keeps a fault, unless the test said that it will come."""
        if not any(one in fault for one in self.expected):
            self.faults.append(fault)

    def width(self) -> int:
        """How wide the page is, in pixels; wider than the window means that it scrolls sideways."""
        found: int = self.page.evaluate("document.documentElement.scrollWidth")
        return found

    def axe(self) -> list[str]:
        """Faults that keep people from using the page: 'color-contrast: .side label …'."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [
            f"{one['id']}: {node['target']} {node['html'][:160]} — {node.get('failureSummary', '')[:300]}"
            for one in found
            if one["impact"] in SERIOUS
            for node in one["nodes"][:5]
        ]


@contextmanager
def watching(browser: Browser, **options: Any) -> Iterator[Watched]:
    """A page of a browser that knows nothing of other tests; raises for what went wrong on it."""
    options = {"viewport": {"width": 1400, "height": 900}} | options
    context = browser.new_context(**options)
    context.set_default_timeout(SECONDS)
    watched = Watched(context.new_page())
    page = watched.page

    def request(one: Any) -> None:
        parts = urlsplit(one.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            watched.faults.append(f"asked another machine: {one.url}")

    def dialog(one: Any) -> None:
        watched.faults.append(f"a dialog: {one.message}")
        one.dismiss()

    page.on("request", request)
    page.on("dialog", dialog)
    page.on(
        "console", lambda one: watched.note(f"console: {one.text}") if one.type in ("error", "warning") else 0
    )
    page.on("pageerror", lambda one: watched.note(f"script: {one}"))
    try:
        yield watched
        assert not watched.faults, "\n".join(watched.faults)
    finally:
        context.close()
