"""Sources into whatever keeps facts, one at a time; what fails is told and the rest goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from loaders.batch import Known, Limits, Result, read_batch
from loaders.read import DEFAULT, How
from loaders.sources import Source, find_sources
from ontology.errors import InvalidValue, RowError, SourceError
from ontology.model import Document, Fact


class Keeper(Protocol):
    """Keeps documents and their facts: graph.ledger.Ledger."""

    def has(self, source: str, fingerprint: str) -> bool: ...
    def put(
        self, document: Document, *, source: str, facts: Iterable[Fact], fingerprint: str
    ) -> StrEnum: ...  # what it did: "new", "changed", "unchanged"; wholly or not at all


Progress = Callable[[Iterator[Result], int], AbstractContextManager[Iterable[Result]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """How to load."""

    mapping: Path | None = None
    workers: int = 1
    how: How = DEFAULT  # how prose is read
    dry_run: bool = False  # read everything, keep nothing
    notify: Callable[[str], None] = lambda _: None  # hears of each bad file and row
    progress: Progress = lambda results, _: nullcontext(results)


@dataclass(slots=True)
class Loaded:
    """Sources by outcome; `failed` counts bad files and bad rows."""

    counts: Counter[str] = field(default_factory=Counter)
    failed: int = 0


def load_into(keeper: Keeper, paths: Sequence[str], how: Loading) -> Loaded:
    """Load sources, each wholly or not at all. Raises only what would stop every source: AtlasError, BackendError."""
    loaded = Loaded()
    sources = list(sources_of(paths))
    results = read_batch(
        sources,
        is_known=keeper.has,
        mapping=how.mapping,
        workers=how.workers,
        how=how.how,
        limits=_limits(how.how),
    )
    with how.progress(results, len(sources)) as shown:
        for result in shown:
            try:
                problems = _keep(keeper, result, loaded.counts, is_dry=how.dry_run)
            except (SourceError, InvalidValue) as error:
                how.notify(f"failed: {error}")
                loaded.failed += 1
            else:
                loaded.failed += len(problems)
                for row in problems:
                    how.notify(f"skipped: {row}")
    return loaded


def _limits(how: How) -> Limits:
    """A language model may answer slowly, and a large tagger needs room."""
    return Limits(seconds=1200.0, memory=16 * 2**30) if how.backends else Limits()


def sources_of(paths: Sequence[str]) -> Iterator[Source | SourceError]:
    """The files that `paths` name; a URL comes as an error, so that the rest still loads."""
    urls = [path for path in paths if "://" in path]
    for url in urls:
        yield SourceError("URLs are not read yet: save the page and load the file", source=url)
    yield from find_sources(Path(path) for path in paths if path not in urls)


def _keep(keeper: Keeper, result: Result, counts: Counter[str], *, is_dry: bool) -> list[RowError]:
    """Keep one result and count it; returns its bad rows. Raises SourceError, InvalidValue."""
    if isinstance(result, SourceError):
        raise result
    if isinstance(result, Known):
        counts["unchanged"] += 1
        return []
    if is_dry:
        for _ in result.facts:  # a table tells its bad rows only while it is read
            pass
        counts["readable"] += 1
    else:
        mark, uri = result.fingerprint, result.source.uri
        counts[keeper.put(result.document, source=uri, facts=result.facts, fingerprint=mark).value] += 1
    return result.problems
