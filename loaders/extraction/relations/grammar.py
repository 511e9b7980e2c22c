"""Small pieces that the patterns of several relations are built from."""

from __future__ import annotations

THE = r"(?:(?:der|die|das|dem|den|des|the|its|their|ihr|ihre[mnrs]?|seine[mnrs]?|unsere[mnrs]?|ein(?:e[mnrs]?)?|an?)\s+)?"
PLAIN = r"(?:[^⟦.;:„“\"]|(?<=\d)\.|⟦M\d+⟧)"  # within one thought, no other name between
ASIDE = r"(?:\s*\([^()⟦⟧]{1,60}\))?"


def gap(longest: int) -> str:
    """Up to `longest` characters without a name."""
    return rf"{PLAIN}{{0,{longest}}}?"


def across(longest: int) -> str:
    """Up to `longest` characters within the sentence, over other names."""
    return rf"(?:[^.;:„“\"]|(?<=\d)\.){{0,{longest}}}?"
