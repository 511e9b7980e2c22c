"""Blocks of text (paragraphs, headings, list points, table rows) and how they are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

BULLET = re.compile(r"\A[-–•·▪*]\s+")  # no "14. ": a wrapped line may begin with a date
PAGE_NUMBER = re.compile(r"[-–\s]*(?:(?:Seite|Page)\s+)?\d{1,3}(?:\s*(?:von|of|/)\s*\d{1,3})?[-–\s]*", re.I)
SENTENCE_END = re.compile(r"[.!?:…][\"“”’»)]*$")
# "Wirtschafts-" before one of these is a word left open, not a word cut by the line.
OPEN_COMPOUND = re.compile(r"(?:und|oder|bzw\.?|sowie|als|bis|and|or|to)\b", re.I)
SHORT, SHORTER = 0.85, 0.6  # of the column's width: a line that leaves so much free was ended on purpose


def joined(blocks: Iterable[str]) -> str:
    """One text: a blank line between blocks, a plain line end inside a list or table.

    >>> joined(["Ziele", "- Handel", "- Forschung", "Ende."])
    'Ziele\\n\\n- Handel\\n- Forschung\\n\\nEnde.'
    """
    text, previous = "", ""
    for block in (block.strip() for block in blocks):
        if block:
            together = item_kind(block) and item_kind(previous) == item_kind(block)
            text += ("" if not text else "\n" if together else "\n\n") + block
            previous = block
    return text


def item_kind(block: str) -> str:
    """ "point" for a point of a list, "row" for a row of a table, "" for anything else."""
    return "point" if block.startswith("- ") else "row" if " | " in block else ""


def paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Put the lines of a page layout together to paragraphs.

    A paragraph ends at a blank line, before a bullet, after a short line that ends a sentence, and after
    a line so short that the next word would have fitted (a heading).
    """
    width = column_width(lines)
    block = previous = ""
    for line in (raw.strip() for raw in lines):
        if block and (not line or BULLET.match(line) or is_last(previous, width)):
            yield block
            block = ""
        if line:
            block = continued(block, line) if block else BULLET.sub("- ", line, count=1)
            previous = line
    if block:
        yield block


def column_width(lines: Sequence[str]) -> int:
    """The length that nine in ten of the longer half of the lines do not pass, in characters."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[int(len(lengths) * 0.95) - 1] if lengths else 0


def is_last(line: str, width: int) -> bool:
    """True where a line is too short to have been wrapped."""
    ends = SENTENCE_END.search(line) is not None
    return len(line) < (SHORT if ends else SHORTER) * width


def continued(block: str, line: str) -> str:
    """`block` with the next line; hyphens at line ends are undone where the word goes on in lower case.

    >>> continued("Zusammen-", "arbeit"), continued("Ruhr-", "Universität"), continued("Wirtschafts-", "und")
    ('Zusammenarbeit', 'Ruhr-Universität', 'Wirtschafts- und')
    """
    if block.endswith("\u00ad"):
        return block[:-1] + line
    if not re.search(r"[^\W\d_]-$", block):
        return f"{block} {line}"
    if OPEN_COMPOUND.match(line):
        return f"{block} {line}"
    return (block[:-1] if line[0].islower() else block) + line
