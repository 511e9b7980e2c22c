"""Hints of identity that stand beside a body: its website, the domain of its e-mail, its register number."""

from __future__ import annotations

import re

from loaders.extraction.entities import Cast, Thing

WEBSITE = re.compile(
    r"\b(?:https?://)?(www\.[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10})\b|\bhttps?://([\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@([\w-]+(?:\.[\w-]+)*\.[a-z]{2,10})\b", re.IGNORECASE)
REGISTER = re.compile(r"\b(HR[AB]\s?\d{2,7}(?:\s?[A-Z]{1,2}\b)?|VR\s?\d{2,6})")
NEAR = 200  # characters between a body and what belongs to it


def add_hints(text: str, cast: Cast) -> None:
    """Give a body the website, e-mail domain and register number that stand behind it in its line.

    Only the domain of an address is kept: the part before the @ may be a person's name.
    """
    for attribute, pattern in (("website", WEBSITE), ("email_domain", EMAIL), ("register_number", REGISTER)):
        for match in pattern.finditer(text):
            body = _body_before(text, cast, match.start())
            value = next(group for group in match.groups() if group).casefold()
            if body is not None:
                body.attributes.setdefault(attribute, value.upper() if pattern is REGISTER else value)


def _body_before(text: str, cast: Cast, position: int) -> Thing | None:
    """The last body named before a position in the same line."""
    line = text.rfind("\n", 0, position) + 1
    near = cast.within(max(line, position - NEAR), position)
    return next((thing for _, thing in reversed(near) if thing.root == "Organisation"), None)
