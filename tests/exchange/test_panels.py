"""Dyads by period."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dragoman.errors import InputError
from dragoman.exchange.panels import Wish, write_panel
from dragoman.query import Filters, Ground


def panel(ground: Ground, folder: Path, wish: Wish, name: str = "panel.csv") -> pd.DataFrame:
    write_panel(ground, wish, folder / name)
    return pd.read_csv(folder / name)


def test_a_row_counts_what_one_does_to_the_other_in_a_month(ground: Ground, tmp_path: Path) -> None:
    rows = panel(ground, tmp_path, Wish(directed=True))
    row = rows[(rows.actor == "ARM") & (rows.recipient == "ISR") & (rows.period == "2020-10-01")].iloc[0]
    assert (row.events, row.asserted, row.sanction, row.material_conflict) == (1, 1, 1, 1)
    assert (row.year, row.month, row.actor_cow, row.recipient_gw) == (2020, 10, 371, 666)
    assert (row.score_sum, row.score_mean) == (-6.0, -6.0)


def test_without_direction_a_dyad_stands_once(ground: Ground, tmp_path: Path) -> None:
    rows = panel(ground, tmp_path, Wish())
    assert (rows.side_a <= rows.side_b).all()
    assert not rows.duplicated(["side_a", "side_b", "period"]).any()
    directed = panel(ground, tmp_path, Wish(directed=True))
    assert rows.events.sum() == directed.events.sum()


def test_rows_of_zeros_fill_every_dyad(ground: Ground, tmp_path: Path) -> None:
    rows = panel(ground, tmp_path, Wish(fill=True, filters=Filters(since="2020-09", until="2020-12")))
    dyads = rows.groupby(["side_a", "side_b"]).size()
    assert (dyads == 4).all()
    empty = rows[rows.events == 0]
    assert len(empty) > 0
    assert empty.score_mean.isna().all()
    assert (empty.aid == 0).all()


def test_what_no_row_counts_is_told(ground: Ground, tmp_path: Path) -> None:
    made = write_panel(ground, Wish(), tmp_path / "panel.csv")
    rows = pd.read_csv(tmp_path / "panel.csv")
    total = ground.number("SELECT count(*) FROM record")
    assert rows.events.sum() + made.coarser + made.undated + made.one_sided == total
    assert made.coarser == 1
    assert made.undated == 2
    assert made.rows == len(rows)


@pytest.mark.parametrize("by", ["day", "week", "month", "quarter", "year"])
def test_every_period_is_told_in_numbers(ground: Ground, tmp_path: Path, by: str) -> None:
    rows = panel(ground, tmp_path, Wish(by=by, fill=True))
    assert {"year", *([] if by == "year" else [by])} <= set(rows.columns)
    assert pd.to_datetime(rows.period).is_monotonic_increasing or len(rows) > 1


def test_mentions_can_be_counted_but_not_narrowed(ground: Ground, tmp_path: Path) -> None:
    rows = panel(ground, tmp_path, Wish(of="mentions", directed=True))
    assert rows.events.sum() > panel(ground, tmp_path, Wish(directed=True)).events.sum()
    with pytest.raises(InputError, match="narrowed"):
        write_panel(ground, Wish(of="mentions", filters=Filters(actor="ARM")), tmp_path / "x.csv")


def test_stata_reads_it(ground: Ground, tmp_path: Path) -> None:
    write_panel(ground, Wish(), tmp_path / "panel.dta")
    rows = pd.read_stata(tmp_path / "panel.dta")
    assert rows.period.dt.year.eq(rows.year).all()
    assert all(len(name) <= 32 for name in rows.columns)


def test_parquet_has_the_same_rows(ground: Ground, tmp_path: Path) -> None:
    rows = panel(ground, tmp_path, Wish())
    write_panel(ground, Wish(), tmp_path / "panel.parquet")
    assert pd.read_parquet(tmp_path / "panel.parquet").events.tolist() == rows.events.tolist()
