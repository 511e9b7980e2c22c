"""From what a person types to an id. An unknown name is an error, never an empty answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from graph.stores import Store
from ontology.errors import NotFound, QueryError
from ontology.names import fold, name_key
from ontology.vocabulary import vocabulary
from queries.catalogue import text


@dataclass(frozen=True, slots=True, order=True)
class Spelling:
    """One name of one node."""

    id: str
    kind: str
    name: str


def resolve_node(store: Store, value: str, *, types: Collection[str]) -> str:
    """The id of the node that goes by `value` and is one of `types` ("node": of any class).

    An id counts before a name, a main name before an alias, the spelling as typed before one with
    another legal form, title or umlaut. Raises NotFound with near misses, and QueryError where several
    nodes go by that name.
    """
    found = store.rows(text("_spellings", store.language), {"wanted": value})
    same = [Spelling(str(id), str(kind), str(name)) for id, name, kind in found.rows]
    if not any(fits(s, types) for s in same):
        every = spellings(store)
        same += [s for s in every if name_key(s.name) == name_key(value)]
        if not any(fits(s, types) for s in same):
            raise NotFound(not_found(value, types, same, every))
    return the_one(value, [s for s in same if fits(s, types)])


def resolve_document(store: Store, value: str) -> str:
    """The id of the document with that id, title or address. Raises NotFound with near misses."""
    rows = store.rows(text("_documents", store.language), {}).rows
    known = [(str(id), str(title or ""), str(url or "")) for id, title, url in rows]
    for place in (0, 2):
        if matches := [d[0] for d in known if d[place] == value]:
            return matches[0]
    titled = [d[0] for d in known if fold(d[1]) == fold(value)]
    if len(titled) > 1:
        raise QueryError(
            f"{value!r} is the title of {len(titled)} documents: give one of {', '.join(titled)}"
        )
    if not titled:
        raise NotFound(f"no document has the id, title or address {value!r}{near_documents(value, known)}")
    return titled[0]


def spellings(store: Store) -> list[Spelling]:
    """Every name of every node."""
    rows = store.rows(text("_names", store.language), {}).rows
    return [Spelling(str(id), str(kind), str(name)) for id, kind, name in rows]


def fits(spelling: Spelling, types: Collection[str]) -> bool:
    """Whether the node is of one of the classes, or of any where "node" is asked for."""
    return "node" in types or any(vocabulary().is_a(spelling.kind, t) for t in types)


def the_one(value: str, same: list[Spelling]) -> str:
    """The single node among the spellings, by the order of precedence that `resolve_node` tells."""
    for better in (
        [s.id for s in same if s.id == value],
        [s.id for s in same if s.name == value],
        [s.id for s in same if s.name.casefold() == value.casefold()],
        [s.id for s in same],
    ):
        ids = sorted(set(better))
        if len(ids) == 1:
            return ids[0]
        if ids:
            raise QueryError(f"{value!r} is the name of {len(ids)} nodes: give one of {', '.join(ids)}")
    raise AssertionError("the_one needs at least one spelling")


def not_found(value: str, types: Collection[str], same: list[Spelling], every: list[Spelling]) -> str:
    """Say that there is no such node: what the name stands for instead, or which names are near."""
    wanted = "node" if "node" in types else " or ".join(types)
    if same:
        other = min(same)
        return f"{value!r} is a {other.kind} ({other.id}), and a {wanted} is asked for"
    near = near_spellings(value, (s for s in every if fits(s, types)))
    hint = f": did you mean {' or '.join(near)}?" if near else ", and no name is near it."
    return f"no {wanted} goes by {value!r}{hint}"


def near_spellings(value: str, every: Iterable[Spelling]) -> list[str]:
    """At most three names near the value, nearest first, each with its id."""
    by_fold: dict[str, Spelling] = {}
    for spelling in sorted(every, reverse=True):
        by_fold[fold(spelling.name)] = by_fold[fold(spelling.id)] = spelling
    nearest = [by_fold[key] for key in get_close_matches(fold(value), sorted(by_fold), n=5)]
    return [f"{s.name!r} ({s.id})" for s in dict.fromkeys(nearest)][:3]


def near_documents(value: str, known: list[tuple[str, str, str]]) -> str:
    """The nearest title as a question, or a word on how to list documents."""
    titles = {fold(title): title for _, title, _ in reversed(known) if title}
    near = get_close_matches(fold(value), sorted(titles), n=1)
    return f": did you mean {titles[near[0]]!r}?" if near else ", and no title is near it."
