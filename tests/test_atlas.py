"""The folder of a user: how it is made, opened, locked, and how its stores follow the ledger."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from graph_facts import document, entity, visit

from graph.atlas import CONFIG_TEXT, Atlas
from graph.sandbox import Limits, run
from ontology.errors import AtlasError, CorrectionError

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Atlas.create(tmp_path / "atlas") as atlas, atlas.loading() as ledger:
        ledger.put(document("a"), source="a.txt", facts=visit("a"), fingerprint="1")
    return tmp_path / "atlas"


def test_a_new_atlas_has_its_commented_files(tmp_path: Path) -> None:
    Atlas.create(tmp_path / "new").ledger.close()
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == ["corrections.yaml", "innograph.toml", "ledger.sqlite"]
    for name in names[:2]:
        assert (tmp_path / "new" / name).read_text(encoding="utf-8").startswith("# ")


def test_an_empty_folder_becomes_an_atlas_and_any_other_is_left_alone(tmp_path: Path) -> None:
    Atlas.create(tmp_path).ledger.close()
    with pytest.raises(AtlasError, match="is an atlas already: use it, or name another folder"):
        Atlas.create(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    with pytest.raises(AtlasError, match="is not empty: name a new or an empty folder"):
        Atlas.create(other)
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_what_is_no_atlas_is_told_with_the_way_out(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(AtlasError) as caught:
            Atlas.open(folder)
        assert str(caught.value) == (
            f"{folder}: no atlas: make one with `innograph init {folder}`, or name its folder"
        )
    assert not (tmp_path / "missing").exists()


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(AtlasError, match="cannot be written"):
        Atlas.create(tmp_path / "file")


def test_both_stores_follow_the_ledger_and_say_when_they_are_built(folder: Path) -> None:
    heard: list[str] = []
    building = [
        f"building the {name} store: it does not show the present state yet" for name in ("cypher", "sparql")
    ]
    with Atlas.open(folder, notify=heard.append) as atlas:
        for _ in range(2):
            assert atlas.cypher().state() == atlas.sparql().state() == atlas.state()
        assert heard == building
        atlas.ledger.put(document("b"), source="b.txt", facts=visit("b", place="Essen"), fingerprint="1")
        assert atlas.cypher().rows("MATCH (n:City) RETURN n.name ORDER BY n.name").rows == (
            ("Bochum",),
            ("Essen",),
        )
        assert heard == [*building, building[0]]
    with Atlas.open(folder, notify=heard.append) as again:
        again.cypher()
    assert len(heard) == 3, "an atlas that is opened again finds its stores as they were"


def test_a_correction_makes_the_stores_stale(folder: Path) -> None:
    with Atlas.open(folder) as atlas:
        before = atlas.cypher().state()
        (folder / "corrections.yaml").write_text("- add: {type: City, name: Essen}", encoding="utf-8")
        assert atlas.cypher().rows("MATCH (n:City) RETURN count(n) AS n").rows == ((2,),)
        assert atlas.cypher().state() != before
        assert [applied.count for applied in atlas.folding().corrections] == [1]


def test_a_folding_that_is_at_hand_is_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Atlas.open(folder) as atlas:
        folding = atlas.folding()
        monkeypatch.setattr("graph.atlas.fold", None)
        assert (
            atlas.cypher(folding=folding).state()
            == atlas.sparql(folding=folding).state()
            == folding.graph.state
        )


def test_stores_may_be_deleted_at_any_time(folder: Path) -> None:
    with Atlas.open(folder) as atlas:
        atlas.cypher()
        shutil.rmtree(folder / "stores")
        assert atlas.cypher().rows("MATCH (n:City) RETURN count(n) AS n").rows == ((1,),)


def test_a_second_load_is_refused_while_one_runs(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from graph.atlas import Atlas\n"
        "with Atlas.open(Path(sys.argv[1])) as atlas, atlas.loading():\n"
        "    print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == b"in\n"
        with Atlas.open(folder) as atlas:
            message = "another innograph loads into this atlas: wait until"
            with pytest.raises(AtlasError, match=message), atlas.loading():
                pass
            assert len(atlas.folding().graph.nodes) == 3, "reading goes on"
            other.kill()
            other.wait()
            with atlas.loading() as ledger:
                assert ledger.counts().documents == 1


def test_settings_are_read_and_mistakes_are_told(folder: Path) -> None:
    settings = folder / "innograph.toml"
    with Atlas.open(folder) as atlas:
        assert atlas.config.query == Limits()
    settings.write_text(CONFIG_TEXT.replace("# seconds", "seconds").replace("30.0", "5"), encoding="utf-8")
    with Atlas.open(folder) as atlas:
        assert atlas.config.query == Limits(seconds=5.0)
    for text, message in [
        (
            "[query]\nsecond = 5",
            r"innograph.toml: \[query\]: unknown setting 'second': did you mean 'seconds'",
        ),
        ("[query]\nrows = 0", r"\[query\] rows = 0: write a number above 0"),
        ("[query]\nrows = true", r"\[query\] rows = True: write a number above 0"),
        ("[qery]\nrows = 1", r"unknown section 'qery'"),
        ("[query", r"innograph.toml: cannot be read: Expected"),
    ]:
        settings.write_text(text, encoding="utf-8")
        with pytest.raises(AtlasError, match=message):
            Atlas.open(folder)


def test_a_commented_setting_shows_its_default() -> None:
    import tomllib

    shown = tomllib.loads(
        CONFIG_TEXT.replace("# seconds", "seconds").replace("# rows", "rows").replace("# mem", "mem")
    )
    assert Limits(**shown["query"]) == Limits()


def test_a_bad_corrections_file_stops_the_fold_with_its_place(folder: Path) -> None:
    (folder / "corrections.yaml").write_text("- same: [A]", encoding="utf-8")
    with (
        Atlas.open(folder) as atlas,
        pytest.raises(CorrectionError, match=r"corrections\.yaml:1: entry 1: write a list"),
    ):
        atlas.folding()


def test_a_lost_ledger_is_told_and_none_is_made_in_its_place(folder: Path) -> None:
    ledger = folder / "ledger.sqlite"
    way_out = "restore it from a backup; if there is none, load the sources again into a new atlas (`innograph init`)"
    ledger.unlink()
    for empty in (False, True):
        if empty:
            ledger.touch()
        with pytest.raises(AtlasError) as caught:
            Atlas.open(folder)
        assert str(caught.value) == f"{ledger}: the ledger is missing or empty: {way_out}"
        assert ledger.exists() == empty and (not empty or ledger.stat().st_size == 0)
    connection = sqlite3.connect(ledger)
    connection.execute("CREATE TABLE bookmarks(url TEXT)")
    connection.close()
    with pytest.raises(AtlasError) as caught:
        Atlas.open(folder)
    assert str(caught.value) == f"{ledger}: the ledger is not this file: {way_out}"


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """By permissions; for root, whom they do not bind, by a mount."""
    if os.name != "posix":
        pytest.skip("no permissions")
    if os.geteuid():
        for path in (folder, *folder.rglob("*")):
            path.chmod(path.stat().st_mode & ~0o222)
        undo = ["chmod", "-R", "u+w", str(folder)]
    else:
        read_only = ["mount", "--bind", "-o", "ro", str(folder), str(folder)]
        if not shutil.which("mount") or subprocess.run(read_only, capture_output=True).returncode:
            pytest.skip("root without the right to mount")
        undo = ["umount", str(folder)]
    try:
        yield
    finally:
        subprocess.run(undo, check=True)


def test_an_atlas_that_cannot_be_written_is_read_all_the_same(folder: Path) -> None:
    before = set(Path(tempfile.gettempdir()).glob("innograph-*"))
    for _ in range(2):
        heard: list[str] = []
        with unwritable(folder), Atlas.open(folder, notify=heard.append) as atlas:
            atlas.ledger.check()
            assert len(atlas.folding().graph.nodes) == 3
            for _ in range(2):
                cities = run(atlas.cypher(), "MATCH (n:City) RETURN n.name")
                assert cities.rows == (("Bochum",),)
            assert run(atlas.sparql(), "ASK { ?s ?p 'Bochum' }").rows == ((True,),)
            message = r"ledger\.sqlite: is read-only: check the permissions of the file and its folder"
            with pytest.raises(AtlasError, match=message), atlas.loading():
                pass
        with Atlas.open(folder) as atlas:
            atlas.cypher(), atlas.sparql()
    assert heard == [], "stores that are there already are used"
    assert set(Path(tempfile.gettempdir()).glob("innograph-*")) == before


@pytest.mark.parametrize("pointer", ["", "[]", "{", "1", "null", '{"form": 2}', "[" * 100_000])
def test_a_store_whose_pointer_is_damaged_is_built_again(folder: Path, pointer: str) -> None:
    with Atlas.open(folder) as atlas:
        for ask in (atlas.cypher, atlas.sparql):
            (ask().folder / "current.json").write_text(pointer)
            assert ask().state() == atlas.state()


def test_a_store_with_a_damaged_file_is_built_again(folder: Path) -> None:
    with Atlas.open(folder) as atlas:
        for name in ("cypher", "sparql"):
            ask = getattr(atlas, name)
            for damage in (lambda data: data[: len(data) // 2], lambda data: data[:-9] + b"x" * 9, None):
                file = max(ask().folder.glob("graph-*/*"), key=lambda path: path.stat().st_size)
                if damage:
                    file.write_bytes(damage(file.read_bytes()))
                else:
                    file.unlink()
                assert ask().state() == atlas.state()
        assert run(atlas.cypher(), "MATCH (n:City) RETURN n.name").rows == (("Bochum",),)


def test_what_is_forgotten_stands_in_no_file_once_the_stores_are_dropped(folder: Path) -> None:
    with Atlas.open(folder) as atlas, atlas.loading() as ledger:
        secret = entity("z", "Person", "Zacharias Geheimnisvoll")
        ledger.put(document("z"), source="z", facts=[secret], fingerprint="1")
        stores = [atlas.cypher().folder, atlas.sparql().folder]
        for store in stores:
            (store / "graph-killed").mkdir()
            (store / "graph-killed" / "part").write_text("Geheimnisvoll")
        ledger.forget("z")
        (folder / "corrections.yaml").write_text("- same: [A]")  # nothing can be folded or built now
        atlas.drop_stores()
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert not [path for path in files if b"Geheimnisvoll" in path.read_bytes()]
        (folder / "corrections.yaml").unlink()
        assert atlas.cypher().state() == atlas.sparql().state() == atlas.state()


def test_dropping_stores_that_were_never_built_is_no_error(folder: Path) -> None:
    with Atlas.open(folder) as atlas:
        atlas.drop_stores()
