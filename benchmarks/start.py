"""CPU time of short commands as whole processes: `python -m benchmarks.start`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "samples" / "press" / "2019-12-06-innovation-bridge-china.txt"
ROUNDS = 7


def cpu_ms(arguments: list[str]) -> float:
    """User and system time of one run, in milliseconds."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)  # noqa: S603 (our own commands)
    after = os.times()
    return 1000 * (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def main() -> int:
    """Print the median of seven runs beside bare Python and Python with click."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "python -c pass": ["-c", "pass"],
            "python -c 'import click'": ["-c", "import click"],
            "innograph --version": ["-m", "cli", "--version"],
            "innograph --help": ["-m", "cli", "--help"],
            "innograph extract FILE": ["-m", "cli", "extract", str(SAMPLE), "-o", folder],
        }
        for name, arguments in commands.items():
            print(f"{name:<28}{statistics.median(cpu_ms(arguments) for _ in range(ROUNDS)):7.0f} ms CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
