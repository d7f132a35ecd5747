"""Shares of a sample with the interval that the share of all lies in."""

from __future__ import annotations

import math
from collections.abc import Mapping

Z = 1.959963984540054
"""Standard normal quantile for 95 %."""


def wilson(share: float, n: float, z: float = Z) -> tuple[float, float]:
    """The score interval for a share found in a sample of n; (0, 1) where n is 0.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927), 209-212. It keeps its promise for small n and for shares near
    0 and 1, where share ± 1.96 standard errors does not: L. D. Brown, T. T. Cai, A. DasGupta, "Interval
    estimation for a binomial proportion", Statistical Science 16 (2001), 101-133.
    """
    if n <= 0:
        return 0.0, 1.0
    square = z * z / n
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * math.sqrt(share * (1 - share) / n + square / (4 * n))
    low = 0.0 if share == 0 else max(0.0, middle - half)
    return low, 1.0 if share == 1 else min(1.0, middle + half)


def stratified(found: Mapping[str, tuple[int, int]], sizes: Mapping[str, int]) -> tuple[float, float]:
    """The share of all, from samples of its parts, and the effective size of the sample.

    ``found`` has, by part, how many were right and how many were looked at; ``sizes`` how many there are in
    all. Each part's share weighs as much as the part is large (parts of which nothing was looked at are left
    out); the effective size is 1 / sum(weight² / n), as unequal weights make a sample worth less
    (L. Kish, Survey Sampling, Wiley 1965, on weights that do not follow the sample). (0, 0) for nothing.
    """
    seen = {name: max(sizes.get(name, n), 1) for name, (_, n) in found.items() if n}
    total = sum(seen.values())
    if not total:
        return 0.0, 0.0
    weights = {name: size / total for name, size in seen.items()}
    share = sum(weight * found[name][0] / found[name][1] for name, weight in weights.items())
    return min(share, 1.0), 1 / sum(weight**2 / found[name][1] for name, weight in weights.items())
