"""Which names need context, because they are also ordinary words or names of persons."""

from __future__ import annotations

import importlib
from collections.abc import Collection, Iterable
from functools import cache

from gazetteer.evidence import Evidence
from gazetteer.places import EVERY_SIZE, SMALL, PlaceRow
from gazetteer.sources import hand_words

OVERSEAS = frozenset({"US", "CA", "AU", "NZ", "PH", "ZA", "JM"})
LARGEST = 2_000_000  # inhabitants from which a name means the place, unless hand/words.txt says otherwise


def ambiguous_places(rows: Iterable[PlaceRow], evidence: Evidence, persons: Collection[str]) -> list[str]:
    """Sorted names of places that are also words, given names or surnames, or too short to be trusted."""
    by_hand, sure = set(hand_words("words.txt")), set(hand_words("sure_places.txt"))
    doubtful = (row for row in rows if row.kind == "City" and row.weight < LARGEST and row.name not in sure)
    found = {
        row.name
        for row in doubtful
        if _is_word(row, evidence) or _is_person(row, evidence, persons) or _is_faint(row)
    }
    return sorted(found | {row.name for row in rows if row.name in by_hand})


def _is_word(row: PlaceRow, evidence: Evidence) -> bool:
    """Corpora write it as a word, and not at least three times as often as a place."""
    as_word = evidence.lower[row.name.casefold()] + evidence.noun[row.name]
    least = 1 if row.weight < 300_000 else 2  # a slip of the annotators does not make a city a word
    return row.name.casefold() in lorem_words() or (
        as_word >= least and evidence.place[row.name] < 3 * as_word
    )


def _is_person(row: PlaceRow, evidence: Evidence, persons: Collection[str]) -> bool:
    """A name of persons: by the corpora, or, for a place that they do not know, by the lists of names."""
    if evidence.person[row.name] > evidence.place[row.name]:
        return True
    return row.name in persons and row.weight < 300_000 and evidence.place[row.name] < 2


def _is_faint(row: PlaceRow) -> bool:
    """A short name of a small place ("Igel", "Rake"), or an English word overseas ("Jupiter", "Mustang")."""
    at_home = row.country in EVERY_SIZE or row.country in SMALL
    length, inhabitants = (6, 5_000) if at_home else (5, 100_000)
    is_english_overseas = row.country in OVERSEAS and row.weight < 100_000 and " " not in row.name
    return is_english_overseas or (len(row.name) <= length and row.weight < inhabitants)


def split_given_names(
    names: Collection[str], evidence: Evidence, places: Collection[str]
) -> tuple[list[str], list[str]]:
    """(names that are hardly anything else, names that are also words or places), both sorted."""

    by_hand = set(hand_words("given_name_words.txt"))

    def is_doubtful(name: str) -> bool:
        lower, noun, person = evidence.lower[name.casefold()], evidence.noun[name], evidence.person[name]
        is_word = lower + noun > person and (lower or noun >= 2)
        is_often_word = lower >= 5 or (name.casefold() in lorem_words() and person < 3)
        return bool(is_word or is_often_word or len(name) == 2 or name in places or name in by_hand)

    doubtful = {name for name in names if is_doubtful(name)}
    return sorted(set(names) - doubtful), sorted(doubtful)


@cache
def lorem_words() -> frozenset[str]:
    """Ordinary German and English words of Faker's sample texts, case-folded."""
    found = (
        importlib.import_module(f"faker.providers.lorem.{locale}").Provider.word_list
        for locale in ("de_DE", "en_US")
    )
    return frozenset(word.casefold() for words in found for word in words)
