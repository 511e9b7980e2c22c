"""From mentions to the things of one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from loaders.extraction.cast import Cast, Thing
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention, choose
from loaders.extraction.repeats import find_again
from loaders.extraction.short_forms import merge_short_forms, shares_letters
from loaders.extraction.text import Sentence
from loaders.extraction.tokens import is_common
from ontology.names import name_key
from ontology.vocabulary import vocabulary

__all__ = ["Cast", "Thing", "best_mentions", "gather"]

BRACKET = re.compile(
    r"\s*(?:,? kurz:? |,? abbreviated |\((?:kurz:? |im Folgenden:? )?)"
    r"[„“\"]?([\w&.³+/ -]{2,24}?)[“”\"]?(?:\)|(?=[,;]))"
)
BY_PLACE = re.compile(r"\b(?:in|aus|nach|bei|from|to|at|near|Stadt|of)\s+$")
MISTAKEN = ("City", "Region", "Topic", "Organisation")  # what a surname may look like
WITH_SHORT_NAME = ("Organisation", "Project", "Programme", "Event")
SURE = 0.7
SHORT = re.compile(r"[A-ZÄÖÜ][\w/ -]*\Z")


def gather(text: str, sentences: Sequence[Sentence], found: Sequence[Mention]) -> Cast:
    """Join mentions that name one thing, short names with long ones, and find again what was named once."""
    things: dict[tuple[str, str], Thing] = {}
    where: list[tuple[Mention, Thing]] = []
    surnames = {m.name.split()[-1] for m in found if m.type == "Person"}
    told = {name_key(m.name): m.type for m in found if m.name and m.rule != "tagger" and m.confidence >= SURE}
    for mention in found:
        if mention.rule == "tagger":  # a rule that knows the very name knows its class better
            mention = replace(mention, type=told.get(name_key(mention.name), mention.type))
        by_place = BY_PLACE.search(text, max(0, mention.start - 12), mention.start)
        if not mention.name or (mention.surface in surnames and mention.type in MISTAKEN and not by_place):
            continue  # "Burnham" is the person here, not the town
        thing = _thing_for(things, mention)
        _add(thing, mention)
        where.append((mention, thing))
        _read_bracket(text, mention, thing)
        _read_dash(mention, thing)
    merged = merge_short_forms(list(things.values()))
    cast = Cast(
        [t for t in things.values() if id(t) not in merged], [(m, merged.get(id(t), t)) for m, t in where]
    )
    find_again(text, sentences, cast)
    return cast


def best_mentions(candidates: Iterable[Mention]) -> list[Mention]:
    """Resolve overlaps; a surname inside a full name or a place inside a body's name goes with it."""
    return [replace(m, name=_tidy_name(m.name)) if m.name else m for m in choose(candidates)]


def _tidy_name(name: str) -> str:
    """Without marks at its ends; a last full stop stays where the name has others: "Licht. Luft. Lärm."."""
    bare = name.strip(" -–,")
    return bare if bare.count(".") > 1 else bare.rstrip(".")


def _thing_for(things: dict[tuple[str, str], Thing], mention: Mention) -> Thing:
    root = vocabulary().root(mention.type)
    name = mention.name
    if root == "Place":
        place = gazetteer().place(name)
        name = place.canonical if place is not None else name
        root = mention.type
    return things.setdefault((root, name_key(name)), Thing(mention.type, weak=mention.weak))


def _add(thing: Thing, mention: Mention) -> None:
    thing.names[mention.name] += 1
    thing.mentions.append(mention)
    thing.surfaces.add(mention.surface)
    thing.types[mention.type] += 1
    thing.weak = thing.weak and mention.weak
    ranked = vocabulary()
    thing.type = min(thing.types, key=lambda t: (-len(ranked.ancestors(t)), -thing.types[t], t))
    if thing.type in ("City", "Region", "Country") and (place := gazetteer().place(mention.name)) is not None:
        thing.surfaces.add(place.canonical)
    if thing.root == "Organisation":
        thing.surfaces.update(filter(None, (_without_city(mention.name), _without_noun(mention.name))))


def _without_city(name: str) -> str:
    """ "Essener National-Bank" may also be called National-Bank."""
    first, _, rest = name.partition(" ")
    place = gazetteer().demonym(first) if rest and first.endswith("er") else None
    return rest if place is not None and place.kind == "City" and not is_common(rest.casefold()) else ""


def _without_noun(name: str) -> str:
    """ "Netzwerk BICC-Net" may also be called BICC-Net: the noun only says what it is."""
    first, _, rest = name.partition(" ")
    said = first.casefold() in lexicon().apposition and rest and not is_common(rest.casefold())
    names = gazetteer()
    return rest if said and names.place(rest) is None and not names.is_first_name(rest.split()[0]) else ""


def _read_bracket(text: str, mention: Mention, thing: Thing) -> None:
    """ "Business Metropole Ruhr GmbH (BMR)" states a short name."""
    match = BRACKET.match(text, mention.end)
    if not match or thing.root not in WITH_SHORT_NAME:
        return
    short = match[1].strip()
    everyday = short.isdigit() or _is_place(short) or (len(short) > 9 and is_common(short.casefold()))
    capitals = sum(c.isupper() for c in short)
    if (
        SHORT.match(short)
        and not everyday
        and capitals
        and (capitals > 1 or shares_letters(short, thing.name))
    ):
        thing.names[short] += 1


def _read_dash(mention: Mention, thing: Thing) -> None:
    """ "EWG – Essener Beispielgesellschaft mbH" holds its short name; some names are known with one."""
    dash = " – " if " – " in mention.name else " - "
    first, found, rest = mention.name.partition(dash)
    if found and thing.root == "Organisation" and first.isupper() and len(first) < 8 and " " in rest:
        thing.names[first] += 1
    known = lexicon().bodies.get(mention.name.removesuffix(" GmbH"))
    if known and known[1]:
        thing.names[known[1]] += 1


def _is_place(name: str) -> bool:
    return gazetteer().place(name) is not None and not name.isupper()
