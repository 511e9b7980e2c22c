"""A load that is killed leaves each document wholly in or wholly out, and the next load finishes the work."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner

from cli import main
from graph.ledger import Ledger
from ontology.model import Fact

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")]
FILES = 120
KILLS, ATLASES = 50, 3  # in one process, the writing one
GROUPS = 5  # with workers
HERE = Path(__file__).parent
CITIES = ("Bochum", "Essen", "Dortmund", "Duisburg", "Herne", "Hagen", "Witten")
BODIES = (
    "Ruhr-Universität Bochum",
    "Business Metropole Ruhr GmbH",
    "Hochschule Bochum",
    "G DATA CyberDefense AG",
)
GIVEN = ("Anke", "Jonas", "Petra", "Sven", "Miriam", "Holger")

State = dict[str, tuple[Fact, ...]]  # document id -> its facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Undisturbed:
    """What loads without a kill lead to."""

    folders: tuple[Path, Path]  # the same files in two versions
    facts: State  # of both versions
    export: bytes  # of the second
    seconds: float  # of one load in a process that was started already


def press_release(number: int, version: int) -> str:
    draw = random.Random(number * 10 + version)  # noqa: S311
    body, partner = draw.sample(BODIES, 2)
    city, other = draw.sample(CITIES, 2)
    return f"""\
{city}, {1 + number % 28}. Mai 202{number % 5}. Die {body} und die {partner} haben eine Absichtserklärung unterzeichnet.
Das sagte {draw.choice(GIVEN)} Muster-{number}, Professorin an der {body} in {other}. Fassung {version}.
"""


def write_folder(folder: Path, version: int) -> Path:
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number:03}.txt").write_text(press_release(number, version), encoding="utf-8")
    return folder


def run(*words: str | Path) -> None:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output


def state(atlas: Path) -> State:
    """What the ledger holds, once it was found sound and without loose ends."""
    with Ledger.open(atlas / "ledger.sqlite") as ledger:
        ledger.check()
        with ledger.snapshot():
            return sound(ledger)


def sound(ledger: Ledger) -> State:
    found: State = {}
    for document in ledger.documents():
        found[document.id] = (*ledger.entities(document.id), *ledger.relations(document.id))
    assert {source.document for source in ledger.sources()} == set(found)
    assert {entity.document for entity in ledger.entities()} <= set(found)
    assert {relation.document for relation in ledger.relations()} <= set(found)
    return found


def exported(atlas: Path) -> bytes:
    run("export", "json", "-a", atlas, "-o", atlas / "export.json")
    return (atlas / "export.json").read_bytes()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    old, new = write_folder(folder / "old", 1), folder / "new"
    run("init", folder / "atlas")
    begin = time.monotonic()
    run("load", "-a", folder / "atlas", "--workers", "1", old)
    seconds = time.monotonic() - begin
    facts = state(folder / "atlas")
    write_folder(new, 2)
    run("init", folder / "second")
    run("load", "-a", folder / "second", "--workers", "1", new)
    return Undisturbed(
        folders=(old, new),
        facts=facts | state(folder / "second"),
        export=exported(folder / "second"),
        seconds=seconds,
    )


@pytest.fixture
def killer(undisturbed: Undisturbed) -> Iterator[tuple[IO[str], IO[str]]]:
    """Pipes to kill_child.py: in goes how long to wait and what to load, out comes what became of it."""
    warm = undisturbed.folders[0] / "000.txt"
    command = [sys.executable, str(HERE / "kill_child.py"), str(warm)]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as child:
        assert child.stdin and child.stdout
        assert child.stdout.readline() == "ready\n"
        yield child.stdin, child.stdout
        child.stdin.close()


def test_documents_are_wholly_in_or_wholly_out_after_any_kill(
    tmp_path: Path, undisturbed: Undisturbed, killer: tuple[IO[str], IO[str]]
) -> None:
    draw = random.Random(2)  # noqa: S311
    atlases = [tmp_path / f"atlas{n}" for n in range(ATLASES)]
    for atlas in atlases:
        run("init", atlas)
    sources = Sources(tmp_path / "press", undisturbed.folders)
    partly = killed = 0
    while killed < KILLS:
        atlas = draw.choice(atlases)
        sources.show(draw.randrange(2))
        seconds = draw.uniform(0, 0.5 * min(undisturbed.seconds, 1.0))
        killer[0].write(f"{seconds}\t-a\t{atlas}\t--workers\t1\t{sources.folder}\n")
        killer[0].flush()
        answer = killer[1].readline()
        assert answer in ("killed\n", "ended\n"), "the killer itself came to an end"
        killed += answer == "killed\n"
        found = state(atlas)
        partly += 0 < len(found) < FILES
        assert [id for id, facts in found.items() if facts != undisturbed.facts[id]] == []
    assert partly >= 5
    sources.show(1)
    for atlas in atlases:
        run("load", "-a", atlas, "--workers", "1", sources.folder)
        assert exported(atlas) == undisturbed.export


class Sources:
    """A folder whose files are those of one of two versions, always at the same paths."""

    def __init__(self, folder: Path, versions: tuple[Path, Path]) -> None:
        self.folder, self._versions, self._shown = folder, versions, -1
        folder.mkdir()

    def show(self, version: int) -> None:
        if version == self._shown:
            return
        self._shown = version
        for path in self._versions[version].iterdir():
            (self.folder / path.name).write_bytes(path.read_bytes())


def test_the_same_holds_when_a_load_is_killed_with_its_workers(
    tmp_path: Path, undisturbed: Undisturbed
) -> None:
    draw = random.Random(3)  # noqa: S311
    atlas, folder = tmp_path / "atlas", undisturbed.folders[1]
    run("init", atlas)
    command = [sys.executable, "-m", "cli", "load", "-q", "-a", str(atlas), "--workers", "2", str(folder)]
    for _ in range(GROUPS):
        load = subprocess.Popen(command, cwd=HERE.parent, start_new_session=True)
        wait_for_more(atlas, load, draw.randrange(1, 20))
        os.killpg(load.pid, signal.SIGKILL)
        load.wait()
        found = state(atlas)
        assert [id for id, facts in found.items() if facts != undisturbed.facts[id]] == []
    run("load", "-a", atlas, "--workers", "2", folder)
    assert exported(atlas) == undisturbed.export


def wait_for_more(atlas: Path, load: subprocess.Popen[bytes], documents: int) -> None:
    """Until the load has stored so many more documents, or has come to its end."""
    with Ledger.open(atlas / "ledger.sqlite") as ledger:
        enough = ledger.counts().documents + documents
        while ledger.counts().documents < enough and load.poll() is None:
            time.sleep(0.01)
