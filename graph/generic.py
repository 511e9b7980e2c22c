"""Names that many things bear, such as "Joint Statement": documents do not meet in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def generic_words() -> frozenset[str]:
    """Folded words that say what kind of thing something is. They are data: generic.txt beside this file."""
    lines = Path(__file__).with_name("generic.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_generic(key: str) -> bool:
    """Whether a folded name has generic words and numbers only.

    >>> is_generic("gemeinsame kooperationsvereinbarung"), is_generic("hochschule bochum")
    (True, False)
    """
    return all(word in generic_words() or word.isdigit() for word in key.split())
