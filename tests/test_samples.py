"""The sample input: the difficulties of the genre are in it, and its binaries are what the sources say."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path

import pytest

from loaders.read import read_source
from ontology.model import Entity, Relation

SAMPLES = Path(__file__).parent.parent / "samples"
PRESS = sorted((SAMPLES / "press").iterdir())


@pytest.mark.parametrize("path", PRESS, ids=lambda path: path.name)
def test_a_press_release_has_the_length_of_its_genre_and_a_date(path: Path) -> None:
    document = read_source(path, source=path.name).document
    assert 1500 <= len(document.text) <= 2500
    assert document.published == path.name[:10]


def test_the_press_releases_are_in_two_languages_and_five_formats() -> None:
    documents = [read_source(path, source=path.name).document for path in PRESS]
    assert sorted(d.language for d in documents) == ["de"] * 5 + ["en"] * 3
    assert {d.kind for d in documents} == {"html", "text", "markdown", "pdf", "docx"}


@pytest.mark.parametrize(
    "difficulty",
    [
        r"[a-zü]\.[A-Z„&\"]",
        "\u00ad|&shy;",
        "\u00a0|&nbsp;",
        r"[a-z]\.“|[a-z]\.\"",
        r"\w-Geschäftsführer \w",
        r"\([A-Z]{3,4}\)",
    ],
    ids=[
        "glued sentence",
        "soft hyphen",
        "no-break space",
        "title with full stop",
        "compound role",
        "acronym",
    ],
)
def test_a_difficulty_of_the_genre_occurs(difficulty: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in PRESS if path.suffix not in (".pdf", ".docx")]
    assert any(re.search(difficulty, text) for text in texts)


def test_the_pdf_has_words_broken_at_line_ends() -> None:
    from pypdf import PdfReader

    pages = PdfReader(SAMPLES / "press" / "2024-05-28-wasserstoff.pdf").pages
    broken = re.findall(r"\w-\n[a-z]", "\n".join(page.extract_text() for page in pages))
    assert len(pages) == 2
    assert len(broken) >= 5


def test_the_binaries_are_made_from_their_sources_byte_for_byte(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    copy = shutil.copytree(SAMPLES, tmp_path / "samples")
    (copy / "press" / "2024-05-28-wasserstoff.pdf").unlink()
    (copy / "press" / "2023-10-19-kliniknetz.docx").unlink()
    runpy.run_path(str(copy / "make_binary.py"), run_name="__main__")
    for path in PRESS:
        assert (copy / "press" / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize(("name", "rows"), [("projects.csv", 15), ("startups.csv", 20)])
def test_every_row_of_a_table_is_read(name: str, rows: int) -> None:
    reading = read_source(SAMPLES / "records" / name, source=name)
    facts = list(reading.facts)
    assert reading.problems == []
    kind = "Project" if name == "projects.csv" else "Startup"
    assert sum(isinstance(f, Entity) and f.type == kind for f in facts) == rows
    assert all(e.line > 1 and e.quote for f in facts if isinstance(f, Relation) for e in f.evidence)


def test_a_budget_with_decimal_comma_becomes_an_amount() -> None:
    reading = read_source(SAMPLES / "records" / "projects.csv", source="projects.csv")
    amounts = {f.amount for f in reading.facts if isinstance(f, Relation) and f.type == "funds"}
    assert {"870500.50 EUR", "1999999.99 EUR"} <= amounts
