"""What questions read instead of the tables of events and mentions: a few narrow columns, and whole cards.

Beside the corpus' tables lies the folder ``_index`` with, for batches of events, five files: ``lines`` (a row
an event, plain columns, sorted by who acts on whom), ``parties`` (a row a party of an event), ``tellings`` (a
row a mention of an event, with its words and speakers in small letters), ``cards`` (all that is shown of an
event and its mentions, as JSON) and ``ids`` (which card is whose, sorted by the event's id). The folder is
only a short cut: what is missing or no longer true is read from the tables, with the same answers.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.store.corpus import KEEP_HOURS, Corpus
from dragoman.store.faults import told
from dragoman.store.ledger import current
from dragoman.store.schemas import EVENT_MENTIONS, EVENTS
from dragoman.store.snapshots import ENDED, Snapshot, as_pattern, connect, keep, quoted, reading

FOLDER = "_index"
FORM = "2"
"""The form of the files; those of another are of no use."""
KINDS = ("lines", "parties", "tellings", "ids", "cards")
LOT = 40_960
"""Events that are indexed in one go."""
GROUP = 256
"""Cards that are read together."""
MANY = 24
"""Sets of files that are put together into one."""
BREAK = "\x1f"
"""What stands between names in one text, and around countries."""

KEY = 'md5_number_lower({0}"row")'
"""The number by which a state of an event goes in the index."""
FLAT = (
    'len({0}contradictions) AS contradicted, {0}"place".name AS place_name, {0}"place".admin1 AS place_admin1'
)
"""Columns of lines that events have only inside others."""
CARD = (
    "id", "title", "event_type", "mode", "contexts", "status", "actors", "recipients", "actor_countries",
    "recipient_countries", "date", "start", "end", "precision", "place", "casualties", "score", "quad",
    "mentions", "documents", "origin_count", "denials", "origins", "contradictions", "confidence",
    "responds_to", "first_reported", "last_reported", "joins",
)  # fmt: skip
"""The columns of an event that are shown."""
TOLD = (
    "id", "document_id", "event_type", "mode", "status", "actors", "recipients", "attribution", "date",
    "place", "casualties", "trigger", "span", "rules", "confidence", "field_confidence", "coder", "outlet",
    "path", "published", "published_start",
)  # fmt: skip
"""The columns of a mention that are shown."""
LINE = (
    "id", "batch", "title", "event_type", "mode", "contexts", "status", "actor_countries",
    "recipient_countries", "start", "end", "precision", "place_country", "killed_low", "killed_high",
    "score", "quad", "mentions", "documents", "origin_count", "denials", "confidence", "responds_to",
    "first_reported", "last_reported",
)  # fmt: skip
PASSAGE = 'substr(d.text, CAST(m.span."start" + 1 AS BIGINT), CAST(m.span."end" - m.span."start" AS BIGINT))'


def listed(names: Iterable[str], alias: str = "") -> str:
    """The columns, as SQL."""
    return ", ".join(f'{alias}"{name}"' for name in names)


def lines_of(events: str) -> str:
    """SQL for the lines of a table of events."""
    return f"SELECT {KEY.format('e.')} AS line, {listed(LINE, 'e.')}, {FLAT.format('e.')} FROM {events} AS e"


def ids_of(events: str) -> str:
    """SQL for the numbers of the cards of a table of events, which are those of its rows."""
    return f"SELECT e.id, {KEY.format('e.')} AS line, e.batch, e.n AS card_number FROM {events} AS e"


def parties_of(events: str) -> str:
    """SQL for the parties of a table of events."""
    sides = [
        f"SELECT line, id, batch, '{side}' AS side, p.entity_id, p.name, p.country, p.sector, p.\"role\", "
        f"p.kind FROM (SELECT {KEY.format('e.')} AS line, e.id, e.batch, unnest(e.{side}s) AS p "
        f"FROM {events} AS e)"
        for side in ("actor", "recipient")
    ]
    return " UNION ALL ".join(sides)


def tellings_of(events: str, mentions: str, passage: str) -> str:
    """SQL for the mentions of a table of events; the other table has the mentions, named ``m``."""
    return (
        "SELECT j.line, j.id, j.batch, m.id AS mention, lower(m.outlet) AS outlet, "
        f"lower(array_to_string(list_transform(m.attribution, lambda s: s.name), '{BREAK}')) AS speakers, "
        f"'{BREAK}' || array_to_string(list_transform(m.attribution, lambda s: s.country), '{BREAK}') "
        f"|| '{BREAK}' AS speaker_countries, lower({passage}) AS passage "
        f"FROM (SELECT {KEY.format('e.')} AS line, e.id, e.batch, unnest(e.joins).mention_id AS mention "
        f"FROM {events} AS e) AS j "
        f"JOIN {mentions} ON m.id = j.mention"
    )


def packed(names: Iterable[str], alias: str) -> str:
    """A record of these columns, as SQL."""
    parts = ", ".join(f'"{name}" := {alias}"{name}"' for name in names)
    return f"struct_pack({parts})"


CARDS = (
    "WITH j AS (SELECT n, unnest(joins).mention_id AS mention FROM events), "
    f"c AS (SELECT j.n, string_agg(to_json({packed(TOLD, 'm.')})::VARCHAR, ',') AS cited FROM j "
    "JOIN mentions AS m ON m.id = j.mention GROUP BY j.n) "
    f"SELECT '{{\"event\":' || to_json({packed(CARD, 'e.')})::VARCHAR || ',\"cited\":[' "
    "|| coalesce(c.cited, '') || ']}' AS card FROM events AS e LEFT JOIN c USING (n) ORDER BY n"
)


def duck_type(one: pa.DataType) -> str:
    """The type of a column as DuckDB writes it."""
    if pa.types.is_list(one):
        return f"{duck_type(one.value_type)}[]"
    if pa.types.is_struct(one):
        parts = ", ".join(f'"{part.name}" {duck_type(part.type)}' for part in one)
        return f"STRUCT({parts})"
    return {"string": "VARCHAR", "int64": "BIGINT", "double": "DOUBLE", "date32[day]": "DATE"}[str(one)]


def struct_of(schema: pa.Schema, names: Iterable[str]) -> str:
    """The record of these columns as a type of DuckDB."""
    return duck_type(pa.struct([schema.field(name) for name in names]))


CARD_TYPE = f"STRUCT(event {struct_of(EVENTS, CARD)}, cited {struct_of(EVENT_MENTIONS, TOLD)}[])"


@dataclass(frozen=True, slots=True)
class FileSet:
    """The files of a part of the index, and what is in them.

    ``batches`` has how many events of each batch, ``since`` the version at which they were made, ``tellers``
    the batches of the mentions. ``whole`` says that all states of events that the batches wrote are there.
    """

    name: str
    folder: Path
    batches: dict[str, int]
    since: int
    tellers: frozenset[str]
    whole: bool

    def path(self, kind: str) -> Path:
        """The file of that kind."""
        return self.folder / f"{self.name}.{kind}.parquet"

    @property
    def manifest(self) -> Path:
        """The small file that says what is in them, and is written last."""
        return self.folder / f"{self.name}.json"

    @property
    def rows(self) -> int:
        """How many events it has."""
        return sum(self.batches.values())


def sets_in(corpus_folder: Path) -> list[FileSet]:
    """The sets of the corpus that can be used, the largest first."""
    folder = corpus_folder.absolute() / FOLDER
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            told_of = json.loads(path.read_text(encoding="utf-8"))
            if told_of["form"] != FORM:
                continue
            one = FileSet(
                path.stem,
                folder,
                dict(told_of["batches"]),
                told_of["since"],
                frozenset(told_of["tellers"]),
                told_of["whole"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if all(one.path(kind).exists() for kind in KINDS):
            found.append(one)
    return sorted(found, key=lambda one: (-one.rows, one.name))


def holds(one: FileSet, version: int, standing: Collection[str]) -> bool:
    """Whether what the set says is so at that version, of which these batches of mentions stand.

    What was indexed after states had ended is of no use for versions at which they stood, nor is what was
    indexed from mentions that another batch has replaced.
    """
    return one.tellers.issubset(standing) and (one.whole or version >= one.since)


def chosen(snapshot: Snapshot) -> list[FileSet]:
    """The sets to be read for the snapshot, no batch in two of them."""
    standing = {commit.id for commit in current(snapshot.commits)}
    known = {commit.id for commit in snapshot.commits}
    found: list[FileSet] = []
    have: set[str] = set()
    for one in sets_in(snapshot.folder):
        mine = set(one.batches)
        if mine & known and not mine & have and holds(one, snapshot.version, standing):
            found.append(one)
            have |= mine
    return found


def with_events(snapshot: Snapshot) -> list[str]:
    """The batches that wrote events."""
    return [commit.id for commit in snapshot.commits if commit.events]


def lay_out(snapshot: Snapshot, use: bool = True) -> list[FileSet]:
    """Makes the views ``event_lines``, ``event_ids`` (events that stand), ``all_parties``, ``all_tellings``.

    The latter two have every state, too; ``line`` leads to the event. Those of which there is no card have no
    row in ``event_ids``. Gives back the sets that are read;
    without ``use``, none.
    """
    sets = chosen(snapshot) if use else []
    covered = {batch for one in sets for batch in one.batches}
    rest = [batch for batch in with_events(snapshot) if batch not in covered]
    keep(snapshot.connection, "unindexed", pa.table({"batch": pa.array(rest, pa.string())}))
    told_events = "(SELECT * FROM events_ever WHERE batch IN (SELECT batch FROM unindexed))"
    mentions = "event_mentions AS m LEFT JOIN documents AS d ON d.id = m.document_id"
    plain = {
        "lines": lines_of(told_events),
        "parties": parties_of(told_events),
        "tellings": tellings_of(told_events, mentions, PASSAGE),
    }
    for kind, slow in plain.items():
        parts = [from_files(snapshot, sets, kind)] if sets else []
        parts += [slow] if rest or not sets else []
        view(snapshot, kind, " UNION ALL ".join(parts))
    nothing = "SELECT '' AS id, 0::UBIGINT AS line, 0::BIGINT AS card_number, '' AS card_file LIMIT 0"
    view(snapshot, "ids", from_files(snapshot, sets, "ids") if sets else nothing)
    return sets


def view(snapshot: Snapshot, kind: str, rows: str) -> None:
    """Makes the view of the kind; of lines and ids only those that stand."""
    if kind in ("lines", "ids") and any(commit.endings for commit in snapshot.commits):
        ended = f"SELECT {KEY.format('')} FROM ({ENDED.format('events')})"
        rows = f"SELECT * FROM ({rows}) WHERE line NOT IN ({ended})"
    name = f"event_{kind}" if kind in ("lines", "ids") else f"all_{kind}"
    snapshot.connection.execute(f"CREATE OR REPLACE VIEW {name} AS {rows}")


def from_files(snapshot: Snapshot, sets: Sequence[FileSet], kind: str) -> str:
    """SQL for the rows of a kind that the files have."""
    paths = ", ".join(quoted(as_pattern(str(one.path(kind)))) for one in sets)
    source = f"read_parquet([{paths}]{', filename = true' if kind == 'ids' else ''})"
    known = {commit.id for commit in snapshot.commits}
    foreign = sorted({batch for one in sets for batch in one.batches} - known)
    where = f" WHERE batch NOT IN ({', '.join(map(quoted, foreign))})" if foreign else ""
    if kind == "ids":
        return f"SELECT id, line, card_number, filename AS card_file FROM {source}{where}"
    return f"SELECT * FROM {source}{where}"


def read_cards(
    snapshot: Snapshot, places: Iterable[tuple[str, int]]
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The events and their mentions whose cards lie there: by the file of their ids, and their number."""
    by_group: dict[tuple[str, int], list[int]] = {}
    for path, at in places:
        by_group.setdefault((path, at // GROUP), []).append(at % GROUP)
    cards: list[str] = []
    for (path, group), rows in sorted(by_group.items()):
        column = cards_in(path.replace(".ids.parquet", ".cards.parquet"), group)
        cards += [column[row].as_py() for row in rows]
    if not cards:
        return
    table = pa.table({"card": pa.array(cards, pa.string())})
    cursor = snapshot.connection.cursor()
    cursor.register("fetched_cards", table)
    query = f"SELECT CAST(card::JSON AS {CARD_TYPE}) AS card FROM fetched_cards"
    with told(snapshot.folder, "reading the index"):
        for row in cursor.sql(query).to_arrow_table()["card"].to_pylist():
            yield row["event"], row["cited"] or []


@lru_cache(maxsize=256)
def footer(path: str) -> pq.FileMetaData:
    """What a file says of itself; files of the index never change."""
    return pq.read_metadata(path)


def cards_in(path: str, group: int) -> pa.ChunkedArray:
    """The cards of one group of a file."""
    with pq.ParquetFile(path, metadata=footer(path)) as file:
        return file.read_row_group(group, columns=["card"]).column(0)


@dataclass
class IndexWriter:
    """Writes a set of files, lot by lot; nobody sees them before ``finish``."""

    folder: Path
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    batches: dict[str, int] = field(default_factory=dict)
    tellers: set[str] = field(default_factory=set)
    lost: int = 0
    at: int = 0

    def __post_init__(self) -> None:
        self.connection = connect("768MB")
        self.held: pa.Table | None = None
        self.file: pq.ParquetWriter | None = None

    def part(self, kind: str) -> Path:
        """Where a file of that kind is being written."""
        return self.folder / f".{self.name}.{kind}"

    def add(self, events: pa.Table, mentions: pa.Table) -> None:
        """Takes in rows of ``events``, and of their mentions, with ``passage`` and ``batch``."""
        if not events.num_rows:
            return
        numbers = pa.array(range(self.at, self.at + events.num_rows), pa.int64())
        run = self.connection.execute
        self.connection.register("events", events.append_column("n", numbers))
        self.connection.register("mentions", mentions)
        many = "mentions AS m"
        for name, rows in (
            ("lines", lines_of("events")),
            ("ids", ids_of("events")),
            ("parties", parties_of("events")),
            ("tellings", tellings_of("events", many, "m.passage")),
        ):
            run(f"CREATE TABLE IF NOT EXISTS {name} AS SELECT * FROM ({rows}) LIMIT 0")
            run(f"INSERT INTO {name} {rows}")
        self.put(self.connection.sql(CARDS).to_arrow_table())
        self.count(events, mentions)
        self.connection.unregister("events")
        self.connection.unregister("mentions")
        self.at += events.num_rows

    def count(self, events: pa.Table, mentions: pa.Table) -> None:
        """Notes whose events these are, and whose mentions."""
        for batch, number in self.connection.execute(
            "SELECT batch, count(*) FROM events GROUP BY batch"
        ).fetchall():
            self.batches[batch] = self.batches.get(batch, 0) + number
        self.tellers.update(mentions["batch"].unique().to_pylist())
        ((missing,),) = self.connection.execute(
            "SELECT count(*) FROM (SELECT unnest(joins).mention_id AS id FROM events) ANTI JOIN mentions "
            "USING (id)"
        ).fetchall()
        self.lost += missing

    def put(self, cards: pa.Table, last: bool = False) -> None:
        """Writes cards in whole groups, and keeps what is over for the next time."""
        self.folder.mkdir(exist_ok=True)
        if self.file is None:
            self.file = pq.ParquetWriter(
                self.part("cards"), cards.schema, compression="zstd", use_dictionary=False
            )
        cards = pa.concat_tables([self.held, cards]) if self.held is not None else cards
        whole = cards.num_rows if last else cards.num_rows // GROUP * GROUP
        if whole:
            self.file.write_table(cards.slice(0, whole), row_group_size=GROUP)
        self.held = cards.slice(whole)

    def finish(self, version: int, counts: Mapping[str, int]) -> FileSet | None:
        """Puts the files in place; ``None`` where there is nothing in them.

        ``version`` is the one at which this is so, ``counts`` has how many events each batch wrote.
        """
        if self.held is None or self.file is None:
            self.connection.close()
            return None
        self.put(self.held.slice(self.held.num_rows), last=True)
        self.file.close()
        whole = not self.lost and all(counts.get(one) == rows for one, rows in self.batches.items())
        made = FileSet(self.name, self.folder, self.batches, version, frozenset(self.tellers), whole)
        for kind, order, rows in (
            ("lines", 'actor_countries, recipient_countries, "start", id', 8192),
            ("parties", "entity_id, line", 32768),
            ("tellings", "line", 16384),
            ("ids", "id", 4096),
        ):
            self.connection.execute(
                f"COPY (SELECT * FROM {kind} ORDER BY {order}) TO {quoted(str(self.part(kind)))} "
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {rows})"
            )
        self.connection.close()
        place(made, self.part)
        return made

    def drop(self) -> None:
        """Removes what was begun."""
        self.connection.close()
        if self.file is not None:
            self.file.close()
        for kind in KINDS:
            self.part(kind).unlink(missing_ok=True)


def place(made: FileSet, part: Any) -> None:
    """Gives the files their names, and writes last what is in them."""
    for kind in KINDS:
        part(kind).replace(made.path(kind))
    content = {
        "form": FORM,
        "batches": made.batches,
        "since": made.since,
        "tellers": sorted(made.tellers),
        "whole": made.whole,
    }
    waiting = made.folder / f".{made.name}.json"
    waiting.write_text(json.dumps(content), encoding="utf-8")
    waiting.replace(made.manifest)


def complete(corpus: Corpus) -> int:
    """Indexes the events of batches that no set of files covers, and says how many batches these were."""
    snapshot = corpus.at()
    covered = {batch for one in chosen(snapshot) for batch in one.batches}
    rest = [batch for batch in with_events(snapshot) if batch not in covered]
    if rest:
        writer = IndexWriter(corpus.folder.absolute() / FOLDER)
        try:
            for events in lots(snapshot, rest):
                writer.add(events, mentions_of(snapshot, events))
            writer.finish(snapshot.version, {one.id: one.events for one in snapshot.commits})
        except BaseException:
            writer.drop()
            raise
    tidy(corpus, snapshot)
    return len(rest)


def lots(snapshot: Snapshot, batches: Sequence[str]) -> Iterator[pa.Table]:
    """The events of these batches that stand, some ten thousands at a time."""
    table = snapshot.tables["events"]
    keep(snapshot.connection, "to_index", pa.table({"batch": pa.array(batches, pa.string())}))
    ended = f' AND "row" NOT IN ({ENDED.format("events")})'
    columns = listed(EVENTS.names)
    for file in table.files():
        rows = pq.read_metadata(file).num_rows
        source = reading(table, [file], snapshot.older["events"], located=True)
        for first in range(0, rows, LOT):
            found = snapshot.sql(
                f"SELECT {columns} FROM ({source}) WHERE at_row BETWEEN {first} AND {first + LOT - 1} "
                f"AND batch IN (SELECT batch FROM to_index){ended}"
            ).to_arrow_table()
            if found.num_rows:
                yield found.cast(EVENTS)


def mentions_of(snapshot: Snapshot, events: pa.Table) -> pa.Table:
    """The mentions of these events, with the words of their passages."""
    connection = snapshot.connection
    connection.register("arriving", events.select(["joins"]))
    connection.execute(
        "CREATE OR REPLACE TABLE joined_mentions AS "
        "SELECT DISTINCT unnest(joins).mention_id AS id FROM arriving"
    )
    connection.unregister("arriving")
    return snapshot.sql(
        f"SELECT {listed(TOLD, 'm.')}, m.batch, {PASSAGE} AS passage FROM event_mentions AS m "
        "SEMI JOIN joined_mentions USING (id) LEFT JOIN documents AS d ON d.id = m.document_id"
    ).to_arrow_table()


def tidy(corpus: Corpus, snapshot: Snapshot) -> None:
    """Puts small sets together where they are many, and removes what nobody reads any more."""
    folder = corpus.folder.absolute() / FOLDER
    useful = chosen(snapshot)
    known = {commit.id for commit in snapshot.commits}
    for one in sets_in(corpus.folder):
        # A run that is about to commit has written its set already.
        if one not in useful and (known & set(one.batches) or is_old(one.manifest)):
            let_go(one)
    small = sorted(useful, key=lambda one: one.rows)[:MANY]
    if len(useful) > MANY:
        joined = merge(folder, small, snapshot.version)
        for one in small if joined else ():
            let_go(one)
    remove_old(folder)


def let_go(one: FileSet) -> None:
    """Shows the set to no new reader; those who read it go on doing so for a while."""
    with suppress(OSError):
        gone = one.manifest.with_suffix(".gone")
        one.manifest.replace(gone)
        gone.touch()


def is_old(path: Path) -> bool:
    """Whether the file is so old that nobody uses it any more."""
    try:
        return time.time() - path.stat().st_mtime > KEEP_HOURS * 3600
    except OSError:
        return False


def remove_old(folder: Path) -> None:
    """Removes files of sets that were let go long ago, and what broken-off runs have left."""
    for path in folder.glob("*.gone"):
        if is_old(path):
            for kind in KINDS:
                (folder / f"{path.stem}.{kind}.parquet").unlink(missing_ok=True)
            path.unlink(missing_ok=True)
    for path in folder.glob(".*"):
        if is_old(path):
            path.unlink(missing_ok=True)


def merge(folder: Path, sets: Sequence[FileSet], version: int) -> FileSet | None:
    """One set of files with what these have."""
    writer = IndexWriter(folder)
    try:
        for one in sets:
            for kind in KINDS[:-1]:
                source = f"read_parquet({quoted(as_pattern(str(one.path(kind))))})"
                moved = f"* REPLACE (card_number + {writer.at} AS card_number)" if kind == "ids" else "*"
                made = f"CREATE TABLE IF NOT EXISTS {kind} AS SELECT * FROM {source} LIMIT 0"
                writer.connection.execute(made)
                writer.connection.execute(f"INSERT INTO {kind} SELECT {moved} FROM {source}")
            with pq.ParquetFile(one.path("cards")) as file:
                for batch in file.iter_batches(batch_size=GROUP * 16):
                    writer.put(pa.Table.from_batches([batch]))
            writer.at += one.rows
            writer.batches |= one.batches
            writer.tellers |= one.tellers
        counts = writer.batches if all(one.whole for one in sets) else {}
        return writer.finish(version, counts)
    except OSError:
        writer.drop()
        return None
