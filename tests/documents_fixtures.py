"""Small files of every format, made by the libraries that write them; all persons are invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

GERMAN_LINES = (
    "Essen, 14. September 2022. Die Business Metropole Ruhr GmbH und die Stadt Shenzhen",
    "haben eine Absichtserklärung unterzeichnet. Sie stärkt die internationale Zusammen-",
    "arbeit von Wirtschafts- und Forschungseinrichtungen, darunter auch die Ruhr-",
    "Universität Bochum. Das sagte Anke Beispiel, die das Vorhaben leitet.",
)


def pdf_file(
    lines: Sequence[str] = GERMAN_LINES, *, title: str = "", password: str = "", is_packed: bool = True
) -> bytes:
    """A PDF of one page, one string a line; "" moves down by a line."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    encrypt = StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(buffer, invariant=1, pageCompression=int(is_packed), encrypt=encrypt)
    if title:
        canvas.setTitle(title)
    for number, line in enumerate(lines):
        if line:
            canvas.drawString(50, 780 - 14 * number, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scanned_pdf() -> bytes:
    """A PDF that draws and says nothing."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.rect(50, 50, 200, 200)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx_file(*, title: str = "") -> bytes:
    """A DOCX with heading, paragraphs, list and table."""
    from docx import Document

    document = Document()
    document.core_properties.title = title
    document.add_heading("Neue Brücke nach Shenzhen", 1)
    document.add_paragraph(
        "Essen, 14. September 2022. Die Stadt und das Land haben mit dem Hafen gesprochen."
    )
    document.add_paragraph("Handel", style="List Bullet")
    document.add_paragraph("Forschung", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    cells = (cell for row in table.rows for cell in row.cells)
    for cell, text in zip(cells, ("Stadt", "Land", "Essen", "NRW"), strict=True):
        cell.text = text
    document.add_paragraph("Ende der Mitteilung.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def zip_file(members: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=compression)
    return buffer.getvalue()


def changed_docx(member: str, old: bytes, new: bytes) -> bytes:
    """`docx_file()` with a passage of one member replaced."""
    with zipfile.ZipFile(io.BytesIO(docx_file())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old in members[member]
    return zip_file({**members, member: members[member].replace(old, new)})


PAGE = """<!doctype html><html lang="de-DE"><head><title>Neue Brücke | BMR</title>
<meta property="og:site_name" content="Business Metropole Ruhr">
<meta property="og:title" content="Neue Brücke">
<meta name="date" content="2019-11"><link rel="canonical" href="https://press.example/bruecke">
<link rel="license" href="https://press.example/licence"></head>
<body><nav><a href="/">Start</a><a href="/presse">Presse</a></nav><main><article>
<h1>Neue Brücke nach Shenzhen</h1>
<p>Essen, 25. November 2019. Die Business Metropole Ruhr GmbH und die Stadt Shenzhen haben ein Memo&shy;randum
unterzeichnet. Das sagte Anke&nbsp;Beispiel, die das Vorhaben leitet.</p>
<h2>Die Ziele</h2><ul><li>Handel und Forschung</li><li>Austausch von Start-ups</li></ul>
<table><tr><th>Stadt</th><th>Land</th></tr><tr><td>Essen</td><td>Deutschland</td></tr></table>
<p>Die <b>Delegation</b> besuchte auch<br>Hongkong und die dortige <a href="#">Kammer</a>.</p>
</article></main><footer>Impressum Cookies</footer></body></html>"""
