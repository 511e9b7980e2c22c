"""Words and marks of a sentence, and what a rule may ask of them."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from loaders.extraction.lexicon import lexicon

TOKEN = re.compile(
    r"e\. ?V\.|S\.A\.|B\.V\.|N\.V\.|S\.p\.A\.|h\. ?c\.|(?:[A-Z]\.)(?=[ -]?[A-Z])|"
    r"[^\W_]+(?:[-‐‑./@+&*:·][^\W_]+)*(?:[’'](?!s\b)[^\W_]+)*-?|[’']s\b|[^\w\s]"
)


LONGEST_WORD = 60  # characters; beyond that it is no word of a language


@dataclass(frozen=True, slots=True)
class Token:
    """`start`/`end` are offsets in the view's text; `lower` is the case-folded text."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_function(self) -> bool:
        return self.lower in lexicon().function_words

    @property
    def is_name_like(self) -> bool:
        """Capitalised, or with a capital or digit inside as in "ruhrHUB", and no function word."""
        return (any(c.isupper() for c in self.text) and self.text[0].isalnum()) and not self.is_function

    @property
    def is_acronym(self) -> bool:
        letters = [c for c in self.text if c.isalpha()]
        return (
            2 <= len(self.text) <= 8
            and len(letters) > 1
            and sum(c.isupper() for c in letters) > len(letters) / 2
        )


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Cut text[start:end]; a full stop that ends an abbreviation stays a token of its own."""
    return [Token(m[0], m[0].casefold(), m.start(), m.end()) for m in TOKEN.finditer(text, start, end)]


@cache
def _common_words() -> frozenset[str]:
    packed = files("loaders.extraction").joinpath("data/common_words.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split())


@lru_cache(maxsize=50_000)
def is_common(lower: str) -> bool:
    """Tell an everyday word, or a German compound that ends in one, from a name.

    >>> is_common("teilnehmer"), is_common("wasserstoffteilnehmer"), is_common("evonik")
    (True, True, False)
    """
    words = _common_words()
    if lower in words:
        return True
    if len(lower) > LONGEST_WORD:
        return False
    if "-" in lower:
        first, last = lower.split("-", 1)[0], lower.rsplit("-", 1)[1]
        return is_common(last) and (is_common(first) or len(first) < 3)
    endings = (lower, *(lower[: -len(e)] for e in ("s", "n", "e", "en", "es", "er") if lower.endswith(e)))
    if any(stem in words for stem in endings if len(stem) > 3):
        return True
    return any(lower[i:] in words and lower[:i] in _stems() for i in range(4, len(lower) - 3))


@cache
def _stems() -> frozenset[str]:
    """First parts of compounds: common words, also with the linking -s and -n."""
    words = _common_words()
    return words | {w + link for w in words for link in ("s", "n", "es", "en") if len(w) > 3}
