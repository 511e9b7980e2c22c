"""The promised figures on the team's gold graphs; skipped where ../shared is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality import f1, scorer, tallies

# set, texts, promised node F1, promised edge F1
PROMISES = (("gold/seeds", "seeds", 0.95, 0.80), ("gold/dev", "gold/dev", 0.82, 0.48))


@pytest.mark.parametrize(("gold", "texts", "nodes", "edges"), PROMISES)
def test_extraction_keeps_the_figures_that_the_readme_shows(
    shared: Path, gold: str, texts: str, nodes: float, edges: float
) -> None:
    found = tallies(scorer(shared / "gold"), shared / gold, shared / texts)
    assert f1(found, "nodes")[2] >= nodes
    assert f1(found, "edges")[2] >= edges
    assert sum(t["quote", "fp"] for t in found) == 0
