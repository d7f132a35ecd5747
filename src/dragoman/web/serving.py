"""Runs the application until somebody stops it."""

from __future__ import annotations

import uvicorn

from dragoman.web.app import create_app
from dragoman.web.settings import Settings

CONNECTIONS = 200
PATIENCE = 5
"""Seconds that a connection may stay idle, and that requests have to end when the server stops."""


def run(settings: Settings, port: int) -> None:
    """Serves the pages; comes back when it is stopped."""
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=PATIENCE,
        timeout_graceful_shutdown=PATIENCE,
    )
