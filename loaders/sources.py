"""Files and folders on the command line into single sources."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import SourceError

MAPPING_SUFFIX = ".mapping.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to load. Its URI is the same whether it was named itself or found in a folder, from anywhere."""

    path: Path
    uri: str  # "file:///...", absolute, links resolved: the identity of the source
    name: str  # folder and file, for messages: "press/2024-05-01.html"


def find_sources(paths: Iterable[Path]) -> Iterator[Source | SourceError]:
    """Yield every file once, in the order of `paths` and sorted inside a folder.

    Folders are searched to any depth. Hidden files and mapping files are left out. What cannot be read
    comes as an error in its place, so that the rest still loads. Links that lead back are not followed, and a
    link that leads out of all `paths` is an error.
    """
    named = list(paths)
    is_all_mappings = all(map(is_mapping, named))
    search = Search(named)
    for path in named:
        if path.is_dir():
            yield from search.in_folder(path)
        elif not is_mapping(path):
            yield from search.as_source(path)
        elif is_all_mappings:
            problem = "this is a mapping, which is read with its table: name the table"
            yield SourceError(problem, source=short_name(path))


def is_mapping(path: Path) -> bool:
    """Whether it is a mapping file, which `press/*` names along with its table."""
    return path.name.endswith(MAPPING_SUFFIX) and path.is_file()


class Search:
    """Remembers what it has found, and what was named: a folder that someone else filled may link to anything."""

    def __init__(self, named: Iterable[Path]) -> None:
        self._named = {Path(os.path.realpath(path)) for path in named}
        self._seen: set[Path] = set()

    def in_folder(self, folder: Path) -> Iterator[Source | SourceError]:
        """Yield what a folder holds; an empty one is an error, for it was named on purpose."""
        is_empty = True
        for found in self._walk(folder):
            is_empty = False
            yield found
        if is_empty:
            problem = "this folder holds no file that was not listed before: check the path"
            yield SourceError(problem, source=short_name(folder))

    def _walk(self, folder: Path) -> Iterator[Source | SourceError]:
        """Yield the files of a folder and of the folders in it."""
        try:
            real = folder.resolve(strict=True)
            if real in self._seen:
                return
            self._seen.add(real)
            entries = sorted(folder.iterdir(), key=lambda path: path.name)
        except (OSError, RuntimeError) as error:
            yield unreadable(folder, error)
            return
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith(MAPPING_SUFFIX):
                continue
            if entry.is_symlink() and (target := self._outside(entry)):
                problem = (
                    f"this link leads out of the folder, to {printable(target)}: name that itself to load it"
                )
                yield SourceError(problem, source=short_name(entry))
            elif entry.is_dir():
                yield from self._walk(entry)
            else:
                yield from self.as_source(entry)

    def _outside(self, link: Path) -> Path | None:
        """Where a link leads, if that exists and is in nothing that was named."""
        real = Path(os.path.realpath(link))
        is_inside = not self._named.isdisjoint((real, *real.parents))
        return None if is_inside or not real.exists() else real

    def as_source(self, path: Path) -> Iterator[Source | SourceError]:
        """Yield the source of a file, an error, or nothing if it came before."""
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
            yield unreadable(path, error)
            return
        if real in self._seen:
            return
        self._seen.add(real)
        if real.is_file():
            yield Source(path=path, uri=real.as_uri(), name=short_name(real))
        else:
            problem = "this is neither a file nor a folder (a pipe or device): copy what it gives into a file"
            yield SourceError(problem, source=short_name(path))


def unreadable(path: Path, error: OSError | RuntimeError) -> SourceError:
    """The error of a path that cannot be opened."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "links lead in a circle"
    return SourceError(
        f"it cannot be read ({reason}): check the path and its permissions", source=short_name(path)
    )


def short_name(path: Path) -> str:
    """The last folder and the name.

    >>> short_name(Path("/home/press/2024/a.html"))
    '2024/a.html'
    """
    parts = path.absolute().parts[-2:]
    return printable("/".join(part.strip("/") for part in parts).lstrip("/"))


def printable(path: Path | str) -> str:
    """A path for a message."""
    # A name that is no UTF-8 holds lone surrogates, which no terminal can print.
    return str(path).encode("utf-8", "replace").decode()
