"""What the tagger costs: start in a fresh process, and words a second on one core.

python -m benchmarks.tagger [FOLDER OF .txt]
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from loaders.extraction.tagger import available, tag, why_not
from loaders.extraction.text import make_view, sentences
from loaders.extraction.tokens import tokenize
from loaders.read import KINDS, read_document

SAMPLES = Path(__file__).parent.parent / "samples" / "press"
ROUNDS = 5
FIRST_USE = """
import time
from loaders.extraction.tagger import tag
tag([["Anna", "Beispiel", "wohnt", "in", "Bochum", "."]])
print(time.process_time())
"""


def main(folder: Path = SAMPLES) -> int:
    """Print CPU seconds of the first use, and words a second with words already cut."""
    if not available():
        print(f"no tagger: {why_not()}")
        return 1
    started = [
        float(subprocess.run([sys.executable, "-c", FIRST_USE], capture_output=True, check=True).stdout)  # noqa: S603
        for _ in range(3)
    ]
    files = [p for p in sorted(folder.iterdir()) if KINDS.get(p.suffix) not in (None, "table")]
    texts = [make_view(read_document(p, source=p.name).text).text for p in files]
    documents = [
        [[t.text for t in tokenize(text, s.start, s.end)] for s in sentences(text)] for text in texts
    ]
    for document in documents:
        tag(document)
    begun = time.process_time()
    for _ in range(ROUNDS):
        for document in documents:
            tag(document)
    spent = time.process_time() - begun
    count = ROUNDS * sum(len(s) for d in documents for s in d)
    print(f"first use in a fresh process, interpreter included: {min(started):.2f} s of CPU")
    print(f"{len(files)} documents, {count // ROUNDS} words and marks: {count / spent:,.0f} a second of CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
