"""Bodies by the noun before the name: "das Start-up dubidoc", "Firmen wie A, B und C"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.extraction.bodies.mention import body_mention
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.german import head_of
from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.tokens import Token, is_common


def by_apposition(text: str, tokens: Sequence[Token], i: int) -> Iterator[Mention]:
    """ "Das Start-up dubidoc", "Firmen wie A, B und C", "der Verein ruhrvalley e. V."."""
    cue = tokens[i].lower
    classes = lexicon().apposition
    type_ = classes.get(cue) or _compound_cue(cue)
    if not type_:
        return
    j = i + 1
    many = (cue.endswith(("s", "en", "ies")) and cue != "unternehmens") or cue == "unternehmen"
    if (j < len(tokens) and tokens[j].lower in ("wie", "like")) or (
        j + 1 < len(tokens) and tokens[j].lower == "such"
    ):
        j += 2 if tokens[j].lower == "such" else 1
        many = True
    while j < len(tokens):
        end = _appositive_name(tokens, j, type_)
        if end is None:
            return
        if not (
            end == j + 1 and head_of(tokens[j].text) is not None and tokens[j].lower in lexicon().generic
        ):
            yield body_mention(text, tokens, j, end, type_, rank=4, rule="apposition", confidence=0.75)
        if not (
            many and end + 1 < len(tokens) and tokens[end].text in (",", "und", "and", "sowie", "or", "oder")
        ):
            return
        j = end + 1


def _compound_cue(cue: str) -> str:
    """ "Robotik-Start-up", "Energiekonzerns": the last part of a compound is the cue."""
    for word in ("start-up", "start-ups", "startup", "startups", "spin-off"):
        if cue.endswith("-" + word):
            return "Startup"
    for word in ("konzern", "konzerns", "hersteller", "herstellers", "unternehmen", "unternehmens"):
        if cue.endswith(word) and len(cue) > len(word) + 2:
            return "Company"
    return ""


def _appositive_name(tokens: Sequence[Token], j: int, type_: str) -> int | None:
    """One past a name that begins at j, or None. Start-ups may be written small."""
    names = gazetteer()
    first = tokens[j]
    small = type_ == "Startup" and first.text.islower() and len(first.text) > 3 and first.is_word
    if not (first.is_name_like or small) or is_role(first.lower):
        return None
    if small and first.lower.endswith(("en", "te", "et", "ern", "st", "lich", "isch")):
        return None
    if first.is_function or is_common(first.lower) or names.demonym(first.text):
        return None
    if names.place(first.text) is not None and (j + 1 >= len(tokens) or not tokens[j + 1].is_name_like):
        return None
    end = j + 1
    while end < len(tokens) and end - j < 4 and (tokens[end].is_name_like or tokens[end].text in ("&", "+")):
        if is_role(tokens[end].lower) or (
            is_common(tokens[end].lower)
            and tokens[end].text.lower() == tokens[end].lower
            and tokens[end - 1].text != "&"
            and names.is_first_name(first.text)
        ):
            break
        end += 1
    if tokens[end - 1].text in ("&", "+"):
        end -= 1
    return end
