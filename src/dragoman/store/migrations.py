"""Brings the tables of an older corpus up to the schema that this program writes.

A migration may be broken off at any point and begun again: each looks first whether its work is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from deltalake.schema import Schema

from dragoman.store.faults import told
from dragoman.store.schemas import SINCE
from dragoman.store.tables import Table

Tables = Mapping[str, Table]


def add_columns(table: Table) -> None:
    """Adds the columns that the table lacks; they are empty in the rows that it has."""
    have = set(table.columns())
    missing = [field for field in Schema.from_arrow(table.schema).fields if field.name not in have]
    if missing:
        with told(table.folder, f"migrating the table {table.name}"):
            table.refreshed().alter.add_columns(missing)
            table.refresh()


def with_field_confidence(tables: Tables) -> None:
    """1 to 2: mentions say how sure their fields are."""
    add_columns(tables["event_mentions"])


def with_events(tables: Tables) -> None:
    """2 to 3: events, ties and reviews, and what batches count of them."""
    create_new(tables, 3)
    add_columns(tables["batches"])


def with_imported(tables: Tables) -> None:
    """3 to 4: events of other datasets, and what batches count of them."""
    create_new(tables, 4)
    add_columns(tables["batches"])


def create_new(tables: Tables, version: int) -> None:
    """Makes the tables that came with that version."""
    for name, since in SINCE.items():
        if since == version:
            tables[name].create()


MIGRATIONS: dict[int, Callable[[Tables], None]] = {
    1: with_field_confidence,
    2: with_events,
    3: with_imported,
}
"""By the version that each starts from."""


def migrate(tables: Tables, version: int) -> int:
    """Takes the tables one version on, and says which that is."""
    MIGRATIONS[version](tables)
    return version + 1
