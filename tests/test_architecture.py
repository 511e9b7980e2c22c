"""The rooms import downwards only, and heavy libraries stay where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "ontology": set(),
    "loaders": {"ontology"},
    "graph": {"ontology"},
    "queries": {"graph", "ontology"},
    "views": {"ontology"},
}
DRIVERS = {
    "sqlite3": {"graph"},
    "kglite": {"graph"},
    "neo4j": {"graph"},
    "pyvis": {"views"},
    "rdflib": {"views", "graph"},
}
HEAVY = (
    "numpy",
    "onnxruntime",
    "sentencepiece",
    "rdflib",
    "networkx",
    "kglite",
    "pyoxigraph",
    "pyvis",
    "trafilatura",
    "pypdf",
    "docx",
    "jinja2",
    "yaml",
    "sqlite3",
    "lxml",
)


def imports(path: Path) -> Iterator[str]:
    """Top-level names of the modules that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_lies_below(room: str) -> None:
    forbidden = (set(ROOMS) | {"cli", "tests", "benchmarks"}) - ROOMS[room] - {room}
    upward = [(p.name, name) for p in (ROOT / room).rglob("*.py") for name in imports(p) if name in forbidden]
    assert upward == []


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_driver_is_imported_in_its_room_only(driver: str) -> None:
    users = {room for room in ROOMS for p in (ROOT / room).rglob("*.py") if driver in imports(p)}
    assert users <= DRIVERS[driver]


def test_importing_the_command_line_loads_none_of_the_heavy_modules() -> None:
    code = f"import sys, cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
