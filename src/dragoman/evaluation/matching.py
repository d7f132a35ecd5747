"""Which prediction stands for which gold event: one to one, the pairing that is worth most in all."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.evaluation.gold import GoldEvent
from dragoman.evaluation.predictions import Prediction

Matrix = Sequence[Sequence[float]]
FAR = float("inf")


def match(
    events: Sequence[GoldEvent], predictions: Sequence[Prediction]
) -> list[tuple[GoldEvent, Prediction]]:
    """The pairs of the best assignment, in the gold's order; only pairs whose places in the text fit."""
    worth = [[worth_of(event, prediction) for prediction in predictions] for event in events]
    return [(events[row], predictions[column]) for row, column in assign(worth)]


def worth_of(event: GoldEvent, prediction: Prediction) -> float:
    """What the pair is worth; 0 where the two do not stand in the same place.

    The type weighs most, then that the trigger hits the very words, then that the event is a core one, then
    parties and status.
    """
    hits = hits_anchor(event, prediction)
    if not hits and not in_quote(event, prediction):
        return 0.0
    own = event.passages[0].anchor.overlaps(prediction.trigger)
    worth = 1.0 + 4.0 * (prediction.event_type in event.types) + 1.0 * hits + 0.1 * own
    return (
        worth
        + 0.5 * event.core
        + 0.2 * parties_right(event, prediction)
        + 0.1 * status_right(event, prediction)
    )


def hits_anchor(event: GoldEvent, prediction: Prediction) -> bool:
    """Whether the trigger shares a character with the words that bear the event, or a repeat of it."""
    return any(passage.anchor.overlaps(prediction.trigger) for passage in event.passages)


def in_quote(event: GoldEvent, prediction: Prediction) -> bool:
    """Whether the trigger lies within the event's quote, or within that of a repeat."""
    return any(passage.quote.covers(prediction.trigger) for passage in event.passages)


def parties_right(event: GoldEvent, prediction: Prediction) -> bool:
    """Whether the countries on both sides are the gold's.

    The parties of a reciprocal event may stand on either side, or all as actors.
    """
    if event.reciprocal:
        return prediction.actors | prediction.recipients == event.actors
    if prediction.actors != event.actors:
        return False
    return prediction.recipients == event.recipients or (
        event.recipients_optional and not prediction.recipients
    )


def status_right(event: GoldEvent, prediction: Prediction) -> bool:
    """Whether the status is the gold's."""
    return prediction.status == event.status


def assign(worth: Matrix) -> list[tuple[int, int]]:
    """Row and column of each pair in the assignment of greatest total worth, pairs of no worth left out.

    The Hungarian method, on costs that are negative worths: each line is placed in turn, along the cheapest
    path of displacements, while potentials keep all reduced costs at or above zero.
    """
    if not worth or not worth[0]:
        return []
    if len(worth) > len(worth[0]):
        flipped = list(zip(*worth, strict=True))
        return sorted((row, column) for column, row in assign(flipped))
    placing = Placing(worth)
    for row in range(len(worth)):
        placing.place(row)
    pairs = [(row, column) for column, row in enumerate(placing.holder) if row is not None]
    return sorted(pair for pair in pairs if worth[pair[0]][pair[1]] > 0)


class Placing:
    """The state of an assignment that grows row by row: ``holder`` says which row has each column."""

    def __init__(self, worth: Matrix) -> None:
        self.worth = worth
        self.columns = range(len(worth[0]))
        self.row_potential = [0.0] * len(worth)
        self.column_potential = [0.0] * len(self.columns)
        self.holder: list[int | None] = [None] * len(self.columns)

    def place(self, row: int) -> None:
        """Gives the row a column; rows that hold one may have to move on to another."""
        distance = [FAR] * len(self.columns)
        before: list[int | None] = [None] * len(self.columns)  # the column from which each was reached
        visited: set[int] = set()
        current: int | None = None  # the column whose holder is to move; first the new row itself
        mover = row
        while True:
            self.relax(mover, current, distance, before, visited)
            nearest = min((one for one in self.columns if one not in visited), key=distance.__getitem__)
            self.shift(row, distance[nearest], distance, visited)
            holder, current = self.holder[nearest], nearest
            if holder is None:
                break
            visited.add(nearest)
            mover = holder
        self.move_along(current, row, before)

    def relax(
        self,
        mover: int,
        current: int | None,
        distance: list[float],
        before: list[int | None],
        visited: set[int],
    ) -> None:
        """Notes where the mover could go more cheaply than was known."""
        for column in self.columns:
            if column in visited:
                continue
            cost = -self.worth[mover][column] - self.row_potential[mover] - self.column_potential[column]
            if cost < distance[column]:
                distance[column], before[column] = cost, current

    def shift(self, row: int, by: float, distance: list[float], visited: set[int]) -> None:
        """Moves the potentials, so that the nearest column costs nothing."""
        self.row_potential[row] += by
        for column in self.columns:
            if column not in visited:
                distance[column] -= by
                continue
            holder = self.holder[column]
            if holder is not None:
                self.row_potential[holder] += by
            self.column_potential[column] -= by

    def move_along(self, free: int, row: int, before: list[int | None]) -> None:
        """Lets each row on the path move to the column that was reached from its own."""
        column = free
        while (previous := before[column]) is not None:
            self.holder[column] = self.holder[previous]
            column = previous
        self.holder[column] = row
