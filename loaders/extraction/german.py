"""Back to the nominative: "der Technischen Universität" names the Technische Universität."""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.extraction.lexicon import Head, lexicon

ADJECTIVE = re.compile(
    r"(?:[\wäöüß]+-)*[\wäöüß]+?(?:isch|eutsch|lich|ig|al|är|iv|ell|ant|ent|frei|neu|groß|erst|zweit|dritt|zentral|national)(?:e|er|es|en|em)\Z",
    re.IGNORECASE,
)
ENDING = {"f": "e", "n": "es", "m": "er", "p": "e"}
LONGEST_WORD = 60  # characters; beyond that it is no word of a language
LONGEST_HEADS = 40  # characters; no German noun in the lists is longer


@lru_cache(maxsize=20_000)
def is_adjective(word: str) -> bool:
    """True for an inflected adjective as it stands in names: Technische, Deutsch-Niederländischen."""
    return len(word) < LONGEST_WORD and bool(ADJECTIVE.match(word))


def nominative_adjective(word: str, gender: str) -> str:
    """Give an adjective the ending it has before a noun of that gender without article.

    >>> nominative_adjective("Technischen", "f"), nominative_adjective("Deutschen", "n")
    ('Technische', 'Deutsches')
    """
    stem = re.sub(r"(?:e|er|es|en|em)\Z", "", word)
    return stem + ENDING.get(gender, "e")


@lru_cache(maxsize=20_000)
def head_of(word: str) -> tuple[Head, str] | None:
    """The head noun that a German word is or ends with, and the word's nominative.

    >>> head_of("Elisabeth-Krankenhauses")[1], head_of("Handelskammer")[0].type
    ('Elisabeth-Krankenhaus', 'Chamber')
    """
    heads = lexicon().heads
    if len(word) > LONGEST_WORD:
        return None
    for cut in ("", "s", "es", "n", "en", "e"):
        if cut and not word.casefold().endswith(cut):
            continue
        base = word[: len(word) - len(cut)] if cut else word
        lower = base.casefold()
        if lower in heads:
            return heads[lower], base
        for size in range(min(len(lower) - 1, LONGEST_HEADS), 2, -1):
            head = heads.get(lower[-size:])
            if head is not None and _may_end_compound(base, size):
                return head, base
    return None


def _may_end_compound(base: str, size: int) -> bool:
    before = base[-size - 1]
    if before == "-":
        return True
    if base[-size].isupper():  # ruhrHUB
        return before.islower()
    return size >= 5 and len(base) - size >= 3
