from datetime import date

import numpy as np
import pytest

from dragoman.events.circumstances import (
    CLIMB,
    NO_AGE,
    alike,
    candidates_of,
    neighbours,
    parents_among,
    scenery,
    sentence_links,
)
from dragoman.events.roles import syntax_of
from dragoman.pipeline import USUAL_AGE, days_of
from dragoman.records import Precision, Span, TimeRef


def day(value: date) -> TimeRef:
    return TimeRef(value, value, Precision.DAY, "given")


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def token(doc, text: str) -> int:
    return next(word.i for word in doc if word.text == text)


def test_a_value_named_twice_has_the_higher_link_of_both():
    told = alike(np.array([[0.2, 0.7, 0.4]], dtype=np.float32), np.array([5, 2, 5]))
    assert told["same_value"][0].tolist() == pytest.approx([0.4, 0.7, 0.4])
    assert told["other_value"][0].tolist() == pytest.approx([0.7, 0.4, 0.7])


def test_values_that_are_equal_share_a_number(parse):
    text = "They met on Friday and again on Friday."
    doc = parse(text)
    spans = [Span(12, 18), Span(32, 38)]
    same = candidates_of(doc, spans, [0, 0], np.zeros((1, 2), dtype=np.float32), values=["x", "x"])
    apart = candidates_of(doc, spans, [0, 0], np.zeros((1, 2), dtype=np.float32))
    assert len(set(same.values.tolist())) == 1
    assert len(set(apart.values.tolist())) == 2
    assert apart.ages.tolist() == [NO_AGE, NO_AGE]


def test_an_event_sees_the_others_of_its_sentence_and_of_the_one_before():
    link = np.array([[0.9], [0.3], [0.1]], dtype=np.float32)
    beside, earlier = sentence_links(np.array([0, 0, 1]), link)
    assert beside[:, 0].tolist() == pytest.approx([0.3, 0.9, 0.0])
    assert earlier[:, 0].tolist() == pytest.approx([0.0, 0.0, 0.9])


def test_the_event_above_is_the_next_one_up_the_parse():
    parents = np.array([1, 1, 1, 2])
    above, steps = parents_among(parents, np.array([1, 3]))
    assert above.tolist() == [2, 0]
    assert steps.tolist() == [CLIMB, 2]


def test_the_second_of_two_joined_acts_sees_the_date_of_the_first(parse):
    text = "The army accused them on Friday and bombed their bases."
    doc = parse(text)
    friday = candidates_of(doc, [at(text, "Friday")], [0], np.zeros((2, 1), dtype=np.float32))
    triggers = np.array([token(doc, "accused"), token(doc, "bombed")])
    link = np.array([[0.8], [0.1]], dtype=np.float32)
    told = neighbours(syntax_of(doc), link, triggers, np.broadcast_to(friday.heads, link.shape))
    assert told["previous"][:, 0].tolist() == pytest.approx([0.0, 0.8])
    assert told["above"][1, 0] == pytest.approx(0.8)
    assert sorted(told["nearer"][:, 0].tolist()) == [0, 1]


def test_a_date_of_the_sentence_before_sets_the_scene_within_its_paragraph(parse):
    text = "Troops entered the town on Friday. They arrested three men.\n\nThe minister resigned."
    doc = parse(text)
    friday = candidates_of(doc, [at(text, "Friday")], [0], np.zeros((2, 1), dtype=np.float32))
    triggers = np.array([token(doc, "arrested"), token(doc, "resigned")])
    link = np.zeros((2, 1), dtype=np.float32)
    told = scenery(syntax_of(doc), link, triggers, np.broadcast_to(friday.heads, link.shape))
    assert told["scene"][:, 0].tolist() == [True, False]
    assert told["paragraphs"][:, 0].tolist() == [0, 1]


def test_time_to_come_is_told_from_the_auxiliary(parse):
    doc = parse("They will sign the treaty after they had talked for hours and left.")
    told = syntax_of(doc).auxiliaries
    assert [told[token(doc, word)] for word in ("sign", "talked", "left")] == [2, 1, 0]


def test_the_age_of_a_date_is_counted_to_publication():
    published = day(date(2020, 3, 10))
    assert days_of(day(date(2020, 3, 8)), published) == (2, 1)
    assert days_of(day(date(2020, 3, 8)), None) == (NO_AGE, 1)
    assert days_of(TimeRef(None, None, Precision.DAY, "weekday"), published) == (USUAL_AGE, 1)
