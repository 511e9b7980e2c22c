"""Which back-ends a user has asked for in innograph.toml, and how to get them.

[extract]
backends = ["spacy", "llm"]

[spacy]
de = "de_core_news_lg"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from loaders.backends.contract import GROUP, Backend, BackendError, Factory, Notify, Options, Value
from ontology.errors import unknown

BUILT_IN = {
    "gliner2": "loaders.backends.gliner",
    "llm": "loaders.backends.llm",
    "spacy": "loaders.backends.spacy",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One back-end with its settings. Hashable and picklable, so that a worker process can open it."""

    name: str
    options: Options


def known() -> tuple[str, ...]:
    """The names of all back-ends, built in or offered by an installed package; sorted."""
    return tuple(sorted({*BUILT_IN, *(point.name for point in entry_points(group=GROUP))}))


def read_choices(path: Path) -> tuple[Choice, ...]:
    """The back-ends that an innograph.toml asks for, in its order; () where it asks for none.

    Raises BackendError with the file, the section and what is allowed.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BackendError(f"{path}: cannot be read: {error}") from error
    return choices_of(table, where=str(path))


def choices_of(table: Mapping[str, object], *, where: str) -> tuple[Choice, ...]:
    """The same, from the table of a configuration file that was read already. Raises BackendError."""
    extract = table.get("extract", {})
    if not isinstance(extract, dict):
        raise BackendError(f"{where}: extract = {extract!r}: write a section [extract]")
    Options(f"{where}: [extract]", tuple((name, "") for name in extract)).only("backends")
    names = extract.get("backends", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BackendError(f'{where}: [extract] backends = {names!r}: write a list such as ["spacy"]')
    for name in names:
        if name not in known():
            hint = f"A package offers more under the entry-point group {GROUP!r}."
            raise BackendError(
                f"{where}: [extract] backends: {unknown('back-end', name, known(), hint=hint)}"
            )
    return tuple(Choice(n, _options(table.get(n, {}), where=f"{where}: [{n}]")) for n in dict.fromkeys(names))


def _options(section: object, *, where: str) -> Options:
    if not isinstance(section, dict):
        raise BackendError(f"{where} is no section: write its name in brackets on a line of its own")
    pairs: list[tuple[str, Value]] = []
    for name, value in sorted(section.items()):
        if not isinstance(value, Value):
            raise BackendError(f"{where} {name} = {value!r}: write a text, a number, true or false")
        pairs.append((name, value))
    return Options(where, tuple(pairs))


def open_backends(choices: Sequence[Choice], *, notify: Notify = lambda _: None) -> tuple[Backend, ...]:
    """Make them, in order. Raises BackendError where a package is missing or a setting is wrong.

    `notify` hears what was left out of an answer and why, one line a document.
    """
    return tuple(_factory(choice.name)(choice.options, notify=notify) for choice in choices)


@lru_cache(maxsize=4)
def opened(choices: tuple[Choice, ...], notify: Notify) -> tuple[Backend, ...]:
    """The same, kept for the next document of this process: a model takes seconds to read."""
    return open_backends(choices, notify=notify)


def fingerprint(choices: Sequence[Choice]) -> str:
    """Hex SHA-256 over names and settings, "" for none: a document read with other back-ends is read again."""
    return sha256(repr([(c.name, c.options.pairs) for c in choices]).encode()).hexdigest() if choices else ""


def _factory(name: str) -> Factory:
    """A built-in back-end comes first: a package cannot take its place. Raises BackendError."""
    if name in BUILT_IN:
        made: Factory = import_module(BUILT_IN[name]).make
        return made
    points = sorted(entry_points(group=GROUP, name=name), key=_origin)
    if not points:
        raise BackendError(unknown("back-end", name, known()))
    if len(points) > 1:
        offers = ", ".join(_origin(point) for point in points)
        raise BackendError(f"back-end {name!r} is offered by {offers}: uninstall all but one")
    try:
        loaded: Factory = points[0].load()
    except (ImportError, AttributeError) as error:
        raise BackendError(f"back-end {name!r} of {_origin(points[0])} cannot be loaded: {error}") from error
    return loaded


def _origin(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.value
