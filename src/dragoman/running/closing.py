"""Which mentions have to be grouped together: those that are new, and all that hang together with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import pyarrow as pa

from dragoman.running.workers import Run, from_bytes, to_bytes
from dragoman.store import Snapshot
from dragoman.store.snapshots import keep

AT_ONCE = 20_000
"""Mentions whose pairs are looked for at once."""
PAIRS = 200_000
"""Pairs that are judged in one go."""
AHEAD = 8
"""Tasks that may wait for a process."""
Pair = tuple[str, str]


class Parts:
    """Numbers in parts that hang together."""

    def __init__(self) -> None:
        self.above: dict[int, int] = {}

    def top(self, one: int) -> int:
        """The number that stands for the part."""
        above = self.above
        above.setdefault(one, one)
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    def link(self, one: int, two: int) -> None:
        """Makes one part of two."""
        first, second = sorted((self.top(one), self.top(two)))
        self.above[second] = first

    def lists(self, of: Iterable[int]) -> list[list[int]]:
        """The parts in which these numbers are."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for one in of:
            found[self.top(one)].append(one)
        return list(found.values())


class Closing:
    """Follows links from mention to mention until no more are found.

    It reads the view ``book`` (``n``, ``key``, ``blocks``, ``sketch``): all mentions there are.
    """

    def __init__(self, snapshot: Snapshot, run: Run, must: Collection[Pair]) -> None:
        self.snapshot = snapshot
        self.connection = snapshot.connection
        self.run = run
        self.parts = Parts()
        self.seen: set[int] = set()
        self.must = self.numbered(must)

    def numbered(self, pairs: Collection[Pair]) -> list[tuple[int, int]]:
        """The pairs of keys as pairs of numbers; those of which a mention is not there are left out."""
        numbers = self.with_keys({key for pair in pairs for key in pair})
        return [
            (one, two)
            for first, second in pairs
            for one in numbers.get(first, ())
            for two in numbers.get(second, ())
            if one != two
        ]

    def with_keys(self, keys: Collection[str]) -> dict[str, list[int]]:
        """The numbers of the mentions that have these keys."""
        if not keys:
            return {}
        keep(self.connection, "asked_keys", pa.table({"key": pa.array(sorted(keys), pa.string())}))
        found: defaultdict[str, list[int]] = defaultdict(list)
        for key, number in self.snapshot.rows("SELECT key, n FROM book SEMI JOIN asked_keys USING (key)"):
            found[key].append(number)
        return found

    def neighbours(self) -> set[int]:
        """The mentions that hung together with mentions that are no more (the view ``gone``)."""
        ((count,),) = self.snapshot.rows("SELECT count(*) FROM gone")
        if not count:
            return set()
        query = "SELECT DISTINCT a.n AS a, b.n AS b FROM gone_block AS a JOIN block AS b ON a.h = b.h"
        both = "SELECT n, sketch FROM {} SEMI JOIN pairs ON n = pairs.{}"
        self.connection.execute(f"CREATE OR REPLACE TABLE pairs AS {query}")
        sketches = f"{both.format('gone', 'a')} UNION ALL {both.format('book', 'b')}"
        return {two for _, two in self.judged("SELECT a, b FROM pairs", sketches)}

    def close(self, seeds: Collection[int], everything: bool) -> list[list[int]]:
        """The parts that the seeds are in, each whole; ``everything`` says that all mentions are seeds."""
        frontier = set(seeds)
        while frontier:
            self.seen |= frontier
            linked: set[int] = set()
            for a, b in self.links(frontier, everything):
                self.parts.link(a, b)
                linked.add(b)
            for one, two in self.must:
                if one in self.seen or two in self.seen or one in linked or two in linked:
                    self.parts.link(one, two)
                    linked |= {one, two}
            frontier = linked - self.seen
        return self.parts.lists(sorted(self.seen))

    def links(self, frontier: set[int], everything: bool) -> Iterator[tuple[int, int]]:
        """The pairs of a mention of the frontier with any that was not at the frontier before."""
        ordered = sorted(frontier)
        before = self.seen - frontier
        keep(self.connection, "seen_before", pa.table({"n": pa.array(sorted(before), pa.int64())}))
        keep(self.connection, "frontier", pa.table({"n": pa.array(ordered, pa.int64())}))
        later = (
            "b.n > a.n"
            if everything
            else (
                "b.n <> a.n AND (b.n > a.n OR b.n NOT IN (SELECT n FROM frontier)) "
                "AND b.n NOT IN (SELECT n FROM seen_before)"
            )
        )
        for start in range(0, len(ordered), AT_ONCE):
            chunk = pa.table({"n": pa.array(ordered[start : start + AT_ONCE], pa.int64())})
            keep(self.connection, "chunk", chunk)
            self.connection.execute(
                "CREATE OR REPLACE TABLE pairs AS SELECT DISTINCT a.n AS a, b.n AS b FROM "
                "(SELECT n, h FROM block SEMI JOIN chunk USING (n)) AS a JOIN block AS b ON a.h = b.h "
                f"WHERE {later}"
            )
            named = "SELECT a AS n FROM pairs UNION SELECT b FROM pairs"
            yield from self.judged(
                "SELECT a, b FROM pairs ORDER BY a, b",
                f"SELECT n, sketch FROM book SEMI JOIN ({named}) USING (n)",
            )

    def judged(self, pairs: str, sketches: str) -> Iterator[tuple[int, int]]:
        """Those of the pairs that hang together."""
        table = self.connection.sql(pairs).to_arrow_table()
        if not table.num_rows:
            return
        have = self.connection.sql(sketches).to_arrow_table().combine_chunks()
        waiting = []
        for start in range(0, table.num_rows, PAIRS):
            some = table.slice(start, PAIRS)
            waiting.append(self.run("judge", (to_bytes(among(have, some)), to_bytes(some))))
            if len(waiting) >= AHEAD:
                yield from pairs_in(waiting.pop(0).result())
        for one in waiting:
            yield from pairs_in(one.result())


def among(sketches: pa.Table, pairs: pa.Table) -> pa.Table:
    """The sketches that the pairs name."""
    import pyarrow.compute as pc

    wanted = pa.chunked_array([*pairs["a"].chunks, *pairs["b"].chunks], pa.int64())
    return sketches.filter(pc.is_in(sketches["n"], value_set=pc.unique(wanted)))


def pairs_in(data: bytes) -> Iterator[tuple[int, int]]:
    """The pairs of a table."""
    table = from_bytes(data)
    return zip(table["a"].to_pylist(), table["b"].to_pylist(), strict=True)
