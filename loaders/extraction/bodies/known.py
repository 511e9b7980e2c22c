"""Bodies by the list of universities, by the list of well-known bodies, and by their shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from loaders.extraction.bodies.mention import body_mention
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.tokens import Token
from ontology.topics import concepts

BEFORE_ACRONYM = frozenset(
    [
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "beim",
        "vom",
        "zum",
        "zur",
        "am",
        "im",
        "die",
        "the",
        "of",
        "at",
        "by",
        "with",
        "from",
        "bei",
        "von",
    ]
)


def by_list(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    names = gazetteer()
    for i, token in enumerate(tokens):
        if not token.is_name_like or "allian" in token.lower:
            continue
        for size in range(min(7, len(tokens) - i), 1, -1):
            surface = text[token.start : tokens[i + size - 1].end]
            if "llian" not in surface and names.institution(surface):
                yield body_mention(
                    text, tokens, i, i + size, "University", rank=3, rule="list", confidence=0.95
                )
                break


def by_shape(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    """Well-known bodies; acronyms and words with capitals inside, where an article or a role points at a body."""
    for i, token in enumerate(tokens):
        known = _known_at(text, tokens, i)
        if known:
            size, type_, name = known
            yield body_mention(
                text, tokens, i, i + size, type_, rank=3, rule="known body", confidence=0.9, name=name
            )
        elif token.lower.endswith("hub") and token.text[-3:].isupper() and len(token.text) > 3:
            yield body_mention(text, tokens, i, i + 1, "Hub", rank=4, rule="shape", confidence=0.7)
        elif token.is_acronym and _points_at_body(tokens, i):
            yield body_mention(
                text, tokens, i, i + 1, _class_of_shape(token), rank=5, rule="acronym", confidence=0.6
            )
        elif (
            "-" in token.text
            and (cut := token.text.split("-"))[0].isupper()
            and is_role(cut[-1].casefold())
            and len(cut[0]) > 1
        ):
            yield Mention(
                token.start,
                token.start + len(cut[0]),
                "Organisation",
                cut[0],
                cut[0],
                "",
                3,
                "role compound",
                0.7,
            )


def _known_at(text: str, tokens: Sequence[Token], i: int) -> tuple[int, str, str] | None:
    """The longest well-known body that begins at token i: its tokens, class and name."""
    bodies = lexicon().bodies
    for size in range(min(6, len(tokens) - i), 0, -1):
        surface = text[tokens[i].start : tokens[i + size - 1].end]
        plain = surface.replace("ischen ", "ische ", 1)  # "der Europäischen Union"
        for name in (plain, surface.removesuffix("s")):  # "Evoniks"
            if name in bodies:
                return size, bodies[name][0], name
    return None


def _points_at_body(tokens: Sequence[Token], i: int) -> bool:
    """An unknown acronym counts as a body after "der", "bei der", "the", "of the" ... or before "GmbH"-less brackets."""
    token, before = tokens[i], tokens[i - 1] if i else None
    if token.text in lexicon().parties or token.lower in _acronyms_that_are_topics() or len(token.text) < 3:
        return False
    if (
        gazetteer().place(token.text) is not None
        or token.text in lexicon().legal_forms
        or token.text.isdigit()
    ):
        return False
    return before is not None and before.lower in BEFORE_ACRONYM and not any(c in token.text for c in "-/")


def _class_of_shape(token: Token) -> str:
    return "Hub" if token.lower.endswith("hub") else "Organisation"


@cache
def _acronyms_that_are_topics() -> frozenset[str]:
    return frozenset(text.casefold() for c in concepts().values() for _, text in c.synonyms if text.isupper())
