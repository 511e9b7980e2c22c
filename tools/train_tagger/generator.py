"""Invented press sentences with spans, made to teach the conventions that the corpora do not know.

"Stadt X" is the place X; an acronym in brackets is a name of its own; a genitive 's stays outside; a list of firms
needs no cue word; a title stays outside of a person's name. The patterns are our own text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from random import Random

from loaders.extraction.lexicon import lexicon
from tools.train_tagger import names
from tools.train_tagger.corpora import Sentence, Span

SLOT = re.compile(r"\{(\w+)\}")
TITLES = ("Dr. ", "Prof. Dr. ", "Prof. ", "Dr.-Ing. ", "", "", "", "")
NOUN_ENDS = ("ung", "heit", "keit", "schaft", "tion", "tät")
Maker = Callable[[Random], str]
GERMAN: Mapping[str, tuple[str, Maker]] = {
    "P": ("PER", names.person),
    "S": ("PER", names.surname),
    "C": ("ORG", names.company),
    "V": ("ORG", names.venture),
    "O": ("ORG", lambda r: names.body(r) if r.random() < 0.75 else names.company(r)),
    "A": ("ORG", names.acronym),
    "L": ("LOC", names.german_city),
    "N": ("LOC", names.country),
    "R": ("LOC", lambda r: r.choice((*names.REGION_NAMES, "Ruhrgebiet", r.choice(names.areas()[1])))),
    "M": ("MISC", names.undertaking),
    "D": (
        "P-ORG",
        lambda r: f"{names.acronym(r)}-{r.choice(('Direktor', 'Geschäftsführerin', 'Chef', 'Gelände'))}",
    ),
    "T": ("", lambda r: r.choice(TITLES)),
    "F": ("", lambda r: r.choice(names.FIELDS)),
    "role": ("", lambda r: _role(r)),
    "noun": ("", lambda r: _noun(r)),
    "adj": ("", lambda r: f"{r.choice(names.cities()[0])}er"),
}
ENGLISH: Mapping[str, tuple[str, Maker]] = {
    **GERMAN,
    "C": ("ORG", lambda r: names.company(r, english=True)),
    "O": ("ORG", lambda r: names.english_body(r) if r.random() < 0.75 else names.company(r, english=True)),
    "L": ("LOC", names.english_city),
    "M": ("MISC", names.english_undertaking),
    "T": ("", lambda r: r.choice(("Dr ", "Professor ", "Mr ", "Ms ", "Sir ", "Cllr ", "", ""))),
    "F": ("", lambda r: r.choice(names.ENGLISH_FIELDS).lower()),
}


def generate(count: int, seed: int) -> list[Sentence]:
    """`count` sentences, 45 % English; the same for the same seed."""
    r = Random(seed)  # noqa: S311 - a fixed draw, no secret
    german, english = _patterns("patterns_de.txt"), _patterns("patterns_en.txt")
    made = []
    for _ in range(count):
        if r.random() < 0.45:
            made.append(_fill(r.choice(english), ENGLISH, "en", r))
        else:
            made.append(_fill(r.choice(german), GERMAN, "de", r))
    return made


def _patterns(name: str) -> list[str]:
    lines = files("tools.train_tagger").joinpath(name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _fill(pattern: str, slots: Mapping[str, tuple[str, Maker]], language: str, r: Random) -> Sentence:
    text, spans, here = "", [], 0
    for slot in SLOT.finditer(pattern):
        text += pattern[here : slot.start()]
        label, make = slots[slot[1]]
        name = make(r)
        if label == "P-ORG":
            spans.append(Span(len(text), len(text) + name.index("-"), "ORG", part=True))
        elif label:
            spans.append(Span(len(text), len(text) + len(name), label))
        text += name
        here = slot.end()
    return Sentence(text + pattern[here:], tuple(spans), language, "generated")


def _role(r: Random) -> str:
    roles = sorted(
        w for w in lexicon().role_heads if " " not in w and w.endswith(("r", "in", "t")) and len(w) > 5
    )
    return r.choice(roles).capitalize()


def _noun(r: Random) -> str:
    return r.choice(_nouns())


@cache
def _nouns() -> tuple[str, ...]:
    return tuple(sorted(w.capitalize() for w in names.common_words() if w.endswith(NOUN_ENDS) and len(w) > 7))
