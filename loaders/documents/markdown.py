"""Markdown files: the words without the marks; the front matter says title, date, publisher and address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from loaders.documents.datelines import published_in
from loaders.documents.decode import decode
from loaders.documents.layout import joined
from loaders.documents.metadata import language_of, publisher_in, stated_title, title_of
from loaders.documents.page import Page, no_text

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
FIELD = re.compile(r"^([A-Za-z_]+):[ \t]*(.*?)[ \t]*$", re.M)
# The bounds in these patterns keep hostile lines from costing time.
TITLE_LINE = re.compile(r"^#{1,2}\s+(.+?)\s*#*$", re.M)
TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,500}\])")
LINK = re.compile(
    r"(?<!\\)\[([^\[\]\n]{1,1000})\](?:\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|\[[^\[\]\n]{0,500}\])"
)
AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
DEFINITION = re.compile(r"\s{0,3}\[[^\]]+\]:\s*\S+.*")
RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}|\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*")
MARKER = re.compile(r"\s*(?:>\s?)*(#{1,6}\s+|[-*+]\s+|\d{1,3}[.)]\s+)?")
STRONG = re.compile(r"(?<!\\)(\*{1,3}|(?<!\w)_{1,3}|~~|`+)(?=\S)([^\n]{1,300}?)(?<=\S)(?<!\\)\1(?!\w)")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


def read(data: bytes, *, source: str) -> Page:
    """Read a Markdown file. Link texts stay, addresses, pictures and marks go."""
    whole = decode(data, source=source)
    matter = FRONT_MATTER.match(whole)
    fields = front_fields(matter[1]) if matter else {}
    body = whole[matter.end() :] if matter else whole
    text = joined(blocks(without_comments(body)))
    if not any(character.isalnum() for character in text):
        raise no_text("Markdown file", source=source)
    heading = TITLE_LINE.search(body)
    title = fields.get("title") or (plain_words(heading[1]) if heading else "")
    return Page(
        title=stated_title(title) or title_of(text),
        text=text,
        language=fields.get("language") or fields.get("lang") or language_of(text),
        publisher=fields.get("publisher") or publisher_in(text),
        url=fields.get("url", ""),
        published=published_in(fields.get("date", "")) or published_in(text),
        licence=fields.get("licence") or fields.get("license", ""),
    )


def without_comments(body: str) -> str:
    """The text without <!-- comments -->; one that is not closed is text. A pattern would take quadratic time."""
    kept, place = "", 0
    while (start := body.find("<!--", place)) >= 0 and (end := body.find("-->", start)) >= 0:
        kept, place = kept + body[place:start], end + 3
    return kept + body[place:]


def front_fields(matter: str) -> dict[str, str]:
    """The `key: value` lines of a front matter, quotation marks off, keys in lower case."""
    return {key.lower(): value.strip("\"'") for key, value in FIELD.findall(matter)}


def blocks(body: str) -> Iterator[str]:
    """Yield paragraphs (wrapped lines put together), headings, list points and table rows."""
    block = ""
    for line in body.split("\n"):
        marker = MARKER.match(line)
        mark = marker[1] if marker and marker[1] else ""
        is_row = line.strip().startswith("|")
        if block and (not line.strip("> \t") or mark or is_row or RULE.fullmatch(line)):
            yield block
            block = ""
        if RULE.fullmatch(line) or DEFINITION.fullmatch(line) or line.strip().startswith(("```", "~~~")):
            continue
        words = plain_words(line[marker.end() :] if marker else line)
        if is_row or mark.startswith("#"):
            yield (
                re.sub(r"\s*\|\s*", " | ", words.strip().strip("|").strip()) if is_row else words.rstrip("# ")
            )
        elif words:
            block = f"{block} {words}" if block else item(mark, words)
    if block:
        yield block


def item(mark: str, words: str) -> str:
    """A list point begins with a hyphen, or keeps its number."""
    if not mark:
        return words
    return f"{mark.strip()} {words}" if mark[0].isdigit() else f"- {words}"


def plain_words(line: str) -> str:
    """One line without marks.

    >>> plain_words("**Neu:** die [Innovation Bridge](https://example.org) in *Essen*")
    'Neu: die Innovation Bridge in Essen'
    """
    line = AUTOLINK.sub(r"\1", IMAGE.sub("", line))
    line = TAG.sub("", LINK.sub(r"\1", line))
    for _ in range(3):  # marks stand in marks: ***x***, **`x`**
        line = STRONG.sub(r"\2", line)
    return unescape(ESCAPE.sub(r"\1", line)).strip()
