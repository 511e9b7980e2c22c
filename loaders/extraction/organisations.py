"""Bodies: by legal form, by head noun, by a noun before the name, by lists and by shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.extraction.bodies.apposition import by_apposition
from loaders.extraction.bodies.english import by_english_head
from loaders.extraction.bodies.german import by_german_head
from loaders.extraction.bodies.known import by_list, by_shape
from loaders.extraction.bodies.legal_forms import by_legal_form
from loaders.extraction.mentions import Mention
from loaders.extraction.tokens import Token


def find_organisations(text: str, tokens: Sequence[Token], language: str) -> Iterator[Mention]:
    """Yield named bodies and, with an empty name, nouns that point back at one ("die Universität")."""
    yield from by_legal_form(text, tokens)
    yield from by_list(text, tokens)
    yield from by_shape(text, tokens)
    for i, token in enumerate(tokens):
        if not token.is_word:
            continue
        if language != "en" or not token.text.isascii():
            yield from by_german_head(text, tokens, i)
        yield from by_english_head(text, tokens, i)
        yield from by_apposition(text, tokens, i)
