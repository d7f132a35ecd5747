"""Repeats and answers within one report, on records made by hand."""

from __future__ import annotations

from dragoman.assemble import link_repeats
from dragoman.assemble.families import families, inflected, noun_families, verb_families, words_of
from dragoman.records import Document, Entity, EventMention, Party, Span, Status


def side(*codes: str) -> tuple[Party, ...]:
    return tuple(Party(Entity(code, code, code), code, None) for code in codes)


def act(text: str, word: str, kind: str, who: str, status: str = "asserted") -> EventMention:
    actors, _, recipients = who.partition(">")
    at = text.index(word)
    span = Span(at, at + len(word))
    return EventMention(
        id=word,
        document_id="d",
        trigger=span,
        span=span,
        event_type=kind,
        actors=side(*actors.split()),
        recipients=side(*recipients.split()),
        status=Status(status),
    )


def links(text: str, *acts: EventMention) -> dict[str, tuple[str | None, str | None]]:
    return {one.id: (one.same_as, one.responds_to) for one in link_repeats(acts, Document("d", text))}


def test_a_noun_with_the_article_repeats_the_verb_of_its_family() -> None:
    text = "Norland shelled the town on Monday. Sudria condemned the shelling."
    found = links(
        text,
        act(text, "shelled", "ASSAULT", "NOR>SDR"),
        act(text, "shelling", "ASSAULT", "NOR>"),
    )
    assert found == {"shelled": (None, None), "shelling": ("shelled", None)}


def test_a_generic_noun_points_back_to_an_act_of_its_type() -> None:
    text = "Guerrillas stormed a post at dawn. The army said the attack had failed."
    found = links(text, act(text, "stormed", "ASSAULT", "NOR>NOR"), act(text, "attack", "ASSAULT", "NOR>NOR"))
    assert found["attack"] == ("stormed", None)


def test_parties_that_clash_are_not_one_act() -> None:
    text = "Norland shelled the town. Sudria answered with fire; the shelling of Vik went on all night."
    found = links(
        text, act(text, "shelled", "ASSAULT", "NOR>SDR"), act(text, "shelling", "ASSAULT", "SDR>NOR")
    )
    assert found["shelling"] == (None, None)


def test_an_outcome_in_the_same_sentence_is_the_same_act() -> None:
    text = "Norland shelled the town, killing two farmers. A day later it bombed Vik, wounding one."
    found = links(
        text,
        act(text, "shelled", "ASSAULT", "NOR>SDR"),
        act(text, "killing", "ASSAULT", "NOR>SDR"),
        act(text, "bombed", "ASSAULT", "NOR>SDR"),
        act(text, "wounding", "ASSAULT", "NOR>SDR"),
    )
    assert found["killing"] == ("shelled", None)
    assert found["wounding"] == ("bombed", None)


def test_a_denial_is_of_the_act_told_before() -> None:
    text = "Norland shelled the town. Its army said not one shell had been fired."
    found = links(
        text,
        act(text, "shelled", "ASSAULT", "NOR>SDR"),
        act(text, "fired", "ASSAULT", "NOR>", "denied"),
    )
    assert found["fired"] == ("shelled", None)


def test_repeats_point_to_the_first_mention_not_to_each_other() -> None:
    text = "Norland shelled the town. Sudria condemned the shelling. It called this attack cowardly."
    found = links(
        text,
        act(text, "shelled", "ASSAULT", "NOR>SDR"),
        act(text, "shelling", "ASSAULT", "NOR>SDR"),
        act(text, "attack", "ASSAULT", "NOR>SDR"),
    )
    assert found["shelling"][0] == found["attack"][0] == "shelled"


def test_a_refusal_answers_the_request_with_sides_changed() -> None:
    text = "Norland asked Sudria to pull back. Sudria refused."
    found = links(text, act(text, "asked", "REQUEST", "NOR>SDR"), act(text, "refused", "REJECT", "SDR>NOR"))
    assert found["refused"] == (None, "asked")


def test_a_refusal_of_a_third_country_answers_nothing() -> None:
    text = "Norland asked Sudria to pull back. Ostland refused to comment on its own plans."
    found = links(text, act(text, "asked", "REQUEST", "NOR>SDR"), act(text, "refused", "REJECT", "OST>"))
    assert found["refused"] == (None, None)


def test_what_an_answer_names_as_its_object_is_answered_though_it_follows() -> None:
    text = "Norland turned down a request by Sudria for a loan."
    found = links(
        text, act(text, "turned down", "REJECT", "NOR>SDR"), act(text, "request", "REQUEST", "SDR>NOR")
    )
    assert found["turned down"] == (None, "request")


def test_words_of_retaliation_link_hostile_acts() -> None:
    text = "Norland expelled two Sudrian envoys. In retaliation Sudria closed the border."
    found = links(
        text, act(text, "expelled", "SANCTION", "NOR>SDR"), act(text, "closed", "SANCTION", "SDR>NOR")
    )
    assert found["closed"] == (None, "expelled")


def test_linking_twice_changes_nothing_and_keeps_order() -> None:
    text = "Norland shelled the town. Sudria condemned the shelling."
    acts = [act(text, "shelling", "ASSAULT", "NOR>SDR"), act(text, "shelled", "ASSAULT", "NOR>SDR")]
    once = link_repeats(acts, Document("d", text))
    again = link_repeats(once, Document("d", text))
    assert [one.id for one in once] == ["shelling", "shelled"]
    assert [one.same_as for one in again] == [one.same_as for one in once]
    assert [one.rules for one in again] == [one.rules for one in once]


def test_no_mentions_give_no_links() -> None:
    assert link_repeats([], Document("d", "")) == []


def test_families_know_inflected_verbs_and_their_nouns() -> None:
    assert {"expelled", "expelling", "expels"} <= inflected("expel")
    assert {"shelled", "shelling", "shells"} <= inflected("shell")
    assert {"stopped", "stopping"} <= inflected("stop")
    assert {"denied", "denies"} <= inflected("deny")
    assert verb_families(words_of("turned down")) & noun_families(["refusal"])


def test_every_type_has_generic_nouns() -> None:
    assert len(families().generic) == 16
