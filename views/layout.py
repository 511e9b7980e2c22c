"""Positions of the network picture: rooms for places and topics, and in each room a slot for every node.

Pure Python, no clock and no chance: equal graphs give equal pictures.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count
from math import ceil, log

from ontology.model import Graph
from views.geometry import Box, tile
from views.labels import label_lines
from views.rooms import Room, RoomKind, rooms
from views.slots import Seating, nudge, settle

SLOT_WIDTH, SLOT_HEIGHT = 126.0, 92.0  # a symbol with three lines of label below
ROOM_GAP, ROOM_PADDING, ROOM_HEAD = 9.0, 10.0, 30.0
SPARE = 1.18  # slots a node, so that the picture has gaps to move into
WIDE = 1.22  # width to height, the shape of the area between two side panels
LETTER, LINE_HEIGHT, LINE_GAP = 6.7, 14.0, 10.0  # of the label's font, an upper estimate
SMALLEST, LARGEST = 9, 20  # radius of a symbol


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one node is drawn: the middle of its symbol, in pixels at zoom 1."""

    node: str
    x: int
    y: int
    radius: int
    lines: tuple[str, ...]
    room: int


@dataclass(frozen=True, slots=True)
class Layout:
    rooms: tuple[Room, ...]
    boxes: tuple[Box, ...]  # one a room
    spots: tuple[Spot, ...]  # one a node, sorted by node


def layout(graph: Graph) -> Layout:
    """Place every node of `graph` so that no two symbols or labels overlap."""
    found = rooms(graph)
    names = {node.id: node.name for node in graph.nodes}
    boxes = _boxes(found)
    degrees = degree(graph)
    seating, order = _seat(graph, found, boxes)
    settle(seating)
    nudge(seating, [_play(names[id_], boxes[room], len(found[room].members)) for id_, room in order])
    spots = [
        _spot(id_, names[id_], seating.place[index], degrees[id_], room)
        for index, (id_, room) in enumerate(order)
    ]
    return Layout(found, boxes, tuple(sorted(spots, key=lambda spot: spot.node)))


def degree(graph: Graph) -> Counter[str]:
    """The number of relations of each node."""
    counts: Counter[str] = Counter()
    for edge in graph.edges:
        counts[edge.source] += 1
        counts[edge.target] += edge.source != edge.target
    return counts


def _boxes(found: tuple[Room, ...]) -> tuple[Box, ...]:
    """One box a room; the whole grows until each has slots enough. Topics lie along the bottom."""
    if not found:
        return ()
    places = [room for room in found if room.kind is not RoomKind.TOPICS]
    topics = found[len(places) :]
    width = (SLOT_WIDTH * SLOT_HEIGHT * WIDE * sum(len(room.members) for room in found)) ** 0.5
    weights = [len(room.members) * SPARE + 1.5 for room in places]  # a head costs a small room more
    for attempt in count(1):
        band = sum(_band(len(room.members), width) for room in topics)
        top = max(width / WIDE - band, SLOT_HEIGHT) if places else 0
        boxes = tile(weights, Box(0, 0, width, top)) if places else []
        boxes += [Box(0, top, width, band) for _ in topics]
        inner = tuple(_shrink(box) for box in boxes)
        short = [i for i, room in enumerate(found) if _product(_most(inner[i])) < len(room.members)]
        if not short:
            return inner
        # First take from the rooms that have too much; if that does not help, the whole grows.
        weights = [w * 1.08 if i in short else w for i, w in enumerate(weights)]
        width *= 1.0 if attempt % 12 else 1.03
    raise AssertionError("unreachable: the loop has no other end")


def _band(count: int, width: float) -> float:
    columns = max(1, int((width - 2 * (ROOM_GAP + ROOM_PADDING)) / SLOT_WIDTH))
    return -(-count // columns) * SLOT_HEIGHT + ROOM_HEAD + 2 * ROOM_PADDING + 2 * ROOM_GAP


def _shrink(box: Box) -> Box:
    return Box(box.left + ROOM_GAP, box.top + ROOM_GAP, box.width - 2 * ROOM_GAP, box.height - 2 * ROOM_GAP)


def _grid(box: Box, members: int) -> list[tuple[float, float]]:
    """The middles of the slots in a room: rows of equal slots, spread over the whole room."""
    columns, rows = _counts(box, members)
    across, down = (box.width - 2 * ROOM_PADDING) / columns, (box.height - ROOM_HEAD - ROOM_PADDING) / rows
    return [
        (box.left + ROOM_PADDING + across * (c + 0.5), box.top + ROOM_HEAD + down * (r + 0.4))
        for r in range(rows)
        for c in range(columns)
    ]


def _most(box: Box) -> tuple[int, int]:
    """How many columns and rows of slots a room holds at most."""
    width, height = box.width - 2 * ROOM_PADDING, box.height - ROOM_HEAD - ROOM_PADDING
    return max(0, int(width / SLOT_WIDTH)), max(0, int(height / SLOT_HEIGHT))


def _product(counts: tuple[int, int]) -> int:
    return counts[0] * counts[1]


def _counts(box: Box, members: int) -> tuple[int, int]:
    """The columns and rows that give every member a slot, some spare ones, and the squarest slots."""
    most = _most(box)
    wanted = min(_product(most), ceil(members * SPARE))
    fitting = [(c, r) for c in range(1, most[0] + 1) for r in range(1, most[1] + 1) if c * r >= wanted]
    shape = box.width / box.height * SLOT_HEIGHT / SLOT_WIDTH
    return min(
        fitting, key=lambda counts: (_product(counts) + 2 * abs(log(counts[0] / counts[1] / shape)), counts)
    )


def _seat(
    graph: Graph, found: tuple[Room, ...], boxes: tuple[Box, ...]
) -> tuple[Seating, list[tuple[str, int]]]:
    slots: list[tuple[float, float]] = []
    groups: list[list[int]] = []
    seats: list[int] = []
    order: list[tuple[str, int]] = []
    for index, (room, box) in enumerate(zip(found, boxes, strict=True)):
        grid = _grid(box, len(room.members))
        groups.append(list(range(len(slots), len(slots) + len(grid))))
        slots.extend(grid)
        seats.extend(range(len(order), len(order) + len(room.members)))
        seats.extend([-1] * (len(grid) - len(room.members)))
        order.extend((member, index) for member in room.members)
    number = {id_: i for i, (id_, _) in enumerate(order)}
    pairs = {tuple(sorted((number[e.source], number[e.target]))) for e in graph.edges if e.source != e.target}
    return Seating(slots, groups, seats, sorted((a, b) for a, b in pairs)), order


def _play(name: str, box: Box, members: int) -> tuple[float, float]:
    """How far a node may move from the middle of its slot, sideways and up or down, and stay inside it."""
    lines = label_lines(name)
    columns, rows = _counts(box, members)
    wide = (box.width - 2 * ROOM_PADDING) / columns - LETTER * max(map(len, lines)) - LINE_GAP
    high = (box.height - ROOM_HEAD - ROOM_PADDING) / rows - 3 * LARGEST - LINE_HEIGHT * len(lines)
    return max(0.0, min(30.0, wide / 2)), max(0.0, min(16.0, high / 2))


def _spot(id_: str, name: str, place: tuple[float, float], ties: int, room: int) -> Spot:
    radius = min(LARGEST, round(SMALLEST + 2.1 * ties**0.5))
    return Spot(id_, round(place[0]), round(place[1]), radius, label_lines(name), room)
