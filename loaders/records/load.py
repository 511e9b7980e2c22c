"""A table file and its mapping into a document and facts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loaders.documents.page import document_id
from loaders.records.facts import read_facts
from loaders.records.find import check_columns, fitting_mapping, load_mapping, mapping_beside
from loaders.records.rules import Mapping
from loaders.records.table import Header, TableFile, inspect, read_header, read_rows
from ontology.errors import RowError, SourceError
from ontology.model import Document, Fact


def read_table(
    path: Path, *, source: str, mapping: Path | None, problems: list[RowError]
) -> tuple[Document, Iterator[Fact]]:
    """Read a table. Raises SourceError for the file, its mapping or its header at once.

    Bad rows go to `problems` while the facts are read; the other rows give their facts. A table in which
    every row is bad raises SourceError at its end.
    """
    given = mapping or mapping_beside(path)
    if given is not None:
        rules = load_mapping(given)
        table = inspect(path, source=source, encoding=rules.form.encoding)
        header = read_header(table, rules.form, rules.columns())
    else:
        table = inspect(path, source=source)
        rules, header = fitting_mapping(table)
    check_columns(rules, header, source=source)
    document = table_document(table, rules)
    return document, table_facts(table, header, rules, document, problems)


def table_document(table: TableFile, mapping: Mapping) -> Document:
    """The document that a table is. Its text is empty: evidence names line and column instead."""
    about = mapping.about
    title = about.title or mapping.name
    # The mapping is part of what the rows say, so another mapping makes another document.
    content = (
        table.digest,
        mapping.digest,
        title,
        about.publisher,
        about.url,
        about.published,
        about.language,
    )
    return Document(
        id=document_id((*content, "table")),
        title=title,
        text="",
        language=about.language,
        kind="table",
        publisher=about.publisher,
        url=about.url,
        published=about.published,
        licence=about.licence,
    )


def table_facts(
    table: TableFile, header: Header, mapping: Mapping, document: Document, problems: list[RowError]
) -> Iterator[Fact]:
    """Yield the facts of a table row by row. Raises SourceError at the end where no row could be used.

    Whoever keeps the facts keeps what it had before when reading fails; an empty table would replace it.
    """
    rows = read_rows(table, header, mapping.columns(), mapping.form, problems)
    is_empty = True
    for fact in read_facts(rows, mapping, document=document.id, source=table.source, problems=problems):
        is_empty = False
        yield fact
    if is_empty and problems:
        raise no_usable_row(problems, source=table.source)


def no_usable_row(problems: list[RowError], *, source: str) -> SourceError:
    """The error of a table in which every row is bad."""
    first, count = problems[0], len(problems)
    rows = "its only row cannot be used" if count == 1 else f"none of its {count:,} rows can be used"
    problem = f"{rows}, so nothing of it is loaded; first problem, in line {first.line}: {first.problem}"
    return SourceError(f"{problem} -- check that the mapping fits this table", source=source)
