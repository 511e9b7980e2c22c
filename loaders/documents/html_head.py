"""What a web page says about itself: meta elements, link elements and JSON-LD.

Dates are cut to what is written: a library's guess from a footer or an address is no publication date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.documents.datelines import iso_date_prefix

TITLES = ("og:title", "dc.title", "dcterms.title")
PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher")
DATES = (
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "publish-date",
    "citation_publication_date",
)
LICENCES = ("dc.rights", "dcterms.license", "dcterms.rights")
ARTICLE_TYPES = frozenset({"Article", "NewsArticle", "BlogPosting", "Report", "WebPage", "PressRelease"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head states; "" for what it does not."""

    title: str = ""
    language: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    licence: str = ""


def read_head(markup: str) -> Head:
    """Read the head of a page; an empty Head where the markup has no tree."""
    import trafilatura

    tree = trafilatura.load_html(markup)
    if tree is None:
        return Head()
    meta = dict(reversed(list(meta_pairs(tree))))  # reversed: the first of a name counts
    linked = dict(reversed(list(link_pairs(tree))))
    data = article_data(tree)
    url = linked.get("canonical") or meta.get("og:url", "")
    dates = (iso_date_prefix(value) for value in stated_dates(meta, data))
    return Head(
        title=first(meta, TITLES) or data.get("headline", ""),
        language=language_tag(tree.get("lang") or meta.get("og:locale", "")),
        publisher=first(meta, PUBLISHERS) or data.get("publisher", ""),
        url=url if url.startswith(("http://", "https://")) else "",
        published=next(filter(None, dates), ""),
        licence=linked.get("license") or first(meta, LICENCES),
    )


def stated_dates(meta: dict[str, str], data: dict[str, str]) -> list[str]:
    """The values that could be the day of publication, the most specific first."""
    article = [meta.get("article:published_time", ""), data.get("datePublished", "")]
    return article + [meta.get(name, "") for name in DATES]


def meta_pairs(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield name (lower case) and content of each meta element that has both."""
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            yield name.strip().lower(), content


def link_pairs(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield each relation (lower case) and address of link elements, and of `a rel=license`."""
    for element in tree.iter("link", "a"):
        for rel in (element.get("rel") or "").lower().split():
            if element.get("href") and (element.tag == "link" or rel == "license"):
                yield rel, element.get("href").strip()


def first(values: dict[str, str], names: tuple[str, ...]) -> str:
    """The first value there is, by the order of the names."""
    return next((values[name] for name in names if name in values), "")


def language_tag(value: str) -> str:
    """ "de" for "de-DE" or "de_DE"; "" for what is no language tag."""
    match = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", value.strip())
    return match[0].lower() if match else ""


def article_data(tree: Any) -> dict[str, str]:
    """Headline, datePublished and publisher's name from the first JSON-LD article of the page."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                value = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue  # half the web's JSON-LD is broken; the page itself is still good
            for thing in things(value):
                if is_article(thing):
                    return article_fields(thing)
    return {}


def things(value: object, depth: int = 0) -> Iterator[dict[str, object]]:
    """Yield the objects of a JSON-LD value: itself, list members, members of @graph."""
    if isinstance(value, list) and depth < 5:
        for member in value:
            yield from things(member, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from things(value.get("@graph"), depth + 1)


def is_article(thing: dict[str, object]) -> bool:
    """True where the type, or one of the types, is a kind of article."""
    kinds = thing.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(kind in ARTICLE_TYPES for kind in named if isinstance(kind, str))


def article_fields(thing: dict[str, object]) -> dict[str, str]:
    """The fields that are strings, and the publisher's name."""
    publisher = thing.get("publisher")
    fields = {
        "headline": thing.get("headline"),
        "datePublished": thing.get("datePublished"),
        "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher,
    }
    return {key: " ".join(value.split()) for key, value in fields.items() if isinstance(value, str)}
