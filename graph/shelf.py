"""A folder that shows one complete projection at a time, and which state of the graph that is."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.locks import locked, sync_folder
from ontology.errors import AtlasError

POINTER = "current.json"
FORM = 1  # raise it when stores write their files in another way: older ones then count as never built


@dataclass(frozen=True, slots=True)
class Shown:
    """The projection that counts: its folder and the state of the graph that it shows."""

    folder: Path
    state: str


class Shelf:
    """`<folder>/current.json` names the subfolder that counts; replacing that file is the switch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def shown(self) -> Shown | None:
        """What counts now, or None if nothing was ever completed here."""
        try:
            pointer = json.loads((self.folder / POINTER).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise AtlasError(
                f"{self.folder / POINTER}: cannot be read ({error}): delete {self.folder}"
            ) from error
        folder = self.folder / str(pointer.get("folder", ""))
        if pointer.get("form") != FORM or not folder.is_dir():
            return None
        return Shown(folder, str(pointer["state"]))

    @contextmanager
    def replace(self, state: str) -> Iterator[Path]:
        """Give a fresh folder to fill. When the block ends well, it counts and the others are removed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with locked(self.folder / "lock"):
            fresh = Path(tempfile.mkdtemp(prefix="graph-", dir=self.folder))
            try:
                yield fresh
                self._point_to(fresh, state)
            finally:
                self._tidy()

    def _point_to(self, fresh: Path, state: str) -> None:
        draft = self.folder / f"{POINTER}.draft"
        draft.write_text(json.dumps({"form": FORM, "folder": fresh.name, "state": state}), encoding="utf-8")
        draft.replace(self.folder / POINTER)
        sync_folder(self.folder)

    def _tidy(self) -> None:
        """Remove what does not count, also what a killed process left; what resists, the next time."""
        shown = self.shown()
        for folder in self.folder.glob("graph-*"):
            if shown is None or folder != shown.folder:
                shutil.rmtree(folder, ignore_errors=True)
