"""The named questions, discovered from the files of this folder: adding a question is adding files.

A question is `NAME.cypher` and `NAME.rq`. The Cypher file opens with comments that say what it is about:

    // en: Which people belong to a body          one line of summary in English
    // de: Welche Menschen zu einer Stelle gehören    and in German
    // $body (Organisation|Place): the body       a parameter: classes or a type of TYPES, what it means
    // $since (date = ""): earliest start         with a default it may be left out
    // columns: person, person_name, role         the columns, the same ones in both languages

Files whose name begins with "_" are texts that questions need, not questions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ontology.errors import NotFound, QueryError, unknown
from ontology.vocabulary import vocabulary

HERE = Path(__file__).parent
SUFFIXES = {"cypher": ".cypher", "sparql": ".rq"}
TYPES = ("node", "document", "date", "text")  # besides classes of the vocabulary
PARAMETER = re.compile(r'// \$([a-z_]+) \(([A-Za-z|]+)(?: = "([^"]*)")?\): (.+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a question asks for.

    `types` are classes, of which the node must be one, or one word of TYPES: "node" is a node of any
    class, "document" a document, "date" an ISO date of year, month or day precision, "text" any text.
    A parameter without `default` must be given.
    """

    name: str
    types: tuple[str, ...]
    description: str
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A named question: the same parameters and the same columns in both languages."""

    name: str
    summary_en: str
    summary_de: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]

    @property
    def usage(self) -> str:
        """How it is asked: "timeline [since=DATE] [until=DATE]"."""
        words = (f"{p.name}={'|'.join(p.types).upper()}" for p in self.parameters)
        marks = (w if p.default is None else f"[{w}]" for w, p in zip(words, self.parameters, strict=True))
        return " ".join((self.name, *marks))


@cache
def questions() -> Mapping[str, Question]:
    """Every question by its name, sorted by name. Raises QueryError where a file breaks the form above."""
    names = sorted(path.stem for path in HERE.glob("*.cypher") if not path.stem.startswith("_"))
    return MappingProxyType({name: read_question(name, text(name, "cypher")) for name in names})


def question(name: str) -> Question:
    """The question of that name. Raises NotFound with the nearest name."""
    if name not in questions():
        hint = "'innograph questions' lists them with their parameters."
        raise NotFound(unknown("question", name, questions(), hint=hint))
    return questions()[name]


@cache
def text(name: str, language: str) -> str:
    """The text of a question, or of a helper such as "_names", in "cypher" or "sparql"."""
    path = HERE / (name + SUFFIXES[language])
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise QueryError(f"{path.name} is missing: a question needs a .cypher and a .rq file") from None


def read_question(name: str, cypher: str) -> Question:
    """Read the comments at the head of a question's Cypher text. Raises QueryError naming what is missing."""
    head = [line for line in cypher.splitlines() if line.startswith("//")]
    columns = tuple(column.strip() for column in headed(name, head, "columns").split(","))
    parameters = tuple(read_parameter(name, line) for line in head if line.startswith("// $"))
    body = "\n".join(line for line in cypher.splitlines() if not line.startswith("//"))
    check_described(name, set(re.findall(r"\$(\w+)", body)), {p.name for p in parameters}, columns)
    return Question(
        name=name,
        summary_en=headed(name, head, "en"),
        summary_de=headed(name, head, "de"),
        parameters=parameters,
        columns=columns,
    )


def headed(name: str, head: list[str], key: str) -> str:
    """What the comment `// key: ...` says. Raises QueryError if there is none."""
    for line in head:
        if line.startswith(f"// {key}: "):
            return line.removeprefix(f"// {key}: ").strip()
    raise QueryError(f"{name}.cypher: add a comment line '// {key}: ...' at its head")


def check_described(name: str, used: set[str], described: set[str], columns: tuple[str, ...]) -> None:
    """Raise QueryError unless the parameters of text and comments are the same, and none is a column."""
    if odd := sorted(used ^ described):
        raise QueryError(
            f"{name}.cypher: {', '.join(odd)}: describe each parameter of the text, and no other"
        )
    if taken := sorted(used & set(columns)):  # in SPARQL, $name and ?name are one variable
        raise QueryError(f"{name}.cypher: {', '.join(taken)} is a parameter and a column: rename one")


def read_parameter(name: str, line: str) -> Parameter:
    """Read one line such as `// $since (date = ""): earliest start`."""
    found = PARAMETER.fullmatch(line)
    if not found:
        raise QueryError(
            f'{name}.cypher: {line!r}: write // $name (Class|Class): words, or (date = ""): words'
        )
    types = tuple(found[2].split("|"))
    for word in types:
        if word not in TYPES and word not in vocabulary().classes:
            raise QueryError(
                f"{name}.cypher: {unknown('parameter type', word, (*TYPES, *vocabulary().classes))}"
            )
    return Parameter(name=found[1], types=types, description=found[4], default=found[3])
