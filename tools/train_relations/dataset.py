"""Candidates with their gold answers, from the development documents and from our own passages."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from loaders.extraction import extract as pipeline
from loaders.extraction.entities import Cast, Thing
from loaders.extraction.relations.found import Found
from loaders.extraction.scorer import candidates
from loaders.extraction.scorer_scene import build_scene
from loaders.extraction.text import Sentence, sentences
from ontology.model import Document
from tools.train_relations.passages import passages

RIGHT, WRONG, OPEN = 1, 0, 2
PASSAGE_WEIGHT = 0.6  # of a passage's candidate against one of a development document


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate. `answer`: RIGHT, WRONG or OPEN (neither a hit nor a miss)."""

    unit: int  # number of its document or passage
    relation: str
    pair_features: tuple[str, ...]
    rule_features: tuple[str, ...]
    by_rule: bool
    answer: int
    edge: str  # the gold edge that it would hit, "" for none


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document: what the pipeline read of it by rules alone, and the gold graph."""

    name: str
    document: Document
    text: str
    gold: dict[str, list[dict[str, str]]]
    reading: pipeline.Reading


def load_yardstick(folder: Path) -> ModuleType:
    """The team's score.py beside the gold folder, as a module."""
    spec = importlib.util.spec_from_file_location("yardstick", folder.parent / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(
            f"{folder.parent / 'score.py'}: the yardstick is missing beside the gold folder"
        )
    module = importlib.util.module_from_spec(spec)
    sys.modules["yardstick"] = module
    spec.loader.exec_module(module)
    return module


def sheets(folder: Path) -> Iterator[Sheet]:
    """The development documents, read by rules alone: no tagger (it has seen them) and no scorer."""
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = (folder / gold["document"]).read_text("utf-8")
        document = Document(id=f"doc-{path.stem}", title="", text=text, language=gold["lang"], kind="text")
        with rules_only():
            reading = pipeline.read(document, pipeline.Reader.RULES)
        yield Sheet(path.name.removesuffix(".gold.json"), document, text, gold, reading)


@contextmanager
def rules_only() -> Iterator[None]:
    """While it holds, the pipeline returns what rules found, also where the scorer is wired in."""
    with patch.object(
        pipeline, "rescored", lambda text, parts, cast, found, language: list(found), create=True
    ):
        yield


def document_rows(sheet: Sheet, unit: int, yardstick: ModuleType) -> list[Row]:
    """Candidates of one development document. A pair whose ends match no gold node counts as wrong."""
    things = sheet.reading.cast.things
    answer = _answers(things, sheet.gold, yardstick)
    view, parts = sheet.reading.view.text, sheet.reading.sentences
    return _rows(
        view, parts, sheet.reading.cast, sheet.reading.relations, sheet.document.language, unit, answer
    )


def passage_rows(unit: int) -> list[Row]:
    """Candidates of our own passages; the rules read them too, so their advice is known on text they were not made for."""
    rows: list[Row] = []
    for number, passage in enumerate(passages(), start=unit):
        parts = sentences(passage.text)
        language = passage.language
        document = Document(id="doc-passage", title="", text=passage.text, language=language, kind="text")
        known = len(passage.cast.things)
        rules = pipeline._relations(passage.text, parts, passage.cast, document)

        def answer(
            relation: str,
            source: int,
            target: int,
            answers: dict[tuple[str, int, int], bool] = passage.answers,
            known: int = known,
        ) -> tuple[int, str]:
            if max(source, target) >= known:
                return OPEN, ""
            is_open = answers.get((relation, source, target))
            return WRONG if is_open is None else OPEN if is_open else RIGHT, f"{source}-{target}"

        rows.extend(_rows(passage.text, parts, passage.cast, rules, language, number, answer))
    return rows


def _rows(
    text: str,
    parts: Sequence[Sentence],
    cast: Cast,
    rules: Sequence[Found],
    language: str,
    unit: int,
    answer: Callable[[str, int, int], tuple[int, str]],
) -> list[Row]:
    scene = build_scene(text, parts, cast, language)
    rows = []
    for c, by_rule in candidates(scene, rules):
        label, edge = answer(c.relation, c.source, c.target)
        rows.append(
            Row(unit, c.relation, tuple(c.pair_features), tuple(c.rule_features), by_rule, label, edge)
        )
    return rows


def _answers(
    things: Sequence[Thing], gold: dict[str, list[dict[str, str]]], yardstick: ModuleType
) -> Callable[[str, int, int], tuple[int, str]]:
    nodes = [
        {"id": n, "type": t.type, "name": t.name, "aliases": sorted({*t.names, *t.surfaces} - {""})}
        for n, t in enumerate(things)
    ]
    matched = yardstick.match_nodes(gold["nodes"], nodes)
    gold_of = {number: name for name, numbers in matched.items() for number in numbers}
    optional = {n["id"] for n in gold["nodes"] if n.get("optional")}
    edges: dict[tuple[str, str, str], bool] = {}
    for e in gold["edges"]:
        is_open = bool(e.get("optional")) or e["s"] in optional or e["o"] in optional
        edges[e["s"], e["p"], e["o"]] = is_open
        if e["p"] == "cooperatesWith":
            edges[e["o"], e["p"], e["s"]] = is_open

    def answer(relation: str, source: int, target: int) -> tuple[int, str]:
        ends = gold_of.get(source, ""), gold_of.get(target, "")
        is_open = edges.get((ends[0], relation, ends[1]))
        if is_open is None:
            return WRONG, ""
        name = "-".join(sorted(ends) if relation == "cooperatesWith" else ends)
        return (OPEN if is_open else RIGHT), f"{relation}:{name}"

    return answer
