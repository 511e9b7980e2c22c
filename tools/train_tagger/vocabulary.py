"""The part of XLM-R's vocabulary that German and English need, as a SentencePiece model of its own.

The tokenizer gets single words that Python has brought into NFKC, so the model itself normalises nothing.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as format_

from tools.train_tagger.packed import Packed

SPECIAL = 4  # <s>, <pad>, </s>, <unk>
SIZE = 30_000


def trimmed(packed: Packed, words: Iterable[str], *, size: int = SIZE) -> list[int]:
    """Numbers of the `size` pieces that the words need most, ascending; the special pieces are always kept."""
    whole = sentencepiece.SentencePieceProcessor(model_proto=model(packed, range(len(packed.pieces))))
    counts: Counter[int] = Counter()
    for word, times in Counter(words).items():
        for number in whole.encode(unicodedata.normalize("NFKC", word)):
            counts[number] += times
    letters = {n for n, piece in enumerate(packed.pieces) if len(piece) == 1 and counts[n]}
    for special in range(SPECIAL):
        counts.pop(special, None)
    best = sorted(counts, key=lambda n: (n not in letters, -counts[n], n))[: size - SPECIAL]
    return [*range(SPECIAL), *sorted(best)]


def model(packed: Packed, keep: Iterable[int]) -> bytes:
    """A unigram model of the kept pieces with their old scores, numbered in the order given."""
    made = format_.ModelProto()
    made.trainer_spec.model_type = format_.TrainerSpec.UNIGRAM
    made.trainer_spec.bos_id, made.trainer_spec.pad_id = packed.bos, packed.pad
    made.trainer_spec.eos_id, made.trainer_spec.unk_id = packed.eos, packed.unk
    made.trainer_spec.pad_piece = "<pad>"
    made.normalizer_spec.name = "identity"
    made.normalizer_spec.add_dummy_prefix = True
    made.normalizer_spec.remove_extra_whitespaces = False
    for number in keep:
        piece = made.pieces.add()
        piece.piece, piece.score = packed.pieces[number], packed.scores[number]
        if number < SPECIAL:
            unknown = number == packed.unk
            piece.type = piece.UNKNOWN if unknown else piece.CONTROL
    return bytes(made.SerializeToString())
