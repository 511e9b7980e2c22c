"""Annotated sentences as the tagger sees them: words, allowed labels, the rules' tags."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.extraction.mentions import Mention, choose
from loaders.extraction.organisations import find_organisations
from loaders.extraction.persons import find_persons
from loaders.extraction.places import find_places
from loaders.extraction.tagger_features import rule_tags
from loaders.extraction.tokens import Token, tokenize
from loaders.extraction.undertakings import find_undertakings
from tools.train_tagger.corpora import Sentence, Span

MISC_LABELS = frozenset({"B-MISC", "I-MISC", "P-MISC"})


@dataclass(frozen=True, slots=True)
class Example:
    """Parallel tuples, one entry a word. `allowed`: the labels that the annotation leaves open."""

    words: tuple[str, ...]
    allowed: tuple[frozenset[str], ...]
    rules: tuple[str, ...]
    language: str
    source: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """`sets`: name -> examples. `dev`: document -> examples. `keep`: numbers of the pieces of the vocabulary."""

    sets: dict[str, list[Example]]
    dev: dict[str, list[Example]]
    keep: list[int]


def example(sentence: Sentence) -> Example:
    """Cut into words, run the rules, and lead the spans to words."""
    tokens = tokenize(sentence.text, 0, len(sentence.text))
    mentions = _by_rules(sentence.text, tokens, sentence.language)
    return Example(
        tuple(t.text for t in tokens),
        tuple(_allowed(tokens, sentence)),
        tuple(rule_tags(tokens, mentions)),
        sentence.language,
        sentence.source,
    )


def _by_rules(text: str, tokens: list[Token], language: str) -> list[Mention]:
    """The mentions that the rules alone find in a sentence, without overlaps; topics are no names."""
    found = [*find_persons(text, tokens), *find_organisations(text, tokens, language)]
    found += [*find_undertakings(text, tokens, language), *find_places(text, tokens)]
    return choose(found)


def _allowed(tokens: list[Token], sentence: Sentence) -> list[frozenset[str]]:
    outside = frozenset({"O"}) | (MISC_LABELS if sentence.without_misc else frozenset())
    allowed = [outside] * len(tokens)
    taken = [False] * len(tokens)
    for span in sentence.spans:
        inside = [n for n, t in enumerate(tokens) if t.start < span.end and t.end > span.start]
        if not inside or any(taken[n] for n in inside):
            continue
        for place, n in enumerate(inside):
            label = f"{'I' if place else 'B'}-{span.label}"
            allowed[n] = frozenset({label}) | (outside if span.doubtful else frozenset())
            taken[n] = True
        if _is_part(span, tokens[inside[-1]]):
            _mark_part(span, inside, allowed)
    return allowed


def _is_part(span: Span, last: Token) -> bool:
    return span.part or (last.end > span.end and "-" in last.text)


def _mark_part(span: Span, inside: list[int], allowed: list[frozenset[str]]) -> None:
    """A name that ends within a hyphenated word: a label of its own on one word, I- on a longer one."""
    if len(inside) == 1:
        allowed[inside[0]] = frozenset({f"P-{span.label}"}) | (allowed[inside[0]] & {"O"})
