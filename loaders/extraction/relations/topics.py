"""hasTopic: a sentence ties a field to a body, an agreement, a programme, a project or an event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.extraction.entities import Cast, Thing
from loaders.extraction.passage import Passage
from loaders.extraction.relations.found import Found
from loaders.extraction.tokens import tokenize
from loaders.extraction.topics import find_topics
from ontology.names import name_key

CUE = re.compile(
    r"\b(?:Them(?:a|en)|Schwerpunkte?n?|Bereich(?:e|en)?|Felder\w*|Handlungsfeld\w*|Gebiet(?:e|en)?|Zukunftsfeld\w*|Fokus|spezialisier\w*|"
    r"rund um|zum Thema|für|zu[rm]?|beim?|in den Branchen|widmet|dreht sich|befasst|forscht|entwickelt|beschäftigt|nennt|"
    r"fields?|areas?|topics?|focus\w*|speciali[sz]\w*|on|in the|for|sectors?|around|dedicated|develops?|covers?)\b",
    re.IGNORECASE,
)
NAMES_FIELDS = re.compile(
    r"\b(?:Them(?:a|en)|Schwerpunkte?n?|Felder\w*|Handlungsfeld\w*|Bereichen?|Tagesordnung|Zukunftsfeld\w*|im Mittelpunkt|im Fokus|Gegenstand|"
    r"topics?|fields?|areas?|agenda|focus\w*|sectors?|priorities|themes?)\b",
    re.IGNORECASE,
)
DIRECTLY = re.compile(
    r"\b(?:im Bereich|in den Bereichen|rund um|zum Thema|zu|bei|über|auf dem Gebiet|in der|on|in the fields? of)\s+(?:der\s+|die\s+|das\s+|den\s+)?$"
)
NAMED_AFTER_FIELDS = ("ResearchInstitute", "Association", "Hub")
OPENING = 40  # characters: a sentence about what was spoken of before says so at once
BOUND = 90  # characters between the thing and the topic


def topics(passage: Passage, current: Thing | None) -> Iterator[Found]:
    """Yield hasTopic: an agreement, project, programme or event before a cue and topics; a list of "Themen".

    `current` is the undertaking spoken of last, for "Es nennt als Felder ...".
    """
    numbers = passage.of("T")
    if not numbers:
        return
    owners = passage.of("AJGED")
    trips = passage.of("D")
    for number in numbers:
        before = [n for n in owners if n not in trips and passage.position(n) < passage.position(number)]
        if before and _is_tied(passage, before[-1], number):
            start, end = passage.span(passage.position(before[-1]), passage.position(number) + 1)
            yield Found(
                passage.thing(before[-1]),
                "hasTopic",
                passage.thing(number),
                start,
                end,
                "cue",
                confidence=0.6,
            )
    yield from _list_of_fields(passage, numbers, passage.thing(owners[0]) if owners else current)


def own_fields(text: str, cast: Cast, language: str) -> Iterator[Found]:
    """ "Institut für IT-Sicherheit" is active in what its name says. Adds topics that only names tell to the cast."""
    topics = {name_key(t.name): t for t in cast.things if t.type == "Topic"}
    for thing in [t for t in cast.things if t.type in NAMED_AFTER_FIELDS and t.mentions]:
        first = thing.mentions[0]
        for mention in find_topics(text, tokenize(text, first.start, first.end), language):
            if mention.weak:
                continue
            topic = topics.get(name_key(mention.name))
            if topic is None:
                topic = Thing("Topic")
                topic.names[mention.name] += 1
                topic.surfaces.add(mention.surface)
                topic.mentions.append(mention)
                topics[name_key(mention.name)] = topic
                cast.things.append(topic)
            yield Found(thing, "hasTopic", topic, first.start, first.end, "its name", confidence=0.75)


def _is_tied(passage: Passage, owner: int, topic: int) -> bool:
    first = next(
        (n for n in passage.alongside(topic) if passage.position(n) > passage.position(owner)), topic
    )
    between = passage.coded[passage.position(owner) : passage.position(first)]
    plain = re.sub(r"⟦T\d+⟧", "", between)
    if "." in plain or passage.mention(topic).start < passage.mention(owner).end:
        return False
    if passage.thing(owner).type == "Agreement" and DIRECTLY.search(between):
        return len(plain) < 2 * BOUND
    return len(plain) < BOUND and plain.count("⟦") == 1 and CUE.search(between) is not None


def _list_of_fields(passage: Passage, numbers: list[int], owner: Thing | None) -> Iterator[Found]:
    cue = NAMES_FIELDS.search(passage.coded)
    if cue is None or owner is None or (not passage.of("AJGED") and cue.start() > OPENING):
        return
    members = [n for n in numbers if passage.position(n) > cue.start()]
    listed = [n for n in members if len(passage.alongside(n)) > 1]
    start, end = passage.sentence.start, passage.sentence.end
    for number in listed:
        yield Found(owner, "hasTopic", passage.thing(number), start, end, "list of fields", confidence=0.6)
