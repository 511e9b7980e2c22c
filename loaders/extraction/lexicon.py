"""The editable word lists of cues/*.toml, read once and looked up by every rule."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ENTRY = re.compile(r"[^|\n]+")
FILES = ("text", "organisations", "bodies", "persons", "undertakings", "topics")


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that ends the name of a body. `gender`: m, f, n, p (plural) or x (the language has none)."""

    word: str
    type: str
    gender: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything lower-case, but for `parties`, `legal_forms` and `known_programmes`."""

    abbreviations: frozenset[str]
    function_words: frozenset[str]
    boilerplate_starts: tuple[str, ...]
    boilerplate_anywhere: tuple[str, ...]
    navigation: frozenset[str]
    heads: Mapping[str, Head]
    generic: frozenset[str]
    standalone: tuple[str, ...]
    legal_forms: Mapping[str, str]  # form -> class
    apposition: Mapping[str, str]  # noun -> class
    parties: frozenset[str]
    titles: frozenset[str]
    role_heads: frozenset[str]
    role_modifiers: frozenset[str]
    past_modifiers: tuple[str, ...]
    org_in_role: frozenset[str]
    particles: frozenset[str]
    agreement_heads: frozenset[str]
    agreement_anaphora: frozenset[str]
    delegation_heads: frozenset[str]
    delegation_anaphora: frozenset[str]
    event_heads: frozenset[str]
    event_generic: frozenset[str]
    telling_events: frozenset[str]
    programme_heads: frozenset[str]
    project_heads: frozenset[str]
    known_programmes: tuple[str, ...]
    umbrella_topics: frozenset[str]
    bodies: Mapping[str, tuple[str, str]]  # well-known body -> class, short name or ""


@cache
def lexicon() -> Lexicon:
    """Read the cue files that ship with the package (about 3 ms)."""
    raw: dict[str, object] = {}
    for name in FILES:
        text = files("loaders.extraction").joinpath(f"cues/{name}.toml").read_text("utf-8")
        raw.update(tomllib.loads(text))
    heads = {
        word: Head(word, type_, gender)
        for type_, by_gender in _table(raw["heads"]).items()
        for gender, words in _table(by_gender).items()
        for word in _entries(words)
    }
    classes = {
        section: {word: type_ for type_, words in _table(raw[section]).items() for word in _entries(words)}
        for section in ("legal_forms", "apposition")
    }
    bodies = {
        entry.partition(" = ")[0]: (type_, entry.partition(" = ")[2])
        for type_, entries in _table(raw["bodies"]).items()
        for entry in _entries(entries)
    }
    lists = {name: _entries(value) for name, value in raw.items() if isinstance(value, str)}
    ordered = {
        "boilerplate_starts",
        "boilerplate_anywhere",
        "standalone",
        "past_modifiers",
        "known_programmes",
    }
    return Lexicon(
        heads=heads,
        legal_forms=classes["legal_forms"],
        apposition=classes["apposition"],
        bodies=bodies,
        **{k: v if k in ordered else frozenset(v) for k, v in lists.items()},  # type: ignore[arg-type]
    )


def _entries(value: object) -> tuple[str, ...]:
    return tuple(found for entry in ENTRY.findall(str(value)) if (found := entry.strip()))


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"a cue file holds {value!r} where a table is due")
    return value
