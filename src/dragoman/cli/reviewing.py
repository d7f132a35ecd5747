"""What ``dragoman review`` does: one review, a list, files, or the queue."""

from __future__ import annotations

import getpass
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from dragoman.cli.answering import say_csv
from dragoman.cli.exits import DONE, SOME_LEFT_OUT, complain
from dragoman.errors import InputError
from dragoman.output.cleaning import one_line
from dragoman.query.corrections import in_words
from dragoman.query.ground import Ground, open_ground
from dragoman.query.recording import clean_name, record_reviews
from dragoman.query.review_files import form_of, read_reviews
from dragoman.query.review_files import write_reviews as write_file
from dragoman.query.reviewing import Wish, find_target, has_said, list_reviews, make_review, to_plain
from dragoman.records import Review
from dragoman.reviews import WITHDRAWN

NAME_FILE = "reviewer"
PATIENCE = 5
"""Seconds that git has to say whose it is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    given: str | None
    verdict: str | None
    field: str | None
    value: str | None
    other: str | None
    reason: str
    by: str | None
    queue: bool
    types: tuple[str, ...]
    sample: int
    seed: int
    listing: bool
    every: bool
    source: Path | None
    goal: Path | None
    as_json: bool
    as_csv: bool


def carry_out(path: Path, wanted: Wanted) -> int:
    """Does the one thing that is asked for, and gives back the exit code."""
    asked = [wanted.given is not None, wanted.queue, wanted.listing, bool(wanted.source), bool(wanted.goal)]
    if sum(asked) != 1:
        raise InputError(
            "nothing is asked for" if not any(asked) else "more than one thing is asked for",
            "give an ID with a verdict, or one of --queue, --list, --import and --export",
        )
    if wanted.queue:
        from dragoman.cli.queueing import run_queue

        return run_queue(path, wanted)
    if wanted.listing:
        return print_reviews(path, wanted)
    if wanted.source:
        return import_reviews(path, wanted.source, wanted.by)
    if wanted.goal:
        return export_reviews(path, wanted.goal)
    return review_one(path, wanted)


def review_one(path: Path, wanted: Wanted) -> int:
    """Records one review."""
    ground = open_ground(path)
    target = find_target(ground, wanted.given or "")
    other = find_target(ground, wanted.other) if wanted.other else None
    wish = Wish(wanted.verdict, wanted.field, wanted.value, one_line(wanted.reason))
    review = make_review(target, wish, reviewer(wanted.by), other)
    if review.verdict == WITHDRAWN and not has_said(ground.snapshot, review):
        raise InputError(
            f"{review.reviewer} has said nothing of {review.about} that could be withdrawn",
            f"see: dragoman review {path} --list",
        )
    record_reviews(path, [review])
    if wanted.as_json:
        click.echo(json.dumps(to_plain(review), ensure_ascii=False))
    elif wanted.as_csv:
        say_csv([to_plain(review)])
    else:
        click.echo(one_line(told(review)))
        if review.other:
            click.echo(f"the next assembling goes by it: dragoman assemble {path}")
    return DONE


def told(review: Review) -> str:
    """The review in a line."""
    what = f"{review.about} is {review.verdict}"
    if review.verdict == WITHDRAWN:
        what = f"withdrawn: what was said of {review.about}"
    if review.field:
        what += f": {review.field}"
    if review.value is not None and review.field:
        what += f" is {in_words(review.field, json.loads(review.value))}"
    if review.other:
        what += f" {'as' if review.verdict == 'same' else 'from'} {review.other}"
    return f"{what} ({review.reviewer})"


def reviewer(given: str | None) -> str:
    """The name that reviews bear: the one given, else the one remembered; a person is asked once.

    Where nobody can be asked, it is git's or the system's name for the user.
    """
    if given is not None:
        return clean_name(given)
    kept = Path(click.get_app_dir("dragoman")) / NAME_FILE
    try:
        return clean_name(kept.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, InputError):
        name = guessed()
    if not is_terminal():
        return clean_name(name)
    name = clean_name(click.prompt("Your name, as your reviews will bear it", default=name, err=True))
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(name + "\n", encoding="utf-8")
    except OSError:
        complain(f"{kept} can't be written; give --by to be asked no more")
    return name


def is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


def guessed() -> str:
    """The user's name as git has it, or the system."""
    try:
        answer = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, timeout=PATIENCE, check=False
        )
        if name := answer.stdout.decode("utf-8", "replace").strip():
            return name
    except (OSError, subprocess.SubprocessError):
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def print_reviews(path: Path, wanted: Wanted) -> int:
    """Prints the reviews."""
    rows = list(list_reviews(open_ground(path, reviews=False).snapshot, wanted.every))
    if wanted.as_json:
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
    elif wanted.as_csv:
        say_csv(rows)
    elif not rows:
        click.echo("no reviews")
    else:
        for row in rows:
            click.echo(one_line(line_of(row)))
    return DONE


def line_of(row: dict[str, Any]) -> str:
    """A review in a line, with what has become of it."""
    value = f": {row['field']}" if row["field"] else ""
    if row["value"]:
        value += f" {shown(row['field'], row['value'])}"
    other = f" {row['other']}" if row["other"] else ""
    state = "" if row["state"] == "stands" else f"  [{row['state']}]"
    moved = f" (now {row['now']})" if row["now"] not in (None, row["about"]) else ""
    reason = f"  {row['reason']}" if row["reason"] else ""
    what = f"{row['about']}{moved}  {row['verdict']}{value}{other}"
    return f"{row['at'][:16]}  {what}  {row['reviewer']}{state}{reason}"


def shown(field: str, value: str) -> str:
    """A correction as people write it; what a foreign program wrote, as it is."""
    try:
        return in_words(field, json.loads(value))
    except (ValueError, KeyError, TypeError, AttributeError):
        return value[:100]


def import_reviews(path: Path, source: Path, by: str | None) -> int:
    """Takes the reviews of a file that the corpus does not have yet."""
    ground = open_ground(path)
    read = read_reviews(source, ground, clean_name(by) if by else None)
    have = known(ground)
    new = list({one.id: one for one in read.reviews if one.id not in have}.values())
    if new:
        record_reviews(path, new)
    click.echo(f"added {reviews_of(len(new))}; {len(read.reviews) - len(new):,} were there", err=True)
    if read.strange:
        complain(f"left out {reviews_of(read.strange)} of what this corpus does not have")
    return SOME_LEFT_OUT if read.strange else DONE


def known(ground: Ground) -> set[str]:
    """The ids of the reviews that the corpus has."""
    return {row["id"] for row in ground.rows("SELECT id FROM reviews")}


def export_reviews(path: Path, goal: Path) -> int:
    """Writes all reviews, the oldest first, into a file."""
    form = form_of(goal)
    snapshot = open_ground(path, reviews=False).snapshot
    reviews = {one.id: one for one in snapshot.read_reviews()}.values()
    with goal.open("w", encoding="utf-8", newline="") as stream:
        number = write_file(stream, reviews, form)
    click.echo(f"wrote {reviews_of(number)} into {one_line(str(goal))}", err=True)
    return DONE


def reviews_of(number: int) -> str:
    """'1 review', '2 reviews'."""
    return f"{number:,} review{'' if number == 1 else 's'}"
