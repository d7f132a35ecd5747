"""The tables that a political scientist edits, read into checked rows.

Door: ``read_table(name, Row)``. A table is a tab-separated file under ``tables/`` with a header; the row's
dataclass is its schema, and the two are compared, so that they can't drift apart.
"""

from dragoman.lexicon.reading import cells, read_table, table_path

__all__ = ["cells", "read_table", "table_path"]
