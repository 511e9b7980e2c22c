"""The tagger's spans and the rules' mentions become one list.

The tagger finds names and their borders better on text that nobody has seen, the rules know the fine classes and the
nominative. So the rules' mention stands where both see the same name, the tagger's border where it sees more of it,
and the tagger's span where the rules see nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from loaders.extraction.bodies.legal_forms import class_within
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.lexicon import lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.tagger import Span
from loaders.extraction.tokens import Token
from ontology.vocabulary import vocabulary

COARSE = {
    "Person": "PER",
    "Organisation": "ORG",
    "Place": "LOC",
    "Programme": "MISC",
    "Project": "MISC",
    "Event": "MISC",
}
SURE = 0.8  # the tagger's word counts against a rule from here on
LIKELY = 0.6  # from here on its new names are no guesses
POINTING = (
    "Agreement",
    "Delegation",
    "City",
    "Region",
)  # "das Abkommen", "das Revier": they point back, whatever they are
STREETS = ("straße", "strasse", "platz", "weg", "allee", "halle", "turm", "street", "road", "square")
CERTAIN_RULES = ("legal form", "quoted", "list", "known body")  # a rule that is hardly ever wrong


def coarse(mention: Mention) -> str:
    """PER, ORG, LOC, MISC, or "" for what the tagger does not know (topics, agreements, delegations, pointing words)."""
    if not mention.name or mention.type == "Delegation" or mention.rule in ("demonym", "described"):
        return ""
    return COARSE.get(vocabulary().root(mention.type), "")


def rule_tags(tokens: Sequence[Token], mentions: Iterable[Mention]) -> list[str]:
    """The rules' mentions as BIO tags, one a token: what the tagger was trained to look at."""
    tags = ["O"] * len(tokens)
    for mention in mentions:
        label = coarse(mention)
        inside = [i for i, t in enumerate(tokens) if mention.start <= t.start < mention.end] if label else []
        for place, i in enumerate(inside):
            tags[i] = ("I-" if place else "B-") + label
    return tags


def fuse(
    text: str, tokens: Sequence[Token], mentions: Sequence[Mention], spans: Sequence[Span]
) -> list[Mention]:
    """One list without overlaps, in text order."""
    kept = [m for m in mentions if not _is_refuted(m, tokens, spans)]
    for span in sorted(spans, key=lambda s: -s.confidence):
        found = _as_mention(text, tokens, span)
        if found is None:
            continue
        touched = [m for m in kept if m.start < found.end and found.start < m.end]
        if not touched:
            kept.append(found)
            continue
        better = _replacement(found, span, touched)
        if better is not None:
            kept = [m for m in kept if m not in touched] + [better]
    return sorted(kept, key=lambda m: m.start)


def _is_refuted(mention: Mention, tokens: Sequence[Token], spans: Sequence[Span]) -> bool:
    """A given name and a capital make no person where the tagger sees none: "Green Economy", "Villa Beispiel"."""
    if mention.type != "Person" or mention.rule == "title":
        return False
    for span in spans:
        if (
            span.label == "PER"
            and tokens[span.first].start < mention.end
            and mention.start < tokens[span.last].end
        ):
            return False
    return True


def _replacement(found: Mention, span: Span, touched: Sequence[Mention]) -> Mention | None:
    """What stands in the place of the touched mentions; None where they stay."""
    named = [m for m in touched if m.name]
    if not named:  # a noun that points back, or a delegation: the name says more
        pointing = touched[0]
        return found if span.confidence >= SURE and pointing.type not in POINTING else None
    if any(m.rule in CERTAIN_RULES for m in named):
        return None
    if span.label == "ORG" and any(_is_place(m, found) for m in named):
        return None
    same = [m for m in named if coarse(m) == span.label]
    if same:
        longer = (
            all(found.start <= m.start and m.end <= found.end for m in touched) and found.name != same[0].name
        )
        if longer and span.confidence >= SURE and len(found.surface) > len(same[0].surface):
            return replace(found, type=same[0].type, head=same[0].head)
        return None
    if any(coarse(m) == "" for m in named) and span.label == "MISC":
        return None
    if span.confidence >= SURE and max(m.confidence for m in named) < 0.9 and span.label != "MISC":
        return found
    return None


def _is_place(mention: Mention, found: Mention) -> bool:
    """A town that acts stays a town: "Leeds has signed an agreement with Dortmund"."""
    exact = mention.start <= found.start and found.end <= mention.end
    return exact and coarse(mention) == "LOC" and gazetteer().place(mention.name) is not None


def _as_mention(text: str, tokens: Sequence[Token], span: Span) -> Mention | None:
    """A mention of the span with the class that its words tell; None where it is nothing for the graph."""
    words = tokens[span.first : span.last + 1]
    while words and (
        words[0].is_function or words[0].lower in lexicon().titles or words[0].text in (".", "„", '"')
    ):
        words = words[1:]
    if not words or (len(words) == 1 and (is_role(words[0].lower) or words[0].text in lexicon().parties)):
        return None
    start, end = words[0].start, words[-1].end
    if span.part:
        end = start + text[start:end].index("-") if "-" in text[start:end] else end
    surface = text[start:end]
    type_ = _class_of(span, surface, words)
    if not type_ or len(surface) < 2:
        return None
    name = _place_name(surface) if span.label == "LOC" else surface
    weak = span.confidence < LIKELY
    return Mention(
        start, end, type_, name, surface, "", 4, "tagger", round(min(span.confidence, 0.95), 2), weak
    )


def _class_of(span: Span, surface: str, words: Sequence[Token]) -> str:
    if span.label == "PER":  # a surname alone is found again once the full name is known
        return "Person" if len(words) > 1 else ""
    if span.label == "LOC":
        place = gazetteer().place(surface)
        if place is not None:
            return place.kind
        return "Place" if span.confidence >= SURE and not words[-1].lower.endswith(STREETS) else ""
    if span.label == "ORG":
        return class_within(words) or "Organisation"
    return _undertaking(words) if span.confidence >= LIKELY else ""


def _undertaking(words: Sequence[Token]) -> str:
    """Event, Programme or Project by a word of the name; the tagger's MISC holds many other things besides."""
    cues = lexicon()
    heads = (
        (cues.event_heads, "Event"),
        (cues.programme_heads, "Programme"),
        (cues.project_heads, "Project"),
    )
    for token in reversed(words):
        for nouns, type_ in heads:
            if token.lower in nouns or any(len(n) > 4 and token.lower.endswith(n) for n in nouns):
                return type_
    return ""


def _place_name(surface: str) -> str:
    place = gazetteer().place(surface)
    return place.name if place is not None else surface
