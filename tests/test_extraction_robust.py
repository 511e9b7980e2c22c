"""Extraction of whatever may stand in a file: bounded time, no crash, and the promises about quotes hold."""

from __future__ import annotations

import gc
import sys
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extraction.extract import extract
from ontology.model import Document, Entity, Fact, Relation
from ontology.vocabulary import vocabulary

PROSE = (
    "Die Beispiel Robotik GmbH und das Institut für Probenkunde der Universität Duisburg-Essen unterzeichneten am "
    "25. November 2019 in Bochum ein Memorandum of Understanding. Anke Beispiel, Geschäftsführerin der Business "
    "Metropole Ruhr GmbH (BMR), sprach mit einer Delegation aus Tel Aviv über Künstliche Intelligenz. „Das Projekt "
    "SmartProbe.NRW zeigt, was geht“, sagte sie. "
)
FIRM = "Beispiel Robotik GmbH"  # its legal form makes it plain to every reader
SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo wu za".split()  # noqa: SIM905 (a list reads worse)


def document(text: str, *, language: str = "de") -> Document:
    return Document(id="doc-1", title="", text=text, language=language, kind="text", published="2020-01-15")


def check(text: str, *, language: str = "de") -> tuple[Fact, ...]:
    """Extract, and hold the facts against what every user of them relies on."""
    facts = extract(document(text, language=language))
    types = {fact.id: fact.type for fact in facts if isinstance(fact, Entity)}
    assert len({fact.id for fact in facts}) == len(facts)
    for fact in facts:
        for evidence in fact.evidence:
            assert 0 <= evidence.start < evidence.end <= len(text)
            assert text[evidence.start : evidence.end] == evidence.quote
        if isinstance(fact, Relation):
            assert fact.source != fact.target
            assert vocabulary().allows(types[fact.source], fact.type, types[fact.target])
        else:
            assert fact.type in vocabulary().classes and fact.name.strip()
    return facts


# Any text

WORDS = [
    *sorted(set(PROSE.replace("„", " „ ").split())),
    "Stadt", "Bochum", "Essen", "Hagen", "und", "sowie", "der", "aus", "nach", "in", "von", "Delegation", "leitet",
    "Oberbürgermeisterin", "Prof.", "Dr.", "e.V.", "AG", "Kooperationsvereinbarung", "soll", "nicht", "ehemaliger",
    "the", "of", "Mayor", "University", "signed", "hosted", "by", "between", "Manchester", "Ltd", "Council", "former",
    "Karl", "Jörg", "van", "Ruhr-", "-Geschäftsführer", "2021", "3.", "H2", "Essener", "Bochums", "NRW", "RVR",
]  # fmt: skip
MARKS = [" ", " ", " ", ", ", ". ", ".", ": ", "; ", " – ", "-", "/", " (", ") ", "„", "“ ", '"', "'", "’s ", "\n", "\n\n",
         "\u00ad", "\u200b", "\u00a0", "\u202e", "\u0301", "| ", " > ", "• ", "&", "!", "?", "...", "\t", "\ufeff", "\U0001f600"]  # fmt: skip
FRAGMENTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(MARKS)), max_size=60)


@settings(max_examples=150, deadline=None)
@given(fragments=FRAGMENTS, language=st.sampled_from(["de", "en", "und", "fr"]))
def test_words_of_the_genre_in_any_order_keep_the_promises(
    fragments: list[tuple[str, str]], language: str
) -> None:
    check("".join(word + mark for word, mark in fragments), language=language)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=300), language=st.sampled_from(["de", "en"]))
def test_any_characters_keep_the_promises(text: str, language: str) -> None:
    check(text, language=language)


@settings(max_examples=60, deadline=None)
@given(cuts=st.lists(st.integers(0, len(PROSE)), max_size=12), mark=st.sampled_from(MARKS))
def test_a_press_release_with_stray_characters_keeps_the_promises(cuts: list[int], mark: str) -> None:
    text = PROSE
    for cut in sorted(cuts, reverse=True):
        text = text[:cut] + mark + text[cut:]
    check(text)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\u200b", "\ufeff", "...", "(", "\x00", "\ud800", "1234", "\U0001f600"]
)
def test_a_text_without_words_gives_nothing(text: str) -> None:
    assert check(text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("מדינת בוכום: Die Beispiel Robotik GmbH kam nach Bochum. שלום", FIRM),
        ("Die \u202bBeispiel Robotik GmbH\u202c kam nach Bochum.", FIRM),
        ("Die Bei\u200bspiel Robo\u00adtik GmbH kam nach Bochum.", FIRM),
        ("Die Beispiel\u00a0Robotik\u2009GmbH kam nach Bochum.", FIRM),
        ("東京から Beispiel Robotik GmbH が来た。 Sie fuhr nach Bochum.", FIRM),
        ("Die Beispiel Robotik GmbH kam nach Bochum. Привет из Москвы.", "Bochum"),
    ],
    ids=["hebrew", "right-to-left marks", "soft hyphens", "no-break space", "japanese", "cyrillic"],
)
def test_names_are_read_between_other_scripts_and_invisible_characters(text: str, name: str) -> None:
    assert name in [fact.name for fact in check(text) if isinstance(fact, Entity)]


def test_a_text_in_another_language_gives_what_applies() -> None:
    french = "La ville de Bochum et l'université de Lyon ont signé un accord à Paris avec Siemens AG."
    assert {"Bochum", "Paris"} <= {f.name for f in check(french, language="fr") if isinstance(f, Entity)}


def test_accents_written_apart_are_read_as_the_same_letters() -> None:
    apart = "Die Beispiel Pru\u0308ftechnik GmbH kam nach Ko\u0308ln."
    names = [unicodedata.normalize("NFC", fact.name) for fact in check(apart) if isinstance(fact, Entity)]
    assert {"Beispiel Prüftechnik GmbH", "Köln"} <= set(names)


def test_a_page_flattened_into_one_line_is_read_behind_its_navigation() -> None:
    text = "Startseite | Kontakt Die Beispiel Robotik GmbH sitzt in Bochum. " + "Sie forscht an Neuem. " * 40
    assert FIRM in [fact.name for fact in check(text) if isinstance(fact, Entity)]


# Time


def seconds(text: str) -> float:
    """CPU seconds to extract; what takes long is measured once, short times are the best of three."""
    read = document(text)
    best = float("inf")
    for _ in range(3):
        gc.collect()
        begin = time.process_time()
        extract(read)
        best = min(best, time.process_time() - begin)
        if best > 0.5:
            break
    return best


def invented(number: int) -> str:
    """A capitalised word of its own for each number below 65,536."""
    return "".join(SYLLABLES[number >> shift & 15] for shift in (12, 8, 4, 0)).capitalize()


def repeated(part: str) -> Callable[[int], str]:
    return lambda size: (part * (size // len(part) + 1))[:size]


SHAPES: dict[str, Callable[[int], str]] = {
    "prose in one line": repeated(PROSE),
    "prose in lines": repeated(PROSE.replace(". ", ".\n")),
    "opening quotes": repeated("„"),
    "straight quotes": repeated('"'),
    "quoted words": repeated("„Wort "),
    "opening brackets": repeated("("),
    "one long word": repeated("a"),
    "one long word of capitals": repeated("A"),
    "hyphens": repeated("A-"),
    "blanks": lambda size: "Anke" + " " * size + "Beispiel",
    "lines of one letter": repeated("a\n"),
    "zero-width characters": lambda size: "Anke" + "\u200b" * size + " Beispiel",
    "arabic": repeated("مدينة "),
    "capitals": repeated("Wort Haus Baum "),
    "one list of cities": repeated("Bochum und "),
    "titles": repeated("Prof. Dr. "),
    "legal forms": repeated("Wort GmbH "),
    "agreements": repeated("Memorandum of Understanding "),
    "delegations": repeated("Delegation aus Bochum nach Essen "),
    "navigation": repeated("Start | "),
    "firms, each another": lambda size: "".join(f"Die {invented(n)} GmbH kam. " for n in range(size // 23)),
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_text_and_not_with_its_square(shape: str) -> None:
    """Four times the text takes four times the time; with its square it would be sixteen."""
    small, large = seconds(SHAPES[shape](5_000)), seconds(SHAPES[shape](20_000))
    assert large < 8 * small + 0.3  # the rest is for caches and for other work on the machine


def calls(text: str) -> int:
    """How many calls extraction makes: work that can be counted, on any machine the same."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        extract(document(text))
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.slow
@pytest.mark.parametrize(
    "sentence",
    [
        lambda n: f"Anke {invented(n)} kam. ",
        lambda n: f"Verein {invented(n)} ({invented(n)[:5].upper()}). ",
    ],
    ids=["persons with one given name", "bodies with one first word"],
)
def test_names_that_begin_alike_cost_no_more_than_others(sentence: Callable[[int], str]) -> None:
    """A list of members is such a text: four times the names, four times the work."""
    few, many = (calls("".join(sentence(n) for n in range(count))) for count in (250, 1_000))
    assert many < 5 * few


@pytest.mark.slow
@pytest.mark.parametrize(
    "shape", ["opening quotes", "straight quotes", "zero-width characters", "one long word"]
)
def test_five_megabytes_in_one_line_are_read_in_the_time_that_a_document_has(shape: str) -> None:
    assert seconds(SHAPES[shape](5_000_000)) < 120  # what the batch loader allows


def test_a_hundred_thousand_opening_quotes_take_no_time() -> None:
    assert seconds("„" * 100_000) < 2


def test_a_name_after_a_flood_of_quotes_is_still_read() -> None:
    facts = check("„" * 20_000 + "\n\nDie Beispiel Robotik GmbH kam nach Bochum.")
    assert FIRM in [fact.name for fact in facts if isinstance(fact, Entity)]
