"""A small graph for the tests of views: real bodies and places, invented persons and events."""

from __future__ import annotations

from dataclasses import replace

from ontology.model import Document, Edge, Evidence, Graph, Identifier, Modality, Name, Node
from ontology.names import slug

DOCUMENTS = (
    Document(
        id="doc-1111111111111111",
        title="Ruhrgebiet und Region Haifa besiegeln Innovationsbrücke",
        text="",
        language="de",
        kind="html",
        publisher="Business Metropole Ruhr",
        url="https://example.org/presse/haifa",
        published="2023-05-11",
    ),
    Document(
        id="doc-2222222222222222",
        title="Hydrogen partners: Greater Manchester meets the Ruhr",
        text="",
        language="en",
        kind="text",
        published="2024-02",
    ),
    Document(id="doc-3333333333333333", title="projekte.csv", text="", language="und", kind="table"),
)
NODES = {
    "Region": "Metropole Ruhr|Greater Manchester|Haifa District",
    "Country": "Israel|China",
    "City": "Essen|Bochum|Dortmund|Duisburg|Manchester|Haifa|Wuhan",
    "Person": "Anke Beispiel|Tom Muster|Noa Levin-Probe|Jill Sample|Wei Specimen|Karl Vorlage",
    "DevelopmentAgency": "Business Metropole Ruhr GmbH|MIDAS Manchester",
    "Company": "G DATA CyberDefense AG|Thyssenkrupp Nucera",
    "Startup": "Pulsar Grid|Kupferklee",
    "University": "Ruhr-Universität Bochum|Technion|Manchester Metropolitan University",
    "ResearchInstitute": "Zentrum für BrennstoffzellenTechnik|Manchester Fuel Cell Innovation Centre",
    "Hospital": "Universitätsmedizin Essen|Rambam Health Care Campus",
    "Chamber": "AHK Israel|AHK Greater China",
    "Agreement": "Gemeinsame Erklärung Ruhr–Haifa|Memorandum Manchester–Ruhr",
    "Programme": "Innovation Bridge Israel",
    "Project": "H2 Twin Valleys|SmartHospital.NRW",
    "Event": "Digital Health Forum Haifa",
    "Delegation": "Delegationsreise nach Wuhan",
    "Topic": "Wasserstoff|Cybersicherheit|Digitale Gesundheit",
}
# source | relation | target | role | document, from 0 | quote
EDGES = """
Essen|locatedIn|Metropole Ruhr||0|die Ruhrgebietsstadt Essen
Bochum|locatedIn|Metropole Ruhr||0|Bochum im Herzen der Metropole Ruhr
Dortmund|locatedIn|Metropole Ruhr||1|Dortmund, in the Ruhr
Duisburg|locatedIn|Metropole Ruhr||0|Duisburg in der Metropole Ruhr
Manchester|locatedIn|Greater Manchester||1|Manchester and its region
Haifa|locatedIn|Haifa District||0|Haifa im gleichnamigen Bezirk
Haifa District|locatedIn|Israel||0|der israelische Bezirk Haifa
Wuhan|locatedIn|China||0|die chinesische Stadt Wuhan
Business Metropole Ruhr GmbH|locatedIn|Essen||0|die Business Metropole Ruhr GmbH mit Sitz in Essen
Anke Beispiel|affiliatedWith|Business Metropole Ruhr GmbH|Geschäftsführerin|0|Anke Beispiel, Geschäftsführerin der BMR
Anke Beispiel|affiliatedWith|Business Metropole Ruhr GmbH|Aufsichtsrätin|1|Anke Beispiel, who also sits on its supervisory board
Tom Muster|affiliatedWith|Universitätsmedizin Essen|Direktor|0|Tom Muster, Direktor an der Universitätsmedizin Essen
Noa Levin-Probe|affiliatedWith|AHK Israel|Delegierte|0|Noa Levin-Probe, Delegierte der AHK Israel
Jill Sample|affiliatedWith|MIDAS Manchester|Chief Executive|1|Jill Sample, chief executive of MIDAS
Wei Specimen|affiliatedWith|AHK Greater China||0|Wei Specimen von der AHK Greater China
Karl Vorlage|affiliatedWith|Zentrum für BrennstoffzellenTechnik|Leiter|1|Karl Vorlage, who heads the ZBT
Anke Beispiel|signed|Gemeinsame Erklärung Ruhr–Haifa||0|unterzeichneten Anke Beispiel und Noa Levin-Probe die Erklärung
Noa Levin-Probe|signed|Gemeinsame Erklärung Ruhr–Haifa||0|unterzeichneten Anke Beispiel und Noa Levin-Probe die Erklärung
Business Metropole Ruhr GmbH|partyTo|Gemeinsame Erklärung Ruhr–Haifa||0|die Erklärung der BMR mit dem Bezirk
Haifa District|partyTo|Gemeinsame Erklärung Ruhr–Haifa||0|die Erklärung der BMR mit dem Bezirk
Innovation Bridge Israel|basedOn|Gemeinsame Erklärung Ruhr–Haifa||0|Die Brücke gründet auf der Erklärung
Innovation Bridge Israel|connects|Metropole Ruhr||0|verbindet die Metropole Ruhr mit Israel
Innovation Bridge Israel|connects|Israel||0|verbindet die Metropole Ruhr mit Israel
Business Metropole Ruhr GmbH|coordinates|Innovation Bridge Israel||0|Die BMR koordiniert die Innovation Bridge Israel
AHK Israel|organises|Digital Health Forum Haifa||0|Gastgeberin war die AHK Israel
Digital Health Forum Haifa|locatedIn|Haifa||0|das Digital Health Forum in Haifa
Universitätsmedizin Essen|participatesIn|Digital Health Forum Haifa||0|mit dabei: die Universitätsmedizin Essen
Universitätsmedizin Essen|locatedIn|Essen||0|die Universitätsmedizin Essen
Rambam Health Care Campus|participatesIn|Digital Health Forum Haifa||0|mit dem Rambam Health Care Campus
Rambam Health Care Campus|locatedIn|Haifa||0|Rambam in Haifa
Technion|locatedIn|Haifa||0|das Technion in Haifa
Technion|cooperatesWith|Ruhr-Universität Bochum||0|Technion und RUB wollen künftig zusammenarbeiten
Ruhr-Universität Bochum|locatedIn|Bochum||0|die Ruhr-Universität Bochum
G DATA CyberDefense AG|locatedIn|Bochum||0|G DATA aus Bochum
G DATA CyberDefense AG|hasTopic|Cybersicherheit||0|der Spezialist für Cybersicherheit
Kupferklee|locatedIn|Dortmund||0|das Dortmunder Start-up Kupferklee
Kupferklee|participatesIn|Digital Health Forum Haifa||0|Kupferklee zeigte seine Lösung
Universitätsmedizin Essen|coordinates|SmartHospital.NRW||2|SmartHospital.NRW
SmartHospital.NRW|hasTopic|Digitale Gesundheit||2|Digitale Gesundheit
Digital Health Forum Haifa|hasTopic|Digitale Gesundheit||0|Forum für digitale Gesundheit
MIDAS Manchester|locatedIn|Manchester||1|MIDAS, based in Manchester
MIDAS Manchester|partyTo|Memorandum Manchester–Ruhr||1|a memorandum between MIDAS and the BMR
Business Metropole Ruhr GmbH|partyTo|Memorandum Manchester–Ruhr||1|a memorandum between MIDAS and the BMR
Jill Sample|signed|Memorandum Manchester–Ruhr||1|signed by Jill Sample
Manchester Metropolitan University|locatedIn|Manchester||1|Manchester Metropolitan University
Manchester Fuel Cell Innovation Centre|partOf|Manchester Metropolitan University||1|the university's fuel cell centre
Manchester Fuel Cell Innovation Centre|cooperatesWith|Zentrum für BrennstoffzellenTechnik||1|both centres plan to work together
Zentrum für BrennstoffzellenTechnik|locatedIn|Duisburg||1|the ZBT in Duisburg
Zentrum für BrennstoffzellenTechnik|participatesIn|H2 Twin Valleys||2|ZBT
Manchester Fuel Cell Innovation Centre|participatesIn|H2 Twin Valleys||2|MFCIC
Thyssenkrupp Nucera|participatesIn|H2 Twin Valleys||2|Nucera
Thyssenkrupp Nucera|locatedIn|Dortmund||1|Nucera of Dortmund
Pulsar Grid|locatedIn|Manchester||1|Manchester start-up Pulsar Grid
Pulsar Grid|hasTopic|Wasserstoff||1|its hydrogen software
H2 Twin Valleys|hasTopic|Wasserstoff||2|Wasserstoff
Delegationsreise nach Wuhan|visited|Wuhan||0|führte die Reise nach Wuhan
Duisburg|participatesIn|Delegationsreise nach Wuhan||0|Duisburg schloss sich der Reise an
AHK Greater China|organises|Delegationsreise nach Wuhan||0|organisiert von der AHK Greater China
AHK Greater China|locatedIn|China||0|die AHK Greater China
"""
ALIASES = {
    "Business Metropole Ruhr GmbH": (Name(text="BMR", language="de"), Name(text="Business Metropole Ruhr")),
    "Zentrum für BrennstoffzellenTechnik": (Name(text="ZBT"),),
}


def sample_graph() -> Graph:
    """43 nodes, 59 relations, three documents; Anke Beispiel has two roles at one company."""
    found = [(type_, name) for type_, names in NODES.items() for name in names.split("|")]
    ids = {name: f"{type_.lower()}/{slug(name)}" for type_, name in found}
    edges = [_edge(number, line.split("|"), ids) for number, line in enumerate(EDGES.strip().splitlines())]
    seen: dict[str, set[str]] = {}
    for edge in edges:
        for end in (edge.source, edge.target):
            seen.setdefault(end, set()).add(edge.evidence[0].document)
    nodes = [_node(ids[name], type_, name, tuple(sorted(seen[ids[name]]))) for type_, name in found]
    return Graph(
        documents=DOCUMENTS,
        nodes=tuple(sorted(nodes, key=lambda n: n.id)),
        edges=tuple(edges),
        state="0123456789abcdef",
    )


def _node(id_: str, type_: str, name: str, documents: tuple[str, ...]) -> Node:
    node = Node(id=id_, type=type_, name=name, aliases=ALIASES.get(name, ()), documents=documents)
    if name == "Digital Health Forum Haifa":
        return replace(node, attributes=(("end", "2023-05-12"), ("start", "2023-05-11")))
    if name == "Technion":
        return replace(node, identifiers=(Identifier(scheme="ror", value="03qryx823"),))
    return node


def _edge(number: int, cells: list[str], ids: dict[str, str]) -> Edge:
    source, type_, target, role, document, quote = cells
    unsure = type_ == "cooperatesWith"
    table = document == "2"
    evidence = Evidence(
        document=DOCUMENTS[int(document)].id,
        quote=quote,
        start=-1 if table else number * 100,
        end=-1 if table else number * 100 + len(quote),
        line=number if table else 0,
        column="Partner" if table else "",
        method="table:projects" if table else "rule:verb",
        confidence=0.55 if unsure else 0.9,
    )
    return Edge(
        id=f"edge-{number:03}",
        source=ids[source],
        type=type_,
        target=ids[target],
        evidence=(evidence,),
        role=role,
        modality=Modality.INTENDED if unsure else Modality.STATED,
        amount="2300000 EUR" if source == "Thyssenkrupp Nucera" and table else "",
        valid_from="2021" if role == "Aufsichtsrätin" else "",
        confidence=evidence.confidence,
    )


HOSTILE = (
    "<script>window.hacked=1</script>",
    '<img src=x onerror="window.hacked=1">',
    "</script><script>window.hacked=1</script>",
    '<svg onload="window.hacked=1">',
    "{{7*7}}{% raw %}",
    "javascript:window.hacked=1",
    "</noscript><!--<script>window.hacked=1",
    '" onmouseover="window.hacked=1',
)


def hostile_graph() -> Graph:
    """Every text of this graph is an attack: names, aliases, ids, quotes, titles, addresses."""
    document = Document(
        id=HOSTILE[2],
        title=HOSTILE[1],
        text="",
        language="en",
        kind="html",
        url=HOSTILE[5],
        publisher=HOSTILE[0],
    )
    nodes = [
        Node(
            id=f"{attack}#{number}",
            type="Company" if number % 2 else "City",
            name=attack,
            aliases=(Name(text="alias " + attack),),
            identifiers=(Identifier(scheme=attack, value=attack),),
            attributes=(("start", attack),),
            documents=(document.id,),
        )
        for number, attack in enumerate(HOSTILE)
    ]
    edges = [
        Edge(
            id=f"{number} {attack}",
            source=nodes[number].id,
            type="cooperatesWith",
            target=nodes[(number + 1) % len(nodes)].id,
            role="role " + attack,
            amount=attack,
            evidence=(Evidence(document=document.id, quote="quote " + attack, line=1, column=attack),),
        )
        for number, attack in enumerate(HOSTILE)
    ]
    return Graph(
        documents=(document,),
        nodes=tuple(sorted(nodes, key=lambda n: n.id)),
        edges=tuple(sorted(edges, key=lambda e: e.id)),
    )
