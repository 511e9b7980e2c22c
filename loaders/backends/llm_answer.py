"""From a model's answer to facts. Nothing in it is believed: not its form, its types, its names or its quotes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from loaders.backends.quotes import Text
from ontology.errors import GraphError
from ontology.model import Document, Entity, Evidence, Fact, Modality, Name, Relation
from ontology.names import fold
from ontology.vocabulary import vocabulary

CONFIDENCE = 0.75  # of each fact: what a model says of its own sureness is not calibrated
ITEMS = 1_000  # entities, and relations, that one answer may hold
QUOTE = 1_000  # characters; more is no quote but a copy of the text
STEM = 3  # letters; shorter words of a name need not stand in its quote ("of", "für")
Item = Mapping[str, object]
F = TypeVar("F", Entity, Relation)


class Unusable(GraphError):
    """The answer as a whole cannot be used; the message says why."""


class Dropped(GraphError):
    """One item of an answer cannot be used; the message is the reason that is counted."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """What came of an answer. `dropped`: reason -> items that were left out for it."""

    facts: tuple[Fact, ...]
    dropped: Mapping[str, int] = field(default_factory=dict)


def harvest(answer: str, document: Document, *, text: str, method: str) -> Harvest:
    """Check an answer against the ontology and the text.

    Args:
        answer: JSON of the form of `llm_task.schema`.
        text: the part of document.text, from its start, that the model was shown.
        method: what stands in the evidence, such as "llm:model-name".
    Raises:
        Unusable: it is no JSON object with the two lists.
    """
    tree = _tree(answer)
    reader = _Reader(document, Text(text), method)
    entities = reader.keep(_items(tree, "entities", reader.dropped), reader.entity)
    relations = reader.keep(_items(tree, "relations", reader.dropped), reader.relation)
    return Harvest((*entities, *relations), dict(sorted(reader.dropped.items())))


def _tree(answer: str) -> Item:
    try:
        tree = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise Unusable("it is no JSON") from error
    if not isinstance(tree, dict):
        raise Unusable("it is no JSON object")
    return tree


def _items(tree: Item, name: str, dropped: Counter[str]) -> Sequence[Item]:
    """The objects of a list, at most ITEMS of them. Raises Unusable where there is no list."""
    items = tree.get(name)
    if not isinstance(items, list):
        raise Unusable(f"its {name!r} are no list")
    objects = [item for item in items if isinstance(item, dict)]
    dropped["no JSON object"] += len(items) - len(objects)
    dropped[f"more than {ITEMS} {name}"] += max(len(objects) - ITEMS, 0)
    return objects[:ITEMS]


class _Reader:
    """Turns items into facts and counts those that it cannot."""

    def __init__(self, document: Document, text: Text, method: str) -> None:
        self._document, self._text, self._method = document, text, method
        self._entities: dict[str, Entity] = {}  # by the id that the answer gave
        self._numbers = 0
        self.dropped: Counter[str] = Counter()

    def keep(self, items: Iterable[Item], make: Callable[[Item], F]) -> list[F]:
        """What `make` makes of the items, in order; the others are counted by reason."""
        kept = []
        for item in items:
            try:
                kept.append(make(item))
            except Dropped as reason:
                self.dropped[str(reason)] += 1
        self.dropped = +self.dropped
        return kept

    def entity(self, item: Item) -> Entity:
        """Raises Dropped."""
        key, type, name = (_word(item, field) for field in ("id", "type", "name"))
        if type not in vocabulary().classes:
            raise Dropped("class outside of the ontology")
        if key in self._entities:
            raise Dropped("id given twice")
        evidence = self._evidence(item)
        if not _supports(evidence.quote, name):
            raise Dropped("name not in its quote")
        self._numbers += 1
        aliases = sorted({a for a in _words(item.get("aliases")) if a != name and self._text.find(a)})
        made = Entity(
            id=f"x{self._numbers}", document=self._document.id, type=type, name=name, language=self._document.language,
            aliases=tuple(Name(text=alias) for alias in aliases), evidence=(evidence,),
        )  # fmt: skip
        self._entities[key] = made
        return made

    def relation(self, item: Item) -> Relation:
        """Raises Dropped."""
        type, source, target = (_word(item, field) for field in ("type", "source", "target"))
        words = vocabulary()
        if type not in words.relations:
            raise Dropped("relation outside of the ontology")
        ends = self._entities.get(source), self._entities.get(target)
        if ends[0] is None or ends[1] is None or ends[0] is ends[1]:
            raise Dropped("relation without two ends")
        if not words.allows(ends[0].type, type, ends[1].type):
            raise Dropped("relation between classes that it cannot link")
        evidence = self._evidence(item)
        if not any(_names(evidence.quote, end) for end in ends if end):
            raise Dropped("quote that names neither end")
        role = " ".join(_word(item, "role", may_be_empty=True).split())
        self._numbers += 1
        return Relation(
            id=f"x{self._numbers}", document=self._document.id, source=ends[0].id, type=type, target=ends[1].id,
            evidence=(evidence,), modality=_modality(item), role=role if role and self._text.find(role) else "",
        )  # fmt: skip

    def _evidence(self, item: Item) -> Evidence:
        """The item's quote, where it stands in the text. Raises Dropped."""
        quote = _word(item, "quote")
        if len(quote) > QUOTE:
            raise Dropped(f"quote of more than {QUOTE} characters")
        span = self._text.find(quote)
        if span is None:
            raise Dropped("quote not in the text")
        start, end = span
        return Evidence(
            document=self._document.id, quote=self._document.text[start:end], start=start, end=end,
            method=self._method, confidence=CONFIDENCE,
        )  # fmt: skip


def _word(item: Item, field: str, *, may_be_empty: bool = False) -> str:
    """A text without control characters. Raises Dropped."""
    value = item.get(field)
    if not isinstance(value, str):
        raise Dropped(f"no text as {field!r}")
    if field != "quote" and not value.isprintable():
        raise Dropped(f"unprintable {field!r}")
    if not value.strip() and not may_be_empty:
        raise Dropped(f"empty {field!r}")
    return value.strip()


def _words(value: object) -> Iterable[str]:
    items = value[:ITEMS] if isinstance(value, list) else []
    return (item.strip() for item in items if isinstance(item, str) and item.strip() and item.isprintable())


def _modality(item: Item) -> Modality:
    try:
        return Modality(_word(item, "modality"))
    except ValueError as error:
        raise Dropped("unknown modality") from error


def _supports(quote: str, name: str) -> bool:
    """Whether every word of a name stands in its quote, whatever its ending: a name comes in the nominative."""
    said = fold(quote).split()
    wanted = fold(name).split()
    return bool(wanted) and all(any(_is_form(word, other) for other in said) for word in wanted)


def _is_form(word: str, other: str) -> bool:
    """ "europaeische" and "europaeischen", "stadt" and "staedte" not: only the ending may differ, by two letters."""
    if word == other:
        return True
    shared = max(STEM + 1, len(word) - 2)
    return len(word) > STEM and word[:shared] == other[:shared] and abs(len(word) - len(other)) <= 2


def _names(quote: str, entity: Entity) -> bool:
    """Whether a quote holds a word of three letters or more of one of the names of an entity."""
    said = fold(quote).split()
    names = (entity.name, *(alias.text for alias in entity.aliases))
    words = {word for name in names for word in fold(name).split() if len(word) >= STEM}
    return any(_is_form(word, other) for word in words for other in said) or any(
        fold(name) == fold(quote) for name in names
    )
