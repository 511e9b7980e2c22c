"""Dates: as exact as the words, in both languages, relative ones from the day of publication."""

from __future__ import annotations

import pytest

from loaders.extraction.dates import find_dates

PUBLISHED = "2024-05-08"  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Vom 25. bis zum 28. November 2019 war Messe.", "2019-11-25", "2019-11-28"),
        ("Am 6. Mai 2011 begann es.", "2011-05-06", "2011-05-06"),
        ("Am 14. März beginnt es.", "2024-03-14", "2024-03-14"),
        ("Im Oktober 2023 war es so weit.", "2023-10", "2023-10"),
        ("Es gilt aus dem Jahre 2021.", "2021", "2021"),
        ("Am 21.10.2016 war es.", "2016-10-21", "2016-10-21"),
        ("It began on 24 May 2017.", "2017-05-24", "2017-05-24"),
        ("It began on May 24, 2017.", "2017-05-24", "2017-05-24"),
        ("It runs from 12 to 14 September 2023.", "2023-09-12", "2023-09-14"),
        ("Das war gestern.", "2024-05-07", "2024-05-07"),
        ("Am vergangenen Dienstag war es.", "2024-05-07", "2024-05-07"),
        ("Am Donnerstag unterschrieben sie.", "2024-05-02", "2024-05-02"),
        ("Am kommenden Freitag geht es los.", "2024-05-10", "2024-05-10"),
        ("In der vergangenen Woche war es.", "2024-04-29", "2024-05-05"),
        ("It happened last month.", "2024-04", "2024-04"),
        ("Im kommenden Jahr geht es weiter.", "2025", "2025"),
    ],
)
def test_a_date_is_as_exact_as_its_words(text: str, first: str, last: str) -> None:
    assert [(d.first, d.last) for d in find_dates(text, 0, len(text), PUBLISHED)] == [(first, last)]


@pytest.mark.parametrize(
    "text", ["Das war gestern.", "Am 14. März beginnt es.", "In der vergangenen Woche war es."]
)
def test_without_a_day_of_publication_nothing_is_guessed(text: str) -> None:
    assert find_dates(text, 0, len(text), "") == []


@pytest.mark.parametrize(
    "text", ["Das Krankenhaus von morgen ist digital.", "Zimmer 2019 liegt hinten.", "Version 3.14 ist da."]
)
def test_numbers_and_words_that_only_look_like_dates_are_none(text: str) -> None:
    assert find_dates(text, 0, len(text), PUBLISHED) == []
