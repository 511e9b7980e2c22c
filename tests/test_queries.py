"""What the named questions promise: one answer in both languages, and errors that say what to do next."""

from __future__ import annotations

import pytest
from queries_fixtures import GRAPH, HOSTILE

from graph.kglite_store import KGLiteStore
from graph.oxigraph_store import OxigraphStore
from graph.stores import Store
from ontology.errors import NotFound, QueryError
from queries.catalogue import Question, questions, read_question, text
from queries.evidence import neighbourhood
from queries.run import ask

PROMISE = "soll unterzeichnet werden"
TITLE = 'Brücke "Ruhr" \\ Teil 1'
BMR = ("organisation/bmr", "Business Metropole Ruhr GmbH", "DevelopmentAgency")
RVR = ("organisation/rvr", "Regionalverband Ruhr", "PublicBody")
GMCA = ("organisation/gmca", "Greater Manchester Combined Authority", "PublicBody")
AHK = ("organisation/ahk", "AHK Israel", "Chamber")
VOSSBECK = ("person/vossbeck", "Henrik Vossbeck")
KERSTIENS = ("person/kerstiens", "Jolanda Kerstiens")
QUELLMANN = ("person/quellmann", "Wanda Quellmann")
MOU = ("agreement/mou", "MoU Shenzhen - RVR")
STATEMENT = ("agreement/joint-statement", "Joint Statement")
FAIR = ("event/messe", "Digital. Health. Now.", "Event")
TRIP = ("event/trip", "Reise nach Shenzhen", "Delegation")
G_DATA = ("organisation/g-data", "G DATA CyberDefense AG", "Company")
UME = ("organisation/ume", "Universitätsmedizin Essen", "Hospital")
START_UP = ("organisation/hostile", HOSTILE, "Startup")
KLINIKNETZ = ("project/kliniknetz", "KlinikNetz.Ruhr", "Project")
LOI = ("agreement/loi", "Letter of Intent", "Agreement")
BRIDGE_CHINA = ("programme/china", "Innovation Bridge China", "Programme")
ESSEN, BOCHUM, CHINA = ("place/essen", "Essen"), ("place/bochum", "Bochum"), ("place/china", "China")
RUHR, MANCHESTER = ("place/ruhr", "Ruhrgebiet"), ("place/greater-manchester", "Greater Manchester")
NRW, SHENZHEN = ("place/nrw", "Nordrhein-Westfalen"), ("place/shenzhen", "Shenzhen")
DIRECT = (None, None, None)

# name and parameters of a question -> all rows of its answer
ANSWERS = [
    (
        ("partners", {"actor": "UME"}),
        [
            (*AHK, *FAIR),
            (*G_DATA, *DIRECT),
            (*START_UP, *KLINIKNETZ),
        ],
    ),
    (
        ("people", {"body": "bmr"}),
        [
            (*KERSTIENS, None, "intended", "2025-01-01", None, "wird", 1),
            (*VOSSBECK, "Geschäftsführer", "stated", None, None, "V. of BMR", 2),
            (*VOSSBECK, "Prokurist", "stated", None, None, "Prokurist V.", 1),
        ],
    ),
    (
        ("roles", {"person": "Dr. Henrik VOSSBECK"}),
        [
            (*AHK, "Referent", "past", "2011", "2016-05", "bis Mai 2016 bei der AHK", 1),
            (*BMR, "Geschäftsführer", "stated", None, None, "V. of BMR", 2),
            (*BMR, "Prokurist", "stated", None, None, "Prokurist V.", 1),
        ],
    ),
    (
        ("roles", {"person": "person/quellmann"}),
        [
            (*G_DATA, '"x" \\ $y ?z', "negated", None, None, "…", 1),
            (*BOCHUM, "City", None, "stated", None, None, "…", 1),
        ],
    ),
    (
        ("agreements_between", {"place": "Metropole Ruhr", "other": "Greater Manchester"}),
        [
            (*LOI[:2], "2019", None, 1),
            (*STATEMENT, "2023-09-14", None, 1),
        ],
    ),
    (
        ("agreements_between", {"place": "NRW", "other": "Manchester"}),
        [(*STATEMENT, "2023-09-14", None, 1)],
    ),
    (
        ("agreements_between", {"place": "place/essen", "other": "Greater Manchester"}),
        [(*STATEMENT, "2023-09-14", None, 1)],
    ),
    (
        ("agreements_between", {"place": "Bochum", "other": "Greater Manchester"}),
        [(*LOI[:2], "2019", None, 1)],
    ),
    (("agreements_between", {"place": "Bochum", "other": "Manchester"}), []),
    (
        ("signatories", {"agreement": "Joint Statement"}),
        [
            (*BMR, "PARTY_TO", "stated", "for BMR", 1),
            (*GMCA, "PARTY_TO", "stated", "GMCA", 2),
            (*VOSSBECK, "Person", "SIGNED", "stated", "V. signed", 1),
        ],
    ),
    (
        ("participants", {"activity": "Delegationsreise"}),
        [
            (*BMR, "ORGANISES", "Gastgeber", "stated", "…", 1),
            (*ESSEN, "City", "PARTICIPATES_IN", None, "stated", "…", 1),
        ],
    ),
    (
        ("participants", {"activity": "kliniknetz.ruhr"}),
        [
            (*UME, "COORDINATES", None, "stated", "…", 1),
            (*START_UP, "PARTICIPATES_IN", None, "stated", "q", 1),
            (*START_UP, "PARTICIPATES_IN", "Gast", "stated", "q", 1),
        ],
    ),
    (("visits", {"visitor": "event/trip"}), [(*SHENZHEN, "City", "stated", "…", 1)]),
    (
        ("programme_regions", {}),
        [
            (*LOI, *MANCHESTER, "stated", "…", 1),
            (*LOI, *RUHR, "stated", "…", 1),
            (*BRIDGE_CHINA, *CHINA, "stated", "links", 2),
            (*BRIDGE_CHINA, *RUHR, "stated", "verbindet", 1),
        ],
    ),
    (
        ("who_is_where", {"place": "NRW"}),
        [(*BMR, *ESSEN), (*G_DATA, *BOCHUM), (*START_UP, *BOCHUM), (*UME, *ESSEN)],
    ),
    (
        ("topic_actors", {"topic": "digital health"}),
        [
            (*START_UP, *DIRECT),
            (*START_UP, *KLINIKNETZ),
            (*UME, *KLINIKNETZ),
            (*NRW, "Region", *KLINIKNETZ),
        ],
    ),
    (
        ("document_says", {"document": "doc-c"}),
        [
            (*START_UP[:2], "HAS_TOPIC", "topic/health", "Digitale Gesundheit", None, "stated", "…"),
            (*START_UP[:2], "LOCATED_IN", *BOCHUM, None, "stated", HOSTILE),
            (*START_UP[:2], "PARTICIPATES_IN", *KLINIKNETZ[:2], None, "stated", "q"),
            (*START_UP[:2], "PARTICIPATES_IN", *KLINIKNETZ[:2], "Gast", "stated", "q"),
        ],
    ),
    (
        ("intended", {}),
        [
            (*G_DATA[:2], "COOPERATES_WITH", *BMR[:2], None, None, "…", "doc-a", TITLE, "2019-12-06"),
            (*RVR[:2], "PARTY_TO", *MOU, None, None, PROMISE, "doc-a", TITLE, "2019-12-06"),
            (
                *KERSTIENS,
                "AFFILIATED_WITH",
                *BMR[:2],
                None,
                "2025-01-01",
                "wird",
                "doc-b",
                STATEMENT[1],
                "2023",
            ),
            (*SHENZHEN, "PARTY_TO", *MOU, None, None, PROMISE, "doc-a", TITLE, "2019-12-06"),
        ],
    ),
    (
        ("bridges", {}),
        [
            (*CHINA, *RUHR, 1, 0, 1, 2),
            (*CHINA, *ESSEN, 0, 0, 1, 1),
            (*CHINA, *NRW, 1, 0, 0, 1),
            (*ESSEN, "place/manchester", "Manchester", 0, 1, 0, 1),
            (*ESSEN, *SHENZHEN, 0, 0, 1, 1),
            (*MANCHESTER, *NRW, 0, 1, 0, 1),
            (*MANCHESTER, *RUHR, 0, 1, 0, 1),
            (*RUHR, *SHENZHEN, 0, 0, 1, 1),
        ],
    ),
    (
        ("neighbourhood", {"node": "organisation/g-data"}),
        [
            ("out", "COOPERATES_WITH", *BMR, None, "intended", None, None, "…", "doc-a"),
            ("out", "COOPERATES_WITH", *RVR, None, "negated", None, None, "…", "doc-a"),
            ("out", "LOCATED_IN", *BOCHUM, "City", None, "stated", None, None, "…", "doc-a"),
            (
                "in",
                "AFFILIATED_WITH",
                *QUELLMANN,
                "Person",
                '"x" \\ $y ?z',
                "negated",
                None,
                None,
                "…",
                "doc-a",
            ),
            ("in", "COOPERATES_WITH", *UME, None, "stated", None, None, "…", "doc-a"),
        ],
    ),
    (
        ("timeline", {}),
        [
            (*LOI, "2019", None, 1),
            (*FAIR, "2019-11-25", "2019-11-28", 1),
            (*TRIP, "2019-12", None, 1),
            (*STATEMENT, "Agreement", "2023-09-14", None, 1),
        ],
    ),
    (
        ("timeline", {"since": "2019-12-05", "until": "2022"}),
        [(*LOI, "2019", None, 1), (*TRIP, "2019-12", None, 1)],
    ),
    (
        ("funding", {}),
        [(*NRW, *KLINIKNETZ[:2], "2300000 EUR", "stated", None, "2026", "2,3 Mio.", 1)],
    ),
    (
        ("mentions", {"node": "BMR"}),
        [("doc-a", TITLE, "BMR", "2019-12-06"), ("doc-b", "Joint Statement", None, "2023")],
    ),
    (("mentions", {"node": "event/undated"}), [("doc-c", None, None, None)]),
]


@pytest.fixture(scope="module", params=[KGLiteStore, OxigraphStore], ids=["cypher", "sparql"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    made: Store = request.param(tmp_path_factory.mktemp("store"))
    made.build(GRAPH)
    return made


@pytest.mark.parametrize(("asked", "expected"), ANSWERS, ids=[f"{n}-{p}" for (n, p), _ in ANSWERS])
def test_a_question_has_one_answer_in_both_languages(
    store: Store, asked: tuple[str, dict[str, str]], expected: list[tuple[object, ...]]
) -> None:
    name, parameters = asked
    answer = ask(store, name, **parameters)
    assert answer.columns == questions()[name].columns
    assert list(answer.rows) == expected


def test_a_fact_of_two_documents_and_an_intention_are_no_single_source(store: Store) -> None:
    rows = ask(store, "single_source").rows
    assert rows[0] == (
        *(*STATEMENT, "BASED_ON", *LOI[:2], None),
        *("stated", "builds on", "doc-b", "Joint Statement"),
    )
    alone = [e for e in GRAPH.edges if len({v.document for v in e.evidence}) == 1]
    assert len(rows) == sum(e.modality in ("stated", "past") for e in alone)


def test_every_question_is_pinned_above() -> None:
    assert {name for (name, _), _ in ANSWERS} | {"single_source"} == set(questions())


def test_a_typed_function_gives_rows_with_named_fields(store: Store) -> None:
    first, *_ = neighbourhood(store, "topic/health")
    seen = (first.direction, first.relation, first.other, first.quote)
    assert seen == ("in", "HAS_TOPIC", "organisation/hostile", "…")


@pytest.mark.parametrize(
    ("spelling", "id"),
    [
        ("organisation/hostile", "organisation/hostile"),
        (HOSTILE, "organisation/hostile"),
        ("STRASSENLABOR", "organisation/hostile"),
        ("Rück\\schritt", "organisation/hostile"),
        ("深圳", "place/shenzhen"),
        ("die Universitaetsmedizin Essen", "organisation/ume"),
        ("Business Metropole Ruhr", "organisation/bmr"),
    ],
)
def test_a_node_is_found_by_its_id_and_by_every_spelling_of_its_names(
    store: Store, spelling: str, id: str
) -> None:
    assert ask(store, "mentions", node=spelling) == ask(store, "mentions", node=id)


def test_the_class_asked_for_tells_namesakes_apart(store: Store) -> None:
    assert ask(store, "who_is_where", place="Essen").rows == ((*BMR, *ESSEN), (*UME, *ESSEN))
    with pytest.raises(QueryError) as caught:
        ask(store, "mentions", node="essen")
    assert str(caught.value) == "'essen' is the name of 2 nodes: give one of place/essen, topic/essen"


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        (
            "people",
            {"body": "Regionalverbund Ruhr"},
            "no Organisation or Place or Project or Programme goes by 'Regionalverbund Ruhr': "
            "did you mean 'Regionalverband Ruhr' (organisation/rvr)?",
        ),
        (
            "roles",
            {"person": "BMR"},
            "'BMR' is a DevelopmentAgency (organisation/bmr), and a Person is asked for",
        ),
        ("mentions", {"node": "xyzzy"}, "no node goes by 'xyzzy', and no name is near it."),
        (
            "document_says",
            {"document": "Joint Statment"},
            "no document has the id, title or address 'Joint Statment': did you mean 'Joint Statement'?",
        ),
        (
            "partnres",
            {},
            "unknown question 'partnres': did you mean 'partners'? "
            "'innograph questions' lists them with their parameters.",
        ),
    ],
)
def test_an_unknown_name_is_an_error_with_the_nearest_one(
    store: Store, name: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(NotFound) as caught:
        ask(store, name, **parameters)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        (
            "roles",
            {},
            "roles needs person: the person whose roles are asked for. Ask: roles person=PERSON",
        ),
        (
            "roles",
            {"persno": "x"},
            "roles: unknown parameter 'persno': did you mean 'person'? Ask: roles person=PERSON",
        ),
        ("bridges", {"place": "x"}, "bridges takes no parameters, and 'place' was given"),
        ("timeline", {"since": "last year"}, "since='last year': write 2019, 2019-11 or 2019-11-25"),
        ("roles", {"person": 7}, "person=7: give it as text, not as int"),
    ],
)
def test_a_wrong_parameter_is_told_with_the_way_to_ask(
    store: Store, name: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError) as caught:
        ask(store, name, **parameters)
    assert str(caught.value) == message


@pytest.mark.parametrize("asked", questions().values(), ids=questions())
def test_a_question_is_described_and_has_both_texts(asked: Question) -> None:
    assert asked.summary_en and asked.summary_de and asked.columns
    assert text(asked.name, "sparql").startswith(f"# The question of {asked.name}.cypher in SPARQL\n")


@pytest.mark.parametrize(
    ("cypher", "message"),
    [
        ("// de: x\n// columns: a", "q.cypher: add a comment line '// en: ...' at its head"),
        (
            "// en: x\n// de: x\n// columns: a\nRETURN $b",
            "q.cypher: b: describe each parameter of the text, and no other",
        ),
        (
            "// en: x\n// de: x\n// $b (Cty): y\n// columns: a\nRETURN $b",
            "q.cypher: unknown parameter type 'Cty': did you mean 'City'?",
        ),
        (
            "// en: x\n// de: x\n// $a (node): y\n// columns: a, b\nRETURN $a",
            "q.cypher: a is a parameter and a column: rename one",
        ),
    ],
)
def test_a_question_that_is_badly_described_is_refused(cypher: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        read_question("q", cypher)
    assert str(caught.value) == message
