"""What the word lists promise, and what `Gazetteer` makes of a word."""

from __future__ import annotations

import gzip

import pytest

from loaders.extraction.gazetteer import DATA, Gazetteer, gazetteer


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return gazetteer()


def lines(file: str) -> list[str]:
    raw = (DATA / file).read_bytes()
    return (gzip.decompress(raw) if file.endswith(".gz") else raw).decode().splitlines()


LISTS = [
    "ambiguous.txt", "demonyms.tsv", "first_names.txt.gz", "first_names_ambiguous.txt", "institutions.tsv.gz",
    "places.tsv.gz",
]  # fmt: skip


@pytest.mark.parametrize("file", LISTS)
def test_a_list_is_sorted_and_says_nothing_twice(file: str) -> None:
    assert lines(file) == sorted(set(lines(file)))


@pytest.mark.parametrize("file", ["places.tsv.gz", "institutions.tsv.gz"])
def test_a_name_stands_in_one_line_only(file: str) -> None:
    found = [line.partition("\t")[0] for line in lines(file)]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("file", [file for file in LISTS if file.endswith(".gz")])
def test_a_packed_list_carries_no_time_and_no_file_name_so_that_equal_lists_are_equal_bytes(
    file: str,
) -> None:
    flags_and_time = (DATA / file).read_bytes()[3:8]
    assert flags_and_time == b"\0\0\0\0\0"


def test_all_lists_together_stay_under_one_and_a_half_megabytes() -> None:
    assert sum((DATA / file).stat().st_size for file in LISTS) < 1_500_000


def test_every_ambiguous_name_and_every_demonym_has_its_place() -> None:
    rows = {cells[0]: cells for cells in (line.split("\t") for line in lines("places.tsv.gz"))}
    assert [name for name in lines("ambiguous.txt") if name not in rows] == []
    for word, canonical, kind, form in (line.split("\t") for line in lines("demonyms.tsv")):
        assert rows[canonical][1:3] == [kind, canonical], word
        assert form in {"de", "en", "er"}, word


@pytest.mark.parametrize(
    ("name", "kind", "canonical", "country"),
    [
        ("Munich", "City", "München", "DE"),
        ("Cologne", "City", "Köln", "DE"),
        ("Milano", "City", "Mailand", "IT"),
        ("Beijing", "City", "Peking", "CN"),
        ("Schanghai", "City", "Shanghai", "CN"),
        ("The Hague", "City", "Den Haag", "NL"),
        ("Tel Aviv-Yafo", "City", "Tel Aviv", "IL"),
        ("Frankfurt", "City", "Frankfurt am Main", "DE"),
        ("Halle", "City", "Halle (Saale)", "DE"),
        ("Iași", "City", "Iași", "RO"),
        ("NRW", "Region", "Nordrhein-Westfalen", "DE"),
        ("Bavaria", "Region", "Bayern", "DE"),
        ("Ruhr area", "Region", "Ruhrgebiet", "DE"),
        ("Metropole Ruhr", "Region", "Metropole Ruhr", "DE"),
        ("Greater Manchester", "Region", "Greater Manchester", "GB"),
        ("Yangtze River Delta", "Region", "Jangtse-Delta", "CN"),
        ("European Union", "Region", "Europa", "EU"),
        ("Brandenburg", "Region", "Brandenburg", "DE"),
        ("UK", "Country", "Vereinigtes Königreich", "GB"),
        ("Great Britain", "Country", "Vereinigtes Königreich", "GB"),
        ("Scotland", "Country", "Schottland", "GB"),
        ("Holland", "Country", "Niederlande", "NL"),
        ("People’s Republic of China", "Country", "China", "CN"),
    ],
)
def test_a_name_in_either_language_leads_to_its_place(
    names: Gazetteer, name: str, kind: str, canonical: str, country: str
) -> None:
    place = names.place(name)
    assert place is not None
    assert (place.kind, place.canonical, place.country) == (kind, canonical, country)


@pytest.mark.parametrize("name", ["Dort", "Of", "Same", "Stadt", "Innovation", "Tel", "us", ""])
def test_a_word_is_no_place(names: Gazetteer, name: str) -> None:
    assert names.place(name) is None


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("Chinas", "China"),
        ("Duisburgs", "Duisburg"),
        ("Essens", "Essen"),
        ("Israel’s", "Israel"),
        ("Nordrhein-Westfalens", "Nordrhein-Westfalen"),
        ("Ruhrgebietes", "Ruhrgebiet"),
        ("DUISBURG", "Duisburg"),
        ("BONN", "Bonn"),
        ("UNNA", "Unna"),
        ("LYON", "Lyon"),
    ],
)
def test_a_genitive_or_capitals_lead_to_the_nominative(names: Gazetteer, name: str, base: str) -> None:
    place = names.place(name)
    assert place is not None
    assert place.name == base


@pytest.mark.parametrize("name", ["Bundes", "Kitas", "Mobiles", "NRWs", "HAGE", "ASTI"])
def test_a_plural_or_an_acronym_is_no_genitive(names: Gazetteer, name: str) -> None:
    assert names.place(name) is None


def test_a_name_that_ends_in_s_is_no_genitive(names: Gazetteer) -> None:
    for name in ("Wales", "Paris", "Neuss"):
        place = names.place(name)
        assert place is not None
        assert place.name == name


def test_a_district_of_a_city_is_a_place_of_its_own(names: Gazetteer) -> None:
    district = names.place("Berlin-Köpenick")
    assert district is not None
    assert (district.kind, district.canonical, district.country) == ("City", "Berlin-Köpenick", "DE")
    assert names.place("Berlin-Marathon") is None
    assert names.place("Köln-Düsseldorf") is None


@pytest.mark.parametrize(
    "name",
    ["Essen", "Essens", "Hagen", "Halle", "Hof", "Singen", "Reading", "Bath", "Nice", "Mobile", "Jordan"],
)
def test_a_place_that_is_also_a_word_or_a_person_needs_context(names: Gazetteer, name: str) -> None:
    assert names.place(name) is not None
    assert names.is_ambiguous(name)


@pytest.mark.parametrize(
    "name",
    ["Duisburg", "Bochum", "Wesel", "Paris", "London", "Berlin", "China", "Israel", "Haifa", "Shenzhen"],
)
def test_a_name_that_means_the_place_needs_no_context(names: Gazetteer, name: str) -> None:
    assert not names.is_ambiguous(name)


@pytest.mark.parametrize(
    ("text", "canonical", "count"),
    [
        ("New York City ist", "New York", 3),
        ("Den Haag und", "Den Haag", 2),
        ("Greater Manchester und", "Greater Manchester", 2),
        ("Manchester und", "Manchester", 1),
        ("Tel Aviv - Yafo liegt", "Tel Aviv", 4),
        ("Nordrhein - Westfalens Städte", "Nordrhein-Westfalen", 3),
        ("Vereinigten Königreichs", "Vereinigtes Königreich", 2),
        ("Frankfurt am Main", "Frankfurt am Main", 3),
    ],
)
def test_the_longest_name_wins(names: Gazetteer, text: str, canonical: str, count: int) -> None:
    found = names.longest_place(text.split(), 0)
    assert found is not None
    assert (found[0].canonical, found[1]) == (canonical, count)


def test_a_name_begins_with_a_capital_and_inside_the_text(names: Gazetteer) -> None:
    assert names.longest_place(["köln"], 0) is None
    assert names.longest_place(["Köln"], 1) is None
    found = names.longest_place(["in", "Köln"], 1)
    assert found is not None
    assert found[1] == 1


@pytest.mark.parametrize(
    ("word", "canonical"),
    [
        ("israelische", "Israel"),
        ("israelischen", "Israel"),
        ("Chinesischer", "China"),
        ("nordrhein-westfälischen", "Nordrhein-Westfalen"),
        ("US-amerikanisches", "USA"),
        ("Deutsche", "Deutschland"),
        ("Bavarian", "Bayern"),
        ("Dutch", "Niederlande"),
        ("Israeli", "Israel"),
        ("Essener", "Essen"),
        ("Duisburger", "Duisburg"),
        ("Karlsruher", "Karlsruhe"),
        ("Solinger", "Solingen"),
        ("Münchner", "München"),
        ("Bremer", "Bremen"),
        ("Zürcher", "Zürich"),
        ("Hamburger", "Hamburg"),
        ("Londoner", "London"),
        ("Schweizer", "Schweiz"),
    ],
)
def test_an_adjective_of_origin_leads_to_its_place(names: Gazetteer, word: str, canonical: str) -> None:
    place = names.demonym(word)
    assert place is not None
    assert place.canonical == canonical


@pytest.mark.parametrize(
    "word", ["Bürger", "Partner", "Manager", "Hammer", "Leader", "Kinder", "essener", "polish"]
)
def test_a_word_in_er_is_no_adjective_of_a_city(names: Gazetteer, word: str) -> None:
    assert names.demonym(word) is None


def test_a_compound_adjective_has_a_place_for_each_part(names: Gazetteer) -> None:
    assert [place.canonical for place in names.demonyms("deutsch-israelischen")] == ["Deutschland", "Israel"]
    assert [place.canonical for place in names.demonyms("nordrhein-westfälische")] == ["Nordrhein-Westfalen"]
    assert names.demonyms("technisch-israelische") == ()


def test_a_given_name_that_is_also_a_word_is_only_a_possible_one(names: Gazetteer) -> None:
    for word in ("Thomas", "Anke", "Hans-Jürgen", "Yael", "Rasmus", "Weiming"):
        assert names.is_first_name(word), word
    for word in ("Will", "Mark", "Paris", "Ernst"):
        assert not names.is_first_name(word), word
        assert names.may_be_first_name(word), word
    for word in ("Innovation", "Stadt", "Hans-Innovation"):
        assert not names.may_be_first_name(word), word


def test_universities_are_known_and_schools_are_not(names: Gazetteer) -> None:
    for name in (
        "Ruhr-Universität Bochum",
        "Technion",
        "University of Manchester",
        "FernUniversität in Hagen",
    ):
        assert names.institution(name), name
    assert not names.institution("Gymnasium Bad Aibling")
    assert not names.institution("Universität")


def test_no_school_is_among_the_institutions() -> None:
    schools = ("Gymnasium", "High School", "Grundschule", "Realschule", "Sixth Form")
    assert [line for line in lines("institutions.tsv.gz") if any(school in line for school in schools)] == []
