"""A sentence as relation rules see it: names are replaced by marks, so that one pattern covers all names.

"Jörg Beispiel, Geschäftsführer der BMR" reads `⟦P0⟧, †Geschäftsführer der ⟦O1⟧`: the letter is the kind, the number
counts the mentions of the sentence, `†` stands before words for roles.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.extraction.entities import Thing
from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.text import Sentence

LETTER = {"Person": "P", "Organisation": "O", "Place": "L", "Agreement": "A", "Programme": "G", "Project": "J",
          "Event": "E", "Topic": "T"}  # fmt: skip
WORD = re.compile(r"[^\W\d_][\w-]*")
SLOT = re.compile(r"<([A-Z]+):(\w+)>")
ASIDE = re.compile(r"\s?\((?:kurz:? )?([^()\n]{2,40})\)")
OPENING, CLOSING = "„“\"»‚‘'«", "“”\"«‘’'»"
PARTY_WORDS = lexicon().parties | {"parteilos", "OBE", "MBE", "CBE", "MdL", "MdB", "MdEP"}
LIST_MARK = re.compile(r"⟦([A-Z])(\d+)⟧")
LEAD = r"(?:(?:der|die|das|dem|den|des|the|vom|von|zum|zur|beim|with|mit|auch|in|im|nach|bis|zu|Stadt|Städte)\s+){0,3}"
LIST = re.compile(
    r"⟦[A-Z]\d+⟧(?:(?:,?\s+(?:und|sowie|and|as well as|wie auch|gemeinsam\s+mit|zusammen\s+mit|together\s+with|&|über|bis)|,)"
    rf"\s+{LEAD}⟦[A-Z]\d+⟧)+"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """`coded`: the sentence with marks. `pairs[n]`: mention and thing of mark n."""

    sentence: Sentence
    coded: str
    pairs: tuple[tuple[Mention, Thing], ...]
    coded_starts: tuple[int, ...]  # parallel: where pieces begin in coded ...
    view_starts: tuple[int, ...]  # ... and in the view's text
    lengths: tuple[tuple[int, int], ...]  # of each piece: coded, view

    def thing(self, number: str | int) -> Thing:
        return self.pairs[int(number)][1]

    def mention(self, number: str | int) -> Mention:
        return self.pairs[int(number)][0]

    def of(self, letters: str) -> list[int]:
        """Numbers of the marks of these kinds, in text order."""
        return [int(m[2]) for m in LIST_MARK.finditer(self.coded) if m[1] in letters]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Lead a span of `coded` to the view's text; a mark cut in two counts whole."""
        return self._to_view(start, False), self._to_view(end, True)

    def _to_view(self, position: int, is_end: bool) -> int:
        i = bisect_right(self.coded_starts, position - 1 if is_end else position) - 1
        i = max(i, 0)
        offset = position - self.coded_starts[i]
        coded, view = self.lengths[i]
        if coded == view:
            return self.view_starts[i] + offset
        return self.view_starts[i] + (view if is_end else 0)

    def position(self, number: int) -> int:
        """Where the mark of a mention begins in `coded`."""
        return self.coded.index(f"⟦{mark(*self.pairs[number])}{number}⟧")

    def alongside(self, number: str | int, *, kinds: str = "") -> list[int]:
        """The numbers of the list that a mark stands in, itself included: "⟦O1⟧, die ⟦O2⟧ und das ⟦O3⟧"."""
        own = int(number)
        wanted = kinds or mark(*self.pairs[own])
        for run in LIST.finditer(self.coded):
            members = [(m[1], int(m[2])) for m in LIST_MARK.finditer(run[0])]
            if any(n == own for _, n in members):
                return [n for k, n in members if k in wanted]
        return [own]


def letter(thing: Thing) -> str:
    """The kind of a thing as one letter; a delegation is D, not E."""
    return "D" if thing.type == "Delegation" else LETTER[thing.root]


def mark(mention: Mention, thing: Thing) -> str:
    """The letter of a mention: that of its thing, but M for a place told by its adjective ("Essener")."""
    return "M" if mention.head == "adjective" else letter(thing)


def encode(text: str, sentence: Sentence, pairs: Sequence[tuple[Mention, Thing]]) -> Passage:
    """Make the coded form of one sentence; `pairs` in text order without overlaps.

    A short name in brackets behind the long one, and a party behind a politician, go with the mark before them.
    """
    pieces: list[tuple[str, int, int]] = []
    here = sentence.start
    for number, (mention, thing) in enumerate(pairs):
        if mention.start < here:
            continue
        end = _with_bracket(text, mention, thing, pairs[number + 1] if number + 1 < len(pairs) else None)
        start = mention.start
        if start > here and text[start - 1] in OPENING and text[end : end + 1] and text[end] in CLOSING:
            start, end = start - 1, end + 1  # a quoted name: its quotation marks go with it
            end = _with_bracket(text, mention, thing, None, end)
        _plain(text, here, start, pieces)
        pieces.append((f"⟦{mark(mention, thing)}{number}⟧", start, end))
        here = end
    _plain(text, here, sentence.end, pieces)
    coded_starts, position = [], 0
    for piece, _, _ in pieces:
        coded_starts.append(position)
        position += len(piece)
    return Passage(
        sentence,
        "".join(p for p, _, _ in pieces),
        tuple(pairs),
        tuple(coded_starts) or (0,),
        tuple(s for _, s, _ in pieces) or (sentence.start,),
        tuple((len(p), e - s) for p, s, e in pieces) or ((0, 0),),
    )


def _with_bracket(
    text: str, mention: Mention, thing: Thing, following: tuple[Mention, Thing] | None, at: int = -1
) -> int:
    """One past the mention, or past the bracket behind it that says the same thing again."""
    at = mention.end if at < 0 else at
    bracket = ASIDE.match(text, at)
    if bracket is None:
        return at
    same = (
        following is not None
        and following[1] is thing
        and bracket.start() < following[0].start < bracket.end()
    )
    party = thing.root == "Person" and bracket[1] in PARTY_WORDS
    short = thing.root != "Person" and bracket[1] in thing.names
    return bracket.end() if same or party or short else at


def _plain(text: str, start: int, end: int, pieces: list[tuple[str, int, int]]) -> None:
    """Append text between mentions, with `†` before role words."""
    here = start
    for match in WORD.finditer(text, start, end):
        if is_role(match[0].casefold()):
            if here < match.start():
                pieces.append((text[here : match.start()], here, match.start()))
            pieces.append(("†" + match[0], match.start(), match.end()))
            here = match.end()
    if here < end:
        pieces.append((text[here:end], here, end))


@lru_cache(maxsize=1_000)
def pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern with slots: `<OL:body>` is a mark of kind O or L whose number is the group `body`."""
    return re.compile(SLOT.sub(lambda m: f"⟦[{m[1]}](?P<{m[2]}>\\d+)⟧", source), re.IGNORECASE)
