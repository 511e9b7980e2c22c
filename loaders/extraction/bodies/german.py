"""Bodies by a German head noun: "Technische Universität Dortmund", "Institut für IT-Sicherheit"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.extraction.bodies.mention import body_mention
from loaders.extraction.bodies.tail import right_end, short_form_follows
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.german import head_of, is_adjective, nominative_adjective
from loaders.extraction.lexicon import Head, lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.tokens import Token, is_common
from ontology.names import fold
from ontology.topics import labels


def by_german_head(text: str, tokens: Sequence[Token], i: int) -> Iterator[Mention]:
    token = tokens[i]
    if not (token.is_capitalised or any(c.isupper() for c in token.text)):
        return
    found = head_of(token.text)
    if found is None:
        return
    head, base = found
    start, adjectives = _left(tokens, i)
    end = right_end(tokens, i, head)
    core = _core_is_name(token, base, head) or (start < i and short_form_follows(tokens, end))
    if head.word == "messe" and token.lower != "messe":
        return  # a compound of "Messe" is an event
    if end > i + 1 or start < i or core:
        name = _german_name(text, tokens, start, i, end, base, head)
        weak = start == i and end == i + 1 and not core
        if adjectives and end == i + 1 and not core and not _says_where(tokens, start, i):
            weak = True
        if not weak:
            yield body_mention(text, tokens, start, end, refined_class(head, name), head=head.word, name=name)
            return
    yield body_mention(text, tokens, i, i + 1, head.type, head=head.word, name="", rank=6, confidence=0.5)


def _says_where(tokens: Sequence[Token], start: int, i: int) -> bool:
    """An adjective of a place, or any non-adjective before the head, makes a noun a name."""
    return any(
        gazetteer().demonym(t.text) is not None or not is_adjective(t.text) for t in tokens[start:i]
    ) or (tokens[i].is_acronym and tokens[start].is_capitalised)


def _core_is_name(token: Token, base: str, head: Head) -> bool:
    lower = base.casefold()
    words = lexicon()
    if any(lower.endswith(s) for s in words.standalone) and (
        lower not in words.heads or lower in words.standalone
    ):
        return True
    if lower in words.generic or lower == head.word:
        return False
    first = base[: -len(head.word)].rstrip("-")
    if "-" in base or any(c.isupper() for c in base[1:]):
        part = first.split("-")[0]
        return not is_common(part.casefold()) or part.isupper()
    return (
        head.word not in words.generic
        and not is_common(lower)
        and len(lower) > len(head.word) + 3
        and not is_common(first.casefold().rstrip("s"))
    )


def _left(tokens: Sequence[Token], i: int) -> tuple[int, bool]:
    """First token of the name left of the head: adjectives, then proper words and acronyms."""
    names = gazetteer()
    start, adjectives = i, False
    while start:
        before = tokens[start - 1]
        if before.text == "und" and start > 1 and tokens[start - 2].text.endswith("-") and start == i:
            start -= 2
            continue
        if before.lower in ("und", "&") or not before.is_word or is_role(before.lower) or before.is_function:
            break
        owner = before.text.endswith("s") and not before.text.isupper() and names.place(before.text) is None
        if (
            owner
            and not is_common(before.lower)
            and any(tokens[i].lower.endswith(w) for w in lexicon().standalone)
        ):
            break  # "Beispiels Staatskanzlei" belongs to a person
        if before.is_capitalised and (is_adjective(before.text) or names.demonym(before.text)):
            start, adjectives = start - 1, True
            continue
        if before.is_name_like and not is_common(before.lower) and not adjectives and start > 1:
            if names.is_first_name(before.text) and start == i and not _name_runs_on(tokens, start - 1):
                break
            start -= 1
            continue
        if (
            head_of(tokens[i].text)
            and tokens[i].lower in ("gruppe", "group")
            and before.text.islower()
            and start > 1
            and start > i - 2
        ):
            first = tokens[start - 2] if start == i else before
            if (
                first.text.islower()
                and not first.is_function
                and not is_common(first.lower)
                and first.is_word
            ):
                return (start - 2 if start == i else start - 1), adjectives
        if before.text.islower() and names.demonym(before.text) and head_of(tokens[i].text) and start == i:
            start, adjectives = start - 1, True
        break
    return start, adjectives


def _name_runs_on(tokens: Sequence[Token], i: int) -> bool:
    return i > 0 and tokens[i - 1].is_name_like


def _german_name(
    text: str, tokens: Sequence[Token], start: int, i: int, end: int, base: str, head: Head
) -> str:
    parts = [
        nominative_adjective(t.text, head.gender) if _declines(t, head) else t.text for t in tokens[start:i]
    ]
    rest = text[tokens[i].end : tokens[end - 1].end] if end > i + 1 else ""
    rest = re.sub(r"\s*\([^()]*\)", "", rest)
    return " ".join([*parts, base]) + rest


def _declines(token: Token, head: Head) -> bool:
    """City adjectives in -er never change: "Wuppertaler"."""
    city = (
        token.text.endswith("er")
        and gazetteer().demonym(token.text) is not None
        and not token.text.endswith("ischer")
    )
    return is_adjective(token.text) and head.gender != "x" and not city


def refined_class(head: Head, name: str) -> str:
    """Some heads say little; the rest of the name says more."""
    lower = name.casefold()
    if head.word in ("gesellschaft", "agentur", "zentrum") and "wirtschaft" in lower and "förder" in lower:
        return "DevelopmentAgency"
    if head.type == "Hub" and head.word.startswith("innovation cent") and _is_technical(lower, head.word):
        return "ResearchInstitute"
    if head.word == "zentrum" and any(w in lower for w in ("gründer", "technologie- und", "innovations")):
        return "Hub"
    return head.type


def _is_technical(name: str, head: str) -> bool:
    """A field of technology before "Innovation Centre" tells a research centre from a start-up centre."""
    words = fold(name.split(head)[0]).split()
    return any(" ".join(words[-n:]) in labels() for n in (1, 2, 3))
