"""The tagger's network at run time: pieces and features of words in, scores of labels out.

onnxruntime runs the network (int8); looking up embeddings and features is numpy. `model/` holds what
tools/train_tagger/export.py wrote; docs/model-card.md says where it comes from.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loaders.extraction.tagger_features import RULE_TAGS, feature_rows

Floats = NDArray[np.float32]
MODEL = Path(__file__).parent / "model"
ENCODER, PIECES, ARRAYS = "encoder.onnx", "pieces.model", "tagger.npz"
NEEDED = ("onnxruntime", "sentencepiece")
BOS, EOS, UNKNOWN = 0, 2, 3  # numbers of the special pieces
PIECES_A_WORD = 12
LETTERS_A_WORD = 64
NEVER = -1e4
CACHED_WORDS = 50_000
FEATURE_WIDTH, EXTRA_WIDTH = 48, 60  # of a word's features; with the rule's tag


def missing(folder: Path = MODEL) -> str:
    """What keeps the tagger from running, as a sentence with the way out; "" if nothing does."""
    for package in NEEDED:
        if find_spec(package) is None:
            return f"the package {package} is not installed: pip install {package}"
    for name in (ENCODER, PIECES, ARRAYS):
        if not (folder / name).is_file():
            return f"{folder / name} is missing: install innograph again, or make it with `make train`"
    return ""


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words that the network reads at once; `starts[n]` is where word n begins in `pieces`."""

    words: tuple[str, ...]
    rules: tuple[int, ...]  # index in RULE_TAGS
    pieces: tuple[int, ...]  # with the marks of beginning and end
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Everything loaded. Embeddings stay in 4-bit blocks of 32: a scale and 16 bytes each."""

    session: Any
    processor: Any
    arrays: dict[str, NDArray[Any]]
    piece_cache: dict[str, tuple[int, ...]] = field(default_factory=dict)
    feature_cache: dict[str, Floats] = field(default_factory=dict)

    @property
    def positions(self) -> int:
        """The longest window in pieces."""
        return len(self.arrays["position"])

    def pieces(self, word: str) -> tuple[int, ...]:
        """Numbers of the pieces of a word; never empty."""
        if word not in self.piece_cache:
            if len(self.piece_cache) >= CACHED_WORDS:
                self.piece_cache.clear()
            plain = unicodedata.normalize("NFKC", word[:LETTERS_A_WORD]).encode("utf-8", "replace").decode()
            self.piece_cache[word] = tuple(self.processor.encode(plain)[:PIECES_A_WORD]) or (UNKNOWN,)
        return self.piece_cache[word]

    def scores(self, windows: Sequence[Window]) -> list[Floats]:
        """Scores (words, labels) of each window; one run of the network."""
        widest = max(len(w.pieces) for w in windows)
        longest = max(len(w.words) for w in windows)
        numbers = np.zeros((len(windows), widest), np.int64)
        mask = np.full((len(windows), 1, 1, widest), NEVER, np.float32)
        first = np.zeros((len(windows), longest), np.int64)
        extra = np.zeros((len(windows), longest, EXTRA_WIDTH), np.float32)
        for row, window in enumerate(windows):
            numbers[row, : len(window.pieces)] = window.pieces
            mask[row, ..., : len(window.pieces)] = 0.0
            first[row, : len(window.words)] = window.starts
            extra[row, : len(window.words), :FEATURE_WIDTH] = [self._features(w) for w in window.words]
            extra[row, : len(window.words), FEATURE_WIDTH:] = self.arrays["rules"][list(window.rules)]
        embedded = self._embed(numbers) + self.arrays["position"][:widest]
        given = {"embedded": embedded, "mask": mask, "first_piece": first, "extra": extra}
        (scores,) = self.session.run(None, given)
        return [scores[row, : len(window.words)] for row, window in enumerate(windows)]

    def _embed(self, numbers: NDArray[np.int64]) -> Floats:
        unique, places = np.unique(numbers, return_inverse=True)
        halves = self.arrays["halves"][unique]
        both = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32)
        table = (both - 8) * self.arrays["scales"][unique][..., None].astype(np.float32)
        flat: Floats = table.reshape(len(unique), -1)
        return flat[places.reshape(numbers.shape)]

    def _features(self, word: str) -> Floats:
        if word not in self.feature_cache:
            if len(self.feature_cache) >= CACHED_WORDS:
                self.feature_cache.clear()
            rows = self.arrays["features"][list(feature_rows(word[:LETTERS_A_WORD]))]
            self.feature_cache[word] = rows.astype(np.float32).sum(0)
        return self.feature_cache[word]


@cache
def load(folder: Path = MODEL) -> Model:
    """Read the files of `folder` (about 0.3 s of CPU, with the imports) and keep them."""
    runtime, sentencepiece = import_module("onnxruntime"), import_module("sentencepiece")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # batches differ in shape
    options.use_deterministic_compute = True
    session = runtime.InferenceSession(str(folder / ENCODER), options, providers=["CPUExecutionProvider"])
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / PIECES))
    with np.load(folder / ARRAYS) as packed:
        arrays = {name: packed[name] for name in packed.files}
    arrays["position"] = arrays["position"].astype(np.float32)
    return Model(session, processor, arrays)


def rule_number(tag: str) -> int:
    """Index of a rule's tag; an unknown tag counts as not asked."""
    return RULE_TAGS.index(tag) if tag in RULE_TAGS else 0
