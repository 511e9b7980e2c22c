"""Rows of an answer as text: nothing lost for programs, nothing dangerous for people."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.stores import Fields
from views.rows import ROW_FORMATS, WIDEST, csv_rows, json_lines, json_rows, printable, table
from views.text import unguard

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.none() | st.booleans() | st.integers() | texts | st.tuples(texts, st.integers())
COLUMNS = ("name", "other")


def test_a_table_is_aligned_and_its_long_cells_end_in_dots() -> None:
    shown = table(("name", "count"), [("Essen", 2), ("x" * 90, None)])
    assert shown.splitlines() == [
        f"name{' ' * 56}  count",
        f"{'─' * 60}  ─────",
        f"Essen{' ' * 55}  2",
        "x" * (WIDEST - 1) + "…",
    ]


def test_an_answer_without_rows_still_has_its_header() -> None:
    assert table(("name",), []) == "name\n────\n"
    assert json_rows(("name",), []) == "[]\n"
    assert json_lines(("name",), []) == ""
    assert csv_rows(("name",), []) == "name\n"


def test_an_answer_without_columns_is_no_crash() -> None:
    assert [write((), []) for write in ROW_FORMATS.values()] == ["\n\n", "[]\n", "", "\n", "\n"]


@given(st.lists(st.tuples(texts, texts), max_size=4))
def test_a_table_has_one_line_a_row_and_nothing_that_steers_a_terminal(rows: list[tuple[str, str]]) -> None:
    shown = table(COLUMNS, rows)
    assert shown.count("\n") == len(rows) + 2
    assert all(c.isprintable() or c == "\n" for c in shown)


@given(texts)
def test_printable_text_is_shown_as_it_is(text: str) -> None:
    line = " ".join(text.split())
    assert (printable(text) == line) == line.isprintable()


@given(st.lists(st.tuples(values, values), max_size=4))
def test_json_and_json_lines_give_the_values_back(rows: list[tuple[object, object]]) -> None:
    wanted = [dict(zip(COLUMNS, map(plain, row), strict=True)) for row in rows]
    assert json.loads(json_rows(COLUMNS, rows)) == wanted
    assert [json.loads(line) for line in json_lines(COLUMNS, rows).split("\n")[:-1]] == wanted


def plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def test_a_node_in_an_answer_becomes_an_object() -> None:
    node = Fields((("id", "place/essen"), ("aliases", ("Assindia",))))
    assert json.loads(json_rows(("n",), [(node,)])) == [{"n": {"id": "place/essen", "aliases": ["Assindia"]}}]
    assert table(("n",), [(node,)]).splitlines()[2] == '{"id": "place/essen", "aliases": ["Assindia"]}'


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
@given(rows=st.lists(st.tuples(texts, texts), max_size=4))
def test_csv_and_tsv_give_the_texts_back(form: str, delimiter: str, rows: list[tuple[str, str]]) -> None:
    written = ROW_FORMATS[form](COLUMNS, rows)
    header, *read = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter)
    assert header == list(COLUMNS)
    assert [tuple(unguard(cell) for cell in row) for row in read] == rows


def test_a_text_is_no_formula_and_a_negative_number_stays_one() -> None:
    assert csv_rows(COLUMNS, [("=HYPERLINK(1)", -5)]) == "name,other\n'=HYPERLINK(1),-5\n"


def test_nothing_is_empty_true_is_true_and_a_list_is_joined_in_csv() -> None:
    assert csv_rows(COLUMNS, [(None, True), (("a", "b"), 1.5)]) == "name,other\n,true\na|b,1.5\n"
