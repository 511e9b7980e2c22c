"""Rows of an answer as text: a table for people, JSON, JSON lines, CSV and TSV for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass

from views.text import guard

WIDEST = 60  # characters of a cell in the table for people; the other formats cut nothing

Columns = Sequence[str]
Cells = Sequence[Sequence[object]]


def table(columns: Columns, rows: Cells) -> str:
    """A table with aligned columns; long cells end in "…"."""
    cells = [[_short(c) for c in columns], *([_short(_text(v)) for v in row] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    lines = [
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in cells
    ]
    return "\n".join([lines[0], "  ".join("─" * w for w in widths), *lines[1:]]) + "\n"


def json_rows(columns: Columns, rows: Cells) -> str:
    """A JSON array of objects."""
    return json.dumps(_objects(columns, rows), ensure_ascii=False, indent=1) + "\n"


def json_lines(columns: Columns, rows: Cells) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in _objects(columns, rows))


def csv_rows(columns: Columns, rows: Cells) -> str:
    """CSV (RFC 4180) with a header; lists are joined by "|", and no text is a formula to a spreadsheet."""
    return _separated(columns, rows, ",")


def tsv_rows(columns: Columns, rows: Cells) -> str:
    """The same with tabs."""
    return _separated(columns, rows, "\t")


ROW_FORMATS: dict[str, Callable[[Columns, Cells], str]] = {
    "table": table,
    "json": json_rows,
    "jsonl": json_lines,
    "csv": csv_rows,
    "tsv": tsv_rows,
}


def _separated(columns: Columns, rows: Cells, delimiter: str) -> str:
    texts = (list(columns), *([_cell(value) for value in row] for row in rows))
    return "".join(_line(cells, delimiter) for cells in texts)


def _line(cells: Sequence[str], delimiter: str) -> str:
    # With "\n" as its line end, the writer would leave a bare carriage return in a cell without quotes.
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: object) -> str:
    return _text(value) if isinstance(value, int | float) else guard(_text(value))


def _objects(columns: Columns, rows: Cells) -> list[dict[str, object]]:
    return [{c: _plain(v) for c, v in zip(columns, row, strict=True)} for row in rows]


def _plain(value: object) -> object:
    """A value as JSON has it: a node or a map (pairs of key and value) becomes an object."""
    if is_dataclass(value) and not isinstance(value, type):
        (pairs,) = (getattr(value, f.name) for f in fields(value))
        return {key: _plain(inner) for key, inner in pairs}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "|".join(_text(v) for v in value)
    if is_dataclass(value):
        return json.dumps(_plain(value), ensure_ascii=False)
    return str(value)


def printable(text: str) -> str:
    """`text` on one line, with what would steer a terminal or turn the reading direction written out.

    >>> printable("a\\x1b[31m  b")
    'a\\\\x1b[31m b'
    """
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def _short(text: str) -> str:
    line = printable(text)
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"
