"""The day a press release came out, from its dateline: "Essen, 14. September 2022".

A date inside a sentence is the date of what the sentence tells, so only a line that begins with the date
(after a label, a place or a weekday) counts. Day and month are never invented.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

MONTHS: Final = (
    ("januar", "jänner", "january", "jan"),
    ("februar", "feber", "february", "feb"),
    ("märz", "maerz", "march", "mar", "mrz"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("dezember", "december", "dez", "dec"),
)
MONTH_NUMBER: Final = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
PRESS_YEARS: Final = frozenset(map(str, range(1800, 2200)))  # four digits elsewhere are numbers
HEAD_LINES, TAIL_LINES = 12, 6  # a dateline stands at the top or, as "Stand:", at the end

_MONTH = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
_DATE = (
    r"(?:(?P<iso>\d{4}-\d{2}(?:-\d{2})?)(?:T[\d:.+Z-]*)?"
    r"|(?P<dotted>\d{1,2}\.\s?\d{1,2}\.\s?\d{4})"
    r"|(?P<slashed>\d{1,2}/\d{1,2}/\d{4})"
    rf"|(?:(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\.?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<us_month>{_MONTH})\.?\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<us_year>\d{{4}}))"
)
_LABEL = (
    r"(?:Pressemitteilung|Pressemeldung|Presseinformation|Presseinfo|Medieninformation|Medienmitteilung|"
    r"Press release|News release|Media release|Press information|For immediate release|"
    r"Zur sofortigen Veröffentlichung|News|Aktuelles|Meldung)"
)
_FIELD = (
    r"(?:Stand|Datum|Date|Published(?: on)?|Publication date|Veröffentlicht(?: am)?|"
    r"Erschienen(?: am)?|Posted(?: on)?)"
)
_WEEKDAY = (
    r"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
# One to five words, the first with a capital. "Am Montag, 25. November 2019" opens a sentence: no place.
_PLACE = (
    r"(?!(?:Am|Im|Vom|Seit|Bis|Ab|Zum|Beim|Nach|Vor|On|In|From|Since|Until|By|At|After|Before)\b)"
    r"(?-i:[^\W\d_a-zäöüß])[\w.'’()&-]*(?:[ /][\w.'’()&-]+){0,4}"
)
PRESS_LABEL: Final = re.compile(rf"{_LABEL}(?:\s*(?:Nr\.?|No\.?|#)?\s*\d[\d/. -]*)?[:|]?", re.I)
DATELINE: Final = re.compile(
    rf"\s*[(\[*]?(?:{_LABEL}(?:\s+(?:Nr\.?|No\.?)?\s*\d+(?:/\d+)?)?(?:\s+(?:vom|of))?,?\s*)?"
    rf"(?:{_FIELD}\s*:?\s*)?(?:{_PLACE}\s*,\s*)?(?:{_WEEKDAY},?\s+)?(?:den|dem|the)?\s*{_DATE}"
    r"(?:,?\s*\d{1,2}[:.]\d{2}(?:\s*(?:Uhr|h|am|pm))?)?(?:\s*[)\]*:]|\.?\s*$|\.\s)",
    re.I,
)
# Header lines put several things side by side: "Press release | Leeds, 3 May 2022 | 2 min".
SEPARATOR: Final = re.compile(r"\s*[|·•›>]\s*|\s+[–—-]+\s+|\s{2,}|\t")
SEGMENTS, SEGMENT_LENGTH = 5, 60  # how far into a header line a date may stand


def published_in(text: str) -> str:
    """The date of the first dateline, ISO 8601 and as exact as written, or "".

    Only the first lines and the last lines are looked at. 03/04/2024 could be March or April, so it
    gives the year only.

    >>> published_in("Essen, 14. September 2022 – Die Stadt ...")
    '2022-09-14'
    >>> published_in("Die Messe am 14. September 2022 war ein Erfolg.")
    ''
    """
    lines = [line for line in text.split("\n") if line.strip()]
    for line in [*lines[:HEAD_LINES], *lines[HEAD_LINES:][-TAIL_LINES:]]:
        for segment in header_segments(line):
            match = DATELINE.match(segment)
            if match and (found := iso_date(match)) and found[:4] in PRESS_YEARS:
                return found
    return ""


def header_segments(line: str) -> list[str]:
    """The parts of a line that could hold its date: those after short parts only.

    >>> header_segments("News | Leeds, 3 May 2022 | 2 min")
    ['News', 'Leeds, 3 May 2022', '2 min']
    """
    # The cut keeps a hostile line of megabytes from costing time.
    segments: list[str] = []
    for segment in SEPARATOR.split(line.strip()[:300])[:SEGMENTS]:
        segments.append(segment)
        if len(segment) > SEGMENT_LENGTH:
            break
    return segments


def iso_date(match: re.Match[str]) -> str:
    """The ISO form of a matched date, or "" if the calendar has no such day."""
    if match["iso"]:
        return valid(*map(int, match["iso"].split("-")))
    if match["dotted"]:
        day, month, year = (int(part) for part in match["dotted"].split("."))
        return valid(year, month, day)
    if match["slashed"]:
        return slashed_date(*map(int, match["slashed"].split("/")))
    year = int(match["year"] or match["us_year"])
    month = MONTH_NUMBER[(match["month"] or match["us_month"]).lower()]
    return valid(year, month, int(match["day"] or match["us_day"] or 0))


def slashed_date(first: int, second: int, year: int) -> str:
    """Day and month where only one order is possible, else the year."""
    if first == second or (first > 12 >= second):
        return valid(year, second, first)
    return valid(year, first, second) if second > 12 >= first else valid(year)


def valid(year: int, month: int = 0, day: int = 0) -> str:
    """Year, month and day as ISO 8601, or "" for a day that does not exist.

    >>> valid(2024, 2, 29), valid(2023, 2, 29), valid(2023, 2)
    ('2024-02-29', '', '2023-02')
    """
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def iso_date_prefix(value: str) -> str:
    """The date at the beginning of a machine-readable value, as exact as written, or "".

    >>> iso_date_prefix("2019-11-25T10:00"), iso_date_prefix("2019-11"), iso_date_prefix("2019-02-31")
    ('2019-11-25', '2019-11', '')
    """
    match = re.match(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?=$|[T\s])", value)
    if not match:
        return published_in(value)
    found = valid(*(int(part) for part in match.groups("0")))
    return found if found[:4] in PRESS_YEARS else ""
