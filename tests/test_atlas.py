"""The folder of a user: how it is made, opened, locked, and how its stores follow the ledger."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from graph_facts import document, visit

from graph.atlas import CONFIG_TEXT, Atlas
from graph.sandbox import Limits
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
    import shutil

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
