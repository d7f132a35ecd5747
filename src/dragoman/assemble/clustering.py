"""Groups that grow within one component, and what forbids that two of them become one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.assemble.judging import ENOUGH, Judgement, judge, type_weight
from dragoman.assemble.parties import weigh_sides
from dragoman.assemble.sketches import Sketch
from dragoman.assemble.timing import weigh_days

Places = tuple[int, int]
SKIP = -1.0
"""In place of a score: two types that can't be compared (an act and a noun that points back to it)."""
FLOOR = 0.2
"""Two mentions judged lower than this are kept apart, even if a third one fits both."""
IN_ONE_REPORT = 0.25
"""The same for two mentions of one report, which tells acts of one type apart if they are two."""
APART = -2.0
"""In place of a score: the two can't be one."""


def middling(scores: Sequence[float]) -> float:
    """Half the best score and half the mean: a mention that says little keeps nobody apart."""
    return 0.5 * max(scores) + 0.5 * sum(scores) / len(scores)


def is_silent(a: Sketch, b: Sketch) -> bool:
    """Whether two mentions that judging can't compare differ in type alone."""
    return type_weight(a, b) is None and weigh_days(a, b) is not None and weigh_sides(a, b) is not None


class Clusters:
    """The growing groups of one component; positions are those of the sketches."""

    def __init__(
        self,
        sketches: Sequence[Sketch],
        part: Sequence[int],
        links: Mapping[Places, Judgement],
        barred: set[Places],
    ) -> None:
        self.sketches = sketches
        self.barred = barred
        self.scores: dict[Places, float] = {pair: judged.score for pair, judged in links.items()}
        self.cluster_of = {place: place for place in part}
        self.members: dict[int, list[int]] = {place: [place] for place in part}
        # Mentions that a reviewer has put together count as one: the unit's number, by position.
        self.unit = {place: place for place in part}
        self.forced = False
        self.refused: dict[int, set[int]] = {place: set() for place in part}

    def force(self, one: int, two: int) -> bool:
        """Put two mentions into one group because a reviewer says so; false if another review forbids it."""
        first, second = sorted((self.cluster_of[one], self.cluster_of[two]))
        if first == second:
            return True
        if self.is_barred(first, second):
            return False
        self.forced = True
        for place in self.members[second]:
            self.unit[place] = self.unit[self.members[first][0]]
        self._merge(first, second)
        return True

    def join(self, one: int, two: int) -> bool:
        """Make one group of those of two mentions, if their mentions fit together."""
        first, second = sorted((self.cluster_of[one], self.cluster_of[two]))
        if first == second:
            return True
        if second in self.refused[first]:
            return False
        if self.is_barred(first, second) or self.fit(first, second) < ENOUGH:
            self.refused[first].add(second)
            self.refused[second].add(first)
            return False
        self._merge(first, second)
        return True

    def is_barred(self, first: int, second: int) -> bool:
        """Whether a reviewer has said of a mention of each that the two are not one."""
        if not self.barred:
            return False
        return any(
            (min(one, two), max(one, two)) in self.barred
            for one in self.members[first]
            for two in self.members[second]
        )

    def fit(self, first: int, second: int) -> float:
        """How well two groups fit by the pairs between them; 0 where one pair rules out that they are one.

        Of mentions that a reviewer has put together the best counts.
        """
        best: dict[Places, float] = {}
        for one in self.members[first]:
            for two in self.members[second]:
                score = self.score(one, two)
                if score == APART and not self.forced:
                    return 0.0
                units = self.unit[one], self.unit[two]
                best[units] = max(best.get(units, APART), score)
        counted = [score for score in best.values() if score != SKIP]
        return 0.0 if APART in counted or not counted else middling(counted)

    def score(self, one: int, two: int) -> float:
        """The score of two mentions, ``SKIP`` or ``APART``; judged once."""
        pair = (one, two) if one < two else (two, one)
        if pair not in self.scores:
            a, b = self.sketches[pair[0]], self.sketches[pair[1]]
            judged = judge(a, b)
            least = IN_ONE_REPORT if a.root == b.root else FLOOR
            if judged is not None and (judged.score >= least or a.act != b.act):
                self.scores[pair] = judged.score
            else:
                self.scores[pair] = SKIP if is_silent(a, b) else APART
        return self.scores[pair]

    def _merge(self, first: int, second: int) -> None:
        for place in self.members[second]:
            self.cluster_of[place] = first
        self.members[first] += self.members.pop(second)
        # A group that has grown may be asked again.
        for other in self.refused[first]:
            self.refused[other].discard(first)
        self.refused[first].clear()

    def parts(self) -> list[list[int]]:
        """The groups, each with its positions in order."""
        return sorted(sorted(members) for members in self.members.values())
