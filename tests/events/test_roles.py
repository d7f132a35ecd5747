"""Who acts and to whom: features and decisions, with links made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.events.circumstances import ROW as LINK_ROW
from dragoman.events.circumstances import candidates_of, links_of, rows_of
from dragoman.events.encoding import TYPES
from dragoman.events.model import ACTOR, RECIPIENT, WHEN, Reading
from dragoman.events.reader import parties_of, without_light_halves
from dragoman.events.roles import (
    REACH,
    ROW,
    cast_of,
    features,
    paths,
    rivals,
    scene_of,
    syntax_of,
    trust_of,
    with_actors,
)
from dragoman.records import Document, Entity, Mention, Span

NORLAND = Entity("NOR", "Norland", "NOR")
SUDRIA = Entity("SUD", "Sudria", "SUD")


@pytest.fixture
def doc() -> Doc:
    words = ["Norland", "shelled", "Sudria", "on", "Monday", "."]
    return Doc(
        Vocab(),
        words=words,
        heads=[1, 1, 1, 1, 3, 1],
        deps=["nsubj", "ROOT", "dobj", "prep", "pobj", "punct"],
        pos=["PROPN", "VERB", "PROPN", "ADP", "PROPN", "PUNCT"],
    )


def mention(doc: Doc, word: int, *entities: Entity, rule: str = "names/country") -> Mention:
    span = Span(doc[word].idx, doc[word].idx + len(doc[word].text))
    return Mention(span, span, entities, "name", (rule,))


def reading(
    word: int, words: int, event: float = 0.9, kind: str = "ASSAULT", **links: dict[int, float]
) -> Reading:
    table = np.zeros((words, 5), dtype=np.float32)
    for column, name in enumerate(("actor", "recipient", "when", "place", "via")):
        for row, value in links.get(name, {}).items():
            table[row, column] = value
    types = np.zeros(len(TYPES), dtype=np.float32)
    types[TYPES.index(kind)] = 1
    return Reading(
        word,
        event,
        types,
        np.eye(6, dtype=np.float32)[0],
        np.zeros(1),
        np.zeros(1),
        1.0,
        table,
        np.arange(words),
    )


def test_features_say_which_country_the_links_point_to(doc):
    document = Document(id="x", text=doc.text)
    cast = cast_of(doc, document, [mention(doc, 0, NORLAND), mention(doc, 2, SUDRIA)])
    told = [reading(1, len(doc), actor={0: 0.8, 2: 0.1}, recipient={2: 0.7})]
    rows = features(cast, syntax_of(doc), told, scene_of(cast, told, len(doc)))
    assert rows.shape == (1, 2, len(ROW))
    actor, lead = ROW.index("actor_best"), ROW.index("actor_lead")
    assert rows[0, :, actor] == pytest.approx([0.8, 0.1])
    assert rows[0, :, lead] == pytest.approx([0.7, -0.7])
    assert rows[0, 1, ROW.index("recipient_best")] == pytest.approx(0.7)
    assert rows[0, :, ROW.index("n_path")].tolist() == [REACH, REACH]
    assert with_actors(rows, np.array([[0.9, 0.2]])).shape[-1] == len(ROW) + 3


def test_what_only_the_context_told_is_trusted_least(doc):
    rules = ["context/close-call", "context/nearest-country", "pronouns/antecedent", "descriptions/modifier"]
    told = [trust_of(mention(doc, 0, NORLAND, rule=rule)) for rule in [*rules, "persons/table", "names/city"]]
    assert told == [0, 1, 2, 3, 4, 5]


def test_a_guessed_actor_is_told_from_a_named_one(doc):
    guess = mention(doc, 0, NORLAND, rule="context/nearest-country")
    cast = cast_of(doc, Document(id="x", text=doc.text), [guess, mention(doc, 2, SUDRIA)])
    told = [reading(1, len(doc), actor={0: 0.8, 2: 0.1})]
    rows = features(cast, syntax_of(doc), told, scene_of(cast, told, len(doc)))[0]

    def column(name: str) -> list[float]:
        return rows[:, ROW.index(name)].tolist()

    assert column("a_trust") == [1, 5]
    assert column("actor_sure") == pytest.approx([0.0, 0.1])
    assert column("actor_guessed") == pytest.approx([0.8, 0.8])


def test_a_mention_outside_the_window_has_no_link(doc):
    cast = cast_of(doc, Document(id="x", text=doc.text), [mention(doc, 0, NORLAND), mention(doc, 4, SUDRIA)])
    short = reading(1, 3, actor={0: 0.8})
    scene = scene_of(cast, [short], len(doc))
    assert scene.links[0, :, ACTOR] == pytest.approx([0.8, 0.0])


def test_mentions_without_a_country_take_no_part(doc):
    stranger = Entity("person:x", "X", "", kind="person")
    cast = cast_of(doc, Document(id="x", text=doc.text), [mention(doc, 0, stranger), mention(doc, 2, SUDRIA)])
    assert cast.countries == ("SUD",)


def test_paths_count_steps_up_and_down():
    parents = np.array([1, 1, 1, 1, 3, 1])
    way = paths(parents, np.array([[4, 1, 0]]), np.array([[1, 4, 2]]))
    assert way.tolist() == [[2 * REACH, 2, REACH + 1]]


def test_rivals_are_the_best_of_the_others():
    assert rivals(np.array([[0.1, 0.9, 0.5]])).tolist() == [[0.9, 0.5, 0.9]]
    assert rivals(np.array([[0.4]])).tolist() == [[0.0]]


def test_a_man_and_his_state_are_one_party(doc):
    leader = Entity("person:n", "N", "NOR", kind="person")
    cast = cast_of(doc, Document(id="x", text=doc.text), [mention(doc, 0, leader), mention(doc, 2, NORLAND)])
    parties = parties_of(doc.text, cast, np.array([0.9, 0.8], dtype=np.float32), 0)
    assert [party.entity.id for party in parties] == ["person:n"]
    assert parties[0].text == "Norland"


def test_of_held_and_talks_the_likelier_word_stays():
    held = Doc(
        Vocab(),
        words=["They", "held", "talks"],
        heads=[1, 1, 1],
        deps=["nsubj", "ROOT", "dobj"],
        pos=["PRON", "VERB", "NOUN"],
    )
    both = [reading(1, 3, 0.6, "CONSULT"), reading(2, 3, 0.8, "CONSULT")]
    assert [one.word for one in without_light_halves(held, both)] == [2]
    other = [reading(1, 3, 0.6, "CONSULT"), reading(2, 3, 0.8, "AGREE")]
    assert [one.word for one in without_light_halves(held, other)] == [1, 2]


def test_a_date_is_judged_by_its_link_and_by_the_hint(doc):
    monday = Span(doc[4].idx, doc[4].idx + 6)
    hints = np.ones((1, 1), dtype=np.float32)
    candidates = candidates_of(doc, [monday], [0], hints)
    told = [reading(1, len(doc), when={4: 0.6})]
    assert links_of(told, candidates, WHEN).tolist() == [[pytest.approx(0.6)]]
    row = rows_of(syntax_of(doc), told, candidates, WHEN)[0, 0]
    assert row[LINK_ROW.index("hint")] == 1
    assert row[LINK_ROW.index("distance")] == 3
    assert row[LINK_ROW.index("sentences")] == 0
    assert RECIPIENT == 1
