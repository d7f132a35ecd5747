"""The tables that a political scientist edits, read into checked rows.

Doors: ``read_table(name, Row)``, and ``tables()`` with ``check_table(path)``. A table is a tab-separated
file under ``tables/`` with a header; the row's dataclass is its schema, and the two are compared, so that
they can't drift apart.
"""

from dragoman.lexicon.checking import check_table, tables
from dragoman.lexicon.codes import TODAY
from dragoman.lexicon.reading import cells, read_table, table_path

__all__ = ["TODAY", "cells", "check_table", "read_table", "table_path", "tables"]
