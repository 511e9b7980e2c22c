"""Many sources at once: read in worker processes that may die without taking the load with them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from loaders.read import kind_of, read_source, source_fingerprint
from loaders.sources import Source
from ontology.errors import RowError, SourceError
from ontology.model import Document, Fact

ALONE = 8  # up to so many sources are read in this process: starting workers would cost more
SECONDS = 120.0  # for one document; a table has no limit, since it grows with its rows
MEMORY = 4 * 2**30  # bytes of address space of a worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A source that was read. `facts` can be gone through once; `problems` is complete after that."""

    source: Source
    document: Document
    facts: Iterable[Fact]
    problems: list[RowError]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Known:
    """A source that has not changed since its last load."""

    source: Source


Result = Read | Known | SourceError
Answer = tuple[Document, tuple[Fact, ...]] | SourceError  # what comes back from a worker


def read_batch(
    sources: Iterable[Source | SourceError],
    *,
    is_known: Callable[[str, str], bool],
    mapping: Path | None = None,
    workers: int = 1,
) -> Iterator[Result]:
    """Yield one result a source, in their order; errors come as values, so that the rest goes on.

    Args:
        is_known: told the URI and the fingerprint of a source, says whether it need not be read.
        workers: processes for documents of prose; tables are read row by row in this process.
    """
    listed = list(sources)
    if workers < 2 or len(listed) <= ALONE:
        for source in listed:
            yield source if isinstance(source, SourceError) else _one(source, is_known, mapping)
        return
    yield from _Crew(workers, is_known, mapping).go_through(listed)


def _one(source: Source, is_known: Callable[[str, str], bool], mapping: Path | None) -> Result:
    try:
        mark = source_fingerprint(source.path, source=source.name, mapping=mapping)
        if is_known(source.uri, mark):
            return Known(source)
        reading = read_source(source.path, source=source.name, mapping=mapping)
    except SourceError as error:
        return error
    return Read(
        source=source,
        document=reading.document,
        facts=reading.facts,
        problems=reading.problems,
        fingerprint=mark,
    )


def _in_worker(path: Path, name: str) -> Answer:
    try:
        reading = read_source(path, source=name)
        return reading.document, tuple(reading.facts)
    except SourceError as error:
        return error
    except MemoryError:
        return SourceError(
            "reading it takes too much memory: split it, or leave out its pictures", source=name
        )


def _limit_memory() -> None:
    """No worker may take the machine down; systems without such limits go on without."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


class _Crew:
    """A pool that is made anew when a worker dies; the source that killed it is told from its neighbours."""

    def __init__(self, workers: int, is_known: Callable[[str, str], bool], mapping: Path | None) -> None:
        self._workers, self._is_known, self._mapping = workers, is_known, mapping
        self._pool = self._new_pool(workers)

    def _new_pool(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_limit_memory)

    def go_through(self, listed: list[Source | SourceError]) -> Iterator[Result]:
        """Keep a few sources in work ahead of the one whose result is due."""
        waiting: deque[tuple[Source, str, Future[Answer]] | Result] = deque()
        try:
            for source in listed:
                waiting.append(source if isinstance(source, SourceError) else self._submit(source))
                if len(waiting) > 4 * self._workers:
                    yield self._result(waiting.popleft())
            while waiting:
                yield self._result(waiting.popleft())
        finally:
            self._stop()

    def _submit(self, source: Source) -> tuple[Source, str, Future[Answer]] | Result:
        try:
            mark = source_fingerprint(source.path, source=source.name, mapping=self._mapping)
            if self._is_known(source.uri, mark):
                return Known(source)
            if kind_of(source.path, source=source.name) == "table" or self._mapping is not None:
                return _one(source, self._is_known, self._mapping)
        except SourceError as error:
            return error
        try:
            return source, mark, self._pool.submit(_in_worker, source.path, source.name)
        except BrokenProcessPool:
            self._stop()
            self._pool = self._new_pool(self._workers)
            return source, mark, self._pool.submit(_in_worker, source.path, source.name)

    def _result(self, item: tuple[Source, str, Future[Answer]] | Result) -> Result:
        if not isinstance(item, tuple):
            return item
        source, mark, future = item
        try:
            answer = future.result(timeout=SECONDS)
        except (BrokenProcessPool, TimeoutError):
            answer = self._alone(source)
        if isinstance(answer, SourceError):
            return answer
        document, facts = answer
        return Read(source=source, document=document, facts=facts, problems=[], fingerprint=mark)

    def _alone(self, source: Source) -> Answer:
        """A neighbour may have killed the worker: try this source by itself before blaming it."""
        with self._new_pool(1) as single:
            try:
                return single.submit(_in_worker, source.path, source.name).result(timeout=SECONDS)
            except BrokenProcessPool:
                return SourceError("reading it ended the worker process: check the file", source=source.name)
            except TimeoutError:
                _kill(single)
                return SourceError(
                    f"reading it took over {SECONDS:.0f} s: check or split it", source=source.name
                )

    def _stop(self) -> None:
        _kill(self._pool)
        self._pool.shutdown(wait=False, cancel_futures=True)


def _kill(pool: ProcessPoolExecutor) -> None:
    """End the workers: `shutdown` would wait for one that never ends."""
    for process in list((pool._processes or {}).values()):
        process.kill()
