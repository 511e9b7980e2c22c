"""Measure the packaged tagger (int8, as it runs) against rules alone: figures, gain by document, errors.

python -m tools.train_tagger.evaluate DATA --model FOLDER [--dev even|odd|all] [--errors 20]
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from loaders.extraction.lexicon import lexicon
from loaders.extraction.tagger import tag
from tools.train_tagger.examples import Example, Prepared
from tools.train_tagger.score import Figures, Pair, Spans, decode, gold_spans, report, strict

DRAWS = 1000


def pairs_of(examples: Sequence[Example], model: Path | None) -> list[Pair]:
    """Gold and found spans; `model` None means the rules alone."""
    if model is None:
        found: list[Spans] = [[_untitled(s, e.words) for s in decode(e.rules)] for e in examples]
    else:
        tagged = tag([e.words for e in examples], [e.rules for e in examples], model=model)
        found = [[(s.first, s.last, s.label) for s in spans] for spans in tagged]
    return [Pair(*gold_spans(e.allowed), spans) for e, spans in zip(examples, found, strict=True)]


def _untitled(span: tuple[int, int, str], words: Sequence[str]) -> tuple[int, int, str]:
    """The rules' persons include titles, the gold's do not; that difference is no error of the rules."""
    first, last, label = span
    while label == "PER" and first < last and words[first].casefold() in lexicon().titles | {"."}:
        first += 1
    return first, last, label


def interval(rules: Sequence[Sequence[Pair]], model: Sequence[Sequence[Pair]]) -> str:
    """Strict F1 and gain with 95 % intervals, whole documents drawn with replacement."""
    r, scores, gains = Random(0), [], []  # noqa: S311 - a fixed draw
    for _ in range(DRAWS):
        drawn = [r.randrange(len(model)) for _ in model]
        score = strict(p for n in drawn for p in model[n]).f1
        scores.append(score)
        gains.append(score - strict(p for n in drawn for p in rules[n]).f1)
    ends = [sorted(values)[n] for values in (scores, gains) for n in (DRAWS // 40, DRAWS - DRAWS // 40)]
    return "strict F1 {:.3f}-{:.3f}, gain over rules {:+.3f} to {:+.3f}".format(*ends)


def errors(examples: Sequence[Example], pairs: Sequence[Pair]) -> Iterator[str]:
    """Each wrong or missed span with its sentence."""
    for example, pair in zip(examples, pairs, strict=True):
        for name, spans, others in (
            ("missed", pair.gold, pair.found),
            ("wrong", pair.found, [*pair.gold, *pair.doubtful]),
        ):
            for first, last, label in spans:
                if (first, last, label) in others:
                    continue
                near = [s for s in others if s[0] <= last and first <= s[1]]
                text = " ".join(example.words[first : last + 1])
                instead = [(" ".join(example.words[s[0] : s[1] + 1]), s[2]) for s in near]
                context = " ".join(example.words[max(0, first - 6) : last + 7])
                yield f"{name} {label} [{text}] beside {instead} in: {context}"


def main() -> None:
    """Print hold-out and development figures, then errors drawn with a fixed seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--dev", choices=("even", "odd", "all"), default="all")
    parser.add_argument("--errors", type=int, default=0)
    chosen = parser.parse_args()
    data: Prepared = pickle.loads(chosen.data.read_bytes())  # noqa: S301 - our own file
    names = sorted(data.dev)
    documents = {"even": names[::2], "odd": names[1::2], "all": names}[chosen.dev]
    held = data.sets["hold-out"]
    print(report("hold-out rules", pairs_of(held, None)))
    print(report("hold-out model", pairs_of(held, chosen.model)))
    by_document = {n: (pairs_of(data.dev[n], None), pairs_of(data.dev[n], chosen.model)) for n in documents}
    for language in ("de", "en", ""):
        kept = [n for n in documents if language in ("", data.dev[n][0].language)]
        for number, who in enumerate(("rules", "model")):
            print(report(f"dev {language} {who}", [p for n in kept for p in by_document[n][number]]))
        rules, model = ([by_document[n][k] for n in kept] for k in (0, 1))
        print("   ", len(kept), "documents,", interval(rules, model))
    for name, (rules_pairs, model_pairs) in by_document.items():
        before, after = strict(rules_pairs), strict(model_pairs)
        print(f"{name} {data.dev[name][0].language} {before.f1:.3f} -> {after.f1:.3f} ({_size(before)})")
    wrong = [e for n in documents for e in errors(data.dev[n], by_document[n][1])]
    for line in Random(1).sample(wrong, min(chosen.errors, len(wrong))):  # noqa: S311
        print("-", line)


def _size(figures: Figures) -> str:
    return f"{figures.count} names"


if __name__ == "__main__":
    main()
