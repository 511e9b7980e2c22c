"""Short passages with their relations, written by us: examples_de.txt and examples_en.txt.

A passage is text with slots and a line of relations. `{p1}` is a person, `{y1~Essener}` the first city as an adjective,
`{m1=Absichtserklärung}` an agreement as the text calls it. `> aff p1 c1; ?loc c1 y1` lists what holds; `?` leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loaders.extraction.entities import Cast, Thing
from loaders.extraction.mentions import Mention

FOLDER = Path(__file__).parent
CLASSES = {"p": "Person", "c": "Company", "s": "Startup", "u": "University", "i": "ResearchInstitute", "h": "Hospital",
           "b": "PublicBody", "d": "DevelopmentAgency", "k": "Chamber", "a": "Association", "x": "Hub", "o": "Organisation",
           "y": "City", "r": "Region", "n": "Country", "m": "Agreement", "g": "Programme", "j": "Project", "e": "Event",
           "t": "Delegation", "f": "Topic"}  # fmt: skip
RELATIONS = {"aff": "affiliatedWith", "loc": "locatedIn", "par": "partOf", "sig": "signed", "pty": "partyTo",
             "con": "connects", "coo": "coordinates", "org": "organises", "pin": "participatesIn", "vis": "visited",
             "cop": "cooperatesWith", "fun": "funds", "bas": "basedOn", "top": "hasTopic"}  # fmt: skip
NAMES = {
    "p": (
        "Marla Tessmann",
        "Henrik Oltrogge",
        "Dr. Ilka Bornschein",
        "Jonas Weddig",
        "Prof. Dr. Thea Quandt",
    ),
    "c": ("Nordwerk AG", "Hellmann Sensorik GmbH", "Brightwater Ltd", "Solvana SE"),
    "s": ("Plantero", "Qubrix", "Medlio"),
    "u": ("Universität Hagenau", "Technische Universität Weser", "Northfield University"),
    "i": ("Institut für Prozesstechnik", "Centre for Applied Optics"),
    "h": ("Klinikum Weser", "St. Anna Hospital"),
    "b": ("Ministerium für Wirtschaft", "Westmoor Council"),
    "d": ("Wirtschaftsförderung Weser GmbH", "Invest Northfield"),
    "k": ("IHK Weser", "AHK Norwegen"),
    "a": ("Cluster Leichtbau e.V.", "Stiftung Zukunft"),
    "x": ("Technologiepark Weser", "StartHub"),
    "o": ("Werkgruppe", "Allianz Nord"),
    "y": ("Bremen", "Leeds", "Graz"),
    "r": ("Bayern", "Yorkshire"),
    "n": ("Israel", "Finnland"),
    "m": ("Abkommen", "Vertrag"),
    "g": ("Bridge North", "Startklar"),
    "j": ("HyWeser", "MediLink"),
    "e": ("Digitalforum Weser", "Innovation Summit"),
    "t": ("Delegation", "Delegationsreise"),
    "f": ("Wasserstoff", "Robotik", "Cybersicherheit"),
}
SLOT = re.compile(r"\{([a-z])(\d)(?:([=~])([^}]*))?\}")


@dataclass(frozen=True, slots=True)
class Passage:
    """`answers`: relation, number of source, number of target in `cast.things` -> whether it is left open."""

    text: str
    language: str
    cast: Cast
    answers: dict[tuple[str, int, int], bool]


def passages() -> Iterator[Passage]:
    """Every passage, German first, in file order. Raises ValueError for a slot or relation that is not known."""
    for language in ("de", "en"):
        blocks = (FOLDER / f"examples_{language}.txt").read_text("utf-8").strip().split("\n\n")
        for block in blocks:
            body, _, listed = block.partition("\n> ")
            yield _passage(body, listed, language)


def _passage(body: str, listed: str, language: str) -> Passage:
    things: dict[str, Thing] = {}
    where: list[tuple[Mention, Thing]] = []
    text, here = "", 0
    for slot in SLOT.finditer(body):
        text += body[here : slot.start()]
        here = slot.end()
        thing = things.setdefault(slot[1] + slot[2], Thing(CLASSES[slot[1]]))
        mention = _mention(slot, len(text), again=bool(thing.mentions))
        thing.mentions.append(mention)
        thing.names[mention.name or mention.surface] += 1
        where.append((mention, thing))
        text += mention.surface
    numbers = {key: n for n, key in enumerate(things)}
    answers: dict[tuple[str, int, int], bool] = {}
    for item in listed.split(";"):
        word, source, target = item.replace("?", "").split()
        relation = RELATIONS[word]
        ends = [(numbers[source], numbers[target])]
        if relation == "cooperatesWith":
            ends.append((numbers[target], numbers[source]))
        answers.update({(relation, s, t): "?" in item for s, t in ends})
    return Passage(text + body[here:], language, Cast(list(things.values()), where), answers)


def _mention(slot: re.Match[str], start: int, *, again: bool) -> Mention:
    """The name from the pool, a surname where a person is named again, or the words that the slot gives."""
    kind, sign = slot[1], slot[3]
    name = NAMES[kind][(int(slot[2]) - 1) % len(NAMES[kind])]
    surface = slot[4] if sign else name.split()[-1] if kind == "p" and again else name
    points = kind in "mt"
    head = "adjective" if sign == "~" else surface.casefold() if points else ""
    rule = "demonym" if sign == "~" else "passage"
    return Mention(start, start + len(surface), CLASSES[kind], "" if points else name, surface, head, 3, rule)
