"""Cities, regions and countries by the gazetteer; what is also an everyday word needs a preposition or a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.extraction.dates import MONTHS
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.mentions import Mention
from loaders.extraction.tokens import Token, is_common

PLACE_BEFORE = frozenset(
    [
        "in",
        "aus",
        "nach",
        "bei",
        "von",
        "stadt",
        "städte",
        "städten",
        "nahe",
        "um",
        "zwischen",
        "raum",
        "großraum",
        "region",
        "standort",
        "kreis",
        "gemeinde",
        "to",
        "from",
        "near",
        "at",
        "city",
        "town",
        "cities",
        "across",
        "visit",
        "visited",
        "between",
        "beyond",
        "around",
        "of",
        "rathaus",
        "oberbürgermeister",
        "bürgermeister",
    ]
)
POINTING = {
    "land": ("Region", "de"), "landes": ("Region", "de"), "freistaats": ("Region", "de"), "freistaat": ("Region", "de"),
    "revier": ("Region", "de"), "reviers": ("Region", "de"), "stadt": ("City", "de"), "hansestadt": ("City", "de"),
    "landeshauptstadt": ("City", "de"), "kommune": ("City", "de"), "city": ("City", "en"), "region": ("Region", "en"),
    "borough": ("City", "en"),
}  # fmt: skip
AREA_WORDS = {"kreis": "Region", "landkreis": "Region", "region": "Region", "großraum": "Region", "provinz": "Region",
              "metropolregion": "Region", "bundesland": "Region", "regierungsbezirk": "Region", "bezirk": "Place",
              "stadtteil": "Place", "ortsteil": "Place", "insel": "Region"}  # fmt: skip


def find_places(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield places with their usual name; adjectives of cities ("Essener") as mentions of the city."""
    i = 0
    texts = [t.text for t in tokens]
    while i < len(tokens):
        step = 1
        for mention, size in _at(text, tokens, texts, i):
            yield mention
            step = max(step, size)
        i += step


def find_pointing_places(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    """ "des Landes", "der Stadt", "the city": a place spoken of before (empty name)."""
    names = gazetteer()
    for i in range(1, len(tokens)):
        kind = POINTING.get(tokens[i].lower)
        if kind is None or tokens[i - 1].lower not in ("des", "der", "das", "dem", "die", "the"):
            continue
        german = kind[1] == "de"
        if german != tokens[i].is_capitalised or names.longest_place(
            [t.text for t in tokens[i + 1 : i + 5]], 0
        ):
            continue
        start, end = tokens[i].start, tokens[i].end
        yield Mention(start, end, kind[0], "", text[start:end], tokens[i].lower, 6, "pointed at", 0.5)


def _at(text: str, tokens: Sequence[Token], texts: Sequence[str], i: int) -> Iterator[tuple[Mention, int]]:
    names = gazetteer()
    area = AREA_WORDS.get(tokens[i].lower)
    if area and i + 1 < len(tokens) and tokens[i + 1].is_name_like:
        found = names.longest_place(texts, i + 1)
        if found is not None and tokens[i].is_capitalised:
            name = text[tokens[i].start : tokens[i + found[1]].end]
            whole = names.place(name)
            if area == "Region" and found[0].kind == "City" and tokens[i].lower != "provinz":
                yield (
                    _place(text, tokens, i, 1 + found[1], whole.kind if whole else area, name, 0.85),
                    1 + found[1],
                )
                return
    if tokens[i].lower in ("kreis", "landkreis") and tokens[i].is_capitalised:
        size = _unlisted(tokens, i + 1)
        if size:
            name = text[tokens[i].start : tokens[i + size].end]
            yield _place(text, tokens, i, 1 + size, "Region", name, 0.7, rule="district"), 1 + size
            return
    found = names.longest_place(texts, i)
    if found is None:
        city = names.demonym(tokens[i].text)
        if city is not None and city.kind == "City" and tokens[i].is_capitalised:
            yield (
                _place(text, tokens, i, 1, city.kind, city.canonical, 0.6, rule="demonym", head="adjective"),
                1,
            )
        return
    place, size = found
    if not tokens[i].is_name_like:
        return
    surface = text[tokens[i].start : tokens[i + size - 1].end]
    if tokens[i].lower in MONTHS:
        return
    everyday = place.kind == "City" and size == 1 and is_common(tokens[i].lower)
    if (
        everyday or names.is_ambiguous(surface) or (place.weight < 1 and place.kind == "City")
    ) and not _supported(tokens, i, size):
        return
    if size == 1 and names.is_first_name(tokens[i].text) and not _supported(tokens, i, size):
        return
    name = surface if names.place(surface) is not None and not _genitive(surface, place.name) else place.name
    yield _place(text, tokens, i, size, place.kind, name, 0.9), size


def _unlisted(tokens: Sequence[Token], i: int) -> int:
    """How many words behind "Landkreis" make a name that no list knows: "Grafschaft Beispielheim"."""
    end = i
    while end < len(tokens) and end - i < 2 and tokens[end].is_name_like:
        end += 1
    return end - i if end > i and not is_common(tokens[end - 1].lower) else 0


def _genitive(surface: str, name: str) -> bool:
    return surface != name and surface.rstrip("s’'") == name


def _supported(tokens: Sequence[Token], i: int, size: int) -> bool:
    """A preposition or a word such as "Stadt" before, a dateline, or a neighbour in a list that is a place."""
    names = gazetteer()
    before = tokens[i - 1] if i else None
    after = tokens[i + size] if i + size < len(tokens) else None
    if before is not None and (before.lower in PLACE_BEFORE or before.lower in AREA_WORDS):
        return True
    if before is not None and before.text in (",", "/") and i > 1 and _clear_place(names, tokens[i - 2].text):
        return True
    if before is not None and before.lower in ("und", "and", "sowie", "oder", "bis", "über") and i > 1:
        return _clear_place(names, tokens[i - 2].text)
    if after is not None and after.text in (",", "/", "und", "and") and i + size + 1 < len(tokens):
        return _clear_place(names, tokens[i + size + 1].text)
    return False


def _clear_place(names: object, word: str) -> bool:
    place = gazetteer().place(word)
    return place is not None and not gazetteer().is_ambiguous(word)


def _place(
    text: str, tokens: Sequence[Token], i: int, size: int, kind: str, name: str, confidence: float,
    *, rule: str = "gazetteer", head: str = "",
) -> Mention:  # fmt: skip
    start, end = tokens[i].start, tokens[i + size - 1].end
    return Mention(start, end, kind, name, text[start:end], head, 5, rule, confidence)
