"""Runs the examples of README.md: `python tools/run_readme.py` writes what they print today into the page.

An example is a block ```console; a line that begins with "$ " is a command, what follows is what it prints on a
terminal. A line "..." stands for lines left out. Commands run one after another in an empty folder that has the
samples in it. tests/test_readme.py fails when an example prints something else.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "README.md"
BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
SAME = {
    "make demo": "innograph demo demo-atlas",
    ".venv/bin/innograph": "innograph",
}  # what the Makefile does
CUT = "..."


@dataclass(frozen=True, slots=True)
class Example:
    """A command as the page shows it, and the output that the page shows."""

    command: str
    shown: str

    def matches(self, printed: str) -> bool:
        """Whether the page shows what was printed, lines that are left out aside."""
        parts = (re.escape(part) for part in re.split(r"^\.\.\.$\n?", self.shown, flags=re.MULTILINE))
        return re.fullmatch(r"(?:.*\n)*".join(parts), printed) is not None

    def renewed(self, printed: str) -> str:
        """The block of the page with today's output; lines are left out where they were before."""
        if self.matches(printed):
            return f"$ {self.command}\n{self.shown}"
        shown, lines = self.shown.splitlines(), printed.splitlines()
        if CUT in shown:
            head, tail = shown.index(CUT), len(shown) - shown.index(CUT) - 1
            lines = [*lines[:head], CUT, *lines[len(lines) - tail :]]
        return f"$ {self.command}\n" + "".join(f"{line}\n" for line in lines)


def examples(block: str) -> list[Example]:
    """The commands of one block."""
    found = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        while is_open(command):
            more, _, shown = shown.partition("\n")
            command = f"{command}\n{more}"
        found.append(Example(command, shown))
    return found


def is_open(command: str) -> bool:
    """Whether a shell would wait for more: after a backslash, or inside quotation marks."""
    try:
        shlex.split(command)
    except ValueError:
        return True
    return False


def printed_by(command: str) -> str:
    """Run one command in this process, in the present folder."""
    from click.testing import CliRunner

    from cli import main

    for shown, meant in SAME.items():
        command = command.replace(shown, meant)
    program, *words = shlex.split(command.replace("\\\n", " "))
    if program != "innograph":
        raise ValueError(f"{command!r}: examples run innograph, or what SAME of {Path(__file__).name} says")
    return "".join(line.rstrip() + "\n" for line in CliRunner().invoke(main, words).output.splitlines())


@contextmanager
def fresh_folder() -> Iterator[None]:
    """Be in a new folder that has the samples in it."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "samples", Path(folder) / "samples")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def renewed(page: str) -> str:
    """The page with what its examples print today."""
    with fresh_folder():
        return BLOCK.sub(
            lambda found: "".join(e.renewed(printed_by(e.command)) for e in examples(found[0])), page
        )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
