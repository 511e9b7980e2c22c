"""Examples as padded tensors, in batches of like length."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from random import Random

import sentencepiece
import torch

from loaders.extraction.tagger_features import LABELS, RULE_TAGS, feature_rows
from tools.train_tagger import vocabulary
from tools.train_tagger.examples import Example
from tools.train_tagger.network import NEVER, Batch
from tools.train_tagger.packed import Packed

MOST_PIECES = 300
PIECES_A_WORD = 12
POOL = 20  # batches that are sorted by length together
RULES_DROPPED = 0.15  # share of sentences that are read without the rules' tags


class Batcher:
    """Turns examples into batches; knows the trimmed vocabulary by the numbers of the whole one."""

    def __init__(self, packed: Packed, keep: Sequence[int]) -> None:
        self.packed, self.keep = packed, keep
        proto = vocabulary.model(packed, keep)
        self.processor = sentencepiece.SentencePieceProcessor(model_proto=proto)
        self.cache: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """Numbers in the whole vocabulary."""
        if word not in self.cache:
            found = self.processor.encode(unicodedata.normalize("NFKC", word))[:PIECES_A_WORD]
            self.cache[word] = [self.keep[n] for n in found] or [self.packed.unk]
        return self.cache[word]

    def batch(self, examples: Sequence[Example], dropped: Sequence[bool] | None = None) -> Batch:
        """`dropped`: for which examples the rules' tags are hidden."""
        rows = [self._row(e) for e in examples]
        longest = max(len(e.words) for e in examples)
        widest = max(len(p) for p, _ in rows)
        most = max(len(feature_rows(w)) for e in examples for w in e.words)
        pieces = torch.full((len(rows), widest), self.packed.pad)
        piece_mask = torch.full((len(rows), 1, 1, widest), NEVER)
        first = torch.zeros(len(rows), longest, dtype=torch.long)
        features = torch.zeros(len(rows), longest, most, dtype=torch.long)
        rules = torch.zeros(len(rows), longest, dtype=torch.long)
        word_mask = torch.zeros(len(rows), longest)
        allowed = torch.zeros(len(rows), longest, len(LABELS))
        for n, (made, (numbers, starts)) in enumerate(zip(examples, rows, strict=True)):
            count = len(made.words)
            pieces[n, : len(numbers)] = torch.tensor(numbers)
            piece_mask[n, ..., : len(numbers)] = 0.0
            first[n, :count] = torch.tensor(starts)
            word_mask[n, :count] = 1.0
            if not (dropped and dropped[n]):
                rules[n, :count] = torch.tensor([RULE_TAGS.index(tag) for tag in made.rules])
            for i, word in enumerate(made.words):
                hashed = feature_rows(word)
                features[n, i, : len(hashed)] = torch.tensor(hashed)
                allowed[n, i] = torch.tensor([0.0 if x in made.allowed[i] else NEVER for x in LABELS])
        return Batch(pieces, piece_mask, first, features.view(-1, most), rules, word_mask, allowed)

    def _row(self, made: Example) -> tuple[list[int], list[int]]:
        numbers, starts = [self.packed.bos], []
        for word in made.words:
            starts.append(min(len(numbers), MOST_PIECES - 1))
            numbers += self.pieces(word)
        return [*numbers[: MOST_PIECES - 1], self.packed.eos], starts

    def epoch(self, examples: Sequence[Example], size: int, r: Random) -> Iterator[Batch]:
        """All examples once, in batches of like length and random order."""
        mixed = list(examples)
        r.shuffle(mixed)
        groups = []
        for start in range(0, len(mixed), size * POOL):
            pool = sorted(mixed[start : start + size * POOL], key=lambda e: len(e.words))
            groups += [pool[n : n + size] for n in range(0, len(pool), size)]
        r.shuffle(groups)
        for group in groups:
            yield self.batch(group, [r.random() < RULES_DROPPED for _ in group])
