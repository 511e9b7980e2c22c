"""What annotated corpora say about a word: a place, a person, or an ordinary word."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gazetteer.sources import nfc

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
Token = tuple[str, str, bool]  # word, "LOC" | "PER" | "O" | other, first of its sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of word forms over all corpora."""

    lower: Counter[str] = field(default_factory=Counter)  # written in lower case
    noun: Counter[str] = field(default_factory=Counter)  # German, capitalised inside a sentence, no name
    place: Counter[str] = field(default_factory=Counter)
    person: Counter[str] = field(default_factory=Counter)

    def is_word(self, name: str) -> bool:
        return self.lower[name.casefold()] >= 2 or self.noun[name] >= 2

    def is_surely_place(self, name: str) -> bool:
        """Annotators took it for a place at least five times, and in four of five cases."""
        others = self.lower[name.casefold()] + self.noun[name] + self.person[name]
        return self.place[name] >= 5 and self.place[name] >= 4 * others


def read_evidence(folder: Path) -> Evidence:
    """Count the words of GermEval 2014, SmartData and WikiGold as they lie in `folder`."""
    found = Evidence()
    for file in ("germeval14-dev.tsv.gz", "germeval14-test.tsv.gz"):
        for word, tag, first in _germeval(folder / file):
            _count(found, word, tag)
            if tag == "O" and word[:1].isupper() and not first:
                found.noun[word] += 1
    for word, tag, _ in _wikigold(folder / "wikigold.conll.gz"):
        _count(found, word, tag)
    for word, tag, _ in _smartdata(folder / "smartdata-de.jsonl.gz"):
        _count(found, word, tag)
    return found


def _count(found: Evidence, word: str, tag: str) -> None:
    if word.islower():
        found.lower[word] += 1
    if tag == "LOC":
        found.place[word] += 1
    if tag == "PER":
        found.person[word] += 1


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield nfc(line) if not line.startswith("{") else line


def _germeval(path: Path) -> Iterator[Token]:
    first = True
    for line in _lines(path):
        cells = line.split(" ")
        if len(cells) < 4 or line.startswith("#"):
            first = True
            continue
        # Quotation marks do not end the start of a sentence.
        yield cells[1], cells[2].removeprefix("B-").removeprefix("I-"), first
        first = first and not WORD.match(cells[1])


def _wikigold(path: Path) -> Iterator[Token]:
    for line in _lines(path):
        word, _, tag = line.rpartition(" ")
        if word:
            yield word, tag.removeprefix("I-"), False


def _smartdata(path: Path) -> Iterator[Token]:
    kinds = {"location": "LOC", "location-city": "LOC", "person": "PER"}
    for line in _lines(path):
        document = json.loads(line)
        tags = {start: (end, kinds.get(kind, "other")) for start, end, kind in document["spans"]}
        until, tag = 0, "O"
        for match in WORD.finditer(document["text"]):
            if match.start() in tags:
                until, tag = tags[match.start()]
            yield nfc(match.group()), tag if match.start() < until else "O", False
