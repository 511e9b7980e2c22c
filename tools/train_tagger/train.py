"""Train the tagger: `python -m tools.train_tagger.train DATA -o OUT`; see docs/model-card.md for the runs."""

from __future__ import annotations

import argparse
import pickle
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from torch import nn

from loaders.extraction.tagger_features import LABELS
from tools.train_tagger import packed
from tools.train_tagger.batches import Batcher
from tools.train_tagger.examples import Example, Prepared
from tools.train_tagger.network import Tagger
from tools.train_tagger.score import Pair, decode, gold_spans, report

SEED = 0
LAYERS, EPOCHS = 6, 1
REPLAYED = 1500  # sentences of the corpora that tuning repeats, so that nothing is forgotten
DEV_TIMES = 3  # how often tuning reads each development sentence
BATCH = 24
LONGEST = 90  # words of a training sentence
TRAINING = ("germeval", "smartdata", "wikigold", "generated")


@dataclass(frozen=True, slots=True)
class Rates:
    """Highest learning rates of the encoder and of what is new."""

    encoder: float
    head: float


FROM_SCRATCH = Rates(1.5e-4, 1.5e-3)
TUNING = Rates(5e-5, 5e-4)


def fit(tagger: Tagger, batcher: Batcher, examples: Sequence[Example], *, epochs: int, rates: Rates) -> None:
    """Minimise the CRF's loss with AdamW and a one-cycle schedule."""
    r = Random(SEED)  # noqa: S311 - a fixed draw, no secret
    kept = [e for e in examples if len(e.words) <= LONGEST]
    encoder = [*tagger.body.parameters(), tagger.position]
    known = {id(p) for p in encoder}
    head = [p for p in tagger.parameters() if id(p) not in known]
    groups = [{"params": encoder, "lr": rates.encoder}, {"params": head, "lr": rates.head}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * (-(-len(kept) // BATCH) + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [rates.encoder, rates.head], total_steps=steps, pct_start=0.1
    )
    began, step = time.time(), 0
    for _ in range(epochs):
        tagger.train()
        for batch in batcher.epoch(kept, BATCH, r):
            loss = tagger.loss(batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 50 == 0:
                print(
                    f"step {step}/{steps} loss {float(loss.detach()):.3f} {time.time() - began:.0f} s",
                    flush=True,
                )


@torch.no_grad()
def predict(tagger: Tagger, batcher: Batcher, examples: Sequence[Example]) -> list[list[str]]:
    """The best label sequence of each example."""
    tagger.eval()
    change, start, end = tagger.transitions()
    order = sorted(range(len(examples)), key=lambda n: len(examples[n].words))
    labels: list[list[str]] = [[] for _ in examples]
    for begin in range(0, len(order), 32):
        chosen = order[begin : begin + 32]
        scores = tagger(batcher.batch([examples[n] for n in chosen]))
        for row, n in enumerate(chosen):
            best = _viterbi(scores[row, : len(examples[n].words)], change, start, end)
            labels[n] = [LABELS[i] for i in best]
    return labels


def _viterbi(scores: torch.Tensor, change: torch.Tensor, start: torch.Tensor, end: torch.Tensor) -> list[int]:
    sums, back = start + scores[0], []
    for row in scores[1:]:
        best = (sums[:, None] + change).max(0)
        back.append(best.indices)
        sums = best.values + row
    path = [int((sums + end).argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def pairs_of(examples: Sequence[Example], labels: Sequence[Sequence[str]]) -> list[Pair]:
    return [Pair(*gold_spans(e.allowed), decode(found)) for e, found in zip(examples, labels, strict=True)]


def evaluate(tagger: Tagger, batcher: Batcher, data: Prepared, documents: Sequence[str]) -> None:
    """Print the hold-out and the given development documents, beside the rules alone."""
    hold_out = data.sets["hold-out"]
    dev = [e for name in documents for e in data.dev[name]]
    for name, examples in (
        ("hold-out", hold_out),
        ("dev", dev),
        ("dev de", [e for e in dev if e.language == "de"]),
        ("dev en", [e for e in dev if e.language == "en"]),
    ):
        print(report(f"{name} rules", pairs_of(examples, [e.rules for e in examples])))
        print(report(f"{name} model", pairs_of(examples, predict(tagger, batcher, examples))), flush=True)


def trained(
    data: Prepared,
    *,
    layers: int = LAYERS,
    epochs: int = EPOCHS,
    start: Path | None = None,
    dev: Sequence[str] = (),
) -> Tagger:
    """A new tagger from the corpora; or, with `start`, that one tuned on the development documents `dev`."""
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    weights = packed.read()
    tagger, batcher = Tagger(weights, layers), Batcher(weights, data.keep)
    examples = [e for name in TRAINING for e in data.sets[name]]
    if start is not None:
        tagger.load_state_dict(torch.load(start))
        examples = Random(SEED).sample(examples, REPLAYED)  # noqa: S311 - a fixed draw, no secret
        examples += DEV_TIMES * [e for name in dev for e in data.dev[name]]
    fit(tagger, batcher, examples, epochs=epochs, rates=FROM_SCRATCH if start is None else TUNING)
    return tagger


def main() -> None:
    """One run; `--tune` starts from a trained tagger and adds development documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--tune", type=Path, help="a tagger to start from")
    parser.add_argument("--dev", choices=("none", "even", "odd", "all"), default="none", help="for --tune")
    chosen = parser.parse_args()
    data: Prepared = pickle.loads(chosen.data.read_bytes())  # noqa: S301 - our own file
    names = sorted(data.dev)
    dev = {"none": [], "even": names[::2], "odd": names[1::2], "all": names}[chosen.dev]
    tagger = trained(data, layers=chosen.layers, epochs=chosen.epochs, start=chosen.tune, dev=dev)
    torch.save(tagger.state_dict(), chosen.output)
    batcher = Batcher(packed.read(), data.keep)
    evaluate(tagger, batcher, data, [n for n in names if n not in dev] or names)


if __name__ == "__main__":
    main()
