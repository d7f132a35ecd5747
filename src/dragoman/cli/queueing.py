"""The queue of ``dragoman review --queue``: one event after the other, one key each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from dragoman.cli.exits import DONE, complain
from dragoman.cli.reviewing import Wanted, reviewer, reviews_of
from dragoman.errors import InputError
from dragoman.lexicon.codebook import load_codebook
from dragoman.output.cleaning import one_line
from dragoman.output.report import WEAK, draw_report, lay_out
from dragoman.query.corrections import FIELDS, in_words, one_of, value_of
from dragoman.query.ground import Ground, open_ground
from dragoman.query.recording import record_reviews, taken_back
from dragoman.query.reviewing import Target, Wish, judged_by, make_review
from dragoman.query.sampling import LABEL, draw
from dragoman.records import Document, EventMention, Review
from dragoman.reviews import CORRECTED, RIGHT, WRONG

KEYS = "[r]ight  [w]rong  [c]orrect  [s]kip  [u]ndo  [m]ore  [q]uit"
SHOWN = 2
"""Mentions that are shown before more are asked for."""
STOP = ("q", "\x03", "\x04", "")
Answer = tuple[Review, ...]


@dataclass
class Queue:
    """Events to be judged by one person; what was said of the last one is written when the next is.

    ``said`` has what was said of each event so far, in order; ``written`` how many of them are in the corpus.
    """

    path: Path
    ground: Ground
    by: str
    sample: str
    events: list[str]
    console: Console
    said: list[Answer] = field(default_factory=list)
    written: int = 0

    def run(self) -> None:
        """Goes through the events until the last, or until the person has enough."""
        try:
            while len(self.said) < len(self.events) and self.step():
                pass
        except (KeyboardInterrupt, EOFError, click.Abort):
            self.console.print()
        finally:
            self.write(len(self.said))

    def step(self) -> bool:
        """One event; whether to go on."""
        event = self.events[len(self.said)]
        row = self.show(event)
        while True:
            key = self.ask(KEYS)
            if key in STOP:
                return False
            if key == "m":
                self.show_mentions(row, SHOWN)
            elif key == "u":
                if self.undo():
                    return True
            elif (answer := self.answer(row, key)) is not None:
                self.said.append(answer)
                self.write(len(self.said) - 1)
                return True

    def ask(self, what: str) -> str:
        """The key that is pressed, in small letters."""
        self.console.print(Text(what, style=WEAK), end=" ")
        key = click.getchar().lower()
        self.console.print(Text(one_line(key)))
        return key

    def answer(self, row: dict[str, Any], key: str) -> Answer | None:
        """What the key says of the event; ``None`` for a key that says nothing."""
        if key == "s":
            return ()
        if key == "c":
            return self.corrections(row) or None
        verdict = {"r": RIGHT, "w": WRONG}.get(key)
        return None if verdict is None else (self.review(row, Wish(verdict)),)

    def review(self, row: dict[str, Any], wish: Wish) -> Review:
        """The review of the event."""
        target = Target(row["id"], row["id"], row["keys"][0], row["event_type"])
        return make_review(target, replace(wish, sample=self.sample), self.by)

    def corrections(self, row: dict[str, Any]) -> Answer:
        """Fields corrected one after the other; none if the person thinks better of it."""
        made: dict[str, Review] = {}
        while True:
            numbered = "  ".join(f"[{number % 10}] {name}" for number, name in enumerate(FIELDS, start=1))
            key = self.ask(f"{numbered}  [any other key] done\nwhich field?")
            if not key.isdigit() or not key.isascii():
                return tuple(made.values())
            name = FIELDS[(int(key) - 1) % 10]
            review = self.correction(row, name)
            if review is not None:
                made[name] = review
                if name == "event_type":
                    row = {**row, "event_type": (review.value or "").strip('"')}

    def correction(self, row: dict[str, Any], name: str) -> Review | None:
        """One field's right value, asked for until it is one of the codebook or empty."""
        now = in_words(name, value_of(row, name))
        while True:
            value = click.prompt(
                f"{name} (now {one_line(now)}; empty: leave it)", default="", show_default=False
            )
            if not value.strip():
                return None
            try:
                return self.review(row, Wish(CORRECTED, name, value))
            except InputError as fault:
                complain(str(fault))

    def undo(self) -> bool:
        """Takes back what was said of the last event, and shows it again; ``False`` if there is none."""
        if not self.said:
            self.console.print("nothing to undo")
            return False
        last = self.said.pop()
        if self.written > len(self.said):
            self.written = len(self.said)
            record_reviews(self.path, [taken_back(one) for one in last])
        return True

    def write(self, number: int) -> None:
        """Writes what was said of the first so many events, as far as it is not written yet."""
        reviews = [one for answer in self.said[self.written : number] for one in answer]
        self.written = max(self.written, number)
        if reviews:
            record_reviews(self.path, reviews)

    def show(self, event: str) -> dict[str, Any]:
        """Shows the event: what is concluded, then the words of its first mentions; gives back its row."""
        (row,) = self.ground.rows("SELECT * FROM events WHERE id = ?", [event])
        self.console.print()
        place = f"{len(self.said) + 1} of {len(self.events)}"
        self.console.print(Text(f"{place}  {row['event_type']}  {event}", style="bold"))
        for name in FIELDS:
            self.console.print(
                Text(f"{name:>11}  ", style=WEAK).append(one_line(in_words(name, value_of(row, name))))
            )
        self.show_mentions(row, 0, SHOWN)
        return row

    def show_mentions(self, row: dict[str, Any], first: int, last: int | None = None) -> None:
        """Shows mentions of the event with their words, fields and chains of sources."""
        ids = [one["mention_id"] for one in row["joins"]][first:last]
        for document, mention in self.mentions(ids):
            self.console.print()
            for line in lay_out(draw_report(document, [mention]), self.console):
                self.console.print(line, soft_wrap=True)
        if last is not None and (more := len(row["joins"]) - last) > 0:
            self.console.print(Text(f"{more} more mention{'s' if more > 1 else ''}: m", style=WEAK))

    def mentions(self, ids: list[str]) -> Iterator[tuple[Document, EventMention]]:
        """The mentions with their documents, in that order."""
        snapshot = self.ground.snapshot
        wanted = "IN (SELECT unnest(?::VARCHAR[]))"
        found = {one.id: one for one in snapshot.read_mentions(f"id {wanted}", [ids])}
        homes = sorted({one.document_id for one in found.values()})
        documents = {one.id: one for one in snapshot.read_documents(f"id {wanted}", [homes])}
        for name in ids:
            mention = found.get(name)
            if mention and mention.document_id in documents:
                yield documents[mention.document_id], mention


def run_queue(path: Path, wanted: Wanted) -> int:
    """Shows events drawn at random that the person has not judged yet."""
    ground = open_ground(path, reviews=False)
    types = [one_of("event type", one, tuple(load_codebook().types)) for one in wanted.types]
    by = reviewer(wanted.by)
    drawn = draw(ground.snapshot, wanted.sample, wanted.seed, types)
    if not drawn:
        raise InputError("there are no events to review", f"make them: dragoman assemble {path}")
    done = judged_by(ground.snapshot, by)
    left = [one for one in drawn if one not in done]
    if not left:
        click.echo(f"{by} has judged all {len(drawn)} events of this draw; a larger --sample draws more")
        return DONE
    queue = Queue(
        path, ground, by, LABEL.format(wanted.seed), left, Console(highlight=False, emoji=False, markup=False)
    )
    queue.run()
    made = [one for answer in queue.said for one in answer]
    click.echo(f"recorded {reviews_of(len(made))}; what they say: dragoman accuracy {one_line(str(path))}")
    return DONE
