"""The programming interface keeps to its own description, whatever it is asked.

Schemathesis makes requests of the description: few, and always the same. Many of each kind are made by
``DRAGOMAN_EXAMPLES=500 pytest tests/web/test_interface.py``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dragoman.web import Settings, create_app, trying
from dragoman.web.api import api
from war import war
from web.test_trying import Idle

EXAMPLES = int(os.environ.get("DRAGOMAN_EXAMPLES", "12"))
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The description of the interface over a corpus of its own, which may be written to."""
    folder = war().write(tmp_path_factory.mktemp("asked") / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trying, "coder", Idle)
        app = create_app(Settings(folder, hosts=("testserver",), rate=1e6))
        yield schemathesis.openapi.from_asgi("/api/openapi.json", app)


WAYS = sorted(
    (route.path, method) for route in api.routes for method in route.methods if route.include_in_schema
)


@pytest.mark.parametrize(("path", "method"), WAYS)
def test_answers_are_as_described(described: Any, path: str, method: str) -> None:
    @given(case=described[path][method].as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=list(CHECKS))

    ask()


def test_every_way_in_is_described(folder: Path) -> None:
    paths = create_app(Settings(folder)).openapi()["paths"]
    assert {"/api/events", "/api/dyad", "/api/compare", "/api/ties", "/api/reviews", "/api/try"} <= set(paths)
    for methods in paths.values():
        for one in methods.values():
            assert one["summary"]
            good = next(value for code, value in one["responses"].items() if code.startswith("2"))
            assert good["content"]["application/json"]["schema"]
