"""What ``dragoman corpus …`` prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import click

from dragoman.cli import coding
from dragoman.cli.adding import stopping
from dragoman.cli.assembling import assemble_after
from dragoman.cli.exits import DONE, FAILED, complain
from dragoman.cli.progress import Meter
from dragoman.errors import InputError
from dragoman.output import printable
from dragoman.running import Plan, identify, recode
from dragoman.store import Corpus, by_run, check, compare, describe, list_problems

MEGABYTE = 1_000_000


def moment(value: str | None) -> datetime | None:
    """The end of a day, or a time; times without a zone are UTC. Raises ``InputError`` for anything else."""
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise InputError(
            f"the time {value!r} can't be read", "give it as 2026-11-24 or 2026-11-24T15:30"
        ) from None
    if len(value) <= len("2026-11-24"):
        found = datetime.combine(found.date(), time.max)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def print_json(data: Any) -> None:
    """Prints data for programs."""
    click.echo(json.dumps(data, indent=1, ensure_ascii=False))


def print_lines(rows: Mapping[str, object]) -> None:
    """Prints names and values below each other."""
    width = max(map(len, rows), default=0)
    for name, value in rows.items():
        if value not in (None, ""):
            click.echo(f"{name:>{width}}  {printable(str(value))}")


def counted(figures: Mapping[str, int], most: int = 8) -> str:
    """'ACCUSE 120, AID 17, …'."""
    parts = [f"{name or 'unknown'} {number:,}" for name, number in list(figures.items())[:most]]
    return ", ".join(parts) + (", …" if len(figures) > most else "")


def print_info(path: Path, version: int | None, as_of: str | None, as_json: bool) -> None:
    """Prints what the corpus holds."""
    corpus = Corpus.open(path)
    told = describe(corpus, corpus.at(version, moment(as_of)))
    if as_json:
        print_json(told)
        return
    documents, mentions = told["documents"], told["mentions"]
    span = f"{documents['published_first']} to {documents['published_last']}"
    print_lines(
        {
            "corpus": told["corpus"],
            "version": f"{told['version']:,}" + (f", {told['at']}" if told["at"] else ""),
            "documents": f"{documents['number']:,}, {documents['coded']:,} of them coded",
            "not coded": counted(documents["not_coded"]),
            "copies": f"{documents['copies']:,}" if documents["copies"] else "",
            "words": f"{documents['words']:,}",
            "published": span if documents["published_first"] else "",
            "outlets": counted(documents["outlets"]),
            "mentions": f"{mentions['number']:,}",
            "types": counted(mentions["types"], 16),
            "coders": counted(mentions["coders"]),
            "events": told_events(told["events"]),
            "problems": f"{told['problems']:,}" if told["problems"] else "",
            "runs": counted(told["runs"]),
            "on disk": on_disk(told["size"]),
        }
    )


def told_events(events: Mapping[str, Any]) -> str:
    """'1,204 of 1,544 mentions; 31 ties'."""
    if not events["number"] and events["up_to_date"]:
        return ""
    parts = [f"{events['number']:,} of {events['mentions']:,} mentions"]
    parts += [f"{coding.count(events['ties'], 'tie')}"] * (events["ties"] > 0)
    parts += [f"{coding.count(events['reviews'], 'review')}"] * (events["reviews"] > 0)
    parts += ["not up to date ('dragoman assemble')"] * (not events["up_to_date"])
    return "; ".join(parts)


def on_disk(sizes: Mapping[str, Mapping[str, int]]) -> str:
    """'12.3 MB in 31 files'."""
    files, total = (sum(one[name] for one in sizes.values()) for name in ("files", "bytes"))
    return f"{total / MEGABYTE:,.1f} MB in {files:,} files"


def print_check(path: Path, as_json: bool) -> int:
    """Prints what is wrong, and gives back the exit code."""
    found = check(Corpus.open(path))
    damaged = any(one.damage for one in found)
    if as_json:
        print_json({"sound": not damaged, "findings": [asdict(one) for one in found]})
    else:
        for one in found:
            click.echo(printable(f"{one.table or 'corpus'}: {one.what}; {one.remedy}"))
        click.echo("the corpus is damaged" if damaged else "the corpus is sound")
    return FAILED if damaged else DONE


def print_compaction(path: Path, keep_hours: int, as_json: bool) -> None:
    """Compacts, and prints what became of the files."""
    figures = Corpus.create(must_be(path)).compact(keep_hours)
    if as_json:
        print_json(figures)
        return
    for one in figures:
        click.echo(
            f"{one['table']}: {one['files_before']:,} files are now {one['files_after']:,}, "
            f"{one['bytes_before'] / MEGABYTE:,.1f} MB are now {one['bytes_after'] / MEGABYTE:,.1f} MB"
        )


def must_be(path: Path) -> Path:
    """The path, if there is a corpus; what only tends a corpus does not make one."""
    return Corpus.open(path).folder


def print_recoding(path: Path, jobs: int, any_language: bool, as_json: bool, assembles: bool = True) -> int:
    """Recodes and assembles, prints what changed, and gives back the exit code."""
    corpus = Corpus.create(must_be(path))
    before = corpus.at().version
    options = {"jobs": jobs, "any_language": any_language}
    plan = Plan(coding.make_coder, identify("recode", options), jobs, any_language)
    with Meter() as meter, stopping() as stop:
        summary = recode(corpus, plan, stop=stop, on_progress=meter.show)
    changes = compare(corpus, before) | {"documents": summary.added, "coder": plan.info.coder}
    if as_json:
        print_json(changes)
    else:
        print_changes(changes)
    if summary.stopped:
        complain(f"stopped; what was done is kept in {path}, and the same command goes on from there")
        return stop.code
    return assemble_after(path, jobs) if assembles else DONE


def print_changes(changes: Mapping[str, Any]) -> None:
    """Prints what recoding changed, and where the old mentions are."""
    if not changes["documents"]:
        click.echo(f"nothing to do: all is coded by {changes['coder']}")
        return
    click.echo(
        f"coded {coding.count(changes['documents'], 'document')} again; of their event mentions "
        f"{changes['same']:,} are the same, {changes['changed']:,} changed, {changes['gone']:,} are gone, "
        f"{changes['new']:,} are new"
    )
    if changes["fields"]:
        click.echo(f"changed fields: {counted(changes['fields'], 20)}")
    click.echo(f"the old ones stay readable with --version {changes['before']}")


def print_versions(path: Path, every: bool, as_json: bool) -> None:
    """Prints the versions."""
    commits = Corpus.open(path).versions()
    if as_json:
        print_json([asdict(one) | {"at": one.at.isoformat()} for one in commits])
        return
    if not commits:
        click.echo("nothing was added yet")
    lines = (
        [
            asdict(one) | {"first": one.version, "last": one.version, "at": one.at.isoformat()}
            for one in commits
        ]
        if every
        else by_run(commits)
    )
    for line in lines:
        numbers = str(line["last"]) if line["first"] == line["last"] else f"{line['first']}-{line['last']}"
        click.echo(f"{numbers:>9}  {line['at'][:19]}  {told_of(line)}  {line['coder']}")


def told_of(line: Mapping[str, Any]) -> str:
    """What a version, or several of one run, did."""
    if line["kind"] == "assemble":
        return (
            f"assembled: {coding.count(line['events'], 'event')} new or changed, {line['endings']:,} states "
            f"ended, {coding.count(line['ties'], 'tie')} new or changed"
        )
    if line["kind"] == "review":
        return f"reviewed: {coding.count(line['reviews'], 'verdict')}"
    what = "added" if line["kind"] == "add" else "recoded"
    return (
        f"{what} {coding.count(line['documents'], 'document')}, {line['mentions']:,} mentions, "
        f"{line['problems']:,} problems"
    )


def print_problems(path: Path, version: int | None, as_of: str | None, every: bool, as_json: bool) -> None:
    """Prints the inputs that could not be read."""
    found = list_problems(Corpus.open(path).at(version, moment(as_of)), every)
    if as_json:
        print_json(found)
        return
    for one in found:
        remedy = f"; {one['remedy']}" if one["remedy"] else ""
        click.echo(printable(f"{one['path']}: {one['reason']}{remedy}"))
    if not found:
        click.echo("no problems")
