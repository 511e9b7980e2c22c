"""corrections.yaml: what people decided about the graph. It is replayed on every fold, so decisions survive.

- same: [BMR, Business Metropole Ruhr GmbH]
  reason: the acronym of its own letterhead
- not-same: [place/quebec, {name: Québec, type: Region}]
- wrong: {source: Anke Beispiel, type: affiliatedWith, target: BMR}
- add: {type: Company, name: Beispiel Robotik GmbH}
- add: {source: Beispiel Robotik GmbH, type: locatedIn, target: Bochum}
  reason: their imprint, read on the day of the entry
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import CorrectionError
from ontology.model import Modality


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an entry stands (both count from 1) and why it was made."""

    entry: int
    line: int
    reason: str = ""
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A node as people name it: its id, or any of its names, with its class where the name is not enough."""

    text: str
    type: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.type})" if self.type else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """These are one thing."""

    origin: Origin
    nodes: tuple[Reference, ...]  # at least two


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSame:
    """Each of these is another thing."""

    origin: Origin
    nodes: tuple[Reference, ...]  # at least two


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """There is no such relation, whatever documents say."""

    origin: Origin
    source: Reference
    type: str
    target: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNode:
    """There is such a thing, though no document says so."""

    origin: Origin
    type: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRelation:
    """There is such a relation, though no document says so."""

    origin: Origin
    source: Reference
    type: str
    target: Reference
    role: str = ""
    modality: Modality = Modality.STATED
    amount: str = ""
    valid_from: str = ""
    valid_to: str = ""


Correction = Same | NotSame | Wrong | AddNode | AddRelation


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """All entries in the order of the file. `file` is its name as messages show it."""

    file: str
    entries: tuple[Correction, ...] = ()

    def digest(self) -> str:
        """Of what the entries say and where they stand, since evidence shows their lines."""
        return hashlib.sha256(repr(self.entries).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What an entry did. `count`: entities joined or kept apart, relations removed, facts added.

    A count of 0 means that the entry no longer applies; `note` says why.
    """

    entry: Correction
    count: int
    note: str = ""


def read_corrections(path: Path) -> Corrections:
    """Read the file. A missing or empty file has no entries. Raises CorrectionError."""
    from graph.corrections_yaml import parse

    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Corrections(file=path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    return parse(text, file=str(path))


def describe(entry: Correction) -> str:
    """One line for people, such as "same: BMR = Business Metropole Ruhr GmbH"."""
    match entry:
        case Same():
            return f"same: {' = '.join(map(str, entry.nodes))}"
        case NotSame():
            return f"not-same: {' / '.join(map(str, entry.nodes))}"
        case Wrong():
            return f"wrong: {entry.source} {entry.type} {entry.target}"
        case AddNode():
            return f"add: {entry.name} ({entry.type})"
        case AddRelation():
            return f"add: {entry.source} {entry.type} {entry.target}"
