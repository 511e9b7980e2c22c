"""Extraction against the gold graphs: `make quality`.

Node and edge precision, recall and F1 with 95 % intervals from a bootstrap over documents (1,000 draws, fixed seed),
and the share of quotes that stand in the document. The rules were written while the seeds and the development
documents were in view, so these figures are in-sample; unseen text gives less.

    python -m benchmarks.quality [--card docs/quality.md] [--errors]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from loaders.quality.card import Card, evaluate
from loaders.quality.render import render

SHARED = Path(__file__).parent.parent.parent / "shared"
SETS = (("seeds", SHARED / "gold/seeds", SHARED / "seeds"), ("dev", SHARED / "gold/dev", SHARED / "gold/dev"))
HEAD = """\
# How good extraction is

Made by `make quality`; do not edit. `innograph evaluate GOLD_DIR` prints such a card for documents of your own.

A node is right when one of its names and its class fit a node that a careful reader drew (a class above or below
counts too), an edge when both ends and its relation fit. Names are compared without case, punctuation, articles,
titles and legal forms. Nodes and edges on which careful readers could differ count neither for nor against. The
intervals hold the middle 95 % of F1 over documents drawn with replacement.

**The figures below are in-sample**: rules were written while these documents were in view, and the shipped tagger and scorer were
trained on the development documents. Where neither of the two has seen the document (two folds by document,
`python -m tools.cross_validate`, which needs the training extras), the development set gives

| dev, two folds | precision | recall | F1 | 95 % interval |
| --- | ---: | ---: | ---: | --- |
| nodes | 0.893 | 0.868 | 0.880 | 0.86–0.90 |
| edges | 0.807 | 0.439 | 0.568 | 0.52–0.61 |

and even there the rules' share is in-sample. Text that nobody has seen before gives less.

The documents are press releases in German and English; the seeds are two of them that were there first, the development set
was annotated for this project.

A gold graph is a file `NAME.gold.json` beside its text:

```json
{"document": "name.txt", "lang": "de",
 "nodes": [{"id": "b", "type": "Company", "name": "Beispiel Robotik GmbH", "aliases": ["Beispiel Robotik"]},
           {"id": "c", "type": "City", "name": "Bochum", "aliases": [], "optional": true}],
 "edges": [{"s": "b", "p": "locatedIn", "o": "c", "quote": "die Bochumer Beispiel Robotik GmbH"}]}
```

"""


def table(cards: dict[str, Card]) -> str:
    """The short form: two rows a set."""
    lines = [
        "| documents | | precision | recall | F1 | 95 % interval | quotes in document |",
        "| --- | --- | ---: | ---: | ---: | --- | ---: |",
    ]
    for name, card in cards.items():
        for key, figures in (("nodes", card.nodes), ("edges", card.edges)):
            figure = dict(figures)[""]
            shares = " | ".join(f"{share:.3f}" for share in (figure.precision, figure.recall, figure.f1))
            quotes = f"{card.true_quotes / card.quotes:.3f}" if key == "edges" and card.quotes else ""
            interval = f"{figure.low:.2f}–{figure.high:.2f}"
            lines.append(f"| {name} ({card.documents}) | {key} | {shares} | {interval} | {quotes} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print the table; write the page and list the findings where asked to."""
    parser = argparse.ArgumentParser(description="Extraction against the gold graphs.")
    parser.add_argument("--card", type=Path, help="write the quality card into this file")
    parser.add_argument("--errors", action="store_true", help="list every miss and every invention")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        print(f"no gold graphs: this measurement needs the team's folder {SHARED}", file=sys.stderr)
        return 1
    measured = {name: evaluate(gold, texts_dir=texts) for name, gold, texts in SETS}
    print(table(measured), end="")
    if arguments.errors:
        for name, card in measured.items():
            print("\n" + render(card, title=name, errors=True), end="")
    if arguments.card:
        # Without the findings, since they name people.
        parts = [render(card, title=name, level=2) for name, card in measured.items()]
        arguments.card.write_text(HEAD + "\n".join(parts), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
