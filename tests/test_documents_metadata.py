"""What a text shows of its own language, title, publisher and date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.documents.datelines import iso_date_prefix, published_in
from loaders.documents.metadata import language_of, publisher_in, stated_title, title_of
from ontology.model import check_date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Essen, 14. September 2022", "2022-09-14"),
        ("Essen, 14. September 2022 – Die Stadt Essen hat ...", "2022-09-14"),
        ("Essen, 14. September 2022. Wer Partner sucht, ...", "2022-09-14"),
        ("(Duisburg/Essen, den 4.5.2021) Die Häfen ...", "2021-05-04"),
        ("MÜLHEIM AN DER RUHR, 1. März 2020. Die Hochschule", "2020-03-01"),
        ("Manchester, 3 March 2024", "2024-03-03"),
        ("MANCHESTER, March 3, 2024 -- The mayor", "2024-03-03"),
        ("Thursday, 3rd October 2024", "2024-10-03"),
        ("Montag, 6. November 2017, 17:20 Uhr", "2017-11-06"),
        ("Essen (ots) - 26.11.2016 – 14:05", "2016-11-26"),
        ("Pressemitteilung Nr. 12/2023 vom 3. Mai 2023", "2023-05-03"),
        ("Press release | Leeds, 3 May 2022 | 2 min", "2022-05-03"),
        ("21.10.2016", "2016-10-21"),
        ("2024-05-06", "2024-05-06"),
        ("Stand: 31.12.2015", "2015-12-31"),
        ("13/04/2024", "2024-04-13"),
        ("Essen, September 2023", "2023-09"),
        ("Menschen. Macher. Märkte. | März 2020", "2020-03"),
    ],
)
def test_a_dateline_gives_the_date_as_exact_as_it_is_written(line: str, date: str) -> None:
    assert published_in(line) == date


@pytest.mark.parametrize(
    "line",
    [
        "Am 25. November 2019 fand die Messe statt.",
        "Am Montag, 25. November 2019: Messe in Essen",
        "25. November 2019 fand die Messe statt",
        "Die Messe vom 25. bis 28. November 2019 war ein Erfolg.",
        "Gelsenkirchen, 31.02.2020",
        "Essen, 14. September",
        "2019",
        "1.500.2000",
    ],
)
def test_a_date_inside_a_sentence_or_out_of_the_calendar_is_no_date_of_publication(line: str) -> None:
    assert published_in(line) == ""


def test_a_date_that_could_be_read_in_two_orders_gives_its_year_only() -> None:
    assert published_in("03/04/2024") == "2024"


def test_a_date_in_the_middle_of_a_long_text_is_not_looked_for() -> None:
    text = "\n".join(["Titel", *["Ein Satz."] * 20, "Essen, 1. Mai 2020", *["Noch ein Satz."] * 20])
    assert published_in(text) == ""


def test_of_two_datelines_the_first_counts() -> None:
    assert published_in("Bochum, 2. Mai 2020\n\nText.\n\nStand: 5. Mai 2021") == "2020-05-02"


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2019-11-25T10:00:00+01:00", "2019-11-25"),
        ("2019-11", "2019-11"),
        ("2019", "2019"),
        ("2019/11/5", "2019-11-05"),
        ("2019-02-31", ""),
        ("25.11.2019", "2019-11-25"),
        ("0219-11-25", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_machine_readable_date_keeps_its_precision(value: str, date: str) -> None:
    assert iso_date_prefix(value) == date


@given(st.text(alphabet="0123456789.,/- |MaiEssn\n", max_size=60))
def test_whatever_is_found_is_a_date_of_the_model(text: str) -> None:
    check_date("published", published_in(text))
    check_date("published", iso_date_prefix(text))


def test_language_is_told_by_function_words_and_left_open_where_neither_leads() -> None:
    assert language_of("Die Stadt und der Hafen haben mit dem Land einen Vertrag.") == "de"
    assert language_of("The city and the port have signed an agreement with the state.") == "en"
    assert language_of("Smart City Essen Shenzhen") == "und"
    assert language_of("Die Stadt und das Land. The city and the state.") == "und"


def test_the_title_is_the_first_headline_below_navigation_labels_and_dateline() -> None:
    text = "Start | Presse\nPressemitteilung\nEssen, 1. Mai 2020\n\nNeue Brücke nach Shenzhen\n\nEssen ..."
    assert title_of(text) == "Neue Brücke nach Shenzhen"


def test_a_first_line_that_is_a_paragraph_is_cut_at_a_word() -> None:
    title = title_of("Wort " * 100)
    assert title.endswith("Wort …") and len(title) <= 122


def test_a_title_that_a_program_filled_in_is_none() -> None:
    assert [
        stated_title(t) for t in ("untitled", "Word Document", "Microsoft Word - a.docx", "a.pdf", None)
    ] == [""] * 5
    assert stated_title("Neue  Brücke ") == "Neue Brücke"


def test_a_publisher_is_only_what_the_text_names_as_such() -> None:
    assert publisher_in("Text.\n\nHerausgeber: Stadt Essen\nTelefon") == "Stadt Essen"
    assert publisher_in("Die Stadt Essen teilt mit.") == ""
