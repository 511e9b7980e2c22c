"""Delegations: who took part, where it went, who invited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.extraction.entities import Thing
from loaders.extraction.passage import Passage, pattern
from loaders.extraction.relations.cues import NEGATION, QUOTE, clause, is_intended, is_negated
from loaders.extraction.relations.found import Found
from ontology.model import Modality

MEMBERS = re.compile(
    r"\b(?:Teilnehmer\w*|teilgenommen|nahmen? teil|teilnahm\w*|gehör(?:t|te|ten|en)|zähl(?:t|te|ten|en)|angeführt|führt\w* an|"
    r"leitet\w*|geleitet|begleit\w*|mitgereist\w*|reist\w* mit|mit (?:dabei|an Bord|von der Partie)|bestehend aus|Mit an Bord|"
    r"unter (?:der )?Leitung|an (?:ihrer|der) Spitze|darunter|reist\w*|besuch\w*|members?|includ\w+|led by|headed by|joined|"
    r"accompan\w*|participants?|took part|travel\w*|visited|consist\w*|comprising|made up of)\b",
    re.IGNORECASE,
)
GOES = re.compile(
    r"\b(?:besuch\w*|besichtig\w*|reist\w*|gereist|Station|zu Gast|empfangen|informiert\w*|führte|traf|trafen|schaute\w*|Reise|"
    r"Delegationsreise\w*|zurückgekehrt|unterwegs|aufgebrochen|Ziel|Etappe|Kontakte|Rundgang|visit\w*|tour\w*|travel\w*|"
    r"arriv\w*|stop\w*|trip|mission|welcom\w*|met)\b",
    re.IGNORECASE,
)
HOSTS = re.compile(
    r"\b(?:ausgerichtet|organisiert\w*|veranstalte\w*|eingeladen|lud(?:en)?|Einladung|Gastgeber\w*|initiiert|hosted|organi[sz]ed|"
    r"invited|invitation of|arranged)\b",
    re.IGNORECASE,
)
TO_PLACE = pattern(r"\b(?:nach|in|ins|im|to|in die|in der|through|around|across|aus)\s+(?:der\s+|die\s+|das\s+|dem\s+|den\s+|the\s+)?(?:[\wäöüß-]+e[nrs]?\s+)?<L:place>")


def delegations(passage: Passage, current: Thing | None) -> Iterator[Found]:
    """Yield participatesIn, visited and organises for one sentence that speaks of a delegation.

    `current` is the delegation spoken of before, for sentences such as "Teilnehmer waren ...".
    """
    numbers = passage.of("D")
    subject = passage.thing(numbers[0]) if numbers else current
    if subject is None:
        return
    speaks_of_it = bool(numbers) or re.search(r"\b(?:Teilnehmer der Reise|Reise|Gäste|Gruppe|guests|visitors)\b", passage.coded)
    if not speaks_of_it:
        return
    quotes = [m.span() for m in QUOTE.finditer(passage.coded)]
    if MEMBERS.search(passage.coded):
        yield from _members(passage, subject, quotes)
    if GOES.search(passage.coded):
        yield from _stations(passage, subject, quotes)
    yield from _hosts(passage, subject)


def _clear(passage: Passage, number: int, quotes: list[tuple[int, int]]) -> bool:
    position = passage.position(number)
    return not any(s <= position < e for s, e in quotes) and not is_negated(clause(passage.coded, position))


def _modality(passage: Passage) -> Modality:
    return Modality.INTENDED if is_intended(passage.coded) else Modality.STATED


def _members(passage: Passage, subject: Thing, quotes: list[tuple[int, int]]) -> Iterator[Found]:
    start, end = passage.sentence.start, passage.sentence.end
    listing = re.search(r"\b(?:Teilnehmer|Vertreter|representatives|participants|Mit dabei|bestehend aus|includ\w+|comprising)\b", passage.coded)
    for number in passage.of("P"):
        before = passage.coded[max(0, passage.position(number) - 40) : passage.position(number)]
        if _clear(passage, number, quotes) and not re.search(r"\b(?:von|durch|by|traf|trafen|met|mit|with|empfing\w*|begrüß\w*)\s+(?:[\w†.-]+\s+){0,4}$", before.replace("angeführt von", "")):
            yield Found(passage.thing(number), "participatesIn", subject, start, end, "member", modality=_modality(passage), confidence=0.7)
    if listing is None:
        return
    for number in passage.of("O"):
        position = passage.position(number)
        if position > listing.start() and _clear(passage, number, quotes) and "†" not in passage.coded[max(0, position - 30) : position]:
            yield Found(passage.thing(number), "participatesIn", subject, start, end, "member list", modality=_modality(passage), confidence=0.7)


def _stations(passage: Passage, subject: Thing, quotes: list[tuple[int, int]]) -> Iterator[Found]:
    modality = _modality(passage)
    for match in TO_PLACE.finditer(passage.coded):
        number = int(match["place"])
        if match[0].casefold().startswith("aus") and "zurück" not in passage.coded:
            continue
        if match[0].casefold().startswith(("in ", "im ")) and re.search(r"⟦[OPE]\d+⟧(?:\s*\([^)]*\))?\s+$", passage.coded[: match.start()]):
            continue
        if _clear(passage, number, quotes) and passage.mention(number).head != "adjective":
            start, end = passage.span(match.start(), match.end())
            yield Found(subject, "visited", passage.thing(number), passage.sentence.start, end, "goes to", modality=modality, confidence=0.7)
    verbs = re.search(r"\b(?:besuch(?:te|ten|t|en)|besichtig\w*|Kontakte zu[rm]?|Station|Rundgang|visited|toured|zu Gast|informiert\w* sich)\b", passage.coded)
    if verbs is None:
        return
    for number in passage.of("OE"):
        before = passage.coded[max(0, passage.position(number) - 40) : passage.position(number)]
        if _clear(passage, number, quotes) and "†" not in before and not re.search(r"\b(?:von|vom|by|Einladung der|Delegation der)\s+(?:der\s+)?$", before):
            yield Found(subject, "visited", passage.thing(number), passage.sentence.start, passage.sentence.end, "visits", modality=modality, confidence=0.6)


def _hosts(passage: Passage, subject: Thing) -> Iterator[Found]:
    cue = HOSTS.search(passage.coded)
    if cue is None or NEGATION.search(clause(passage.coded, cue.start())) or not passage.of("D"):
        return
    for number in passage.of("O"):
        before = passage.coded[max(0, passage.position(number) - 30) : passage.position(number)]
        if "†" not in before and "Vertreter" not in before:
            start, end = passage.sentence.start, passage.sentence.end
            yield Found(passage.thing(number), "organises", subject, start, end, "hosts", confidence=0.7)
