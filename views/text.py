"""Text that leaves the house: forbidden characters, links that may be followed, cells of a table."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# XML 1.0 has no way to write these, not even as a character reference; UTF-8 has none for lone surrogates.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def writable(text: str) -> str:
    """`text` with each character that XML and HTML forbid shown as U+FFFD; everything else stays.

    >>> writable("a\\x00b")
    'a\ufffdb'
    """
    return FORBIDDEN.sub("\ufffd", text)


def web_link(url: str) -> str:
    """`url` if a browser may follow it (http or https with a host), otherwise "".

    >>> web_link("https://example.org/a"), web_link("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # such as an open bracket in the host
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


def guard(cell: str) -> str:
    """A table cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe.

    >>> guard("=1+1"), guard("'=1"), guard("plain")
    ("'=1+1", "''=1", 'plain')
    """
    return "'" + cell if FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """Undo `guard`: for every text, `unguard(guard(text)) == text`."""
    return cell[1:] if GUARDED.match(cell) else cell
