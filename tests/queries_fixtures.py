"""A graph made by hand for the questions: hostile names, every modality, parallel and undated edges."""

from __future__ import annotations

from ontology.model import Document, Edge, Evidence, Graph, Modality, Name, Node

INTENDED, NEGATED, PAST = Modality.INTENDED, Modality.NEGATED, Modality.PAST
HOSTILE = 'O\'Brien "\\" {$actor} ?x\n</script> \U0001f9ea Ω'

DOCUMENTS = (
    Document(
        id="doc-a",
        title='Brücke "Ruhr" \\ Teil 1',
        text="",
        language="de",
        kind="html",
        publisher="BMR",
        url="https://press.example/a?x=1&y=ä",
        published="2019-12-06",
    ),
    Document(id="doc-b", title="Joint Statement", text="", language="en", kind="text", published="2023"),
    Document(id="doc-c", title="", text="", language="und", kind="table"),
)


def node(id: str, type: str, name: str, *aliases: str, documents: str = "a", **attributes: str) -> Node:
    """`documents` names them by their letters: "ab" is doc-a and doc-b."""
    return Node(
        id=id,
        type=type,
        name=name,
        aliases=tuple(Name(text=alias, language="de") for alias in sorted(aliases)),
        attributes=tuple(sorted(attributes.items())),
        documents=tuple(f"doc-{letter}" for letter in documents),
    )


def edge(
    source: str,
    type: str,
    target: str,
    *quotes: str,
    modality: Modality = Modality.STATED,
    role: str = "",
    amount: str = "",
    since: str = "",
    until: str = "",
    number: int = 1,
) -> Edge:
    """Each quote begins with its document's letter: "a:The words". Without quotes, doc-a says "…"."""
    passages = tuple(Evidence(document=f"doc-{q[0]}", quote=q[2:]) for q in quotes or ("a:…",))
    return Edge(
        id=f"{source} {type} {target} {number}",
        source=source,
        type=type,
        target=target,
        evidence=tuple(sorted(passages, key=lambda e: (e.document, e.quote))),
        role=role,
        modality=modality,
        amount=amount,
        valid_from=since,
        valid_to=until,
    )


NODES = (
    node("agreement/joint-statement", "Agreement", "Joint Statement", documents="b", start="2023-09-14"),
    node("agreement/loi", "Agreement", "Letter of Intent", start="2019"),
    node("agreement/mou", "Agreement", "MoU Shenzhen - RVR", documents=""),
    node("event/messe", "Event", "Digital. Health. Now.", start="2019-11-25", end="2019-11-28"),
    node("event/trip", "Delegation", "Reise nach Shenzhen", "Delegationsreise", start="2019-12"),
    node("event/undated", "Event", "Irgendwann", documents="c"),
    node("organisation/ahk", "Chamber", "AHK Israel"),
    node("organisation/bmr", "DevelopmentAgency", "Business Metropole Ruhr GmbH", "BMR", documents="ab"),
    node("organisation/g-data", "Company", "G DATA CyberDefense AG", "G DATA"),
    node("organisation/gmca", "PublicBody", "Greater Manchester Combined Authority", "GMCA", documents="b"),
    node("organisation/hostile", "Startup", HOSTILE, "Rück\\schritt", "Straßenlabor", documents="c"),
    node("organisation/rvr", "PublicBody", "Regionalverband Ruhr", "RVR", documents="b"),
    node("organisation/ume", "Hospital", "Universitätsmedizin Essen", "UME"),
    node("person/kerstiens", "Person", "Jolanda Kerstiens", documents="b"),
    node("person/quellmann", "Person", "Wanda Quellmann"),
    node("person/vossbeck", "Person", "Henrik Vossbeck", "Vossbeck", documents="ab"),
    node("place/bochum", "City", "Bochum"),
    node("place/china", "Country", "China"),
    node("place/essen", "City", "Essen"),
    node("place/greater-manchester", "Region", "Greater Manchester", documents="b"),
    node("place/manchester", "City", "Manchester", documents="b"),
    node("place/nrw", "Region", "Nordrhein-Westfalen", "NRW"),
    node("place/ruhr", "Region", "Ruhrgebiet", "Ruhr", "Metropole Ruhr", documents="ab"),
    node("place/shenzhen", "City", "Shenzhen", "深圳"),
    node("programme/china", "Programme", "Innovation Bridge China"),
    node("project/kliniknetz", "Project", "KlinikNetz.Ruhr"),
    node("topic/essen", "Topic", "Essen", documents="c"),
    node("topic/health", "Topic", "Digitale Gesundheit", "Digital Health"),
)

CHIEF = ("person/vossbeck", "affiliatedWith", "organisation/bmr")
EDGES = (
    edge(*CHIEF, "a:V., Chef", "b:V. of BMR", role="Geschäftsführer"),
    edge(*CHIEF, "a:Prokurist V.", role="Prokurist", number=2),
    edge(
        "person/vossbeck",
        "affiliatedWith",
        "organisation/ahk",
        "a:bis Mai 2016 bei der AHK",
        role="Referent",
        modality=PAST,
        since="2011",
        until="2016-05",
    ),
    edge("person/kerstiens", *CHIEF[1:], "b:wird", modality=INTENDED, since="2025-01-01"),
    edge("person/quellmann", "affiliatedWith", "place/bochum"),
    edge("person/quellmann", "affiliatedWith", "organisation/g-data", modality=NEGATED, role='"x" \\ $y ?z'),
    edge("organisation/bmr", "locatedIn", "place/essen"),
    edge("organisation/ume", "locatedIn", "place/essen", "a:in Essen", "a:Essener Klinik"),
    edge("organisation/ahk", "locatedIn", "place/essen", modality=NEGATED),
    edge("organisation/g-data", "locatedIn", "place/bochum"),
    edge("organisation/gmca", "locatedIn", "place/manchester", "b:…"),
    edge("organisation/hostile", "locatedIn", "place/bochum", "c:" + HOSTILE),
    edge("place/essen", "locatedIn", "place/ruhr"),
    edge("place/bochum", "locatedIn", "place/ruhr"),
    edge("place/ruhr", "locatedIn", "place/nrw"),
    edge("place/nrw", "locatedIn", "place/ruhr", number=2),  # a wrong source makes a circle
    edge("place/manchester", "locatedIn", "place/greater-manchester", "b:…"),
    edge("place/shenzhen", "locatedIn", "place/china"),
    edge("person/vossbeck", "signed", "agreement/joint-statement", "b:V. signed"),
    edge("organisation/bmr", "partyTo", "agreement/joint-statement", "b:for BMR"),
    edge("organisation/gmca", "partyTo", "agreement/joint-statement", "b:and GMCA", "a:GMCA"),
    edge("agreement/loi", "connects", "place/ruhr"),
    edge("agreement/loi", "connects", "place/greater-manchester"),
    edge("person/quellmann", "signed", "agreement/loi"),
    edge("person/kerstiens", "signed", "agreement/loi"),  # but does not yet belong to BMR
    edge("organisation/ahk", "partyTo", "agreement/loi"),  # but does not sit in Essen
    edge("agreement/joint-statement", "basedOn", "agreement/loi", "b:builds on"),
    edge("place/shenzhen", "partyTo", "agreement/mou", "a:soll unterzeichnet werden", modality=INTENDED),
    edge("organisation/rvr", "partyTo", "agreement/mou", "a:soll unterzeichnet werden", modality=INTENDED),
    edge("programme/china", "connects", "place/ruhr", "a:verbindet"),
    edge("programme/china", "connects", "place/china", "a:verbindet", "b:links"),
    edge("organisation/bmr", "coordinates", "programme/china"),
    edge("event/trip", "visited", "place/shenzhen"),
    edge("place/essen", "participatesIn", "event/trip"),
    edge("organisation/bmr", "organises", "event/trip", role="Gastgeber"),
    edge("organisation/ahk", "organises", "event/messe"),
    edge("organisation/ume", "participatesIn", "event/messe"),
    edge("organisation/ume", "coordinates", "project/kliniknetz"),
    edge("organisation/hostile", "participatesIn", "project/kliniknetz", "c:q"),
    edge("organisation/hostile", "participatesIn", "project/kliniknetz", "c:q", role="Gast", number=2),
    edge("place/nrw", "funds", "project/kliniknetz", "a:2,3 Mio.", amount="2300000 EUR", until="2026"),
    edge("organisation/ume", "cooperatesWith", "organisation/g-data"),
    edge("organisation/g-data", "cooperatesWith", "organisation/bmr", modality=INTENDED),
    edge("organisation/g-data", "cooperatesWith", "organisation/rvr", modality=NEGATED),
    edge("project/kliniknetz", "hasTopic", "topic/health"),
    edge("organisation/hostile", "hasTopic", "topic/health", "c:…"),
)

GRAPH = Graph(documents=DOCUMENTS, nodes=NODES, edges=tuple(sorted(EDGES, key=lambda e: e.id)))
