"""Topics: labels and synonyms of the topic scheme, found whatever their endings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.tokens import Token
from ontology.names import fold
from ontology.topics import concepts

ENDING = re.compile(r"(?:en|er|es|em|e|n|s)\Z")
LONGEST = 5  # words in a label


@dataclass(frozen=True, slots=True)
class Label:
    concept: str
    text: str
    acronym: bool


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Fold a word and cut its ending where at least four letters stay."""
    plain = fold(word)
    cut = ENDING.sub("", plain)
    return cut if len(cut) >= 4 else plain


@cache
def _index() -> dict[tuple[str, ...], Label]:
    index: dict[tuple[str, ...], Label] = {}
    for concept in concepts().values():
        texts = (concept.label_de, concept.label_en, *(text for _, text in concept.synonyms))
        for text in texts:
            key = tuple(stem(w) for w in fold(text).split())
            index.setdefault(key, Label(concept.id, text, text.isupper() or len(text) <= 3))
    return index


def find_topics(text: str, tokens: Sequence[Token], language: str) -> Iterator[Mention]:
    """Yield the longest labels; the name is the concept's label in the document's language."""
    index, found, umbrella = _index(), concepts(), lexicon().umbrella_topics
    words = [t for t in tokens if t.is_word]
    stems = [[stem(p) for p in fold(t.text).split()] for t in words]
    i = 0
    while i < len(words):
        for size in range(min(LONGEST, len(words) - i), 0, -1):
            run = words[i : i + size]
            label = index.get(tuple(chain.from_iterable(stems[i : i + size])))
            if label is None:
                continue
            surface = text[run[0].start : run[-1].end]
            if (label.acronym and surface.casefold() == surface) or not _fits(run, language):
                continue
            if "," in surface or (size > 1 and "." in surface):
                continue
            concept = found[label.concept]
            name = concept.label_en if language == "en" else concept.label_de
            weak = name in umbrella
            yield Mention(
                run[0].start, run[-1].end, "Topic", name, surface, label.concept, 7, "topic scheme", 0.7, weak
            )
            i += size - 1
            break
        i += 1


def _fits(run: Sequence[Token], language: str) -> bool:
    """German nouns are capitalised; a verb or an adjective that looks like a label is not meant."""
    return language == "en" or run[-1].is_capitalised or run[-1].text.isupper()
