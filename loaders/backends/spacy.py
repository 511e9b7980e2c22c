"""spaCy: any installed pipeline that finds names, one a language.

    [spacy]
    de = "de_core_news_lg"
    en = "en_core_web_sm"

Nothing is downloaded: a pipeline is a package, or a folder that its path names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from loaders.backends.contract import BackendError, BackendMention, Notify, Options, package
from loaders.backends.pieces import pieces
from ontology.vocabulary import vocabulary

# The labels of spaCy's own English pipelines -> ours; what is not named here (numbers, dates) is left out.
LABELS = {"PERSON": "PER", "GPE": "LOC", "FAC": "MISC", "EVENT": "MISC", "LAW": "MISC", "PRODUCT": "MISC",
          "WORK_OF_ART": "MISC", "PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}  # fmt: skip
SIZE = 100_000  # characters a call: a pipeline refuses more than a million and takes 1 GB for each 100,000


class Span(Protocol):
    """What is used of spaCy's Span."""

    start_char: int
    end_char: int
    label_: str


class Parsed(Protocol):
    """What is used of spaCy's Doc."""

    @property
    def ents(self) -> Sequence[Span]: ...


class Pipeline(Protocol):
    """What is used of spaCy's Language."""

    def __call__(self, text: str, /) -> Parsed: ...


class SpacyBackend:
    """Names that pipelines find. They give no confidence, so each mention has that of BackendMention."""

    name = "spacy"

    def __init__(self, packages: dict[str, str], *, pipelines: dict[str, Pipeline] | None = None) -> None:
        """`packages`: language -> name or path of its pipeline. `pipelines`: those that are open already."""
        self._packages, self._pipelines = packages, dict(pipelines or {})

    def mentions(self, text: str, language: str) -> Sequence[BackendMention]:
        """Names in the text; () for a language without a pipeline. Raises BackendError if it is not installed."""
        pipeline = self._pipeline(language.split("-")[0].lower())
        return () if pipeline is None else tuple(_mentions(pipeline, text))

    def _pipeline(self, language: str) -> Pipeline | None:
        if language not in self._pipelines and language in self._packages:
            self._pipelines[language] = _load(self._packages[language])
        return self._pipelines.get(language)


def make(options: Options, *, notify: Notify) -> SpacyBackend:
    """Raises BackendError where spaCy is not installed or no pipeline is named."""
    packages = {name: options.text(name) for name, _ in options.pairs}
    if not packages:
        raise BackendError(
            f'{options.where}: name an installed pipeline for each language, such as en = "en_core_web_sm"'
        )
    package("spacy", extra="spacy", backend="spacy")
    return SpacyBackend(packages)


def _mentions(pipeline: Pipeline, text: str) -> Iterator[BackendMention]:
    classes = vocabulary().classes
    for offset, piece in pieces(text, size=SIZE):
        for span in pipeline(piece).ents:
            # An entity ruler may carry classes of the ontology: they pass as they are.
            type = span.label_ if span.label_ in classes else LABELS.get(span.label_)
            if type is not None:
                yield BackendMention(start=offset + span.start_char, end=offset + span.end_char, type=type)


def _load(name: str) -> Pipeline:
    spacy = package("spacy", extra="spacy", backend="spacy")
    try:
        pipeline: Pipeline = spacy.load(name)
    except (OSError, ImportError) as error:
        way_out = f"install it with `python -m spacy download {name}` or by pip, or name another in [spacy]"
        raise BackendError(f"spacy: no pipeline {name!r} is installed: {way_out}") from error
    return pipeline
