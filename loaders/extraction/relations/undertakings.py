"""Programmes, projects and events: who runs, pays, joins and hosts them, what they join and follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.extraction.entities import Thing
from loaders.extraction.passage import Passage, letter, pattern
from loaders.extraction.relations.cues import QUOTE, clause, is_intended, is_negated
from loaders.extraction.relations.found import Found
from loaders.extraction.relations.grammar import ASIDE, THE, across, gap, only_where
from ontology.model import Modality


@dataclass(frozen=True, slots=True)
class Deed:
    """What a body does to a thing. Verb forms as alternatives; "" where a language has no such form."""

    relation: str
    bodies: str  # letters of what may do it
    things: str
    active: str  # "die BMR veranstaltet das Forum", and at the end of "das Forum, das die BMR veranstaltet"
    passive: str  # "veranstaltet wird das Forum von der BMR"
    premodifier: str = ""  # "das von der BMR veranstaltete Forum"


DEEDS = (
    Deed(
        "funds", "OGL", "GJOE",
        r"fördert\w*|finanzier(?:t|te|en)|bezuschuss\w*|bezahl(?:t|en)|unterstützt\s+finanziell|funds?|finances|co-finances|puts\s+up\s+to",
        r"gefördert|finanziert|kofinanziert|bezuschusst|bezahlt|gespeist|funded|co-funded|financed|co-financed|backed|supported",
        r"geförderten?|finanzierten?",
    ),
    Deed(
        "coordinates", "OPL", "GJA",
        r"koordinier(?:t|te|en)|leitet\w*|betreib(?:t|en)|verantwort(?:et|en)|umsetzt|umsetzen|steuert|coordinates?|leads?|runs?|manages?|operates?",
        r"koordiniert|geleitet|betreut|verantwortet|betrieben|getragen|gesteuert|umgesetzt|coordinated|led|run|managed|operated",
        r"koordinierten?|geleiteten?|betriebenen?",
    ),
    Deed(
        "organises", "OL", "E",
        r"veranstalte(?:t|te|ten|n)|ausrichte(?:t|te|ten|n)|richte(?:t|te|ten)|organisier(?:t|te|ten|en)|lädt|lud|luden|einlud|geladen|eingeladen|hosts?|hosted|organi[sz]e[sd]?|stage[sd]?",
        r"veranstaltet|ausgerichtet|organisiert|organised|organized|hosted|run|staged",
        r"veranstalteten?|ausgerichteten?|organisierten?",
    ),
    Deed(
        "participatesIn", "OL", "EJG",
        r"präsentier\w*|beteilig\w*|mitwirk\w*|mitgewirkt|ausgestellt|stell(?:t|en|te|ten)|nahm(?:en)?|nimmt|nehmen|begleiten|took\s+part|exhibit\w*|present(?:s|ed)|attended|participat\w*|join(?:s|ed)?",
        "", "",
    ),
    Deed(
        "participatesIn", "P", "E",
        r"eröffne\w*|sprach(?:en)?|sprechen|spricht|hielt|nahm(?:en)?|diskutier\w*|begrüß\w*|moderier\w*|teilnahm\w*|opened|spoke|speak|attended|address\w*|took\s+part",
        r"moderiert|eröffnet|opened|moderated", "",
    ),
)  # fmt: skip
FORM = dict[str, re.Pattern[str]]


def _forms(deed: Deed) -> tuple[re.Pattern[str], ...]:
    """The word orders in which German and English tell a deed."""
    body, thing = f"<{deed.bodies}:body>", f"<{deed.things}:thing>"
    by = r"(?:von|vom|durch|aus|by|from)"
    forms = [
        pattern(rf"{body}{ASIDE},?\s{gap(60)}\b(?:{deed.active})\b{across(70)}{thing}"),
        pattern(rf"{body}{ASIDE},\s[^.;:⟦]{{2,60}},\s{gap(20)}\b(?:{deed.active})\b{across(70)}{thing}"),
        pattern(rf"\b(?:{deed.active})\s+{THE}{gap(15)}{body}{across(60)}{thing}"),
        pattern(
            rf"{thing}{ASIDE}(?:\s+\w+){{0,2}},\s+(?:(?:zu|mit|an|bei|auf)\s+)?(?:das|die|der|den|dem|which|that)\s+{THE}{body}{across(70)}\b(?:{deed.active})\b"
        ),
        pattern(
            rf"(?:^|[.:–]\s*)(?:Am|Auf|Beim?|An|At|Zu[rm]?|Mit)\s+{THE}{gap(20)}{thing}{gap(60)}\b(?:{deed.active})\b\s{across(60)}{body}"
        ),
    ]
    if deed.passive:
        forms += [
            pattern(
                rf"{thing}{ASIDE},?\s{gap(90)}{by}\s+{THE}{gap(25)}{body}{across(60)}\b(?:{deed.passive})\b"
            ),
            pattern(
                rf"{thing}{ASIDE},?\s{gap(60)}\b(?:{deed.passive})\b\s{gap(60)}{by}\s+{THE}{gap(20)}{body}"
            ),
            pattern(
                rf"\b(?:{deed.passive})\s+(?:wird|werden|wurde|is|are|ist)\s+{gap(20)}{thing}{gap(60)}{by}\s+{THE}{gap(20)}{body}"
            ),
        ]
    if deed.premodifier:
        forms.append(
            pattern(
                rf"(?:von|vom|von\s+der)\s+{THE}{body}\s+(?:\w+\s+)?(?:{deed.premodifier})\s+{gap(40)}{thing}"
            )
        )
    return tuple(forms)


ALL_FORMS = tuple((deed, _forms(deed)) for deed in DEEDS)
RULES = (
    ("coordinates", "body", pattern(rf"<GJ:thing>{ASIDE}\s+(?:der|des|von|of)\s+{THE}<OL:body>")),
    ("coordinates", "body", pattern(rf"<OL:body>{ASIDE}\s+{gap(30)}(?:ihr|sein|its)\s+(?:Vorhaben|Projekt|Programm|project|programme)\s+[„“\"]?<GJ:thing>")),
    ("coordinates", "body", pattern(r"(?:an\s+der|bei\s+der|der|am|des)\s+<O:body>\s+deren\s+(?:Programm|Projekt)\s+<GJ:thing>")),
    ("coordinates", "body", pattern(rf"<GJ:thing>{ASIDE}[.,]?\s+(?:an?\s+)?(?:eine?\s+)?(?:Das\s+)?(?:initiative|Initiative|Angebot|Vorhaben|Projekt|Programm|project|programme|scheme)\s+(?:der|des|von|of)\s+{THE}(?:[\w’'-]+\s+){{0,2}}?<OL:body>")),
    ("coordinates", "body", pattern(rf"<P:body>{ASIDE},\s+(?:die|der|who)\s+{THE}<GJ:thing>\s+{gap(60)}\b(?:leitet|koordiniert|leads|coordinates|runs)")),
    ("organises", "body", pattern(rf"\b(?:organisier\w*|veranstalte\w*|richte\w*|lud(?:en)?|hosted|organi[sz]ed)\b{across(50)}\b(?:gemeinsam|zusammen|together|jointly)\s+(?:mit|with)\s+{THE}<O:body>\s+{gap(30)}<E:thing>")),
    ("funds", "body", pattern(rf"Kosten\s+(?:tragen|trägt)\s+{THE}<OL:body>{across(60)}<GJ:thing>")),
    ("basedOn", "thing", pattern(rf"<GJ:thing>{ASIDE}[^.;]{{0,160}}?\b(?:Vorbild|orientiert|angelehnt|baut\s+auf|knüpft|folgt|modelled|modeled|builds\s+on|follows|successor|Nachfolge\w*|Vorgänger\w*)\b{gap(60)}<GJA:body>")),
    ("partOf", "thing", pattern(rf"<JEO:thing>{ASIDE},?{gap(50)}\b(?:ist\s+Teil|Teil|im\s+Rahmen|im\s+Zuge|part|under|within|als\s+Teil)\s+(?:of\s+|des\s+|der\s+|von\s+|the\s+)*(?:[Pp]rogramms?\s+|[Pp]rojekts?\s+)?<GJE:body>")),
    ("partOf", "thing", pattern(rf"<JE:thing>{ASIDE},\s+(?:das|die|der)\s+{gap(20)}im\s+<G:body>")),
    ("visited", "body", pattern(rf"<P:body>{ASIDE},?\s+{across(60)}\b(?:besuchte|besuchten|besichtigte|visited|toured)\s+{gap(20)}<OLE:thing>")),
    ("visited", "body", pattern(rf"\b(?:besuchte|besuchten|besichtigte|besichtigten)\s+{THE}<PO:body>{gap(40)}<OLE:thing>")),
    ("visited", "body", pattern(rf"<P:body>{ASIDE}[^.;]{{0,80}}?\bhat\b[^.;]{{0,60}}?\b(?:das|die|den)\s+<OL:thing>\s+besucht\b")),
)  # fmt: skip
STAND = pattern(rf"<O:body>{ASIDE}\s+(?:auf|bei|an|at)\s+(?:dem|der|the)\s+<E:thing>")
TAKES_PART = re.compile(
    r"\b(?:nahm(?:en)?|nimmt|nehmen)\b.*\bteil\b|\bteilnahm\w*|\btook part\b|\battended\b|\bsprechen werden\b"
)
JOINS_IN = pattern(
    rf"<O:body>{ASIDE}(?:\s+aus\s+{THE}<L:home>)?\s+(?:nahm(?:en)?|nehmen|nimmt|beteilig\w+\s+sich|reist\w*|took\s+part|participated|travelled|joined)\s+{gap(40)}<DEGJ:thing>"
)
OPENS = pattern(rf"\b(?:Auf|Bei|Beim|At|During)\s+{THE}{gap(25)}<E:thing>{gap(80)}<P:body>")
BEGINS = pattern(rf"Mit\s+{THE}<G:thing>\s+(?:hat|haben|startet\w*|eröffnet\w*)\s+{THE}<O:body>")
RUN_BY = (
    pattern(rf"\b(?:koordiniert|geleitet|verantwortet|betrieben|gesteuert|coordinated|led|run|managed|operated)\s+(?:wird\s+|werden\s+|is\s+|are\s+)?{gap(40)}(?:von|vom|by|durch)\s+{THE}<OPL:body>"),
    pattern(rf"\b(?:Koordination|Federführung|Leitung|Projektleitung|coordination)\s+{gap(40)}\b(?:übernimmt|liegt\s+bei|hat|obliegt|lies\s+with)\s+{THE}<OPL:body>"),
    pattern(rf"\b(?:Federführend)\s+{gap(20)}(?:ist|sind)\s+{THE}<OPL:body>"),
)  # fmt: skip
MODEL = pattern(
    rf"^\W*(?:Vorbild|Als\s+Vorbild|[Tt]he\s+model)\s+{gap(40)}(?:ist|war|dient\w*|is|was)\s+{gap(30)}<GJ:body>"
)
PAID_BY = (
    pattern(rf"\b(?:[Ii]t|[Tt]he\s+(?:project|programme|scheme|initiative|event))\s+(?:is|was|has\s+been)\s+(?:funded|supported|financed|backed)\s[^.;⟦]{{0,80}}?\bby\s+{THE}<OGL:body>"),
    pattern(rf"\bKosten\s+(?:tragen|trägt|übernimmt|übernehmen)\s+{THE}<OGL:body>"),
    pattern(rf"\b(?:Gespeist|Gefördert|Finanziert|Bezahlt|Kofinanziert|Bezuschusst|Unterstützt)\s+(?:wird|werden|wurde)\s+{gap(30)}(?:von|vom|durch|aus)\s+{THE}(?:Land\s+)?<OGL:body>"),
    pattern(rf"\b(?:kofinanziert|finanziert|gefördert|bezahlt)\s+(?:werden|wird)\s+(?:sie|es|er)\s+(?:von|vom|durch|aus)\s+{THE}(?:Land\s+)?<OGL:body>"),
    pattern(rf"\b(?:Mittel|Gelder|Förderung|Geld|Funding|funding|money)\s+(?:kommen|kommt|stammen|stammt|comes?)\s+(?:von|vom|aus|from)\s+{THE}<OGL:body>"),
    pattern(r"\bund\s+(?:das|die|der)\s+(?:vom|von\s+der)\s+<OGL:body>\s+(?:bezahlt|finanziert|gefördert)\s+wird"),
)  # fmt: skip
CONNECTS = re.compile(
    r"\b(?:verbind\w*|verbund\w*|Brücke\s+zwischen|zwischen|vernetz\w*|verknüpf\w*|connect\w*|link(?:s|ing|ed)?|between|bridge\s+to|joins?|nach)\b",
    re.IGNORECASE,
)
CONSORTIUM = re.compile(
    r"\b(?:Partner(?:n)?|Projektpartner\w*|Konsortium|Konsortialpartner\w*|beteiligt|Mit im Boot|mit von der Partie|Beteiligte|"
    r"Mitglieder\w*|partners?|consortium|involved|members?|wirken mit|mitwirken|gemeinsame[ns]? Projekt|arbeiten\s+(?:\w+\s+){0,3}zusammen|"
    r"zusammen mit|gemeinsam mit)\b",
    re.IGNORECASE,
)
PARTNER = r"(?:kooperier\w*|arbeite\w*|zusammenarbeite\w*|zusammengearbeitet|Zusammenarbeit|Kooperation|Partnerschaft|gemeinsam|zusammen|cooperat\w*|collaborat\w*|partner(?:s|ed|ing|ship)?|together|works?|working)"
TOGETHER = (
    pattern(rf"<OL:one>{ASIDE},?\s{across(60)}\b{PARTNER}\s+{gap(15)}(?:mit|with)\s+{THE}{gap(25)}<OL:other>"),
    pattern(rf"\b(?:Zusammenarbeit|Kooperation|Partnerschaft|cooperation|collaboration|partnership)\s+{gap(20)}(?:zwischen|between|der|des|of)\s+{THE}{gap(15)}<OL:one>\s+(?:und|and|mit|with)\s+{THE}{gap(15)}<OL:other>"),
    pattern(rf"\b(?:[Gg]emeinsam|[Zz]usammen|[Tt]ogether|[Jj]ointly)\s+(?:mit|with)\s+{THE}(?:†?Partner\w*\s+)?{gap(25)}<OL:one>{across(70)}<OL:other>"),
    pattern(rf"\bMit\s+{THE}<O:one>\s+(?:arbeitet|kooperiert)\s+{THE}<O:other>"),
    pattern(rf"<OL:one>,\s+mit\s+(?:dem|der|denen)\s+{THE}<OL:other>{gap(60)}(?:zusammenarbeite\w*|zusammengearbeitet|kooperiert|Zusammenarbeit)"),
    pattern(rf"<L:one>\s+(?:und|and)\s+<L:other>\s+{gap(60)}(?:zusammenarbeiten|zusammenzuarbeiten|kooperieren|Zusammenarbeit|Kooperation|cooperate|collaborate|rücken)"),
    pattern(rf"<L:one>{gap(30)}\s(?:Partnerstadt|partner\s+city|sister\s+city|twin\s+(?:town|city))\s+{gap(20)}<L:other>"),
)  # fmt: skip


def undertakings(passage: Passage, recent: Mapping[str, Thing]) -> Iterator[Found]:
    """Yield coordinates, funds, organises, participatesIn, connects, basedOn, partOf, cooperatesWith for one sentence.

    `recent` holds what was spoken of last by its letter, and under "" the last of all: what "Koordiniert wird sie
    von ..." and "Mit im Boot sind ..." mean.
    """
    quotes = [m.span() for m in QUOTE.finditer(passage.coded)]
    current = recent.get("")
    if not passage.pairs:
        return
    for deed, forms in ALL_FORMS:
        if passage.of(deed.things) and passage.of(deed.bodies):
            for form in forms:
                yield from _matches(passage, form, deed.relation, "body", quotes)
    for relation, source, rule in RULES:
        yield from _matches(passage, rule, relation, source, quotes)
    yield from _matches(passage, OPENS, "participatesIn", "body", quotes)
    yield from _matches(passage, STAND, "participatesIn", "body", quotes)
    yield from _matches(passage, JOINS_IN, "participatesIn", "body", quotes)
    yield from _participants(passage, quotes)
    yield from _matches(passage, BEGINS, "coordinates", "body", quotes)
    yield from _run_by(passage, recent)
    yield from _paid_by(passage, current)
    yield from _modelled_on(passage, recent)
    yield from _connects(passage, current)
    yield from _consortium(passage, recent.get("J"))
    yield from _together(passage, quotes)


def _matches(
    passage: Passage, rule: re.Pattern[str], relation: str, source: str, quotes: Sequence[tuple[int, int]]
) -> Iterator[Found]:
    for match in rule.finditer(passage.coded):
        if is_negated(match[0].rsplit(", ", 1)[-1]) or any(s <= match.start() < e for s, e in quotes):
            continue
        start, end = passage.span(match.start(), match.end())
        modality = Modality.INTENDED if is_intended(match[0]) else Modality.STATED
        thing = passage.thing(match["thing"])
        many = [int(match["body"])]
        if relation != "basedOn":
            kinds = "OL" if letter(passage.thing(many[0])) in "OL" else ""
            many = passage.alongside(match["body"], kinds=kinds)
        for number in many:
            body = passage.thing(number)
            if body is thing or (body.root == "Place" and only_where(passage, number)):
                continue
            ends = (body, thing) if source == "body" else (thing, body)
            yield Found(ends[0], relation, ends[1], start, end, relation, modality=modality, confidence=0.7)


def _participants(passage: Passage, quotes: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """ "Am Forum nahmen A, der Senator ist, sowie B teil, ferner Vertreter von C": everybody named after the verb."""
    cue = TAKES_PART.search(passage.coded)
    events = passage.of("E")
    if cue is None or len(events) != 1 or is_negated(clause(passage.coded, cue.start())):
        return
    start, end = passage.sentence.start, passage.sentence.end
    envoys = re.search(r"\bVertreter\w*\b", passage.coded)
    for number in passage.of("PO"):
        position = passage.position(number)
        body = passage.thing(number)
        sent = (
            envoys is not None
            and position > envoys.end()
            and "†" not in passage.coded[envoys.end() : position]
        )
        if any(s <= position < e for s, e in quotes) or (body.root != "Person" and not sent):
            continue
        yield Found(
            body, "participatesIn", passage.thing(events[0]), start, end, "takes part", confidence=0.7
        )


def _run_by(passage: Passage, recent: Mapping[str, Thing]) -> Iterator[Found]:
    numbers = passage.of("GJ")
    for rule in RUN_BY:
        for match in rule.finditer(passage.coded):
            kind = "G" if "rogramm" in match[0] else "J" if "roje" in match[0] else ""
            thing = passage.thing(numbers[0]) if numbers else recent.get(kind) or recent.get("")
            if thing is None:
                continue
            start, end = passage.span(match.start(), match.end())
            for number in passage.alongside(match["body"]):
                yield Found(passage.thing(number), "coordinates", thing, start, end, "run by", confidence=0.7)


def _modelled_on(passage: Passage, recent: Mapping[str, Thing]) -> Iterator[Found]:
    """ "Vorbild ist die Innovation Bridge Israel": for the programme spoken of before."""
    later = recent.get("G") or recent.get("J")
    match = MODEL.match(passage.coded)
    if match is not None and later is not None and passage.thing(match["body"]) is not later:
        start, end = passage.span(match.start(), match.end())
        yield Found(
            later, "basedOn", passage.thing(match["body"]), start, end, "modelled on", confidence=0.75
        )


def _paid_by(passage: Passage, current: Thing | None) -> Iterator[Found]:
    """ "Die Kosten tragen A und B", "Die Mittel kommen aus C": for what the text speaks of."""
    numbers = passage.of("J") or passage.of("E")
    thing = passage.thing(numbers[0]) if numbers else current
    if thing is None or thing.root not in ("Project", "Programme", "Event"):
        return
    for rule in PAID_BY:
        for match in rule.finditer(passage.coded):
            start, end = passage.span(match.start(), match.end())
            for number in passage.alongside(match["body"]):
                yield Found(passage.thing(number), "funds", thing, start, end, "paid by", confidence=0.65)


def _connects(passage: Passage, current: Thing | None) -> Iterator[Found]:
    """ "Die Innovation Bridge China verbindet das Ruhrgebiet mit ... China"; "Es verbindet ..."."""
    numbers = passage.of("G")
    bounds = [(passage.position(n), passage.thing(n)) for n in numbers]
    if (
        current is not None
        and current.type == "Programme"
        and re.match(r"\W*(?:Es|Sie|Er|It)\s", passage.coded)
    ):
        bounds.insert(0, (0, current))
    for index, (begin, programme) in enumerate(bounds):
        stop = bounds[index + 1][0] if index + 1 < len(bounds) else len(passage.coded)
        part = passage.coded[begin:stop]
        cue = CONNECTS.search(part)
        if cue is None or (cue[0].casefold() == "nach" and not re.match(r"⟦G\d+⟧\s+nach\s+(?!dem\s)", part)):
            continue
        for place in passage.of("L"):
            if begin < passage.position(place) < stop:
                start, end = passage.span(begin, stop)
                yield Found(
                    programme, "connects", passage.thing(place), start, end, "connects", confidence=0.75
                )


def _consortium(passage: Passage, current: Thing | None) -> Iterator[Found]:
    cue = CONSORTIUM.search(passage.coded)
    if cue is None or is_negated(clause(passage.coded, cue.start())):
        return
    before = [n for n in passage.of("J") if passage.position(n) < cue.start() + 80]
    project = passage.thing(before[0]) if before else current
    fixed = re.match(
        r"\W*(?:Mit im Boot|Mit dabei|mit von der Partie|Projektpartner|Partner (?:sind|des)|Beteiligt sind)",
        passage.coded,
    )
    if project is None or project.type != "Project" or not (before or fixed):
        return
    for number in passage.of("OL"):
        body = passage.thing(number)
        text = passage.coded[max(0, passage.position(number) - 30) : passage.position(number)]
        if letter(body) == "L" and not re.search(
            r"(?:Städten?|Stadt|Kreis|Gemeinden?|cities|city of)\s+(?:⟦L\d+⟧,?\s+(?:und\s+)?)*$", text
        ):
            continue
        if "†" not in text and not re.search(r"\b(?:von|vom|durch|by|aus)\s+(?:der\s+)?$", text):
            start, end = passage.sentence.start, passage.sentence.end
            yield Found(body, "participatesIn", project, start, end, "consortium", confidence=0.65)


def _acts(passage: Passage, match: re.Match[str]) -> bool:
    """ "kooperiert mit der Stadt Essen": said to be a body, a place may work with one."""
    bodies = [n for n in (match["one"], match["other"]) if passage.thing(n).root == "Place"]
    before = (passage.coded[: passage.position(int(n))] for n in bodies)
    return all(re.search(r"(?:\bStadt|\bLand|\bKreis|[Cc]ity of)\s$", part) for part in before)


def _together(passage: Passage, quotes: Sequence[tuple[int, int]]) -> Iterator[Found]:
    for rule in TOGETHER:
        for match in rule.finditer(passage.coded):
            one, other = passage.thing(match["one"]), passage.thing(match["other"])
            if (
                one is other
                or (one.root != other.root and not _acts(passage, match))
                or (one.root == "Place" and one.type != other.type)
                or is_negated(clause(passage.coded, match.start()))
            ):
                continue
            if any(s <= match.start() < e for s, e in quotes):
                continue
            start, end = passage.span(match.start(), match.end())
            modality = Modality.INTENDED if is_intended(match[0]) else Modality.STATED
            yield Found(
                one, "cooperatesWith", other, start, end, "together", modality=modality, confidence=0.65
            )
