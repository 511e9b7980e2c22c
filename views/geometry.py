"""Rectangles that tile a rectangle, and a line's distance from a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the picture at zoom 1; y grows downwards."""

    left: float
    top: float
    width: float
    height: float


def tile(weights: Sequence[float], box: Box) -> list[Box]:
    """Cut `box` into one part a weight, areas in proportion, parts as square as halving makes them.

    Neighbours in the sequence are neighbours in the picture.
    """
    if len(weights) == 1:
        return [box]
    cut = _middle(weights)
    share = sum(weights[:cut]) / sum(weights)
    if box.width >= box.height:
        first = Box(box.left, box.top, box.width * share, box.height)
        second = Box(box.left + first.width, box.top, box.width - first.width, box.height)
    else:
        first = Box(box.left, box.top, box.width, box.height * share)
        second = Box(box.left, box.top + first.height, box.width, box.height - first.height)
    return tile(weights[:cut], first) + tile(weights[cut:], second)


def _middle(weights: Sequence[float]) -> int:
    """Where to cut so that both sides weigh most alike; both sides keep at least one."""
    total = sum(weights)
    return min(range(1, len(weights)), key=lambda cut: (abs(2 * sum(weights[:cut]) - total), cut))


def distance(x: float, y: float, ax: float, ay: float, bx: float, by: float) -> float:
    """The distance of the point (x, y) from the line between a and b."""
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    along = 0.0 if not square else max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / square))
    gap_x, gap_y = x - ax - along * dx, y - ay - along * dy
    return float((gap_x * gap_x + gap_y * gap_y) ** 0.5)
