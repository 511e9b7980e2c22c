"""Role words: "Geschäftsführerin", "Regionaldirektor", "managing director"."""

from __future__ import annotations

from functools import lru_cache

from loaders.extraction.lexicon import lexicon

SHORT = {
    "ob",
    "chef",
    "lead",
    "head",
    "chair",
    "dean",
    "partner",
    "leader",
    "owner",
    "member",
    "vorstand",
    "beirat",
    "leiter",
}


@lru_cache(maxsize=20_000)
def is_role(lower: str) -> bool:
    """True for a role noun or a German compound or inflected form of one.

    >>> is_role("regionaldirektors"), is_role("eu-kommissarin"), is_role("vektor")
    (True, True, False)
    """
    return bool(role_head(lower))


@lru_cache(maxsize=20_000)
def role_head(lower: str) -> str:
    """The role noun that a word is or ends with; "" for other words."""
    heads = lexicon().role_heads
    if len(lower) > 60:
        return ""
    forms = (lower, lower.rstrip("s"), lower[:-1] if lower.endswith("n") else lower, lower.removesuffix("en"))
    for form in forms:
        if form in heads:
            return form
    for form in forms:
        last = form.rsplit("-", 1)[-1]
        if last != form and last in heads:
            return last
        for size in range(6, len(form) - 2):
            if form[-size:] in heads and form[-size:] not in SHORT:
                return form[-size:]
        for short in ("chef", "leiter", "leiterin", "chefin"):
            if form.endswith(short) and len(form) > len(short) + 2:
                return short
    return ""
