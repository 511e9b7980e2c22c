"""Many sources at once: whatever one does to its worker, its neighbours are read, and the order is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from batch_readers import read

from graph.ledger import Outcome
from loaders.batch import Known, Limits, Read, Result, read_batch
from loaders.into import Loading, load_into
from loaders.sources import Source, find_sources
from ontology.errors import AtlasError, GraphError, InvalidValue, SourceError
from ontology.model import Document, Fact

DIED = "reading it ended the worker process: check the file"
HUNG = "reading it took over 1 s: check or split it"
SWELLED = "reading it takes too much memory: split it, or leave out its pictures"


def sources(folder: Path, contents: Sequence[str]) -> list[Source | SourceError]:
    for number, content in enumerate(contents):
        (folder / f"{number:03}.txt").write_text(content)
    return list(find_sources([folder]))


def never_known(uri: str, mark: str) -> bool:
    return False


def outcome(result: Result) -> str:
    """The title of what was read, or what was wrong."""
    match result:
        case Read():
            return result.document.title
        case Known():
            return "known"
        case SourceError():
            return result.problem


def outcomes(folder: Path, contents: Sequence[str], limits: Limits) -> list[str]:
    found = read_batch(sources(folder, contents), is_known=never_known, workers=2, limits=limits, read=read)
    return [outcome(result) for result in found]


def good(count: int) -> list[str]:
    return [f"good {number}" for number in range(count)]


def test_results_come_in_the_order_of_the_sources_also_when_some_are_bad(tmp_path: Path) -> None:
    contents = [*good(20), "wrong", "last"]
    assert outcomes(tmp_path, contents, Limits()) == [*good(20), "it is wrong", "last"]


@pytest.mark.parametrize("places", [[0], [11], [3, 4, 12], [19]], ids=str)
def test_a_worker_that_dies_takes_no_neighbour_with_it(tmp_path: Path, places: list[int]) -> None:
    contents = ["die" if n in places else text for n, text in enumerate(good(20))]
    assert outcomes(tmp_path, contents, Limits()) == [DIED if text == "die" else text for text in contents]


def test_sources_that_never_end_are_given_up_and_no_other_waits_for_them(tmp_path: Path) -> None:
    contents = [*good(4), "hang", "hang", *good(6)]  # as many as there are workers
    start = time.monotonic()
    found = outcomes(tmp_path, contents, Limits(seconds=1.0))
    assert found == [HUNG if text == "hang" else text for text in contents]
    assert time.monotonic() - start < 20


@pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory for a process here")
def test_a_source_over_the_limit_of_memory_is_an_error_of_its_own(tmp_path: Path) -> None:
    contents = [*good(9), "swell", "last"]
    assert outcomes(tmp_path, contents, Limits(memory=2**31)) == [*good(9), SWELLED, "last"]


def test_a_few_sources_are_read_without_starting_workers(tmp_path: Path) -> None:
    (told,) = outcomes(tmp_path, ["tell"], Limits(alone=1))
    assert told == f"{os.getppid()} {os.getpid()}"


def test_what_is_known_is_not_read_again(tmp_path: Path) -> None:
    listed = sources(tmp_path, ["die"] * 10)
    found = read_batch(listed, is_known=lambda uri, mark: True, workers=2, read=read)
    assert [outcome(result) for result in found] == ["known"] * 10


def test_stopping_in_the_middle_leaves_no_worker_behind(tmp_path: Path) -> None:
    contents = ["tell", *["hang"] * 12]
    results = read_batch(sources(tmp_path, contents), is_known=never_known, workers=2, read=read)
    worker = int(outcome(next(results)).split()[1])
    results.close()  # type: ignore[attr-defined]
    assert ends(worker)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_workers_end_when_the_load_is_killed(tmp_path: Path) -> None:
    sources(tmp_path, ["tell", *["hang"] * 12])
    code = f"""
if __name__ == "__main__":
    import sys; sys.path[:0] = {[str(Path(__file__).parent), str(Path(__file__).parent.parent)]!r}
    from pathlib import Path; from batch_readers import read; from loaders.batch import read_batch
    from loaders.sources import find_sources
    for result in read_batch(find_sources([Path({str(tmp_path)!r})]), is_known=lambda u, m: False, workers=2, read=read):
        print(result.document.title, flush=True)
"""
    script = tmp_path.parent / f"{tmp_path.name}.py"
    script.write_text(code)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as load:
        assert load.stdout
        worker = int(load.stdout.readline().split()[1])
        load.kill()
    assert ends(worker)


class Keeper:
    """Keeps titles; refuses what it is told to refuse."""

    def __init__(self, refused: dict[str, GraphError]) -> None:
        self.titles: list[str] = []
        self._refused = refused

    def has(self, source: str, fingerprint: str) -> bool:
        return False

    def put(self, document: Document, *, source: str, facts: Iterable[Fact], fingerprint: str) -> Outcome:
        if document.text in self._refused:
            raise self._refused[document.text]
        self.titles.append(document.text)
        return Outcome.NEW


def test_a_document_whose_facts_break_the_model_fails_alone(tmp_path: Path) -> None:
    sources(tmp_path, ["eins", "zwei", "drei"])
    keeper, heard = Keeper({"zwei": InvalidValue("two facts have one id")}), list[str]()
    loaded = load_into(keeper, [str(tmp_path)], Loading(notify=heard.append))
    assert (loaded.counts["new"], loaded.failed, keeper.titles) == (2, 1, ["eins", "drei"])
    assert heard == ["failed: two facts have one id"]


def test_a_full_disk_ends_the_load(tmp_path: Path) -> None:
    sources(tmp_path, ["eins", "zwei"])
    with pytest.raises(AtlasError, match="the disk is full"):
        load_into(Keeper({"eins": AtlasError("the disk is full")}), [str(tmp_path)], Loading())


def ends(process: int) -> bool:
    """Whether it is gone within ten seconds."""
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{process}/stat").exists() and " Z " in Path(f"/proc/{process}/stat").read_text():
            return True
        time.sleep(0.05)
    os.kill(process, signal.SIGKILL)
    return False
