"""A mention of a body."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.extraction.mentions import Mention
from loaders.extraction.tokens import Token


def body_mention(text: str, tokens: Sequence[Token], i: int, end: int, type_: str, **more: object) -> Mention:
    surface = text[tokens[i].start : tokens[end - 1].end]
    values: dict[str, object] = {"name": surface, "rank": 3, "rule": "head", **more}
    return Mention(tokens[i].start, tokens[end - 1].end, type_, surface=surface, **values)  # type: ignore[arg-type]
