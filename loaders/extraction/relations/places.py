"""locatedIn and partOf: seats, venues, units of bodies."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.extraction.passage import Passage, pattern
from loaders.extraction.relations.found import Found

ASIDE = r"(?:\s*\([^()⟦⟧]{1,30}\)|\s*\(⟦O\d+⟧\))?"
SEAT = (
    pattern(rf"<OE:thing>{ASIDE},?\s+(?:mit\s+(?:Haupt)?Sitz\s+in|ansässig\s+in|beheimatet\s+in|based\s+in|headquartered\s+in|located\s+in|with\s+(?:its\s+)?(?:headquarters|offices?)\s+in|das\s+in|die\s+in|der\s+in)\s+(?:der\s+|the\s+)?<L:place>(?P<tail>\s+(?:ihren|seinen|den)\s+Sitz)?"),
    pattern(rf"<OE:thing>{ASIDE}\s+(?:in|im|at)\s+(?:der\s+|den\s+|the\s+)?(?:[\wäöü]+en\s+)?<L:place>"),
    pattern(r"<L:place>-based\s+(?:[\w-]+\s+){0,3}<O:thing>"),
    pattern(r"<O:thing>\s+hat\s+(?:ihren|seinen)\s+(?:Haupts|S)itz\s+(?:\w+\s+)?in\s+<L:place>"),
)  # fmt: skip
ADJECTIVE = pattern(r"<L:place>\s+(?:[A-ZÄÖÜ][\w-]+\s+){0,2}?<O:thing>(?:\s+(?:und|and|sowie)\s+<O:second>)?")
CITY_IN_REGION = pattern(r"<L:thing>(?:\s+\([^()⟦⟧]{1,20}\))?(?:\s+(?:in|im|in der|in the|in den)\s+(?:[\wäöü-]+en\s+)?|,\s+)(?:Provinz\s+|province of\s+|der\s+)?<L:place>")
UNIT = (
    pattern(rf"<O:thing>{ASIDE}\s+(?:an\s+der|am|an\s+dem|at\s+(?:the\s+)?|within\s+(?:the\s+)?|,?\s*part\s+of\s+(?:the\s+)?|,?\s*(?:ein(?:e[rs]?)?\s+)?(?:Teil|Tochter\w*|Einrichtung|Institut)\s+(?:der|des|von)|an\s+die)\s*<O:whole>"),
    pattern(rf"<O:thing>{ASIDE}\s+(?:der|des)\s+<O:whole>"),
    pattern(r"<O:thing>\s+(?:gehört|belongs)\s+(?:zu[rm]?|to)\s+(?:den\s+|der\s+|the\s+)?<O:whole>"),
    pattern(r"<O:whole>(?:\s*\([^()]{2,30}\))?,\s+(?:made\s+up\s+of|bestehend\s+aus|zu\s+der\s+sich)\s+(?:the\s+|die\s+)?<O:thing>"),
)  # fmt: skip


def places(passage: Passage) -> Iterator[Found]:
    """Yield locatedIn and partOf for one sentence."""
    for rule in SEAT:
        for match in rule.finditer(passage.coded):
            if passage.mention(match["place"]).head != "adjective":
                start, end = passage.span(match.start(), match.end())
                yield Found(passage.thing(match["thing"]), "locatedIn", passage.thing(match["place"]), start, end, "seat")
    for match in ADJECTIVE.finditer(passage.coded):
        if passage.mention(match["place"]).head == "adjective":
            start, end = passage.span(match.start(), match.end())
            for group in ("thing", "second"):
                if match[group]:
                    thing = passage.thing(match[group])
                    yield Found(thing, "locatedIn", passage.thing(match["place"]), start, end, "adjective", confidence=0.7)
    yield from _nested(passage)
    for rule in UNIT:
        for match in rule.finditer(passage.coded):
            part, whole = passage.thing(match["thing"]), passage.thing(match["whole"])
            if part is not whole and _may_contain(whole.type, part.type):
                start, end = passage.span(match.start(), match.end())
                yield Found(part, "partOf", whole, start, end, "unit")


def _nested(passage: Passage) -> Iterator[Found]:
    for match in CITY_IN_REGION.finditer(passage.coded):
        inner, outer = passage.thing(match["thing"]), passage.thing(match["place"])
        sizes = {"Place": 0, "City": 1, "Region": 2, "Country": 3}
        comma = ", " in match[0] and " in" not in match[0]
        if inner is not outer and sizes[inner.type] < sizes[outer.type] and not comma:
            start, end = passage.span(match.start(), match.end())
            yield Found(inner, "locatedIn", outer, start, end, "place in place", confidence=0.7)


def _may_contain(whole: str, part: str) -> bool:
    """Units belong to universities, companies, associations; a person's office is no unit of a place."""
    if whole in ("University", "Association", "Organisation", "Hospital", "Company"):
        return part not in ("PublicBody", "Chamber") or whole == "Association"
    return whole == "PublicBody" and part in ("PublicBody", "ResearchInstitute", "Organisation")
