"""Spans of a development document, derived from its gold graph's surface forms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.lexicon import lexicon
from loaders.extraction.tagger_features import class_of
from loaders.extraction.text import make_view, sentences
from loaders.extraction.tokens import is_common
from tools.train_tagger.corpora import Sentence, Span

CITY_CUE = re.compile(r"(?:Stadt|Städte|Landeshauptstadt|Landes?|Länder|City of|city of)\s+")
ARTICLE = re.compile(r"(?:[Dd](?:er|ie|as|em|en|es)|the)\s+")


def documents(folder: Path) -> dict[str, list[Sentence]]:
    """Document id -> its sentences with spans, sorted by id."""
    found = {}
    for path in sorted(folder.glob("*.gold.json")):
        graph = json.loads(path.read_text("utf-8"))
        text = make_view((folder / graph["document"]).read_text("utf-8")).text
        spans = _spans(text, graph["nodes"])
        parts = []
        for part in sentences(text):
            inside = [s for s in spans if s.start >= part.start and s.end <= part.end]
            moved = tuple(
                Span(s.start - part.start, s.end - part.start, s.label, s.part, s.doubtful) for s in inside
            )
            parts.append(Sentence(text[part.start : part.end], moved, graph["lang"], path.stem))
        found[path.name.removesuffix(".gold.json")] = parts
    return found


def _spans(text: str, nodes: list[dict[str, object]]) -> list[Span]:
    """The longest forms first, none overlapping; in text order."""
    forms: dict[str, tuple[str, bool]] = {}
    for node in nodes:
        for form, label, doubtful in _forms(node):
            known = forms.get(form)
            forms[form] = (label, doubtful) if known is None or known[1] else known
    taken: list[Span] = []
    free = [True] * len(text)
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        label, doubtful = forms[form]
        for match in re.finditer(rf"(?<![\w]){re.escape(form)}(?![^\W_])", text):
            if all(free[match.start() : match.end()]) and not _inside_compound(text, match.start()):
                part = bool(re.match(r"[-‐‑][^\W\d_]", text[match.end() : match.end() + 2]))
                taken.append(Span(match.start(), match.end(), label, part, doubtful))
                free[match.start() : match.end()] = [False] * len(form)
    return sorted(taken, key=lambda s: s.start)


def _inside_compound(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] in "-‐‑" and text[start - 2].isalnum()


def _forms(node: dict[str, object]) -> Iterator[tuple[str, str, bool]]:
    """Each form of a named node with its label, and whether it may also pass as no name."""
    label = class_of(str(node["type"]))
    forms = node.get("forms") or node.get("aliases")
    listed = forms if isinstance(forms, list) else []
    for form in sorted({str(node["name"]), *map(str, listed)}) if label else ():
        bare = _without_cue(form, label)
        if len(bare) < 2 or not any(c.isupper() or c.isdigit() for c in bare):
            continue
        if label == "LOC" and _is_adjective(bare):
            continue
        yield bare, label, bool(node.get("optional")) or _is_generic(bare, label)


def _without_cue(form: str, label: str) -> str:
    form = ARTICLE.sub("", form, count=1) if ARTICLE.match(form) else form
    if label == "LOC":
        return CITY_CUE.sub("", form)
    words = re.sub(r"[’']s$", "", form).split()
    while label == "PER" and len(words) > 1 and words[0].strip(".,").casefold() in lexicon().titles:
        words = words[1:]
    return " ".join(words)


def _is_adjective(form: str) -> bool:
    return gazetteer().demonym(form) is not None and gazetteer().place(form) is None


def _is_generic(form: str, label: str) -> bool:
    """A single everyday noun: "Verband", "Feierstunde"."""
    return (
        label in ("ORG", "MISC")
        and " " not in form
        and form.islower() is False
        and is_common(form.casefold())
    )
