"""What speaks for and against a relation between two things, as short strings that the model has weights for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loaders.extraction.relations.found import Found
from loaders.extraction.scorer_scene import LOOSE, Instance, Line, Mark, Scene

STEPS = (1, 2, 3, 4, 6, 8, 12, 18, 30)
LETTER = {"Person": "P", "Organisation": "O", "Place": "L", "Agreement": "A", "Programme": "G", "Project": "J",
          "Event": "E", "Topic": "T"}  # fmt: skip
STEM = 7
ARTICLES = frozenset(
    ["der", "die", "das", "dem", "den", "ein", "eine", "einen", "einem", "einer", "the", "a", "an"]
)
SMALL = (
    frozenset(
        [
            ",",
            ";",
            ":",
            "(",
            ")",
            "–",
            "-",
            "und",
            "and",
            "sowie",
            "&",
            "des",
            "of",
            "in",
            "im",
            "at",
            "an",
            "am",
            "bei",
            "beim",
            "von",
            "vom",
            "by",
            "für",
            "for",
            "mit",
            "with",
            "nach",
            "to",
            "aus",
            "from",
            "zu",
            "zum",
            "zur",
            "on",
            "auf",
            "als",
            "as",
            "durch",
            "unter",
            "über",
            "neben",
            "dessen",
            "deren",
            "whose",
            "who",
            "which",
            "that",
            "is",
            "are",
            "ist",
            "war",
            "was",
            "were",
            "sind",
            "wird",
            "werden",
            "hat",
            "haben",
            "has",
            "have",
            "'s",
            "’",
            "its",
        ]
    )
    | ARTICLES
)
Pair = tuple[int, int]


@dataclass(slots=True)
class Told:
    """What the rules say about a document, by things' numbers."""

    rules: dict[tuple[str, int, int], str] = field(default_factory=dict)  # relation, source, target -> rule
    between: dict[Pair, set[str]] = field(default_factory=lambda: defaultdict(set))
    from_source: dict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    to_target: dict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    home: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # person <-> body, both ways


def told_by(rules: Sequence[Found], scene: Scene) -> Told:
    """Index the relations that rules found."""
    told = Told()
    for found in rules:
        source = scene.number_of.get(id(found.source))
        target = scene.number_of.get(id(found.target))
        if source is None or target is None:
            continue
        for a, b in (
            ((source, target), (target, source)) if found.type == "cooperatesWith" else ((source, target),)
        ):
            told.rules.setdefault((found.type, a, b), found.rule)
            told.between[a, b].add(found.type)
            told.from_source[found.type, a].add(b)
            told.to_target[found.type, b].add(a)
        if found.type == "affiliatedWith":
            told.home[source].add(target)
            told.home[target].add(source)
    return told


def step(value: int) -> int:
    """The bucket of a count or distance."""
    return bisect_left(STEPS, value)


class Describer:
    """Makes the features of pairs of one document; keeps what several pairs share."""

    def __init__(self, scene: Scene, told: Told) -> None:
        self.scene, self.told = scene, told
        self.letters = [LETTER[t.root] for t in scene.things]
        self.roots: dict[str, int] = defaultdict(int)
        for n, letter in enumerate(self.letters):
            if n in scene.lines_of:
                self.roots[self._kind(n)] += 1
        self._alone: dict[int, list[str]] = {}

    def _kind(self, number: int) -> str:
        return "D" if self.scene.things[number].type == "Delegation" else self.letters[number]

    def pair(self, source: int, target: int, place: Instance) -> list[str]:
        """Features of an ordered pair that do not depend on the relation."""
        scene = self.scene
        left, right = scene.lines[place.left[0]], scene.lines[place.right[0]]
        one, other = left.marks[place.left[1]], right.marks[place.right[1]]
        first = one.thing == source
        order = "<" if first else ">"
        found = ["1", f"o{order}{place.gap}", f"d{place.gap}{order}{step(place.distance)}"]
        kinds = self._kind(source) + self._kind(target)
        found += (f"k{kinds}", f"k{kinds}{order}{place.gap}")
        found += (f"s:{scene.things[source].type}", f"t:{scene.things[target].type}")
        found += (f"st:{scene.things[source].type}:{scene.things[target].type}", "l" + scene.language)
        s_line, s_mark, t_line, t_mark = (left, one, right, other) if first else (right, other, left, one)
        found += self._around(s_line, s_mark, "S")
        found += self._around(t_line, t_mark, "T")
        if place.gap == 0:
            found += self._within(left, one, other, order)
        else:
            found += self._apart(s_line, s_mark, t_line, t_mark, order, place.gap)
        found += self._document(source, "S")
        found += self._document(target, "T")
        found.append(f"co{step(len(scene.pairs[min(source, target), max(source, target)]))}")
        return found

    def _around(self, line: Line, mark: Mark, who: str) -> Iterator[str]:
        tokens, at = line.tokens, mark.token
        before = tokens[at - 1] if at else "^"
        after = tokens[at + 1] if at + 1 < len(tokens) else "$"
        yield f"{who}b:{before[:STEM]}"
        yield f"{who}a:{after[:STEM]}"
        if at > 1:
            yield f"{who}bb:{tokens[at - 2][:STEM]}:{before[:STEM]}"
        if mark.run >= 0:
            yield f"{who}run"
            head = next(m for m in line.marks if m.run == mark.run)
            lead = tokens[head.token - 1] if head.token else "^"
            yield f"{who}rb:{lead[:STEM]}"
        if any(abs(r - at) <= 3 for r in line.roles):
            yield f"{who}role"
        if not mark.mention.name:
            yield f"{who}points"
        if mark.mention.head == "adjective":
            yield f"{who}adj"
        if mark.mention.rule in ("demonym", "found again"):
            yield f"{who}m:{mark.mention.rule}"
        if line.sentence.heading:
            yield f"{who}head"
        if line.bullet:
            yield f"{who}bullet"
        if any(a < at < b for a, b in line.quoted):
            yield f"{who}quoted"

    def _within(self, line: Line, one: Mark, other: Mark, order: str) -> Iterator[str]:
        lo, hi = one.token, other.token
        tokens = line.tokens
        between = tokens[lo + 1 : hi]
        names = "".join(self.letters[m.thing] for m in line.marks if lo < m.token < hi)
        yield f"n{order}{min(len(names), 5)}"
        for letter in set(names):
            yield f"m{order}{letter}"
        if len(between) <= 4:
            yield f"p{order}" + " ".join(w[:STEM] or "_" for w in between)
        if len(between) <= 12:
            shape = self._shape(line, lo, hi)
            yield f"h{order}{shape}"
            yield f"hk{order}{self.letters[one.thing]}{self.letters[other.thing]}{shape}"
        if len(between) <= 15:
            for word in set(between):
                if len(word) > 1:
                    yield f"b{order}{word[:STEM]}"
        for sign in set(between) & {",", ";", ":", "(", ")", "–", "-", "„", "“"}:
            yield f"x{sign}"
        if one.run >= 0 and one.run == other.run:
            yield "same run"
        yield from self._cues(line, lo, hi, order)
        if any(lo < r < hi for r in line.roles):
            yield f"role between{order}"
        yield from self._rivals(line, one, other, order)

    def _shape(self, line: Line, lo: int, hi: int) -> str:
        """The way between two names: small words as they are, role words, cue families and names as signs, others left out."""
        roles = {r for r in line.roles if lo < r < hi}
        cues: dict[int, str] = {}
        for at, cue in line.cues:
            if lo < at < hi and cue not in LOOSE:
                cues.setdefault(at, cue)
        names = {m.token: self.letters[m.thing] for m in line.marks}
        parts: list[str] = []
        for at in range(lo + 1, hi):
            word = line.tokens[at]
            sign = (
                names.get(at)
                or ("†" if at in roles else "")
                or (word if word in SMALL else "")
                or cues.get(at, "w")
            )
            if sign in ARTICLES or (parts and parts[-1] == sign):
                continue
            parts.append(sign)
        return " ".join(parts)

    def _cues(self, line: Line, lo: int, hi: int, order: str) -> Iterator[str]:
        seen: set[str] = set()
        for at, cue in line.cues:
            if cue in LOOSE:
                if not (lo < at < hi and (at - lo < 4 or hi - at < 4)):
                    continue
                where = "M"
            else:
                where = "B" if at < lo else "A" if at > hi else "M"
                if where == "M":
                    seen.add(f"c:{cue}")
            seen.add(f"c:{cue}{where}{order}")
            if abs(at - lo) <= 3:
                seen.add(f"c1{order}{cue}")
            if abs(at - hi) <= 3:
                seen.add(f"c2{order}{cue}")
        return iter(sorted(seen))

    def _rivals(self, line: Line, one: Mark, other: Mark, order: str) -> Iterator[str]:
        """How many names of the same kind stand nearer."""
        for who, mark, center in (("1", one, other.token), ("2", other, one.token)):
            distance = abs(mark.token - center)
            nearer = sum(
                self.letters[m.thing] == self.letters[mark.thing]
                and m is not mark
                and abs(m.token - center) < distance
                and m.thing != mark.thing
                for m in line.marks
            )
            yield f"riv{who}{order}{min(nearer, 3)}"

    def _apart(
        self, s_line: Line, s_mark: Mark, t_line: Line, t_mark: Mark, order: str, gap: int
    ) -> Iterator[str]:
        for cue in sorted({c for _, c in s_line.cues if c not in LOOSE}):
            yield f"cS{gap}{cue}"
        for cue in sorted({c for _, c in t_line.cues if c not in LOOSE}):
            yield f"cT{gap}{cue}"
        for who, line, mark in (("S", s_line, s_mark), ("T", t_line, t_mark)):
            same = [m for m in line.marks if self.letters[m.thing] == self.letters[mark.thing]]
            yield f"{who}alone{gap}{min(len({m.thing for m in same}), 3)}"
            yield f"{who}at{gap}{min(line.marks.index(mark), 2)}"
        if gap == 1 and s_line.sentence.paragraph != t_line.sentence.paragraph:
            yield "paragraph"

    def _document(self, number: int, who: str) -> list[str]:
        known = self._alone.get(number)
        if known is None:
            places = self.scene.lines_of.get(number, [])
            first = places[0][0] if places else 99
            kind = self._kind(number)
            known = [f"f{min(first, 4)}", f"q{step(len(places))}", f"only{kind}{min(self.roots[kind], 4)}"]
            if self.scene.things[number].weak:
                known.append("weak")
            self._alone[number] = known
        return [who + f for f in known]

    def rules(self, relation: str, source: int, target: int) -> Iterator[str]:
        """Features that tell what the rules say about this relation of this pair and of its neighbours."""
        told, peers = self.told, self.scene.peers
        rule = told.rules.get((relation, source, target))
        if rule is not None:
            yield "R"
            yield f"R:{rule}"
        else:
            yield "R-"
        for other in sorted(told.between.get((source, target), ())):
            if other != relation:
                yield f"Ro:{other}"
        for other in sorted(told.between.get((target, source), ())):
            yield f"Ri:{other}"
        from_source = told.from_source.get((relation, source), set()) - {target}
        to_target = told.to_target.get((relation, target), set()) - {source}
        yield f"Rs{min(len(from_source), 3)}"
        yield f"Rt{min(len(to_target), 3)}"
        if to_target & peers.get(source, set()):
            yield "Rps"
        if from_source & peers.get(target, set()):
            yield "Rpt"
        if to_target & told.home.get(source, set()):
            yield "Rhs"
        if from_source & told.home.get(target, set()):
            yield "Rht"
        if (relation, "") and self.letters[source] == "P":
            yield f"Rhome{min(len(told.home.get(source, ())), 2)}"
        for other in ("signed", "partyTo", "participatesIn", "visited", "organises", "coordinates"):
            if other != relation and target in told.from_source.get((other, source), ()):
                yield f"Rx{other}"
            if (other, source) in told.from_source:
                yield f"Rf{other}"
