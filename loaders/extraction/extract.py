"""The pipeline: text -> sentences -> mentions -> things -> relations -> facts with verbatim quotes.

A pure function of one document: the same document gives the same facts, and nothing outside of it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from loaders.extraction.anaphora import resolve_pointing
from loaders.extraction.dates import DateSpan, find_dates
from loaders.extraction.entities import Cast, Thing, best_mentions, gather
from loaders.extraction.fusion import fuse, rule_tags
from loaders.extraction.hints import add_hints
from loaders.extraction.mentions import Mention
from loaders.extraction.naming import name_the_nameless
from loaders.extraction.organisations import find_organisations
from loaders.extraction.passage import Passage, encode
from loaders.extraction.persons import find_persons
from loaders.extraction.places import find_places, find_pointing_places
from loaders.extraction.relations.affiliation import affiliations, leaderships
from loaders.extraction.relations.agreements import agreements
from loaders.extraction.relations.delegations import delegations
from loaders.extraction.relations.found import Found
from loaders.extraction.relations.home import find_home
from loaders.extraction.relations.places import places
from loaders.extraction.relations.topics import own_fields, topics
from loaders.extraction.relations.undertakings import undertakings
from loaders.extraction.scorer import rescored
from loaders.extraction.tagger import available, tag
from loaders.extraction.text import Sentence, View, make_view, sentences
from loaders.extraction.tokens import tokenize
from loaders.extraction.topics import find_topics
from loaders.extraction.undertakings import find_undertakings
from ontology.model import Document, Entity, Evidence, Fact, Identifier, Name, Relation
from ontology.names import name_key
from ontology.vocabulary import vocabulary

VERSION = "rules-1"  # part of the fingerprint: a new version makes `load` read every document again
DATED = ("Event", "Agreement")
WEAK_HEADS = {"vertrag", "erklärung", "protokoll", "vereinbarung", "agreement", "declaration", "charta", "charter", "pledge",
              "accord", "treaty", "pakt", "partnership", "städtepartnerschaft", "twinning", "abkommen"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one document before it becomes facts."""

    view: View
    sentences: tuple[Sentence, ...]
    cast: Cast
    relations: tuple[Found, ...]


class Reader(StrEnum):
    """Who looks for names."""

    RULES = "rules"  # rules and word lists alone: four times as fast
    TAGGER = "tagger"  # the trained tagger too, where it can run


def extract(document: Document, reader: Reader = Reader.TAGGER) -> tuple[Fact, ...]:
    """Entities and relations of a German or English text, entities first.

    Every relation has one Evidence whose quote equals document.text[start:end]. An empty text gives ().
    """
    reading = read(document, reader)
    return tuple(facts_of(document, reading))


Revise = Callable[[str, Sequence[Sentence], list[Mention]], list[Mention]]


def read(document: Document, reader: Reader = Reader.TAGGER, revise: Revise | None = None) -> Reading:
    """Find the things of a document and the relations between them.

    `revise` may change what was found, given the text, its sentences and the mentions in text order; those without
    a name point back ("die Delegation").
    """
    view = make_view(document.text)
    parts = sentences(view.text)
    language = document.language if document.language in ("de", "en") else "de"
    named: list[Mention] = []
    pointing: list[Mention] = []
    found = list(_mentions(view.text, parts, language, reader))
    for mention in revise(view.text, parts, found) if revise else found:
        (named if mention.name else pointing).append(mention)
    cast = gather(view.text, parts, named)
    resolve_pointing(view.text, parts, cast, pointing)
    add_hints(view.text, cast)
    relations = rescored(view.text, parts, cast, _relations(view.text, parts, cast, document), language)
    name_the_nameless(cast.things, relations, language)
    return Reading(view, tuple(parts), cast, tuple(relations))


def _mentions(text: str, parts: Sequence[Sentence], language: str, reader: Reader) -> Iterator[Mention]:
    by_rule = [best_mentions(_candidates(text, part, language)) for part in parts]
    if reader is Reader.RULES or not available():
        yield from chain.from_iterable(by_rule)
        return
    words = [tokenize(text, part.start, part.end) for part in parts]
    tags = [rule_tags(tokens, mentions) for tokens, mentions in zip(words, by_rule, strict=True)]
    spans = tag([[t.text for t in tokens] for tokens in words], tags)
    for tokens, mentions, found in zip(words, by_rule, spans, strict=True):
        yield from fuse(text, tokens, mentions, found)


def _candidates(text: str, part: Sentence, language: str) -> Iterator[Mention]:
    tokens = tokenize(text, part.start, part.end)
    yield from find_persons(text, tokens)
    yield from find_organisations(text, tokens, language)
    yield from find_undertakings(text, tokens, language)
    yield from find_places(text, tokens)
    yield from find_pointing_places(text, tokens)
    yield from find_topics(text, tokens, language)


def _relations(text: str, parts: Sequence[Sentence], cast: Cast, document: Document) -> list[Found]:
    with_topics = [encode(text, part, cast.within(part.start, part.end)) for part in parts]
    passages = [
        encode(text, p.sentence, [pair for pair in p.pairs if pair[1].type != "Topic"]) for p in with_topics
    ]
    home = find_home(text, cast)
    found: list[Found] = []
    for before, passage in zip([None, *passages], passages, strict=False):
        found.extend(affiliations(passage, home, before))
    found.extend(list(leaderships(found)))
    bodies: dict[int, list[Thing]] = {}
    for relation in found:
        if relation.modality == "stated":
            bodies.setdefault(id(relation.source), []).append(relation.target)
    agreement: Thing | None = None
    delegation: Thing | None = None
    trips = [t for t in cast.things if t.type == "Delegation"]
    recent: dict[str, Thing] = {}
    for passage, wider in zip(passages, with_topics, strict=True):
        found.extend(places(passage))
        found.extend(agreements(passage, agreement, bodies))
        found.extend(delegations(passage, delegation, trips))
        found.extend(undertakings(passage, recent))
        found.extend(topics(wider, recent.get("")))
        agreement = _first(passage, "A") or agreement
        delegation = _first(passage, "D") or delegation
        for kinds in ("GJAED", "G", "J"):
            thing = _first(passage, kinds)
            if thing is not None:
                recent[kinds if len(kinds) == 1 else ""] = thing
        _date(text, passage, document.published)
    found.extend(own_fields(text, cast, document.language))
    return _tidy(found)


def _first(passage: Passage, kinds: str) -> Thing | None:
    numbers = passage.of(kinds)
    return passage.thing(numbers[0]) if numbers else None


def _date(text: str, passage: Passage, published: str) -> None:
    """Give an event or agreement the date of its sentence, when there is one of each."""
    dated = {id(passage.thing(n)): passage.thing(n) for n in passage.of("AED")}
    dates: list[DateSpan] = find_dates(text, passage.sentence.start, passage.sentence.end, published)
    if len(dated) == 1 and len(dates) == 1:
        thing = next(iter(dated.values()))
        if "start" not in thing.attributes:
            thing.attributes["start"] = dates[0].first
            if dates[0].last != dates[0].first:
                thing.attributes["end"] = dates[0].last


def _tidy(found: Sequence[Found]) -> list[Found]:
    """Drop what the ontology forbids and loops; keep the surest of equals, in text order."""
    words = vocabulary()
    best: dict[tuple[int, str, int, str, str], Found] = {}
    for relation in found:
        if relation.source is relation.target or not words.allows(
            relation.source.type, relation.type, relation.target.type
        ):
            continue
        ends = [id(relation.source), id(relation.target)]
        if words.relations[relation.type].symmetric:
            ends.sort()
        key = ends[0], relation.type, ends[1], name_key(relation.role), relation.modality.value
        if key not in best or best[key].confidence < relation.confidence:
            best[key] = relation
    roles = {k[:3] for k in best if k[3]}
    return [r for k, r in best.items() if k[3] or k[:3] not in roles]


def facts_of(document: Document, reading: Reading) -> Iterator[Fact]:
    """The facts of a document as it was understood, entities first."""
    used = {id(t) for r in reading.relations for t in (r.source, r.target)}
    kept = [t for t in reading.cast.things if _is_kept(t, used)]
    numbers = {id(t): f"e{n}" for n, t in enumerate(kept, start=1)}
    for thing in kept:
        yield _entity(document, reading.view, thing, numbers[id(thing)])
    for n, found in enumerate(reading.relations, start=1):
        if id(found.source) in numbers and id(found.target) in numbers:
            start, end = reading.view.to_raw(found.start, found.end)
            evidence = Evidence(
                document=document.id, quote=document.text[start:end], start=start, end=end, method=f"rule:{found.rule}",
                confidence=found.confidence,
            )  # fmt: skip
            yield Relation(
                id=f"r{n}", document=document.id, source=numbers[id(found.source)], type=found.type,
                target=numbers[id(found.target)], evidence=(evidence,), role=found.role, modality=found.modality,
            )  # fmt: skip


def _is_kept(thing: Thing, used: set[int]) -> bool:
    if thing.weak:
        return id(thing) in used
    if thing.type == "Agreement":
        return id(thing) in used or not all(m.head in WEAK_HEADS for m in thing.mentions)
    if all(m.rule == "demonym" for m in thing.mentions):
        return id(thing) in used
    return True


def _entity(document: Document, view: View, thing: Thing, number: str) -> Entity:
    mentions = sorted(thing.mentions, key=lambda m: m.start)
    evidence = []
    for mention in mentions[:1]:
        start, end = view.to_raw(mention.start, mention.end)
        evidence.append(Evidence(
            document=document.id, quote=document.text[start:end], start=start, end=end, method=f"rule:{mention.rule}",
            confidence=mention.confidence,
        ))  # fmt: skip
    name = thing.name
    others = sorted({*thing.names, *thing.surfaces} - {name, ""})
    attributes = tuple(sorted((k, v) for k, v in thing.attributes.items() if not k.startswith("_")))
    concepts = sorted({m.head for m in mentions if thing.type == "Topic" and m.head})
    return Entity(
        id=number, document=document.id, type=thing.type, name=name, language=document.language,
        aliases=tuple(Name(text=o, language="") for o in others if o.strip()), attributes=attributes, evidence=tuple(evidence),
        identifiers=tuple(Identifier(scheme="innograph-topic", value=c) for c in concepts),
    )  # fmt: skip
