"""One reader, one vote: the rules and each back-end. The rules' reading stands unless more readers share another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import prod

from loaders.backends.contract import COARSE, BackendMention
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.mentions import Mention
from loaders.extraction.text import Sentence
from ontology.vocabulary import vocabulary

FOUND_BY = "backend:"  # before the names of those who found what the rules did not
SURE = 0.99  # no vote makes certain
ALONE = 0.8  # a name that the rules do not see and that is less sure than this needs a relation to stay


@dataclass(frozen=True, slots=True)
class Opinion:
    """A mention and the back-end that saw it."""

    backend: str
    mention: BackendMention


def vote(
    text: str, sentences: Sequence[Sentence], named: Sequence[Mention], opinions: Iterable[Opinion]
) -> list[Mention]:
    """The rules' mentions with those of the back-ends, in text order, without overlaps.

    A mention that others see too gains confidence and lists them in its rule ("head+spacy"). One that
    more readers take for something else becomes that. A name that only back-ends see is added; below ALONE,
    as one tagger by itself is, it is weak: it stays where the rules find a relation of it.
    Opinions outside of every sentence (navigation, notices) do not count.

    Args:
        named: mentions of the rules in text order, without overlaps.
        opinions: with offsets in `text`; those that are no span of it do not count.
    """
    valid = sorted((o for o in opinions if _is_in_a_sentence(text, sentences, o)), key=_order)
    ends = [m.end for m in named]
    by_mention: dict[int, list[Opinion]] = {}
    alone: list[Opinion] = []
    for opinion in valid:
        first = bisect_left(ends, opinion.mention.start + 1)
        if first < len(named) and named[first].start < opinion.mention.end:
            by_mention.setdefault(first, []).append(opinion)
        else:
            alone.append(opinion)
    judged = [_judge(text, m, _one_each(by_mention.get(n, ()))) for n, m in enumerate(named)]
    added = [found for group in _groups(alone) if (found := _added(text, _one_each(group)))]
    return _apart([*judged, *added])


def is_kin(type: str, other: str) -> bool:
    """Whether a back-end's type and a class may name one thing: "ORG" and "Startup", "Company" and "Startup"."""
    roots = COARSE.get(type) or (vocabulary().root(type),)
    if vocabulary().root(other) not in roots:
        return False
    return type in COARSE or vocabulary().compatible(type, other)


def _order(opinion: Opinion) -> tuple[int, int, str, str]:
    mention = opinion.mention
    return mention.start, -mention.end, opinion.backend, mention.type


def _is_in_a_sentence(text: str, sentences: Sequence[Sentence], opinion: Opinion) -> bool:
    start, end = opinion.mention.start, opinion.mention.end
    if not 0 <= start < end <= len(text) or not any(c.isalnum() for c in text[start:end]):
        return False
    place = bisect_left(sentences, start + 1, key=lambda s: s.end)
    return place < len(sentences) and sentences[place].start <= start and end <= sentences[place].end


def _one_each(opinions: Iterable[Opinion]) -> list[Opinion]:
    """The longest opinion of each back-end: nobody votes twice."""
    best: dict[str, Opinion] = {}
    for opinion in opinions:
        held = best.get(opinion.backend)
        if held is None or _length(opinion) > _length(held):
            best[opinion.backend] = opinion
    return [best[name] for name in sorted(best)]


def _length(opinion: Opinion) -> int:
    return opinion.mention.end - opinion.mention.start


def _judge(text: str, mention: Mention, opinions: Sequence[Opinion]) -> Mention:
    agree = [o for o in opinions if is_kin(o.mention.type, mention.type)]
    against = [o for o in opinions if o not in agree]
    other = _largest(against)
    if len(other) > 1 + len(agree) and (changed := _added(text, other)) is not None:
        return replace(changed, confidence=_confidence(changed.confidence, len(opinions) + 1, len(other)))
    if not opinions:
        return mention
    surest = 1 - (1 - mention.confidence) * prod(1 - o.mention.confidence for o in agree)
    return replace(
        mention,
        type=_finest(mention.type, agree),
        rule="+".join([mention.rule, *(o.backend for o in agree)]),
        weak=mention.weak and not agree,
        confidence=_confidence(surest, 1 + len(opinions), 1 + len(agree)),
    )


def _confidence(surest: float, voters: int, agreeing: int) -> float:
    """Readers who err independently are wrong together less often; one who disagrees takes his share."""
    return round(min(SURE, surest) * agreeing / voters, 4)


def _finest(type: str, opinions: Iterable[Opinion]) -> str:
    """A class below the rules' own, where a back-end names one."""
    words = vocabulary()
    finer = [o.mention.type for o in opinions if o.mention.type in words.classes]
    return min([type, *finer], key=lambda t: (-len(words.ancestors(t)), t != type, t))


def _largest(opinions: Sequence[Opinion]) -> list[Opinion]:
    """The largest party among opinions; of equals the surest, then the first by class."""
    parties: dict[str, list[Opinion]] = {}
    for opinion in opinions:
        parties.setdefault(_party(opinion.mention.type), []).append(opinion)
    if not parties:
        return []
    best = min(parties, key=lambda p: (-len(parties[p]), -max(o.mention.confidence for o in parties[p]), p))
    return parties[best]


def _party(type: str) -> str:
    return next((c for c, roots in COARSE.items() if type == c or _root(type) in roots), type)


def _root(type: str) -> str:
    return vocabulary().root(type) if type in vocabulary().classes else ""


def _groups(opinions: Iterable[Opinion]) -> list[list[Opinion]]:
    """Runs of opinions that overlap; they come sorted by start."""
    groups: list[list[Opinion]] = []
    reach = -1
    for opinion in opinions:
        if opinion.mention.start < reach:
            groups[-1].append(opinion)
        else:
            groups.append([opinion])
        reach = max(reach, opinion.mention.end)
    return groups


def _added(text: str, opinions: Sequence[Opinion]) -> Mention | None:
    """The mention that the largest party sees; None where it only knows that there is a name."""
    party = _largest(opinions)
    best = min(party, key=lambda o: (-_votes(o, party), -_length(o), o.backend)).mention
    surface = text[best.start : best.end]
    name = " ".join(surface.split())
    type = _class(party, name)
    if not type:
        return None
    surest = 1 - prod(1 - o.mention.confidence for o in party)
    confidence = _confidence(surest, len(opinions), len(party))
    return Mention(
        best.start, best.end, _finest(type, party), name, surface,
        rule=FOUND_BY + "+".join(o.backend for o in party), confidence=confidence, weak=confidence < ALONE,
    )  # fmt: skip


def _votes(opinion: Opinion, party: Sequence[Opinion]) -> int:
    span = opinion.mention.start, opinion.mention.end
    return sum((o.mention.start, o.mention.end) == span for o in party)


def _class(party: Sequence[Opinion], name: str) -> str:
    """A class of the ontology for what a party sees, "" for none."""
    exact = [o.mention.type for o in party if o.mention.type not in COARSE]
    if exact:
        return min(exact)
    coarse = party[0].mention.type
    if (
        coarse == "LOC"
        and (place := gazetteer().place(name)) is not None
        and place.kind in vocabulary().classes
    ):
        return place.kind
    return COARSE[coarse][0] if coarse != "MISC" else ""


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """A mention that changed its span may reach into its neighbour: the surer one stays."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.confidence, m.end)):
        if kept and mention.start < kept[-1].end:
            if mention.confidence > kept[-1].confidence:
                kept[-1] = mention
        else:
            kept.append(mention)
    return kept
