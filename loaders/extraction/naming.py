"""Short descriptive names for what has none of its own: "Absichtserklärung Greater Manchester – Ruhrgebiet"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from loaders.extraction.entities import Thing
from loaders.extraction.relations.found import Found

WAY = {"de": "nach", "en": "to"}


def name_the_nameless(things: Iterable[Thing], relations: Sequence[Found], language: str) -> None:
    """Give agreements their parties and delegations their destination, where the text gives no name.

    The words of the text stay as aliases. Same relations, same names: nothing else is looked at.
    """
    for thing in things:
        if thing.type == "Agreement" and not _has_own_name(thing):
            parties = _parties(thing, relations)
            if parties:
                thing.title = f"{thing.name} {' – '.join(parties)}"
        elif thing.type == "Delegation" and len(thing.name.split()) == 1:
            places = [
                r.target.name
                for r in relations
                if r.source is thing and r.type == "visited" and r.target.root == "Place"
            ]
            if places:
                thing.title = f"{thing.name} {WAY.get(language, 'to')} {places[0]}"


def _has_own_name(thing: Thing) -> bool:
    return any(m.rule == "quoted" for m in thing.mentions)


def _parties(thing: Thing, relations: Sequence[Found]) -> list[str]:
    """The names of two parties, places before bodies, in alphabetical order."""
    bound = {id(r.source): r.source for r in relations if r.target is thing and r.type == "partyTo"}
    joined = {id(r.target): r.target for r in relations if r.source is thing and r.type == "connects"}
    bodies = sorted({t.name for t in bound.values() if t.root != "Place"})
    places = sorted({t.name for t in (bound | joined).values() if t.root == "Place"})
    chosen = bodies if len(bodies) > 1 else places if len(places) > 1 else [*bodies, *places]
    return sorted(chosen[:2])
