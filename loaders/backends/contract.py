"""What a back-end is: something that reads a text and says where it sees names, and perhaps what links them.

A package offers one under the entry-point group `innograph.extractors`; the entry point is a `Factory`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Protocol, runtime_checkable

from ontology.errors import GraphError, unknown
from ontology.model import Document, Fact

GROUP = "innograph.extractors"
# Kinds that most taggers know -> topmost classes of the ontology. MISC is a name of anything else.
COARSE = {"PER": ("Person",), "ORG": ("Organisation",), "LOC": ("Place",),
          "MISC": ("Agreement", "Event", "Programme", "Project", "Topic")}  # fmt: skip

Value = str | int | float | bool
Notify = Callable[[str], None]


class BackendError(GraphError):
    """A back-end cannot be used as it is set up: install what it names, or change the settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackendMention:
    """A name in the text that was given. `start`/`end` count its code points, `end` is exclusive."""

    start: int
    end: int
    type: str  # a key of COARSE, or a class of the ontology
    confidence: float = 0.75  # 0..1; 0.75 for taggers that give none


class Backend(Protocol):
    """Reads names. The same text gives the same answer; `name` is short and stands in the evidence."""

    name: str

    def mentions(self, text: str, language: str) -> Sequence[BackendMention]:
        """Names in a text whose language is "de", "en" or another BCP 47 tag; () where it knows nothing of it."""
        ...


@runtime_checkable
class FactBackend(Backend, Protocol):
    """Reads links too. Each fact's evidence has a span of `document.text` and the quote that stands there."""

    def facts(self, document: Document) -> Sequence[Fact]: ...


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of one back-end, as sorted pairs; `where` names their section in messages."""

    where: str
    pairs: tuple[tuple[str, Value], ...] = ()

    def only(self, *names: str) -> None:
        """Raise BackendError for a setting of another name."""
        for name, _ in self.pairs:
            if name not in names:
                raise BackendError(f"{self.where}: {unknown('setting', name, names)}")

    def text(self, name: str, default: str = "") -> str:
        """A string. Raises BackendError for anything else."""
        value = dict(self.pairs).get(name, default)
        if not isinstance(value, str):
            raise BackendError(f'{self.where} {name} = {value!r}: write a text in quotes, such as "..."')
        return value

    def number(self, name: str, default: float) -> float:
        """A number above 0. Raises BackendError for anything else."""
        value = dict(self.pairs).get(name, default)
        if isinstance(value, bool | str) or value <= 0:
            raise BackendError(f"{self.where} {name} = {value!r}: write a number above 0")
        return float(value)

    def flag(self, name: str) -> bool:
        """True or false, false where it is not set. Raises BackendError for anything else."""
        value = dict(self.pairs).get(name, False)
        if not isinstance(value, bool):
            raise BackendError(f"{self.where} {name} = {value!r}: write true or false")
        return value


class Factory(Protocol):
    """Makes a back-end. It may raise BackendError; it does not read a model before the first text."""

    def __call__(self, options: Options, *, notify: Notify) -> Backend: ...


def package(module: str, *, extra: str, backend: str) -> ModuleType:
    """Import an optional package. Raises BackendError that says how to get it."""
    try:
        return import_module(module)
    except ImportError as error:
        if error.name is not None and error.name.split(".")[0] != module.split(".")[0]:
            problem = f"the package {module!r} is there, but {error.name!r}, which it needs, is not"
        else:
            problem = f"the package {module!r} is not installed"
        way_out = f"run `pip install 'innograph[{extra}]'`, or take {backend!r} out of [extract] backends"
        raise BackendError(f"{backend}: {problem}: {way_out}") from error
