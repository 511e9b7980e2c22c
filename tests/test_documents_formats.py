"""Each format gives its words, in order, with what the file says about itself."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from documents_fixtures import GERMAN_LINES, PAGE, changed_docx, docx_file, pdf_file, zip_file
from hypothesis import given
from hypothesis import strategies as st

from loaders.documents import docx, html, markdown, pdf, plain
from loaders.documents.decode import decode
from loaders.documents.layout import paragraphs, without_furniture
from loaders.documents.page import to_document
from loaders.read import parse_document
from ontology.errors import SourceError

PLAIN = "Neue Brücke\r\n\r\nDie Zusammen\u00adarbeit von Stadt\u00a0und Land.\rEnde\n"


def test_the_text_of_a_plain_file_is_the_file_with_normal_line_ends_and_nothing_else() -> None:
    page = plain.read(PLAIN.encode(), source="a.txt")
    assert page.text == "Neue Brücke\n\nDie Zusammen\u00adarbeit von Stadt\u00a0und Land.\nEnde\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode("„Köln“ – 5 €\r\n".encode(encoding), source="a.txt") == "„Köln“ – 5 €\n"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_text_in_utf8_survives_unchanged(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode(), source="a.txt") == text


def test_a_page_gives_headings_paragraphs_points_and_rows_as_lines_without_the_navigation() -> None:
    assert html.read(PAGE.encode(), source="a.html").text.split("\n") == [
        "Neue Brücke nach Shenzhen",
        "",
        "Essen, 25. November 2019. Die Business Metropole Ruhr GmbH und die Stadt Shenzhen haben ein "
        "Memo\u00adrandum unterzeichnet. Das sagte Anke Beispiel, die das Vorhaben leitet.",
        "",
        "Die Ziele",
        "",
        "- Handel und Forschung",
        "- Austausch von Start-ups",
        "",
        "Stadt | Land",
        "Essen | Deutschland",
        "",
        "Die Delegation besuchte auch",
        "Hongkong und die dortige Kammer.",
    ]


def test_a_page_says_its_title_publisher_address_licence_language_and_date() -> None:
    page = html.read(PAGE.encode(), source="a.html")
    assert (page.title, page.publisher, page.language) == ("Neue Brücke", "Business Metropole Ruhr", "de")
    assert page.url == "https://press.example/bruecke"
    assert page.licence == "https://press.example/licence"


def test_a_month_in_the_head_is_made_exact_by_a_dateline_of_that_month_only() -> None:
    assert html.read(PAGE.encode(), source="a.html").published == "2019-11-25"
    other_month = PAGE.replace('content="2019-11"', 'content="2019-12"')
    assert html.read(other_month.encode(), source="a.html").published == "2019-12"


def test_a_page_that_does_not_name_its_publisher_has_none() -> None:
    page = PAGE.replace('<meta property="og:site_name" content="Business Metropole Ruhr">', "")
    assert html.read(page.encode(), source="a.html").publisher == ""


def test_json_ld_gives_date_and_publisher_and_broken_json_ld_is_passed_over() -> None:
    bare = PAGE.replace('<meta name="date" content="2019-11">', "").replace("og:site_name", "x")
    data = '{"@type": ["NewsArticle"], "datePublished": "2020-02-03T01:02", "publisher": {"name": "RVR"}}'
    scripts = "".join(
        f'<script type="application/ld+json">{text}</script>'
        for text in ("{broken", f'{{"@graph": [{data}]}}')
    )
    page = html.read(bare.replace("</head>", f"{scripts}</head>").encode(), source="a.html")
    assert (page.published, page.publisher) == ("2020-02-03", "RVR")


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1"])
def test_the_encoding_that_a_page_declares_is_used(charset: str) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{charset}">').encode("cp1252")
    assert "Neue Brücke nach Shenzhen" in html.read(page, source="a.html").text


def test_a_wrong_declaration_does_not_garble_the_page() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="hex">').encode()
    assert "Neue Brücke nach Shenzhen" in html.read(page, source="a.html").text


def test_the_lines_of_a_pdf_become_paragraphs_and_line_end_hyphens_are_undone_in_lower_case_only() -> None:
    page = pdf.read(pdf_file(["Neue Brücke nach Shenzhen", "", *GERMAN_LINES]), source="a.pdf")
    heading, paragraph = page.text.split("\n\n")
    assert heading == page.title == "Neue Brücke nach Shenzhen"
    assert "Zusammenarbeit von Wirtschafts- und Forschungseinrichtungen" in paragraph
    assert "Ruhr-Universität Bochum" in paragraph
    assert (page.language, page.published, page.publisher) == ("de", "2022-09-14", "")


def test_a_hyphen_before_und_stays_at_a_line_end() -> None:
    lines = [
        "Die Stadt stärkt in den kommenden Jahren ihre Wirtschafts-",
        "und Forschungsförderung mit dem Land.",
    ]
    assert list(paragraphs(lines)) == [
        "Die Stadt stärkt in den kommenden Jahren ihre Wirtschafts- und Forschungsförderung mit dem Land."
    ]


def test_bullets_in_a_pdf_stay_apart() -> None:
    text = pdf.read(pdf_file([*GERMAN_LINES, "• Handel", "• Forschung"]), source="a.pdf").text
    assert text.endswith("\n\n- Handel\n- Forschung")


def test_the_title_field_of_a_pdf_counts_unless_a_program_filled_it() -> None:
    assert pdf.read(pdf_file(title="Brücke"), source="a.pdf").title == "Brücke"
    assert pdf.read(pdf_file(title="Microsoft Word - a.docx"), source="a.pdf").title.startswith("Essen")


def test_a_pdf_with_an_empty_password_is_read() -> None:
    from io import BytesIO

    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(pdf_file()))
    writer.encrypt("", "owner", algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)
    assert "Shenzhen" in pdf.read(buffer.getvalue(), source="a.pdf").text


def test_a_docx_gives_headings_paragraphs_points_and_tables_in_their_order() -> None:
    page = docx.read(docx_file(), source="a.docx")
    assert page.text == (
        "Neue Brücke nach Shenzhen\n\n"
        "Essen, 14. September 2022. Die Stadt und das Land haben mit dem Hafen gesprochen.\n\n"
        "- Handel\n- Forschung\n\nStadt | Land\nEssen | NRW\n\nEnde der Mitteilung."
    )
    assert (page.title, page.language, page.published) == ("Neue Brücke nach Shenzhen", "de", "2022-09-14")


def test_the_title_property_of_a_docx_counts() -> None:
    assert docx.read(docx_file(title="Die Brücke"), source="a.docx").title == "Die Brücke"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("member", ["word/document.xml", "word/styles.xml"])
def test_a_docx_that_declares_entities_is_refused_in_any_encoding(member: str, encoding: str) -> None:
    with zipfile.ZipFile(io.BytesIO(docx_file())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    _, _, xml = members[member].decode().partition("?>")
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY e "Ende">]>{xml.strip()}'
    members[member] = declared.replace("Ende der", "&e; der").encode(encoding)
    with pytest.raises(SourceError) as caught:
        docx.read(zip_file(members), source="a.docx")
    assert str(caught.value) == (
        f"a.docx: /{member} declares a document type (<!DOCTYPE>), which Word never writes and which can hide "
        "text: open it in Word or LibreOffice and save it again as DOCX"
    )


def test_insertions_and_content_controls_of_a_docx_are_text_and_deletions_are_not() -> None:
    old = b"<w:r><w:t>Ende der Mitteilung.</w:t></w:r>"
    new = (
        b"<w:ins><w:r><w:t>Neu </w:t></w:r></w:ins><w:del><w:r><w:delText>alt</w:delText></w:r></w:del>"
        b"<w:sdt><w:sdtContent><w:r><w:t>gefasst</w:t></w:r></w:sdtContent></w:sdt>"
    )
    text = docx.read(changed_docx("word/document.xml", old, new), source="a.docx").text
    assert text.endswith("Neu gefasst")


MARKDOWN = """---
title: "Neue Brücke"
date: 2019-11-25
publisher: Business Metropole Ruhr
url: https://press.example/bruecke
---
# Neue **Brücke** nach Shenzhen

Die [Business Metropole Ruhr](https://bmr.example "x") und die *Stadt* Shenzhen
haben ein Memorandum unterzeichnet. ![Bild](a.png)

* Handel_und_Forschung
* `Code` &amp; Daten
  im Austausch

> Das ist \\*wichtig\\*.

| Stadt | Land |
|-------|------|
| Essen | NRW  |

[1]: https://example.org
<!-- nicht
zeigen -->
"""


def test_markdown_gives_its_words_without_marks_addresses_and_pictures() -> None:
    assert markdown.read(MARKDOWN.encode(), source="a.md").text == (
        "Neue Brücke nach Shenzhen\n\n"
        "Die Business Metropole Ruhr und die Stadt Shenzhen haben ein Memorandum unterzeichnet.\n\n"
        "- Handel_und_Forschung\n- Code & Daten im Austausch\n\n"
        "Das ist *wichtig*.\n\n"
        "Stadt | Land\nEssen | NRW"
    )


def test_front_matter_says_title_date_publisher_and_address() -> None:
    page = markdown.read(MARKDOWN.encode(), source="a.md")
    assert (page.title, page.published, page.publisher) == (
        "Neue Brücke",
        "2019-11-25",
        "Business Metropole Ruhr",
    )
    assert page.url == "https://press.example/bruecke"


def test_markdown_without_front_matter_is_titled_by_its_heading() -> None:
    assert markdown.read(b"Intro of the text\n\n# The *bridge*\n", source="a.md").title == "The bridge"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("html", PAGE.encode()),
        ("pdf", pdf_file()),
        ("docx", docx_file()),
        ("text", b"Hallo Welt"),
        ("markdown", b"# Hallo"),
    ],
)
def test_equal_content_is_one_document_and_other_content_another(kind: str, data: bytes) -> None:
    first, again = (parse_document(data, kind, source=name) for name in ("a", "b"))
    assert first == again
    assert first.id.startswith("doc-") and len(first.id) == 20
    if kind in {"text", "markdown"}:
        assert parse_document(data + b"!", kind, source="a").id != first.id


def test_the_kind_is_part_of_the_id() -> None:
    page = plain.read(b"Hallo Welt", source="a")
    assert to_document(page, kind="text").id != to_document(page, kind="markdown").id


@pytest.mark.parametrize("module", [html, pdf])
def test_libraries_write_nothing_to_the_terminal(module: Any, capfd: pytest.CaptureFixture[str]) -> None:
    data = {html: b"<html><p>", pdf: pdf_file()[:-300]}[module]
    try:
        module.read(data, source="a")
    except SourceError as error:
        assert error.source == "a"
    assert capfd.readouterr() == ("", "")


def test_a_heading_of_several_lines_and_a_sentence_over_two_pages_stay_whole() -> None:
    lines = [
        "Duisburg und Manchester teilen",
        "sich die Prüfstände",
        "",
        *GERMAN_LINES[:2],
        "Die Verein-",
        "barung gilt.",
    ]
    assert [block.split(" ")[-1] for block in paragraphs(lines)] == ["Prüfstände", "gilt."]


def test_a_heading_below_a_full_line_stays_apart() -> None:
    lines = [
        "Die Stadt und das Land haben mit dem Hafen einen Vertrag.",
        "Brücke mit Vorgeschichte",
        GERMAN_LINES[3],
    ]
    assert list(paragraphs(lines)) == lines


def test_headers_and_footers_that_pages_share_are_kept_once() -> None:
    pages = [
        ["Presse Seite 1", "Anfang", "Ende", "Stadt Essen"],
        ["Presse Seite 2", "Mitte", "Schluss", "Stadt Essen"],
    ]
    assert list(without_furniture(pages)) == [
        "Presse Seite 1",
        "Anfang",
        "Ende",
        "Stadt Essen",
        "Mitte",
        "Schluss",
    ]
