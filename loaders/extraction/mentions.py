"""A mention: one place in the text where something is named or pointed at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """`start`/`end`: offsets in the view's text. `name`: nominative, without titles; "" where the mention
    only points back ("die Delegation", "das Papier"). `head`: the noun that tells the class, case-folded."""

    start: int
    end: int
    type: str
    name: str
    surface: str
    head: str = ""
    rank: int = 5  # detectors with a lower rank win where mentions overlap
    rule: str = ""
    confidence: float = 0.8
    weak: bool = False  # a guess: kept only where something else in the text supports it


def choose(candidates: Iterable[Mention]) -> list[Mention]:
    """Keep the best of overlapping mentions (rank, then length), in text order."""
    taken: list[Mention] = []  # in text order, without overlaps: only the neighbour on the left can reach in
    for mention in sorted(candidates, key=lambda m: (m.rank, m.start - m.end, m.start)):
        i = bisect_left(taken, mention.end, key=_start)
        if i == 0 or taken[i - 1].end <= mention.start:
            taken.insert(i, mention)
    return taken


def _start(mention: Mention) -> int:
    return mention.start
