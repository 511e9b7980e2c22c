"""The annotated corpora as sentences with character spans, in the conventions of gold/GUIDE.md."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.text import make_view, sentences
from loaders.extraction.tokens import is_common

HOLD_OUT = 1000  # sentences of GermEval's test file that are never trained on
HOLD_OUT_SEED = 5
GLUED_BEFORE = set(",.;:!?)]}%…“”»’") | {"'s", "’s", "n't", "''"}
GLUED_AFTER = set("([{„«‚")
SMARTDATA = {
    "person": "PER",
    "organization": "ORG",
    "organization-company": "ORG",
    "location": "LOC",
    "location-city": "LOC",
}
TRAFFIC = {"location-stop", "location-street", "location-route"}
GERMEVAL = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "OTH": "MISC"}
WIKIGOLD = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}
MONEY = {"Euro", "EUR", "Dollar", "Dollars", "US-Dollar", "Mark", "D-Mark", "Franken", "Pfund", "Yen", "€"}
ARTICLE = re.compile(r"(?:der|die|das|dem|den|des|the|ein|eine|einer|eines)\s+", re.IGNORECASE)
ADDRESS = re.compile(r"https?:|www\.|@|#\w")


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] is a `label`. `part`: the span ends inside a word. `doubtful`: both readings are allowed."""

    start: int
    end: int
    label: str
    part: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """`language`: "de" or "en". `without_misc`: the annotators did not look for MISC."""

    text: str
    spans: tuple[Span, ...]
    language: str
    source: str
    without_misc: bool = False


def germeval(folder: Path) -> tuple[list[Sentence], list[Sentence]]:
    """Sentences to train on, and the hold-out drawn from the test file with a fixed seed."""
    kept = list(_germeval_file(folder / "germeval14-dev.tsv.gz"))
    test = list(_germeval_file(folder / "germeval14-test.tsv.gz"))
    random.Random(HOLD_OUT_SEED).shuffle(test)  # noqa: S311 - a fixed draw, no secret
    return kept + test[:-HOLD_OUT], test[-HOLD_OUT:]


def _germeval_file(path: Path) -> Iterator[Sentence]:
    for rows in _blocks(path, columns=3, separator="\t"):
        tags = [row[2] for row in rows]
        yield _joined([row[1] for row in rows], tags, GERMEVAL, language="de", source="germeval")


def wikigold(folder: Path) -> list[Sentence]:
    """English sentences; adjectives of nationality are no names here."""
    found = []
    for rows in _blocks(folder / "wikigold.conll.gz", columns=2, separator=" "):
        tags = ["O" if tag == "I-MISC" and gazetteer().demonym(word) else tag for word, tag in rows]
        found.append(_joined([row[0] for row in rows], tags, WIKIGOLD, language="en", source="wikigold"))
    return found


def _blocks(path: Path, *, columns: int, separator: str) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split(separator)
            if len(cells) >= columns and not line.startswith(("# ", "-DOCSTART-")):
                rows.append(cells)
            elif rows:
                yield rows
                rows = []
    if rows:
        yield rows


def _joined(
    words: list[str], tags: list[str], labels: dict[str, str], *, language: str, source: str
) -> Sentence:
    """Put words back into running text. Tags may be BIO or IO; "PERpart" marks a name inside a compound."""
    spans: list[Span] = []
    text, before, open_quote, glue = "", "O", False, True
    for word, tag in zip(words, tags, strict=True):
        closing = word in ('"', "''") and open_quote
        if text and not glue and word not in GLUED_BEFORE and not closing:
            text += " "
        start = len(text)
        text += word
        glue = word in GLUED_AFTER or (word in ('"', "``") and not open_quote)
        if word in ('"', "``", "''"):
            open_quote = not open_quote
        kind = tag[2:].removesuffix("part")
        if tag != "O" and kind in labels and word not in MONEY:
            part = tag.endswith("part")
            if tag[0] == "I" and before == tag[2:] and spans:
                spans[-1] = Span(spans[-1].start, len(text), labels[kind], part)
            else:
                spans.append(Span(start, len(text), labels[kind], part))
        before = tag[2:] if tag != "O" else "O"
    return Sentence(text, tuple(spans), language, source)


def smartdata(folder: Path) -> list[Sentence]:
    """Sentences of news with at least one name. MISC is not annotated there, generic nouns are doubtful."""
    found: dict[str, Sentence] = {}
    with gzip.open(folder / "smartdata-de.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if document["docType"] != "TWITTER_JSON":
                for sentence in _smartdata_document(document["text"], document["spans"]):
                    found.setdefault(sentence.text, sentence)
    return list(found.values())


def _smartdata_document(text: str, marked: Iterable[tuple[int, int, str]]) -> Iterator[Sentence]:
    view = make_view(text)
    if view.kept is not None:
        return  # invisible characters: offsets would have to be led back
    for part in sentences(view.text):
        words = view.text[part.start : part.end]
        inside = [s for s in marked if s[0] >= part.start and s[1] <= part.end]
        if not 12 <= len(words) <= 900 or ADDRESS.search(words) or any(s[2] in TRAFFIC for s in inside):
            continue
        spans = [_smartdata_span(words, s[0] - part.start, s[1] - part.start, s[2]) for s in inside]
        kept = tuple(sorted((s for s in spans if s is not None), key=lambda s: (s.start, -s.end)))
        if kept:
            yield Sentence(words, kept, "de", "smartdata", without_misc=True)


def _smartdata_span(text: str, start: int, end: int, kind: str) -> Span | None:
    if kind not in SMARTDATA:
        return None
    article = ARTICLE.match(text[start:end])
    start += article.end() if article else 0
    name = text[start:end]
    if not any(c.isupper() for c in name):
        return None
    generic = " " not in name and is_common(name.casefold()) and SMARTDATA[kind] == "ORG"
    return Span(start, end, SMARTDATA[kind], doubtful=generic)
