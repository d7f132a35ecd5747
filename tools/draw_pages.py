#!/usr/bin/env python3
"""Pictures of every page, as wide as a desk's screen and as a phone: docs/screens.

    python tools/draw_pages.py CORPUS                 all pages of a server over that corpus
    python tools/draw_pages.py CORPUS --only dyad     those whose name begins so
    python tools/draw_pages.py CORPUS --to FOLDER     elsewhere
    python tools/draw_pages.py CORPUS --dark          as at night

Needs Chromium (DRAGOMAN_CHROMIUM, or ``chromium`` on the path), playwright and pillow. A page that is longer
than two screens is cut. Each picture is smaller than 150 kB.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = {"1400": (1400, 1900), "390": (390, 1700)}
LARGEST = 150_000
PAGES = {
    "overview": "/",
    "events": "/events?party=ARM&from=2020-09&to=2020-11&sort=-origins",
    "event": "/events/{event}",
    "report": "/reports/{report}",
    "dyad": "/dyad?first=ARM&second=ISR",
    "compare": "/compare?first=ARM&second=AZE&with=ISR",
    "actor": "/actors?name=ISR",
    "ties": "/ties",
    "map": "/map",
    "review": "/review",
    "accuracy": "/accuracy",
    "problems": "/problems",
    "search": "/search?q=ambassador",
    "try": "/try",
    "api": "/api",
}


@contextmanager
def serving(corpus: Path) -> Iterator[str]:
    """The address of a server over the corpus."""
    import uvicorn

    from dragoman.web import Settings, create_app

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    settings = Settings(corpus, title="Armenia, Azerbaijan, Israel")
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def telling(root: str) -> dict[str, str]:
    """The event that the most origins vouch for, and a report of it."""
    with urlopen(f"{root}/events?sort=-origins") as answer:
        event = re.search(r'href="/events/(e[0-9a-f]+)', answer.read().decode())
    assert event is not None
    with urlopen(f"{root}/events/{event[1]}") as answer:
        report = re.search(r'href="/reports/([0-9a-f]+)', answer.read().decode())
    return {"event": event[1], "report": report[1] if report else ""}


def small(picture: bytes, tallest: int) -> bytes:
    """The picture as PNG with as many colours as its size allows."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, tallest)))
    for colours in (255, 128, 64, 32, 16, 8):
        stream = io.BytesIO()
        image.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            stream, "PNG", optimize=True
        )
        if stream.tell() < LARGEST:
            break
    return stream.getvalue()


def draw(root: str, folder: Path, only: str, dark: bool) -> int:
    """Draws the pages; gives back how many there are not."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("DRAGOMAN_CHROMIUM") or shutil.which("chromium")
    names, missing = telling(root), 0
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, address in PAGES.items():
            if not name.startswith(only):
                continue
            for width, (wide, tall) in WIDTHS.items():
                page = browser.new_page(
                    viewport={"width": wide, "height": 900}, color_scheme="dark" if dark else "light"
                )
                answer = page.goto(root + address.format(**names), wait_until="networkidle")
                if answer is None or answer.status >= 400:
                    print(f"{name}: {answer and answer.status}")
                    missing += 1
                else:
                    picture = small(page.screenshot(full_page=True), tall)
                    (folder / f"{name}-{width}.png").write_bytes(picture)
                page.close()
        browser.close()
    return missing


def main() -> int:
    """Draws what was asked for."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("corpus", type=Path)
    options.add_argument("--to", type=Path, default=ROOT / "docs" / "screens")
    options.add_argument("--only", default="")
    options.add_argument("--dark", action="store_true")
    wanted = options.parse_args()
    with serving(wanted.corpus) as root:
        return 1 if draw(root, wanted.to, wanted.only, wanted.dark) else 0


if __name__ == "__main__":
    sys.exit(main())
