"""Reports that hold no event are not parsed, and nothing else changes."""

from __future__ import annotations

import pytest

from dragoman.intake import make_document
from dragoman.pipeline import Coder

PLAIN = (
    "Snow report\n\nFresh snow fell above the tree line on the weekend, and lifts are running on the north "
    "slopes. The valley run is open down to the middle station, and the base is deep enough for skiers of "
    "every age. Cross-country tracks are groomed from seven in the morning. Wind-blown snow lies in gullies "
    "by the pistes, so take care and ask at the kiosk. Hot soup is served in the hut until four."
)
POLITICAL = (
    "Norway recalls envoy\n\nOSLO, March 3 - Norway recalled its ambassador from Russia on Monday and "
    "accused Moscow of cutting a cable in the Barents Sea. The Russian foreign ministry rejected that and "
    "summoned the Norwegian envoy. NATO defence ministers will meet in Brussels on Thursday to discuss the "
    "matter, a spokesman for the alliance said, while the government in Oslo sent two frigates to the north."
)


@pytest.fixture(scope="module")
def reads_all() -> Coder:
    return Coder(read_everything=True)


@pytest.mark.model
def test_what_is_let_in_is_coded_as_without_a_gate(coder: Coder, reads_all: Coder) -> None:
    document = make_document(POLITICAL)
    assert coder.code(document)
    assert coder.code(document) == reads_all.code(document)


@pytest.mark.model
def test_what_is_kept_out_is_not_parsed_and_has_no_events(
    coder: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coder.desk, "read", lambda document: pytest.fail("it was read"))
    assert coder.code(make_document(PLAIN)) == []
    explained = coder.explain(make_document(PLAIN))
    assert (explained.events, explained.passed_over) == ((), ())


@pytest.mark.model
def test_everything_is_read_where_that_is_asked(reads_all: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    whole = reads_all.desk.read
    monkeypatch.setattr(reads_all.desk, "read", lambda document: read.append(document) or whole(document))
    reads_all.code(make_document(PLAIN))
    assert len(read) == 1
