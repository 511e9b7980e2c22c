"""How good extraction is where neither the tagger nor the scorer has seen the document: two folds by document.

python -m tools.cross_validate GOLD EVEN ODD

GOLD: folder of the development documents. EVEN, ODD: taggers trained on the documents at even and odd places of the
sorted list (`python -m tools.train_tagger.evaluate` writes them); each reads the other half. The scorer is trained on each
half here. The rules were written with all documents in view: their share of the figures is in-sample.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from loaders.extraction import scorer, tagger_model
from loaders.extraction.extract import extract
from loaders.quality.card import evaluate
from loaders.quality.render import render
from ontology.model import Document, Fact
from tools.train_relations.fit import fit_model
from tools.train_relations.train import fix_hash_order, gather, unreached


def main(gold: Path, taggers: tuple[Path, Path]) -> None:
    documents, rows, own = gather(gold)
    halves = [{unit for unit in range(len(documents)) if unit % 2 == rest} for rest in (0, 1)]
    texts = {sheet.document.text: unit for unit, sheet in enumerate(documents)}
    seen = [[row for row in rows if row.unit in half] for half in halves]
    missing = [unreached(documents, rows, half) for half in halves]
    fitted = [
        fit_model([*part, *own], len(documents), lost) for part, lost in zip(seen, missing, strict=True)
    ]
    models = [scorer.Model(m.shared, m.by_relation, m.curve, m.threshold, adds=False) for m in fitted]

    def unseen(document: Document) -> Iterator[Fact]:
        other = 1 - texts[document.text] % 2
        with (
            patch.object(tagger_model, "MODEL", taggers[other]),
            patch.object(scorer, "load_model", lambda: models[other]),
        ):
            yield from extract(document)

    print(render(evaluate(gold, extract=unseen), title="two folds by document"))


if __name__ == "__main__":
    fix_hash_order()
    main(Path(sys.argv[1]), (Path(sys.argv[2]), Path(sys.argv[3])))
