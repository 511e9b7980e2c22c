"""A block of a YAML file that knows its place, so that every complaint can name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ontology.errors import InvalidValue, SourceError, unknown


@dataclass(frozen=True, slots=True)
class Section:
    """A value of a YAML file: a word, a list or a block of keys. `place` is its path, "" at the top."""

    value: object
    place: str
    source: str
    key: str = ""  # the last step of its place

    @classmethod
    def parse(cls, text: str, *, source: str) -> Section:
        """Parse YAML in which every word is text: 'NO' stays 'NO' and does not become false."""
        import yaml

        try:
            value = yaml.load(text, Loader=yaml.BaseLoader)
        except (yaml.YAMLError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            line = f"line {mark.line + 1}: " if mark else ""
            reason = getattr(error, "problem", None) or "unreadable"
            problem = f"{line}this is no YAML ({reason}): check indents and colons"
            raise SourceError(problem, source=source) from error
        if not isinstance(value, dict):
            raise SourceError("a mapping file holds keys such as entities: and relations:", source=source)
        return cls(value, "", source)

    def error(self, problem: str) -> SourceError:
        """An error that names this place."""
        return SourceError(f"{self.place}: {problem}" if self.place else problem, source=self.source)

    @contextmanager
    def at(self, key: str) -> Iterator[None]:
        """Give complaints about values the place of `key`."""
        try:
            yield
        except InvalidValue as error:
            raise self.child(key).error(str(error)) from error

    @staticmethod
    def choose(what: str, value: str, allowed: Iterable[str]) -> str:
        """Return `value` if it is allowed, else raise InvalidValue with the nearest allowed word."""
        choices = list(allowed)
        if value not in choices:
            raise InvalidValue(unknown(what, value, choices))
        return value

    def allow(self, keys: tuple[str, ...]) -> None:
        """Raise SourceError unless this is a block with these keys only."""
        for key in self.block():
            if key not in keys:
                raise self.error(unknown("key", key, keys))

    def block(self) -> dict[str, object]:
        """Its keys and values. Raises SourceError for a word or list."""
        if self.value in ("", None):
            return {}
        if not isinstance(self.value, dict) or not all(isinstance(key, str) for key in self.value):
            raise self.error("write a block of keys here")
        return self.value

    def has(self, key: str) -> bool:
        """Whether the block has the key."""
        return key in self.block()

    def child(self, key: str, *, required: bool = False) -> Section:
        """The value under a key."""
        place = f"{self.place}.{key}" if self.place else key
        if required and not self.block().get(key):
            raise self.error(f"{key} is missing")
        return Section(self.block().get(key, ""), place, self.source, key)

    def section(self, key: str, *, required: bool = False) -> Section:
        """The block under a key; an empty one where the key is absent."""
        child = self.child(key, required=required)
        child.block()
        return child

    def sections(self) -> list[Section]:
        """The values of the block, in order."""
        return [self.child(key) for key in self.block()]

    def listed(self, key: str) -> list[Section]:
        """The items of the list under a key, numbered from 1; [] where the key is absent."""
        child = self.child(key)
        if child.value in ("", None):
            return []
        if not isinstance(child.value, list):
            raise child.error("write a list here, each item after a hyphen")
        return [
            Section(item, f"{child.place}.{number}", self.source)
            for number, item in enumerate(child.value, 1)
        ]

    def children(self, key: str) -> list[Section]:
        """The items of a list under a key, or its one value."""
        child = self.child(key)
        if isinstance(child.value, list):
            return self.listed(key)
        return [child] if child.value else []

    def is_word(self) -> bool:
        """Whether this is a plain word."""
        return isinstance(self.value, str)

    def word(self) -> str:
        """The plain word. Raises SourceError for a list or block."""
        if not isinstance(self.value, str):
            raise self.error("write one word or text here")
        return " ".join(self.value.split())

    def text(self, key: str, *, required: bool = False, strip: bool = True) -> str:
        """The word under a key, "" where the key is absent."""
        child = self.child(key, required=required)
        word = child.word()
        return word if strip else str(child.value)

    def texts(self, key: str) -> tuple[str, ...]:
        """The words of a list under a key, or its one word."""
        return tuple(child.word() for child in self.children(key))
