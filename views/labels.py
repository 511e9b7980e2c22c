"""Names cut into the short lines that stand below a symbol."""

from __future__ import annotations

import re

LINE = 17  # characters; longer lines collide with the neighbour's
WORD = 20  # a single word may be so long before it is divided
LINES = 3
PART = re.compile(r"[^\s-]*-|[^\s-]+")  # a word, or its part up to a hyphen
BREAK = re.compile(r"(?<=[a-zäöüß]{3})(?=[bcdfghjklmnpqrstvwxz][aeiouäöü][a-zäöüß])")  # before a syllable


def label_lines(name: str) -> tuple[str, ...]:
    """`name` in at most LINES lines of LINE characters (WORD for a single word); a cut ends in "…".

    >>> label_lines("Zentrum für Kooperationsvereinbarungen")
    ('Zentrum für', 'Kooperationsve-', 'reinbarungen')
    """
    lines = [""]
    for word in name.split():
        for index, part in enumerate(PART.findall(word)):
            gap = " " if index == 0 and lines[-1] else ""
            if len(lines[-1]) + len(gap) + len(part) <= LINE:
                lines[-1] += gap + part
            else:
                lines.extend(_divided(part))
    lines = [line for line in lines if line] or [name[:WORD]]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1][: LINE - 1] + "…"]
    return tuple(lines)


def _divided(word: str) -> list[str]:
    """The word as one line, or divided before a syllable if it is longer than WORD."""
    parts = []
    while len(word) > WORD:
        cut = max((m.start() for m in BREAK.finditer(word) if m.start() < LINE), default=LINE - 1)
        parts.append(word[:cut] + "-")
        word = word[cut:]
    return [*parts, word]
