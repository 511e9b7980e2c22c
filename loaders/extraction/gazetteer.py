"""Names of places, given names, institutions and adjectives of origin, read once from data/."""

from __future__ import annotations

import gzip
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
LONGEST = 5  # words of the longest name that `longest_place` tries
ADJECTIVE_ENDINGS = ("en", "er", "em", "es", "e", "")
GERMAN_SPEAKING = frozenset({"DE", "AT", "CH", "LI", "LU"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a name can mean. Two names of one place share `canonical`, `kind` and `country`."""

    name: str  # as the table spells it, nominative
    kind: str  # "City", "Region" or "Country"
    canonical: str  # the usual German name, or the local one
    country: str  # ISO 3166-1 alpha-2; "EU" or "001" (world) for areas of several countries
    weight: int  # inhabitants; 0 if unknown


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The word lists in memory. Get it from `gazetteer()`; it holds about 15 MB."""

    _places: dict[
        str, str
    ]  # name -> the other cells of its line; split on demand, which halves the loading time
    _ambiguous: frozenset[str]
    _demonyms: dict[
        str, str
    ]  # word -> canonical place; German adjectives in lower case, all others as written
    _first_names: frozenset[str]
    _doubtful_first_names: frozenset[str]
    _institutions: frozenset[str]

    def place(self, name: str) -> Place | None:
        """The place that `name` means, also in the genitive ("Chinas") or in capitals ("DUISBURG").

        Of places that share a name it is the country, then the region, then the largest city.
        """
        wanted = _normal(name)
        return (
            self._known(wanted) or self._genitive(wanted) or self._capitals(wanted) or self._district(wanted)
        )

    def is_ambiguous(self, name: str) -> bool:
        """Whether the name is also a word or a person's name, and needs context to count as a place."""
        wanted = _normal(name)
        if wanted in self._ambiguous:
            return True
        place = self.place(wanted)
        return place is not None and place.name in self._ambiguous

    def longest_place(self, tokens: Sequence[str], start: int) -> tuple[Place, int] | None:
        """The longest place name that begins at tokens[start], and the number of tokens it takes; or None.

        The first token must be capitalised. Hyphens may be tokens of their own.
        """
        if start >= len(tokens) or not tokens[start][:1].isupper():
            return None
        longest = min(LONGEST + 2 * ("-" in tokens[start : start + LONGEST]), len(tokens) - start)
        for count in range(longest, 0, -1):
            if tokens[start + count - 1] == "-":
                continue
            place = self.place(" ".join(tokens[start : start + count]).replace(" - ", "-"))
            if place is not None:
                return place, count
        return None

    def demonym(self, word: str) -> Place | None:
        """The place of an adjective of origin: "israelischen", "Dutch", "Essener". None for other words."""
        wanted = _normal(word)
        canonical = self._demonyms.get(wanted) or self._adjective(wanted)
        return self._known(canonical) if canonical else self._er_form(wanted)

    def demonyms(self, word: str) -> tuple[Place, ...]:
        """The places of a compound such as "deutsch-israelische", in its order; one for a simple word."""
        whole = self.demonym(word)
        if whole is not None:
            return (whole,)
        parts = [self.demonym(part) for part in word.split("-")]
        return tuple(part for part in parts if part is not None) if None not in parts else ()

    def is_first_name(self, word: str) -> bool:
        """Whether the word is a given name and hardly anything else; of a double name, each part."""
        return all(part in self._first_names for part in _normal(word).split("-"))

    def may_be_first_name(self, word: str) -> bool:
        """Whether the word is a given name, perhaps also an ordinary word ("Mark", "Will", "Rose")."""
        known = (self._first_names, self._doubtful_first_names)
        return all(any(part in names for names in known) for part in _normal(word).split("-"))

    def institution(self, name: str) -> bool:
        """Whether this is the name of a known university or Hochschule, in any case of letters."""
        return _normal(name).casefold() in self._institutions

    def _known(self, name: str) -> Place | None:
        cells = self._places.get(name)
        if cells is None:
            return None
        kind, canonical, country, weight = cells.split("\t")
        return Place(name, kind, canonical, country, int(weight))

    def _genitive(self, name: str) -> Place | None:
        """ "Chinas", "China's", "Ruhrgebietes" -> China, China, Ruhrgebiet."""
        for ending in ("'s", "s", "es"):
            base = name.removesuffix(ending)
            place = self._known(base) if base != name and len(base) >= 3 else None
            if place is not None and self._may_take(ending, place):
                return place
        return None

    def _may_take(self, ending: str, place: Place) -> bool:
        """Plurals are no genitives ("Readings"), an "s" may end a word ("Bundes"), few names take "es"."""
        if ending == "'s":
            return True
        if place.name.isupper() or (ending == "es" and place.kind != "Region"):
            return False
        smallest = 500_000 if place.name in self._ambiguous else 20_000
        return place.kind != "City" or place.weight >= smallest

    def _capitals(self, name: str) -> Place | None:
        """A name in a dateline or headline: "DUISBURG". Four letters abroad are sooner an acronym."""
        if not name.isupper() or len(name) < 4:
            return None
        place = self._known(_title(name))
        if place is None or place.kind != "City":
            return place
        is_no_acronym = len(name) >= 5 or place.country in GERMAN_SPEAKING
        return place if place.weight >= (10_000 if is_no_acronym else 100_000) else None

    def _district(self, name: str) -> Place | None:
        """A part of a German city: "Essen-Kettwig". The second half must be a smaller place of its own."""
        head, hyphen, tail = name.partition("-")
        city, part = (self._known(head), self._known(tail)) if hyphen else (None, None)
        if city is None or part is None or city.kind != "City" or part.kind != "City":
            return None
        is_part = city.country == part.country == "DE" and part.weight < 100_000 <= city.weight
        return (
            Place(name, "City", name, "DE", part.weight)
            if is_part and part.name not in self._ambiguous
            else None
        )

    def _adjective(self, word: str) -> str | None:
        lower = word.casefold() if not word.isupper() else word
        for ending in ADJECTIVE_ENDINGS:
            if lower.endswith(ending) and (
                canonical := self._demonyms.get(lower[: len(lower) - len(ending)])
            ):
                return canonical
        return None

    def _er_form(self, word: str) -> Place | None:
        """ "Essener", "Karlsruher", "Solinger": only of cities so large that a chance likeness is rare."""
        if not word.endswith("er") or not word[:1].isupper() or word in self._ambiguous:
            return None
        stem = word.removesuffix("er")
        for base in (stem, stem + "e", stem + "en" if stem.endswith("ing") else stem):
            place = self._known(base)
            if place is not None and place.kind == "City" and self._may_have_er_form(place):
                return place
        return None

    def _may_have_er_form(self, place: Place) -> bool:
        if place.country in GERMAN_SPEAKING:
            return place.weight >= 50_000
        return place.weight >= 400_000 and place.name not in self._ambiguous


def _title(name: str) -> str:
    return "-".join(" ".join(word.capitalize() for word in part.split(" ")) for part in name.split("-"))


def _normal(text: str) -> str:
    """Composed letters and straight apostrophes, as the tables have them."""
    return unicodedata.normalize("NFC", text).replace("’", "'").replace("\u00a0", " ").strip()


@cache
def gazetteer() -> Gazetteer:
    """The word lists, read at the first call (about 0.1 s of CPU) and kept.

    >>> gazetteer().place("Mailand")
    Place(name='Mailand', kind='City', canonical='Mailand', country='IT', weight=1371498)
    """
    names = (line.partition("\t") for line in _lines("places.tsv.gz"))
    return Gazetteer(
        _places={name: cells for name, _, cells in names},
        _ambiguous=frozenset(_lines("ambiguous.txt")),
        _demonyms=dict(_demonym_words()),
        _first_names=frozenset(_lines("first_names.txt.gz")),
        _doubtful_first_names=frozenset(_lines("first_names_ambiguous.txt")),
        _institutions=frozenset(line.partition("\t")[0].casefold() for line in _lines("institutions.tsv.gz")),
    )


def _demonym_words() -> Iterator[tuple[str, str]]:
    for line in _lines("demonyms.tsv"):
        word, canonical, _, form = line.split("\t")
        yield word.casefold() if form == "de" else word, canonical


def _lines(file: str) -> list[str]:
    raw = (DATA / file).read_bytes()
    return (gzip.decompress(raw) if file.endswith(".gz") else raw).decode().splitlines()
