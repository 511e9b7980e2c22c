"""What ties places together: agreements, programmes, delegations and money.

Each function asks the question of its name; it raises NotFound for an unknown name of a node or document.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.stores import Store
from queries.run import answers


@dataclass(frozen=True, slots=True)
class CommonAgreement:
    """One agreement that ties both places."""

    agreement: str
    agreement_name: str
    start: str | None
    end: str | None
    documents: int


def agreements_between(store: Store, place: str, other: str) -> tuple[CommonAgreement, ...]:
    """Which agreements tie two places: they join them, or parties and signatories belong there."""
    return answers(store, "agreements_between", CommonAgreement, place=place, other=other)


@dataclass(frozen=True, slots=True)
class Signatory:
    """One who signed (relation SIGNED) or is bound (PARTY_TO)."""

    signatory: str
    signatory_name: str
    signatory_kind: str
    relation: str
    modality: str
    quote: str
    documents: int


def signatories(store: Store, agreement: str) -> tuple[Signatory, ...]:
    """Who signed an agreement and on whose behalf, intended and denied signatures included."""
    return answers(store, "signatories", Signatory, agreement=agreement)


@dataclass(frozen=True, slots=True)
class JoinedPlace:
    """One place that a programme or an agreement joins."""

    frame: str
    frame_name: str
    frame_kind: str
    place: str
    place_name: str
    modality: str
    quote: str
    documents: int


def programme_regions(store: Store) -> tuple[JoinedPlace, ...]:
    """Which places each programme or agreement joins."""
    return answers(store, "programme_regions", JoinedPlace)


@dataclass(frozen=True, slots=True)
class Bridge:
    """Two places, `place` < `other`, and what joins them: it names, binds, visits or lists both."""

    place: str
    place_name: str
    other: str
    other_name: str
    programmes: int
    agreements: int
    delegations: int
    total: int


def bridges(store: Store) -> tuple[Bridge, ...]:
    """Which pairs of places are joined, and by how many programmes, agreements and delegations."""
    return answers(store, "bridges", Bridge)


@dataclass(frozen=True, slots=True)
class Funding:
    """One who pays, for what; `amount` such as "2300000 EUR"."""

    funder: str
    funder_name: str
    funded: str
    funded_name: str
    amount: str | None
    modality: str
    valid_from: str | None
    valid_to: str | None
    quote: str
    documents: int


def funding(store: Store) -> tuple[Funding, ...]:
    """Who pays for what, and how much."""
    return answers(store, "funding", Funding)
