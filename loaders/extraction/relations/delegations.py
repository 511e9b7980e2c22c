"""Delegations: who took part, where it went, who invited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.extraction.entities import Thing
from loaders.extraction.passage import Passage, pattern
from loaders.extraction.relations.cues import NEGATION, QUOTE, clause, is_intended, is_negated
from loaders.extraction.relations.found import Found
from loaders.extraction.relations.grammar import THE
from ontology.model import Modality

MEMBERS = re.compile(
    r"\b(?:Teilnehmer\w*|teilgenommen|nahmen?|teilnahm\w*|gehör(?:t|te|ten|en)|angehör\w*|zähl(?:t|te|ten|en)|angeführt|anführ\w*|führt\w* an|"
    r"leitet\w*|geleitet|begleit\w*|mitgereist\w*|reist\w*(?:\s+\w+)? mit|dabei|an Bord|mit von der Partie|bestehend aus|Delegationsmitglied|"
    r"unter (?:der )?Leitung|an (?:ihrer|der|deren) Spitze|darunter|reist\w*|aufgebrochen|besuch\w*|zugeschaltet|zurückgekehrt|brought with them|"
    r"members?|includ\w+|led by|headed by|joined|accompan\w*|participants?|took part|travel\w*|visited|consist\w*|comprising|made up of|leads?|led)\b",
    re.IGNORECASE,
)
GOES = re.compile(
    r"\b(?:besuch\w*|besichtig\w*|reis(?:t|te|ten|en)|gereist|Station\w*|zu Gast|empfangen|informiert\w*|führte|führen|traf|trafen|schaute\w*|Reise|"
    r"Delegationsreise\w*|zurückgekehrt|unterwegs|aufgebrochen|Ziel|Etappe|knüpf\w*|Kontakte|Rundgang|Abstecher|Weiter ging|Anfang machte|zieht|"
    r"visit(?:s|ed|ing)?|tour\w*|travel\w*|arriv\w*|stop(?:s|ped)?|trip|mission|welcom\w*|met|went|look in|spent|called|taken|took)\b",
    re.IGNORECASE,
)
HOSTS = re.compile(
    r"\b(?:ausgerichtet|organisiert\w*|veranstalte\w*|eingeladen|lud(?:en)?|Einladung|Gastgeber\w*|initiiert|vorbereitet|zusammengestellt|hosted|"
    r"organi[sz]ed|invited|invitation of|arranged)\b",
    re.IGNORECASE,
)
STILL = re.compile(
    r"\b(?:Teilnehmer(?:innen)? der Reise|Reise|Gäste|Gruppe|Station|mitgereist|reist\w*(?:\s+\w+)? mit|begleite\w* (?:sie|ihn|die)|Begleitet wurde|"
    r"Abstecher|Etappe|an Bord|Rückweg|Delegationsmitglied|[Zz]ugeschaltet|Weiter ging|Anfang machte|besichtigt\w*|Delegation|delegation|guests|visitors|"
    r"the group|the visit|the trip|stop on|[Aa]n (?:ihrer|deren) Spitze|[Aa]t their †?head|brought with them|the journey)\b"
)
TO_PLACE = pattern(
    rf"\b(?:nach|in|ins|im|zu|zur|to|in die|in der|through|around|across|durch|machte|war)\s+{THE}(?:Küstenstadt\s+|Stadt\s+|[\wäöüß-]+e[nrs]?\s+)?<L:place>"
)
BY_OTHERS = re.compile(
    r"\b(?:empfangen\s+von|begrüßt\s+von|received\s+by|welcomed\s+by|traf(?:en)?|getroffen|met|gemeinsam\s+mit|zusammen\s+mit|together\s+with)\s+(?:[\w†.-]+\s+){0,4}$"
)
LISTING = re.compile(
    r"\b(?:Teilnehmer\w*|Vertreter\w*|representatives|participants|Mit dabei|bestehend aus|gehör(?:t|te|ten|en)|angehör\w*|zähl(?:t|te|ten|en)|includ\w+|"
    r"comprising|members|firms|companies|zugeschaltet|Unternehmen)\b",
    re.IGNORECASE,
)
VISITS = re.compile(
    r"\b(?:besuch(?:te|ten|t|en)|besichtig\w*|Kontakte zu[rm]?|Station|Rundgang|Abstecher|beeindruckt|visited|toured|zu Gast|informiert\w* sich|"
    r"visit to|look in on|called at|stopped at|(?:took|taken)\s+the\s+⟦D\d+⟧\s+to)\b"
)


def delegations(passage: Passage, current: Thing | None, trips: Sequence[Thing]) -> Iterator[Found]:
    """Yield participatesIn, visited and organises for one sentence that speaks of a delegation.

    `current` is the delegation spoken of before, for sentences such as "Teilnehmer waren ..."; `trips` are all
    delegations of the document with their destinations.
    """
    numbers = passage.of("D")
    yield from _destinations(passage, numbers, trips)
    yield from _told_of(passage)
    subject = passage.thing(numbers[0]) if numbers else current
    if subject is None or not (numbers or STILL.search(passage.coded)):
        return
    quotes = [m.span() for m in QUOTE.finditer(passage.coded)]
    if MEMBERS.search(passage.coded):
        yield from _members(passage, subject, quotes)
    if GOES.search(passage.coded):
        yield from _stations(passage, subject, quotes)
    if numbers:
        yield from _hosts(passage, subject)


def _destinations(passage: Passage, numbers: Sequence[int], trips: Sequence[Thing]) -> Iterator[Found]:
    """ "Delegationsreisen nach Israel und China": each trip visited its place."""
    for number in numbers:
        way = re.compile(
            rf"⟦D{number}⟧\s+(?:nach|in|ins|to|durch|through|around|across)\s+(?:der\s+|die\s+|the\s+)?⟦L(\d+)⟧"
        ).search(passage.coded)
        for place in passage.alongside(way[1]) if way else ():
            name = passage.thing(place).name
            for trip in trips:
                one = trip is passage.thing(number) and not passage.mention(number).surface.endswith("reisen")
                if (
                    trip.attributes.get("_to") == name
                    or one
                    or (trip is passage.thing(number) and place == int(way[1] if way else -1))
                ):
                    start, _ = passage.span(way.start() if way else 0, way.end() if way else 0)
                    end = passage.mention(place).end
                    yield Found(
                        trip,
                        "visited",
                        passage.thing(place),
                        start,
                        end,
                        "destination",
                        modality=_modality(passage),
                        confidence=0.85,
                    )


HOME_FROM = pattern(r"<D:delegation>\s+(?:[\w-]+\s+){0,2}?aus\s+(?:der\s+|den\s+)?<L:place>\s+zurück")
HEADED = pattern(
    r"<P:person>,\s+(?:the\s+|der\s+|die\s+)?(?:<D:delegation>['’]s\s+†[\w-]+|†[\w-]+\s+(?:der|of\s+the)\s+<D:second>)"
)


def _told_of(passage: Passage) -> Iterator[Found]:
    """ "... ist eine Delegation aus Dubai zurückgekehrt"; "X, the delegation's leader"."""
    for match in HOME_FROM.finditer(passage.coded):
        start, end = passage.span(match.start(), match.end())
        yield Found(
            passage.thing(match["delegation"]),
            "visited",
            passage.thing(match["place"]),
            start,
            end,
            "back from",
        )
    for match in HEADED.finditer(passage.coded):
        start, end = passage.span(match.start(), match.end())
        trip = passage.thing(match["delegation"] or match["second"])
        yield Found(
            passage.thing(match["person"]), "participatesIn", trip, start, end, "its leader", confidence=0.85
        )


def _clear(passage: Passage, number: int, quotes: Sequence[tuple[int, int]]) -> bool:
    position = passage.position(number)
    return not any(s <= position < e for s, e in quotes) and not is_negated(clause(passage.coded, position))


def _modality(passage: Passage) -> Modality:
    return Modality.INTENDED if is_intended(passage.coded) else Modality.STATED


def _members(passage: Passage, subject: Thing, quotes: Sequence[tuple[int, int]]) -> Iterator[Found]:
    start, end = passage.sentence.start, passage.sentence.end
    for number in passage.of("P"):
        before = passage.coded[max(0, passage.position(number) - 50) : passage.position(number)]
        if _clear(passage, number, quotes) and not BY_OTHERS.search(before):
            yield Found(
                passage.thing(number),
                "participatesIn",
                subject,
                start,
                end,
                "member",
                modality=_modality(passage),
                confidence=0.7,
            )
    listing = LISTING.search(passage.coded)
    if listing is None:
        return
    for number in passage.of("OL"):
        position = passage.position(number)
        between = passage.coded[listing.end() : position]
        if (
            position < listing.start()
            or not _clear(passage, number, quotes)
            or re.search(r"†[^⟦]{0,40}$", between)
        ):
            continue
        goes = GOES.search(between) and listing[0] not in ("Teilnehmer", "Vertreter")
        if goes or (
            passage.thing(number).root == "Place"
            and not re.search(
                r"(?:Städten?|Stadt|cities|city of)\s+(?:⟦L\d+⟧,?\s+(?:und\s+|and\s+)?)*$", between
            )
        ):
            continue
        yield Found(
            passage.thing(number),
            "participatesIn",
            subject,
            start,
            end,
            "member list",
            modality=_modality(passage),
            confidence=0.7,
        )


def _stations(passage: Passage, subject: Thing, quotes: Sequence[tuple[int, int]]) -> Iterator[Found]:
    modality = _modality(passage)
    for match in TO_PLACE.finditer(passage.coded):
        if match[0].casefold().startswith(("in ", "im ", "zu")) and re.search(
            r"⟦[OPE]\d+⟧(?:\s*\([^)]*\))?\s+$|\bSitz\s+$", passage.coded[: match.start()]
        ):
            continue
        for number in passage.alongside(match["place"]):
            if _clear(passage, number, quotes):
                _, end = passage.span(match.start(), match.end())
                end = max(end, passage.mention(number).end)
                yield Found(
                    subject,
                    "visited",
                    passage.thing(number),
                    passage.sentence.start,
                    end,
                    "goes to",
                    modality=modality,
                    confidence=0.65,
                )
    if VISITS.search(passage.coded) is None:
        return
    for number in passage.of("OE"):
        before = passage.coded[max(0, passage.position(number) - 40) : passage.position(number)]
        if (
            _clear(passage, number, quotes)
            and "†" not in before
            and not re.search(
                r"\b(?:von|vom|by|Einladung|Delegation|der|des|mit|with)\s+(?:der\s+|des\s+)?$",
                before.replace("von der Arbeit", "").replace("zum ", "").replace("zur ", ""),
            )
        ):
            start, end = passage.sentence.start, passage.sentence.end
            yield Found(
                subject,
                "visited",
                passage.thing(number),
                start,
                end,
                "visits",
                modality=modality,
                confidence=0.6,
            )


def _hosts(passage: Passage, subject: Thing) -> Iterator[Found]:
    cue = HOSTS.search(passage.coded)
    if cue is None or NEGATION.search(clause(passage.coded, cue.start())):
        return
    for number in passage.of("O"):
        before = passage.coded[max(0, passage.position(number) - 30) : passage.position(number)]
        if "†" not in before and "Vertreter" not in before:
            start, end = passage.sentence.start, passage.sentence.end
            yield Found(passage.thing(number), "organises", subject, start, end, "hosts", confidence=0.7)
