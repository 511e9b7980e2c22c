"""Persons: a given name and what follows, or a capitalised pair where the context says "person"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.german import head_of
from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.tokens import Token, is_common

LONGEST_NAME = 8  # tokens
SAYING = frozenset(
    [
        "sagte",
        "sagt",
        "erklärte",
        "erklärt",
        "betonte",
        "betont",
        "so",
        "said",
        "says",
        "added",
        "explained",
        "unterstrich",
        "lobte",
        "meinte",
        "freute",
    ]
)
LEADING_VERBS = frozenset(
    [
        "leitet",
        "führt",
        "vorsteht",
        "vorsitzt",
        "angehört",
        "koordiniert",
        "verantwortet",
        "lehrt",
        "vertritt",
        "gründete",
    ]
)
HONORIFIC = frozenset(
    [
        "dr",
        "prof",
        "professor",
        "professorin",
        "herr",
        "herrn",
        "frau",
        "mr",
        "mrs",
        "ms",
        "sir",
        "dame",
        "lord",
        "lady",
    ]
)


def find_persons(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield full names; surnames alone are found later, once the full name is known."""
    i = 0
    while i < len(tokens):
        found = _named(tokens, i) or _in_context(tokens, i)
        if found is None:
            i += 1
            continue
        end, rule, confidence = found
        first, last = tokens[i], tokens[end - 1]
        start = _with_titles(tokens, i)
        name = text[first.start : last.end]
        if name.endswith("s") and rule == "given name" and end - i > 1 and _is_genitive(tokens, i, end):
            name = name[:-1]
        yield Mention(
            tokens[start].start,
            last.end,
            "Person",
            name,
            text[tokens[start].start : last.end],
            "",
            2,
            rule,
            confidence,
        )
        i = end


def _named(tokens: Sequence[Token], i: int) -> tuple[int, str, float] | None:
    names = gazetteer()
    first = tokens[i]
    if not (first.is_capitalised and names.may_be_first_name(first.text.split("-")[0])):
        return None
    if first.is_function or is_role(first.lower) or ("-" in first.text and head_of(first.text) is not None):
        return None
    end = _surname_end(tokens, i + 1)
    if end is None or (i + 1 == end):
        return None
    if not names.is_first_name(first.text.split("-")[0]) and is_common(tokens[end - 1].lower):
        return None
    if is_common(first.lower) and is_common(tokens[end - 1].lower):
        return None
    inside = names.longest_place([t.text for t in tokens[i - 1 : i + 3]], 0) if i else None
    if inside is not None and inside[1] > 1:  # "Tel Aviv Tür an Tür"
        return None
    place = names.longest_place([t.text for t in tokens[i : i + 4]], 0)
    if place is not None and (place[1] > 1 or place[0].kind in ("Country", "Region")):
        return None
    return end, "given name", 0.9


def _surname_end(tokens: Sequence[Token], i: int) -> int | None:
    """Walk over further given names, initials, particles and the surname; None where no surname follows."""
    names, words = gazetteer(), lexicon()
    end = None
    last = min(len(tokens), i + LONGEST_NAME)
    while i < last:
        token = tokens[i]
        if _is_initial(tokens, i):
            i += 1 if token.text.endswith(".") else 2
            continue
        inside = end is None or token.text in ("de", "da", "dos", "del", "van")
        if (
            inside
            and token.lower in words.particles
            and token.text.islower()
            and token.text not in ("und", "i", "y", "al")
        ):
            if not (
                i + 1 < len(tokens)
                and (_may_be_surname(tokens[i + 1]) or tokens[i + 1].lower in words.particles)
            ):
                break
            i += 1
            continue
        if token.text in ("i", "y") and end and i + 1 < len(tokens) and _may_be_surname(tokens[i + 1]):
            i += 1
            continue
        if not _may_be_surname(token):
            break
        if end is not None and not _second_surname(tokens, i):
            break
        end = i + 1
        i += 1
        if names.is_first_name(token.text) and i < len(tokens) and _may_be_surname(tokens[i]) and end - i < 3:
            continue
    return end


def _is_initial(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if len(token.text) == 2 and token.text[0].isupper() and token.text[1] == ".":
        return True
    return len(token.text) == 1 and token.text.isupper() and i + 1 < len(tokens) and tokens[i + 1].text == "."


def _may_be_surname(token: Token) -> bool:
    if not token.is_capitalised or not token.is_word or token.is_function or len(token.text) < 2:
        return False
    if any(c.isdigit() for c in token.text) or (token.text.isupper() and len(token.text) > 1):
        return False
    words = lexicon()
    if token.lower in words.titles or token.text.startswith("Md"):
        return False
    return not is_role(token.lower) and token.text not in words.legal_forms and not _is_head(token.lower)


def _second_surname(tokens: Sequence[Token], i: int) -> bool:
    """A further capitalised word belongs to the name when it is no everyday noun and no place."""
    token = tokens[i]
    return not is_common(token.lower) and gazetteer().demonym(token.text) is None


def _is_head(lower: str) -> bool:
    words = lexicon()
    return lower in words.heads or any(
        lower.endswith(h)
        for h in ("universität", "institut", "gesellschaft", "verband", "minister", "krankenhaus")
    )


def _in_context(tokens: Sequence[Token], i: int) -> tuple[int, str, float] | None:
    """Two capitalised words that are no everyday words, where a role, a title or a verb of saying stands by."""
    first = tokens[i]
    if not (_may_be_surname(first) and not is_common(first.lower)) or _placelike(tokens, i):
        return None
    if _titled(tokens, i):
        end = _surname_end(tokens, i)
        return (end, "title", 0.85) if end else None
    end = _surname_end(tokens, i + 1)
    if end is None or end - i < 2 or is_common(tokens[end - 1].lower) or _placelike(tokens, end - 1):
        return None
    before = tokens[i - 1] if i else None
    after = tokens[end] if end < len(tokens) else None
    if before is not None and (is_role(before.lower) or before.lower in SAYING):
        return end, "role before", 0.8
    if after is not None and after.text == "," and end + 1 < len(tokens) and _role_follows(tokens, end + 1):
        return end, "role after", 0.75
    if (
        after is not None
        and after.text == "("
        and end + 1 < len(tokens)
        and tokens[end + 1].text in lexicon().parties
    ):
        return end, "party after", 0.8
    return None


def _placelike(tokens: Sequence[Token], i: int) -> bool:
    names = gazetteer()
    return (
        names.longest_place([t.text for t in tokens[i : i + 5]], 0) is not None
        or names.demonym(tokens[i].text) is not None
    )


def _titled(tokens: Sequence[Token], i: int) -> bool:
    j = i - 1
    if j >= 0 and tokens[j].text == ".":
        j -= 1
    return j >= 0 and tokens[j].lower in HONORIFIC


def _role_follows(tokens: Sequence[Token], i: int) -> bool:
    window = tokens[i : i + 5]
    if not window:
        return False
    if window[0].lower in ("der", "die", "who") and len(tokens) > i + 1 and not tokens[i + 1].is_capitalised:
        if window[0].lower == "who" or any(is_role(t.lower) for t in tokens[i : i + 6]):
            return True
        return any(t.lower in LEADING_VERBS for t in tokens[i : i + 25])
    return any(is_role(t.lower) for t in window if t.text != ",")


def _with_titles(tokens: Sequence[Token], i: int) -> int:
    """Step back over "Prof. Dr. med." before the name."""
    titles = lexicon().titles
    j = i
    while j:
        if tokens[j - 1].lower in titles:
            j -= 1
        elif j > 1 and tokens[j - 1].text == "." and tokens[j - 2].lower in titles:
            j -= 2
        else:
            break
    return j


def _is_genitive(tokens: Sequence[Token], i: int, end: int) -> bool:
    """ "Andrea Beispiels Rede": the s is an ending when a noun follows and the bare form stands nowhere else."""
    last = tokens[end - 1]
    bare = last.text[:-1]
    return any(t.text == bare for t in tokens) and end < len(tokens) and tokens[end].is_capitalised
