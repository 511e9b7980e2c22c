"""A document as the relation scorer sees it: sentences as words and marks, with cue words, lists and pairs of things.

Everything here is linear in the length of the text: pairs are only built from marks that stand near each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from loaders.extraction.entities import Cast, Thing
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.text import Sentence

WORD = re.compile(r"[^\W_]+(?:[-‐‑.’'][^\W_]+)*|[^\w\s]")
REACH = 9  # marks apart in one sentence: farther pairs are hardly ever related
NEXT_REACH = 4  # marks of a sentence that are paired with the neighbouring sentence, from each end
FOCUS = ("Project", "Programme", "Agreement", "Event")  # what a text stays with over some sentences
FOCUS_REACH = 3  # sentences back
HUBS = 3  # events that are paired with persons and bodies anywhere in the document
LIST_GLUE = frozenset(
    re.findall(
        r"\S+",
        ", und and sowie & der die das dem den des the vom von zum zur mit with in im nach stadt städte as well auch ( )",
    )
)
OPEN_QUOTE, CLOSE_QUOTE = frozenset('„»"'), frozenset('“”«"')
CUES = {  # family -> alternatives, matched from the start of a case-folded word; "$" where the word must end
    "sign": r"unterzeichn|unterschr|besiegel|signier|sign(?:s|ed|ing)?$|signator|parafier",
    "agree": r"vereinbar|geschlossen$|schloss|schließ|abgeschlossen|verabschiedet|conclud|agreed$|abkommen|"
    r"verständig",
    "member": r"teilnehm|teilgenommen|teilnahm|nahm|nimmt$|nehmen$|(?:an)?gehör|zähl|mitglied|mitgereist|"
    r"begleit|delegationsmit|dabei$|members?$|includ|join|accompan|participa|attend|vertreten$|besteh|"
    r"compris|darunter$|bord$|teil$|took$|part$",
    "travel": r"reis|gereist|besuch|besichtig|station|visit|tour|travel|trip|rundgang|abstecher|unterwegs|"
    r"mission|arriv|ziel$|aufgebrochen",
    "meet": r"traf|treff|getroffen|empf|empfangen|begrüß|welcom|met$|gast$|gäste|receiv|austausch",
    "host": r"ausgericht|ausricht|organis|veranstalt|eingeladen|einlad|lud$|luden$|lädt|gastgeb|host|invit|"
    r"initiier|arrang|stag(?:e|ed|es)$",
    "fund": r"förder|geförder|finanz|bezuschuss|zuschuss|gespeist|fund|financ|budget|sponsor|grant|spons|"
    r"backed$|bezahl|zahlt$|kosten$|mittel$",
    "money": r"mio$|million|milliard|euro$|eur$|pfund$|dollar|billion|€|£|\$",
    "lead": r"leit|geleit|führ|geführ|koordin|betreib|betrieb|verantwort|steuer|coordinat|lead|led$|runs?$|"
    r"manag|federführ|träg|getragen|umsetz|umgesetz|operat|head|direct|spitze$",
    "partner": r"kooper|zusammen|gemeinsam|partner|collab|cooper|together|joint|verbund|schulter",
    "consortium": r"konsorti|projektpartner|beteilig|consorti|involved|mitwirk|mitgewirk|boot$",
    "seat": r"(?:haupt|stamm)?sitz|ansässig|beheimat|based$|headquart|located|standort|angesiedel|niederlass|"
    r"office|offices|büro|zentrale|adresse|gelegen|campus",
    "unit": r"tochter|part$|unit$|rahmen|innerhalb|einrichtung|abteil|within$|bestandteil|dach$|subsid|"
    r"division|gruppe$|group$|teil$|under$|bereich$",
    "say": r"sagt|betont|erklärt|said$|says$|added$|freut|unterstrich|erläuter|berichtet|explain",
    "stage": r"eröffn|spra?ch|diskut|vortrag|hielt|moder|podium|keynote|grußwort|präsent|stell(?:t|te|ten|en)$|"
    r"ausstell|messe|exhibit|present|speak|spoke|open|address|panel|showcas|pitch|zeig",
    "venue": r"findet$|fand(?:en)?$|statt$|stattfind|takes?$|place$|held$|ort$|halle|uhr$|venue|zentrum",
    "topic": r"thema$|themen|schwerpunkt|bereich|feld|fokus|spezial|focus|field|area|sector|branche|rund$|"
    r"gebiet|widmet|forsch|entwickel|develop",
    "based": r"grundlage|basis|knüpf|fortsetz|folg|vorbild|modell|orientier|follow|build|success|aufbau|based$|"
    r"nachfolg|vorgänger|beruh|model",
    "connect": r"verbind|verbund|brücke|zwischen$|between$|link|connect|vernetz|verknüpf|bridge",
    "found": r"gründ|gegründ|found|start|launch|leben$|aufgelegt|eingerichtet|set$|establish",
    "award": r"erhält|erhielt|bekommt|award|gewinn|gewann|won$|win|preis|prize|zuschlag",
    "not": r"nicht$|kein|nie$|weder$|ohne$|abgesagt|not$|never$|neither$|nor$|cancel|declin|without$|statt$|"
    r"noch$",
    "intend": r"soll|woll|will$|möcht|plan|geplant|vorgesehen|beabsicht|angestreb|hope|intend|expected$|wants?$|"
    r"künftig|werden$|wird$|ziel$",
    "past": r"ehemal|former|früher|ex-|einstig|bisherig|scheidend|vormal",
    "of": r"of$|der$|des$|von$|vom$",
    "at": r"in$|im$|at$|bei$|am$|an$|beim$|near$|zu$|zur$|zum$|ins$",
    "to": r"nach$|to$|into$|richtung$",
    "from": r"aus$|from$",
    "by": r"durch$|by$|seitens$",
    "for": r"für$|for$|behalf$|namen$",
    "with": r"mit$|with$|neben$|alongside$",
    "whose": r"dessen$|deren$|whose$|seine?[mnrs]?$|ihre?[mnrs]?$|its$|their$",
    "who": r"who$|which$|that$|welche[rs]?$",
}  # fmt: skip
CUE = tuple((name, re.compile(f"(?:{source})")) for name, source in CUES.items())
LOOSE = frozenset(("of", "at", "to", "from", "by", "for", "with", "whose", "who"))


@lru_cache(maxsize=50_000)
def cues_of(word: str) -> tuple[str, ...]:
    """The families of cue words that a case-folded word belongs to."""
    return tuple(name for name, pattern in CUE if pattern.match(word))


@lru_cache(maxsize=50_000)
def is_role_word(word: str) -> bool:
    """A role noun; `lru_cache` because a text repeats its words."""
    return (word.isalpha() and is_role(word)) or ("-" in word and is_role(word))


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention inside a sentence. `token`: its place among the tokens; `run`: number of the list it stands in, or -1."""

    token: int
    thing: int
    mention: Mention
    run: int


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: case-folded words and marks of punctuation; "" where a name stands."""

    number: int
    sentence: Sentence
    tokens: tuple[str, ...]
    starts: tuple[int, ...]  # offset of each token in the view's text
    marks: tuple[Mark, ...]
    cues: tuple[tuple[int, str], ...]  # token and family, in text order
    cue_at: tuple[int, ...]  # the tokens of `cues` alone, to search in
    roles: tuple[int, ...]  # tokens that are role nouns
    quoted: tuple[tuple[int, int], ...]  # token spans of direct speech
    bullet: bool


@dataclass(frozen=True, slots=True)
class Instance:
    """Where two things stand nearest to each other. `left` and `right` in text order; lines may be neighbours or far."""

    gap: int  # 0 one sentence, 1 the next one, 2 an undertaking some sentences back, 9 far
    left: tuple[int, int]  # line, index among its marks
    right: tuple[int, int]
    distance: int


Pairs = dict[tuple[int, int], list[Instance]]


@dataclass(slots=True)
class Scene:
    """`pairs`: lower and higher number of two things -> the places where both stand, nearest first."""

    things: list[Thing]
    lines: list[Line]
    language: str
    pairs: Pairs = field(default_factory=dict)
    lines_of: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # thing -> (line, mark)
    peers: dict[int, set[int]] = field(default_factory=dict)  # thing -> things listed with it
    number_of: dict[int, int] = field(default_factory=dict)  # id(thing) -> number


def build_scene(text: str, sentences: Sequence[Sentence], cast: Cast, language: str) -> Scene:
    """Cut the sentences into tokens and marks and pair what stands near."""
    number_of = {id(t): n for n, t in enumerate(cast.things)}
    scene = Scene(list(cast.things), [], language, number_of=number_of)
    where = [(m, number_of[id(t)]) for m, t in cast.where if id(t) in number_of]
    at = 0
    for number, sentence in enumerate(sentences):
        while at < len(where) and where[at][0].start < sentence.start:
            at += 1
        inside = []
        while at < len(where) and where[at][0].start < sentence.end:
            if where[at][0].end <= sentence.end:
                inside.append(where[at])
            at += 1
        scene.lines.append(_line(text, number, sentence, inside))
    lines_of: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for line in scene.lines:
        for index, mark in enumerate(line.marks):
            lines_of[mark.thing].append((line.number, index))
    scene.lines_of = dict(lines_of)
    _collect_peers(scene)
    _collect_pairs(scene)
    return scene


def _line(text: str, number: int, sentence: Sentence, inside: Sequence[tuple[Mention, int]]) -> Line:
    tokens: list[str] = []
    starts: list[int] = []
    marks: list[tuple[int, int, Mention]] = []
    here = sentence.start
    for mention, thing in inside:
        if mention.start < here or (marks and marks[-1][1] == thing and mention.start - here < 3):
            continue  # inside another name, or its short form in brackets
        _words(text, here, mention.start, tokens, starts)
        marks.append((len(tokens), thing, mention))
        tokens.append("")
        starts.append(mention.start)
        here = mention.end
    _words(text, here, sentence.end, tokens, starts)
    cues = tuple((n, cue) for n, word in enumerate(tokens) if word for cue in cues_of(word))
    roles = tuple(n for n, word in enumerate(tokens) if len(word) > 1 and is_role_word(word))
    bullet = text[sentence.start : sentence.start + 1] in "-–•*·"
    placed = tuple(_in_runs(tokens, marks))
    speech = tuple(_speech(tokens))
    at = tuple(n for n, _ in cues)
    return Line(number, sentence, tuple(tokens), tuple(starts), placed, cues, at, roles, speech, bullet)


def _words(text: str, start: int, end: int, tokens: list[str], starts: list[int]) -> None:
    for match in WORD.finditer(text, start, end):
        tokens.append(match[0].casefold())
        starts.append(match.start())


def _in_runs(tokens: Sequence[str], marks: Sequence[tuple[int, int, Mention]]) -> Iterator[Mark]:
    """Number the lists: marks of one class root with nothing but commas, "und" and articles between them."""
    run, open_run = -1, False
    for index, (token, thing, mention) in enumerate(marks):
        joined = index + 1 < len(marks) and _is_glued(tokens, token, marks[index + 1][0])
        if joined and not open_run:
            run += 1
        yield Mark(token, thing, mention, run if joined or open_run else -1)
        open_run = joined


def _is_glued(tokens: Sequence[str], left: int, right: int) -> bool:
    between = tokens[left + 1 : right]
    return (
        0 < len(between) <= 5
        and any(w in (",", "und", "and", "sowie", "&") for w in between)
        and all(w in LIST_GLUE for w in between)
    )


def _speech(tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Spans of more than six tokens between quotation marks."""
    start = -1
    for number, word in enumerate(tokens):
        if start < 0 and word in OPEN_QUOTE:
            start = number
        elif start >= 0 and word in CLOSE_QUOTE:
            if number - start > 6:
                yield start, number
            start = -1
    if start >= 0 and len(tokens) - start > 6:
        yield start, len(tokens)


def _collect_peers(scene: Scene) -> None:
    peers: dict[int, set[int]] = defaultdict(set)
    for line in scene.lines:
        runs: dict[tuple[int, str], list[int]] = defaultdict(list)
        for mark in line.marks:
            if mark.run >= 0:
                runs[mark.run, scene.things[mark.thing].root].append(mark.thing)
        for members in runs.values():
            for index, member in enumerate(members):
                peers[member].update(members[max(0, index - REACH) : index + REACH + 1])
    scene.peers = {n: found - {n} for n, found in peers.items()}


def _collect_pairs(scene: Scene) -> None:
    pairs: Pairs = defaultdict(list)
    before: Line | None = None
    for line in scene.lines:
        for i, left in enumerate(line.marks):
            for j in range(i + 1, min(i + 1 + REACH, len(line.marks))):
                right = line.marks[j]
                if left.thing != right.thing:
                    place = Instance(0, (line.number, i), (line.number, j), right.token - left.token)
                    pairs[_key(left.thing, right.thing)].append(place)
        if before is not None:
            _across(before, line, pairs)
        before = line if line.marks else before
    _focus(scene, pairs)
    _far(scene, pairs)
    scene.pairs = {
        key: sorted(found, key=lambda i: (i.gap, i.distance, i.left)) for key, found in pairs.items()
    }


def _key(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _across(first: Line, second: Line, pairs: Pairs) -> None:
    ends = range(len(first.marks))
    near = sorted({*ends[:NEXT_REACH], *ends[-NEXT_REACH:]})
    for i in near:
        for j in range(min(len(second.marks), NEXT_REACH + 2)):
            left, right = first.marks[i], second.marks[j]
            if left.thing != right.thing:
                distance = len(first.tokens) - left.token + right.token
                pairs[_key(left.thing, right.thing)].append(
                    Instance(1, (first.number, i), (second.number, j), distance)
                )


def _focus(scene: Scene, pairs: Pairs) -> None:
    """Pair the names of a sentence with the undertaking of each kind that was spoken of last."""
    last: dict[str, tuple[int, int]] = {}
    for line in scene.lines:
        for root, place in sorted(last.items()):
            hub = scene.lines[place[0]].marks[place[1]].thing
            if not 1 <= line.number - place[0] <= FOCUS_REACH:
                continue
            for j, mark in enumerate(line.marks[:REACH]):
                key = _key(hub, mark.thing)
                if mark.thing != hub and key not in pairs and scene.things[mark.thing].root != root:
                    distance = 30 * (line.number - place[0]) + j
                    pairs[key].append(Instance(2, place, (line.number, j), distance))
        for index, mark in enumerate(line.marks):
            if scene.things[mark.thing].root in FOCUS:
                last[scene.things[mark.thing].root] = line.number, index


def _far(scene: Scene, pairs: Pairs) -> None:
    """Events gather actors from the whole document: pair the few most spoken of with every person and body."""
    hubs = [n for n, t in enumerate(scene.things) if t.root == "Event" and n in scene.lines_of]
    hubs.sort(key=lambda n: (-len(scene.lines_of[n]), n))
    for hub in hubs[:HUBS]:
        place = scene.lines_of[hub][0]
        for number, thing in enumerate(scene.things):
            key = _key(hub, number)
            if (
                thing.root in ("Person", "Organisation", "Place")
                and number in scene.lines_of
                and key not in pairs
            ):
                other = scene.lines_of[number][0]
                left, right = sorted((place, other))
                pairs[key].append(Instance(9, left, right, 99))
