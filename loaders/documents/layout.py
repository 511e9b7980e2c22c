"""Blocks of text (paragraphs, headings, list points, table rows) and how they are put together."""

from __future__ import annotations

import re
from collections import Counter
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

    A paragraph ends at a blank line, before a bullet or heading, after a short line that ends a sentence, and
    after a line so short that the next word would have fitted, unless the next one goes on in lower case.
    """
    width = column_width(lines)
    block = previous = ""
    for line in (raw.strip() for raw in lines):
        if block and (not line or is_start(line, previous, width)):
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


def without_furniture(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of all pages; first and last lines that pages share (but for numbers) once only."""
    edges = Counter(shape for page in pages for shape in {masked(line) for line in (*page[:2], *page[-2:])})
    told: set[str] = set()
    for page in pages:
        for place, line in enumerate(page):
            is_edge = place < 2 or place >= len(page) - 2
            shape = masked(line)
            if is_edge and line.strip() and edges[shape] > 1:
                if shape in told:
                    continue
                told.add(shape)
            yield line


def masked(line: str) -> str:
    """A line with its numbers blotted out: "Seite 1 von 3" and "Seite 2 von 3" are one."""
    return re.sub(r"\d+", "0", " ".join(line.split()))


def is_last(line: str, width: int) -> bool:
    """True where a line is too short to have been wrapped."""
    ends = SENTENCE_END.search(line) is not None
    return len(line) < (SHORT if ends else SHORTER) * width


def is_start(line: str, previous: str, width: int) -> bool:
    """True where a new block begins with `line`."""
    if BULLET.match(line):
        return True
    if SENTENCE_END.search(previous) is None:
        # What goes on in lower case is not over, however short the line: headings of several lines.
        return not line[0].islower() and is_last(previous, width)
    is_heading = len(line) < SHORTER * width and SENTENCE_END.search(line) is None and not line[0].islower()
    return is_heading or is_last(previous, width)


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
