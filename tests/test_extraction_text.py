"""How a text is cut: sentences with offsets, boilerplate left out, the way back to the raw text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.extraction.text import is_boilerplate, make_view, sentences


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Am 28. November kam Dr. Ilse Probst an. Sie blieb.",
            ["Am 28. November kam Dr. Ilse Probst an.", "Sie blieb."],
        ),
        ("Das Ende der Straße.Dadurch wird es still.", ["Das Ende der Straße.", "Dadurch wird es still."]),
        (
            "Das Vorhaben SmartHafen.NRW beginnt. Es dauert.",
            ["Das Vorhaben SmartHafen.NRW beginnt.", "Es dauert."],
        ),
        (
            "Auf der Messe „Licht. Luft. Lärm.“ war es voll.",
            ["Auf der Messe „Licht. Luft. Lärm.“ war es voll."],
        ),
        ("Zum 14. Mal tagte die Runde z. B. in Essen.", ["Zum 14. Mal tagte die Runde z. B. in Essen."]),
        ("Überschrift ohne Punkt\n\nEin Satz folgt.", ["Überschrift ohne Punkt", "Ein Satz folgt."]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Die Wirtschaftsförderung der Region hat gemeinsam mit mehreren Partnern\n"
        "aus der Forschung ein neues Zentrum für erneuerbare Energien eröffnet und\n"
        "lädt zum Besuch ein. Gäste sind willkommen.\n"
    )
    assert [part.replace("\n", " ") for part in cut(text)][1] == "Gäste sind willkommen."


@pytest.mark.parametrize(
    "line",
    ["Startseite | Aktuelles | Kontakt", "Foto: Stadt Essen", "Teilen  Drucken  Nach oben", "© 2024 Beispiel AG",
     "Diese Website verwendet Cookies. Alle akzeptieren | Nur notwendige", "Stadt Essen > Rathaus > Presse", "***"],
)  # fmt: skip
def test_furniture_of_a_page_is_no_text(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line", ["Die Stadt Essen lädt ein.", "Essen, 6. Mai 2024", "Aktuelles aus dem Ruhrgebiet: mehr Geld"]
)
def test_a_line_that_says_something_is_text(line: str) -> None:
    assert not is_boilerplate(line)


@given(st.text(alphabet="aB \u00ad\u200b\u00a0.\n", max_size=60))
def test_every_span_of_the_view_leads_back_to_the_raw_text(raw: str) -> None:
    view = make_view(raw)
    for start in range(len(view.text)):
        first, last = view.to_raw(start, start + 1)
        assert view.text[start] == raw[first:last].replace("\u00a0", " ")


@given(st.text(max_size=200))
def test_sentences_stand_in_order_and_do_not_overlap(text: str) -> None:
    found = sentences(make_view(text).text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(s.start < s.end <= len(text) for s in found)
