"""Where a document is at home, and who is on stage: what a bare "Oberbürgermeister X" belongs to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from loaders.extraction.cast import Cast, Thing
from loaders.extraction.gazetteer import gazetteer

DATELINE = re.compile(r"[^\n,.;:(]{2,40}(?:\([^()\n]{1,30}\))?,\s*(?:den\s+)?\d{1,2}(?:\.|\s+[A-Z])")


@dataclass(frozen=True, slots=True)
class Home:
    """`city`: that of the dateline; it and `state` else those named most often, the first of equals."""

    city: Thing | None
    state: Thing | None
    ministry: Thing | None  # the first one named
    places: dict[str, Thing]  # usual name -> place
    cast: Cast

    def last(self, type_: str, before: int) -> Thing | None:
        """The last thing of a class, or the last Landtag, named before an offset."""
        for _, thing in self.cast.before(before):
            if thing.type == type_ or (type_ == "Landtag" and "Landtag" in thing.name):
                return thing
        return None


def find_home(text: str, cast: Cast) -> Home:
    """Look once through a document."""
    names = gazetteer()
    places = {}
    for thing in reversed(cast.things):
        if thing.root == "Place" and (found := names.place(thing.name)):
            places[found.canonical] = thing
    ministry = next(
        (t for t in cast.things if t.type == "PublicBody" and "minister" in t.name.casefold()), None
    )
    city = _of_dateline(text, cast) or _most_named(cast, "City")
    return Home(city, _most_named(cast, "Region"), ministry, places, cast)


def _of_dateline(text: str, cast: Cast) -> Thing | None:
    """ "Gelsenkirchen, 14. März 2024": at the beginning of a line."""
    for mention, thing in cast.where:
        start = mention.start
        at_line_start = start == 0 or text[start - 1] == "\n"
        if thing.type == "City" and at_line_start and DATELINE.match(text, start):
            return thing
    return None


def _most_named(cast: Cast, type_: str) -> Thing | None:
    counts = Counter(id(thing) for _, thing in cast.where if thing.type == type_)
    by_id = {id(thing): thing for thing in cast.things}
    return by_id.get(counts.most_common(1)[0][0]) if counts else None
