"""What the tagger knows of a word besides its spelling: shape, endings, word lists; and its labels.

Training and running share this file: a change of a feature, of their order or of BUCKETS asks for a new training.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.tokens import Token, is_common

CLASSES = ("PER", "ORG", "LOC", "MISC")
RULE_TAGS = ("", "O", *(f"{mark}-{name}" for name in CLASSES for mark in "BI"))  # "": not asked
PARTS = tuple(
    f"P-{name}" for name in CLASSES
)  # a word whose part before the hyphen is a name: "RVR-Direktor"
LABELS = (*RULE_TAGS[1:], *PARTS)
BUCKETS = 6000  # rows of the feature table; row 0 is padding
MISC_TYPES = ("Programme", "Project", "Event")
PLACE_TYPES = ("Place", "City", "Region", "Country")
NO_NAME_TYPES = ("Topic", "Agreement", "Delegation")
RUN = re.compile(r"(.)\1+")
HEAD_SIZES = range(3, 16)


def forbidden() -> tuple[list[list[float]], list[float]]:
    """1 where a label may not follow another, and where it may not come first; 0 elsewhere.

    >>> pairs, starts = forbidden()
    >>> pairs[LABELS.index("B-PER")][LABELS.index("I-ORG")], starts[LABELS.index("B-PER")]
    (1.0, 0.0)
    """
    starts = [float(label.startswith("I-")) for label in LABELS]
    pairs = [
        [float(after.startswith("I-") and before not in (f"B-{after[2:]}", after)) for after in LABELS]
        for before in LABELS
    ]
    return pairs, starts


def class_of(type_: str) -> str:
    """PER, ORG, LOC or MISC for a type of the ontology; "" for what is no name (Topic, Agreement, Delegation)."""
    if type_ in NO_NAME_TYPES:
        return ""
    if type_ == "Person":
        return "PER"
    if type_ in PLACE_TYPES:
        return "LOC"
    return "MISC" if type_ in MISC_TYPES else "ORG"


def rule_tags(tokens: Sequence[Token], mentions: Iterable[Mention]) -> list[str]:
    """The rules' mentions of a sentence (without overlaps) as one tag a token, for `tagger.tag`."""
    tags = ["O"] * len(tokens)
    spans = [(m.start, m.end, class_of(m.type)) for m in mentions if m.name and m.rule != "demonym"]
    for start, end, name in spans:
        inside = [n for n, t in enumerate(tokens) if t.start < end and t.end > start] if name else []
        for place, n in enumerate(inside):
            tags[n] = f"{'I' if place else 'B'}-{name}"
    return tags


@lru_cache(maxsize=50_000)
def feature_rows(word: str) -> tuple[int, ...]:
    """Rows of the feature table that sum to a word's vector; sorted, none twice, never 0."""
    return tuple(sorted({crc32(f.encode()) % (BUCKETS - 1) + 1 for f in _features(word)}))


def _features(word: str) -> Iterator[str]:
    lower = word.casefold()
    yield f"w={lower}"
    yield f"sh={shape(word)}"
    yield f"len={min(len(word), 12)}"
    for size in range(2, 5):
        yield f"p{size}={lower[:size]}"
    for size in range(2, 7):
        yield f"s{size}={lower[-size:]}"
    yield from _from_lists(word, lower)
    if "-" in word:
        first, last = word.split("-", 1)[0], word.rsplit("-", 1)[-1]
        yield f"h1={shape(first)}"
        yield f"h2={last.casefold()[-6:]}"
        yield f"hk={is_common(last.casefold())}{is_role(last.casefold())}{last[:1].islower()}"
        if gazetteer().place(first):
            yield "hloc"


def _from_lists(word: str, lower: str) -> Iterator[str]:
    words = lexicon()
    if word in words.legal_forms:
        yield "legal"
    if lower in words.titles:
        yield "title"
    if lower in words.function_words:
        yield "function"
    if not word[:1].isupper():
        return
    names = gazetteer()
    if names.is_first_name(word):
        yield "first"
    elif names.may_be_first_name(word):
        yield "first?"
    place = names.place(word)
    if place is not None:
        yield f"place={place.kind}{names.is_ambiguous(word)}"
    if names.demonym(word) is not None:
        yield "demonym"
    yield f"common={is_common(lower)}"
    if is_role(lower):
        yield "role"
    head = _head(lower)
    if head:
        yield f"head={head}{head == lower}"
    for kind, listed in (
        ("ev", words.event_heads),
        ("pg", words.programme_heads),
        ("pj", words.project_heads),
    ):
        if any(lower[-size:] in listed for size in HEAD_SIZES):
            yield kind


def _head(lower: str) -> str:
    """The longest organisation noun that a word ends with, also before a case ending."""
    heads = lexicon().heads
    for ending in ("", "s", "es", "en", "n"):
        stem = lower.removesuffix(ending)
        if ending and stem == lower:
            continue
        for size in reversed(HEAD_SIZES):
            if stem[-size:] in heads and len(stem) >= size:
                return stem[-size:]
    return ""


def shape(word: str) -> str:
    """Letters and digits reduced to their kind, runs to one or two.

    >>> shape("SmartHospital.NRW"), shape("H2UB")
    ('XxXx.XX', 'X9XX')
    """
    kinds = ("9" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word)
    return RUN.sub(lambda run: run[0][:2] if run[1] == "X" else run[1], "".join(kinds))
