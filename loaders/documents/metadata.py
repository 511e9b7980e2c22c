"""Title, language and publisher that a text itself shows. Dates are in datelines.py."""

from __future__ import annotations

import re

from loaders.documents.datelines import PRESS_LABEL, published_in

__all__ = ["language_of", "published_in", "publisher_in", "stated_title", "title_of"]

# Words that stand in nearly every sentence of one language and are no word of the other.
GERMAN_WORDS = (
    "der das und ist den dem des ein eine einen einer eines einem mit für auf im zu zur zum sich nicht auch "
    "als bei nach wird werden wurde wurden sind haben hat durch über aus wie oder aber dass sowie zwischen "
    "sein ihre ihrer seine seiner vom beim unter gegen ohne noch nur sie er wir"
)
ENGLISH_WORDS = (
    "the and of to is that for with on are by from be has have it at as will which this their its been not "
    "an or our we they but were was can more into between through than these those about"
)
GERMAN, ENGLISH = frozenset(GERMAN_WORDS.split()), frozenset(ENGLISH_WORDS.split())
WORD = re.compile(r"[^\W\d_]+")
SAMPLE_CHARACTERS = 10_000  # where a headline can stand
SAMPLE_WORDS = 5000  # enough to be sure, and a bound for long reports
TITLE_LENGTH = 120  # code points; longer first lines are paragraphs
PUBLISHER = re.compile(
    r"^[^\S\n]*(?:Herausgeber(?:in)?|Herausgegeben von|Publisher|Published by)\s*:"
    r"[^\S\n]*(\S[^\n]{1,118}?)\s*$",
    re.M | re.I,
)
# What programs write into the title field when nobody filled it in.
EMPTY_TITLE = re.compile(
    r"(?:untitled|unbenannt|ohne titel|word document|dokument\s*\d*|document\s*\d*|microsoft \w+ - .*|"
    r"\(?anonymous\)?|\(?unspecified\)?|\S*\.(?:docx?|pdf|indd|odt|html?))",
    re.I,
)
# Lines above the headline of a page that was copied whole.
PAGE_FURNITURE = re.compile(
    r"(?:zum inhalt|skip to|wird diese e-mail|is this e-?mail|you are here|sie sind hier|foto:|photo:|"
    r"startseite|home\b|sehr geehrte|dear\b|menü|menu)",
    re.I,
)


def language_of(text: str) -> str:
    """ "de", "en", or "und" where neither leads clearly, by counts of function words.

    >>> language_of("Die Stadt und das Land"), language_of("The city and the state"), language_of("Essen")
    ('de', 'en', 'und')
    """
    words = [match[0].lower() for _, match in zip(range(SAMPLE_WORDS), WORD.finditer(text), strict=False)]
    german = sum(word in GERMAN for word in words)
    english = sum(word in ENGLISH for word in words)
    if german >= 2 and german > 1.5 * english:
        return "de"
    return "en" if english >= 2 and english > 1.5 * german else "und"


def title_of(text: str) -> str:
    r"""The first line that reads like a headline, else the first with letters; a paragraph is cut at a word.

    >>> title_of("×\n\nPressemitteilung\nNeue Brücke nach Shenzhen\nEssen ...")
    'Neue Brücke nach Shenzhen'
    """
    head = text[:SAMPLE_CHARACTERS].split("\n")
    lines = [line for line in (" ".join(raw.split()) for raw in head) if sum(map(str.isalpha, line)) >= 3]
    line = next(filter(is_headline, lines), lines[0] if lines else "")
    return line if len(line) <= TITLE_LENGTH else line[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def is_headline(line: str) -> bool:
    """True for three words and more that are no label, dateline, navigation or name of a publisher."""
    if PRESS_LABEL.fullmatch(line) or PAGE_FURNITURE.match(line) or PUBLISHER.match(line) or line.isupper():
        return False
    is_navigation = len(re.findall(r"[|›>·]", line)) >= 1 and len(line) < 100
    is_dateline = len(line) < 80 and published_in(line) != ""
    return len(WORD.findall(line)) >= 3 and not is_navigation and not is_dateline


def stated_title(title: str | None) -> str:
    """The title field of a file, or "" where it holds what its program put there."""
    line = " ".join((title or "").split())
    return "" if EMPTY_TITLE.fullmatch(line) else line


def publisher_in(text: str) -> str:
    """The body that the text names as its publisher ("Herausgeber: ..."), or ""."""
    match = PUBLISHER.search(text)
    return match[1] if match else ""
