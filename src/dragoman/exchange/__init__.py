"""The field's files: events out of a corpus, and those of other datasets beside them.

Doors: ``read_happenings`` (a corpus' events as ``Happening``s), ``FORMATS`` with ``export_rows``,
``export_csv`` and ``export_parquet``, ``write_panel`` (dyads by period).
"""

from dragoman.exchange.formats import Format
from dragoman.exchange.happenings import Happening, Loss
from dragoman.exchange.panels import Panel, Wish, write_panel
from dragoman.exchange.reading import read_happenings
from dragoman.exchange.writing import FORMATS, Exported, export_csv, export_parquet, export_rows

__all__ = [
    "FORMATS",
    "Exported",
    "Format",
    "Happening",
    "Loss",
    "Panel",
    "Wish",
    "export_csv",
    "export_parquet",
    "export_rows",
    "read_happenings",
    "write_panel",
]
