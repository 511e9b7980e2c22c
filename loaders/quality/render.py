"""The quality card as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from loaders.quality.card import Card, Figure, Finding

HEAD = "precision | recall | F1 | 95 % interval | right | invented | missed |"
LINE = "---: | ---: | ---: | --- | ---: | ---: | ---: |"


def render(card: Card, *, title: str = "Quality card", errors: bool = False, level: int = 1) -> str:
    """The card as Markdown that ends with a line break.

    Args:
        title: its heading.
        level: of that heading, from 1; all others stand below it.
        errors: list every miss and every invention at the end.
    """
    parts = [[f"# {title}", "", _summary(card), ""], _table(_overall(card))]
    parts.append(["## Nodes by class", "", *_table(_typed(card.nodes))])
    parts.append(["## Edges by relation", "", *_table(_typed(card.edges))])
    parts.append([*_calibration(card)])
    if errors:
        parts.append(_findings("Missed", card.misses))
        parts.append(_findings("Invented", card.inventions))
    marks = "#" * (level - 1)  # before headings; a line of a list or a table never begins with "#"
    lines = (marks + line if line.startswith("#") else line for part in parts for line in part)
    return "\n".join(lines).rstrip() + "\n"


def _summary(card: Card) -> str:
    languages = ", ".join(f"{number} {tag}" for tag, number in card.languages)
    return (
        f"{card.documents} documents ({languages}). {card.exact_types:.1%} of the nodes found have the very class; "
        f"{card.true_quotes} of {card.quotes} edges found quote their document word for word."
    )


def _overall(card: Card) -> Iterator[tuple[str, Figure]]:
    yield "nodes", dict(card.nodes)[""]
    yield from ((f"nodes, {tag}", figure) for tag, figure in card.nodes_by_language)
    yield "edges", dict(card.edges)[""]
    yield from ((f"edges, {tag}", figure) for tag, figure in card.edges_by_language)


def _typed(figures: Iterable[tuple[str, Figure]]) -> Iterator[tuple[str, Figure]]:
    return ((type, figure) for type, figure in figures if type)


def _table(rows: Iterable[tuple[str, Figure]]) -> list[str]:
    lines = [f"| | {HEAD}", f"| --- | {LINE}"]
    for name, figure in rows:
        shares = " | ".join(f"{share:.3f}" for share in (figure.precision, figure.recall, figure.f1))
        counts = " | ".join(str(count) for count in (figure.hits, figure.inventions, figure.misses))
        lines.append(f"| {name} | {shares} | {figure.low:.2f}–{figure.high:.2f} | {counts} |")
    return [*lines, ""]


def _calibration(card: Card) -> Iterator[str]:
    yield from ("## Calibration of edges", "")
    yield "Of edges with a confidence of 0.8, eight of ten should be right. Optional edges are left out."
    yield f"Expected calibration error: {card.calibration_error:.3f}."
    yield from ("", "| confidence | edges | mean confidence | share right |", "| --- | ---: | ---: | ---: |")
    for b in card.bins:
        if b.edges:
            yield f"| {b.low:.1f}–{b.high:.1f} | {b.edges} | {b.confidence:.2f} | {b.right / b.edges:.2f} |"
    yield ""


def _findings(heading: str, findings: Sequence[Finding]) -> list[str]:
    """One list a document. Names come from documents: what Markdown would read as markup is escaped."""
    lines = [f"## {heading} ({len(findings)})", ""]
    document = None
    for finding in findings:
        if finding.document != document:
            document = finding.document
            lines += [f"### {_plain(document)}", ""]
        lines.append(f"- {_plain(finding.what)}")
    return [*lines, ""]


def _plain(text: str) -> str:
    escaped = "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in " ".join(text.split()))
    return escaped.replace("-\\>", "→").replace(" -", " –")
