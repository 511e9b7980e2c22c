"""Invented names for the generator: persons, bodies, places, undertakings. The lists of places and given names are
those of loaders/extraction/data; everything else is put together from the syllables and words below."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from random import Random

import loaders.extraction

DATA = Path(loaders.extraction.__file__).parent / "data"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FAMILY = _words("""Berg Stein Wald Lind Hoff Kirch Brock Horn Feld Brunn Eich Buch Roth Schwarz Weid Hag Loh Rie Sand Thal Wies
Kalt Neu Alt Ober Nieder Hinz Kott Mers Pell Quad Rade Sell Tils Ull Vor Wend Zell Dorn Esch Falk Gries Hels""")
FAMILY_ENDS = _words("""mann er hoff meyer huber kamp feld ner ke ski mann bach haus berger ing sen sohn mer ling
wig""")
SYLLABLES = _words("""ka lo mi ra to ve na si du ber lan kor tel vin sal mor den ri fa gu pol tan shi wen ho yu zar eli
cas dro bel nov ter qui zen lux vor ami""")
TECH = _words("""Data Tech Cyber Green Smart Nano Bio Quant Solar Hydro Robo Vision Cloud Logic Neuro Volt Flow Grid Medi Agri
Aero Urban Proto Deep Wave Core Blue Next Open Digi Photon Sense Loop Twin Spark""")
TECH_ENDS = _words("""Lab Labs Systems Works Hub Soft Motion Care Net Energy Health Analytics Robotics Mobility Dynamics
Solutions Ventures Technologies Networks Materials Foods Instruments""")
FIELDS = _words("""Wasserstoff Logistik Medizintechnik Cybersicherheit Energie Mobilität Digitalisierung Robotik Photonik Chemie
Umwelttechnik Halbleiter Luftfahrt Gesundheit Biotechnologie Klimaschutz Stahl Wirtschaft Innovation Wissenschaft
Forschung Technologie Umwelt Bauen Verkehr Kultur Bildung Arbeit Stadtentwicklung Maschinenbau Materialforschung
Produktionstechnik Systemforschung Landwirtschaft Handel Tourismus Finanzen Integration""")
ENGLISH_FIELDS = _words("""Hydrogen Logistics Energy Innovation Science Trade Research Technology Health Economy Transport Culture
Education Labour Cybersecurity Robotics Photonics Environment Agriculture Enterprise Employment Tourism Infrastructure
Housing Digitalisation Industry Manufacturing Materials Aerospace Semiconductors""")
REGION_NAMES = _words("""Ruhr Rhein-Ruhr Rhein-Main Rhein-Neckar Mittelhessen Südbaden Ostwestfalen-Lippe Weser-Ems Oberfranken
Niederrhein Münsterland Sachsen Thüringen NRW Brandenburg Hessen Bayern Westfalen Twente Flandern Schlesien Lombardei
Baden Saarland Südwestfalen Emscher-Lippe Vorarlberg""")
SHOW = _words(
    """Days Summit Forum Expo Week Conference Night Congress Award Festival Fair Symposium Challenge"""
)
FRAME = _words("""Bridge Alliance Gateway Connect Accelerator Network Initiative Corridor Lab Launchpad Pathway Twin
Exchange""")
LEGAL = _words("""GmbH AG SE GmbH KG UG mbH gGmbH eG""")
ENGLISH_LEGAL = _words("Ltd Limited plc Inc. LLC Group Holdings B.V. Ltd.")


@cache
def first_names() -> tuple[str, ...]:
    return tuple(_lines("first_names.txt.gz"))


@cache
def common_words() -> frozenset[str]:
    """Everyday words, lower-case."""
    return frozenset(_lines("common_words.txt.gz"))


@cache
def institutions() -> tuple[str, ...]:
    return tuple(line.partition("\t")[0] for line in _lines("institutions.tsv.gz"))


@cache
def cities() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cities of German-speaking countries, and large ones of the world."""
    rows = [line.split("\t") for line in _lines("places.tsv.gz")]
    near = [r[0] for r in rows if r[1] == "City" and r[3] in ("DE", "AT", "CH") and int(r[4]) > 15_000]
    far = [r[0] for r in rows if r[1] == "City" and int(r[4]) > 150_000 and r[0].isascii()]
    return tuple(n for n in near if len(n) > 3), tuple(n for n in far if len(n) > 3)


@cache
def areas() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Countries and regions."""
    rows = [line.split("\t") for line in _lines("places.tsv.gz")]
    named = [
        [r[0] for r in rows if r[1] == kind and len(r[0]) > 3 and not r[0].isupper()]
        for kind in ("Country", "Region")
    ]
    return tuple(named[0]), tuple(named[1])


def _lines(name: str) -> list[str]:
    return gzip.decompress((DATA / name).read_bytes()).decode().splitlines()


def person(r: Random) -> str:
    first = r.choice(first_names())
    kind = r.random()
    if kind < 0.08:
        first += "-" + r.choice(first_names())
    elif kind < 0.2:
        first += f" {r.choice('ABCDEFGHJKLMPRSTW')}."
    elif kind < 0.27:
        first += " " + r.choice(first_names())
    return f"{first} {surname(r)}"


def surname(r: Random) -> str:
    kind = r.random()
    if kind < 0.45:
        name = r.choice(FAMILY) + r.choice(FAMILY_ENDS)
    elif kind < 0.8:
        name = syllables(r, r.choice((2, 2, 3))).capitalize()
    elif kind < 0.87:
        return r.choice(("van ", "de ", "von ", "van der ", "Al-", "O'", "Mc", "zu ")) + surname(r)
    elif kind < 0.92:
        name = r.choice(FAMILY) + r.choice(FAMILY_ENDS) + "-" + r.choice(FAMILY) + "mann"
    else:
        name = r.choice((*cities()[0][:400], *FIELDS[:3]))
    return name


def syllables(r: Random, count: int) -> str:
    return "".join(r.choice(SYLLABLES) for _ in range(count))


def acronym(r: Random) -> str:
    letters = "".join(r.choice("ABCDEFGHIKLMNOPRSTUVWZ") for _ in range(r.choice((2, 3, 3, 3, 4))))
    return letters if r.random() < 0.85 else letters + r.choice("2479") + r.choice(("", "U", "B"))


def venture(r: Random) -> str:
    """A firm's name without legal form, as a start-up or a list has it."""
    made = syllables(r, r.choice((2, 2, 3)))
    tech, end = r.choice(TECH), r.choice(TECH_ENDS)
    return r.choice((
        made, made.capitalize(), made.capitalize(), f"{made.capitalize()} {end}", f"{tech}{end}",
        f"{tech} {end}", f"{tech.lower()}{syllables(r, 1)}", f"{tech}{made}", f"{made} {end.lower()}",
        f"{surname(r)} {end}", acronym(r),
        f"{made.capitalize()}.{r.choice(('ai', 'io', 'NRW', 'Ruhr', 'tech'))}", f"{tech[:1]}{acronym(r)}",
        f"{made.capitalize()}-{r.choice(('X', 'T', 'One', '4U'))}", f"{tech} & {end}",
        f"{surname(r)} & {surname(r)}", f"{made.capitalize()}{r.choice(('24', '4me', '2go', '360'))}",
    ))  # fmt: skip


def company(r: Random, *, english: bool = False) -> str:
    form = r.choice(ENGLISH_LEGAL if english else LEGAL)
    return f"{venture(r)} {form}" if r.random() < 0.6 else venture(r)


def german_city(r: Random) -> str:
    return r.choice(cities()[0] if r.random() < 0.75 else cities()[1])


def english_city(r: Random) -> str:
    return r.choice(cities()[1] if r.random() < 0.75 else cities()[0])


def country(r: Random) -> str:
    return r.choice(areas()[0])


def body(r: Random) -> str:
    """A German body without grammar in front of it."""
    field, other, third = r.sample(FIELDS, 3)
    city, region, short = german_city(r), r.choice(REGION_NAMES), acronym(r)
    return r.choice((
        f"Universität {city}", f"Hochschule {city}", f"Technische Universität {city}", f"TU {city}",
        f"Hochschule {region}", f"Hochschule für {field} und {other}", f"{surname(r)}-Universität {city}",
        f"Universitätsklinikum {city}", f"Fraunhofer-Institut für {field}",
        f"Max-Planck-Institut für {field} und {other}", f"Institut für {field}",
        f"{surname(r)}-{surname(r)}-Institut für {field}", f"Zentrum für {field}",
        f"Kompetenzzentrum {field} {region}", f"Wirtschaftsförderung {city}",
        f"Wirtschaftsförderung {region} GmbH", f"{city} Wirtschaftsförderung",
        f"{short} – {city}er Wirtschaftsförderungsgesellschaft mbH", f"Business {region}",
        f"Invest in {region}", f"Industrie- und Handelskammer {city}", f"IHK {city}",
        f"Industrie- und Handelskammer zu {city}",
        f"Deutsch-{r.choice(('Israelische', 'Chinesische', 'Britische', 'Polnische', 'Japanische'))} Handelskammer",
        f"AHK {country(r)}", f"Handwerkskammer {city}",
        f"Ministerium für {field}, {other} und {third} des Landes {region}",
        f"Bundesministerium für {field} und {other}", f"{field}sministerium", f"Regionalverband {region}",
        f"Bezirksregierung {city}", f"Generalkonsulat {city}", f"Stadtwerke {city}",
        f"Stadtwerke {city} AG", f"Sparkasse {region}", f"Messe {city}", f"Messe {city} GmbH",
        f"Flughafen {city}", f"Hafen {city}", f"Verband {field} {region}", f"Verein {field} {region} e.V.",
        f"Netzwerk {field}", f"{field}cluster {region}", f"Stiftung {field}", f"{surname(r)}-Stiftung",
        f"{field}agentur {region}", f"Technologiepark {city}", f"Gründerzentrum {city}",
        f"{r.choice(TECH)} Hub {region}", f"{region.lower().replace('-', '')}HUB", f"Campus {surname(r)}",
        f"{surname(r)}-Krankenhaus", f"Klinikum {city}", f"Universitätsmedizin {city}", f"Team {city}",
        short, short, f"Landesregierung {region}", f"Deutsche Gesellschaft für {field}",
        f"{field} {region} e.V.", f"{field}werk {city}", f"Städtepartnerschaftsverein {city}",
        f"Wachstumsfonds {region}", f"Landesgesellschaft {region}.Invest",
    ))  # fmt: skip


def english_body(r: Random) -> str:
    field, other, third = r.sample(ENGLISH_FIELDS, 3)
    city, land, short = english_city(r), country(r), acronym(r)
    return r.choice((
        f"University of {city}", f"{city} University", f"{city} Metropolitan University",
        f"{city} Institute of Technology", f"Technical University of {city}", f"Royal College of {field}",
        f"{surname(r)} University", f"{city} City Council", f"{city} Council", f"Greater {city} Authority",
        f"City of {city} Council", f"Port of {city}", f"{city} Airport", f"Ministry of {field}",
        f"Ministry of {field} and {other}", f"Ministry of {field}, {other} and {third}",
        f"Department for {field} and {other}", f"Department of {field}", f"Office for {field}",
        f"{land} {field} Agency", f"National {field} Council", f"Federal Agency for {field}",
        f"{land} Investment Agency", f"Invest {land}", f"Enterprise {land}", f"{city} Chamber of Commerce",
        f"Chamber of Commerce and Industry of {city}", f"{land} Business Council",
        f"British Chamber of Commerce in {land}", f"Embassy of {land}", f"{surname(r)} Foundation",
        f"{surname(r)} Institute", f"Institute for {field} and {other}", f"Centre for {field}",
        f"{city} {field} Innovation Centre", f"{field} Research Centre", f"{field} Catapult",
        f"{field} Cluster {city}", f"{city} Science Park", f"{city} {r.choice(TECH)} Hub",
        f"{r.choice(TECH)}Hub", f"{city} Partnership", short, short, f"{city} NHS Foundation Trust",
        f"{city} General Hospital", f"{surname(r)} Hospital", f"{field} Association",
        f"Association of {field} Firms", f"Bank of {land}", f"{surname(r)} & {surname(r)}",
        f"{city} Growth Company", f"Local Enterprise Office {city}", f"{land} {field} Authority",
        f"European {field} Agency",
    ))  # fmt: skip


def undertaking(r: Random) -> str:
    """A named programme, project or event."""
    field, region, year = r.choice(FIELDS), r.choice(REGION_NAMES), r.choice(("2019", "2022", "2024", "2026"))
    made, short = syllables(r, 3), acronym(r)
    return r.choice((
        f"Innovation {r.choice(FRAME)} {country(r)}", f"{r.choice(TECH)} {r.choice(FRAME)} {region}",
        f"{field}offensive {region}", f"{r.choice(TECH)} {r.choice(SHOW)}",
        f"{r.choice(TECH)} {r.choice(SHOW)} {year}", f"{made.upper()}", f"{made.capitalize()}",
        f"{made.capitalize()}4{r.choice(TECH)}",
        f"{r.choice(TECH)}{r.choice(TECH_ENDS)}.{r.choice(('NRW', 'Ruhr'))}", f"{short}-{r.choice(FRAME)}",
        f"{field}messe {german_city(r)}", f"{field}tage {region}", f"{field}kongress",
        f"Woche der {r.choice(('Umwelt', 'Innovation', 'Wissenschaft'))}", f"{field}preis {region}",
        f"Lange Nacht der {r.choice(('Wissenschaft', 'Museen', 'Industriekultur'))}", f"Tag der {field}",
        f"{field} {year}", f"Zukunft {field}", f"{r.choice(TECH)}. {r.choice(TECH_ENDS)}. Now.",
        f"{german_city(r)} {r.choice(SHOW)}", f"Modellregion {field}", f"{field}allianz {region}",
        f"{r.choice(TECH)}{r.choice(FRAME)}", f"Horizont {year}",
        f"1. Deutsch-{r.choice(('Chinesischer', 'Israelischer', 'Polnischer'))} {field}kongress",
        f"{made.upper()}-{short}",
    ))  # fmt: skip


def english_undertaking(r: Random) -> str:
    field, year, made = r.choice(ENGLISH_FIELDS), r.choice(("2019", "2022", "2024", "2026")), syllables(r, 3)
    return r.choice((
        f"{field} {r.choice(SHOW)}", f"{field} {r.choice(SHOW)} {year}",
        f"{english_city(r)} {field} {r.choice(SHOW)}", f"Innovation {r.choice(FRAME)} {country(r)}",
        f"{r.choice(TECH)} {r.choice(FRAME)}", f"{made.upper()}", f"{made.capitalize()}",
        f"{field} {r.choice(FRAME)}", f"{field} for {r.choice(ENGLISH_FIELDS)}",
        f"Global {field} {r.choice(SHOW)}", f"{field} Fund", f"{country(r)} {field} {r.choice(SHOW)}",
        f"{r.choice(TECH)}{r.choice(TECH_ENDS)}", f"{field} Growth Programme", f"{field} Strategy {year}",
        f"{r.choice(TECH)} {field} Challenge", f"World {field} {r.choice(SHOW)}",
        f"{made.upper()}-{acronym(r)}", f"Project {made.capitalize()}",
    ))  # fmt: skip
