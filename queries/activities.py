"""Who did what and when: events, delegations, projects and programmes.

Each function asks the question of its name; it raises NotFound for an unknown name of a node or document.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.stores import Store
from queries.run import answers


@dataclass(frozen=True, slots=True)
class Participant:
    """One who takes part (PARTICIPATES_IN), hosts (ORGANISES) or runs it (COORDINATES)."""

    actor: str
    actor_name: str
    actor_kind: str
    relation: str
    role: str | None
    modality: str
    quote: str
    documents: int


def participants(store: Store, activity: str) -> tuple[Participant, ...]:
    """Who takes part in an event, delegation, project or programme, who hosts it, who runs it."""
    return answers(store, "participants", Participant, activity=activity)


@dataclass(frozen=True, slots=True)
class Visit:
    """One place or body that was visited."""

    host: str
    host_name: str
    host_kind: str
    modality: str
    quote: str
    documents: int


def visits(store: Store, visitor: str) -> tuple[Visit, ...]:
    """What a delegation, person or organisation visited."""
    return answers(store, "visits", Visit, visitor=visitor)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event, delegation or agreement with a known start."""

    happening: str
    happening_name: str
    happening_kind: str
    start: str
    end: str | None
    documents: int


def timeline(store: Store, *, since: str = "", until: str = "") -> tuple[Happening, ...]:
    """Events, delegations and agreements by their start."""
    return answers(store, "timeline", Happening, since=since, until=until)
