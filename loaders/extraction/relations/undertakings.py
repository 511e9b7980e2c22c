"""Programmes, projects and events: who runs, pays, joins and hosts them, what they join and follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.extraction.entities import Thing
from loaders.extraction.passage import Passage, letter, pattern
from loaders.extraction.relations.cues import QUOTE, clause, is_intended, is_negated
from loaders.extraction.relations.found import Found
from ontology.model import Modality

ASIDE = r"(?:\s*\([^()]{1,40}\))?"
THE = r"(?:der\s+|die\s+|das\s+|dem\s+|den\s+|des\s+|the\s+|its\s+|their\s+|ihr\s+|ihrem?\s+)?"
PLAIN = r"[^⟦.;:„“\"]"
# (relation, who is the source: "body" or "thing", pattern)
RULES = (
    ("coordinates", "body", pattern(rf"<GJ:thing>{ASIDE}\s+(?:der|des|von|of)\s+{THE}<OL:body>")),
    ("coordinates", "body", pattern(rf"<OPL:body>{ASIDE},?{PLAIN}{{0,40}}?\b(?:koordiniert|leitet|betreibt|verantwortet|coordinates|leads|runs|manages|operates)\b{PLAIN}{{0,40}}?<GJA:thing>")),
    ("coordinates", "body", pattern(rf"<GJ:thing>{ASIDE},?\s+(?:das|die|der|which|that){PLAIN}{{0,20}}<OP:body>{ASIDE}{PLAIN}{{0,40}}?\b(?:koordiniert|leitet|betreibt|verantwortet|coordinates|leads|runs|manages)\b")),
    ("coordinates", "body", pattern(rf"<GJ:thing>{ASIDE},?\s+(?:an?\s+)?(?:eine?\s+)?(?:initiative|Initiative|Angebot|Vorhaben|Projekt|Programm|project|programme|scheme)\s+(?:der|des|von|of)\s+{THE}(?:[\w’'-]+\s+){{0,2}}?<OL:body>")),
    ("funds", "body", pattern(rf"<GJOE:thing>{ASIDE}{PLAIN}{{0,90}}?\b(?:gefördert|finanziert|kofinanziert|unterstützt|bezuschusst|funded|co-funded|financed|supported|backed)\b{PLAIN}{{0,60}}?(?:von|vom|durch|aus|by|from|under)\s+{THE}<OGL:body>(?:\s+und\s+{THE}<OGL:more>)?")),
    ("funds", "body", pattern(rf"\b(?:gefördert|finanziert|bezuschusst|gespeist|funded|financed)\s+(?:wird|werden|is|by|from|aus|von|vom|durch)?{PLAIN}{{0,10}}?<GJOE:thing>{PLAIN}{{0,60}}?(?:von|vom|durch|aus|by|from)\s+{THE}<OGL:body>(?:\s*\([^()]*\))?(?:\s+(?:und|and)\s+(?:von\s+|vom\s+)?{THE}<OGL:more>)?")),
    ("funds", "body", pattern(rf"<OGL:body>{ASIDE}{PLAIN}{{0,30}}?\b(?:fördert|finanziert|bezuschusst|funds|finances|co-finances)\b{PLAIN}{{0,50}}?<GJOE:thing>")),
    ("organises", "body", pattern(rf"<E:thing>{ASIDE}{PLAIN}{{0,80}}?\b(?:veranstaltet|ausgerichtet|organisiert|organised|organized|hosted|run|staged)\b{PLAIN}{{0,40}}?(?:von|vom|by|durch)\s+{THE}<OL:body>(?:{ASIDE}\s+(?:und|and|gemeinsam mit|together with)\s+(?:von\s+|vom\s+)?{THE}<OL:more>)?")),
    ("organises", "body", pattern(rf"<OL:body>{ASIDE}{PLAIN}{{0,60}}?\b(?:veranstaltet\w*|richtet\w*|organisiert\w*|lädt|lud|luden|lädt|host(?:s|ed)?|organis(?:es|ed)|organiz(?:es|ed)|stag(?:es|ed))\b(?:[^.;:„“\"]{{0,70}}?)<E:thing>")),
    ("participatesIn", "body", pattern(rf"<OL:body>{ASIDE}{PLAIN}{{0,60}}?\b(?:präsentier\w*|beteilig\w*|vertreten|ausgestellt|stellt\w* aus|nahmen?|nimmt|took part|exhibit\w*|present(?:s|ed)|attended|participat\w*)\b{PLAIN}{{0,60}}?<EJG:thing>")),
    ("participatesIn", "body", pattern(rf"<P:body>{ASIDE}{PLAIN}{{0,80}}?\b(?:eröffnet\w*|sprach|hielt|nahm\w*|diskutiert\w*|begrüßt\w*|moderiert\w*|opened|spoke|attended|address(?:ed|es)|speaking|took part)\b{PLAIN}{{0,70}}?<E:thing>")),
    ("participatesIn", "body", pattern(rf"\b(?:Auf|Bei|Beim|At|During)\s+{THE}<E:thing>{PLAIN}{{0,80}}?<P:body>")),
    ("basedOn", "thing", pattern(rf"<GJ:thing>{ASIDE}[^.;]{{0,160}}?\b(?:Vorbild|orientiert|angelehnt|baut\s+auf|knüpft|folgt|modelled|modeled|builds\s+on|follows|successor|Nachfolge\w*)\b{PLAIN}{{0,60}}?<GJA:body>")),
    ("partOf", "thing", pattern(rf"<JEO:thing>{ASIDE},?{PLAIN}{{0,40}}?\b(?:ist\s+Teil|Teil|im\s+Rahmen|im\s+Zuge|part|under|within|als\s+Teil)\s+(?:of\s+|des\s+|der\s+|von\s+|the\s+)*(?:[Pp]rogramms?\s+|[Pp]rojekts?\s+)?<GJE:body>")),
    ("visited", "body", pattern(rf"<P:body>{ASIDE}{PLAIN}{{0,30}}?\b(?:besuchte|besuchten|besichtigte|hat\s+{PLAIN}{{0,40}}|visited|toured)\s+{PLAIN}{{0,20}}?<OLE:thing>{PLAIN}{{0,6}}(?:besucht)?")),
)  # fmt: skip
RUN_BY = (
    pattern(rf"\b(?:koordiniert|geleitet|verantwortet|betrieben|gesteuert|coordinated|led|run|managed|operated)\s+(?:wird\s+|werden\s+|is\s+|are\s+)?{PLAIN}{{0,40}}?(?:von|vom|by|durch)\s+{THE}<OPL:body>(?:{ASIDE}\s+(?:und|and)\s+(?:von\s+|vom\s+)?{THE}<OPL:more>)?"),
    pattern(rf"\b(?:Koordination|Federführung|Leitung|Projektleitung|coordination)\s+{PLAIN}{{0,40}}?\b(?:übernimmt|liegt\s+bei|hat|obliegt|lies\s+with)\s+{THE}<OPL:body>(?P<more>)"),
    pattern(rf"\b(?:Federführend)\s+{PLAIN}{{0,20}}?(?:ist|sind)\s+{THE}<OPL:body>(?P<more>)"),
)  # fmt: skip
CONNECTS = re.compile(r"\b(?:verbind\w*|verbund\w*|Brücke\s+zwischen|zwischen|vernetz\w*|connect\w*|link(?:s|ing|ed)?|between|bridge\s+to|joins?)\b", re.IGNORECASE)
CONSORTIUM = re.compile(
    r"\b(?:Partner(?:n)?|Projektpartner\w*|Konsortium|Konsortialpartner\w*|beteiligt|Mit im Boot|mit von der Partie|Beteiligte|"
    r"Mitglieder|partners?|consortium|involved|members?|wirken mit|arbeiten\s+(?:\w+\s+){0,3}zusammen)\b",
    re.IGNORECASE,
)
TOGETHER = (
    pattern(rf"<OL:one>{ASIDE}{PLAIN}{{0,50}}?\b(?:kooperier\w*|arbeite\w*\s+{PLAIN}{{0,20}}?(?:zusammen|mit)|Zusammenarbeit|Kooperation|Partnerschaft|gemeinsam|cooperat\w*|collaborat\w*|partner(?:s|ed|ing|ship)?|together|works?)\s*{PLAIN}{{0,10}}?(?:mit|with)\s+{THE}{PLAIN}{{0,25}}?<OL:other>"),
    pattern(rf"(?:Zusammenarbeit|Kooperation|Partnerschaft|cooperation|collaboration|partnership)\s+{PLAIN}{{0,20}}?(?:zwischen|between)\s+{THE}{PLAIN}{{0,15}}?<OL:one>\s*(?:und|and)\s+{THE}{PLAIN}{{0,15}}?<OL:other>"),
    pattern(rf"(?:gemeinsam|zusammen|together|jointly)\s+(?:mit|with)\s+{THE}{PLAIN}{{0,25}}?<OL:one>{ASIDE}{PLAIN}{{0,50}}?<OL:other>"),
    pattern(rf"(?:Partnerstadt|partner city|sister city|twin(?:ned)?\s+(?:town|city)?\s*(?:of|with)?)\s+<L:one>()"),
)  # fmt: skip


def undertakings(passage: Passage, current: Thing | None) -> Iterator[Found]:
    """Yield coordinates, funds, organises, participatesIn, connects, basedOn, partOf, cooperatesWith for one sentence.

    `current` is the programme, project or agreement spoken of last: what "Koordiniert wird sie von ..." means.
    """
    quotes = [m.span() for m in QUOTE.finditer(passage.coded)]
    for relation, source, rule in RULES:
        for match in rule.finditer(passage.coded):
            if is_negated(clause(passage.coded, match.end() - 1)) or any(s <= match.start() < e for s, e in quotes):
                continue
            yield from _pairs(passage, match, relation, source)
    yield from _run_by(passage, current)
    yield from _connects(passage)
    yield from _consortium(passage)
    yield from _together(passage, quotes)


def _pairs(passage: Passage, match: re.Match[str], relation: str, source: str) -> Iterator[Found]:
    start, end = passage.span(match.start(), match.end())
    modality = Modality.INTENDED if is_intended(passage.coded[match.start() : match.end()]) else Modality.STATED
    thing = passage.thing(match["thing"])
    for group in ("body", "more"):
        number = match.groupdict().get(group)
        if number is None:
            continue
        body = passage.thing(number)
        if body is thing:
            continue
        ends = (body, thing) if source == "body" else (thing, body)
        yield Found(ends[0], relation, ends[1], start, end, relation, modality=modality, confidence=0.75)


def _run_by(passage: Passage, current: Thing | None) -> Iterator[Found]:
    numbers = passage.of("GJ")
    thing = passage.thing(numbers[0]) if numbers else current
    for rule in RUN_BY if thing is not None else ():
        for match in rule.finditer(passage.coded):
            start, end = passage.span(match.start(), match.end())
            for group in ("body", "more"):
                if match[group] and thing is not None:
                    yield Found(passage.thing(match[group]), "coordinates", thing, start, end, "run by", confidence=0.7)


def _connects(passage: Passage) -> Iterator[Found]:
    """ "Die Innovation Bridge China verbindet das Ruhrgebiet mit ... China"."""
    numbers = passage.of("G")
    if not numbers or not CONNECTS.search(passage.coded):
        return
    for index, number in enumerate(numbers):
        begin = passage.position(number)
        stop = passage.position(numbers[index + 1]) if index + 1 < len(numbers) else len(passage.coded)
        part = passage.coded[begin:stop]
        if not CONNECTS.search(part):
            continue
        for place in passage.of("L"):
            if begin < passage.position(place) < stop:
                start, end = passage.span(begin, min(stop, len(passage.coded)))
                yield Found(passage.thing(number), "connects", passage.thing(place), start, end, "connects", confidence=0.75)


def _consortium(passage: Passage) -> Iterator[Found]:
    cue = CONSORTIUM.search(passage.coded)
    numbers = passage.of("J")
    if cue is None or len({id(passage.thing(n)) for n in numbers}) != 1 or is_negated(clause(passage.coded, cue.start())):
        return
    project = passage.thing(numbers[0])
    for number in passage.of("OL"):
        mention, body = passage.mention(number), passage.thing(number)
        before = passage.coded[max(0, passage.position(number) - 25) : passage.position(number)]
        if letter(body) == "L" and not re.search(r"(?:Städten?|Stadt|Kreis|cities|city of)\s+(?:⟦L\d+⟧,?\s+(?:und\s+)?)*$", before):
            continue
        if mention.head != "adjective" and "†" not in before:
            start, end = passage.sentence.start, passage.sentence.end
            yield Found(body, "participatesIn", project, start, end, "consortium", confidence=0.65)


def _together(passage: Passage, quotes: list[tuple[int, int]]) -> Iterator[Found]:
    for rule in TOGETHER[:3]:
        for match in rule.finditer(passage.coded):
            one, other = passage.thing(match["one"]), passage.thing(match["other"])
            mixed = one.root != other.root
            if one is other or mixed or is_negated(clause(passage.coded, match.start())) or any(s <= match.start() < e for s, e in quotes):
                continue
            if "adjective" in (passage.mention(match["one"]).head, passage.mention(match["other"]).head):
                continue
            start, end = passage.span(match.start(), match.end())
            modality = Modality.INTENDED if is_intended(match[0]) else Modality.STATED
            yield Found(one, "cooperatesWith", other, start, end, "together", modality=modality, confidence=0.65)
