"""Many sources at once: read in worker processes that may die without taking the load with them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from traceback import walk_tb

from loaders.read import DEFAULT, KINDS, How, Reading, kind_of, read_source, source_fingerprint
from loaders.sources import Source
from ontology.errors import GraphError, InvalidValue, RowError, SourceError
from ontology.model import Document, Fact

PLAIN = {"html", "markdown", "text"}  # kinds that hold no more than their bytes; PDF and DOCX unfold
ROOT = Path(__file__).parent.parent  # of our code


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading may use."""

    alone: int = 8  # up to so many small texts are read in this process: starting workers would cost more
    # Bytes of a small text. The worst that were made took 12 s at this size, and over 60 s at four times of it.
    small: int = 50_000
    seconds: float = 120.0  # for one document; a table has no limit, since it grows with its rows
    memory: int = 4 * 2**30  # bytes of address space of a worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A source that was read. `facts` can be gone through once; `problems` is complete after that."""

    source: Source
    document: Document
    facts: Iterable[Fact]  # going through them may raise SourceError, BackendError
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
    how: How = DEFAULT,
) -> Iterator[Result]:
    """Yield one result a source, in their order; errors come as values, so that the rest goes on.

    Tables are read row by row in this process, and so are a few small texts, or with one worker all small texts;
    every other document is read in a process that may use no more than `limits`.

    Args:
        is_known: told the URI and the fingerprint of a source, says whether it need not be read.
        mapping: for the tables; where there is none, this is the one error and nothing is read.
        workers: how many such processes there are at a time.
    Raises:
        BackendError: a back-end that `how` names cannot be used, whatever the source.
    """
    listed = list(sources)
    limits = limits or Limits()
    if mapping is not None and not any(map(_is_table, listed)):
        problem = "a mapping is for tables (CSV, TSV), and there is none to load: leave --mapping out"
        yield from (item for item in listed if isinstance(item, SourceError))
        yield SourceError(problem, source=mapping.name)
        return
    here = _Here(is_known, mapping, read, how)
    largest_here = limits.small if workers < 2 or len(listed) <= limits.alone else -1
    yield from _Crew(workers, here, limits, largest_here=largest_here).go_through(listed)


def _is_table(source: Source | SourceError) -> bool:
    return isinstance(source, Source) and KINDS.get(source.path.suffix.lower()) == "table"


@dataclass(frozen=True, slots=True)
class _Here:
    """Reads in this process."""

    is_known: Callable[[str, str], bool]
    mapping: Path | None
    read: Reader
    how: How

    def mark(self, source: Source) -> str:
        """Raises SourceError."""
        with _told(source.name):
            return source_fingerprint(source.path, source=source.name, mapping=self.mapping, how=self.how)

    def result(self, source: Source, mark: str) -> Result:
        mapping = self.mapping if _is_table(source) else None
        try:
            with _told(source.name):
                found = self.read(source.path, source=source.name, mapping=mapping, how=self.how)
        except SourceError as error:
            return error
        return Read(
            source=source,
            document=found.document,
            facts=_told_facts(found.facts, source.name),
            problems=found.problems,
            fingerprint=mark,
        )


class _Crew:
    """A pool that is made anew when a worker dies or hangs; the source that did it is told from its neighbours."""

    def __init__(self, workers: int, here: _Here, limits: Limits, *, largest_here: int) -> None:
        self._workers, self._here, self._limits, self._largest_here = workers, here, limits, largest_here
        self._pool: ProcessPoolExecutor | None = None  # made for the first job
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
            is_read_here = self._is_read_here(source)
        except SourceError as error:
            return error
        if is_read_here:
            return self._here.result(source, mark)
        return _Job(source, mark, self._submit(source))

    def _is_read_here(self, source: Source) -> bool:
        """Raises SourceError."""
        kind = kind_of(source.path, source=source.name)
        if kind == "table":  # its rows are streamed, and pickling them would take as long as reading them
            return True
        with _told(source.name):
            return kind in PLAIN and source.path.stat().st_size <= self._largest_here

    def _result(self, item: _Job | Result) -> Result:
        if not isinstance(item, _Job):
            return item
        try:
            with _told(item.source.name):  # an answer may be too much to be sent back
                answer = self._answer(item)
        except SourceError as error:
            return error
        if isinstance(answer, SourceError):
            return answer
        document, facts = answer
        return Read(source=item.source, document=document, facts=facts, problems=[], fingerprint=item.mark)

    def _answer(self, job: _Job) -> Answer:
        try:
            return job.answer.result(timeout=self._limits.seconds)
        except TimeoutError:  # it came first, so a worker has been at it all the time
            self._renew()
            return self._too_long(job.source)
        except BrokenProcessPool:  # it, or a neighbour: read it by itself before blaming it
            answer = self._alone(job.source)
            self._renew()
            return answer

    def _alone(self, source: Source) -> Answer:
        pool = self._new_pool(1)
        try:
            return self._submit_to(pool, source).result(timeout=self._limits.seconds)
        except BrokenProcessPool:
            return SourceError("reading it ended the worker process: check the file", source=source.name)
        except TimeoutError:
            return self._too_long(source)
        finally:
            _stop(pool)

    def _too_long(self, source: Source) -> SourceError:
        return _too_much(f"{self._limits.seconds:.0f} s", source.name)

    def _renew(self) -> None:
        """Take a new pool, and give it what the old one had not finished."""
        _stop(self._pool)
        self._pool = None
        for place, item in enumerate(self._waiting):
            if isinstance(item, _Job) and not _is_answered(item):
                self._waiting[place] = _Job(item.source, item.mark, self._submit(item.source))

    def _submit(self, source: Source) -> Future[Answer]:
        self._pool = self._pool or self._new_pool(self._workers)
        try:
            return self._submit_to(self._pool, source)
        except BrokenProcessPool:
            self._renew()
            return self._submit(source)

    def _submit_to(self, pool: ProcessPoolExecutor, source: Source) -> Future[Answer]:
        here = self._here
        return pool.submit(_in_worker, here.read, source.path, source.name, here.how, self._limits.memory)

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


def _stop(pool: ProcessPoolExecutor | None) -> None:
    """End the workers: `shutdown` alone would wait for one that never ends."""
    if pool is None:
        return
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(wait=False, cancel_futures=True)


# What one source may do to the others: nothing


@contextmanager
def _told(source: str, *, memory: str = "the memory of this machine") -> Iterator[None]:
    """Raise every error that a single source is the reason of as a SourceError; a BackendError stays one.

    Readers meet files that nobody has thought of, and a folder must not wait for the next release because of one:
    so here, and only here, everything is caught.
    """
    try:
        yield
    except InvalidValue as error:
        raise SourceError(str(error), source=source) from error
    except GraphError:
        raise
    except MemoryError as error:
        raise _too_much(memory, source) from error
    except Exception as error:
        problem = (
            f"{type(error).__name__} at {_place(error)}: this is a fault of innograph, please report it; "
            "the other files were read"
        )
        raise SourceError(problem, source=source) from error


def _told_facts(facts: Iterable[Fact], source: str) -> Iterator[Fact]:
    """The facts, which are made only while they are gone through. Raises SourceError, BackendError."""
    with _told(source):
        yield from facts


def _too_much(limit: str, source: str) -> SourceError:
    problem = f"it has too much content to be read in {limit}: split it, or leave out its pictures"
    return SourceError(problem, source=source)


def _place(error: Exception) -> str:
    """The last line of our own code that ran, such as "loaders/documents/pdf.py:57"."""
    place = "an unknown place"
    for frame, line in walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT / "loaders") or path.is_relative_to(ROOT / "ontology"):
            place = f"{path.relative_to(ROOT).as_posix()}:{line}"
    return place


# In the worker


def _in_worker(read: Reader, path: Path, name: str, how: How, memory: int) -> Answer:
    try:
        with _told(name, memory=f"{memory / 2**30:.0f} GB of memory"):
            reading = read(path, source=name, how=how)
            return reading.document, tuple(reading.facts)
    except SourceError as error:
        # A new one: its cause holds what was read so far, and the answer needs memory on its way.
        return SourceError(error.problem, source=error.source)


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
