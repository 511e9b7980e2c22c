"""locatedIn and partOf: seats, venues, places in places, units of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.extraction.entities import Thing
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.passage import Passage, pattern
from loaders.extraction.relations.found import Found
from loaders.extraction.relations.grammar import ASIDE, PLAIN, THE, gap

SEATED = r"(?:mit\s+(?:Haupt)?[Ss]itz\s+in|ansässig\s+in|beheimatet\s+in|based\s+in|headquartered\s+in|located\s+in|with\s+(?:its\s+)?(?:headquarters|offices?)\s+in|from|aus)"
SEAT = (
    pattern(rf"<OE:thing>{ASIDE}(?:,\s+(?:an?|the|eine?)\s+{gap(40)})?,?\s+{SEATED}\s+{THE}<L:place>"),
    pattern(rf"<OE:thing>{ASIDE}\s+(?:in|im|at)\s+{THE}(?:[\wäöü-]+en\s+)?<L:place>"),
    pattern(rf"<O:thing>{ASIDE},\s+(?:die|das|der|which|that){gap(40)}(?:ihren|seinen|its)\s+(?:Haupt|Stamm)?[Ss](?:itz|eat){gap(12)}in\s+<L:place>"),
    pattern(r"<O:thing>\s+hat\s+(?:ihren|seinen)\s+(?:Haupts|S)itz\s+(?:\w+\s+)?in\s+<L:place>"),
    pattern(r"<L:place>-based\s+(?:[\w-]+\s+){0,3}<O:thing>"),
    pattern(r"<L:place>['’]s\s+<O:thing>"),
    pattern(rf"in\s+{THE}<L:place>\s+(?:ansässigen?|beheimateten?|angesiedelten?|gelegenen?)\s+{PLAIN}{{0,30}}?<O:thing>"),
    pattern(r"<O:thing>,?\s+whose\s+<L:place>\s+(?:office|headquarters|seat)"),
    pattern(rf"<L:place>\s+(?:seat|office|headquarters)\s+of\s+{THE}<O:thing>"),
    pattern(rf"<L:place>,?\s+{gap(40)}(?:Stammsitz|Sitz|home)\s+(?:der|des|of)\s+{gap(25)}<O:thing>"),
    pattern(rf"<E:thing>{ASIDE}(?:,\s+(?:der|die|das))?\s+(?!(?:hat|nach))[^⟦.;:]{{0,45}}?\b(?:in|im|at|nach)\s+{THE}(?:[\wäöü-]+en\s+)?<L:place>"),
    pattern(rf"(?:[Ii]n|[Ii]m)\s+{THE}(?:[\wäöü-]+en\s+)?<L:place>\s+{gap(60)}<E:thing>"),
    pattern(rf"aus\s+{THE}<L:place>,\s+(?:nämlich|darunter)\s+{THE}<O:thing>"),
)  # fmt: skip
ADJECTIVE = pattern(r"<M:place>\s+(?:[\wäöü-]+\s+){0,2}?<OE:thing>")
CITY_IN_REGION = pattern(
    r"<L:thing>(?P<way>\s+(?:in|im|in\s+der|in\s+the|in\s+den)\s+(?:[\wäöü-]+en\s+)?|,\s+(?:in\s+)?|,\s+(?:Hauptstadt|capital|Metropole)\s+(?:der|des|of|von)\s+(?:the\s+)?)"
    r"(?:Provinz\s+|province\s+of\s+|der\s+|Präfektur\s+)?<L:place>"
)
UNIT = (
    pattern(rf"<O:thing>{ASIDE}\s+(?:an\s+der|am|an\s+dem|at|within|,?\s*part\s+of|,?\s*(?:ein(?:e[rs]?)?\s+)?(?:Teil|Tochter\w*|Einrichtung|Institut)\s+(?:der|des|von))\s+{THE}<O:whole>"),
    pattern(rf"<O:thing>{ASIDE}\s+(?:der|des)\s+<O:whole>"),
    pattern(rf"<O:thing>\s+(?:gehört|belongs)\s+(?:zu[rm]?|to)\s+{THE}<O:whole>"),
    pattern(rf"<O:whole>,\s+(?:made\s+up\s+of|bestehend\s+aus|zu\s+de[rm]\s+sich|in\s+de[rm]\s+sich)\s+{THE}<O:thing>"),
    pattern(r"<O:whole>,\s+(?:deren|dessen|whose)\s+<O:thing>"),
    pattern(r"(?:bei|an)\s+(?:der|dem)\s+<O:whole>\s+(?:angesiedelten?|beheimateten?)\s+<O:thing>"),
    pattern(rf"<OJ:thing>{ASIDE},?\s+{gap(40)}\b(?:one\s+of\s+{gap(30)}under|is\s+part\s+of|Teil\s+(?:der|des|von)|Mitglied\s+(?:der|des|im|in)|member\s+of)\s+{THE}<OG:whole>"),
)  # fmt: skip
SIZES = {"Place": 0, "City": 1, "Region": 2, "Country": 3}


def places(passage: Passage) -> Iterator[Found]:
    """Yield locatedIn and partOf for one sentence."""
    for rule in SEAT:
        for match in rule.finditer(passage.coded):
            yield from _located(passage, match, "seat", 0.8)
    for match in ADJECTIVE.finditer(passage.coded):
        yield from _located(passage, match, "adjective", 0.7)
    yield from _nested(passage)
    for rule in UNIT:
        for match in rule.finditer(passage.coded):
            start, end = passage.span(match.start(), match.end())
            whole = passage.thing(match["whole"])
            for number in passage.alongside(match["thing"]):
                part = passage.thing(number)
                if part is not whole and _may_contain(whole.type, part.type):
                    yield Found(part, "partOf", whole, start, end, "unit")


def _located(passage: Passage, match: re.Match[str], rule: str, confidence: float) -> Iterator[Found]:
    start, end = passage.span(match.start(), match.end())
    number = int(match["thing"])
    after = passage.position(number) > passage.position(int(match["place"]))
    for other in passage.alongside(number) if after else [number]:
        if not after or other >= number:
            yield Found(
                passage.thing(other),
                "locatedIn",
                passage.thing(match["place"]),
                start,
                end,
                rule,
                confidence=confidence,
            )


def _nested(passage: Passage) -> Iterator[Found]:
    for match in CITY_IN_REGION.finditer(passage.coded):
        inner, outer = passage.thing(match["thing"]), passage.thing(match["place"])
        if inner is outer or SIZES[inner.type] >= SIZES[outer.type]:
            continue
        if not _may_lie_in(inner, outer) or (match["way"].strip() == "," and not _is_inside(inner, outer)):
            continue
        start, end = passage.span(match.start(), match.end())
        yield Found(inner, "locatedIn", outer, start, end, "place in place", confidence=0.7)


def _may_lie_in(inner: Thing, outer: Thing) -> bool:
    """ "Gäste aus Manchester im Ruhrgebiet": no place lies in a region of another country."""
    a, b = gazetteer().place(inner.name), gazetteer().place(outer.name)
    return a is None or b is None or a.country == b.country or len(b.country) != 2


def _is_inside(inner: Thing, outer: Thing) -> bool:
    """ "Lyon, France": the comma says "in" when the country is right."""
    names = gazetteer()
    a, b = names.place(inner.name), names.place(outer.name)
    return a is not None and b is not None and a.country == b.country and outer.type == "Country"


def _may_contain(whole: str, part: str) -> bool:
    """Units belong to universities, companies, associations; an authority is no unit of them."""
    if whole in ("University", "Association", "Organisation", "Hospital", "Company", "Programme"):
        return part not in ("PublicBody", "Chamber") or whole == "Association"
    return whole == "PublicBody" and part in ("PublicBody", "ResearchInstitute", "Organisation")
