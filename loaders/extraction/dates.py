"""Dates as a text gives them, never more exact: "25. bis 28. November 2019", "October 2023", "im Jahr 2021"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.extraction.relative_dates import relative_dates

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jänner jan", "februar february feb", "märz march mar", "april apr", "mai may", "juni june jun",
            "juli july jul", "august aug", "september sept sep", "oktober october okt oct", "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = r"(?P<day>[0-3]?\d)(?!\d)"
PATTERNS = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"\b{DAY}\.? ?(?:bis(?: zum)?|[–-]|und|/|to|and) ?(?P<last>[0-3]?\d)\.? {MONTH}(?: {YEAR})?",
        rf"\b{DAY}(?:\.|st|nd|rd|th)? {MONTH}(?:,? {YEAR})?",
        rf"\b{MONTH} {DAY}(?:st|nd|rd|th)?(?:\s*[–-]\s*(?P<last>[0-3]?\d))?(?:,? {YEAR})?",
        rf"\b{DAY}\.(?P<number>[01]?\d)\.{YEAR}\b",
        r"\b(?P<year>20\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)\b",
        rf"\b{DAY}\.(?P<number>[01]?\d)\.(?!\d)",
        rf"\b{MONTH} {YEAR}\b",
        rf"\b(?:im|in|seit|since|aus|from|of|during)(?: dem)?(?: Jahre?)? {YEAR}\b",
        rf"\b(?:im|in|seit|since|vergangenen|last|Anfang|Mitte|Ende|early|late)\s+{MONTH}",
    )
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """`start`/`end`: offsets in the text; `first`/`last`: ISO 8601, as exact as the words; equal for one day."""

    start: int
    end: int
    first: str
    last: str


def find_dates(text: str, start: int, end: int, published: str = "") -> list[DateSpan]:
    """Find dates in text[start:end]; a missing year is taken from `published` (ISO), else the date is left out."""
    found: list[DateSpan] = []
    for pattern in PATTERNS:
        for match in pattern.finditer(text, start, end):
            if any(match.start() < d.end and d.start < match.end() for d in found):
                continue
            if (span := _to_span(match, published)) is not None:
                found.append(span)
    for first, last, since, until in relative_dates(text, start, end, published):
        if not any(first < d.end and d.start < last for d in found):
            found.append(DateSpan(first, last, since, until))
    return sorted(found, key=lambda d: d.start)


def _to_span(match: re.Match[str], published: str) -> DateSpan | None:
    parts = {"year": "", "month": "", "number": "", "day": "", "last": "", **match.groupdict(default="")}
    year = parts["year"] or published[:4]
    month = MONTHS.get(parts["month"].casefold(), 0) if parts["month"] else int(parts["number"] or 0)
    day, last = int(parts["day"] or 0), int(parts["last"] or 0)
    if not year or month > 12 or day > 31 or last > 31 or (parts["number"] and not month):
        return None
    first = _iso(year, month, day)
    return DateSpan(match.start(), match.end(), first, _iso(year, month, last) if last > day else first)


def _iso(year: str, month: int, day: int) -> str:
    return year + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
