"""Small pieces that the patterns of several relations are built from."""

from __future__ import annotations

import re

from loaders.extraction.passage import Passage

THE = r"(?:(?:der|die|das|dem|den|des|the|its|their|ihr|ihre[mnrs]?|seine[mnrs]?|unsere[mnrs]?|ein(?:e[mnrs]?)?|an?)\s+)?"
PLAIN = r"(?:[^⟦.;:„“\"]|(?<=\d)\.|⟦M\d+⟧)"  # within one thought, no other name between
ASIDE = r"(?:\s*\([^()⟦⟧]{1,60}\))?"

WHERE = re.compile(
    r"\b(?:in|im|aus|nach|bei|from|to|at|ins|(?<!City\s)of|near|um)\s+(?:der\s+|dem\s+|den\s+|the\s+)?(?:[\wäöü]+en\s+)?$"
)


def gap(longest: int) -> str:
    """Up to `longest` characters without a name."""
    return rf"{PLAIN}{{0,{longest}}}?"


def across(longest: int) -> str:
    """Up to `longest` characters within the sentence, over other names."""
    return rf"(?:[^.;:„“\"]|(?<=\d)\.){{0,{longest}}}?"


def only_where(passage: Passage, number: int) -> bool:
    """A place after "in", "aus" or "nach" tells where, not who; so does one later in such a list."""
    first = passage.alongside(number)[0]
    before = (passage.coded[max(0, passage.position(n) - 16) : passage.position(n)] for n in {first, number})
    return any(WHERE.search(part) for part in before)
