"""Dates told from the day of publication: "gestern", "am Dienstag", "in der vergangenen Woche", "last month"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "montag monday",
            "dienstag tuesday",
            "mittwoch wednesday",
            "donnerstag thursday",
            "freitag friday",
            "samstag sonnabend saturday",
            "sonntag sunday",
        )
    )
    for name in names.split()
}
DAYS = {
    "heute": 0,
    "heutigen": 0,
    "today": 0,
    "gestern": -1,
    "gestrigen": -1,
    "yesterday": -1,
    "vorgestern": -2,
}
NEXT = r"(?:kommenden?|nächsten?|next|coming)"
LAST = r"(?:vergangenen?|letzten?|vorigen?|last|past)"
DAY = re.compile(rf"\b(?:{'|'.join(DAYS)})\b", re.IGNORECASE)
WEEKDAY = re.compile(
    rf"\b(?:am|on|this|zum|seit|bis)?\s*(?:(?P<next>{NEXT})|(?P<last>{LAST}))?\s*(?P<day>{'|'.join(WEEKDAYS)})(?:morgen|mittag|abend)?\b",
    re.IGNORECASE,
)
WEEK = re.compile(rf"\b(?:(?P<next>{NEXT})|(?P<last>{LAST}))\s+(?:Woche|week)\b", re.IGNORECASE)
MONTH = re.compile(rf"\b(?:(?P<next>{NEXT})|(?P<last>{LAST}))\s+(?:Monats?|month)\b", re.IGNORECASE)
YEAR = re.compile(
    rf"\b(?:(?P<next>{NEXT})|(?P<last>{LAST})|(?P<this>dieses|this|diesem))\s+(?:Jahre?s?|year)\b",
    re.IGNORECASE,
)

Span = tuple[int, int, str, str]  # start, end, first day or month or year, last


def relative_dates(text: str, start: int, end: int, published: str) -> Iterator[Span]:
    """Yield spans with ISO 8601 intervals, as exact as the words are.

    `published` must be a full date (2024-05-06); without one nothing is yielded, for nothing is known.
    """
    if len(published) != 10:
        return
    today = date.fromisoformat(published)
    for match in DAY.finditer(text, start, end):
        day = today + timedelta(days=DAYS[match[0].casefold()])
        yield match.start(), match.end(), day.isoformat(), day.isoformat()
    for match in WEEKDAY.finditer(text, start, end):
        day = _weekday(today, WEEKDAYS[match["day"].casefold()], coming=bool(match["next"]))
        yield match.start("day"), match.end(), day.isoformat(), day.isoformat()
    for match in WEEK.finditer(text, start, end):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=1 if match["next"] else -1)
        yield match.start(), match.end(), monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    for match in MONTH.finditer(text, start, end):
        months = today.year * 12 + today.month - 1 + (1 if match["next"] else -1)
        month = f"{months // 12}-{months % 12 + 1:02}"
        yield match.start(), match.end(), month, month
    for match in YEAR.finditer(text, start, end):
        year = str(today.year + (1 if match["next"] else 0 if match["this"] else -1))
        yield match.start(), match.end(), year, year


def _weekday(today: date, wanted: int, *, coming: bool) -> date:
    """The last such day before or on the day of publication, or the next one after it."""
    back = (today.weekday() - wanted) % 7
    return today - timedelta(days=back) + timedelta(weeks=1 if coming else 0)
