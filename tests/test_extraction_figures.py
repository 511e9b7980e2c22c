"""The promised figures on the team's gold graphs; skipped where ../shared is not there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main

SEEDS = {"000_1aaf468009a18407": "innovation-bridges", "004_b27129850e121dc8": "greater-manchester"}


def scored(shared: Path, gold: str, texts: str, predicted: Path) -> dict[str, dict[str, float]]:
    """The figures of the team's yardstick; raises where it fails."""
    command = [
        sys.executable,
        shared / "gold/score.py",
        "--dir",
        shared / gold,
        predicted,
        "--texts",
        shared / texts,
    ]
    done = subprocess.run(
        [*map(str, command), "--json"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "0"},
    )
    figures: dict[str, dict[str, float]] = json.loads(done.stdout)
    return figures


def extracted(files: list[Path], folder: Path) -> None:
    done = CliRunner().invoke(main, ["extract", *map(str, files), "-o", str(folder)])
    assert done.exit_code == 0, done.output


def test_the_seeds_are_read_as_well_as_promised(shared: Path, tmp_path: Path) -> None:
    extracted(sorted((shared / "seeds").glob("*.txt")), tmp_path / "raw")
    for stem, name in SEEDS.items():
        (tmp_path / "named").mkdir(exist_ok=True)
        shutil.copy(tmp_path / "raw" / f"{stem}.json", tmp_path / "named" / f"{name}.json")
    figures = scored(shared, "gold/seeds", "seeds", tmp_path / "named")
    assert figures["nodes"]["f1"] >= 0.95
    assert figures["edges"]["f1"] >= 0.85


@pytest.mark.slow
def test_the_development_documents_are_read_as_well_as_promised(shared: Path, tmp_path: Path) -> None:
    texts = sorted((shared / "gold/dev").glob("*.txt"))
    extracted(texts, tmp_path)
    figures = scored(shared, "gold/dev", "gold/dev", tmp_path)
    assert figures["nodes"]["f1"] >= 0.87
    assert figures["edges"]["f1"] >= 0.56
    for text in texts:
        raw = text.read_text("utf-8")
        for edge in json.loads((tmp_path / f"{text.stem}.json").read_text("utf-8"))["edges"]:
            assert all(raw[e["start"] : e["end"]] == e["quote"] for e in edge["evidence"])
