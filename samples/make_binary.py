"""Make the PDF and the DOCX of samples/press from their texts in samples/sources.

Run `python samples/make_binary.py` after an edit of a text. Equal text gives equal bytes.
Needs reportlab (a development dependency) and python-docx.

A text has a title (`# `), headings (`## `), bullets (`* `) and paragraphs. `¬` marks where a word
may be broken at the end of a line; it is how the PDF gets the hyphenated lines of a typeset page.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
BREAK = "¬"
MARGIN, COLUMN, LEADING = 71, 275, 15  # points
TOP, BOTTOM = A4[1] - 110, 90
STYLES = {"title": ("Helvetica-Bold", 16), "heading": ("Helvetica-Bold", 11), "text": ("Helvetica", 10.5)}


def main() -> None:
    write_pdf("2024-05-28-wasserstoff", author="Business Metropole Ruhr GmbH")
    write_docx("2023-10-19-kliniknetz", author="Universitätsmedizin Essen", made=datetime(2023, 10, 19, 8))


def blocks(name: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) for each block: "title", "heading", "bullet" or "text"."""
    marks = {"# ": "title", "## ": "heading", "* ": "bullet"}
    for line in (HERE / "sources" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        mark = next((m for m in marks if line.startswith(m)), "")
        if line.strip():
            yield marks.get(mark, "text"), line.removeprefix(mark)


def write_pdf(name: str, *, author: str) -> None:
    canvas = Canvas(str(HERE / "press" / f"{name}.pdf"), pagesize=A4, invariant=1)
    canvas.setAuthor(author)
    page, height = 0, 0.0
    for kind, text in blocks(name):
        if kind == "title":
            canvas.setTitle(text.replace(BREAK, ""))
        font, size = STYLES[kind]
        for line in typeset(text, font, size):
            if height < BOTTOM:
                page = turn(canvas, page, author)
                height = TOP
            canvas.setFont(font, size)
            canvas.drawString(MARGIN, height, line)
            height -= LEADING if kind != "title" else LEADING * 1.4
        height -= LEADING * 0.6
    canvas.save()


def turn(canvas: Canvas, page: int, author: str) -> int:
    """Begin the next page with its letterhead and footer, as a press office's template has them."""
    if page:
        canvas.showPage()
    canvas.setFont("Helvetica", 8)
    canvas.drawString(MARGIN, A4[1] - 60, f"PRESSEINFORMATION   {author}")
    canvas.drawString(MARGIN, 50, f"Seite {page + 1} | presse@bmr.example")
    return page + 1


def typeset(text: str, font: str, size: float) -> Iterator[str]:
    """Fill lines greedily and break a word at its last `¬` that fits."""
    line = ""
    for word in text.split(" "):
        pieces = word.split(BREAK)
        while pieces:
            for count in range(len(pieces), 0, -1):
                part = "".join(pieces[:count]) + ("-" if count < len(pieces) else "")
                candidate = f"{line} {part}" if line else part
                if stringWidth(candidate, font, size) <= COLUMN:
                    break
            else:
                if not line:
                    raise ValueError(f"{''.join(pieces)!r} is wider than the column: add a {BREAK}")
                yield line
                line = ""
                continue
            line, pieces = candidate, pieces[count:]
            if pieces:
                yield line
                line = ""
    yield line


def write_docx(name: str, *, author: str, made: datetime) -> None:
    document = Document()
    styles = {"title": "Title", "heading": "Heading 2", "bullet": "List Bullet", "text": "Normal"}
    for kind, text in blocks(name):
        if kind == "title":
            document.core_properties.title = text
        document.add_paragraph(text, style=styles[kind])
    properties = document.core_properties
    properties.author = properties.last_modified_by = author
    properties.created = properties.modified = made
    properties.language, properties.comments = "de-DE", ""
    raw = io.BytesIO()
    document.save(raw)
    (HERE / "press" / f"{name}.docx").write_bytes(without_clock(raw.getvalue(), made))


def without_clock(archive: bytes, made: datetime) -> bytes:
    """Give each member of the archive one date: python-docx stamps them with the time of writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in sorted(old.namelist()):
            stamp = (made.year, made.month, made.day, made.hour, 0, 0)
            info = zipfile.ZipInfo(member, date_time=stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(member))
    return out.getvalue()


if __name__ == "__main__":
    main()
