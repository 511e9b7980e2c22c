"""A learned second opinion on relations: a confidence for what rules found, and relations that they missed.

Weights come from model/relations.json.gz, made by `python -m tools.train_relations.train` (docs/model-card-relations.md).
Without that file the rules' relations are returned as they are.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import repeat

from loaders.extraction.entities import Cast
from loaders.extraction.lexicon import lexicon
from loaders.extraction.relations.cues import clause, is_intended, is_negated
from loaders.extraction.relations.found import Found
from loaders.extraction.scorer_features import Describer, told_by
from loaders.extraction.scorer_scene import Instance, Line, Scene, build_scene
from loaders.extraction.text import Sentence
from ontology.model import Modality
from ontology.vocabulary import vocabulary

MODEL = "model/relations.json.gz"
RULE = "scorer"
FAR = (
    "participatesIn",
    "visited",
    "organises",
)  # what may hold between an event and an actor anywhere in the text
NO_PLACE = (
    "nowhere near",
)  # the only other feature of a rule's relation whose ends do not stand near each other
ENDS = frozenset((",", ";", ".", ":", "!", "?", ")", "–", "“", "”", '"'))
TAIL = 8  # tokens that a quote may go on behind the second name


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of features, for all relations and for each; `curve` leads a score to a probability.

    `adds`: whether relations from `threshold` on are added, or only the rules' confidences are set.
    """

    shared: Mapping[str, float]
    by_relation: Mapping[str, Mapping[str, float]]
    curve: Mapping[str, tuple[float, float]]  # "rule" and "new" -> slope and offset
    threshold: float
    adds: bool = True

    def probability(self, score: float, *, by_rule: bool) -> float:
        """How often a relation of that score is right."""
        slope, offset = self.curve["rule" if by_rule else "new"]
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * score + offset))))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation that may hold. `place` is None where a rule's ends do not stand near each other."""

    relation: str
    source: int
    target: int
    place: Instance | None
    pair_features: list[str]
    rule_features: list[str]


def rescored(
    view_text: str, sentences: Sequence[Sentence], cast: Cast, relations: Sequence[Found], language: str
) -> list[Found]:
    """The rules' relations with calibrated confidence, then those that the scorer adds, in text order.

    The shipped weights say whether it adds any.

    `language` is "de" or "en". A relation that is added has rule "scorer"; its span holds both names where they
    stand in one sentence, both sentences where these are neighbours, else the sentence of the actor.
    """
    model = load_model()
    if model is None:
        return list(relations)
    return rescored_with(model, view_text, sentences, cast, relations, language)


def rescored_with(
    model: Model,
    view_text: str,
    sentences: Sequence[Sentence],
    cast: Cast,
    relations: Sequence[Found],
    language: str,
) -> list[Found]:
    """`rescored` with weights of the caller's choice."""
    scene = build_scene(view_text, sentences, cast, language)
    chances: dict[tuple[str, int, int], float] = {}
    added: list[Found] = []
    features: list[str] | None = None
    common = 0.0
    for candidate, by_rule in candidates(scene, relations, untold=model.adds):
        if candidate.pair_features is not features:  # several relations of one pair follow each other
            features = candidate.pair_features
            common = _sum(model.shared, features)
        chance = model.probability(score(model, candidate, common), by_rule=by_rule)
        key = candidate.relation, candidate.source, candidate.target
        if by_rule:
            chances[key] = chance
        elif model.adds and chance >= model.threshold and candidate.place is not None:
            added.extend(_new(view_text, scene, candidate, candidate.place, chance))
    known = [_with_confidence(found, scene, chances) for found in relations]
    return known + sorted(added, key=lambda f: (f.start, f.end, f.type, f.source.name, f.target.name))


def candidates(
    scene: Scene, rules: Sequence[Found], *, untold: bool = True
) -> Iterator[tuple[Candidate, bool]]:
    """Every relation that may hold between things that stand near each other, and whether a rule found it.

    `untold`: also relations that no rule found.
    """
    told = told_by(rules, scene)
    describer = Describer(scene, told)
    seen: set[tuple[str, int, int]] = set()
    for (low, high), places in sorted(scene.pairs.items()):
        for source, target in ((low, high), (high, low)):
            fitting = _fitting(scene.things[source].type, scene.things[target].type, places[0].gap)
            if source > target:  # a symmetric relation is asked once
                fitting = tuple(r for r in fitting if r != "cooperatesWith")
            if not untold:
                fitting = tuple(r for r in fitting if (r, source, target) in told.rules)
            features = describer.pair(source, target, places[0]) if fitting else []
            for relation in fitting:
                key = relation, source, target
                seen.add(key)
                own = describer.rules(*key)
                yield Candidate(relation, source, target, places[0], features, own), key in told.rules
    for key in sorted(told.rules.keys() - seen):
        turned = key[0], key[2], key[1]
        if key[0] != "cooperatesWith" or (turned not in seen and key[1] < key[2]):
            yield Candidate(*key, None, list(NO_PLACE), ["R", f"R:{told.rules[key]}"]), True


def score(model: Model, candidate: Candidate, common: float | None = None) -> float:
    """The sum of the weights of a candidate's features: log-odds before the curve.

    `common`: the shared weights of its pair's features, where they are summed up already.
    """
    if common is None:
        common = _sum(model.shared, candidate.pair_features)
    own = model.by_relation.get(candidate.relation, {})
    rules = candidate.rule_features
    return common + _sum(own, candidate.pair_features) + _sum(model.shared, rules) + _sum(own, rules)


def _sum(weights: Mapping[str, float], features: Sequence[str]) -> float:
    return sum(map(weights.get, features, repeat(0.0)))


@cache
def load_model() -> Model | None:
    """The shipped weights, read once; None where they are missing."""
    file = files("loaders.extraction").joinpath(MODEL)
    if not file.is_file():
        return None
    packed = json.loads(gzip.decompress(file.read_bytes()))
    curve = {name: (float(pair[0]), float(pair[1])) for name, pair in packed["curve"].items()}
    return Model(
        packed["shared"], packed["relations"], curve, float(packed["threshold"]), bool(packed["adds"])
    )


@cache
def _fitting(source_type: str, target_type: str, gap: int) -> tuple[str, ...]:
    """What the ontology allows between two classes and what texts tell over that many sentences."""
    words = vocabulary()
    roots = words.root(source_type), words.root(target_type)
    return tuple(
        name
        for name in sorted(words.relations)
        if words.allows(source_type, name, target_type) and gap <= _reach(name, *roots)
    )


def _reach(relation: str, source: str, target: str) -> int:
    """The farthest gap asked for. Beyond it, one in a thousand candidates or fewer was right in training."""
    if relation == "cooperatesWith":
        return 0 if source == target else -1
    if relation == "visited" and source in ("Person", "Organisation"):
        return 0 if source == "Person" else -1
    if relation in ("funds", "partOf", "locatedIn") and source == target:
        return 0
    if relation == "funds" and target == "Organisation":
        return 0
    return 9 if relation == "participatesIn" and target == "Event" and source != "Place" else 2


def _with_confidence(found: Found, scene: Scene, chances: Mapping[tuple[str, int, int], float]) -> Found:
    source, target = scene.number_of.get(id(found.source), -1), scene.number_of.get(id(found.target), -1)
    chance = chances.get((found.type, source, target))
    if chance is None and found.type == "cooperatesWith":
        chance = chances.get((found.type, target, source))
    return found if chance is None else replace(found, confidence=round(chance, 3))


def _new(text: str, scene: Scene, candidate: Candidate, place: Instance, chance: float) -> Iterator[Found]:
    """The relation with its passage, unless the clause denies it."""
    left, right = scene.lines[place.left[0]], scene.lines[place.right[0]]
    source, target = scene.things[candidate.source], scene.things[candidate.target]
    if place.gap == 0:
        start, end = _passage(left, place.left[1], place.right[1])
    elif place.gap == 1:
        start, end = left.sentence.start, right.sentence.end
    else:
        actor = left if _names(left, place.left[1], source.root == "Event", candidate) else right
        start, end = actor.sentence.start, actor.sentence.end
    said = text[start:end]
    around = clause(text[right.sentence.start : right.sentence.end], max(0, end - right.sentence.start - 1))
    if is_negated(said) or is_negated(around):
        return
    role, past = (
        _role(text, scene, candidate, place) if candidate.relation == "affiliatedWith" else ("", False)
    )
    intended = is_intended(around)
    modality = Modality.PAST if past else Modality.INTENDED if intended else Modality.STATED
    yield Found(source, candidate.relation, target, start, end, RULE, role, modality, round(chance, 3))


def _names(line: Line, index: int, event_is_source: bool, candidate: Candidate) -> bool:
    """Whether that mark names the actor and not the event."""
    actor = candidate.target if event_is_source else candidate.source
    return line.marks[index].thing == actor


def _passage(line: Line, i: int, j: int) -> tuple[int, int]:
    """From the first name, or the role before it, to the end of the clause of the second."""
    first, last = line.marks[i], line.marks[j]
    start = first.mention.start
    if first.token and first.token - 1 in line.roles:
        start = line.starts[first.token - 1]
    end = max(last.mention.end, first.mention.end)
    for at in range(last.token + 1, min(len(line.tokens), last.token + 1 + TAIL)):
        if line.tokens[at] in ENDS or line.tokens[at] == "":
            break
        end = max(end, line.starts[at] + len(line.tokens[at]))
    return start, min(end, line.sentence.end)


def _role(text: str, scene: Scene, candidate: Candidate, place: Instance) -> tuple[str, bool]:
    """The role phrase that stands next to the person, and whether it says that it is over."""
    spots = (place.left, place.right)
    number, index = next(
        (s for s in spots if scene.lines[s[0]].marks[s[1]].thing == candidate.source), spots[0]
    )
    line = scene.lines[number]
    at = line.marks[index].token
    near = [r for r in line.roles if abs(r - at) <= 4 and "" not in line.tokens[min(r, at) + 1 : max(r, at)]]
    if not near:
        return "", False
    role = min(near, key=lambda r: (abs(r - at), r))
    start = role
    while (
        start and role - start < 2 and line.tokens[start - 1].isalpha() and _may_open(line.tokens[start - 1])
    ):
        start -= 1
    end = line.starts[role] + len(line.tokens[role])
    words = text[line.starts[start] : end]
    past = any(w.startswith(cue) for w in words.casefold().split() for cue in lexicon().past_modifiers)
    return words, past


def _may_open(word: str) -> bool:
    """An adjective may stand before a role: "stellvertretende", "deputy", "managing"."""
    return word not in lexicon().function_words and word.endswith(
        ("e", "er", "en", "es", "ing", "y", "or", "ief", "al")
    )
