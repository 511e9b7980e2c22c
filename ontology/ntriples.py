"""RDF terms as plain values, and their escaped form in N-Triples (RDF 1.1), one statement a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

# Beyond what N-Triples asks for, every character is escaped at which str.splitlines() breaks, so that one
# statement stays one line for every reader. Half surrogate pairs have no form in RDF; U+FFFD stands for them.
SPECIAL = re.compile('[\\x00-\\x1f"\\\\\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufffe\\uffff]')
SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", '"': '\\"', "\\": "\\\\"}
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?\Z")  # de, zh-Hant, pt-BR
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?\Z")
KEEP = "!$&'()*+,;=:@/%"  # besides letters, digits and -._~ these stand for themselves in a path
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Iri:
    """An absolute IRI that holds no character which N-Triples forbids; `iri_part` makes parts safe."""

    value: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text with an optional datatype (an IRI) or language (BCP 47), never both."""

    text: str
    datatype: str = ""
    language: str = ""


Statement = tuple[Iri, Iri, Iri | Literal]


def line(statement: Statement) -> str:
    """One N-Triples statement without the line end."""
    subject, predicate, thing = statement
    return f"<{subject.value}> <{predicate.value}> {term(thing)} ."


def term(value: Iri | Literal) -> str:
    """The N-Triples form of one term.

    >>> term(Literal('Die "Brücke"', language="de"))
    '"Die \\\\"Brücke\\\\""@de'
    """
    if isinstance(value, Iri):
        return f"<{value.value}>"
    text = SPECIAL.sub(_escape, value.text)
    if value.language:
        return f'"{text}"@{value.language}'
    return f'"{text}"^^<{value.datatype}>' if value.datatype else f'"{text}"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return SHORT.get(character) or f"\\u{ord(character):04X}"


def tagged(text: str, language: str) -> Literal:
    """A text with its language; without, where the tag is unknown ("und", "") or no such tag."""
    known = language not in ("", "und") and LANGUAGE.match(language)
    return Literal(text, language=language.lower() if known else "")


def iri_part(text: str) -> str:
    """Percent-encode any text as a part of an IRI; different texts stay different.

    >>> iri_part("organisation/東京 100%")
    'organisation/%E6%9D%B1%E4%BA%AC%20100%25'
    """
    return quote(text, safe="/", errors="surrogatepass")


def web_address(url: str) -> Iri | Literal:
    """The IRI of an http(s) address, repaired where a part holds forbidden characters; else its text."""
    try:
        scheme, host, path, query, fragment = urlsplit(url.strip())
    except ValueError:  # such as "http://[broken"
        return Literal(url)
    if scheme not in ("http", "https") or not HOST.match(host):
        return Literal(url)
    path, query, fragment = (_repair(part) for part in (path, query, fragment))
    return Iri(f"{scheme}://{host}{path}{'?' + query if query else ''}{'#' + fragment if fragment else ''}")


def _repair(part: str) -> str:
    return quote(STRAY_PERCENT.sub("%25", part), safe=KEEP + "?", errors="surrogatepass")
