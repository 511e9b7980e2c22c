"""Write a trained tagger as the files that loaders/extraction/tagger_model.py reads.

python -m tools.train_tagger.export DATA TAGGER.pt -o loaders/extraction/model
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
import warnings
from pathlib import Path

import numpy as np
import torch

from loaders.extraction.tagger_features import LABELS
from loaders.extraction.tagger_model import ARRAYS, ENCODER, PIECES
from tools.train_tagger import packed, vocabulary
from tools.train_tagger.examples import Prepared
from tools.train_tagger.network import FEATURE_WIDTH, HIDDEN, RULE_WIDTH, Tagger

WIDTH = 384  # of the encoder's states
POSITIONS = 400  # pieces of the longest window
LIMIT = 20_000_000  # bytes of all files together


def export(tagger: Tagger, weights: packed.Packed, keep: list[int], folder: Path) -> int:
    """Write encoder, vocabulary and arrays; returns their size in bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    tagger.eval()
    _encoder(tagger, weights.width, folder / ENCODER)
    (folder / PIECES).write_bytes(vocabulary.model(weights, keep))
    _arrays(tagger, weights, keep, folder / ARRAYS)
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    if size >= LIMIT:
        raise SystemExit(f"{folder}: {size} bytes, more than {LIMIT}: keep fewer pieces or layers")
    return size


class _Scorer(torch.nn.Module):
    """The part of the tagger that onnxruntime runs."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(
        self, embedded: torch.Tensor, mask: torch.Tensor, first_piece: torch.Tensor, extra: torch.Tensor
    ) -> torch.Tensor:
        return self.tagger.score(embedded, mask, first_piece, extra)


def _encoder(tagger: Tagger, width: int, path: Path) -> None:
    """The network as ONNX, the transformer's weights in 8 bits with a scale for each output."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    extra = FEATURE_WIDTH + RULE_WIDTH
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter that names its own successor
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            _Scorer(tagger).eval(),
            (
                torch.zeros(2, 7, width),
                torch.zeros(2, 1, 1, 7),
                torch.zeros(2, 5, dtype=torch.long),
                torch.zeros(2, 5, extra),
            ),
            str(whole),
            input_names=["embedded", "mask", "first_piece", "extra"],
            output_names=["scores"],
            dynamic_axes={
                "embedded": {0: "sentences", 1: "pieces"},
                "mask": {0: "sentences", 3: "pieces"},
                "first_piece": {0: "sentences", 1: "words"},
                "extra": {0: "sentences", 1: "words"},
                "scores": {0: "sentences", 1: "words"},
            },
            opset_version=17,
            dynamo=False,
        )
        graph = onnx.load(whole).graph
        sizes = {weight.name: tuple(weight.dims) for weight in graph.initializer}
        heads = [n.name for n in graph.node if n.op_type == "MatMul" and _is_head(sizes.get(n.input[1], ()))]
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=heads)


def _is_head(size: tuple[int, ...]) -> bool:
    """The two small matrices on top stay floats: they cost nothing and decide the labels."""
    return size in ((HIDDEN, len(LABELS)), (WIDTH + FEATURE_WIDTH + RULE_WIDTH, HIDDEN))


def _arrays(tagger: Tagger, weights: packed.Packed, keep: list[int], path: Path) -> None:
    """Embeddings stay in the 4-bit blocks in which they came, so nothing is lost."""
    scales, halves = weights.blocks("emb.word", len(weights.pieces), weights.width)
    change, start, end = tagger.transitions()
    half, single = np.float16, np.float32

    def plain(tensor: torch.Tensor, kind: type[np.floating]) -> np.ndarray:
        made: np.ndarray = tensor.detach().numpy().astype(kind)
        return made

    np.savez(
        path,
        scales=scales[keep],
        halves=halves[keep],
        position=plain(tagger.position[:POSITIONS], half),
        features=plain(tagger.features.weight, half),
        rules=plain(tagger.rules.weight, single),
        change=plain(change, single),
        start=plain(start, single),
        end=plain(end, single),
    )


def main() -> None:
    """Read a checkpoint of train.py and write the three files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="what prepare.py wrote")
    parser.add_argument("tagger", type=Path, help="what train.py wrote")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    chosen = parser.parse_args()
    data: Prepared = pickle.loads(chosen.data.read_bytes())  # noqa: S301 - our own file
    weights = packed.read()
    tagger = Tagger(weights, chosen.layers)
    tagger.load_state_dict(torch.load(chosen.tagger))
    print(export(tagger, weights, data.keep, chosen.output), "bytes in", chosen.output)


if __name__ == "__main__":
    main()
