"""What was named once is found again: full names, surnames and short forms, wherever they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from loaders.extraction.cast import Cast, Thing
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.mentions import Mention
from loaders.extraction.text import Sentence
from loaders.extraction.tokens import is_common

WORD = re.compile(r"(?<![\w-])[^\W_][\w]*")
LEGAL_FORM = re.compile(
    r",? (?:g?GmbH|mbH|AG|SE|KG|e\. ?V\.?|Ltd\.?|Limited|plc|PLC|Inc\.?|LLC)(?: & Co\. KG)?$"
)
ENDING = re.compile(r"(?:s|es|’s|'s)?(?![\w]|-[a-zäöü])")
COMPOUND = re.compile(r"(?=-[A-ZÄÖÜ])")  # "RVR-Direktorin"
UNNAMED = ("Topic", "Agreement")


Index = Mapping[tuple[str, str], list[tuple[str, Thing]]]


def find_again(text: str, sentences: Sequence[Sentence], cast: Cast) -> None:
    """Add the repeated mentions to the cast; a form that two things share is left alone. Linear in the text."""
    index: dict[tuple[str, str], list[tuple[str, Thing]]] = defaultdict(list)
    for form, thing in _forms(cast).items():
        words = WORD.findall(form)
        if words and form.startswith(words[0]):
            index[words[0], words[1] if len(words) > 1 else ""].append((form, thing))
    for forms in index.values():
        forms.sort(key=lambda pair: -len(pair[0]))
    for sentence in sentences:
        words_here = list(WORD.finditer(text, sentence.start, sentence.end))
        for n, word in enumerate(words_here):
            following = words_here[n + 1][0] if n + 1 < len(words_here) else ""
            _add_if_named(text, sentence, word, following, index, cast)


def _add_if_named(
    text: str, sentence: Sentence, word: re.Match[str], following: str, index: Index, cast: Cast
) -> None:
    """The longest form that begins at a word; its last word may have an ending ("Beispiels")."""
    firsts = dict.fromkeys((word[0], word[0].removesuffix("s"), word[0].removesuffix("es")))
    seconds = dict.fromkeys((following, following.removesuffix("s"), following.removesuffix("es"), ""))
    keys = [(word[0], second) for second in seconds if second] + [(first, "") for first in firsts]
    for form, thing in chain.from_iterable(index.get(key, ()) for key in keys):
        start, end = word.start(), word.start() + len(form)
        if end > sentence.end or not text.startswith(form, start):
            continue
        tail = ENDING.match(text, end) or (COMPOUND.match(text, end) if form.isupper() else None)
        if tail is None or not cast.is_free(start, end):
            continue
        mention = Mention(start, tail.end(), thing.type, form, form, "", 4, "found again", 0.8)
        thing.mentions.append(mention)
        thing.names[form] += 1
        cast.add(mention, thing)
        return


def _forms(cast: Cast) -> dict[str, Thing]:
    forms: dict[str, Thing] = {}
    clashes: set[str] = set()
    for thing in cast.things:
        if thing.root in UNNAMED or thing.weak:
            continue
        for form in sorted(set(_spellings(thing))):
            if forms.setdefault(form, thing) is not thing:
                clashes.add(form)
    return {form: thing for form, thing in forms.items() if form not in clashes}


def _spellings(thing: Thing) -> Iterator[str]:
    for name in [*thing.names, *thing.surfaces]:
        if len(name) > 2 or name.isupper():
            yield name
        if thing.root == "Person":
            yield from _surnames(name)
        elif thing.root == "Organisation":
            bare = LEGAL_FORM.sub("", name)
            if bare != name and len(bare) > 2 and not is_common(bare.casefold()):
                yield bare


def _surnames(name: str) -> Iterator[str]:
    """ "Karl van der Linden" is also "van der Linden" and "Linden"; a town's name is not taken for a surname."""
    words = name.split()
    last = " ".join(words[-2:]) if len(words) > 2 and words[-2].islower() else words[-1]
    if len(last) > 2 and (gazetteer().place(last) is None or not gazetteer().is_ambiguous(last)):
        yield last
        particles = next((i for i in range(1, len(words)) if words[i].islower()), len(words) - 1)
        yield " ".join(words[particles:])
