"""Build data/common_words.txt.gz: words that stand outside names in GermEval 2014, SmartData and WikiGold (CC BY 4.0).

    python tools/build_common_words.py CORPORA_DIR

A word counts as common when it stands outside names more often than inside. Words are case-folded, letters only.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+")
TARGET = Path(__file__).parent.parent / "loaders/extraction/data/common_words.txt.gz"


def count_table(path: Path, outside: Counter[str], inside: Counter[str], *, word: int, tag: int) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.split()
            if len(fields) > max(word, tag) and not line.startswith("#"):
                counter = outside if fields[tag] == "O" else inside
                counter.update(w.casefold() for w in WORD.findall(fields[word]))


def count_spans(path: Path, outside: Counter[str], inside: Counter[str]) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            spans = [(s, e) for s, e, kind in document["spans"] if not kind.startswith(("date", "number"))]
            for match in WORD.finditer(document["text"]):
                named = any(s <= match.start() < e for s, e in spans)
                (inside if named else outside)[match[0].casefold()] += 1


def main(folder: Path) -> None:
    outside: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for name in ("germeval14-dev.tsv.gz", "germeval14-test.tsv.gz"):
        count_table(folder / name, outside, inside, word=1, tag=2)
    count_table(folder / "wikigold.conll.gz", outside, inside, word=0, tag=1)
    count_spans(folder / "smartdata-de.jsonl.gz", outside, inside)
    common = sorted(w for w, n in outside.items() if len(w) > 2 and n > inside[w] and (n > 1 or len(w) > 4))
    TARGET.parent.mkdir(exist_ok=True)
    with TARGET.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
        packed.write("\n".join(common).encode() + b"\n")
    print(f"{len(common)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
