"""Who works with whom, where and in which role.

Each function asks the question of its name; it raises NotFound for an unknown name of a node or document.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.stores import Store
from queries.run import answers


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner, and the `via` that both share; `via` is None where they simply cooperate."""

    partner: str
    partner_name: str
    partner_kind: str
    via: str | None
    via_name: str | None
    via_kind: str | None


def partners(store: Store, actor: str) -> tuple[Partner, ...]:
    """Who works with an actor, directly or in the same agreement, project, programme or event."""
    return answers(store, "partners", Partner, actor=actor)


@dataclass(frozen=True, slots=True)
class Member:
    """One role of one person at the body asked for."""

    person: str
    person_name: str
    role: str | None
    modality: str
    valid_from: str | None
    valid_to: str | None
    quote: str
    documents: int


def people(store: Store, body: str) -> tuple[Member, ...]:
    """Which people belong to an organisation, place, project or programme, and in which role."""
    return answers(store, "people", Member, body=body)


@dataclass(frozen=True, slots=True)
class Role:
    """One role of the person asked for."""

    body: str
    body_name: str
    body_kind: str
    role: str | None
    modality: str
    valid_from: str | None
    valid_to: str | None
    quote: str
    documents: int


def roles(store: Store, person: str) -> tuple[Role, ...]:
    """Which roles a person has or had, and where."""
    return answers(store, "roles", Role, person=person)


@dataclass(frozen=True, slots=True)
class TopicActor:
    """One actor of a topic, and the undertaking through which; None where the actor itself has it."""

    actor: str
    actor_name: str
    actor_kind: str
    via: str | None
    via_name: str | None
    via_kind: str | None


def topic_actors(store: Store, topic: str) -> tuple[TopicActor, ...]:
    """Which organisations and places work on a topic, themselves or through an undertaking."""
    return answers(store, "topic_actors", TopicActor, topic=topic)


@dataclass(frozen=True, slots=True)
class Resident:
    """One organisation and the place that its source names as its seat."""

    organisation: str
    organisation_name: str
    organisation_kind: str
    seat: str
    seat_name: str


def who_is_where(store: Store, place: str) -> tuple[Resident, ...]:
    """Which organisations sit in a place; a city counts for its region, up to three steps."""
    return answers(store, "who_is_where", Resident, place=place)
