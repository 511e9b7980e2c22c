"""The tagger as a network: the first layers of the encoder, word features, the rules' tags, a CRF on top."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from loaders.extraction.tagger_features import BUCKETS, LABELS, RULE_TAGS, forbidden
from tools.train_tagger.packed import Packed

FEATURE_WIDTH = 48
RULE_WIDTH = 12
HIDDEN = 128
POSITIONS = 512
NEVER = -1e4  # finite, so that a sum of two stays a number


class Layer(nn.Module):
    """One transformer layer, norm after the sum as in BERT."""

    def __init__(self, packed: Packed, number: int) -> None:
        super().__init__()
        width, inner = packed.width, packed.inner
        self.heads = packed.heads

        def linear(name: str, rows: int, columns: int) -> nn.Linear:
            made = nn.Linear(columns, rows)
            made.weight.data = torch.tensor(packed.matrix(f"l{number}.{name}.w", rows, columns))
            made.bias.data = torch.tensor(packed.floats(f"l{number}.{name}.b", rows))
            return made

        self.query, self.key, self.value = (linear(n, width, width) for n in ("q", "k", "v"))
        self.joined = linear("ao", width, width)
        self.inner, self.outer = linear("fi", inner, width), linear("fo", width, inner)
        self.first = _norm(packed, f"l{number}.aln")
        self.second = _norm(packed, f"l{number}.oln")
        self.dropout = nn.Dropout(0.1)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """states (batch, pieces, width); mask (batch, 1, 1, pieces), 0 to look at and NEVER to leave out."""
        batch, pieces, width = states.shape

        def split(x: Tensor) -> Tensor:
            return x.view(batch, pieces, self.heads, width // self.heads).transpose(1, 2)

        query, key, value = split(self.query(states)), split(self.key(states)), split(self.value(states))
        if torch.onnx.is_in_onnx_export():
            weights = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + mask
            seen = torch.softmax(weights, -1) @ value
        else:
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(batch, pieces, width)
        states = self.first(states + self.dropout(self.joined(seen)))
        return self.second(states + self.dropout(self.outer(functional.gelu(self.inner(states)))))


class Body(nn.Module):
    """Embedded pieces in, states out: the part that becomes the ONNX file."""

    def __init__(self, packed: Packed, layers: int) -> None:
        super().__init__()
        self.norm = _norm(packed, "emb.ln")
        self.layers = nn.ModuleList([Layer(packed, n) for n in range(layers)])

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        states = self.norm(embedded)
        for layer in self.layers:
            states = layer(states, mask)
        return states


def _norm(packed: Packed, name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(packed.width, eps=packed.epsilon)
    norm.weight.data = torch.tensor(packed.floats(f"{name}.w", packed.width))
    norm.bias.data = torch.tensor(packed.floats(f"{name}.b", packed.width))
    return norm


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors of some sentences; `allowed` (batch, words, labels) holds 0 or NEVER."""

    pieces: Tensor  # (batch, pieces)
    piece_mask: Tensor  # (batch, 1, 1, pieces)
    first_piece: Tensor  # (batch, words): where each word begins among the pieces
    features: Tensor  # (batch * words, features), 0 is padding
    rules: Tensor  # (batch, words)
    word_mask: Tensor  # (batch, words), 1 for a word
    allowed: Tensor


class Tagger(nn.Module):
    """Scores of labels for each word, and the CRF's loss."""

    def __init__(self, packed: Packed, layers: int) -> None:
        super().__init__()
        count, width = len(packed.pieces), packed.width
        table = torch.tensor(packed.matrix("emb.word", count, width)).half()
        self.register_buffer("table", table, persistent=False)
        position = packed.floats("emb.pos", POSITIONS, width) + packed.floats("emb.type", 1, width)
        self.position = nn.Parameter(torch.tensor(position))
        self.body = Body(packed, layers)
        self.features = nn.EmbeddingBag(BUCKETS, FEATURE_WIDTH, mode="sum", padding_idx=0)
        nn.init.normal_(self.features.weight, 0, 0.1)
        self.rules = nn.Embedding(len(RULE_TAGS), RULE_WIDTH)
        self.hidden = nn.Linear(width + FEATURE_WIDTH + RULE_WIDTH, HIDDEN)
        self.out = nn.Linear(HIDDEN, len(LABELS))
        self.dropout = nn.Dropout(0.2)
        self.change = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.start = nn.Parameter(torch.zeros(len(LABELS)))
        self.end = nn.Parameter(torch.zeros(len(LABELS)))
        pairs, starts = forbidden()
        self.register_buffer("no_change", torch.tensor(pairs) * NEVER, persistent=False)
        self.register_buffer("no_start", torch.tensor(starts) * NEVER, persistent=False)

    def transitions(self) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of a label after another, of the first and of the last label, with what is forbidden."""
        return self.change + self.no_change, self.start + self.no_start, self.end

    def forward(self, batch: Batch) -> Tensor:
        """Emissions (batch, words, labels)."""
        embedded = self.table[batch.pieces].float() + self.position[: batch.pieces.shape[1]]
        extra = [
            self.dropout(self.features(batch.features).view(*batch.rules.shape, -1)),
            self.rules(batch.rules),
        ]
        return self.score(embedded, batch.piece_mask, batch.first_piece, torch.cat(extra, -1))

    def score(self, embedded: Tensor, mask: Tensor, first_piece: Tensor, extra: Tensor) -> Tensor:
        """What runs in onnxruntime: embedded pieces, features and rules' tags of words in, emissions out."""
        states = self.body(embedded, mask)
        chosen = states.gather(1, first_piece[..., None].expand(-1, -1, states.shape[-1]))
        joined = torch.cat([self.dropout(chosen), extra], -1)
        return self.out(self.dropout(functional.gelu(self.hidden(joined))))

    def loss(self, batch: Batch) -> Tensor:
        """Mean negative log likelihood of all label sequences that `allowed` leaves open."""
        scores = self(batch)
        everything = self._log_sum(scores, batch.word_mask)
        return (everything - self._log_sum(scores + batch.allowed, batch.word_mask)).mean()

    def _log_sum(self, scores: Tensor, mask: Tensor) -> Tensor:
        change, start, end = self.transitions()
        sums = start + scores[:, 0]
        for word in range(1, scores.shape[1]):
            following = torch.logsumexp(sums[:, :, None] + change, 1) + scores[:, word]
            sums = torch.where(mask[:, word, None] > 0, following, sums)
        return torch.logsumexp(sums + end, 1)
