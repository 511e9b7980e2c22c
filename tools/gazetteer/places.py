"""The table of places: countries, regions and cities under the names that German and English texts use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gazetteer.evidence import Evidence
from gazetteer.sources import City, cities, country_names, country_populations, hand_rows

EVERY_SIZE = frozenset({"DE", "NL", "IL", "GB"})  # the places of these countries are kept whatever their size
SMALL = {"AT": 5_000, "CH": 5_000}
USUAL = 15_000  # inhabitants from which a place of any other country is kept
KNOWN = 200_000  # inhabitants from which other spellings are taken over, if a corpus has them as a place
NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Žİ'][\w .'()/-]*[\w)]\Z")
TAIL = re.compile(
    r" \([^)]*\)$|/.*$| (?:am|an der|an dem|im|in der|in|bei|ob der|vor der|upon|aan den|aan de) .*$"
)
LONG = re.compile(r" (?:am|an der|im|in der|ob der|vor der|bei) [A-ZÄÖÜ][\w ]*\Z")
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
PLAIN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"}
)
SCHOLARLY = frozenset("\u0304\u0323\u0331\u032e\u0306")  # macron, dot and line below, breves
CLDR_CLUMSY = frozenset({"HK", "MO", "IC", "EA", "UM", "CG", "CD", "DG", "CP", "AC", "TA"})


@dataclass(frozen=True, slots=True, order=True)
class PlaceRow:
    """One line of places.tsv: a name and the place that it means."""

    name: str
    kind: str  # "City", "Region" or "Country"
    canonical: str
    country: str
    weight: int  # inhabitants; 0 if unknown


def place_rows(evidence: Evidence) -> list[PlaceRow]:
    """One row a name, sorted. Where places share a name, countries go before regions, regions before
    cities, and the larger city before the smaller."""
    found: dict[str, PlaceRow] = {}
    for row in (*_countries(), *_listed("regions.tsv", "Region"), *_cities(evidence)):
        found.setdefault(row.name, row)
    return sorted(found.values())


def _countries() -> Iterator[PlaceRow]:
    inhabitants = country_populations()
    chosen = {row.country: row for row in hand_rows("countries.tsv")}
    for code, german, english in country_names():
        canonical = chosen[code].canonical if code in chosen else german
        names = [] if code in CLDR_CLUMSY else [german, english, english.replace(" & ", " and ")]
        for name in (canonical, *names) if names or code in chosen else ():
            yield PlaceRow(name, "Country", canonical, code, inhabitants.get(code, 0))
    for row in chosen.values():
        for name in (row.canonical, *row.names(0)):
            yield PlaceRow(name, "Country", row.canonical, row.country, inhabitants.get(row.country, 0))
    yield from _listed("nations.tsv", "Country")


def _listed(file: str, kind: str) -> Iterator[PlaceRow]:
    """Places written by hand: country, canonical name, other names."""
    for row in hand_rows(file):
        for name in (row.canonical, *row.names(0)):
            yield PlaceRow(name, kind, row.canonical, row.country, 0)


def _cities(evidence: Evidence) -> Iterator[PlaceRow]:
    largest: dict[tuple[str, str], City] = {}
    for city in cities():
        largest.setdefault((city.country, city.name), city)
    named = {largest[row.country, row.cells[0]]: row for row in hand_rows("cities.tsv")}
    for city, row in named.items():
        for name in (row.canonical, *row.names(1)):
            yield PlaceRow(name, "City", row.canonical, city.country, city.population)
    yield from _listed("more_cities.tsv", "City")
    kept = [city for city in cities() if _is_kept(city, evidence)]
    for spellings in (_own_names, _other_names):  # a place's own name goes before another's second one
        for city in kept:
            usual = plain(city.name) if _is_transcribed(city) else city.name
            canonical = named[city].canonical if city in named else usual
            for name in spellings(city, evidence):
                yield PlaceRow(name, "City", canonical, city.country, city.population)


def _is_kept(city: City, evidence: Evidence) -> bool:
    """Large enough, and not a word of running text ("Of" and "Same" are towns)."""
    smallest = 0 if city.country in EVERY_SIZE else SMALL.get(city.country, USUAL)
    at_home = city.country in EVERY_SIZE or city.country in SMALL
    lower = evidence.lower[city.name.casefold()]
    is_word = lower >= 20 if at_home else lower >= 1
    return city.population >= smallest and len(city.name) >= 2 and not (is_word and city.population < 100_000)


def _own_names(city: City, evidence: Evidence) -> Iterator[str]:
    if not _is_transcribed(city):
        yield from filter(NAME.match, (city.name,))
    # "Koln" and "Dusseldorf" are written; for a village, "Duren" or "Buhl" would be a chance likeness.
    if city.country not in SMALL.keys() | {"DE"} or city.population >= 100_000:
        yield from filter(NAME.match, (plain(city.name),))


def _other_names(city: City, evidence: Evidence) -> Iterator[str]:
    """Short forms ("Garching" for "Garching bei München"), long forms, transcriptions, attested exonyms."""
    short = TAIL.sub("", city.name)
    if len(short) >= 4 and not evidence.lower[short.casefold()]:
        yield from filter(NAME.match, (short,))
    if city.country in {"DE", "AT", "CH"}:
        yield from (name for name in city.alternates if LONG.match(name.removeprefix(city.name)))
        if city.population >= 20_000:
            yield city.name.translate(WRITTEN_OUT)
    if city.population >= KNOWN:
        yield from (name for name in city.alternates if _is_used(name, city, evidence))


def _is_used(name: str, city: City, evidence: Evidence) -> bool:
    """The other name differs in accents, hyphens or apostrophes only, or annotators took it for a place."""
    if len(name) < 4 or not NAME.match(name) or name.casefold() in evidence.lower:
        return False
    return (name.isascii() and _bare(name) == _bare(city.name)) or evidence.is_surely_place(name)


def _is_transcribed(city: City) -> bool:
    """Scholars' marks ("Hojāi", "Umm el Faḥm") that no press text writes, but in Latvia and Vietnam."""
    marks = set(unicodedata.normalize("NFD", city.name)) & SCHOLARLY
    return bool(marks) and city.country not in {"LV", "LT", "VN"}


def _bare(name: str) -> str:
    return re.sub(r"\W", "", plain(name)).casefold()


def plain(name: str) -> str:
    """Without accents: "Łódź" becomes "Lodz".

    >>> plain("Zürich")
    'Zurich'
    """
    parts = unicodedata.normalize("NFKD", name.translate(PLAIN))
    return "".join(part for part in parts if not unicodedata.combining(part))
