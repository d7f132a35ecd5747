"""Who says what, and on whose word an act is told."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.attribution import chain_for, find_claims
from dragoman.attribution.quotes import quotations
from dragoman.records import Claim, Document, Entity, Mention, Source, Span, Stance, Status

Reading = Callable[..., tuple[Document, object]]


@pytest.fixture
def chain(read: Reading) -> Callable[..., list[str]]:
    """The names in the chain for the words in square brackets."""

    def make(marked: str, *actors: str, kind: str = "", status: str = "asserted") -> list[str]:
        at, end = marked.index("["), marked.index("]") - 1
        document, doc = read(marked.replace("[", "").replace("]", ""))
        claims = find_claims(doc, document, [])  # type: ignore[arg-type]
        return [one.name for one in chain_for(Span(at, end), claims, actors, kind, Status(status))]

    return make


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norland [shelled] the town, the defence ministry said.", ["defence ministry"]),
        ("The ministry said that Norland had [shelled] the town.", ["ministry"]),
        ("Norland, a colonel added, had [shelled] the town.", ["colonel"]),
        ("According to witnesses, soldiers [burned] the village.", ["witnesses"]),
        ("Soldiers [burned] the village, according to two diplomats.", ["two diplomats"]),
        ("AFP reported, quoting witnesses, that soldiers had [burned] the village.", ["witnesses", "AFP"]),
        ("Gunfire [shook] the city, AFP reported, quoting witnesses.", ["witnesses", "AFP"]),
        (
            "An official told the Financial Times that Norland had [shelled] the town.",
            ["official", "Financial Times"],
        ),
        ("The minister was quoted by Interfax as saying that troops had [left].", ["minister", "Interfax"]),
        ("Norland accused Sudria of [shelling] the town.", ["Norland"]),
        ("The [attack], which Moscow blamed on Kyiv, killed two men.", ["Moscow"]),
        ("Norland closed the border after what the president called a [raid] on the town.", ["president"]),
        ("The rebels' claim that planes had [bombed] the village was denied.", ["rebels"]),
        ("Norland dismissed claims that it had [shelled] the town.", ["Norland"]),
        ("The army denied [shelling] the town.", ["army"]),
        ("A Norland government official confirmed a partial [pullout].", ["Norland government official"]),
        ("AFP wrote on the word of a doctor that soldiers had [burned] the village.", ["doctor", "AFP"]),
    ],
)
def test_chain_runs_from_the_innermost_source(
    chain: Callable[..., list[str]], text: str, names: list[str]
) -> None:
    assert chain(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Norland [shelled] the town on Monday.",
        "Norland said nothing after it [shelled] the town.",
        "The army reportedly [shelled] the town.",
        "Officials said that the envoy, who was [expelled] in May, met the rebels.",
        "Nobody said that troops had [shelled] the town.",
        "The army [shelled] the town; officials said the envoy had left.",
    ],
)
def test_the_reports_own_voice_has_no_chain(chain: Callable[..., list[str]], text: str) -> None:
    assert chain(text) == []


def test_who_speaks_is_no_source_of_his_own_speech_act(chain: Callable[..., list[str]]) -> None:
    text = "Sudria said it would not [sign] the pact."
    assert chain(text, "Sudria", kind="REJECT") == []
    assert chain(text, "Sudria", kind="REJECT", status="denied") == ["Sudria"]


def test_a_quotation_runs_over_sentences_and_paragraphs(chain: Callable[..., list[str]]) -> None:
    text = '"They came at night," the mayor said. "They [burned] the mill."'
    assert chain(text) == ["mayor"]
    text = 'The mayor said: "They came at night.\n\n"They [burned] the mill on Monday."'
    assert chain(text) == ["mayor"]


def test_he_added_carries_the_last_speaker(chain: Callable[..., list[str]]) -> None:
    text = "Colonel Ivan Petrov said the army was ready. Rebels had [burned] the mill, he added."
    assert chain(text) == ["Colonel Ivan Petrov"]


def test_the_channel_is_the_outlet_named_before(chain: Callable[..., list[str]]) -> None:
    text = "The ship left, Reuters reported. Four more were [sunk], according to the agency."
    assert chain(text) == ["Reuters"]


def test_the_outlet_of_the_report_is_not_repeated(read: Reading) -> None:
    document, doc = read("Norland shelled the town, Reuters reported.")
    claims = find_claims(doc, Document("d", document.text, outlet="Reuters"), [])  # type: ignore[arg-type]
    assert [one.rule.split("/")[0] for one in claims] == ["relay"]
    assert chain_for(Span(8, 15), claims) == ()


def test_the_author_whom_the_whole_report_retells_is_no_source(chain: Callable[..., list[str]]) -> None:
    text = (
        "Uganda dropped its trainers, Brian Oduya writes in an analysis for NK News.\n\n"
        "Japan [warned] both neighbours last year, Oduya claims."
    )
    assert chain(text) == []


def test_stance_of_the_narrator(read: Reading) -> None:
    def stance(text: str) -> Stance:
        document, doc = read(text)
        return find_claims(doc, document, [])[0].source.stance  # type: ignore[arg-type]

    assert stance("Norland baselessly accused Sudria of shelling the town.") == Stance.DISPUTED
    assert stance("The panel rightly noted that arms had been delivered.") == Stance.ENDORSED
    assert stance("The army admitted that it had shelled the town.") == Stance.ENDORSED
    assert stance("The army said that rebels had shelled the town.") == Stance.NEUTRAL


def test_hearsay_is_a_claim_of_nobody(read: Reading) -> None:
    document, doc = read("Norland is said to have sent drones.")
    claims = find_claims(doc, document, [])  # type: ignore[arg-type]
    assert [(one.source.name, one.source.kind) for one in claims] == [("", "unnamed")]


def test_a_mention_names_the_source(read: Reading) -> None:
    document, doc = read("The prime minister said that rebels had shelled the town.")
    person = Entity("person:ion-tarus", "Ion Tarus", "MDA", "GOV", "person")
    mention = Mention(Span(0, 18), Span(10, 18), (person,), "description")
    (claim,) = find_claims(doc, document, [mention])  # type: ignore[arg-type]
    assert (claim.source.name, claim.source.kind, claim.source.country) == ("Ion Tarus", "person", "MDA")


def test_spans_cut_their_own_words(read: Reading) -> None:
    document, doc = read(
        "Über Kyjiw, sagt Київ: 「東京」 reported that troops, the ministry said, had left Łódź."
    )
    for claim in find_claims(doc, document, []):  # type: ignore[arg-type]
        assert document.text[claim.cue.start : claim.cue.end].strip()
        assert all(0 <= part.start < part.end <= len(document.text) for part in claim.content)


def test_an_empty_report_has_no_claims(read: Reading) -> None:
    document, doc = read("")
    assert find_claims(doc, document, []) == []  # type: ignore[arg-type]


@given(st.text(alphabet='ab "“”\n.', max_size=60))
def test_quotations_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = quotations(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_the_shorter_content_is_further_in() -> None:
    inner = Claim(Source("witnesses", "crowd"), (Span(10, 20),), Span(5, 9), "attribution_verbs/say")
    outer = Claim(Source("AFP", "outlet"), (Span(0, 30),), Span(31, 35), "attribution_verbs/report")
    assert [one.name for one in chain_for(Span(12, 14), [outer, inner])] == ["witnesses", "AFP"]
    assert chain_for(Span(40, 42), [outer, inner]) == ()
