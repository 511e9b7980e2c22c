"""Bodies by their legal form: "Beispiel Robotik GmbH"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.extraction.bodies.mention import body_mention
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.german import head_of
from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.tokens import Token, is_common

JOINERS = frozenset(["&", "+", "–", "-"])


def by_legal_form(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    forms = lexicon().legal_forms
    for i, token in enumerate(tokens):
        if token.text not in forms or i == 0 or (i + 1 < len(tokens) and tokens[i + 1].text in ("&", "Co")):
            continue
        start = _trim(tokens, _walk_left(tokens, i), i)
        if start == i:
            continue
        end = i + 1
        type_ = class_within(tokens[start:i]) or forms[token.text]
        name = text[tokens[start].start : token.end]
        yield body_mention(
            text,
            tokens,
            start,
            end,
            type_,
            rank=1,
            rule="legal form",
            confidence=0.95,
            name=name,
        )


def _walk_left(tokens: Sequence[Token], i: int) -> int:
    """Step from a legal form back to the first word of the name."""
    forms = lexicon().legal_forms
    start = i
    j = i - 1
    while j >= 0:
        token = tokens[j]
        if token.text in JOINERS or token.text in forms or token.text in ("Co", "."):
            j -= 1
            continue
        if token.lower in ("für", "for", "of", "und", "and", "der", "data") and _joins(tokens, j):
            j -= 1
            continue
        if not (token.is_name_like or token.text.isdigit()) or is_role(token.lower):
            break
        start = j
        j -= 1
    return start - _written_small(tokens, start, i)


def _written_small(tokens: Sequence[Token], start: int, i: int) -> int:
    """1 where a word in small letters opens the name: "escrypt GmbH", "secunet Security Networks AG"."""
    if not start or start < i - 3:
        return 0
    word = tokens[start - 1]
    return int(
        word.text.islower()
        and word.is_word
        and len(word.text) > 3
        and not (word.is_function or is_common(word.lower))
    )


def _trim(tokens: Sequence[Token], start: int, i: int) -> int:
    """Leave "Dortmunder" and "Unternehmen" out of "das Dortmunder Unternehmen Solarwerk GmbH"."""
    while start < i - 1:
        place = gazetteer().demonym(tokens[start].text)
        adjective = place is not None and place.kind == "City" and tokens[start].text.endswith("er")
        adjective = adjective and not (
            start + 2 == i and is_common(tokens[start + 1].lower)
        )  # Duisburger Hafen AG
        shout = (
            tokens[start].text.isupper()
            and is_common(tokens[start].lower)
            and not tokens[start + 1].text.isupper()
        )
        cue = tokens[start].lower in lexicon().apposition and head_of(tokens[start].text) is None
        if not (adjective or shout or cue):
            break
        start += 1
    return start


def _joins(tokens: Sequence[Token], j: int) -> bool:
    if j == 0:
        return False
    before = tokens[j - 1]
    if tokens[j].lower in ("und", "and"):
        return before.text.endswith("-")
    if tokens[j].lower in ("data",):
        return before.is_word and before.text.islower() and not before.is_function
    return tokens[j].lower in ("für", "for", "of") and head_of(before.text) is not None


def class_within(tokens: Sequence[Token]) -> str:
    """The class that the nouns of a name tell: "Wirtschaftsförderung Region Stuttgart GmbH" is an agency."""
    for size in range(len(tokens), 0, -1):
        known = lexicon().bodies.get(" ".join(t.text for t in tokens[:size]))
        if known:
            return known[0]
    ranked = (
        "DevelopmentAgency",
        "Chamber",
        "Hospital",
        "University",
        "ResearchInstitute",
        "Hub",
        "Association",
    )
    found = {head[0].type for t in tokens if (head := head_of(t.text)) is not None}
    return next((type_ for type_ in ranked if type_ in found), "")
