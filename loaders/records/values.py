"""Dates and numbers as tables write them. The mapping names the form; nothing is guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from loaders.documents.datelines import MONTH_NUMBER, valid
from ontology.errors import InvalidValue

# What a date form may be made of, longest first; anything else in a form stands for itself.
DATE_PARTS = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short>\d{2})",
    "MONTH": r"(?P<word>[^\W\d_]+)\.?",
    "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{2})",
    "D": r"(?P<day>\d{1,2})",
    "*": r".*",
}
DATE_TOKEN = re.compile("|".join(re.escape(part) for part in DATE_PARTS))
# A number form is shown by example: how 1234.56 is written.
NUMBER_FORMS = {
    "1234.56": (r"\d+(?:\.\d+)?", "", "."),
    "1234,56": (r"\d+(?:,\d+)?", "", ","),
    "1,234.56": (r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", ",", "."),
    "1.234,56": (r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?", ".", ","),
    "1 234,56": (r"(?:\d{1,3}(?:[\s\u00a0\u202f]\d{3})+|\d+)(?:,\d+)?", " ", ","),
}
CURRENCY_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "ILS": "₪", "CNY": "¥", "JPY": "¥"}


def check_date_form(form: str) -> str:
    """Return `form` if it can give a date, else raise InvalidValue."""
    names = set(date_pattern(form).groupindex)
    has_year, has_month = bool(names & {"year", "short"}), bool(names & {"month", "word"})
    if not has_year or ("day" in names and not has_month):
        raise InvalidValue(
            f"date form {form!r}: write it with YYYY or YY, MM, M or MONTH, DD or D, such as 'DD.MM.YYYY'; "
            "a * stands for anything, such as the time in 'YYYY-MM-DD*'"
        )
    return form


@lru_cache(maxsize=100)
def date_pattern(form: str) -> re.Pattern[str]:
    """The pattern of a date form. Raises InvalidValue for a form that names one part twice."""
    pattern, end = "", 0
    for token in DATE_TOKEN.finditer(form):
        pattern += re.escape(form[end : token.start()]) + DATE_PARTS[token[0]]
        end = token.end()
    try:
        return re.compile(pattern + re.escape(form[end:]))
    except re.error as error:
        raise InvalidValue(f"date form {form!r}: year, month and day may each stand once") from error


def parse_date(text: str, forms: tuple[str, ...]) -> str:
    """ISO 8601, as exact as the form. Two digits of a year mean 1970 to 2069.

    >>> parse_date("31. Dez 18", ("D. MONTH YY",)), parse_date("2018-07-19 09:17:05", ("YYYY-MM-DD*",))
    ('2018-12-31', '2018-07-19')
    """
    for form in forms:
        match = date_pattern(form).fullmatch(text)
        if match and (found := calendar_date(match.groupdict())):
            return found
    raise InvalidValue(f"{text!r} is no date of the form {' or '.join(forms)}")


def calendar_date(parts: dict[str, str | None]) -> str:
    """The date of a match, or "" if there is no such day or month."""
    short = parts.get("short")
    year = int(parts.get("year") or 0) if short is None else int(short) + (2000 if int(short) < 70 else 1900)
    word = parts.get("word")
    month = MONTH_NUMBER.get(word.lower(), 0) if word else int(parts.get("month") or 0)
    has_month, has_day = word or parts.get("month"), parts.get("day")
    if (has_month and not month) or (has_day and not int(has_day)):
        return ""
    return valid(year, month, int(has_day or 0))


def parse_number(text: str, forms: tuple[str, ...], *, currency: str = "") -> str:
    """A plain decimal number. The sign or code of the mapping's own currency may stand beside it.

    >>> parse_number("172.306 €", ("1.234,56",), currency="EUR"), parse_number("960619,95", ("1234,56",))
    ('172306', '960619.95')
    """
    bare = text
    for sign in (currency, CURRENCY_SIGNS.get(currency, "")):
        bare = bare.removeprefix(sign).removesuffix(sign).strip()
    negative, bare = bare.startswith(("-", "−")), bare.lstrip("-−")
    for form in forms:
        pattern, thousands, point = NUMBER_FORMS[form]
        if re.fullmatch(pattern, bare, re.A):
            digits = re.sub(r"[\s\u00a0\u202f]" if thousands == " " else re.escape(thousands), "", bare)
            number = Decimal(digits.replace(point, "."))
            return format(-number if negative and number else number, "f")
    unit = f" in {currency}" if currency else ""
    raise InvalidValue(f"{text!r} is no number written like {' or '.join(forms)}{unit}")
