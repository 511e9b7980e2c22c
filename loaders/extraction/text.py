"""The text as rules see it: soft hyphens out, odd blanks normal, cut into lines and sentences.

Every span can be led back to the document's own text, so that each quote is verbatim.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.extraction.lexicon import lexicon

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
BLANKS = {ord(c): " " for c in "\u00a0\u2007\u2009\u200a\u202f\t\x0b\x0c"}
SENTENCE_END = re.compile(r"[.!?:]+[\"“”»«’')\]]*(?=\s|$)|(?<=[\w])[.!?](?=[A-ZÄÖÜ„“\"])")
OPENING = re.compile(r"[\s„“\"»(\[–-]*(\w*)")
SHORT_QUOTE = re.compile(r"[„“\"»]([^„“”\"«»\n]{2,60})[“”\"«]")
LAST_WORD = re.compile(r"([\w.]*\w)\W*$")
LONGEST_SENTENCE = 1_500  # characters
LONGEST_NOTICE = 800  # characters of a cookie notice or imprint; a longer line is prose that begins like one
LONGEST_ITEM = 60  # characters of an item of a menu
LONGEST_MENU = 200  # characters between two strokes: what is longer is prose behind a menu
WRAPPED = range(50, 110)  # line lengths of hard-wrapped text, in characters


@dataclass(frozen=True, slots=True)
class View:
    """`text` is `raw` without invisible characters and with composed letters."""

    raw: str
    text: str
    spans: tuple[tuple[int, int], ...] | None  # where each character stands in raw; None: in the same place

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Lead a span of `text` back to `raw`; `end` is exclusive in both."""
        if self.spans is None:
            return start, end
        return self.spans[start][0], self.spans[end - 1][1]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of View.text. `heading`: a line of its own without a final full stop."""

    start: int
    end: int
    paragraph: int
    heading: bool = False


def make_view(raw: str) -> View:
    """Drop what a reader does not see and join letters with their accents; keep the way back."""
    plain = raw.translate(BLANKS)
    if unicodedata.is_normalized("NFC", plain) and not any(c in plain for c in INVISIBLE):
        return View(raw, plain, None)
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for place, letter in enumerate(plain):
        if letter in INVISIBLE:
            continue
        joined = unicodedata.normalize("NFC", letters[-1] + letter) if letters else letter
        if letters and len(joined) == 1:
            letters[-1], spans[-1] = joined, (spans[-1][0], place + 1)
        else:
            letters.append(letter)
            spans.append((place, place + 1))
    return View(raw, "".join(letters), tuple(spans))


def sentences(text: str) -> list[Sentence]:
    """Cut a text into sentences with offsets; boilerplate lines are left out."""
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        found.extend(_cut(text, start, end, number))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans of paragraphs: lines, or runs of lines where the text was hard-wrapped."""
    for block in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        lines = [
            (m.start() + block.start(), m.end() + block.start()) for m in re.finditer(r"[^\n]+", block[0])
        ]
        lines = [span for span in lines if not is_boilerplate(text[slice(*span)])]
        following = [*lines[1:], None]
        if lines and _is_wrapped(text, lines):
            yield lines[0][0], lines[-1][1]
            continue
        start = -1
        for here, after in zip(lines, following, strict=False):
            start = here[0] if start < 0 else start
            goes_on = after is not None and text[after[0] : after[1]].lstrip()[:1].islower()
            if not (goes_on and text[here[1] - 1] not in ".!?:"):
                yield start, here[1]
                start = -1


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    if len(lines) < 3 or any(text[s:e].lstrip()[:1] in "•*-–" for s, e in lines):
        return False
    return all(e - s in WRAPPED for s, e in lines[:-1]) and lines[-1][1] - lines[-1][0] < WRAPPED.stop


def is_boilerplate(line: str) -> bool:
    """Tell navigation, share buttons, cookie notices, credits and imprints from text."""
    words = lexicon()
    bare = line.strip()
    if not bare or not any(c.isalpha() for c in bare):
        return True
    folded = bare.casefold()
    if len(bare) < LONGEST_NOTICE and any(folded.startswith(cue) for cue in words.boilerplate_starts):
        return True
    if len(bare) < 160 and any(cue in folded for cue in words.boilerplate_anywhere):
        return True
    parts = [p.strip() for p in re.split(r"\s*[|>·»›/]\s+|\s{3,}", folded) if p.strip()]
    items = [p for p in parts if len(p) < LONGEST_ITEM]
    known = sum(p in words.navigation or (len(parts) > 1 and p.split()[0] in words.navigation) for p in items)
    is_menu = known and known * 2 >= len(parts) and all(len(p) < LONGEST_MENU for p in parts)
    return bool(is_menu) or bool(re.match(r"[^.]{1,90}(?: > [^.]{1,60})+$", bare))


def _cut(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    protected = [
        m.span()
        for m in SHORT_QUOTE.finditer(text, start, end)
        if sum(w[:1].isupper() for w in m[1].split()) * 2 > len(m[1].split())
    ]
    cuts = [m.end() for m in SENTENCE_END.finditer(text, start, end) if _ends_here(text, m, end, protected)]
    here = start
    for cut in _short_enough(text, start, [*cuts, end]):
        span = text[here:cut]
        body = span.strip()
        if any(c.isalnum() for c in body):
            first = here + len(span) - len(span.lstrip())
            heading = not cuts and body[-1] not in '.!?:,;“"”' and len(body) < 140
            yield Sentence(first, first + len(body), paragraph, heading)
        here = cut


def _short_enough(text: str, start: int, cuts: list[int]) -> Iterator[int]:
    """Cut what no writer calls a sentence, so that rules stay linear: at a blank, else anywhere."""
    here = start
    for cut in cuts:
        while cut - here > LONGEST_SENTENCE:
            blank = text.rfind(" ", here + LONGEST_SENTENCE // 2, here + LONGEST_SENTENCE)
            here = blank if blank > 0 else here + LONGEST_SENTENCE
            yield here
        yield cut
        here = cut


def _ends_here(text: str, mark: re.Match[str], end: int, protected: list[tuple[int, int]]) -> bool:
    position = bisect_left(protected, (mark.start(), 0)) - 1
    if position >= 0 and mark.end() < protected[position][1]:
        return False
    following = OPENING.match(text, mark.end(), end)
    word = following[1] if following else ""
    glued = mark.end() < end and not text[mark.end()].isspace()
    if glued:
        before = LAST_WORD.search(text, max(0, mark.start() - 30), mark.start())
        small = before is not None and before[1].islower() and before[1].isalpha() and len(before[1]) > 2
        return mark[0] in ".!?" and (
            word.casefold() in lexicon().function_words or (small and word[:1].isupper())
        )
    if mark[0].startswith(":"):
        return False
    if word and word[0].islower():
        return False
    if not mark[0].startswith("."):
        return True
    before = LAST_WORD.search(text, max(0, mark.start() - 30), mark.start())
    last = before[1] if before else ""
    if last.isdigit() and len(last) <= 2:
        return word.casefold() in lexicon().function_words and not word.isdigit()
    if len(last) == 1 and last.isupper():
        return False
    return last.casefold() not in lexicon().abbreviations
