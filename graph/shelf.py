"""A folder that shows one complete projection at a time, and which state of the graph that is."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.locks import locked, sync_folder
from ontology.errors import AtlasError

POINTER = "current.json"
FORM = 2  # raise it when stores write their files in another way: older ones then count as never built


@dataclass(frozen=True, slots=True)
class Shown:
    """The projection that counts: its folder and the state of the graph that it shows."""

    folder: Path
    state: str
    digest: str  # of its files when they were complete


class Shelf:
    """`<folder>/current.json` names the subfolder that counts; replacing that file is the switch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def shown(self) -> Shown | None:
        """What counts now, or None: what cannot be read counts as never built, since it can be built again."""
        try:
            pointer = json.loads((self.folder / POINTER).read_text(encoding="utf-8"))
            shown = Shown(self.folder / pointer["folder"], str(pointer["state"]), str(pointer["digest"]))
            return shown if pointer["form"] == FORM and shown.folder.is_dir() else None
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None

    def state(self) -> str:
        """The state of the graph that is shown, or "" if there is none or one of its files has changed."""
        shown = self.shown()
        try:
            return shown.state if shown and _digest(shown.folder) == shown.digest else ""
        except OSError:
            return ""

    @contextmanager
    def replace(self, state: str) -> Iterator[Path]:
        """Give a fresh folder to fill. When the block ends well, it counts and the others are removed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with locked(self.folder / "lock"):
            # Not by tempfile, whose folders nobody else may read: stores are as open as the ledger is.
            fresh = self.folder / f"graph-{secrets.token_hex(8)}"
            fresh.mkdir()
            try:
                yield fresh
                self._point_to(fresh, state)
            finally:
                self._tidy()

    def clear(self) -> None:
        """Delete every projection, also what a killed process left. Raises AtlasError if one resists."""
        with locked(self.folder / "lock"):
            try:
                for file in self.folder.glob(f"{POINTER}*"):
                    file.unlink()
                for folder in self.folder.glob("graph-*"):
                    shutil.rmtree(folder)
            except OSError as error:
                raise AtlasError(f"{self.folder}: cannot be deleted ({error}): delete it yourself") from error

    def _point_to(self, fresh: Path, state: str) -> None:
        draft = self.folder / f"{POINTER}.draft"
        pointer = {"form": FORM, "folder": fresh.name, "state": state, "digest": _digest(fresh)}
        draft.write_text(json.dumps(pointer), encoding="utf-8")
        draft.replace(self.folder / POINTER)
        sync_folder(self.folder)

    def _tidy(self) -> None:
        """Remove what does not count, also what a killed process left; what resists, the next time."""
        shown = self.shown()
        for folder in self.folder.glob("graph-*"):
            if shown is None or folder != shown.folder:
                shutil.rmtree(folder, ignore_errors=True)


def _digest(folder: Path) -> str:
    """Of the files in it: an engine may not notice that one is damaged, or answer wrongly from it."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                total.update(f"{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return total.hexdigest()[:32]


@contextmanager
def writing(folder: Path, engine_error: type[Exception] = OSError) -> Iterator[None]:
    """Turn errors of the disk, also by the name that an engine gives them, into AtlasError."""
    try:
        yield
    except (OSError, engine_error) as error:
        raise AtlasError(
            f"{folder}: cannot be written ({error}): free some space, or check that you may write there"
        ) from error
