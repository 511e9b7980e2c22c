"""What a graph holds, in numbers: as one object for programs, as a table for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ontology.model import Graph, Modality


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts. `doubts` by their kind; all mappings are sorted by key."""

    documents: int
    nodes: Mapping[str, int]  # by class
    relations: Mapping[str, int]  # by type
    modality: Mapping[str, int]
    doubts: Mapping[str, int]
    corrections_that_no_longer_apply: int

    def as_object(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)

    def as_text(self) -> str:
        """A table for people, most frequent first."""
        return "\n".join([self._head(), "", *self._columns(), "", self._unsure()])

    def _head(self) -> str:
        nodes, relations = sum(self.nodes.values()), sum(self.relations.values())
        return (
            f"{plural(self.documents, 'document')}, {plural(nodes, 'node')}, {plural(relations, 'relation')}"
        )

    def _columns(self) -> list[str]:
        nodes, relations = Counter(self.nodes).most_common(), Counter(self.relations).most_common()
        lines = []
        for i in range(max(len(nodes), len(relations))):
            left = f"{nodes[i][0]:<20}{nodes[i][1]:>5}" if i < len(nodes) else " " * 25
            right = f"{relations[i][0]:<16}{relations[i][1]:>5}" if i < len(relations) else ""
            lines.append(f"  {left}    {right}".rstrip())
        return lines

    def _unsure(self) -> str:
        unsure = ", ".join(f"{n} about a {kind}" for kind, n in self.doubts.items()) or "none"
        intended = self.modality.get(Modality.INTENDED, 0)
        stale = self.corrections_that_no_longer_apply
        found_nothing = f"\ncorrections that found nothing: {stale}: see innograph check" if stale else ""
        return f"unsure: {unsure}; intended, not yet done: {plural(intended, 'relation')}{found_nothing}"


def summary(graph: Graph, *, doubts: Counter[str], stale: int) -> Summary:
    """Count. `doubts` by kind, `stale`: corrections that did nothing."""
    return Summary(
        documents=len(graph.documents),
        nodes=_sorted(Counter(n.type for n in graph.nodes)),
        relations=_sorted(Counter(e.type for e in graph.edges)),
        modality=_sorted(Counter(e.modality.value for e in graph.edges)),
        doubts=_sorted(doubts),
        corrections_that_no_longer_apply=stale,
    )


def plural(number: int, word: str) -> str:
    """The number with its word.

    >>> plural(1, "row"), plural(3, "row")
    ('1 row', '3 rows')
    """
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _sorted(counts: Counter[str]) -> Mapping[str, int]:
    return dict(sorted(counts.items()))
