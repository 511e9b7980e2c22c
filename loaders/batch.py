"""Many sources at once: read in worker processes that may die without taking the load with them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

from loaders.read import Reading, kind_of, read_source, source_fingerprint
from loaders.sources import Source
from ontology.errors import RowError, SourceError
from ontology.model import Document, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading may use."""

    alone: int = 8  # up to so many sources are read in this process: starting workers would cost more
    seconds: float = 120.0  # for one document; a table has no limit, since it grows with its rows
    memory: int = 4 * 2**30  # bytes of address space of a worker


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


@dataclass(frozen=True, slots=True)
class _Job:
    """A source that a worker reads."""

    source: Source
    mark: str
    answer: Future[Answer]


Result = Read | Known | SourceError
Answer = tuple[Document, tuple[Fact, ...]] | SourceError  # what comes back from a worker
Reader = Callable[
    ..., Reading
]  # `read_source`, or one like it; a function of a module, so that workers find it


def read_batch(
    sources: Iterable[Source | SourceError],
    *,
    is_known: Callable[[str, str], bool],
    mapping: Path | None = None,
    workers: int = 1,
    limits: Limits | None = None,
    read: Reader = read_source,
) -> Iterator[Result]:
    """Yield one result a source, in their order; errors come as values, so that the rest goes on.

    Args:
        is_known: told the URI and the fingerprint of a source, says whether it need not be read.
        workers: processes for documents of prose; tables are read row by row in this process.
    """
    listed = list(sources)
    limits = limits or Limits()
    here = _Here(is_known, mapping, read)
    if workers < 2 or len(listed) <= limits.alone:
        for source in listed:
            yield source if isinstance(source, SourceError) else here.result(source)
        return
    yield from _Crew(workers, here, limits).go_through(listed)


@dataclass(frozen=True, slots=True)
class _Here:
    """Reads in this process."""

    is_known: Callable[[str, str], bool]
    mapping: Path | None
    read: Reader

    def result(self, source: Source) -> Result:
        try:
            mark = self.mark(source)
            if self.is_known(source.uri, mark):
                return Known(source)
            found = self.read(source.path, source=source.name, mapping=self.mapping)
        except SourceError as error:
            return error
        return Read(
            source=source,
            document=found.document,
            facts=found.facts,
            problems=found.problems,
            fingerprint=mark,
        )

    def mark(self, source: Source) -> str:
        """Raises SourceError."""
        return source_fingerprint(source.path, source=source.name, mapping=self.mapping)


class _Crew:
    """A pool that is made anew when a worker dies or hangs; the source that did it is told from its neighbours."""

    def __init__(self, workers: int, here: _Here, limits: Limits) -> None:
        self._workers, self._here, self._limits = workers, here, limits
        self._pool = self._new_pool(workers)
        self._waiting: deque[_Job | Result] = deque()

    def go_through(self, listed: list[Source | SourceError]) -> Iterator[Result]:
        """Keep a few sources in work ahead of the one whose result is due."""
        try:
            for source in listed:
                self._waiting.append(source if isinstance(source, SourceError) else self._begin(source))
                if len(self._waiting) > 4 * self._workers:
                    yield self._result(self._waiting.popleft())
            while self._waiting:
                yield self._result(self._waiting.popleft())
        finally:
            _stop(self._pool)

    def _begin(self, source: Source) -> _Job | Result:
        try:
            mark = self._here.mark(source)
            if self._here.is_known(source.uri, mark):
                return Known(source)
            # Rows are streamed, and pickling them would take as long as reading them.
            is_table = kind_of(source.path, source=source.name) == "table"
        except SourceError as error:
            return error
        if is_table or self._here.mapping is not None:
            return self._here.result(source)
        try:
            return _Job(source, mark, self._submit(self._pool, source))
        except BrokenProcessPool:
            self._renew()
            return _Job(source, mark, self._submit(self._pool, source))

    def _result(self, item: _Job | Result) -> Result:
        if not isinstance(item, _Job):
            return item
        try:
            answer = item.answer.result(timeout=self._limits.seconds)
        except TimeoutError:  # it came first, so a worker has been at it all the time
            answer = self._too_long(item.source)
            self._renew()
        except BrokenProcessPool:  # it, or a neighbour: read it by itself before blaming it
            answer = self._alone(item.source)
            self._renew()
        if isinstance(answer, SourceError):
            return answer
        document, facts = answer
        return Read(source=item.source, document=document, facts=facts, problems=[], fingerprint=item.mark)

    def _alone(self, source: Source) -> Answer:
        pool = self._new_pool(1)
        try:
            return self._submit(pool, source).result(timeout=self._limits.seconds)
        except BrokenProcessPool:
            return SourceError("reading it ended the worker process: check the file", source=source.name)
        except TimeoutError:
            return self._too_long(source)
        finally:
            _stop(pool)

    def _too_long(self, source: Source) -> SourceError:
        return SourceError(
            f"reading it took over {self._limits.seconds:.0f} s: check or split it", source=source.name
        )

    def _renew(self) -> None:
        """Take a new pool, and give it what the old one had not finished."""
        _stop(self._pool)
        self._pool = self._new_pool(self._workers)
        for place, item in enumerate(self._waiting):
            if isinstance(item, _Job) and not _is_answered(item):
                self._waiting[place] = _Job(item.source, item.mark, self._submit(self._pool, item.source))

    def _submit(self, pool: ProcessPoolExecutor, source: Source) -> Future[Answer]:
        return pool.submit(_in_worker, self._here.read, source.path, source.name)

    def _new_pool(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers,
            mp_context=get_context("spawn"),
            initializer=_prepare_worker,
            initargs=(self._limits.memory,),
        )


def _is_answered(job: _Job) -> bool:
    future = job.answer
    return future.done() and not future.cancelled() and future.exception() is None


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the workers: `shutdown` alone would wait for one that never ends."""
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(wait=False, cancel_futures=True)


# In the worker


def _in_worker(read: Reader, path: Path, name: str) -> Answer:
    try:
        reading = read(path, source=name)
        return reading.document, tuple(reading.facts)
    except SourceError as error:
        return error
    except MemoryError:
        problem = "reading it takes too much memory: split it, or leave out its pictures"
        return SourceError(problem, source=name)


def _prepare_worker(memory: int) -> None:
    """No worker may take the machine down, or outlive a load that was killed."""
    from threading import Thread

    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(ImportError, ValueError, OSError):  # systems without such limits go on without
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _end_with_parent() -> None:
    """A worker waits for work on a pipe that it holds open itself, so it would never hear that nobody is left."""
    import os

    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)
