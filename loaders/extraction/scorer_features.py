"""What speaks for and against a relation between two things, as short strings that the model has weights for.

No feature holds a name: words stand for themselves only where they are not part of one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loaders.extraction.relations.found import Found
from loaders.extraction.scorer_scene import LOOSE, REACH, Instance, Line, Scene

STEPS = (1, 2, 3, 4, 6, 8, 12, 18, 30)  # bounds of the buckets of counts and distances
LETTER = {"Person": "P", "Organisation": "O", "Place": "L", "Agreement": "A", "Programme": "G", "Project": "J",
          "Event": "E", "Topic": "T"}  # fmt: skip
STEM = 7  # characters of a word that count: enough to tell words apart, few enough to join their forms
WINDOW = 40  # tokens around a pair in which cue words count
ARTICLES = frozenset(re.findall(r"\w+", "der die das dem den ein eine einen einem einer the a an"))
SMALL = ARTICLES | frozenset(
    re.findall(
        r"\S+",
        ", ; : ( ) – - und and sowie & des of in im at an am bei beim von vom by für for mit with nach to aus from zu zum zur on "
        "auf als as durch unter über neben dessen deren whose who which that is are ist war was were sind wird werden hat haben "
        "has have 's ’ its",
    )
)
MARKS = frozenset((",", ";", ":", "(", ")", "–", "-", "„", "“"))
CARRIED = ("signed", "partyTo", "participatesIn", "visited", "organises", "coordinates")
NONE: frozenset[int] = frozenset()
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
        ways = [(source, target), (target, source)] if found.type == "cooperatesWith" else [(source, target)]
        for a, b in ways:
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
        self.letters = [LETTER.get(t.root, "?") for t in scene.things]
        self.kinds: dict[str, int] = defaultdict(int)
        for number in scene.lines_of:
            self.kinds[self._kind(number)] += 1
        self._alone: dict[int, list[str]] = {}
        self._near: dict[tuple[int, int], list[str]] = {}
        self._families: dict[int, list[str]] = {}
        self._does: dict[int, list[str]] = {}

    def pair(self, source: int, target: int, place: Instance) -> list[str]:
        """Features of an ordered pair that do not depend on the relation; without repeats, order fixed."""
        scene, gap = self.scene, place.gap
        first = scene.lines[place.left[0]].marks[place.left[1]].thing == source
        order = "<" if first else ">"
        kinds = self._kind(source) + self._kind(target)
        types = scene.things[source].type, scene.things[target].type
        found = ["1", f"o{order}{gap}", f"d{gap}{order}{step(place.distance)}", f"k{kinds}", f"k{kinds}{order}{gap}",
                 f"s:{types[0]}", f"t:{types[1]}", f"st:{types[0]}:{types[1]}", "l" + scene.language]  # fmt: skip
        s_at, t_at = (place.left, place.right) if first else (place.right, place.left)
        found += ["S" + f for f in self._around(s_at)]
        found += ["T" + f for f in self._around(t_at)]
        if gap == 0:
            found += self._within(scene.lines[place.left[0]], place.left[1], place.right[1], order)
        else:
            found += self._apart(s_at, t_at, gap)
        found += ["S" + f for f in self._document(source)]
        found += ["T" + f for f in self._document(target)]
        found.append(f"co{step(len(scene.pairs[min(source, target), max(source, target)]))}")
        return list(dict.fromkeys(found))

    def rules(self, relation: str, source: int, target: int) -> list[str]:
        """What the rules say about this relation of this pair and of its neighbours."""
        told = self.told
        rule = told.rules.get((relation, source, target))
        found = ["R-"] if rule is None else ["R", f"R:{rule}"]
        found += [f"Ro:{o}" for o in sorted(told.between.get((source, target), ())) if o != relation]
        found += [f"Ri:{o}" for o in sorted(told.between.get((target, source), ()))]
        from_source = told.from_source.get((relation, source), NONE) - {target}
        to_target = told.to_target.get((relation, target), NONE) - {source}
        found += (f"Rs{min(len(from_source), 3)}", f"Rt{min(len(to_target), 3)}")
        if to_target:
            found += ["Rps"] * bool(to_target & self.scene.peers.get(source, NONE))
            found += ["Rhs"] * bool(to_target & told.home.get(source, NONE))
        if from_source:
            found += ["Rpt"] * bool(from_source & self.scene.peers.get(target, NONE))
            found += ["Rht"] * bool(from_source & told.home.get(target, NONE))
        found += self._carried(source)
        return found

    def _carried(self, source: int) -> list[str]:
        """What the source does by rule elsewhere, and whether a person has a body."""
        known = self._does.get(source)
        if known is None:
            known = [f"Rf{o}" for o in CARRIED if (o, source) in self.told.from_source]
            if self.letters[source] == "P":
                known.append(f"Rhome{min(len(self.told.home.get(source, NONE)), 2)}")
            self._does[source] = known
        return known

    def _kind(self, number: int) -> str:
        return "D" if self.scene.things[number].type == "Delegation" else self.letters[number]

    def _around(self, at: tuple[int, int]) -> list[str]:
        known = self._near.get(at)
        if known is None:
            known = self._near[at] = list(self._beside(self.scene.lines[at[0]], at[1]))
        return known

    def _beside(self, line: Line, index: int) -> Iterator[str]:
        """The words beside a name, the word before its list, and in what kind of sentence it stands."""
        tokens, mark = line.tokens, line.marks[index]
        at = mark.token
        before = tokens[at - 1][:STEM] if at else "^"
        yield f"b:{before}"
        yield f"a:{tokens[at + 1][:STEM] if at + 1 < len(tokens) else '$'}"
        if at > 1:
            yield f"bb:{tokens[at - 2][:STEM]}:{before}"
        if mark.run >= 0:
            head = index
            while head and index - head < REACH and line.marks[head - 1].run == mark.run:
                head -= 1
            lead = line.marks[head].token
            yield "run"
            yield f"rb:{tokens[lead - 1][:STEM] if lead else '^'}"
        role = bisect_left(line.roles, at - 3)
        flags = (
            ("role", role < len(line.roles) and line.roles[role] <= at + 3),
            ("points", not mark.mention.name),
            ("adj", mark.mention.head == "adjective"),
            ("head", line.sentence.heading),
            ("bullet", line.bullet),
            ("quoted", _is_quoted(line, at)),
        )
        yield from (name for name, holds in flags if holds)

    def _within(self, line: Line, i: int, j: int, order: str) -> Iterator[str]:
        """Both stand in one sentence: what lies between them, cue words around, rivals."""
        lo, hi = line.marks[i].token, line.marks[j].token
        between = line.tokens[lo + 1 : hi]
        names = [self.letters[m.thing] for m in line.marks[i + 1 : j]]
        yield f"n{order}{min(len(names), 5)}"
        yield from (f"m{order}{letter}" for letter in names)
        if len(between) <= 4:
            yield f"p{order}" + " ".join(w[:STEM] or "_" for w in between)
        if len(between) <= 12:
            shape = self._shape(line, i, j)
            yield f"h{order}{shape}"
            yield f"hk{order}{self.letters[line.marks[i].thing]}{self.letters[line.marks[j].thing]}{shape}"
        if len(between) <= 15:
            yield from (f"b{order}{word[:STEM]}" for word in between if len(word) > 1)
        yield from (f"x{word}" for word in between if word in MARKS)
        if line.marks[i].run >= 0 and line.marks[i].run == line.marks[j].run:
            yield "same run"
        if bisect_right(line.roles, hi) > bisect_right(line.roles, lo):
            yield f"role between{order}"
        yield from self._cues(line, lo, hi, order)
        yield from self._rivals(line, i, j, order)

    def _shape(self, line: Line, i: int, j: int) -> str:
        """The way between two names: small words as they are; roles, cue families and names as signs."""
        lo, hi = line.marks[i].token, line.marks[j].token
        roles = set(line.roles[bisect_right(line.roles, lo) : bisect_left(line.roles, hi)])
        cues: dict[int, str] = {}
        for at, cue in line.cues[bisect_right(line.cue_at, lo) : bisect_left(line.cue_at, hi)]:
            if cue not in LOOSE:
                cues.setdefault(at, cue)
        names = {m.token: self.letters[m.thing] for m in line.marks[i + 1 : j]}
        parts: list[str] = []
        for at in range(lo + 1, hi):
            word = line.tokens[at]
            sign = names.get(at) or ("†" if at in roles else word if word in SMALL else cues.get(at, "w"))
            if sign not in ARTICLES and parts[-1:] != [sign]:
                parts.append(sign)
        return " ".join(parts)

    def _cues(self, line: Line, lo: int, hi: int, order: str) -> Iterator[str]:
        """Families of cue words before (B), between (M) and after (A) the pair, and close to either end."""
        start, end = bisect_left(line.cue_at, lo - WINDOW), bisect_right(line.cue_at, hi + WINDOW)
        for at, cue in line.cues[start:end]:
            where = "B" if at < lo else "A" if at > hi else "M"
            if cue in LOOSE:
                if where != "M" or (at - lo >= 4 and hi - at >= 4):
                    continue
            elif where == "M":
                yield f"c:{cue}"
            yield f"c:{cue}{where}{order}"
            if abs(at - lo) <= 3:
                yield f"c1{order}{cue}"
            if abs(at - hi) <= 3:
                yield f"c2{order}{cue}"

    def _rivals(self, line: Line, i: int, j: int, order: str) -> Iterator[str]:
        """How many other names of the same kind stand nearer."""
        near = line.marks[max(0, i - REACH) : j + REACH]
        for who, mark, center in (
            ("1", line.marks[i], line.marks[j].token),
            ("2", line.marks[j], line.marks[i].token),
        ):
            letter, distance = self.letters[mark.thing], abs(mark.token - center)
            nearer = sum(
                abs(m.token - center) < distance and m.thing != mark.thing and self.letters[m.thing] == letter
                for m in near
            )
            yield f"riv{who}{order}{min(nearer, 3)}"

    def _apart(self, s_at: tuple[int, int], t_at: tuple[int, int], gap: int) -> Iterator[str]:
        """They stand in different sentences: the cue words of both, and how alone each is in its own."""
        for who, (number, index) in (("S", s_at), ("T", t_at)):
            line = self.scene.lines[number]
            yield from (f"c{who}{gap}{cue}" for cue in self._cue_families(line))
            letter = self.letters[line.marks[index].thing]
            near = line.marks[max(0, index - REACH) : index + REACH]
            alone = len({m.thing for m in near if self.letters[m.thing] == letter})
            yield f"{who}alone{gap}{min(alone, 3)}"
            yield f"{who}at{gap}{min(index, 2)}"
        if gap == 1 and len({self.scene.lines[n].sentence.paragraph for n, _ in (s_at, t_at)}) > 1:
            yield "paragraph"

    def _cue_families(self, line: Line) -> list[str]:
        known = self._families.get(line.number)
        if known is None:
            known = self._families[line.number] = sorted({c for _, c in line.cues if c not in LOOSE})
        return known

    def _document(self, number: int) -> list[str]:
        """Where a thing is named first, how often, and how many of its kind there are."""
        known = self._alone.get(number)
        if known is None:
            places = self.scene.lines_of[number]
            kind = self._kind(number)
            known = [
                f"f{min(places[0][0], 4)}",
                f"q{step(len(places))}",
                f"only{kind}{min(self.kinds[kind], 4)}",
            ]
            if self.scene.things[number].weak:
                known.append("weak")
            self._alone[number] = known
        return known


def _is_quoted(line: Line, at: int) -> bool:
    spot = bisect_left(line.quoted, (at, at)) - 1
    return spot >= 0 and line.quoted[spot][0] < at < line.quoted[spot][1]
