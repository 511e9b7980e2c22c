"""Who signed what, who is bound by it, which places it joins, what it follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from loaders.extraction.entities import Thing
from loaders.extraction.passage import Passage, letter, pattern
from loaders.extraction.relations.cues import CONCLUDE, QUOTE, SIGN, WITNESS, clause, is_intended, is_negated
from loaders.extraction.relations.found import Found
from loaders.extraction.relations.grammar import only_where
from ontology.model import Modality

NAME = r"(?:der\s+|die\s+|das\s+|dem\s+|den\s+|the\s+)?(?:Stadt\s+|Städten\s+|Ministerien\s+|Region\s+|cities of\s+|city of\s+)?"
BETWEEN = pattern(
    rf"(?:zwischen|between)\s+{NAME}<OLP:first>(?:[^⟦.;]{{0,40}})(?:\s+und|\s+and|,|\s+sowie)\s+{NAME}<OLP:second>"
)
WITH = pattern(rf"<A:agreement>\s+(?:mit|with)\s+{NAME}(?:[\w-]+\s+){{0,2}}?<OLP:second>")
FOLLOWS = (
    pattern(r"<A:later>[^.;]{0,60}?\b(?:knüpft|baut|basiert|beruht|builds?|based|follows|folgt|aufbauend)\b[^.;⟦]{0,40}(?:⟦[LOT]\d+⟧[^.;⟦]{0,30}){0,2}<A:earlier>"),
    pattern(r"<GJ:later>[^.;]{0,80}?\b(?:Grundlage|Basis|basis|foundation)\b[^.;⟦]{0,60}<A:earlier>"),
)  # fmt: skip
ON_BEHALF = pattern(
    rf"\b(?:für|for|on\s+behalf\s+of|im\s+Namen\s+(?:der|des)|seitens\s+(?:der|des))\s+{NAME}<OL:body>"
)
JOINS = pattern(
    rf"<A:agreement>,?\s+(?:nach|mit|in|durch|laut|under|by)\s+(?:der|dem|denen|which)\s+{NAME}<OL:first>\s+(?:und|and)\s+{NAME}<OL:second>"
)
BOUND_BY = pattern(
    rf"<OL:first>\s+(?:und|and)\s+{NAME}<OL:second>[^.;⟦]{{0,60}}(?:durch|by|through)\s+(?:eine?n?\s+|an?\s+)?<A:agreement>"
)
BINDS = pattern(
    rf"verbindet\s+{NAME}<OL:first>\s+(?:und|mit)\s+{NAME}<OL:second>\s+(?:eine?\s+)?<A:agreement>"
)
Affiliated = Mapping[int, Sequence[Thing]]  # id of a person's thing -> bodies


def agreements(passage: Passage, current: Thing | None, bodies: Affiliated) -> Iterator[Found]:
    """Yield signed, partyTo, connects and basedOn for one sentence.

    `current` is the agreement that the sentence is about where it only says "unterzeichneten";
    `bodies` tells on whose behalf a person signs.
    """
    numbers = passage.of("A")
    subject = passage.thing(numbers[0]) if numbers else current
    if subject is None:
        return
    signing = SIGN.search(passage.coded)
    if signing is not None and not is_negated(clause(passage.coded, signing.start())):
        yield from _signers(passage, subject, signing, bodies)
    elif numbers:
        yield from _parties(passage, subject)
    yield from _joined(passage, numbers)
    for rule in FOLLOWS:
        for match in rule.finditer(passage.coded):
            later, earlier = passage.thing(match["later"]), passage.thing(match["earlier"])
            if later is not earlier:
                start, end = passage.span(match.start(), match.end())
                yield Found(later, "basedOn", earlier, start, end, "follows")


def _signers(passage: Passage, subject: Thing, signing: re.Match[str], bodies: Affiliated) -> Iterator[Found]:
    coded = passage.coded
    intended = is_intended(_around(coded, signing))
    modality = Modality.INTENDED if intended else Modality.STATED
    hidden = [m.span() for m in WITNESS.finditer(coded)] + [m.span() for m in QUOTE.finditer(coded)]
    start, end = passage.sentence.start, passage.sentence.end
    spoken_for: set[int] = set()
    for number in passage.of("P"):
        position = passage.position(number)
        if any(s <= position < e for s, e in hidden):
            continue
        person = passage.thing(number)
        if not intended:  # what is still to be signed has no signatory yet
            yield Found(person, "signed", subject, start, end, "signs")
        for body in bodies.get(id(person), ())[:1]:
            spoken_for.add(id(body))
            yield Found(body, "partyTo", subject, start, end, "signs for", modality=modality, confidence=0.7)
    for match in ON_BEHALF.finditer(coded):
        for number in passage.alongside(match["body"]):
            yield Found(
                passage.thing(number),
                "partyTo",
                subject,
                start,
                end,
                "on behalf",
                modality=modality,
                confidence=0.75,
            )
    if not passage.of("P"):
        for number in passage.of("OL"):
            body = passage.thing(number)
            if body.root == "Place" and not _is_party(passage, number, signing):
                continue
            if id(body) not in spoken_for and not any(s <= passage.position(number) < e for s, e in hidden):
                yield Found(
                    body, "partyTo", subject, start, end, "body signs", modality=modality, confidence=0.6
                )


def _is_party(passage: Passage, number: int, signing: re.Match[str]) -> bool:
    """A place that signs: "Dortmund und Leeds unterzeichneten ...", "haben ... unterzeichnet", "signed ... with Leeds"."""
    if only_where(passage, number):
        return False
    before = passage.coded[: passage.position(number)]
    with_it = re.search(rf"\b(?:mit|with)\s+{NAME}$", before)
    return bool(with_it) or (
        passage.position(number) < signing.start()
        and not re.search(r"\b(?:mit|with|zwischen|between)\b", before)
    )


def _around(coded: str, verb: re.Match[str]) -> str:
    """The words between the commas around a verb: a relative clause behind it does not tell whether it was done."""
    start = coded.rfind(",", 0, verb.start()) + 1
    end = coded.find(",", verb.end())
    return coded[start : end if end >= 0 else len(coded)]


def _parties(passage: Passage, subject: Thing) -> Iterator[Found]:
    concluding = CONCLUDE.search(passage.coded)
    if concluding is None or is_negated(clause(passage.coded, concluding.start())):
        return
    modality = Modality.INTENDED if is_intended(passage.coded) else Modality.STATED
    for number in passage.of("OL"):
        body = passage.thing(number)
        position = passage.position(number)
        before = passage.coded[max(0, position - 5) : position].casefold()
        if body.root == "Place" and before.endswith((" in ", " aus ", " im ", " at ")):
            continue
        start, end = passage.sentence.start, passage.sentence.end
        yield Found(body, "partyTo", subject, start, end, "concluded", modality=modality, confidence=0.6)


def _joined(passage: Passage, numbers: Sequence[int]) -> Iterator[Found]:
    """ "Absichtserklärung zwischen X und Y", "agreement with Z"."""
    for match in BETWEEN.finditer(passage.coded):
        before = [n for n in numbers if passage.position(n) < match.start()]
        if not before or match.start() - passage.position(before[-1]) > 60:
            continue
        subject = passage.thing(before[-1])
        start, end = passage.span(passage.position(before[-1]), match.end())
        for group in ("first", "second"):
            party = passage.thing(match[group])
            if letter(party) != "P":
                yield Found(party, "partyTo", subject, start, end, "between")
                if party.root == "Place":
                    yield Found(subject, "connects", party, start, end, "between")
    for rule in (JOINS, BOUND_BY, BINDS):
        for match in rule.finditer(passage.coded):
            start, end = passage.span(match.start(), match.end())
            for group in ("first", "second"):
                yield Found(
                    passage.thing(match[group]),
                    "partyTo",
                    passage.thing(match["agreement"]),
                    start,
                    end,
                    "joined by",
                )
    for match in WITH.finditer(passage.coded):
        party = passage.thing(match["second"])
        if letter(party) != "P" and not is_negated(clause(passage.coded, match.start())):
            start, end = passage.span(match.start(), match.end())
            yield Found(
                party, "partyTo", passage.thing(match["agreement"]), start, end, "with", confidence=0.7
            )
