"""The pages and the programming interface over a corpus: all they tell is an answer of ``query``.

Doors: ``create_app`` (settings to an application of ASGI), ``Settings``.
"""

from dragoman.web.app import create_app
from dragoman.web.settings import Settings

__all__ = ["Settings", "create_app"]
