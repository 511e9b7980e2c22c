"""The README shows what the program prints, links to what there is, and every example in a docstring holds."""

from __future__ import annotations

import doctest
import importlib
import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOOL = runpy.run_path(str(ROOT / "tools" / "run_readme.py"))
ROOMS = ("ontology", "loaders", "graph", "queries", "views")
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for room in ROOMS
    for path in (ROOT / room).rglob("*.py")
    if ">>>" in path.read_text(encoding="utf-8")
)


def test_every_example_prints_what_the_readme_shows() -> None:
    blocks = TOOL["BLOCK"].findall(README)
    assert len(blocks) >= 2
    with TOOL["fresh_folder"]():
        for example in [example for block in blocks for example in TOOL["examples"](block)]:
            printed = TOOL["printed_by"](example.command)
            assert example.matches(printed), (
                f"run: python tools/run_readme.py\n$ {example.command}\n{printed}"
            )


def test_make_demo_does_what_the_examples_take_it_for() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.partition("\ndemo:")[2].partition("\n\n")[0]
    assert "$(BIN)/" + TOOL["SAME"]["make demo"] in recipe


def test_every_make_target_that_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", README)) <= targets


@pytest.mark.parametrize(
    "link", sorted({(str(p.relative_to(ROOT)), link) for p in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
                    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", p.read_text(encoding="utf-8"))}),
    ids=str,
)  # fmt: skip
def test_a_link_leads_to_a_file(link: tuple[str, str]) -> None:
    page, target = link
    assert ((ROOT / page).parent / target).exists()


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_hold(name: str) -> None:
    module = importlib.import_module(name)
    finder = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(verbose=False)
    tests = [test for test in finder.find(module, name) if test.examples]
    # Functions behind a cache are no functions to doctest, which would pass them over without a word.
    for value in vars(module).values():
        inner = getattr(value, "__wrapped__", None)
        if inner is not None and getattr(inner, "__module__", "") == name:
            tests += [t for t in finder.find(inner, f"{name}.{inner.__name__}", module=module) if t.examples]
    assert tests, f"{name} holds >>> that is no example of a docstring"
    for test in tests:
        runner.run(test)
    assert runner.failures == 0
