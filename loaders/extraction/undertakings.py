"""Agreements, delegations, programmes, projects and events: a head noun, with or without a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.german import head_of, is_adjective, nominative_adjective
from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.tokens import Token, is_common

ENGLISH_ONLY = frozenset(("mission", "award", "awards", "agreement", "accord", "panel"))
QUOTED = re.compile(r"\s*[„“\"»‚‘'«]([^„“”\"«»‘’\n]{2,80})[“”\"«‘’'»]")
INDEFINITE = frozenset(
    [
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "a",
        "an",
        "another",
        "zweite",
        "neue",
        "neues",
        "neuen",
        "ihr",
        "ihre",
        "their",
        "its",
        "new",
    ]
)
PROJECT_NEAR = re.compile(r"\b(?:\w*[Pp]rojekt\w*|Vorhaben|projects?|Konsortium|consortium)\b")
NUMBERED = re.compile(r"\d{4}(?:[–/-]\d{2,4})?\Z")


def find_undertakings(text: str, tokens: Sequence[Token], language: str) -> Iterator[Mention]:
    """Yield named undertakings, and nouns that introduce one or point back at one (empty name)."""
    words = lexicon()
    for i, token in enumerate(tokens):
        if not token.is_word:
            continue
        yield from _bridge(text, tokens, i)
        yield from _by_shape(text, tokens, i)
        phrase = _phrase(tokens, i, words.agreement_heads)
        if phrase:
            yield _noun(text, tokens, i, phrase, "Agreement")
            continue
        phrase = _phrase(tokens, i, words.delegation_heads)
        if phrase:
            yield _noun(text, tokens, i, phrase, "Delegation")
            continue
        if tokens[i].lower in words.delegation_anaphora and not (
            i + 1 < len(tokens) and tokens[i + 1].text == "-"
        ):
            yield _noun(text, tokens, i, 1, "Delegation")
            continue
        yield from _programme_by_list(text, tokens, i)
        for heads, type_ in (
            (words.programme_heads, "Programme"), (words.project_heads, "Project"), (words.event_heads, "Event"),
        ):  # fmt: skip
            if phrase := _phrase(tokens, i, heads):
                yield from _named(text, tokens, i, phrase, type_)
                break
    yield from _defined_projects(text, tokens)


def _phrase(tokens: Sequence[Token], i: int, heads: frozenset[str]) -> int:
    """How many tokens from i make one of the heads (a German compound may end with one); 0 for none."""
    token = tokens[i]
    if token.lower in _beginnings(heads):
        for size in (4, 3, 2):
            if i + size <= len(tokens) and " ".join(t.lower for t in tokens[i : i + size]) in heads:
                return size
    return int(_is_head(token.lower, token.is_capitalised or _camel(token.text), heads))


@cache
def _beginnings(heads: frozenset[str]) -> frozenset[str]:
    """The first words of heads of several words."""
    return frozenset(head.split()[0] for head in heads if " " in head)


@lru_cache(maxsize=20_000)
def _is_head(lower: str, may_be_noun: bool, heads: frozenset[str]) -> bool:
    for form in (lower, lower[:-1], lower[:-2]):
        inflected = lower == form or lower[len(form) :] in ("s", "n", "en", "es", "e")
        if form in heads and inflected:
            return True
        if inflected and may_be_noun and len(form) > 8:
            ends = (form[-size:] for size in range(5, len(form) - 2))
            if any(end in heads and end not in ENGLISH_ONLY for end in ends):
                return True
    return False


def _mention(
    text: str, tokens: Sequence[Token], i: int, end: int, type_: str, name: str, **more: object
) -> Mention:
    start, stop = tokens[i].start, tokens[end - 1].end
    values: dict[str, object] = {"rank": 3, "rule": "head", "confidence": 0.8, **more}
    return Mention(start, stop, type_, name, text[start:stop], **values)  # type: ignore[arg-type]


def _noun(text: str, tokens: Sequence[Token], i: int, size: int, type_: str) -> Mention:
    """An agreement or a delegation has seldom a name: the noun stands for it."""
    head = " ".join(t.lower for t in tokens[i : i + size])
    if i > 1 and tokens[i - 1].text == "und" and tokens[i - 2].text.endswith("-"):
        whole = text[tokens[i - 2].start : tokens[i + size - 1].end]  # "Energie- und Klimapartnerschaft"
        return _mention(
            text, tokens, i - 2, i + size, type_, "", head=whole.casefold(), rule="introduced", rank=4
        )
    j = i - 1
    while (
        j >= 0
        and tokens[j].is_word
        and (tokens[j].text.islower() or is_adjective(tokens[j].text))
        and i - j < 4
    ):
        if tokens[j].lower in INDEFINITE:
            return _mention(text, tokens, i, i + size, type_, "", head=head, rule="introduced", rank=4)
        if tokens[j].is_function:
            break
        j -= 1
    return _mention(text, tokens, i, i + size, type_, "", head=head, rule="pointed at", rank=4)


def _by_shape(text: str, tokens: Sequence[Token], i: int) -> Iterator[Mention]:
    """ "Two4C", "MEDIC-NEST", "Matchmaker.Ruhr": odd capitals and digits near the word "Projekt" name a project."""
    word = tokens[i].text
    odd = (
        any(c.isdigit() for c in word[1:])
        or _camel(word)
        or (word.count("-") == 1 and word.isupper())
        or "." in word[1:-1]
    )
    if (
        not (odd and word[0].isalpha() and word[0].isupper() and 3 < len(word) < 30)
        or head_of(word) is not None
    ):
        return
    near = text[max(0, tokens[i].start - 80) : tokens[i].end + 80]
    if PROJECT_NEAR.search(near) and word not in lexicon().bodies:
        yield _mention(text, tokens, i, i + 1, "Project", word, rank=6, rule="shape", confidence=0.5)


def _bridge(text: str, tokens: Sequence[Token], i: int) -> Iterator[Mention]:
    """ "Innovation Bridge Israel"."""
    if (
        tokens[i].lower == "innovation"
        and i + 1 < len(tokens)
        and tokens[i + 1].lower in ("bridge", "bridges")
    ):
        end = i + 2
        while (
            end < len(tokens) and tokens[end].is_name_like and end < i + 5 and not is_role(tokens[end].lower)
        ):
            end += 1
        yield _mention(text, tokens, i, end, "Programme", text[tokens[i].start : tokens[end - 1].end], rank=2)


def _programme_by_list(text: str, tokens: Sequence[Token], i: int) -> Iterator[Mention]:
    for name in lexicon().known_programmes:
        if text.startswith(name, tokens[i].start) and not text[tokens[i].start + len(name) :][:1].isalnum():
            end = next(j for j in range(i, len(tokens)) if tokens[j].end >= tokens[i].start + len(name)) + 1
            if name == "Interreg":
                while end < len(tokens) and (tokens[end].is_name_like) and not is_role(tokens[end].lower):
                    end += 1
            surface = text[tokens[i].start : tokens[end - 1].end]
            yield _mention(text, tokens, i, end, "Programme", surface, rank=2, rule="list", confidence=0.9)
            return
    german = re.match(
        r"Europäischen? Fonds für regionale Entwicklung", text[tokens[i].start : tokens[i].start + 60]
    )
    if german:
        end = i + len(german[0].split())
        yield _mention(
            text, tokens, i, end, "Programme", "Europäischer Fonds für regionale Entwicklung", rank=1
        )


def _named(text: str, tokens: Sequence[Token], i: int, size: int, type_: str) -> Iterator[Mention]:
    """A head noun with a name: quoted behind it, capitalised behind it, or before it."""
    head = " ".join(t.lower for t in tokens[i : i + size])
    after = i + size
    quoted = QUOTED.match(text, tokens[after - 1].end)
    if quoted:
        stop = next((j for j, t in enumerate(tokens) if t.start >= quoted.end(1)), len(tokens))
        first = next(j for j, t in enumerate(tokens) if t.start >= quoted.start(1))
        if stop > first:
            yield Mention(
                quoted.start(1), quoted.end(1), type_, quoted[1].strip(), quoted[1], head, 1, "quoted", 0.9
            )
            return
    start = _left_name(tokens, i, type_)
    end = _right_name(tokens, after, type_)
    if start < i or end > after:
        own = tokens[i].is_capitalised and (start < i or type_ == "Event" or _is_compound(head, type_))
        begin = start if (start < i or own or type_ != "Project") else after
        bare = type_ in ("Project", "Programme") and not _is_compound(head, type_)
        fair = (
            type_ == "Event" and head not in lexicon().event_generic and not _begins_with_place(tokens, after)
        )
        if begin == i and end > after and (bare or fair):
            begin = after
        name = _clean_name(text, tokens, begin, i, end)
        yield _mention(text, tokens, begin, end, type_, name, head=head, confidence=0.75)
        return
    if _camel(tokens[i].text):
        yield _mention(text, tokens, i, after, type_, tokens[i].text, head=head)
        return
    if type_ == "Event" and (described := _described(text, tokens, i, after, head)):
        yield described
        return
    yield _mention(text, tokens, i, after, type_, "", head=head, rank=6, rule="pointed at", confidence=0.5)


def _described(text: str, tokens: Sequence[Token], i: int, after: int, head: str) -> Mention | None:
    """A telling event noun stands for its event: "Auftaktveranstaltung der RIS-Koordinatoren"."""
    words = lexicon()
    if head not in words.telling_events and not any(
        head.endswith(w) and len(head) > len(w) for w in words.telling_events
    ):
        return None
    end = after
    if end + 1 < len(tokens) and tokens[end].lower in ("der", "des", "of") and tokens[end + 1].is_name_like:
        end += 2
    name = text[tokens[i].start : tokens[end - 1].end]
    return _mention(
        text, tokens, i, after, "Event", name, head=head, rank=6, rule="described", confidence=0.6
    )


def _begins_with_place(tokens: Sequence[Token], i: int) -> bool:
    texts = [t.text for t in tokens[i : i + 5]]
    names = gazetteer()
    parts = texts[0].split("-") if texts else []
    joined = len(parts) > 1 and any(names.place(p) is not None for p in parts)  # "Clusterforum Québec-Bayern"
    return texts[:1] == ["Region"] or joined or names.longest_place(texts, 0) is not None


def _is_compound(head: str, type_: str) -> bool:
    words = lexicon()
    heads = words.programme_heads if type_ == "Programme" else words.project_heads
    return head not in heads or head in ("arbeitsprogramm", "aktionsplan", "rahmenprogramm", "fonds")


def _camel(word: str) -> bool:
    return any(a.islower() and b.isupper() for a, b in pairwise(word))


def _left_name(tokens: Sequence[Token], i: int, type_: str) -> int:
    start = i
    while start:
        before = tokens[start - 1]
        if type_ == "Event" and before.text == "." and start > 1 and tokens[start - 2].text.isdigit():
            return start - 2
        if tokens[start].start - before.end > 1 or before.lower == "uhr":
            break  # a gap as in a table
        joins = before.lower in ("and", "of", "for", "the", "&", "–") and start < i and start > 1
        if (
            joins
            and tokens[start - 2].is_name_like
            and tokens[start - 2].text.isascii()
            and tokens[i].text.isascii()
        ):
            start -= 2
            continue
        if not before.is_word or before.is_function or is_role(before.lower):
            break
        if before.is_name_like and not (is_adjective(before.text) and before.text.islower()):
            if type_ in ("Project", "Programme") and (is_common(before.lower) or is_adjective(before.text)):
                break
            if gazetteer().demonym(before.text) and type_ != "Event":
                break
            if is_common(before.lower) and not before.text.isascii():
                break
            start -= 1
            continue
        if type_ == "Event" and before.text.isdigit() and len(before.text) == 4:
            start -= 1
            continue
        break
    return start


def _right_name(tokens: Sequence[Token], end: int, type_: str) -> int:
    names = gazetteer()
    stop = end
    while stop < len(tokens) and stop - end < 5:
        token = tokens[stop]
        if NUMBERED.match(token.text):
            stop += 1
            continue
        if token.text in ("&", "+") and stop > end:
            stop += 1
            continue
        if not token.is_name_like or is_role(token.lower) or names.is_first_name(token.text.split("-")[0]):
            break
        if (
            is_common(token.lower)
            and names.place(token.text) is None
            and stop == end
            and not token.text.isascii()
        ):
            break
        if (
            is_common(token.lower)
            and stop == end
            and type_ in ("Project", "Programme")
            and len(token.text) > 3
        ):
            following = tokens[stop + 1] if stop + 1 < len(tokens) else None
            if following is None or not following.is_name_like:
                break
        stop += 1
    return stop


def _clean_name(text: str, tokens: Sequence[Token], begin: int, i: int, end: int) -> str:
    name = text[tokens[begin].start : tokens[end - 1].end]
    for token in tokens[begin:i]:
        if is_adjective(token.text) and token.text.endswith(("en", "em")):
            name = name.replace(token.text, nominative_adjective(token.text, "m"), 1)
    return name


def _defined_projects(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    """ "X ist ein Forschungsprojekt", "X, an initiative of": the class is told behind the name."""
    pattern = re.compile(
        r"((?:[A-ZÄÖÜ][\w.+@-]{0,40}|\b\w{1,20}[A-Z][\w.+@-]{0,40})(?: [A-ZÄÖÜ0-9][\w.+-]*){0,3}),? (?:ist|is|,) "
        r"(?:ein|eine|einer|das|die|der|a|an|the|one)\b"
        r"[^.,;]{0,60}?\b(\w*(?:projekt|programm|initiative|project|programme|scheme|konsortium|consortium))\b"
    )
    if not tokens:
        return
    for match in pattern.finditer(text, tokens[0].start, tokens[-1].end):
        noun = match[2].casefold()
        type_ = (
            "Project" if noun.endswith(("projekt", "project", "konsortium", "consortium")) else "Programme"
        )
        name = match[1]
        first = name.split()[0]
        if first.casefold() in lexicon().function_words:
            name = name[len(first) + 1 :]
        if name and not is_role(name.casefold()) and (not is_common(name.casefold()) or _camel(name)):
            start = match.end(1) - len(name)
            yield Mention(start, match.end(1), type_, name, name, noun, 2, "defined", 0.8)
