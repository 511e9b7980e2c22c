"""What the ledger promises."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from graph_facts import document, entity, relation, visit
from ledger_child import SOURCES, expected

from graph.ledger import Counts, Ledger, Outcome
from graph.migrations import STEPS, migrate
from ontology.errors import AtlasError, InvalidValue, NotFound, SourceError
from ontology.model import Evidence, Fact, Modality, Name, Relation

ROOT = Path(__file__).parent.parent
KILLS = 50


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path) as opened:
        yield opened


def load(ledger: Ledger, name: str, *, source: str = "", version: str = "1") -> Outcome:
    source = source or f"{name}.txt"
    return ledger.put(document(name), source=source, facts=visit(name), fingerprint=version)


def test_what_went_in_comes_out_in_every_field(ledger: Ledger) -> None:
    text = "Ada Muster leitet die Muster GmbH. 𝄞 „Übrigens“"
    doc = replace(
        document("a", text), url="https://example.org/a", published="2024-05", publisher="Ä", licence="CC0"
    )
    quote = Evidence(document=doc.id, quote=text[0:33], start=0, end=33, method="rule:role", confidence=0.75)
    person = replace(
        entity("a", "Person", "Ada Muster", identifiers=(("orcid", "0"),), attributes=(("start", "2024"),)),
        aliases=(Name(text="Muster", language="de"),),
        language="de",
        evidence=(quote,),
    )
    company = entity("a", "Company", "Muster GmbH")
    link = Relation(
        id="r1",
        document=doc.id,
        source=person.id,
        type="affiliatedWith",
        target=company.id,
        evidence=(quote, Evidence(document=doc.id, quote="cell", line=3, column="name")),
        role="Leiterin",
        modality=Modality.INTENDED,
        amount="2300000 EUR",
        valid_from="2024",
        valid_to="2025-01-31",
    )
    ledger.put(doc, source="a", facts=[person, company, link], fingerprint="1")
    assert ledger.document(doc.id) == doc
    assert list(ledger.documents(with_text=True)) == [doc]
    assert list(ledger.documents()) == [replace(doc, text="")]
    assert list(ledger.entities()) == [company, person]
    assert list(ledger.relations(doc.id)) == [link]


def test_loading_again_changes_nothing_and_reads_no_facts(ledger: Ledger) -> None:
    load(ledger, "a")
    before = ledger.state(), ledger.counts()

    def never() -> Iterator[Fact]:
        raise AssertionError("the facts were read")
        yield

    assert ledger.has("a.txt", "1") and not ledger.has("a.txt", "2")
    outcome = ledger.put(document("a"), source="a.txt", facts=never(), fingerprint="1")
    assert (outcome, ledger.state(), ledger.counts()) == (Outcome.UNCHANGED, *before)


def test_new_facts_of_a_source_replace_the_old_ones(ledger: Ledger) -> None:
    assert load(ledger, "a") == Outcome.NEW
    city = entity("a", "City", "Essen")
    changed = ledger.put(document("a"), source="a.txt", facts=[city], fingerprint="2")
    assert (changed, list(ledger.entities()), list(ledger.relations())) == (Outcome.CHANGED, [city], [])


def test_another_fingerprint_with_the_same_facts_is_no_change(ledger: Ledger) -> None:
    load(ledger, "a")
    state = ledger.state()
    assert load(ledger, "a", version="2") == Outcome.UNCHANGED
    assert ledger.state() == state and ledger.has("a.txt", "2")


def test_a_document_leaves_with_its_last_source(ledger: Ledger) -> None:
    load(ledger, "old", source="one.txt")
    load(ledger, "old", source="two.txt")
    load(ledger, "new", source="one.txt", version="2")
    assert [doc.id for doc in ledger.documents()] == ["doc-new", "doc-old"]
    load(ledger, "new", source="two.txt", version="2")
    assert [doc.id for doc in ledger.documents()] == ["doc-new"]
    assert {fact.document for fact in ledger.entities()} == {"doc-new"}


def test_the_state_does_not_depend_on_the_order_of_loading(tmp_path: Path) -> None:
    states = []
    for number, names in enumerate(["abc", "cab", "bca"]):
        with Ledger.open(tmp_path / str(number)) as ledger:
            for name in names:
                facts = visit(name) if number else visit(name)[:3] + visit(name)[:2:-1]
                ledger.put(document(name), source=name, facts=facts, fingerprint="1")
            ledger.put(document("d"), source="d", facts=[], fingerprint="1")
            if number == 1:
                ledger.forget("d")
            states.append(ledger.state())
    assert states[0] == states[2] != states[1]


@pytest.mark.parametrize("name", ["doc-a", "a.txt", "again.txt"])
def test_forgetting_removes_a_document_with_all_its_sources(ledger: Ledger, name: str) -> None:
    load(ledger, "a")
    load(ledger, "a", source="again.txt")
    load(ledger, "b")
    assert ledger.forget(name).id == "doc-a"
    assert [source.uri for source in ledger.sources()] == ["b.txt"]
    assert ledger.counts() == Counts(sources=1, documents=1, entities=3, relations=2)


def test_what_is_forgotten_stands_in_no_file_any_more(ledger: Ledger, path: Path) -> None:
    secret = entity("a", "Person", "Zacharias Geheimnisvoll")
    ledger.put(document("a"), source="a", facts=[secret], fingerprint="1")
    load(ledger, "b")
    ledger.forget("a")
    files = [file.read_bytes() for file in path.parent.iterdir()]
    assert not any(b"Geheimnisvoll" in content for content in files)


def test_no_copy_of_what_is_forgotten_stays_inside_the_pages(ledger: Ledger, path: Path) -> None:
    draw, kept = random.Random(1), list[str]()  # noqa: S311
    for step in range(120):
        name = f"geheim-{draw.randrange(10**9)}"
        facts = [entity(name, "City", f"{name} {n} {'y' * draw.randrange(300)}") for n in range(20)]
        ledger.put(document(name, name * draw.randrange(400)), source=name, facts=facts, fingerprint="1")
        kept.append(name)
        if step > 40 and step % 4 == 0:
            gone = kept.pop(draw.randrange(len(kept)))
            ledger.forget(gone)
            assert not [file for file in path.parent.iterdir() if gone.encode() in file.read_bytes()]


def test_an_unknown_document_is_told_with_its_near_misses(ledger: Ledger) -> None:
    load(ledger, "bochum-2024")
    with pytest.raises(NotFound) as caught:
        ledger.forget("bochum-2025.txt")
    assert str(caught.value) == (
        "no document or source 'bochum-2025.txt' in this atlas: "
        "did you mean 'bochum-2024.txt' or 'doc-bochum-2024'?"
    )


def test_an_error_in_the_stream_of_facts_leaves_the_ledger_as_it_was(ledger: Ledger) -> None:
    load(ledger, "a")
    before = ledger.state(), ledger.counts()

    def broken() -> Iterator[Fact]:
        yield entity("a", "City", "Essen")
        raise SourceError("page 3 is torn", source="a.pdf")

    with pytest.raises(SourceError):
        ledger.put(document("a"), source="a.txt", facts=broken(), fingerprint="2")
    assert (ledger.state(), ledger.counts()) == before


def test_a_quote_must_stand_at_its_span(ledger: Ledger) -> None:
    doc = document("a", "Bochum liegt an der Ruhr")
    wrong = replace(
        entity("a", "City", "Bochum"),
        evidence=(Evidence(document=doc.id, quote="Bochum", start=1, end=7),),
    )
    with pytest.raises(InvalidValue, match=r"'Bochum' does not stand at 1\.\.7 of 'doc-a'.*reads 'ochum '"):
        ledger.put(doc, source="a", facts=[wrong], fingerprint="1")
    assert ledger.counts().documents == 0


def test_facts_that_do_not_fit_their_document_are_refused(ledger: Ledger) -> None:
    person, company = entity("a", "Person", "Ada Muster"), entity("a", "Company", "Muster GmbH")
    cases: list[tuple[list[Fact], str]] = [
        ([entity("b", "City", "Essen")], "belongs to 'doc-b', not to 'doc-a'"),
        ([person, relation(person, "affiliatedWith", company)], "has not both as entities"),
        ([person, person], "two facts of 'doc-a' have the id 'doc-a#Person Ada Muster'"),
        ([entity("a", "Compny", "Muster GmbH")], "unknown class 'Compny': did you mean 'Company'"),
        ([entity("a", "City", "Ess\ud800en")], "holds half a character"),
    ]
    for facts, message in cases:
        with pytest.raises(InvalidValue, match=message):
            ledger.put(document("a"), source="a", facts=facts, fingerprint="1")
    assert ledger.counts() == Counts(sources=0, documents=0, entities=0, relations=0)


def test_a_reader_sees_one_state_while_another_process_writes(ledger: Ledger, path: Path) -> None:
    load(ledger, "a")
    with Ledger.open(path) as writer, ledger.snapshot():
        assert ledger.counts().documents == 1
        load(writer, "b")
        assert ledger.counts().documents == len(list(ledger.documents())) == 1
    assert ledger.counts().documents == 2


def test_a_locked_ledger_says_to_wait(ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.ledger.BUSY_SECONDS", 0.05)
    message = "another innograph is writing to it: wait"
    with Ledger.open(path) as other, Ledger.open(path) as third:
        other._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(AtlasError, match=message):
            load(third, "a")


def test_a_reader_may_close_while_another_writes(ledger: Ledger, path: Path) -> None:
    load(ledger, "a")
    reader = Ledger.open(path)
    ledger._connection.execute("BEGIN IMMEDIATE")
    reader.close()
    ledger._connection.execute("COMMIT")
    assert ledger.counts().documents == 1


def test_a_full_disk_keeps_whole_documents_only(ledger: Ledger) -> None:
    load(ledger, "a")
    pages = next(ledger._rows("PRAGMA page_count"))[0]
    list(ledger._rows(f"PRAGMA max_page_count={pages + 2}"))
    long = replace(document("b"), text="y" * 100_000)
    with pytest.raises(AtlasError, match="the disk is full: free some space"):
        ledger.put(long, source="b", facts=visit("b"), fingerprint="1")
    ledger.check()
    assert [doc.id for doc in ledger.documents()] == ["doc-a"]


def test_a_damaged_file_is_told_with_the_way_out(path: Path) -> None:
    path.write_bytes(b"no database at all " * 500)
    with pytest.raises(AtlasError, match="is damaged: restore a copy, or move it away and load"):
        Ledger.open(path)


def test_damage_inside_is_found_by_a_check(path: Path) -> None:
    with Ledger.open(path) as ledger:
        for number in range(50):
            load(ledger, f"{number}")
    content = bytearray(path.read_bytes())
    content[8192:20000] = os.urandom(20000 - 8192)
    path.write_bytes(content)
    with Ledger.open(path) as ledger, pytest.raises(AtlasError, match="is damaged"):
        ledger.check()


def test_a_ledger_of_a_newer_program_is_left_alone(path: Path) -> None:
    with Ledger.open(path) as ledger:
        list(ledger._rows(f"PRAGMA user_version={len(STEPS) + 3}"))
    with pytest.raises(
        AtlasError, match=f"newer innograph .schema {len(STEPS) + 3}, this one knows {len(STEPS)}"
    ):
        Ledger.open(path)


def test_another_programs_database_is_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks(url TEXT)")
    connection.close()
    with pytest.raises(AtlasError, match="a database of another program"):
        Ledger.open(path)


def test_a_migration_runs_once_and_wholly(path: Path) -> None:
    with Ledger.open(path) as ledger:
        load(ledger, "a")
        connection = ledger._connection
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, path, steps=(*STEPS, "CREATE TABLE extra(x);\nCREATE TABLE broken(;\n"))
        assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'extra'").fetchall()
        migrate(connection, path, steps=(*STEPS, "CREATE TABLE extra(x);\n"))
        migrate(connection, path, steps=(*STEPS, "CREATE TABLE extra(x);\n"))
        assert ledger.counts().documents == 1


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_kill_at_any_moment_leaves_each_document_wholly_in_or_wholly_out(path: Path) -> None:
    clock = random.Random(20)  # noqa: S311
    search = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    command = [sys.executable, str(ROOT / "tests" / "ledger_child.py"), str(path)]
    steps = 0
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"PYTHONPATH": search}
    ) as killer:
        assert killer.stdin is not None and killer.stdout is not None
        for _ in range(KILLS):
            killer.stdin.write(f"{steps} {clock.uniform(0.005, 0.12)}\n".encode())
            killer.stdin.flush()
            assert killer.stdout.readline() == b"killed\n"
            steps = _steps_in_whole_documents(path)
        killer.stdin.close()
    assert steps > KILLS, "too little was written for the kills to prove anything"


def _steps_in_whole_documents(path: Path) -> int:
    with Ledger.open(path) as ledger:
        ledger.check()
        ids = {doc.id for doc in ledger.documents()}
        assert ids == {source.document for source in ledger.sources()}
        for id in ids:
            assert (len(list(ledger.entities(id))), len(list(ledger.relations(id)))) == expected(id)
        counts = ledger.counts()
        assert counts.entities == sum(expected(id)[0] for id in ids)
        assert counts.relations == sum(expected(id)[1] for id in ids)
        numbers = [tuple(map(int, id.split("-")[1:])) for id in ids]
    return max((version * SOURCES + number + 1 for number, version in numbers), default=0)
