"""Everything that training reads, made once and kept in one file: examples, vocabulary, word features."""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterable
from pathlib import Path

from tools.train_tagger import corpora, generator, gold, names, packed, vocabulary
from tools.train_tagger.examples import Example, Prepared, example

SEED = 11
GENERATED = 4000  # invented sentences


def prepare(corpus: Path, dev: Path, *, generated: int) -> Prepared:
    """Read, convert, run the rules over every sentence (minutes), choose the vocabulary."""
    training, hold_out = corpora.germeval(corpus)
    made = generator.generate(generated, SEED)
    sets = {
        "germeval": _examples(training),
        "hold-out": _examples(hold_out),
        "smartdata": _examples(corpora.smartdata(corpus)),
        "wikigold": _examples(corpora.wikigold(corpus)),
        "generated": _examples(made),
    }
    documents = {name: _examples(parts) for name, parts in gold.documents(dev).items()}
    keep = vocabulary.trimmed(packed.read(), _words(sets))
    return Prepared(sets, documents, keep)


def _examples(sentences: Iterable[corpora.Sentence]) -> list[Example]:
    made = (example(s) for s in sentences)
    return [e for e in made if e.words]


def _words(sets: dict[str, list[Example]]) -> Iterable[str]:
    """Words of the corpora with their frequency, then each listed name and common word once. Dev is left out."""
    for name, examples in sets.items():
        if name not in ("generated", "hold-out"):
            for made in examples:
                yield from made.words
    common = sorted(names.common_words())
    for listed in (
        common,
        [w.capitalize() for w in common],
        names.first_names(),
        *names.cities(),
        *names.areas(),
    ):
        for name in listed:
            yield from name.split()
    for body in names.institutions():
        yield from body.split()


def main() -> None:
    """Write the file that train.py reads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with the files that docs/model-card.md lists")
    parser.add_argument("gold", type=Path, help="folder with development documents and their gold graphs")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--generated", type=int, default=GENERATED, help="sentences to invent")
    chosen = parser.parse_args()
    made = prepare(chosen.corpora, chosen.gold, generated=chosen.generated)
    chosen.output.write_bytes(pickle.dumps(made))
    print({k: len(v) for k, v in made.sets.items()}, len(made.dev), "documents", len(made.keep), "pieces")


if __name__ == "__main__":
    main()
