"""Documents a second that extraction reads, on one core: `python -m benchmarks.extraction`."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from loaders.extraction.extract import Reader, extract
from loaders.read import KINDS, read_document
from ontology.model import Document

SAMPLES = Path(__file__).parent.parent / "samples" / "press"
ROUNDS = 5


def seconds(documents: Sequence[Document], reader: Reader) -> float:
    """CPU seconds of all rounds after one that warms up."""
    for document in documents:
        extract(document, reader)
    start = time.process_time()
    for document in list(documents) * ROUNDS:
        extract(document, reader)
    return time.process_time() - start


def main() -> int:
    """Print reading and extraction apart, in CPU seconds, after one warm-up round."""
    files = [p for p in sorted(SAMPLES.iterdir()) if KINDS.get(p.suffix) not in (None, "table")]
    documents = [read_document(p, source=p.name) for p in files]
    extracting = {reader: seconds(documents, reader) for reader in Reader}
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
    for reader, spent in extracting.items():
        print(f"{reader.value:<12}{count / spent:8.1f} documents/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
