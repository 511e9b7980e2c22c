"""Bad input gets a message with file, place, what is wrong and what to do; nothing else ever comes out."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from documents_fixtures import PAGE, changed_docx, docx_file, pdf_file, scanned_pdf, zip_file
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.read import KINDS, SIZE_LIMIT, parse_document, read_document, read_source
from loaders.sources import find_sources
from ontology.errors import SourceError
from ontology.model import Document, Entity

JUNK = bytes(range(256)) * 8
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
RIGHT = "give it the right extension, or save it again as"


def message(folder: Path, name: str, data: bytes, *, mapping: str = "") -> str:
    path = folder / name
    path.write_bytes(data)
    if mapping:
        path.with_suffix(".mapping.yaml").write_text(mapping)
    with pytest.raises(SourceError) as caught:
        reading = read_source(path, source=name)
        list(reading.facts)
    return str(caught.value)


@pytest.mark.parametrize("name", sorted(f"a{extension}" for extension in KINDS))
def test_an_empty_file(tmp_path: Path, name: str) -> None:
    assert message(tmp_path, name, b"") == f"{name}: the file is empty: check the export or the download"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "byte 129 is not cp1252 text: open it in its program and save it as UTF-8"),
        ("a.md", "byte 129 is not cp1252 text: open it in its program and save it as UTF-8"),
        ("a.html", "byte 129 is not cp1252 text: open it in its program and save it as UTF-8"),
        (
            "a.csv",
            "this is no text in utf-8 or cp1252: open it in its program and save it as UTF-8, "
            "or name its encoding in the mapping",
        ),
        ("a.pdf", f"this is no PDF (it does not begin with %PDF-): {RIGHT} pdf"),
        ("a.docx", f"this is no DOCX (it is no zip file): {RIGHT} docx"),
    ],
)
def test_binary_junk(tmp_path: Path, name: str, text: str) -> None:
    assert message(tmp_path, name, JUNK) == f"{name}: {text}"


def test_text_with_nul_bytes(tmp_path: Path) -> None:
    assert message(tmp_path, "a.txt", b"a\0b\0c\0") == (
        "a.txt: this is binary data, not text: check the file, or give it the extension of its format"
    )


def test_damaged_utf8_is_named_with_its_line_and_not_garbled(tmp_path: Path) -> None:
    data = "Größe\nÄrger über Öl".encode()[:-2] + b"\xff"
    assert message(tmp_path, "a.txt", data) == (
        "a.txt: line 2: byte 0xc3 breaks the UTF-8 text: open it in its program and save it as UTF-8"
    )


@pytest.mark.parametrize("length", [30, 400, 900, -60])
def test_a_truncated_pdf(tmp_path: Path, length: int) -> None:
    assert message(tmp_path, "a.pdf", pdf_file()[:length]) == (
        "a.pdf: this PDF is damaged or cut off: download or export it again"
    )


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    data = pdf_file(password="geheim")  # noqa: S106  of no account
    assert message(tmp_path, "a.pdf", data) == (
        "a.pdf: this PDF is protected by a password: save a copy without one"
    )


def test_a_pdf_with_a_password_in_an_encryption_that_is_not_installed(tmp_path: Path) -> None:
    encryption = b"/Filter /Standard /V 5 /R 6 /Length 256 /P -1 /O (x) /U (x) /OE (x) /UE (x) /Perms (x)"
    data = pdf_file().replace(b"trailer\n<<", b"trailer\n<< /Encrypt << " + encryption + b" >>")
    assert message(tmp_path, "a.pdf", data) == (
        "a.pdf: this PDF is protected by a password: save a copy without one"
    )


def test_a_pdf_of_scanned_pages(tmp_path: Path) -> None:
    assert message(tmp_path, "a.pdf", scanned_pdf()) == (
        "a.pdf: this PDF holds no text, only pictures of pages: run text recognition (OCR), then load it"
    )


def test_a_zip_that_is_no_docx(tmp_path: Path) -> None:
    assert message(tmp_path, "a.docx", zip_file({"readme.txt": b"x"})) == (
        "a.docx: this zip file is no DOCX (it has no word/document.xml): save the text as DOCX"
    )


def test_an_old_word_file_or_one_with_a_password(tmp_path: Path) -> None:
    assert message(tmp_path, "a.docx", OLD_OFFICE) == (
        "a.docx: this is an old DOC file or protected by a password: save it as DOCX without a password"
    )


def test_a_truncated_docx(tmp_path: Path) -> None:
    assert message(tmp_path, "a.docx", docx_file()[:5000]) == (
        "a.docx: this DOCX is damaged or cut off: open it in its program and save it again"
    )


def test_a_docx_without_words(tmp_path: Path) -> None:
    empty = io.BytesIO()
    from docx import Document as WordDocument

    WordDocument().save(empty)
    assert message(tmp_path, "a.docx", empty.getvalue()) == (
        "a.docx: this DOCX holds no text: check the file, or leave it out"
    )


def test_a_docx_that_would_unfold_to_gigabytes_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = zip_file({"word/document.xml": b"<w>" + b" " * 50_000_000})
    assert len(bomb) < 100_000
    assert message(tmp_path, "a.docx", bomb) == (
        "a.docx: this DOCX unfolds to 50,000,003 bytes in 1 parts, allowed are 40,000,000 bytes of text, "
        "200,000,000 in all and 2,000 parts: save its text alone"
    )


def test_a_docx_with_an_external_entity_shows_nothing_of_the_file_it_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document '.encode()
    data = changed_docx("word/document.xml", b"<w:document ", entity)
    data = zip_with(data, "word/document.xml", b"Ende der", b"Ende &x; der")
    with pytest.raises(SourceError, match="document type") as caught:
        parse_document(data, "docx", source="a")
    assert "geheim" not in str(caught.value)


def zip_with(data: bytes, member: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zip_file({**members, member: members[member].replace(old, new)})


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><body><script>x()</script></body></html>",
        "<html><body><img src=a></body></html>",
        " <p> ",
    ],
)
def test_a_page_without_text(tmp_path: Path, page: str) -> None:
    assert message(tmp_path, "a.html", page.encode()) == (
        "a.html: this page has no main text: save the page of the article itself, or its text as .txt"
    )


def test_a_page_nested_without_end(tmp_path: Path) -> None:
    assert message(tmp_path, "a.html", b"<div>" * 50_000 + b"x") == (
        "a.html: this page cannot be parsed: open it in a browser and save it again"
    )


@pytest.mark.parametrize(
    ("name", "data", "found", "kind"),
    [
        ("a.txt", b"%PDF-1.4", "PDF", "text"),
        ("a.html", b"PK\x03\x04", "zip (DOCX, XLSX)", "html"),
        ("a.md", OLD_OFFICE, "old Office", "markdown"),
        ("a.docx", b"%PDF-1.4", "PDF", "docx"),
    ],
)
def test_a_file_under_a_wrong_name(tmp_path: Path, name: str, data: bytes, found: str, kind: str) -> None:
    assert message(tmp_path, name, data) == f"{name}: this is a {found} file: {RIGHT} {kind}"


def test_a_spreadsheet_under_the_name_of_a_text_table(tmp_path: Path) -> None:
    assert message(tmp_path, "a.csv", zip_file({"xl/workbook.xml": b"x"})) == (
        "a.csv: this is no text table (XLSX, PDF or DOC inside): export it as CSV"
    )


KNOWN = ".csv, .docx, .htm, .html, .markdown, .md, .pdf, .text, .tsv, .txt, .xhtml"


def test_an_unknown_extension_and_none(tmp_path: Path) -> None:
    assert message(tmp_path, "a.odt", b"x") == f"a.odt: extension '.odt' is unknown: use one of {KNOWN}"
    assert message(tmp_path, "README", b"x") == f"README: it has no extension: use one of {KNOWN}"


def test_a_file_over_the_size_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(SourceError) as caught:
        read_document(path, source="a.txt", size_limit=10)
    assert str(caught.value) == "a.txt: it has more than 10 bytes: split it, or leave out its pictures"
    assert SIZE_LIMIT == 50_000_000


def test_a_missing_file_and_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read_document(tmp_path / "gone.txt", source="gone.txt")
    assert str(caught.value) == (
        "gone.txt: it cannot be read (No such file or directory): check the path and its permissions"
    )
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(SourceError) as caught:
        read_document(tmp_path / "folder.txt", source="folder.txt")
    assert str(caught.value) == "folder.txt: this is no file: name a file, or the folder it is in"


def test_a_path_through_a_file_is_an_error_and_the_rest_still_comes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hallo")
    first, second = find_sources([tmp_path / "a.txt" / "folder", tmp_path / "a.txt"])
    assert isinstance(first, SourceError)
    assert str(first) == (
        "a.txt/folder: it cannot be read (Not a directory): check the path and its permissions"
    )
    assert not isinstance(second, SourceError)


@pytest.mark.skipif(
    os.geteuid() == 0, reason="root may read every folder, so permissions cannot be tested as root"
)
def test_an_unreadable_folder_is_an_error_and_the_rest_still_comes(tmp_path: Path) -> None:
    (tmp_path / "a" / "locked").mkdir(parents=True)
    (tmp_path / "a" / "z.txt").write_text("Hallo")
    (tmp_path / "a" / "locked").chmod(0)
    first, second = find_sources([tmp_path / "a"])
    assert str(first) == "a/locked: it cannot be read (Permission denied): check the path and its permissions"
    assert not isinstance(second, SourceError)


def test_a_folder_that_fails_to_open_is_an_error_and_the_rest_still_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a" / "locked").mkdir(parents=True)
    (tmp_path / "a" / "z.txt").write_text("Hallo")
    listing = Path.iterdir

    def refused(self: Path) -> object:
        if self.name == "locked":
            raise PermissionError(13, "Permission denied")
        return listing(self)

    monkeypatch.setattr(Path, "iterdir", refused)
    first, second = find_sources([tmp_path / "a"])
    assert str(first) == "a/locked: it cannot be read (Permission denied): check the path and its permissions"
    assert not isinstance(second, SourceError)


CITIES = "entities: {city: {type: City, name: Ort, attributes: {start: {column: Jahr, date: YYYY}}}}"


def test_a_table_without_the_mapped_columns(tmp_path: Path) -> None:
    assert message(tmp_path, "a.csv", b"Ort;Datum\nEssen;852\n", mapping=CITIES) == (
        "a.csv: column(s) 'Jahr' of mapping a.mapping.yaml are missing; line 1 has 'Ort', 'Datum': "
        "correct the names in the mapping, or its skip and delimiter"
    )


def test_a_row_with_a_bad_value_is_named_and_the_other_rows_load(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Ort;Jahr\nEssen;852\nBochum;früh\nDuisburg;1883\n")
    (tmp_path / "a.mapping.yaml").write_text(CITIES)
    reading = read_source(tmp_path / "a.csv", source="a.csv")
    assert [fact.name for fact in reading.facts if isinstance(fact, Entity)] == ["Duisburg"]
    assert [str(problem) for problem in reading.problems] == [
        "a.csv:2: column 'Jahr': '852' is no date of the form YYYY",
        "a.csv:3: column 'Jahr': 'früh' is no date of the form YYYY",
    ]


def test_a_mapping_for_a_press_release_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hallo")
    with pytest.raises(SourceError, match="a mapping is for tables"):
        read_source(tmp_path / "a.txt", source="a.txt", mapping=tmp_path / "m.yaml")


# --- whatever the bytes: a document or a SourceError, and silence on the terminal ---------------------------

UNTIMED = settings(max_examples=60, deadline=None)  # the first call of a reader imports its library
PROSE = sorted(set(KINDS.values()) - {"table"})
STARTS = {"pdf": b"%PDF-1.4\n", "docx": b"PK\x03\x04", "html": b"<html>", "markdown": b"---\n", "text": b""}


def read_anything(data: bytes, kind: str) -> None:
    try:
        assert isinstance(parse_document(data, kind, source="a"), Document)
    except SourceError as error:
        assert error.source == "a" and len(error.problem) > 20


@pytest.mark.parametrize("kind", PROSE)
@given(data=st.binary(max_size=400), is_marked=st.booleans())
@UNTIMED
def test_any_bytes_give_a_document_or_a_source_error(kind: str, data: bytes, is_marked: bool) -> None:
    read_anything(STARTS[kind] * is_marked + data, kind)


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
@given(text=st.text(max_size=300))
@UNTIMED
def test_any_text_gives_a_document_or_a_source_error(kind: str, text: str) -> None:
    read_anything(text.encode("utf-8", "surrogatepass"), kind)


@given(data=st.binary(max_size=400), text=st.text(alphabet='Ort;,"\n\r\t =1é', max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_gives_facts_and_problems_or_a_source_error(tmp_path: Path, data: bytes, text: str) -> None:
    (tmp_path / "a.mapping.yaml").write_text("entities: {city: {type: City, name: Ort}}")
    for content in (data, b"Ort\n" + data, b"Ort;b\n" + text.encode()):
        (tmp_path / "a.csv").write_bytes(content)
        try:
            reading = read_source(tmp_path / "a.csv", source="a.csv")
            list(reading.facts)
        except SourceError as error:
            assert error.source == "a.csv"


# Pieces that carry meaning in the formats, so that damage reaches deep into the readers.
TOKENS = (
    *(b"<<", b">>", b"[", b"null", b"9999999999", b"-1", b"(", b"R", b"obj", b"/Kids", b"/Type", b"/Filter"),
    *(b"<w:p>", b"</w:p>", b"<w:tbl>", b"<", b"&x;", b"/LZWDecode", b"/Encoding", b"<td>", b"<!--", b"\x00"),
)


def damaged(data: bytes, seed: int) -> bytes:
    """`data` with one to twelve small wounds, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311  not a secret
    body = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 12))):
        place, length = dice.randrange(len(body) + 1), dice.randrange(1, 30)
        match dice.randrange(4):
            case 0:
                body[place : place + 1] = bytes([dice.randrange(256)])
            case 1:
                del body[place : place + length]
            case 2:
                body[place : place + dice.randrange(2)] = dice.choice(TOKENS)
            case _:
                other = dice.randrange(len(body) + 1)
                body[place:place] = body[other : other + length]
    return bytes(body)


SEEDS = st.integers(min_value=0, max_value=2**32)


@pytest.mark.parametrize("data", [pdf_file(), pdf_file(is_packed=False)], ids=["packed", "plain"])
@given(seed=SEEDS)
@UNTIMED
def test_a_damaged_pdf_gives_a_document_or_a_source_error(data: bytes, seed: int) -> None:
    read_anything(damaged(data, seed), "pdf")


@given(seed=SEEDS)
@UNTIMED
def test_a_damaged_docx_gives_a_document_or_a_source_error(seed: int) -> None:
    read_anything(damaged(docx_file(), seed), "docx")


@given(seed=SEEDS, number=st.integers(min_value=0, max_value=10_000))
@UNTIMED
def test_a_docx_with_one_damaged_part_gives_a_document_or_a_source_error(seed: int, number: int) -> None:
    with zipfile.ZipFile(io.BytesIO(docx_file())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    hit = sorted(members)[number % len(members)]
    read_anything(zip_file({**members, hit: damaged(members[hit], seed)}), "docx")


@given(seed=SEEDS)
@UNTIMED
def test_a_damaged_page_gives_a_document_or_a_source_error(seed: int) -> None:
    read_anything(damaged(PAGE.encode(), seed), "html")


READ_ALL = """
import sys
from pathlib import Path
from loaders.read import read_document
from ontology.errors import SourceError
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read_document(path, source=path.name)
    except SourceError:
        pass
"""


def test_reading_bad_files_writes_nothing_to_the_terminal(tmp_path: Path) -> None:
    for seed in range(60):
        (tmp_path / f"{seed}.pdf").write_bytes(damaged(pdf_file(is_packed=False), seed))
        (tmp_path / f"{seed}.html").write_bytes(damaged(PAGE.encode(), seed))
    # A process of its own, because pytest takes the place of the log's last resort, which is standard error.
    command = [sys.executable, "-c", READ_ALL, str(tmp_path)]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, check=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")


HOSTILE = {
    "markdown": ("a **b ", "![(", "<!--", "[", "`", "_a", "<a ", "|-", "---\n"),
    "text": ("A, ", "A/", "(", "Essen, ", "\n"),
    "html": ("<p>x ", "<b>", "<meta ", "<!--", "&amp;"),
}


@pytest.mark.parametrize(
    ("kind", "piece"), [(kind, piece) for kind, pieces in HOSTILE.items() for piece in pieces]
)
def test_a_hostile_line_costs_time_in_line_with_its_length(kind: str, piece: str) -> None:
    begin = time.process_time()
    read_anything(STARTS[kind] + piece.encode() * 20_000 + b" Ende", kind)
    assert time.process_time() - begin < 10  # seconds; patterns that try all pairs of places took minutes
