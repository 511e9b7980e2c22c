"""Tables are read as their programs write them: encodings, delimiters, preambles, formulas, odd headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.records.cells import Row
from loaders.records.rules import TableForm
from loaders.records.table import column_names, inspect, read_header, read_rows
from loaders.records.values import parse_date, parse_number
from ontology.errors import InvalidValue, RowError, SourceError


def rows(
    folder: Path, data: bytes, columns: tuple[str, ...], form: TableForm | None = None
) -> tuple[list[Row], list[RowError]]:
    path = folder / "t.csv"
    path.write_bytes(data)
    form = form or TableForm()
    table = inspect(path, source="t.csv", encoding=form.encoding)
    problems: list[RowError] = []
    header = read_header(table, form, columns)
    return list(read_rows(table, header, columns, form, problems)), problems


def cells(
    folder: Path, data: bytes, columns: tuple[str, ...], form: TableForm | None = None
) -> list[tuple[str, ...]]:
    found, problems = rows(folder, data, columns, form)
    assert problems == []
    return [tuple(row.cells[column] for column in columns) for row in found]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_told_from_the_file(tmp_path: Path, delimiter: str, encoding: str) -> None:
    data = f"Träger{delimiter}Ort\r\nHafen{delimiter}Köln\r\n".encode(encoding)
    assert cells(tmp_path, data, ("Träger", "Ort")) == [("Hafen", "Köln")]


def test_the_delimiter_is_the_one_that_shows_the_mapped_columns(tmp_path: Path) -> None:
    data = b"a,b,c;Name;d,e,f\n1,2,3;Hafen;4\n"
    assert cells(tmp_path, data, ("Name",)) == [("Hafen",)]


def test_lines_above_the_header_are_skipped_by_count_and_blank_ones_by_themselves(tmp_path: Path) -> None:
    data = b"Liste der Vorhaben\nStand: 31.12.2015\n;;;\n\nName;Ort\nHafen;Essen\n"
    found, problems = rows(tmp_path, data, ("Name",), TableForm(skip=2))
    assert (found, problems) == ([Row(line=6, cells={"Name": "Hafen"})], [])


def test_formula_cells_give_their_text_and_na_stays_text(tmp_path: Path) -> None:
    data = b'FKZ;Land\n="01LY2203A"; NA \n"=""05914000""";-\n'
    form = TableForm(missing=("-",))
    assert cells(tmp_path, data, ("FKZ", "Land"), form) == [("01LY2203A", "NA"), ("05914000", "")]


def test_a_cell_over_several_lines_is_one_cell_and_lines_are_those_of_the_file(tmp_path: Path) -> None:
    data = b'"Na-\nme";Ort\n"Hafen\nAG";Essen\n\nKai;Bonn\n'
    found, _ = rows(tmp_path, data, ("Na- me", "Ort"))
    assert [(row.line, row.cells["Na- me"]) for row in found] == [(3, "Hafen\nAG"), (6, "Kai")]


def test_repeated_and_blank_headers_get_names_of_their_own() -> None:
    assert column_names(["Ort", " Ort", "", "Ort (2)"]) == ("Ort", "Ort (2)", "column 3", "Ort (2) (2)")


@given(st.lists(st.text(max_size=5), max_size=12))
def test_no_two_columns_ever_have_one_name(header: list[str]) -> None:
    assert len(set(column_names(header))) == len(header)


def test_a_header_that_begins_with_a_blank_is_known_without_it(tmp_path: Path) -> None:
    assert cells(tmp_path, b"CompanyName, CompanyNumber\nHafen Ltd,08209948\n", ("CompanyNumber",)) == [
        ("08209948",)
    ]


def test_a_row_that_does_not_fit_the_header_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    found, problems = rows(tmp_path, b"Name;Ort\nA;B;C\nD\nE;F\n", ("Name", "Ort"))
    assert [row.cells["Name"] for row in found] == ["E"]
    assert [str(problem) for problem in problems] == [
        "t.csv:2: 3 cells under 2 columns: quote a cell that holds ';'",
        "t.csv:3: 1 cells, so column 'Ort' (2) is missing: complete the row",
    ]


def test_cells_that_a_spreadsheet_left_out_at_the_end_of_a_row_do_not_matter(tmp_path: Path) -> None:
    assert cells(tmp_path, b"Name;Ort;x;y\nA;B\nC;D;;;;\n", ("Name", "Ort")) == [("A", "B"), ("C", "D")]


def test_a_quotation_mark_that_is_not_closed_is_reported(tmp_path: Path) -> None:
    data = b'Name;Ort\nA;B\n"C;D\n' + b"E;F\n" * 50_000
    found, problems = rows(tmp_path, data, ("Name",))
    assert found[0].cells == {"Name": "A"}
    assert str(problems[0]) == (
        "t.csv:3: field larger than field limit (131072): look for a quotation mark that is not closed"
    )


def test_a_table_in_another_encoding_than_the_mapping_says_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        SourceError, match=r"t\.csv: this is no text in ascii: .* or name its encoding in the mapping"
    ):
        rows(tmp_path, "Köln".encode(), ("Köln",), TableForm(encoding="ascii"))


def test_a_huge_table_is_never_held_whole(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "big.csv"
    path.write_text("Name;Ort\n" + ("Hafen und Lagerhaus AG;" + "Essen " * 20 + "\n") * 100_000)
    form, problems = TableForm(), list[RowError]()
    tracemalloc.start()
    table = inspect(path, source="big.csv")
    found = read_rows(table, read_header(table, form, ("Name",)), ("Name",), form, problems)
    count = sum(1 for _ in found)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 100_000
    assert peak < path.stat().st_size / 2


@pytest.mark.parametrize(
    ("text", "form", "date"),
    [
        ("31.10.2018", "DD.MM.YYYY", "2018-10-31"),
        ("1.2.2018", "D.M.YYYY", "2018-02-01"),
        ("01/04/2010", "DD/MM/YYYY", "2010-04-01"),
        ("12/31/2029", "M/D/YYYY", "2029-12-31"),
        ("01. Nov 15", "DD. MONTH YY", "2015-11-01"),
        ("31. Mrz 19", "DD. MONTH YY", "2019-03-31"),
        ("3 October 1999", "D MONTH YYYY", "1999-10-03"),
        ("2018-07-19 09:17:05", "YYYY-MM-DD*", "2018-07-19"),
        ("2018", "YYYY", "2018"),
        ("0852", "YYYY", "0852"),
        ("07/2018", "MM/YYYY", "2018-07"),
    ],
)
def test_a_date_is_read_by_its_form_and_keeps_its_precision(text: str, form: str, date: str) -> None:
    assert parse_date(text, (form,)) == date


@pytest.mark.parametrize("text", ["31.02.2018", "31.13.2018", "00.01.2018", "1.1.18", "heute", "31.10.2018 "])
def test_a_date_of_another_form_or_out_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"is no date of the form DD\.MM\.YYYY"):
        parse_date(text, ("DD.MM.YYYY",))


@pytest.mark.parametrize(
    ("text", "form", "number"),
    [
        ("172.306 €", "1.234,56", "172306"),
        ("€ 833851.95", "1234.56", "833851.95"),
        ("1.234.567,80 EUR", "1.234,56", "1234567.80"),
        ("2 300 000", "1 234,56", "2300000"),
        ("2\u00a0300\u202f000,5", "1 234,56", "2300000.5"),
        ("1,138,192", "1,234.56", "1138192"),
        ("-5,5", "1234,56", "-5.5"),
        ("0", "1234.56", "0"),
    ],
)
def test_a_number_is_read_by_its_form(text: str, form: str, number: str) -> None:
    assert parse_number(text, (form,), currency="EUR") == number


@pytest.mark.parametrize("text", ["48.219", "1.2", "12,34,56", "£ 5", "n/a", "1e5", "٣"])
def test_a_number_of_another_form_or_currency_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="is no number written like 1234,56 in EUR"):
        parse_number(text, ("1234,56",), currency="EUR")


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_a_number_written_the_german_way_is_read_back(number: object) -> None:
    german = f"{number:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    assert parse_number(german, ("1.234,56",)) == f"{number}"
