"""Bodies by an English head noun: "University of Salford", "Department for Business and Trade"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.extraction.bodies.german import refined_class
from loaders.extraction.bodies.mention import body_mention
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.tokens import Token, is_common
from ontology.names import fold
from ontology.topics import labels

LONGEST_ENGLISH_HEAD = 4  # tokens


def by_english_head(text: str, tokens: Sequence[Token], i: int) -> Iterator[Mention]:
    heads = lexicon().heads
    for size in range(min(LONGEST_ENGLISH_HEAD, len(tokens) - i), 0, -1):
        words = tokens[i : i + size]
        head = heads.get(" ".join(t.lower for t in words))
        if head is None or head.gender != "x" or not words[0].is_name_like:
            continue
        start = _english_left(tokens, i)
        end = _english_right(tokens, i + size)
        if any(
            t.lower in heads and heads[t.lower].gender == "x"
            for t in tokens[i + size : end]
            if tokens[i + size].lower != "of"
        ):
            return  # "University Alliance": the later head names the body
        if fold(text[tokens[start].start : tokens[end - 1].end]) in labels():
            return
        if start == i and end == i + size:
            if size == 1:
                yield body_mention(
                    text, tokens, i, i + size, head.type, head=head.word, name="", rank=6, confidence=0.5
                )
            return
        type_ = refined_class(head, text[tokens[start].start : tokens[end - 1].end])
        yield body_mention(text, tokens, start, end, type_, head=head.word)
        return


def _english_left(tokens: Sequence[Token], i: int) -> int:
    start = i
    while start:
        before = tokens[start - 1]
        if (
            before.lower in ("and", "of", "for", "&")
            and start > 1
            and tokens[start - 2].is_name_like
            and before.lower == "&"
        ):
            start -= 1
            continue
        if not before.is_name_like or is_role(before.lower) or before.lower in lexicon().titles:
            break
        start -= 1
    return start


def _english_right(tokens: Sequence[Token], end: int) -> int:
    if tokens[end - 1].lower in ("of", "for"):  # "Department for" is the head
        return _english_list(tokens, end)
    if end + 1 < len(tokens) and tokens[end].lower in ("of", "for"):
        skip = 1 if tokens[end + 1].lower == "the" else 0
        stop = _english_list(tokens, end + 1 + skip)
        if stop > end + 1 + skip:
            return stop
    while end < len(tokens) and tokens[end].is_name_like and not is_role(tokens[end].lower):
        if gazetteer().is_first_name(tokens[end].text):
            break
        end += 1
    return end


def _english_list(tokens: Sequence[Token], i: int) -> int:
    """Walk over "Economic Affairs", "Business and Trade", "Culture, Media and Sport"."""
    end = i
    while end < len(tokens):
        token = tokens[end]
        if token.is_name_like and not is_role(token.lower):
            end += 1
        elif (
            token.lower in ("and", "&") and end > i and end + 1 < len(tokens) and _plain_noun(tokens, end + 1)
        ) or (
            token.text == ","
            and end + 3 < len(tokens)
            and tokens[end + 1].is_name_like
            and tokens[end + 2].lower in ("and", "&")
            and tokens[end + 3].is_name_like
        ):
            end += 2
        elif (
            token.lower in ("of", "the")
            and end > i
            and end + 1 < len(tokens)
            and tokens[end + 1].is_name_like
        ):
            end += 1
        else:
            break
    return end


def _plain_noun(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    names = gazetteer()
    return (
        token.is_name_like
        and (is_common(token.lower) or fold(token.text) in labels())
        and not names.is_first_name(token.text)
        and names.place(token.text) is None
        and token.lower not in lexicon().heads
    )
