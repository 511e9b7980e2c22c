"""Many sources at once: whatever one does to its worker, its neighbours are read, and the order is kept."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from batch_readers import read
from conftest import SAMPLES

from graph.ledger import Ledger, Outcome
from loaders.batch import Known, Limits, Read, Result, read_batch
from loaders.into import Loading, load_into
from loaders.read import How
from loaders.records.facts import read_facts
from loaders.sources import Source, find_sources
from ontology.errors import AtlasError, GraphError, InvalidValue, SourceError
from ontology.model import Document, Fact

DIED = "reading it ended the worker process: check the file"
HUNG = "it has too much content to be read in 1 s: split it, or leave out its pictures"
SWELLED = "it has too much content to be read in 2 GB of memory: split it, or leave out its pictures"
FAULT = re.compile(
    r"(AttributeError at loaders/sources|IndexError at loaders/batch)\.py:\d+: this is a fault of innograph, "
    "please report it; the other files were read"
)


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


@pytest.mark.parametrize("alone", [8, 0], ids=["in this process", "in workers"])
@pytest.mark.parametrize("fault", ["fault", "late", "invalid"])
def test_a_fault_of_ours_costs_one_source_and_names_its_place(tmp_path: Path, fault: str, alone: int) -> None:
    listed = sources(tmp_path, ["first", fault, "last"])
    found = read_batch(listed, is_known=never_known, workers=2, limits=Limits(alone=alone), read=read)
    first, told, last = (to_the_end(result) for result in found)
    assert (first, last) == ("first", "last")
    assert told == "two facts have one id" if fault == "invalid" else FAULT.fullmatch(told)


def to_the_end(result: Result) -> str:
    """The outcome when the facts are gone through as well."""
    try:
        list(result.facts if isinstance(result, Read) else ())
    except SourceError as error:
        return error.problem
    return outcome(result)


@pytest.mark.parametrize(
    ("name", "limits"),
    [("a.pdf", Limits()), ("a.docx", Limits()), ("a.txt", Limits(small=3)), ("a.txt", Limits(alone=0))],
    ids=["PDF", "DOCX", "large text", "many texts"],
)
def test_what_may_be_too_much_is_read_in_a_worker_though_it_is_alone(
    tmp_path: Path, name: str, limits: Limits
) -> None:
    (tmp_path / name).write_text("tell")
    (result,) = read_batch(
        find_sources([tmp_path]), is_known=never_known, workers=2, limits=limits, read=read
    )
    assert outcome(result).split()[0] == str(os.getpid())


def test_with_one_worker_a_file_that_never_ends_is_given_up_too(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_text("hang" if name == "a.pdf" else "good")
    listed = find_sources([tmp_path])
    found = read_batch(listed, is_known=never_known, limits=Limits(seconds=1.0), read=read)
    assert [outcome(result) for result in found] == [HUNG, "good"]


@pytest.mark.parametrize("alone", [8, 0], ids=["in this process", "in workers"])
def test_a_mapping_is_for_the_tables_and_how_is_for_all(tmp_path: Path, alone: int) -> None:
    for name in ("a.csv", "b.txt", "c.pdf", "m.yaml"):
        (tmp_path / name).write_text("how")
    found = read_batch(
        find_sources([tmp_path / name for name in ("a.csv", "b.txt", "c.pdf")]),
        is_known=never_known,
        mapping=tmp_path / "m.yaml",
        workers=2,
        limits=Limits(alone=alone),
        read=read,
        how=How(fast=True),
    )
    assert [outcome(result) for result in found] == ["m.yaml True", "None True", "None True"]


def test_a_mapping_without_any_table_is_refused_once(tmp_path: Path) -> None:
    listed = [*sources(tmp_path, good(3)), SourceError("it is gone", source="x.txt")]
    found = list(read_batch(listed, is_known=never_known, mapping=Path("m.yaml"), read=read))
    assert [str(error) for error in found] == [
        "x.txt: it is gone",
        "m.yaml: a mapping is for tables (CSV, TSV), and there is none to load: leave --mapping out",
    ]


def test_a_known_text_is_known_with_a_mapping_too(tmp_path: Path) -> None:
    for name in ("a.csv", "b.txt", "m.yaml"):
        (tmp_path / name).write_text("x")
    marks: list[dict[str, str]] = []
    for mapping in (None, tmp_path / "m.yaml"):
        seen: dict[str, str] = {}
        listed = find_sources([tmp_path / "a.csv", tmp_path / "b.txt"])
        known = seen.setdefault
        list(read_batch(listed, is_known=lambda u, m, known=known: bool(known(u[-5:], m)), mapping=mapping))
        marks.append(seen)
    assert marks[0]["b.txt"] == marks[1]["b.txt"]
    assert marks[0]["a.csv"] != marks[1]["a.csv"]


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


def test_a_table_that_breaks_in_the_middle_leaves_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault comes while the ledger writes: what it wrote of this table is taken back, the rest stays."""

    def broken(*arguments: object, **options: object) -> Iterator[Fact]:
        yield from islice(read_facts(*arguments, **options), 5)  # type: ignore[arg-type]
        raise IndexError("list index out of range")

    monkeypatch.setattr("loaders.records.load.read_facts", broken)
    table = SAMPLES / "records" / "projects.csv"
    (tmp_path / "a.txt").write_text("Die Ruhr-Universität Bochum eröffnet ein Institut.")
    heard: list[str] = []
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        loaded = load_into(ledger, [str(table), str(tmp_path / "a.txt")], Loading(notify=heard.append))
        assert {source.uri[-5:] for source in ledger.sources()} == {"a.txt"}
        ledger.check()
        assert ledger.counts().documents == 1
    assert (loaded.counts["new"], loaded.failed) == (1, 1)
    assert re.fullmatch(
        r"failed: records/projects\.csv: IndexError at loaders/records/load\.py:\d+: this is a fault .*",
        heard[0],
    )


def test_how_prose_is_read_reaches_the_readers(tmp_path: Path) -> None:
    sources(tmp_path, ["Die Ruhr-Universität Bochum eröffnet ein Institut."])
    marks: list[str] = []

    class Listener(Keeper):
        def has(self, source: str, fingerprint: str) -> bool:
            marks.append(fingerprint)
            return False

    for how in (How(), How(fast=True)):
        load_into(Listener({}), [str(tmp_path)], Loading(how=how))
    assert marks[0] != marks[1]


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
