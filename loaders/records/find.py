"""Which mapping belongs to a table: the one beside it, else a shipped one that knows its columns."""

from __future__ import annotations

from pathlib import Path

from loaders.records.mapping import parse_mapping
from loaders.records.rules import Mapping
from loaders.records.table import Header, TableFile, read_header
from ontology.errors import SourceError

SHIPPED = Path(__file__).parent / "mappings"
SUFFIX = ".mapping.yaml"
SIZE_LIMIT = 1_000_000  # bytes; a mapping is a page of text


def mapping_beside(path: Path) -> Path | None:
    """The mapping file of a table (`projects.mapping.yaml` for `projects.csv`), or None."""
    beside = path.with_name(path.stem + SUFFIX)
    return beside if beside.is_file() else None


def load_mapping(path: Path, *, source: str = "") -> Mapping:
    """Read a mapping file. Raises SourceError."""
    source = source or path.name
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise SourceError(
                f"a mapping has at most {SIZE_LIMIT:,} bytes: is this the table?", source=source
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"it cannot be read ({error.strerror}): check the path", source=source) from error
    except UnicodeDecodeError as error:
        raise SourceError("a mapping is UTF-8 text: save it as such", source=source) from error
    return parse_mapping(text, source=source, name=path.name.removesuffix(SUFFIX).removesuffix(".yaml"))


def shipped_mappings() -> list[Mapping]:
    """The mappings that come with innograph, sorted by name."""
    return [load_mapping(path) for path in sorted(SHIPPED.glob("*.yaml"))]


def fitting_mapping(table: TableFile) -> tuple[Mapping, Header]:
    """The shipped mapping whose `match` columns the table has; the one with the most of them.

    Raises SourceError where none fits.
    """
    found: list[tuple[Mapping, Header]] = []
    for mapping in shipped_mappings():
        header = read_header(table, mapping.form, mapping.columns())
        if mapping.match and set(mapping.match) <= set(header.columns):
            found.append((mapping, header))
    if not found:
        beside = table.path.stem + SUFFIX
        known = ", ".join(mapping.name for mapping in shipped_mappings())
        problem = (
            f"no mapping says what its columns mean: write {beside} beside it, or name one with --mapping; "
            f"tables known without one: {known}"
        )
        raise SourceError(problem, source=table.source)
    return max(found, key=lambda pair: len(pair[0].match))


def check_columns(mapping: Mapping, header: Header, *, source: str) -> None:
    """Raise SourceError unless the table has every column that the mapping reads."""
    missing = [column for column in mapping.columns() if column not in header.columns]
    if missing:
        problem = (
            f"column(s) {', '.join(map(repr, missing))} of mapping {mapping.source} are missing; "
            f"line {header.last_line} has {', '.join(map(repr, header.columns))}: "
            "correct the names in the mapping, or its skip and delimiter"
        )
        raise SourceError(problem, source=source)
