"""From scores of labels to the best sequence and its confidence (linear-chain CRF, many sentences at once).

Viterbi (1967) for the sequence; the forward-backward algorithm for each word's probability (Rabiner, Proc. IEEE 77,
1989).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NEVER = np.float32(-1e4)


def best_labels(
    scores: Sequence[Floats], change: Floats, start: Floats, end: Floats
) -> tuple[list[NDArray[np.int64]], list[Floats]]:
    """The best sequence of each sentence, and the probability of each of its labels.

    Args:
        scores: one array (words, labels) a sentence, at least one word each.
        change: (labels, labels), score of the column's label after the row's; -1e4 where forbidden.
        start, end: (labels,), score of a label at the beginning and at the end.
    Returns:
        label numbers (words,) and probabilities 0..1 (words,), one array a sentence.
    """
    lengths = np.array([len(s) for s in scores])
    padded = np.zeros((len(scores), lengths.max(), len(start)), np.float32)
    for row, one in enumerate(scores):
        padded[row, : len(one)] = one
    labels = _viterbi(padded, lengths, change, start, end)
    chances = _marginals(padded, lengths, change, start, end)
    sure = np.take_along_axis(chances, labels[..., None], axis=2)[..., 0]
    return [labels[n, :k] for n, k in enumerate(lengths)], [sure[n, :k] for n, k in enumerate(lengths)]


def _viterbi(
    scores: Floats, lengths: NDArray[np.int64], change: Floats, start: Floats, end: Floats
) -> NDArray[np.int64]:
    rows, words, count = scores.shape
    sums, back = start + scores[:, 0], np.zeros((words, rows, count), np.int64)
    for word in range(1, words):
        options = sums[:, :, None] + change
        inside = (word < lengths)[:, None]
        back[word] = np.where(inside, options.argmax(1), np.arange(count))
        sums = np.where(inside, options.max(1) + scores[:, word], sums)
    path = np.zeros((rows, words), np.int64)
    path[:, -1] = (sums + end).argmax(1)
    for word in range(words - 1, 0, -1):
        path[:, word - 1] = np.take_along_axis(back[word], path[:, word, None], axis=1)[:, 0]
    return path


def _marginals(
    scores: Floats, lengths: NDArray[np.int64], change: Floats, start: Floats, end: Floats
) -> Floats:
    """Probability of each label of each word; sums are kept near 1 by scaling at every step."""
    rows, words, count = scores.shape
    weights = np.exp(scores - scores.max(2, keepdims=True))
    steps, last = np.exp(change), np.exp(end - end.max())
    forward = np.zeros((rows, words, count), np.float32)
    forward[:, 0] = _scaled(weights[:, 0] * np.exp(start - start.max()))
    for word in range(1, words):
        forward[:, word] = _scaled((forward[:, word - 1] @ steps) * weights[:, word])
    backward = np.zeros((rows, words, count), np.float32)
    behind = np.broadcast_to(last, (rows, count))
    for word in range(words - 1, -1, -1):
        behind = np.where((word >= lengths - 1)[:, None], last, behind)
        backward[:, word] = behind
        behind = _scaled((behind * weights[:, word]) @ steps.T)
    return _scaled(forward * backward)


def _scaled(values: Floats) -> Floats:
    scaled: Floats = values / np.maximum(values.sum(-1, keepdims=True), np.float32(1e-30))
    return scaled
