"""What a query text may not say, told from its tokens: in a string or a comment a word is only a word.

The engines would do more than read the graph. SERVICE makes Oxigraph call any host; LOAD CSV makes KGLite
read local files, also from a frozen graph. Where an engine might cut the text otherwise than this file does,
it refuses too much rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, takewhile

from ontology.errors import QueryError

CYPHER = re.compile(
    r"""(?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
      | (?P<comment>//[^\n\r]*|/\*.*?\*/)
      | (?P<parameter>\$\w+)
      | `(?P<quoted>(?:``|[^`])*)`
      | (?P<word>\w+)
      | (?P<blank>\s+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
SPARQL = re.compile(
    r"""(?P<string>'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"
          |'(?:\\.|[^'\\\n\r])*'|"(?:\\.|[^"\\\n\r])*")
      | (?P<iri><[^\s<>"{}|^`\\]*>)
      | (?P<comment>\#[^\n\r]*)
      | (?P<parameter>\$\w+)
      | (?P<variable>\?\w+)
      | (?P<name>(?:\w[\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*)
      | (?P<word>\w+)
      | (?P<blank>\s+)
      | (?P<other>\\.|.)""",
    re.VERBOSE | re.DOTALL,
)
UNTOLD = ("blank", "comment", "string", "iri", "parameter", "variable")
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
HEADER = ("PREFIX", "BASE", "VERSION")  # may stand before the first keyword
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH")
# Procedures that only read the graph. A list of what is allowed: an engine's next version may bring others.
PROCEDURES = re.compile(
    r"betweenness|closeness|clustering_coefficient|connected_components|degree|diameter|eccentricity|k_core"
    r"|label_propagation|leiden|louvain|pagerank|triangle_count|dbms\.functions|dbms\.procedures"
    r"|db\.(indexes|labels|propertykeys|relationshiptypes|schema(\.\w+)?)"
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str


def check_cypher(text: str, parameters: Collection[str] = ()) -> str:
    """Return the text for the engine, block comments blanked out. Raises QueryError if it may not be run."""
    for form in _forms(text):
        words = [token.text.strip("`").casefold() for token in _told(CYPHER, form)]
        for word, after in pairwise([*words, ""]):
            if word.endswith("load") and after.startswith("csv"):
                raise QueryError(
                    "LOAD CSV is not allowed: queries read the graph, `innograph load` reads files"
                )
        _check_procedures(words)
    tokens = tuple(_tokens(CYPHER, text))
    _check_parameters(tokens, parameters)
    # KGLite knows no block comments; Neo4j does.
    return "".join(" " if token.text.startswith("/*") else token.text for token in tokens)


def check_sparql(text: str, parameters: Collection[str] = ()) -> None:
    """Raises QueryError if it may not be run."""
    for form in _forms(text):
        told = list(_told(SPARQL, form))
        if any(_calls_service(token) for token in told):
            raise QueryError("SERVICE is not allowed: a query reads this atlas and never reaches the network")
        first = next((t.text.upper() for t in told if t.kind == "word" and t.text.upper() not in HEADER), "")
        if first in UPDATES:
            raise QueryError(f"{first} is not allowed: queries only read; load documents or correct instead")
    _check_parameters(tuple(_tokens(SPARQL, text)), parameters)


def fill_sparql(text: str, terms: Mapping[str, str]) -> str:
    """Put terms, already written as SPARQL, in the place of `$name`; `?name` and strings are left alone."""
    return "".join(_filled(token, lambda name: terms.get(name)) for token in _tokens(SPARQL, text))


def _filled(token: Token, term_of: Callable[[str], str | None]) -> str:
    term = term_of(token.text[1:]) if token.kind == "parameter" else None
    return token.text if term is None else f" {term} "


def _calls_service(token: Token) -> bool:
    """Any bare word with SERVICE in it: `1SERVICE` is two tokens, and no other keyword contains it."""
    text = token.text.upper()
    return ("SERVICE" in text and token.kind == "word") or (".SERVICE" in text and token.kind == "name")


def _check_procedures(words: list[str]) -> None:
    for position, (word, after) in enumerate(pairwise([*words, ""])):
        if (
            word != "call"
            or not after.isidentifier()
            or words[position - 1 : position] in (["."], [":"], ["as"])
        ):
            continue  # a property, label or column called so, or a subquery
        rest = words[position + 1 :]
        name = "".join(takewhile(lambda part: part not in ("(", "yield"), rest))
        if not PROCEDURES.fullmatch(name):
            hint = "`SHOW PROCEDURES` lists some that only read the graph"
            raise QueryError(f"CALL {name} is not allowed: {hint}")


def _check_parameters(tokens: tuple[Token, ...], given: Collection[str]) -> None:
    used = {token.text[1:] for token in tokens if token.kind == "parameter"}
    if unused := sorted(set(given) - used):
        names = ", ".join(f"${name}" for name in unused)
        have = ", ".join(f"${name}" for name in sorted(used)) or "none"
        raise QueryError(f"parameter {names} does not stand in the query, which has {have}: check the name")


def _forms(text: str) -> tuple[str, ...]:
    r"""The text as written, and with \uXXXX resolved, which an engine may do before it cuts the text."""
    plain = ESCAPE.sub(lambda m: _character(int(m[1] or m[2], 16)), text)
    return (text,) if plain == text else (text, plain)


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 else "\ufffd"


def _told(pattern: re.Pattern[str], text: str) -> Iterator[Token]:
    return (token for token in _tokens(pattern, text) if token.kind not in UNTOLD)


def _tokens(pattern: re.Pattern[str], text: str) -> Iterator[Token]:
    for match in pattern.finditer(text):
        kind = match.lastgroup or "other"
        yield Token(kind, match[0])
