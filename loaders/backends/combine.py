"""Extraction with back-ends: they vote on mentions, the rules link what was voted in, then links of others join.

With no back-end it is `extract`, so the default way through the program is one and the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from loaders.backends.choose import Choice, opened
from loaders.backends.contract import COARSE, Backend, BackendError, FactBackend, Notify
from loaders.backends.join import join
from loaders.backends.vote import FOUND_BY, Opinion, vote
from loaders.extraction.extract import Reader, extract, facts_of, read
from loaders.extraction.mentions import Mention
from loaders.extraction.text import Sentence
from ontology.model import Document, Entity, Fact
from ontology.vocabulary import vocabulary


def silent(_message: str) -> None:
    """Tell nobody: a function of a module, so that a worker process finds it."""


def extracted_with(
    document: Document,
    choices: tuple[Choice, ...],
    *,
    reader: Reader = Reader.TAGGER,
    notify: Notify = silent,
) -> Iterator[Fact]:
    """Like `loaders.read.extracted`, with the back-ends that were chosen. Raises BackendError, SourceError."""
    yield from extract_with(document, opened(choices, notify), reader=reader)


def extract_with(
    document: Document, backends: Sequence[Backend], *, reader: Reader = Reader.TAGGER
) -> tuple[Fact, ...]:
    """Entities and relations of a document, entities first, each with who found it in its evidence.

    Raises BackendError for a back-end that breaks the contract or cannot be used, SourceError where one
    could not read this document (such as a server that does not answer).
    """
    if not backends:
        return extract(document, reader)

    def revise(text: str, parts: Sequence[Sentence], found: list[Mention]) -> list[Mention]:
        pointing = [m for m in found if not m.name]
        opinions = list(_opinions(text, document.language, backends))
        return _without(pointing, vote(text, parts, [m for m in found if m.name], opinions)) + pointing

    facts = tuple(_with_finder(fact) for fact in facts_of(document, read(document, reader, revise)))
    for backend in backends:
        if isinstance(backend, FactBackend):
            found = backend.facts(document)
            _check(document, backend.name, found)
            facts = join(facts, found)
    return facts


def _opinions(text: str, language: str, backends: Iterable[Backend]) -> Iterator[Opinion]:
    """What each back-end sees. Raises BackendError where that is no span or class."""
    for backend in backends:
        for mention in backend.mentions(text, language):
            if not 0 <= mention.start < mention.end <= len(text):
                span = f"{mention.start} to {mention.end}"
                raise BackendError(
                    f"{backend.name}: gave a span {span} in a text of {len(text)}: its fault, not yours"
                )
            if mention.type not in COARSE and mention.type not in vocabulary().classes:
                allowed = ", ".join([*COARSE, *vocabulary().classes])
                raise BackendError(
                    f"{backend.name}: gave the type {mention.type!r}: it must be one of {allowed}"
                )
            yield Opinion(backend.name, mention)


def _without(pointing: Sequence[Mention], voted: Sequence[Mention]) -> list[Mention]:
    """Leave out what back-ends add on top of words that point back, such as "die Delegation"."""
    spans = [(m.start, m.end) for m in pointing]
    return [
        m
        for m in voted
        if not m.rule.startswith(FOUND_BY) or all(e <= m.start or m.end <= s for s, e in spans)
    ]


def _with_finder(fact: Fact) -> Fact:
    """Name the back-ends alone where no rule found the entity."""
    if not isinstance(fact, Entity):
        return fact
    evidence = tuple(replace(e, method=e.method.replace(f"rule:{FOUND_BY}", FOUND_BY)) for e in fact.evidence)
    return replace(fact, evidence=evidence)


def _check(document: Document, name: str, facts: Iterable[Fact]) -> None:
    """Raise BackendError unless every quote stands at its span: no back-end may break that promise."""
    for fact in facts:
        if not fact.evidence:
            raise BackendError(f"{name}: gave {fact.id!r} without evidence: its fault, not yours")
        for evidence in fact.evidence:
            if (
                document.text[max(evidence.start, 0) : max(evidence.end, 0)] != evidence.quote
                or not evidence.quote
            ):
                raise BackendError(
                    f"{name}: gave {fact.id!r} a quote that does not stand at its span: its fault"
                )
