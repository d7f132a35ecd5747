"""The kinds of ties that the register keeps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import cells, read_table


@dataclass(frozen=True, slots=True)
class KindRow:
    """A row of ``tie_kinds.tsv``."""

    kind: str
    directed: str
    family: str
    synonyms: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class TieKind:
    """A kind of tie; where it is directed, its sides are a giver and a taker."""

    name: str
    is_directed: bool
    family: str
    synonyms: tuple[str, ...]
    meaning: str

    def order(self, giver: str, taker: str) -> tuple[str, str]:
        """The sides as the register has them: giver first, or by the alphabet."""
        if self.is_directed or giver <= taker:
            return giver, taker
        return taker, giver


@cache
def tie_kinds() -> dict[str, TieKind]:
    """Every kind by its name, in the table's order."""
    return {
        row.kind: TieKind(row.kind, row.directed == "yes", row.family, cells(row.synonyms), row.meaning)
        for row in read_table("tie_kinds.tsv", KindRow)
    }


def kind_of(name: str) -> str | None:
    """The kind that goes by this name or has it among its synonyms; ``None`` if none has."""
    if name in tie_kinds():
        return name
    return next((kind.name for kind in tie_kinds().values() if name in kind.synonyms), None)
