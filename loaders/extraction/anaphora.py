"""Words that point back or introduce: "die Kooperationsvereinbarung", "eine Delegation", "die Universität"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.extraction.entities import Cast, Thing
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.mentions import Mention
from loaders.extraction.text import Sentence

LOOSE = {  # words that may stand for any agreement spoken of before
    "vereinbarung", "abkommen", "agreement", "vertrag", "erklärung", "declaration", "accord", "charta", "protokoll", "memorandum",
}  # fmt: skip
INTENT = {
    "absichtserklärung",
    "letter of intent",
    "declaration of intent",
    "loi",
    "mou",
    "memorandum of understanding",
}
RETURN = ("gegenbesuch", "return visit")  # always another trip than the one spoken of
STRONG = ("delegation", "mission", "abordnung")
TO = ("nach", "in", "to", "ins", "durch", "through", "around", "across")
FROM = ("aus", "from", "of")


def resolve_pointing(
    text: str, sentences: Sequence[Sentence], cast: Cast, pointing: Sequence[Mention]
) -> None:
    """Add to the cast what has no name of its own; lead nouns of bodies to the last body of that kind."""
    for mention in sorted(pointing, key=lambda m: m.start):
        if not cast.is_free(mention.start, mention.end):
            continue
        thing: Thing | None
        if mention.type == "Agreement":
            thing = _agreement(cast, mention)
        elif mention.type == "Delegation":
            thing = _delegation(text, cast, mention)
        elif mention.type in ("City", "Region"):
            thing = _last_place(cast, mention)
        else:
            thing = _last_body(cast, mention)
        if thing is not None:
            cast.add(mention, thing)


def _before(cast: Cast, mention: Mention, root: str) -> Iterator[tuple[Mention, Thing]]:
    """Mentions of a class before this one, last first."""
    for other, thing in cast.before(mention.start):
        if thing.root == root or thing.type == root:
            yield other, thing


def _new(cast: Cast, mention: Mention, name: str) -> Thing:
    thing = Thing(mention.type)
    thing.names[name] += 1
    thing.types[mention.type] += 1
    thing.mentions.append(mention)
    thing.surfaces.add(mention.surface)
    cast.things.append(thing)
    return thing


def _agreement(cast: Cast, mention: Mention) -> Thing:
    head = _base(mention.head)
    fitting: Thing | None = None
    for _, thing in _before(cast, mention, "Agreement"):
        heads = {_base(m.head) for m in thing.mentions}
        loose = head in LOOSE or heads <= LOOSE or bool(head in INTENT and heads & INTENT)
        if head in heads or (mention.rule == "pointed at" and loose):
            fitting = thing
            break
    if fitting is not None and not (
        mention.rule == "introduced" and head not in {_base(m.head) for m in fitting.mentions}
    ):
        fitting.names[_base_surface(mention)] += 1
        fitting.mentions.append(mention)
        return fitting
    return _new(cast, mention, _base_surface(mention))


def _base(head: str) -> str:
    for ending in ("en", "es", "s", "n"):
        if head.endswith(ending) and head[: -len(ending)].endswith(("ung", "ag", "ommen", "oll")):
            return head[: -len(ending)]
    return head


def _base_surface(mention: Mention) -> str:
    return mention.surface[: len(_base(mention.head))] if mention.head else mention.surface


def _delegation(text: str, cast: Cast, mention: Mention) -> Thing | None:
    """One delegation for each destination; without one, the delegation spoken of last."""
    destination, linked = _neighbour(text, cast, mention, TO)
    origin, way = _neighbour(text, cast, mention, FROM)
    if origin is not None and re.match(
        rf"\s+{re.escape(way)}\s+(?:zurück|heimgekehrt|back)", text[mention.end : mention.end + 80]
    ):
        destination, linked, origin = origin, f"nach {origin}", None
    earlier = [t for _, t in _before(cast, mention, "Delegation")]
    earlier += [
        t for t in cast.things if t.type == "Delegation" and "_to" in t.attributes and t not in earlier
    ]
    strong = any(s in mention.head for s in STRONG) or destination is not None
    if not strong and not earlier:
        return None
    if destination is not None:
        for thing in earlier:
            if _one_way(thing.attributes.get("_to", ""), destination):
                thing.mentions.append(mention)
                thing.names[f"{mention.surface} {linked}"] += 1
                return thing
        for thing in earlier:
            if "_to" not in thing.attributes:
                thing.attributes["_to"] = destination
                thing.names[f"{mention.surface} {linked}"] += 1
                return thing
        noun = mention.surface.removesuffix("n") if mention.surface.endswith("reisen") else mention.surface
        thing = _new(cast, mention, f"{noun} {linked}")
        thing.attributes["_to"] = destination
        thing.names[mention.surface] += 1
        _second_trip(text, cast, mention, noun, linked, destination)
        return thing
    if earlier and not (mention.rule == "introduced" and mention.head in RETURN):
        earlier = [_nearest(cast, mention, earlier)]
        earlier[0].names[mention.surface] += 1
        earlier[0].mentions.append(mention)
        return earlier[0]
    thing = _new(cast, mention, mention.surface)
    if origin is not None:
        thing.names[f"{mention.surface} {way}"] += 1
    return thing


def _second_trip(text: str, cast: Cast, mention: Mention, noun: str, linked: str, destination: str) -> None:
    """ "Delegationsreisen nach Israel und China" are two."""
    after = text[mention.end : mention.end + len(linked) + 40]
    more = re.match(rf"\s+{re.escape(linked)}\s+(?:und|and)\s+(?:in die |nach |to )?([A-ZÄÖÜ][\w-]+)", after)
    if noun != mention.surface and more and gazetteer().place(more[1]) is not None:
        second = Thing("Delegation")
        second.names[linked.replace(destination, more[1]).join((noun + " ", ""))] += 1
        second.types["Delegation"] += 1
        second.mentions.append(mention)
        second.attributes["_to"] = more[1]
        cast.things.append(second)


def _nearest(cast: Cast, mention: Mention, trips: Sequence[Thing]) -> Thing:
    """The trip to the place that was named last, else the last trip."""
    for _, place in _before(cast, mention, "Place"):
        for trip in trips:
            if "_to" in trip.attributes and _one_way(trip.attributes["_to"], place.name):
                return trip
    return trips[0]


def _neighbour(text: str, cast: Cast, mention: Mention, words: Sequence[str]) -> tuple[str | None, str]:
    """The place behind "Delegation aus" or "Reise nach", and the words up to it."""
    for other, thing in cast.after(mention.end, 12):
        between = text[mention.end : other.start]
        if (
            thing.root == "Place"
            and 0 < other.start - mention.end < 12
            and between.split()[:1]
            and between.split()[0] in words
        ):
            return thing.name, f"{between.strip()} {thing.name}"
    return None, ""


def _one_way(one: str, other: str) -> bool:
    """Two destinations are one when they are equal or one is the other's country."""
    if one == other:
        return True
    names = gazetteer()
    a, b = names.place(one), names.place(other)
    return a is not None and b is not None and a.country == b.country and "Country" in (a.kind, b.kind)


def _last_place(cast: Cast, mention: Mention) -> Thing | None:
    """ "Das Land" is the state, "die Stadt" the city that the text has named most often so far, the last of equals."""
    seen = [thing for _, thing in _before(cast, mention, mention.type)]
    return max(seen, key=lambda t: (sum(t is other for other in seen), -seen.index(t)), default=None)


def _last_body(cast: Cast, mention: Mention) -> Thing | None:
    if mention.rule not in ("head",) and not mention.head:
        return None
    for _, thing in _before(cast, mention, mention.type):
        if (
            any(m.head and (m.head == mention.head or m.head.endswith(mention.head)) for m in thing.mentions)
            or mention.head in thing.name.casefold()
        ):
            return thing
    return None
