"""Short names lead to the long one: "G DATA" to "G DATA CyberDefense AG", "RVR" to Regionalverband Ruhr."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from loaders.extraction.cast import Thing
from loaders.extraction.tokens import is_common
from ontology.names import fold, name_key

MOST = 60  # things of a document that may share a first or last word, or a first letter
ALONE = ("Place", "Topic", "Agreement", "Event", "Delegation")
Index = Mapping[tuple[str, str], list[Thing]]


def merge_short_forms(things: list[Thing]) -> dict[int, Thing]:
    """Join short names with long ones where only one long name fits: id of the short thing -> the long thing."""
    by_name, by_edge = _index(things)
    merged: dict[int, Thing] = {}
    for thing in things:
        if thing.root in ALONE:
            continue
        fitting = {
            id(t): t for t in _longer(thing, by_name, by_edge) if t is not thing and id(t) not in merged
        }
        if len(fitting) == 1:
            (target,) = fitting.values()
            merged[id(thing)] = target
            target.mentions.extend(thing.mentions)
            target.surfaces |= thing.surfaces
            target.names.update(thing.names)
    return {key: _last(merged, target) for key, target in merged.items()}


def _index(things: list[Thing]) -> tuple[Index, Index]:
    """By whole name, and by first and last word and first letter, so that no thing is held against all others."""
    by_name: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    by_edge: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing in things:
        for name in thing.names:
            by_name[thing.root, name_key(name)].append(thing)
        words = name_key(thing.name).split()
        if not thing.weak:
            for edge in sorted({words[0], words[-1], words[0][0] + "*"} if words else ()):
                by_edge[thing.root, edge].append(thing)
    return by_name, by_edge


def _longer(thing: Thing, by_name: Index, by_edge: Index) -> Iterator[Thing]:
    key = name_key(thing.name)
    words = key.split()
    same = [t for t in by_name[thing.root, key] if t is not thing]
    if same or not words:
        yield from same
        return
    is_name = thing.root == "Person" or (
        len(key) > 3 and not (thing.root == "Organisation" and _is_generic(words))
    )
    for other in (*_few(by_edge, thing.root, words[0]), *_few(by_edge, thing.root, words[-1])):
        longer = name_key(other.name).split()
        if is_name and len(longer) > len(words) and words in (longer[: len(words)], longer[-len(words) :]):
            yield other
    if thing.root == "Organisation" and len(words) == 1 and thing.name.isupper():
        for other in _few(by_edge, thing.root, words[0][0] + "*"):
            if _are_initials(thing.name, other.name):
                yield other


def _few(by_edge: Index, root: str, edge: str) -> list[Thing]:
    """What shares a word; a word that many share tells nothing, and looking at all of them would take its square."""
    found = by_edge.get((root, edge), [])
    return found if len(found) <= MOST else []


def _is_generic(words: list[str]) -> bool:
    return len(words) == 1 and is_common(words[0]) and len(words[0]) < 5


def _are_initials(acronym: str, name: str) -> bool:
    """First letters of the words, or of the words and of one part of a compound, in order."""
    if len(acronym) < 3 or fold(name)[:1] != acronym[0].casefold() or len(name) < 8:
        return False
    words = fold(name).split()
    if "".join(w[0] for w in words) == acronym.casefold():
        return True
    ends = len(words) > 1 and words[-1][0] == acronym[-1].casefold()
    return ends and len(acronym) in (len(words), len(words) + 1) and shares_letters(acronym, name)


def shares_letters(short: str, name: str) -> bool:
    """Whether the letters of the short form stand in the name in this order.

    >>> shares_letters("RVR", "Regionalverband Ruhr"), shares_letters("BMR", "Ruhr")
    (True, False)
    """
    letters = iter(fold(name))
    return all(c in letters for c in fold(short))


def _last(merged: dict[int, Thing], thing: Thing) -> Thing:
    seen = {id(thing)}
    while id(thing) in merged and id(merged[id(thing)]) not in seen:
        thing = merged[id(thing)]
        seen.add(id(thing))
    return thing
