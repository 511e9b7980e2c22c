"""Who takes which slot: exchange neighbours until the lines are short and cross no third symbol.

Every slot has room for a symbol with its label, so nothing overlaps, whatever the outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from views.geometry import distance

CLEARANCE = 30.0  # pixels that a line keeps from a symbol it does not belong to
BLOCKED = 90.0  # pixels of length that a line through a foreign symbol is worth
CAREFUL = 160  # nodes up to which lines through symbols are looked for: the cost grows with nodes times edges
FIRST_HEAT, LAST_HEAT = 160.0, 1.0  # pixels of worsening accepted with probability 1/e


class Dice:
    """A small generator of pseudo-random numbers, the same on every Python version and machine."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, limit: int) -> int:
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._state >> 33) % limit

    def fraction(self) -> float:
        return self.below(2**30) / 2**30


@dataclass(slots=True)
class Seating:
    """`slots[i]` is a point; `seats[i]` is the node in it, or -1; slots of one room are exchanged only."""

    slots: list[tuple[float, float]]
    rooms: list[list[int]]  # slots of each room
    seats: list[int]
    links: list[tuple[int, int]]  # pairs of nodes, each pair once
    place: list[tuple[float, float]] = field(init=False)
    ties: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        count = 1 + max(self.seats, default=-1)
        self.place = [(0.0, 0.0)] * count
        for slot, node in enumerate(self.seats):
            if node >= 0:
                self.place[node] = self.slots[slot]
        self.ties = [[] for _ in range(count)]
        for index, (a, b) in enumerate(self.links):
            self.ties[a].append(index)
            self.ties[b].append(index)

    def swap(self, one: int, two: int) -> None:
        self.seats[one], self.seats[two] = self.seats[two], self.seats[one]
        for slot in (one, two):
            if self.seats[slot] >= 0:
                self.place[self.seats[slot]] = self.slots[slot]

    def cost(self, nodes: Sequence[int], *, careful: bool) -> float:
        """The length of the nodes' lines in pixels, and BLOCKED for each symbol in the way of a line."""
        total = 0.0
        for index in sorted({i for node in nodes for i in self.ties[node]}):
            a, b = self.links[index]
            (ax, ay), (bx, by) = self.place[a], self.place[b]
            total += ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5
            if careful:
                total += BLOCKED * self._symbols_on(a, b)
        if careful:
            total += BLOCKED * sum(self._lines_over(node) for node in nodes)
        return total

    def _symbols_on(self, a: int, b: int) -> int:
        (ax, ay), (bx, by) = self.place[a], self.place[b]
        left, right = min(ax, bx) - CLEARANCE, max(ax, bx) + CLEARANCE
        top, bottom = min(ay, by) - CLEARANCE, max(ay, by) + CLEARANCE
        return sum(
            left < x < right and top < y < bottom and distance(x, y, ax, ay, bx, by) < CLEARANCE
            for node, (x, y) in enumerate(self.place)
            if node not in (a, b)
        )

    def _lines_over(self, node: int) -> int:
        x, y = self.place[node]
        count = 0
        for a, b in self.links:
            if node in (a, b):
                continue
            (ax, ay), (bx, by) = self.place[a], self.place[b]
            if min(ax, bx) - CLEARANCE < x < max(ax, bx) + CLEARANCE and (
                min(ay, by) - CLEARANCE < y < max(ay, by) + CLEARANCE
            ):
                count += distance(x, y, ax, ay, bx, by) < CLEARANCE
        return count


def settle(seating: Seating, *, seed: int = 7) -> None:
    """Improve a seating in place by simulated annealing; the same input gives the same outcome."""
    dice, count = Dice(seed), len(seating.place)
    rooms = [room for room in seating.rooms if len(room) > 1]
    if not rooms or not seating.links:
        return
    slots = [(room, slot) for room in rooms for slot in room]
    _anneal(seating, slots, dice, steps=min(200_000, 600 * count), first=FIRST_HEAT, careful=False)
    if count <= CAREFUL:
        _anneal(seating, slots, dice, steps=120 * count, first=FIRST_HEAT / 4, careful=True)


def nudge(seating: Seating, play: Sequence[tuple[float, float]]) -> None:
    """Move each node inside its slot, by at most its `play`, to where its lines are shortest and freest.

    Large graphs stay on the middles of their slots: nobody sees the difference there.
    """
    if len(seating.place) > CAREFUL:
        return
    home = list(seating.place)
    for _ in range(2):
        for node, (wide, high) in enumerate(play):
            x, y = seating.place[node]
            x0, y0 = home[node]
            choices = [(x0 + wide * i / 2, y0 + high * j / 2) for i in range(-2, 3) for j in range(-2, 3)]
            best, least = (x, y), seating.cost([node], careful=True)
            for choice in choices:
                seating.place[node] = choice
                if (cost := seating.cost([node], careful=True)) < least - 0.5:
                    best, least = choice, cost
            seating.place[node] = best


def _anneal(
    seating: Seating,
    slots: list[tuple[list[int], int]],
    dice: Dice,
    *,
    steps: int,
    first: float,
    careful: bool,
) -> None:
    for step in range(steps):
        heat = first * (LAST_HEAT / first) ** (step / steps)
        room, one = slots[dice.below(len(slots))]
        two = room[dice.below(len(room))]
        nodes = [node for node in (seating.seats[one], seating.seats[two]) if node >= 0]
        if one == two or not nodes:
            continue
        before = seating.cost(nodes, careful=careful)
        seating.swap(one, two)
        worse = seating.cost(nodes, careful=careful) - before
        if worse > 0 and dice.fraction() > 2.718281828459045 ** (-worse / heat):
            seating.swap(one, two)
