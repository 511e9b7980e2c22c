"""Queries and their parameters as they are typed on a command line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import click


def query_text(text: str) -> str:
    """The query itself: TEXT, the content of @FILE, or of standard input for "-". Raises click.UsageError."""
    if text != "-" and not text.startswith("@"):
        return _unicode(text)
    try:
        with click.open_file(text.removeprefix("@"), encoding="utf-8-sig") as file:
            return str(file.read())
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{text.removeprefix('@')}: the query cannot be read: {error}") from error


def pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Name and value of each NAME=VALUE. Raises click.UsageError."""
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise click.UsageError(f"{word!r}: write NAME=VALUE")
        yield name, _unicode(value)


def json_or_text(value: str) -> Any:
    """A number, true, false, null or a flat list where the text is one in JSON; else the text."""
    try:
        found = json.loads(value, parse_constant=str)  # NaN may be somebody's name
    except ValueError:
        return value
    if isinstance(found, list) and not any(isinstance(v, list | dict) for v in found):
        return tuple(found)
    return value if isinstance(found, list | dict) else found


def _unicode(text: str) -> str:
    """The text, which a shell may have passed with bytes that are no UTF-8."""
    if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
        raise click.UsageError(f"{text!r}: holds bytes that are no UTF-8: type it again in UTF-8")
    return text
