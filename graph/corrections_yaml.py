"""The text of corrections.yaml becomes entries, or an error that names file, line, entry and way out.

Scalars are taken as they are written: in YAML's own reading the country code NO would be `false`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import yaml

from graph.corrections import (
    AddNode,
    AddRelation,
    Correction,
    Corrections,
    NotSame,
    Origin,
    Reference,
    Same,
    Wrong,
)
from ontology.errors import CorrectionError, InvalidValue, unknown
from ontology.model import Modality, check_date
from ontology.vocabulary import vocabulary

NOTES = ("reason", "author", "date")
RELATION_OPTIONS = ("role", "modality", "amount", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file a value stands, for messages."""

    file: str
    entry: int

    def error(self, node: yaml.Node, problem: str) -> CorrectionError:
        return CorrectionError(f"{self.file}:{node.start_mark.line + 1}: entry {self.entry}: {problem}")


def parse(text: str, *, file: str) -> Corrections:
    """Raises CorrectionError at the first entry that cannot be understood."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise CorrectionError(f"{file}{line}: no YAML: {getattr(error, 'problem', error)}") from error
    except RecursionError as error:
        raise CorrectionError(
            f"{file}: brackets or indents are nested too deeply to be read: write a list of entries, or restore "
            f"the file from a copy"
        ) from error
    if root is None or (isinstance(root, yaml.ScalarNode) and not root.value):
        return Corrections(file=file)
    if not isinstance(root, yaml.SequenceNode):
        raise CorrectionError(
            f"{file}:{root.start_mark.line + 1}: write a list of entries, each beginning with '- same:', "
            f"'- not-same:', '- wrong:' or '- add:'"
        )
    entries = (_entry(node, Place(file, number)) for number, node in enumerate(root.value, start=1))
    return Corrections(file=file, entries=tuple(entries))


def _entry(node: yaml.Node, place: Place) -> Correction:
    fields = _fields(node, place, allowed=(*KINDS, *NOTES))
    kinds = [name for name in fields if name in KINDS]
    if len(kinds) != 1:
        raise place.error(node, f"an entry has exactly one of {', '.join(KINDS)}; this one has {len(kinds)}")
    notes = {name: _text(fields[name], place) for name in NOTES if name in fields}
    _date(notes.get("date", ""), "date", node, place)
    origin = Origin(
        entry=place.entry,
        line=node.start_mark.line + 1,
        reason=notes.get("reason", ""),
        author=notes.get("author", ""),
        date=notes.get("date", ""),
    )
    return KINDS[kinds[0]](fields[kinds[0]], origin, place)


def _same(node: yaml.Node, origin: Origin, place: Place) -> Correction:
    return Same(origin=origin, nodes=_references(node, place))


def _not_same(node: yaml.Node, origin: Origin, place: Place) -> Correction:
    return NotSame(origin=origin, nodes=_references(node, place))


def _wrong(node: yaml.Node, origin: Origin, place: Place) -> Correction:
    fields = _fields(node, place, allowed=("source", "type", "target"), required=("source", "type", "target"))
    return Wrong(
        origin=origin,
        source=_reference(fields["source"], place),
        type=_relation_type(fields["type"], place),
        target=_reference(fields["target"], place),
    )


def _add(node: yaml.Node, origin: Origin, place: Place) -> Correction:
    if not isinstance(node, yaml.MappingNode):
        raise place.error(node, "write {type, name} for a node or {source, type, target} for a relation")
    if any(key.value == "name" for key, _ in node.value):
        return _add_node(node, origin, place)
    return _add_relation(node, origin, place)


def _add_node(node: yaml.Node, origin: Origin, place: Place) -> AddNode:
    fields = _fields(node, place, allowed=("type", "name", "aliases"), required=("type", "name"))
    aliases = fields.get("aliases")
    if aliases is not None and not isinstance(aliases, yaml.SequenceNode):
        raise place.error(aliases, "write aliases as a list: [BMR, Business Metropole Ruhr]")
    return AddNode(
        origin=origin,
        type=_class(fields["type"], place),
        name=_text(fields["name"], place),
        aliases=tuple(_text(alias, place) for alias in aliases.value) if aliases else (),
    )


def _add_relation(node: yaml.Node, origin: Origin, place: Place) -> AddRelation:
    required = ("source", "type", "target")
    fields = _fields(node, place, allowed=(*required, *RELATION_OPTIONS), required=required)
    if not origin.reason:
        raise place.error(node, "an added relation needs a reason: it is the evidence that others will read")
    texts = {name: _text(fields[name], place) for name in RELATION_OPTIONS if name in fields}
    for name in ("valid_from", "valid_to"):
        _date(texts.get(name, ""), name, node, place)
    modality = texts.get("modality", Modality.STATED.value)
    if modality not in set(Modality):
        raise place.error(fields["modality"], unknown("modality", modality, Modality))
    return AddRelation(
        origin=origin,
        source=_reference(fields["source"], place),
        type=_relation_type(fields["type"], place),
        target=_reference(fields["target"], place),
        role=texts.get("role", ""),
        modality=Modality(modality),
        amount=texts.get("amount", ""),
        valid_from=texts.get("valid_from", ""),
        valid_to=texts.get("valid_to", ""),
    )


KINDS: Mapping[str, Callable[[yaml.Node, Origin, Place], Correction]] = {
    "same": _same,
    "not-same": _not_same,
    "wrong": _wrong,
    "add": _add,
}


def _references(node: yaml.Node, place: Place) -> tuple[Reference, ...]:
    if not isinstance(node, yaml.SequenceNode) or len(node.value) < 2:
        raise place.error(node, "write a list of at least two nodes: [BMR, Business Metropole Ruhr GmbH]")
    return tuple(_reference(item, place) for item in node.value)


def _reference(node: yaml.Node, place: Place) -> Reference:
    """A name or an id, or {name or id: ..., type: ...}."""
    if isinstance(node, yaml.ScalarNode):
        return Reference(text=_text(node, place))
    fields = _fields(node, place, allowed=("id", "name", "type"))
    named = [fields[key] for key in ("id", "name") if key in fields]
    if len(named) != 1:
        raise place.error(node, "name a node by its name or its id: {name: Québec, type: Region}")
    type = _class(fields["type"], place) if "type" in fields else ""
    return Reference(text=_text(named[0], place), type=type)


def _fields(
    node: yaml.Node, place: Place, *, allowed: tuple[str, ...], required: tuple[str, ...] = ()
) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise place.error(node, f"write fields in the form 'name: value'; allowed are {', '.join(allowed)}")
    fields: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = _text(key, place)
        if name not in allowed:
            raise place.error(key, unknown("field", name, allowed))
        if name in fields:
            raise place.error(key, f"field {name!r} stands twice: write a second entry")
        fields[name] = value
    if missing := [name for name in required if name not in fields]:
        raise place.error(node, f"missing {', '.join(missing)}")
    return fields


def _text(node: yaml.Node, place: Place) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise place.error(node, "write a text here")
    return str(node.value).strip()


def _class(node: yaml.Node, place: Place) -> str:
    try:
        return vocabulary().check_type(_text(node, place))
    except InvalidValue as error:
        raise place.error(node, str(error)) from error


def _relation_type(node: yaml.Node, place: Place) -> str:
    name = _text(node, place)
    if name in vocabulary().relations:
        return name
    raise place.error(node, unknown("relation", name, vocabulary().relations))


def _date(value: str, field: str, node: yaml.Node, place: Place) -> None:
    try:
        check_date(field, value)
    except InvalidValue as error:
        raise place.error(node, str(error)) from error
