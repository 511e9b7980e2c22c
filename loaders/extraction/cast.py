"""Who and what a document speaks of: the things and, in text order, where each is mentioned."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from loaders.extraction.mentions import Mention
from ontology.vocabulary import vocabulary

LOOKBACK = 400  # mentions: what was named longer ago is not pointed at any more


@dataclass(eq=False, slots=True)
class Thing:
    """One entity under construction."""

    type: str
    names: Counter[str] = field(default_factory=Counter)
    surfaces: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    attributes: dict[str, str] = field(default_factory=dict)
    weak: bool = False
    title: str = ""  # a descriptive name of our making

    @property
    def name(self) -> str:
        """The fullest form: longest, then most frequent, then first in the alphabet."""
        return self.title or min(self.names, key=lambda n: (-len(n), -self.names[n], n))

    @property
    def root(self) -> str:
        """The top class: Organisation for a Startup."""
        return vocabulary().root(self.type)


Pair = tuple[Mention, Thing]


def _start(pair: Pair) -> int:
    return pair[0].start


class Cast:
    """`things` in the order of their first mention; `where` sorted by place in the text, without overlaps."""

    def __init__(self, things: list[Thing], where: Iterable[Pair]) -> None:
        self.things = things
        self.where = sorted(where, key=_start)

    def within(self, start: int, end: int) -> list[Pair]:
        """The mentions inside a span, in text order."""
        first = bisect_left(self.where, start, key=_start)
        last = bisect_left(self.where, end, key=_start)
        return [pair for pair in self.where[first:last] if pair[0].end <= end]

    def before(self, position: int) -> Iterator[Pair]:
        """The mentions that begin before a position, the nearest first, as far back as a reader remembers."""
        last = bisect_left(self.where, position, key=_start)
        yield from reversed(self.where[max(0, last - LOOKBACK) : last])

    def after(self, position: int, reach: int) -> list[Pair]:
        """The mentions that begin within `reach` characters from a position."""
        first = bisect_left(self.where, position, key=_start)
        last = bisect_left(self.where, position + reach, key=_start)
        return self.where[first:last]

    def is_free(self, start: int, end: int) -> bool:
        """Whether no mention overlaps the span."""
        i = bisect_left(self.where, end, key=_start)
        return i == 0 or self.where[i - 1][0].end <= start

    def add(self, mention: Mention, thing: Thing) -> None:
        """Note a further mention of a thing."""
        insort(self.where, (mention, thing), key=_start)
