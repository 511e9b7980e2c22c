"""hasTopic: a sentence ties a field to a body, an agreement, a programme, a project or an event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.extraction.passage import Passage
from loaders.extraction.relations.found import Found

CUE = re.compile(
    r"\b(?:Them(?:a|en)|Schwerpunkte?n?|Bereich(?:e|en)?|Felder\w*|Handlungsfeld\w*|Gebiet(?:e|en)?|Zukunftsfeld\w*|Fokus|spezialisier\w*|"
    r"rund um|zum Thema|für|zu[rm]?|in den Branchen|widmet|dreht sich|befasst|forscht|entwickelt|beschäftigt|nennt|"
    r"fields?|areas?|topics?|focus\w*|speciali[sz]\w*|on|in the|for|sectors?|around|dedicated|develops?|covers?)\b",
    re.IGNORECASE,
)
BOUND = 90  # characters between the thing and the topic


def topics(passage: Passage) -> Iterator[Found]:
    """Yield hasTopic where one agreement, project, programme, event or institute precedes a cue and topics."""
    numbers = passage.of("T")
    if not numbers:
        return
    owners = passage.of("AJGED")
    if not owners:
        return
    for number in numbers:
        position = passage.position(number)
        before = [n for n in owners if passage.position(n) < position]
        if not before:
            continue
        owner = before[-1]
        between = passage.coded[passage.position(owner) : position]
        plain = re.sub(r"⟦T\d+⟧", "", between)
        if len(plain) > BOUND or plain.count("⟦") > 1 or not CUE.search(between) or "." in plain:
            continue
        start, end = passage.span(passage.position(owner), position + 1)
        yield Found(passage.thing(owner), "hasTopic", passage.thing(number), start, end, "cue", confidence=0.6)
