"""The command line: parses, opens, delegates, prints. Data goes to stdout, messages to stderr.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 invalid data found.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from graph.atlas import Atlas
    from graph.fold import Folding
    from graph.stores import Rows
    from loaders.batch import Result

VERSION = "0.1.0"
INVALID_DATA = 3
HERE = Path(__file__).parent
P = ParamSpec("P")
R = TypeVar("R")


def say(message: str) -> None:
    """Print a message for people to stderr."""
    click.echo(message, err=True)


def in_one_line(command: Callable[P, R]) -> Callable[P, R]:
    """Show an error that was raised on purpose as one line, without a traceback."""

    @wraps(command)
    def shown(*args: P.args, **kwargs: P.kwargs) -> R:
        from ontology.errors import GraphError

        try:
            return command(*args, **kwargs)
        except GraphError as error:
            raise click.ClickException(str(error)) from error

    return shown


class Commands(click.Group):
    """A group that offers the nearest command for a slip."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Raises click.UsageError with the nearest command."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            from ontology.errors import unknown

            ctx.fail(unknown("command", args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="innograph")
def main() -> None:
    """A knowledge graph of innovation actors, from press releases and records.

    innograph init FOLDER makes an atlas; load fills it; query, ask and export use it.
    """


in_atlas = click.option(
    "--atlas", "-a", "folder", type=click.Path(path_type=Path), envvar="INNOGRAPH_ATLAS", default=Path(),
    help="Folder of the atlas; INNOGRAPH_ATLAS sets it too.  [default: this folder]",
)  # fmt: skip
row_format = click.option(
    "--format", "-f", "form", type=click.Choice(["table", "json", "jsonl", "csv", "tsv"]), default="table",
    show_default=True, help="How rows are written.",
)  # fmt: skip
as_json = click.option("--json", "is_json", is_flag=True, help="Write the result as JSON.")
quiet = click.option("--quiet", "-q", is_flag=True, help="No messages but errors.")


def open_atlas(folder: Path) -> Atlas:
    """Open an atlas; what takes time is told on stderr."""
    from graph.atlas import Atlas

    return Atlas.open(folder, notify=say)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@in_one_line
def init(folder: Path) -> None:
    """Make a new atlas in FOLDER, with a commented config and corrections file."""
    from graph.atlas import Atlas

    with Atlas.create(folder):
        say(f"made an atlas in {folder}: load press releases with `innograph load -a {folder} FILES`")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the graphs.",
)
@in_one_line
def extract(files: Sequence[Path], output: Path) -> None:
    """Write the graph of each document as node-link JSON into OUTPUT; nothing is stored."""
    from graph.single import single
    from loaders.batch import Read, read_batch
    from loaders.sources import find_sources
    from ontology.errors import SourceError
    from views.node_link import node_link

    output.mkdir(parents=True, exist_ok=True)
    written: dict[str, str] = {}
    failed = 0
    for result in read_batch(find_sources(files), is_known=lambda _uri, _mark: False, workers=_workers()):
        if isinstance(result, Read) and (other := written.get(result.source.path.stem)):
            problem = f"its graph would replace that of {other}: extract it into another folder"
            result = SourceError(problem, source=result.source.name)
        if not isinstance(result, Read):
            failed += 1
            say(f"failed: {result}")
            continue
        graph = single(result.document, result.facts)
        (output / f"{result.source.path.stem}.json").write_text(node_link(graph), encoding="utf-8")
        written[result.source.path.stem] = result.source.name
        failed += bool(result.problems)
        for row in result.problems:
            say(f"skipped: {row}")
    _end(failed, f"{len(written)} graphs written to {output}")


def _workers() -> int:
    return min(os.cpu_count() or 1, 8)


def _end(failed: int, done: str, *, is_quiet: bool = False) -> None:
    """Say what was done; exit with 3 if something failed."""
    if not is_quiet or failed:
        say(f"{done}, {failed} failed" if failed else done)
    if failed:
        sys.exit(INVALID_DATA)


@main.command()
@in_atlas
@click.argument("paths", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="Mapping for tables (YAML).")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="Processes that read.  [default: cores]"
)
@click.option("--dry-run", is_flag=True, help="Read everything, store nothing.")
@as_json
@quiet
@in_one_line
def load(
    folder: Path,
    paths: Sequence[Path],
    mapping: Path | None,
    workers: int | None,
    dry_run: bool,
    is_json: bool,
    quiet: bool,
) -> None:
    """Load press releases, tables, and folders of them into the atlas.

    A bad file or row is reported and the rest goes on; then the exit code is 3. Loading again is safe: a source
    that has not changed is left alone, one that has changed replaces what it said before.
    """
    with open_atlas(folder) as atlas:
        counts, failed = load_into(
            atlas, paths, mapping=mapping, workers=workers or _workers(), dry_run=dry_run, quiet=quiet
        )
    if is_json:
        click.echo(json.dumps({"failed": failed, **dict(sorted(counts.items()))}, ensure_ascii=False))
    words = ", ".join(f"{n} {word}" for word, n in sorted(counts.items())) or "nothing loaded"
    _end(failed, ("would load: " if dry_run else "") + words, is_quiet=quiet)


def load_into(
    atlas: Atlas, paths: Sequence[Path], *, mapping: Path | None, workers: int, dry_run: bool, quiet: bool
) -> tuple[Counter[str], int]:
    """Load sources, one transaction each. Returns outcomes by word, and how many failed."""
    from loaders.batch import read_batch
    from loaders.sources import find_sources

    counts: Counter[str] = Counter()
    failed = 0
    with atlas.loading() as ledger:
        sources = list(find_sources(_local(paths)))
        results = read_batch(sources, is_known=ledger.has, mapping=mapping, workers=workers)
        for result in _with_progress(results, len(sources), quiet=quiet):
            failed += _keep(atlas, result, counts, dry_run=dry_run)
    return counts, failed


def _local(paths: Sequence[Path]) -> Sequence[Path]:
    from ontology.errors import SourceError

    for path in paths:
        if "://" in str(path) or str(path).startswith(("http:/", "https:/")):
            raise SourceError("URLs are not read yet: save the page and load the file", source=str(path))
    return paths


def _with_progress(results: Iterator[Result], length: int, *, quiet: bool) -> Iterator[Result]:
    """Show a bar on a terminal only."""
    if quiet or length < 2 or not sys.stderr.isatty():
        yield from results
        return
    with click.progressbar(results, length=length, label="loading", file=sys.stderr) as bar:
        yield from bar


def _keep(atlas: Atlas, result: Result, counts: Counter[str], *, dry_run: bool) -> int:
    """Store one result and count it. Returns how many problems it had."""
    from loaders.batch import Known, Read
    from ontology.errors import SourceError

    if isinstance(result, Known):
        counts["unchanged"] += 1
        return 0
    if not isinstance(result, Read):
        say(f"failed: {result}")
        return 1
    try:
        if dry_run:
            for _ in result.facts:
                pass
            counts["readable"] += 1
        else:
            outcome = atlas.ledger.put(
                result.document, source=result.source.uri, facts=result.facts, fingerprint=result.fingerprint
            )
            counts[outcome.value] += 1
    except SourceError as error:  # a table can turn out unreadable in the middle: nothing of it is kept
        say(f"failed: {error}")
        return 1
    for row in result.problems:
        say(f"skipped: {row}")
    return len(result.problems)


@main.command()
@in_atlas
@as_json
@in_one_line
def status(folder: Path, is_json: bool) -> None:
    """Show what the atlas holds: documents, nodes and relations by type, doubts, stores."""
    from graph.atlas import STORES
    from graph.sandbox import store_for

    with open_atlas(folder) as atlas:
        folding = atlas.folding()
        stores = {
            language: store_for(language, atlas.folder / STORES / language).state() == folding.graph.state
            for language in ("cypher", "sparql")
        }
    if is_json:
        click.echo(json.dumps(summary(folding) | {"stores_current": stores}, ensure_ascii=False, indent=1))
        return
    click.echo(summary_text(folding))
    for language, current in stores.items():
        click.echo(
            f"{language} store: {'shows this state' if current else 'will be built on the next query'}"
        )


def summary(folding: Folding) -> dict[str, object]:
    """Counts of a folded graph."""
    graph = folding.graph
    return {
        "documents": len(graph.documents),
        "nodes": dict(sorted(Counter(n.type for n in graph.nodes).items())),
        "relations": dict(sorted(Counter(e.type for e in graph.edges).items())),
        "modality": dict(sorted(Counter(e.modality.value for e in graph.edges).items())),
        "doubts": dict(sorted(Counter(d.kind for d in folding.doubts).items())),
        "corrections_that_no_longer_apply": sum(not a.count for a in folding.corrections),
    }


def summary_text(folding: Folding) -> str:
    """The counts as a table for people."""
    graph = folding.graph
    nodes = Counter(n.type for n in graph.nodes).most_common()
    relations = Counter(e.type for e in graph.edges).most_common()
    lines = [f"{len(graph.documents)} documents, {len(graph.nodes)} nodes, {len(graph.edges)} relations", ""]
    for i in range(max(len(nodes), len(relations))):
        left = f"{nodes[i][0]:<20}{nodes[i][1]:>5}" if i < len(nodes) else " " * 25
        right = f"{relations[i][0]:<16}{relations[i][1]:>5}" if i < len(relations) else ""
        lines.append(f"  {left}    {right}".rstrip())
    kinds = Counter(d.kind for d in folding.doubts)
    unsure = ", ".join(f"{n} about a {kind}" for kind, n in sorted(kinds.items())) or "none"
    intended = sum(e.modality == "intended" for e in graph.edges)
    return "\n".join([*lines, "", f"unsure: {unsure}; intended, not yet done: {intended} relations"])


@main.command()
@in_atlas
@in_one_line
def check(folder: Path) -> None:
    """Check the atlas: the ledger, each quote against its document, corrections, doubts."""
    from graph.check import problems
    from graph.corrections import describe

    with open_atlas(folder) as atlas:
        found = list(problems(atlas.ledger))
        folding = atlas.folding()
    for problem in found:
        click.echo(f"wrong: {problem}")
    stale = [a for a in folding.corrections if not a.count]
    for applied in stale:
        click.echo(f"correction no longer applies: {describe(applied.entry)}: {applied.note}")
    for doubt in folding.doubts:
        click.echo(f"unsure ({doubt.kind}): {' / '.join(doubt.names)}: {doubt.reason}")
    _end(len(found) + len(stale), f"checked, {len(folding.doubts)} doubts for a person to look at")


@main.command()
@in_atlas
@click.argument("language", type=click.Choice(["cypher", "sparql"]))
@click.argument("text")
@click.option(
    "--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Fills $NAME; JSON or text."
)
@row_format
@in_one_line
def query(folder: Path, language: str, text: str, params: Sequence[str], form: str) -> None:
    """Run your own query: TEXT, @FILE, or - for standard input. It can only read."""
    from graph import sandbox

    values = {name: _json_or_text(value) for name, value in _pairs(params)}
    with open_atlas(folder) as atlas:
        store = atlas.cypher() if language == "cypher" else atlas.sparql()
        _print(sandbox.run(store, _query_text(text), values, limits=atlas.config.query), form)


def _query_text(text: str) -> str:
    if text == "-":
        return sys.stdin.read()
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{text[1:]}: the query cannot be read: {error}") from error


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise click.UsageError(f"{word!r}: write NAME=VALUE")
        yield name, value


def _json_or_text(value: str) -> Any:
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return tuple(found) if isinstance(found, list) else value if isinstance(found, dict) else found


def _print(rows: Rows, form: str) -> None:
    from views.rows import ROW_FORMATS

    click.echo(ROW_FORMATS[form](rows.columns, rows.rows), nl=False)
    if rows.more:
        say(f"cut after {len(rows.rows)} rows: add a LIMIT, or raise `rows` in innograph.toml")
    elif form == "table":
        say(f"{len(rows.rows)} rows")


@main.command()
@click.argument("name", required=False)
@in_one_line
def questions(name: str | None) -> None:
    """List the named questions, or explain the one called NAME."""
    from queries.catalogue import question
    from queries.catalogue import questions as all_questions

    for asked in [question(name)] if name else all_questions().values():
        click.echo(f"{asked.usage}\n    {asked.summary_en}")
        for parameter in asked.parameters if name else ():
            click.echo(f"    {parameter.name}: {parameter.description}")


@main.command()
@in_atlas
@click.argument("name")
@click.argument("parameters", nargs=-1, metavar="[KEY=VALUE]...")
@click.option(
    "--in",
    "language",
    type=click.Choice(["cypher", "sparql"]),
    default="cypher",
    show_default=True,
    help="Engine.",
)
@row_format
@in_one_line
def ask(folder: Path, name: str, parameters: Sequence[str], language: str, form: str) -> None:
    """Ask a named question; `innograph questions` lists them."""
    from queries.run import ask as answer

    with open_atlas(folder) as atlas:
        store = atlas.cypher() if language == "cypher" else atlas.sparql()
        _print(answer(store, name, **dict(_pairs(parameters))), form)


@main.command()
@in_atlas
@click.argument("form", metavar="FORMAT")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write."
)
@click.option("--title", default="innograph", show_default=True, help="Title of the HTML page.")
@click.option(
    "--lang", type=click.Choice(["de", "en"]), default="de", show_default=True, help="Language of the page."
)
@in_one_line
def export(folder: Path, form: str, output: Path, title: str, lang: str) -> None:
    """Write the graph as html, json, turtle, jsonld, ntriples, graphml or csv."""
    from views.formats import find_format

    find_format(form)
    with open_atlas(folder) as atlas:
        write_export(atlas.folding(), form, output, title=title, language=lang)
    say(f"wrote {output}")


def write_export(folding: Folding, form: str, output: Path, *, title: str, language: str) -> None:
    """Write one file; the HTML page shows the best-connected nodes where there are too many."""
    from views.findings import strongest
    from views.formats import Options, find_format
    from views.workbench import MOST_NODES

    graph, left_out = folding.graph, 0
    if form == "html" and len(graph.nodes) > MOST_NODES:
        cut = strongest(graph, MOST_NODES)
        graph, left_out = cut.graph, cut.left_out
        say(f"the page shows the {MOST_NODES} best-connected nodes; {left_out} are left out")
    newest = max((d.published for d in graph.documents), default="")
    options = Options(title=title, language=language, generated=newest, left_out=left_out)  # type: ignore[arg-type]
    data = find_format(form).write(graph, options)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(data)
    except OSError as error:
        raise click.ClickException(
            f"{output}: cannot be written: {error.strerror}: name another file"
        ) from error


@main.command()
@in_atlas
@click.argument("names", nargs=-1, required=True, metavar="DOCUMENT...")
@in_one_line
def forget(folder: Path, names: Sequence[str]) -> None:
    """Remove documents, by id, file or title, with everything that no other source supports."""
    from graph.forget import forget as remove

    with open_atlas(folder) as atlas, atlas.loading() as ledger:
        for name in names:
            say(f"forgot {remove(ledger, name).title or name}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo-atlas"))
@in_one_line
def demo(folder: Path) -> None:
    """Load the sample press releases and records into a new atlas, ask a question, write the snapshot."""
    from graph.atlas import Atlas
    from queries.run import ask as answer

    with Atlas.create(folder) as atlas:
        samples = [HERE / "samples" / "press", HERE / "samples" / "records"]
        _, failed = load_into(atlas, samples, mapping=None, workers=_workers(), dry_run=False, quiet=True)
        folding = atlas.folding()
        click.echo(summary_text(folding))
        asked = {"place": "Ruhrgebiet", "other": "Greater Manchester"}
        for store in (atlas.cypher(folding=folding), atlas.sparql(folding=folding)):
            click.echo(f"\nagreements_between in {store.language}: {' and '.join(asked.values())}")
            _print(answer(store, "agreements_between", **asked), "table")
        page = folder / "snapshot.html"
        write_export(folding, "html", page, title="Innovation Bridges", language="en")
    say(f"\nsnapshot: {page.resolve()}\nmore: innograph questions; innograph ask -a {folder} bridges")
    _end(failed, "demo done")


def run() -> NoReturn:
    """Entry point that also ends quietly when a pipe closes."""
    try:
        main()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(0)


if __name__ == "__main__":
    run()
