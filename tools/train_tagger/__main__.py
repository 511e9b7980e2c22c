"""The whole training in one go, an hour on two cores: data, tagger, tuning, packaged files.

python -m tools.train_tagger CORPORA GOLD SCRATCH -o loaders/extraction/model
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path

import torch

from tools.train_tagger import packed
from tools.train_tagger.export import export
from tools.train_tagger.prepare import GENERATED, prepare
from tools.train_tagger.train import trained


def main() -> None:
    """What is made on the way stays in SCRATCH, for evaluate.py."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with the corpora that docs/model-card.md lists")
    parser.add_argument("gold", type=Path, help="folder with development documents and their gold graphs")
    parser.add_argument("scratch", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    chosen = parser.parse_args()
    chosen.scratch.mkdir(parents=True, exist_ok=True)
    data = prepare(chosen.corpora, chosen.gold, generated=GENERATED)
    (chosen.scratch / "data.pkl").write_bytes(pickle.dumps(data))
    torch.save(trained(data).state_dict(), chosen.scratch / "base.pt")
    tuned = trained(data, epochs=1, start=chosen.scratch / "base.pt", dev=sorted(data.dev))
    torch.save(tuned.state_dict(), chosen.scratch / "tuned.pt")
    print(export(tuned, packed.read(), data.keep, chosen.output), "bytes in", chosen.output)


if __name__ == "__main__":
    main()
