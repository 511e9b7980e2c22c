"""Documents a second that extraction reads, on one core: `python -m benchmarks.extraction`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from loaders.extraction.extract import extract
from loaders.read import KINDS, read_document

SAMPLES = Path(__file__).parent.parent / "samples" / "press"
ROUNDS = 5


def main() -> int:
    """Print reading and extraction apart, in CPU seconds, after one warm-up round."""
    files = [p for p in sorted(SAMPLES.iterdir()) if KINDS.get(p.suffix) not in (None, "table")]
    documents = [read_document(p, source=p.name) for p in files]
    for document in documents:
        extract(document)
    start = time.process_time()
    for _ in range(ROUNDS):
        for document in documents:
            extract(document)
    extracting = time.process_time() - start
    start = time.process_time()
    for path in files * ROUNDS:
        read_document(path, source=path.name)
    reading = time.process_time() - start
    count = ROUNDS * len(documents)
    letters = sum(len(d.text) for d in documents) // len(documents)
    print(
        f"{len(documents)} documents of {letters} characters on average, {ROUNDS} rounds, CPU time, one core"
    )
    print(f"{'reading':<12}{count / reading:8.1f} documents/s")
    print(f"{'extraction':<12}{count / extracting:8.1f} documents/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
