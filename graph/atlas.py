"""An atlas: one user's folder with the ledger, the decisions of people, and the stores made of both.

innograph.toml      settings, with comments
corrections.yaml    what people decided
ledger.sqlite       what documents say; the only file that cannot be made again from the others
stores/             projections; delete them whenever you like
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from graph.corrections import Corrections, read_corrections
from graph.fold import Folding, fold, state_of
from graph.ledger import Ledger
from graph.locks import locked, may_write
from graph.sandbox import Limits, store_for
from graph.shelf import Shelf, writing
from graph.stores import CypherStore, SparqlStore, Store
from ontology.errors import AtlasError, unknown

CONFIG, CORRECTIONS, LEDGER, STORES = "innograph.toml", "corrections.yaml", "ledger.sqlite", "stores"
LANGUAGES = ("cypher", "sparql")

CONFIG_TEXT = """\
# Settings of this innograph atlas. A line that begins with "#" is a comment and shows the default.

[query]
# What one query of `innograph query` may use before it is stopped.
# seconds = 30.0
# rows = 10000
# memory_mb = 2048

[extract]
# Second opinions on texts (docs/backends.md); each may have a section of its own.
# backends = []
"""
READING = ("extract", "gliner2", "llm", "spacy")  # sections that loaders read for themselves

CORRECTIONS_TEXT = """\
# What people decided about the graph. It is applied after every load; an entry that no longer finds its
# nodes is reported, not dropped. Name a node by its id or by any of its names; add its type where a name
# is not enough.
#
# - same: [BMR, Business Metropole Ruhr GmbH]
#   reason: the acronym of its own letterhead
#   author: your name
#   date: 2026-01-31
# - not-same: [{name: Québec, type: City}, {name: Québec, type: Region}]
# - wrong: {source: Anke Beispiel, type: affiliatedWith, target: BMR}
# - add: {type: Company, name: Beispiel Robotik GmbH}
# - add: {source: Beispiel Robotik GmbH, type: locatedIn, target: Bochum}
#   reason: the imprint of their page, read in January   # an added relation needs one: it is its evidence
"""

Notify = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """innograph.toml."""

    query: Limits


class Atlas:
    """Use `with Atlas.open(folder) as atlas`. Reading is possible while another process loads.

    Where the folder cannot be written it is read all the same; stores are then made for this time only.
    """

    def __init__(self, folder: Path, ledger: Ledger, config: Config, notify: Notify) -> None:
        self.folder, self.ledger, self.config, self._notify = folder, ledger, config, notify
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def create(cls, folder: Path, *, notify: Notify = lambda _: None) -> Self:
        """Make a new atlas in a folder that is empty or does not exist yet.

        Raises AtlasError if there is something in it. `notify` hears what takes time, one line each.
        """
        if (folder / CONFIG).is_file():
            raise AtlasError(f"{folder}: is an atlas already: use it, or name another folder")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise AtlasError(f"{folder}: is not empty: name a new or an empty folder")
            with Ledger.open(folder / LEDGER):
                pass
            (folder / CORRECTIONS).write_text(CORRECTIONS_TEXT, encoding="utf-8")
            # Last, since this file makes the folder an atlas.
            (folder / CONFIG).write_text(CONFIG_TEXT, encoding="utf-8")
        except OSError as error:
            raise AtlasError(f"{folder}: cannot be written: {error}: name another folder") from error
        return cls.open(folder, notify=notify)

    @classmethod
    def open(cls, folder: Path, *, notify: Notify = lambda _: None) -> Self:
        """Raises AtlasError if the folder is no atlas, or its settings or ledger are missing or cannot be read."""
        try:
            is_atlas = (folder / CONFIG).is_file()
        except PermissionError as error:
            raise AtlasError(f"{folder}: may not be read: check the permissions of the folder") from error
        if not is_atlas:
            raise AtlasError(
                f"{folder}: no atlas: make one with `innograph init {folder}`, or name its folder"
            )
        return cls(folder, Ledger.reopen(folder / LEDGER), read_config(folder / CONFIG), notify)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.ledger.close()
        if self._temporary:
            self._temporary.cleanup()

    @contextmanager
    def loading(self) -> Iterator[Ledger]:
        """Be the only one who writes. Raises AtlasError at once if another process loads or nobody may."""
        self.ledger.check_writable()
        busy = f"{self.folder}: another innograph loads into this atlas: wait until it is done"
        with locked(self.folder / "load.lock", busy=busy):
            yield self.ledger

    def corrections(self) -> Corrections:
        """Raises CorrectionError."""
        return read_corrections(self.folder / CORRECTIONS)

    def folding(self) -> Folding:
        """The graph as the ledger and corrections.yaml are now: made anew each time, so never stale."""
        return fold(self.ledger, self.corrections())

    def state(self) -> str:
        """The state of the graph that `folding` would give, without folding."""
        return state_of(self.ledger, self.corrections())

    def cypher(self, *, folding: Folding | None = None) -> CypherStore:
        """The Cypher store, built again if it does not show the present state.

        `folding`: pass it if you have it, so that it is not made twice.
        """
        return self._fresh("cypher", folding)

    def sparql(self, *, folding: Folding | None = None) -> SparqlStore:
        """The SPARQL store, in the same way."""
        return self._fresh("sparql", folding)

    def drop_stores(self) -> None:
        """Delete both stores, so that nothing which was forgotten lies in them; a query builds them again.

        Waits for another process that builds one. Raises AtlasError if a file cannot be deleted.
        """
        for language in LANGUAGES:
            folder = self.folder / STORES / language
            if folder.is_dir():
                with locked(folder.with_suffix(".lock")):
                    Shelf(folder).clear()

    def _fresh(self, language: str, folding: Folding | None) -> Store:
        state = folding.graph.state if folding else self.state()
        store = store_for(language, self.folder / STORES / language)
        if store.state() == state:
            return store
        if not may_write(store.folder):
            store = store_for(language, self._scratch() / language)
        return self._built(store, state, folding)

    def _scratch(self) -> Path:
        """A folder that goes when the atlas is closed."""
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="innograph-")
        return Path(self._temporary.name)

    def _built(self, store: Store, state: str, folding: Folding | None) -> Store:
        with writing(store.folder):
            store.folder.mkdir(parents=True, exist_ok=True)
        with locked(store.folder.with_suffix(".lock")):
            # Another process may have built it while this one waited.
            if store.state() != state:
                self._notify(f"building the {store.language} store: it does not show the present state yet")
                store.build((folding or self.folding()).graph)
        return store


def read_config(path: Path) -> Config:
    """Raises AtlasError with the file and what is allowed."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AtlasError(f"{path}: cannot be read: {error}") from error
    extract = table.get("extract")
    named = extract.get("backends", []) if isinstance(extract, dict) else []
    sections = ["query", *READING, *(name for name in named if isinstance(name, str))]
    for section, settings in table.items():
        if section not in sections or not isinstance(settings, dict):
            raise AtlasError(f"{path}: {unknown('section', section, [f'[{s}]' for s in sections])}")
    return Config(query=_limits(path, table.get("query", {})))


def _limits(path: Path, table: dict[str, object]) -> Limits:
    kinds: dict[str, type] = {"seconds": float, "rows": int, "memory_mb": int}
    for name, value in table.items():
        if name not in kinds:
            raise AtlasError(f"{path}: [query]: {unknown('setting', name, kinds)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise AtlasError(f"{path}: [query] {name} = {value!r}: write a number above 0")
    numbers = {name: kinds[name](value) for name, value in table.items()}
    return Limits(**numbers)
