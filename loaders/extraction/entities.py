"""From mentions to the things of one document: full and short names, acronyms, surnames, words that point back."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention, choose
from loaders.extraction.text import Sentence
from loaders.extraction.tokens import is_common
from ontology.names import fold, name_key
from ontology.vocabulary import vocabulary

BRACKET = re.compile(
    r"\s*(?:,? kurz:? |,? abbreviated |\((?:kurz:? |im Folgenden:? )?)[„“\"]?([\w&.³+/ -]{2,24}?)[“”\"]?(?:\)|(?=[,;]))"
)
BY_PLACE = re.compile(r"\b(?:in|aus|nach|bei|from|to|at|near|Stadt|of)\s+$")
MISTAKEN = ("City", "Region", "Topic", "Organisation")  # what a surname may look like
PARTIES = re.compile(r"[A-ZÄÖÜ][\w/]*\Z")


@dataclass(eq=False, slots=True)
class Thing:
    """One entity under construction."""

    type: str
    names: Counter[str] = field(default_factory=Counter)
    surfaces: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    attributes: dict[str, str] = field(default_factory=dict)
    weak: bool = False
    title: str = ""  # a descriptive name of our making

    @property
    def name(self) -> str:
        """The fullest form: longest, then most frequent, then first in the alphabet."""
        return self.title or min(self.names, key=lambda n: (-len(n), -self.names[n], n))

    @property
    def root(self) -> str:
        return vocabulary().root(self.type)


@dataclass(slots=True)
class Cast:
    """The things of a document and where each is mentioned, in text order."""

    things: list[Thing]
    where: list[tuple[Mention, Thing]]

    def within(self, start: int, end: int) -> list[tuple[Mention, Thing]]:
        return [(m, t) for m, t in self.where if start <= m.start and m.end <= end]


def gather(text: str, sentences: Sequence[Sentence], found: Sequence[Mention]) -> Cast:
    """Join mentions that name one thing; find again what was named once; lead pointing nouns back."""
    things: dict[tuple[str, str], Thing] = {}
    where: list[tuple[Mention, Thing]] = []
    surnames = {m.name.split()[-1] for m in found if m.type == "Person"}
    for mention in found:
        by_place = BY_PLACE.search(text, max(0, mention.start - 12), mention.start)
        if mention.surface in surnames and mention.type in MISTAKEN and not by_place:
            continue  # "Burnham" is the person here, not the town
        if mention.name:
            thing = _thing_for(things, mention)
            _add(thing, mention)
            where.append((mention, thing))
            _read_bracket(text, mention, thing)
            _read_dash(mention, thing)
    merged = _merge_short_forms(list(things.values()))
    where = [(m, merged.get(id(t), t)) for m, t in where]
    cast = Cast([t for t in things.values() if id(t) not in merged], where)
    _find_again(text, sentences, cast, found)
    cast.where.sort(key=lambda pair: pair[0].start)
    return cast


def _thing_for(things: dict[tuple[str, str], Thing], mention: Mention) -> Thing:
    root = vocabulary().root(mention.type)
    name = mention.name
    if root == "Place":
        place = gazetteer().place(name)
        name = place.canonical if place is not None else name
        root = mention.type
    key = root, name_key(name)
    return things.setdefault(key, Thing(mention.type, weak=mention.weak))


def _add(thing: Thing, mention: Mention) -> None:
    thing.names[mention.name] += 1
    if thing.type in ("City", "Region", "Country") and (place := gazetteer().place(mention.name)) is not None:
        thing.surfaces.add(place.canonical)
    bare = _without_city(mention.name) if thing.root == "Organisation" else ""
    if bare:
        thing.surfaces.add(bare)
    thing.surfaces.add(mention.surface)
    thing.mentions.append(mention)
    thing.types[mention.type] += 1
    thing.weak = thing.weak and mention.weak
    ranked = vocabulary()
    thing.type = min(thing.types, key=lambda t: (-len(ranked.ancestors(t)), -thing.types[t], t))


def _without_city(name: str) -> str:
    """ "Essener National-Bank" may also be called National-Bank."""
    first, _, rest = name.partition(" ")
    place = gazetteer().demonym(first) if rest and first.endswith("er") else None
    return rest if place is not None and place.kind == "City" and not is_common(rest.casefold()) else ""


def _read_bracket(text: str, mention: Mention, thing: Thing) -> None:
    """ "Business Metropole Ruhr GmbH (BMR)" states a short name."""
    match = BRACKET.match(text, mention.end)
    if not match or thing.root not in ("Organisation", "Project", "Programme", "Event"):
        return
    short = match[1].strip()
    everyday = short.isdigit() or _is_place(short) or (len(short) > 9 and is_common(short.casefold()))
    capitals = sum(c.isupper() for c in short)
    if (
        PARTIES.match(short)
        and not everyday
        and capitals
        and (capitals > 1 or _shares_letters(short, thing.name))
    ):
        thing.names[short] += 1


def _read_dash(mention: Mention, thing: Thing) -> None:
    """ "EWG – Essener Wirtschaftsförderungsgesellschaft mbH" holds its short name; some names are known with one."""
    first, dash, rest = (
        mention.name.partition(" – ") if " – " in mention.name else mention.name.partition(" - ")
    )
    if dash and thing.root == "Organisation" and first.isupper() and len(first) < 8 and " " in rest:
        thing.names[first] += 1
    known = lexicon().bodies.get(mention.name.removesuffix(" GmbH"))
    if known and known[1]:
        thing.names[known[1]] += 1


def _is_place(name: str) -> bool:
    return gazetteer().place(name) is not None and not name.isupper()


def _shares_letters(short: str, name: str) -> bool:
    letters = iter(fold(name))
    return all(c in letters for c in fold(short))


def _merge_short_forms(things: list[Thing]) -> dict[int, Thing]:
    """Lead "G DATA" to "G DATA CyberDefense AG", an acronym to its words, where only one thing fits."""
    merged: dict[int, Thing] = {}
    by_alias: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing in things:
        for name in thing.names:
            by_alias[thing.root, name_key(name)].append(thing)
    for thing in things:
        if thing.root in ("Place", "Topic", "Agreement", "Event", "Delegation"):
            continue
        fitting = [t for t in _longer(thing, things, by_alias) if t is not thing and id(t) not in merged]
        if len(fitting) == 1:
            target = fitting[0]
            merged[id(thing)] = target
            for mention in thing.mentions:
                _add(target, mention)
            target.names.update(thing.names)
    return {key: _last(merged, target) for key, target in merged.items()}


def _last(merged: dict[int, Thing], thing: Thing) -> Thing:
    seen = {id(thing)}
    while id(thing) in merged and id(merged[id(thing)]) not in seen:
        thing = merged[id(thing)]
        seen.add(id(thing))
    return thing


def _longer(
    thing: Thing, things: list[Thing], by_alias: dict[tuple[str, str], list[Thing]]
) -> Iterator[Thing]:
    key = name_key(thing.name)
    words = key.split()
    same = [t for t in by_alias[thing.root, key] if t is not thing]
    if same:
        yield from same
        return
    for other in things:
        if other is thing or other.root != thing.root or other.weak:
            continue
        longer = name_key(other.name).split()
        if len(longer) > len(words) and (longer[: len(words)] == words or longer[-len(words) :] == words):
            if thing.root == "Person" or (
                len(key) > 3 and not (thing.root == "Organisation" and _generic_start(words))
            ):
                yield other
        elif (
            thing.root == "Organisation"
            and len(words) == 1
            and thing.name.isupper()
            and _initials(thing.name, other.name)
        ):
            yield other


def _generic_start(words: list[str]) -> bool:
    return len(words) == 1 and is_common(words[0]) and len(words[0]) < 5


def _initials(acronym: str, name: str) -> bool:
    """ "RVR" for Regionalverband Ruhr: first letters of the words, or of the parts of compounds, in order."""
    if len(acronym) < 3 or fold(name)[:1] != acronym[0].casefold() or len(name) < 8:
        return False
    words = fold(name).split()
    return "".join(w[0] for w in words) == acronym.casefold() or (
        len(words) > 1 and words[-1][0] == acronym[-1].casefold() and _shares_letters(acronym, name)
        and len(acronym) in (len(words), len(words) + 1)
    )  # fmt: skip


def _find_again(text: str, sentences: Sequence[Sentence], cast: Cast, found: Iterable[Mention]) -> None:
    """Search the text for every name, surname and short form, outside of what is already covered."""
    forms = _forms(cast)
    if not forms:
        return
    pattern = re.compile(
        r"(?<![\w-])("
        + "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        + r")(?:s|es|’s|'s)?(?![\w]|-[a-zäöü])|"
        r"(?<![\w-])("
        + "|".join(
            map(
                re.escape,
                sorted((f for f in forms if len(f) > 1 and f.isupper()), key=len, reverse=True) or ["\0"],
            )
        )
        + r")(?=-[A-ZÄÖÜ])"
    )
    covered = sorted((m.start, m.end) for m, _ in cast.where)
    for sentence in sentences:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            surface = match[1] or match[2]
            start = match.start()
            end = start + len(surface)
            if any(s < end and start < e for s, e in covered):
                continue
            thing = forms[surface]
            mention = Mention(
                start,
                match.end() if match[1] else end,
                thing.type,
                surface,
                surface,
                "",
                4,
                "found again",
                0.8,
            )
            thing.mentions.append(mention)
            thing.names[surface] += 1
            cast.where.append((mention, thing))
            covered.append((start, end))


def _forms(cast: Cast) -> dict[str, Thing]:
    forms: dict[str, Thing] = {}
    clashes: set[str] = set()
    for thing in cast.things:
        if thing.root in ("Topic", "Agreement") or thing.weak:
            continue
        for form in sorted(_spellings(thing)):
            if form in forms and forms[form] is not thing:
                clashes.add(form)
            forms[form] = thing
    return {f: t for f, t in forms.items() if f not in clashes}


def _spellings(thing: Thing) -> Iterator[str]:
    for name in [*thing.names, *thing.surfaces]:
        if len(name) > 2 or name.isupper():
            yield name
        if thing.root == "Person":
            words = name.split()
            last = " ".join(words[-2:]) if len(words) > 2 and words[-2].islower() else words[-1]
            if len(last) > 2 and (gazetteer().place(last) is None or not gazetteer().is_ambiguous(last)):
                yield last
                yield " ".join(
                    words[next((i for i in range(1, len(words)) if words[i].islower()), len(words) - 1) :]
                )
        elif thing.root == "Organisation":
            bare = re.sub(
                r",? (?:g?GmbH|mbH|AG|SE|KG|e\. ?V\.?|Ltd\.?|Limited|plc|PLC|Inc\.?|LLC)(?: & Co\. KG)?$",
                "",
                name,
            )
            if bare != name and len(bare) > 2 and not is_common(bare.casefold()):
                yield bare


def best_mentions(candidates: Iterable[Mention]) -> list[Mention]:
    """Resolve overlaps; a surname inside a full name or a place inside a body's name goes with it."""
    return [replace(m, name=_tidy_name(m.name)) if m.name else m for m in choose(candidates)]


def _tidy_name(name: str) -> str:
    """Without marks at its ends; a last full stop stays where the name has others: "Licht. Luft. Lärm."."""
    bare = name.strip(" -–,")
    return bare if bare.count(".") > 1 else bare.rstrip(".")
