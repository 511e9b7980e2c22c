"""What a relation rule yields."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.extraction.entities import Thing
from ontology.model import Modality


@dataclass(frozen=True, slots=True)
class Found:
    """`start`/`end`: the passage that says it, in the view's text."""

    source: Thing
    type: str
    target: Thing
    start: int
    end: int
    rule: str
    role: str = ""
    modality: Modality = Modality.STATED
    confidence: float = 0.8
