"""The commands and their options; each hands on to a module that is loaded when the command runs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dragoman.cli.asking import QUESTIONS
from dragoman.cli.corpora import corpus
from dragoman.cli.exchanging import EXCHANGES
from dragoman.cli.options import ADDRESS, ENGINE, JOBS, NO_ASSEMBLE
from dragoman.cli.orderly import orderly
from dragoman.cli.reviews import accuracy, changes, review


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dragoman", prog_name="dragoman")
def main() -> None:
    """Reads news reports and keeps the record: who did what to whom, when, where, according to whom.

    \b
    dragoman code report.txt                       a report's events, each with the words that prove it
    dragoman code reports/ --format csv -o f.csv   a folder into a spreadsheet
    cat report.txt | dragoman code -               standard input
    dragoman code reports/ --into corpus --jobs 2  a folder into a corpus, which keeps all and grows
    dragoman compare corpus ARM AZE --with ISR     two states side by side in what they have with a third
    dragoman serve corpus                          the corpus as pages in the browser

    Exit codes: 0 done, 1 done but some inputs were left out, 2 nothing could be done.
    """


main.add_command(corpus)
for command in (*QUESTIONS, review, accuracy, changes, *EXCHANGES):
    main.add_command(command)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--published", metavar="DATE", help="Day of publication (2021-03-04, 2021-03 or 2021).")
@click.option("--outlet", metavar="NAME", help="Who published the reports.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="For people, for programs, for spreadsheets.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE.")
@click.option("--encoding", metavar="NAME", help="Read the files in this encoding; otherwise it is told.")
@click.option("--text-column", metavar="NAME", help="Where tables have the reports; otherwise it is guessed.")
@click.option("--title-column", metavar="NAME", help="Where tables have the titles.")
@click.option("--date-column", metavar="NAME", help="Where tables have the days of publication.")
@click.option("--outlet-column", metavar="NAME", help="Where tables have the outlets.")
@click.option("--id-column", metavar="NAME", help="Where tables have your own ids; they go into the path.")
@click.option("--url-column", metavar="NAME", help="Where tables have the reports' addresses.")
@click.option("--any-language", is_flag=True, help="Code texts that do not look English, too.")
@click.option(
    "--max-chars",
    type=click.IntRange(min=1),
    default=1_000_000,
    show_default=True,
    metavar="N",
    help="Longest text that is read.",
)
@click.option(
    "--min-confidence",
    default="0",
    show_default=True,
    metavar="P",
    help="Leave out events whose confidence is below P (0 to 1).",
)
@click.option("--explain", is_flag=True, help="Add why each event was coded so (table and jsonl).")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    show_default="1; with --engine ray one for each core",
    metavar="N",
    help="Code in N processes; the output is the same.",
)
@ENGINE
@ADDRESS
@click.option(
    "--read-everything", is_flag=True, help="Parse reports that seem to hold no event, too; slower."
)
@click.option("--allow-private", is_flag=True, help="Also ask hosts that are not on the public internet.")
@click.option(
    "--into", type=click.Path(path_type=Path), metavar="CORPUS", help="Keep all in a corpus, made if need be."
)
@NO_ASSEMBLE
def code(
    paths: tuple[str, ...],
    published: str | None,
    outlet: str | None,
    form: str,
    output: Path | None,
    encoding: str | None,
    text_column: str | None,
    title_column: str | None,
    date_column: str | None,
    outlet_column: str | None,
    id_column: str | None,
    url_column: str | None,
    any_language: bool,
    max_chars: int,
    min_confidence: str,
    explain: bool,
    jobs: int | None,
    engine: str,
    address: str | None,
    read_everything: bool,
    allow_private: bool,
    into: Path | None,
    no_assemble: bool,
) -> None:
    """Codes reports: files, folders, patterns, archives, addresses, or - for standard input.

    Texts, web pages, JSON Lines, JSON, CSV, TSV, Parquet, WARC, Word, PDF, e-mail, RSS and Atom, and zip and
    tar archives of these.
    """
    with orderly():
        from dragoman.assemble import check_confidence
        from dragoman.cli.coding import Wanted, code_paths, usual_jobs
        from dragoman.intake import Columns, Terms, parse_published

        columns = Columns(text_column, title_column, date_column, outlet_column, id_column, url_column)
        terms = Terms(parse_published(published), outlet, encoding, any_language, max_chars, columns)
        wanted = Wanted(
            form,
            output,
            check_confidence(min_confidence),
            explain,
            jobs or usual_jobs(engine, address),
            allow_private,
            read_everything,
            engine,
            address,
        )
        if into is None:
            result = code_paths(paths, terms, wanted)
        else:
            from dragoman.cli.adding import code_into

            result = code_into(into, paths, terms, wanted, not no_assemble)
    sys.exit(result)


@main.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS…")
@click.option(
    "--into", required=True, type=click.Path(path_type=Path), metavar="CORPUS", help="The corpus to add to."
)
@click.option("--once", is_flag=True, help="Do one round and end, as cron wants it.")
@click.option("--every", default="15m", show_default=True, metavar="TIME", help="From round to round.")
@click.option("--allow-private", is_flag=True, help="Also ask hosts that are not on the public internet.")
@click.option(
    "--delay",
    type=click.FloatRange(min=0.5),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="Between two pages of one host; its robots.txt may ask for more.",
)
@click.option("--contact", metavar="WHO", help="An address that hosts see (mailto:me@example.org).")
@click.option("--any-language", is_flag=True, help="Code texts that do not look English, too.")
@JOBS
@NO_ASSEMBLE
def watch(
    feeds: tuple[str, ...],
    into: Path,
    once: bool,
    every: str,
    allow_private: bool,
    delay: float,
    contact: str | None,
    any_language: bool,
    jobs: int,
    no_assemble: bool,
) -> None:
    """Watches feeds, and codes each new report into a corpus.

    FEEDS are addresses of RSS, Atom or JSON feeds, or files with one a line: the address and, if you like,
    the outlet's name after it. Ctrl-C finishes what is in hand; the same command goes on from there.
    """
    with orderly():
        from dragoman.cli.watching import Wanted, limits_of, watch_feeds
        from dragoman.intake import Terms
        from dragoman.watching import parse_duration

        limits = limits_of(allow_private, delay, contact)
        seconds = None if once else parse_duration(every)
        terms = Terms(any_language=any_language)
        result = watch_feeds(feeds, Wanted(into, seconds, limits, terms, jobs, not no_assemble))
    sys.exit(result)


@main.command()
@click.argument("path", required=False, type=click.Path(path_type=Path), metavar="[CORPUS]")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 everywhere.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8765, show_default=True, metavar="N", help="The port."
)
@click.option("--read-only", is_flag=True, help="Nobody reviews, and no texts are tried.")
@click.option(
    "--token",
    envvar="DRAGOMAN_TOKEN",
    metavar="TOKEN",
    help="What has to be known to review; made up where others than this machine are served.",
)
@click.option("--by", envvar="DRAGOMAN_REVIEWER", metavar="NAME", help="Your name, for your reviews.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further name that the server has.")
def serve(
    path: Path | None,
    host: str,
    port: int,
    read_only: bool,
    token: str | None,
    by: str | None,
    names: tuple[str, ...],
) -> None:
    """Shows a corpus as pages in the browser: read, compare, correct. Without CORPUS, an example."""
    with orderly():
        from dragoman.cli.serving import Wanted
        from dragoman.cli.serving import serve as serve_pages

        result = serve_pages(Wanted(path, host, port, read_only, token, by, names))
    sys.exit(result)


@main.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="CORPUS")
@JOBS
@click.option("--anew", is_flag=True, help="Work out all events again, not only what is new.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def assemble(path: Path, jobs: int, anew: bool, as_json: bool) -> None:
    """Brings a corpus' events and ties up to date with its event mentions, and says what changed.

    'code --into', 'watch' and 'corpus recode' do it at their end.
    """
    with orderly():
        from dragoman.cli.assembling import print_assembling

        result = print_assembling(path, jobs, anew, as_json)
    sys.exit(result)


@main.command()
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD")
@click.argument("predicted", type=click.Path(path_type=Path), metavar="PREDICTED")
@click.option("--gsr", is_flag=True, help="GOLD is single sentences with one event each (data/gsr).")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--verbose", is_flag=True, help="Add every miss, false alarm and fault.")
def evaluate(gold: Path, predicted: Path, gsr: bool, as_json: bool, verbose: bool) -> None:
    """Scores coded reports against gold.

    GOLD is a folder of NAME.gold.yaml with NAME.txt, PREDICTED one of NAME.jsonl; or a file each.
    """
    with orderly():
        from dragoman.cli.scoring import print_scores

        print_scores(gold, predicted, gsr=gsr, as_json=as_json, verbose=verbose)


@main.command()
@click.argument(
    "reports", nargs=-1, required=True, metavar="REPORTS…", type=click.Path(path_type=Path, exists=True)
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where to write the model.",
)
@click.option("--epochs", default=6, show_default=True, help="How often the network sees every report.")
@click.option(
    "--folds",
    type=click.IntRange(1, 3),
    default=2,
    show_default=True,
    help="How many further networks each leave out a third, on which the rest is fitted.",
)
@click.option("--seed", default=11, show_default=True, help="Starts the random numbers.")
@click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Keeps finished networks here; a run that was broken off goes on from them.",
)
@click.option(
    "--teacher",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="MODEL",
    help="A finished model folder: one network learns from what it says, too, and takes the rest over.",
)
@click.option(
    "--start",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="MODEL",
    help="Go on from the network in this model folder, at a lower rate.",
)
def train(
    reports: tuple[Path, ...],
    output: Path,
    epochs: int,
    folds: int,
    seed: int,
    work: Path | None,
    teacher: Path | None,
    start: Path | None,
) -> None:
    """Trains the reader from marked reports (data/reports/FORMAT.md) and writes a model folder.

    Reports whose number is divisible by 5 are left out. It needs 'pip install dragoman[train]', two cores
    and eight gigabytes of memory; how long it takes stands in docs/guide.md.
    """
    with orderly():
        from dragoman.cli.training import train_reader

        train_reader(reports, output, epochs, seed, folds, work, teacher, start)


@main.group()
def tables() -> None:
    """The tables that decide names, offices, dates and the like."""


@tables.command("check")
def check_tables() -> None:
    """Checks every table: columns, cells, ids. Names file and line of what is wrong; exit code 2 then."""
    with orderly():
        from dragoman.cli.checking import print_check

        result = print_check()
    sys.exit(result)
