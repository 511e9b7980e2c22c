"""How a mapping gets one value, or several, out of a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.records.values import parse_date, parse_number
from ontology.errors import InvalidValue, unknown

FIELD = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table. `cells` holds the mapped columns only; "" where a cell says nothing."""

    line: int  # of its first line in the file, from 1
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value and the cell that says it (both "" for a constant of the mapping)."""

    text: str
    column: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value of a mapping. Exactly one of `column`, `template` and `constant` is filled.

    The steps run in this order: take, split, pattern, values, date or number.
    """

    column: str = ""
    template: str = ""
    constant: str = ""
    split: str = ""  # separator of several values in one cell
    pattern: re.Pattern[str] | None = None  # its first group is the value; no match is no value
    values: tuple[tuple[str, str], ...] | None = None
    default: str | None = None  # for cells not in `values`; None: they are an error
    dates: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    currency: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads, in order."""
        return (self.column,) if self.column else tuple(FIELD.findall(self.template))

    def outcomes(self) -> tuple[str, ...] | None:
        """Every value that it can give, or None where that depends on the table."""
        if self.constant:
            return (self.constant,)
        if self.values is None:
            return None
        return tuple(value for value in (*(v for _, v in self.values), self.default) if value)

    def read(self, row: Row) -> tuple[Value, ...]:
        """The values in a row, in order, without empty ones. Raises InvalidValue with the column's name."""
        if self.constant:
            return (Value(text=self.constant),)
        taken = row.cells[self.column] if self.column else self._filled(row)
        parts = taken.split(self.split) if self.split else [taken]
        column = self.columns[0]
        quote = row.cells[column]
        try:
            texts = [self._converted(" ".join(part.split())) for part in parts if part.strip()]
        except InvalidValue as error:
            raise InvalidValue(f"column {column!r}: {error}") from error
        return tuple(Value(text=text, column=column, quote=quote) for text in texts if text)

    def one(self, row: Row) -> Value | None:
        """The first value in a row, or None."""
        return next(iter(self.read(row)), None)

    def _filled(self, row: Row) -> str:
        """The template with its cells; "" as soon as one of them is empty."""
        if not all(row.cells[column] for column in self.columns):
            return ""
        return FIELD.sub(lambda field: row.cells[field[1]], self.template)

    def _converted(self, text: str) -> str:
        if self.pattern is not None:
            match = self.pattern.search(text)
            text = (match[1] or "").strip() if match else ""
        if text and self.values is not None:
            text = self._translated(text)
        if text and self.dates:
            return parse_date(text, self.dates)
        return parse_number(text, self.numbers, currency=self.currency) if text and self.numbers else text

    def _translated(self, text: str) -> str:
        known = dict(self.values or ())
        if text in known:
            return known[text]
        if self.default is None:
            raise InvalidValue(unknown("value", text, known, hint="Or give the mapping a default."))
        return self.default
