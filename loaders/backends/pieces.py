"""A long text in pieces that a model can take, cut where a reader would pause."""

from __future__ import annotations

from collections.abc import Iterator

BREAKS = ("\n", ". ", " ")


def pieces(text: str, *, size: int) -> Iterator[tuple[int, str]]:
    """Yield (offset, piece): together the text, each of at most `size` characters.

    A piece ends after the last line break in its second half, else after a full stop, else at a blank.

    >>> list(pieces("Eins zwei. Drei vier fuenf", size=12))
    [(0, 'Eins zwei. '), (11, 'Drei vier '), (21, 'fuenf')]
    """
    start = 0
    while start < len(text):
        end = start + size
        if end < len(text):
            end = _cut(text, start + size // 2, end)
        yield start, text[start:end]
        start = end


def _cut(text: str, first: int, last: int) -> int:
    for mark in BREAKS:
        place = text.rfind(mark, first, last)
        if place >= 0:
            return place + len(mark)
    return last
