"""The command line: parses, opens, delegates, prints. Data goes to stdout, messages to stderr.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 invalid data found.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from graph.atlas import Atlas
    from graph.fold import Folding
    from graph.stores import Rows
    from loaders.batch import Result
    from views.summary import Summary
    from views.words import Language

VERSION = "0.1.0"
INVALID_DATA = 3


def say(message: str) -> None:
    """Print a message for people to stderr; names of files and documents are strangers' text."""
    from views.rows import printable

    click.echo("\n".join(map(printable, message.split("\n"))), err=True)


class Commands(click.Group):
    """Offers the nearest command for a slip, and shows an error that was raised on purpose as one line."""

    def invoke(self, ctx: click.Context) -> Any:
        from ontology.errors import GraphError
        from views.rows import printable

        try:
            return super().invoke(ctx)
        except GraphError as error:
            raise click.ClickException(printable(str(error))) from error

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Raises click.UsageError with the nearest command."""
        from ontology.errors import unknown

        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
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
LANGUAGE = click.Choice(["cypher", "sparql"])
PAGE_LANGUAGE = click.Choice(["de", "en"])
as_json = click.option("--json", "is_json", is_flag=True, help="Write the result as JSON.")
fast_flag = click.option("--fast", is_flag=True, help="Read with rules alone, without the trained tagger.")
quiet_flag = click.option("--quiet", "-q", is_flag=True, help="No messages but errors.")


def open_atlas(folder: Path) -> Atlas:
    """Open an atlas; what takes time is told on stderr."""
    from graph.atlas import Atlas

    return Atlas.open(folder, notify=say)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
def init(folder: Path) -> None:
    """Make a new atlas in FOLDER, with a commented config and corrections file."""
    from graph.atlas import Atlas

    with Atlas.create(folder):
        say(f"made an atlas in {folder}: load press releases with `innograph load -a {folder} FILES`")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="Folder for the graphs.")
@fast_flag
def extract(files: Sequence[str], output: Path, fast: bool) -> None:
    """Write the graph of each document as node-link JSON into OUTPUT; nothing is stored."""
    from loaders.batch import read_batch
    from loaders.into import sources_of
    from loaders.read import How
    from ontology.errors import SourceError
    from views.summary import plural

    written: dict[Path, str] = {}
    failed = 0
    unknown, how = (lambda _uri, _mark: False), How(fast=fast)
    for result in read_batch(sources_of(files), is_known=unknown, workers=_workers(), how=how):
        try:
            failed += _write_graph(result, output, written)
        except SourceError as error:
            say(f"failed: {error}")
            failed += 1
    _end(failed, f"{plural(len(written), 'graph')} written to {output}")


def _write_graph(result: Result, output: Path, written: dict[Path, str]) -> int:
    """Write the graph of one document; returns how many rows were bad. Raises SourceError."""
    from graph.single import single
    from loaders.batch import Read
    from ontology.errors import SourceError
    from views.export import write_file
    from views.node_link import node_link

    if not isinstance(result, Read):
        raise result if isinstance(result, SourceError) else AssertionError("nothing is known here")
    path = output / f"{result.source.path.stem}.json"
    if other := written.get(path):
        problem = f"its graph would replace that of {other}: extract it into another folder"
        raise SourceError(problem, source=result.source.name)
    write_file(path, node_link(single(result.document, result.facts)).encode(errors="replace"))
    written[path] = result.source.name
    for row in result.problems:
        say(f"skipped: {row}")
    return len(result.problems)


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
@click.argument("paths", nargs=-1, required=True, metavar="SOURCE...", type=click.Path())
@click.option("--mapping", type=click.Path(path_type=Path), help="Mapping for tables (YAML).")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that read.  [default: cores]")
@click.option("--dry-run", is_flag=True, help="Read everything, store nothing.")
@fast_flag
@as_json
@quiet_flag
def load(
    folder: Path,
    paths: Sequence[str],
    mapping: Path | None,
    workers: int | None,
    dry_run: bool,
    fast: bool,
    is_json: bool,
    quiet: bool,
) -> None:
    """Load press releases, tables, and folders of them into the atlas.

    A bad file or row is reported and the rest goes on; then the exit code is 3. Loading again is safe: a source
    that has not changed is left alone, one that has changed replaces what it said before.
    """
    from graph.atlas import CONFIG
    from loaders.backends.choose import read_choices
    from loaders.into import Loading, load_into
    from loaders.read import How

    loading = Loading(mapping=mapping, workers=workers or _workers(), dry_run=dry_run, notify=say)
    with open_atlas(folder) as atlas, atlas.loading() as ledger:
        how = How(fast=fast, backends=read_choices(folder / CONFIG))
        loading = replace(loading, how=how)
        loaded = load_into(ledger, paths, loading if quiet else replace(loading, progress=progress))
    counts = sorted(loaded.counts.items())
    if is_json:
        click.echo(json.dumps({"failed": loaded.failed, **dict(counts)}))
    words = ", ".join(f"{n} {word}" for word, n in counts) or "nothing loaded"
    _end(loaded.failed, ("would load: " if dry_run else "") + words, is_quiet=quiet)


@contextmanager
def progress(results: Iterator[Result], length: int) -> Iterator[Iterable[Result]]:
    """Show a bar on a terminal only."""
    if length < 2 or not sys.stderr.isatty():
        yield results
        return
    with click.progressbar(results, length=length, label="loading", file=sys.stderr) as bar:
        yield bar


@main.command()
@in_atlas
@click.option("--documents", "is_list", is_flag=True, help="List the documents instead.")
@as_json
def status(folder: Path, is_list: bool, is_json: bool) -> None:
    """Show what the atlas holds: documents, nodes and relations by type, doubts, stores."""
    from graph.listing import document_rows, stores_current

    with open_atlas(folder) as atlas:
        if is_list:
            _print(document_rows(atlas.ledger), "json" if is_json else "table")
            return
        folding = atlas.folding()
        counted, stores = count(folding), stores_current(atlas, folding)
    if is_json:
        click.echo(json.dumps(counted.as_object() | {"stores_current": stores}, indent=1))
        return
    click.echo(counted.as_text())
    for language, current in stores.items():
        click.echo(f"{language} store {'shows this state' if current else 'will be built on the next query'}")


def count(folding: Folding) -> Summary:
    """What a folded graph holds."""
    from views.summary import summary

    doubts = Counter(doubt.kind for doubt in folding.doubts)
    return summary(folding.graph, doubts=doubts, stale=sum(not a.count for a in folding.corrections))


@main.command()
@in_atlas
@click.option("--shapes", is_flag=True, help="Check the graph against the SHACL shapes of the ontology too.")
def check(folder: Path, shapes: bool) -> None:
    """Check the atlas: the ledger, each quote against its document, corrections, doubts."""
    from graph.check import problems
    from graph.corrections import describe
    from views.summary import plural

    with open_atlas(folder) as atlas:
        found = 0
        for found, problem in enumerate(problems(atlas.ledger), start=1):  # noqa: B007 (counted, also if it ends early)
            click.echo(f"wrong: {problem}")
        folding = atlas.folding()
    if shapes:
        from ontology.shacl import violations

        broken = violations(folding.graph)
        found += len(broken)
        click.echo("".join(f"shape broken: {line}\n" for line in broken), nl=False)
    stale = [a for a in folding.corrections if not a.count]
    for applied in stale:
        click.echo(f"correction no longer applies: {describe(applied.entry)}: {applied.note}")
    for doubt in folding.doubts:
        click.echo(f"unsure ({doubt.kind}): {' / '.join(doubt.names)}: {doubt.reason}")
    _end(found + len(stale), f"checked, {plural(len(folding.doubts), 'doubt')} for a person to look at")


@main.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--texts", type=click.Path(path_type=Path), help="Folder of the texts.  [default: GOLD]")
@click.option("--errors", is_flag=True, help="List what was missed and what was invented.")
@fast_flag
def evaluate(gold: Path, texts: Path | None, errors: bool, fast: bool) -> None:
    """Print how well extraction reads the documents of a folder of gold graphs (docs/quality.md)."""
    from functools import partial

    from loaders.quality.card import evaluate as card_of
    from loaders.quality.render import render
    from loaders.read import How, extracted

    card = card_of(gold, texts_dir=texts, extract=partial(extracted, how=How(fast=fast)))
    click.echo(render(card, errors=errors), nl=False)


@main.command()
@in_atlas
@click.argument("language", type=LANGUAGE)
@click.argument("text")
@click.option(
    "--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Fills $NAME; JSON or text."
)
@row_format
def query(folder: Path, language: str, text: str, params: Sequence[str], form: str) -> None:
    """Run your own query: TEXT, @FILE, or - for standard input. It can only read."""
    from graph import sandbox
    from queries.arguments import json_or_text, pairs, query_text

    values = {name: json_or_text(value) for name, value in pairs(params)}
    with open_atlas(folder) as atlas:
        store = atlas.cypher() if language == "cypher" else atlas.sparql()
        _print(sandbox.run(store, query_text(text), values, limits=atlas.config.query), form)


def _print(rows: Rows, form: str) -> None:
    from views.rows import ROW_FORMATS
    from views.summary import plural

    click.echo(ROW_FORMATS[form](rows.columns, rows.rows), nl=False)
    if rows.more:
        say(f"cut after {plural(len(rows.rows), 'row')}: add a LIMIT, or raise `rows` in innograph.toml")
    elif form == "table":
        say(plural(len(rows.rows), "row"))


@main.command()
@click.argument("name", required=False)
def questions(name: str | None) -> None:
    """List the named questions, or explain the one called NAME."""
    from queries import catalogue

    for asked in [catalogue.question(name)] if name else catalogue.questions().values():
        click.echo(f"{asked.usage}\n    {asked.summary_en}")
        for parameter in asked.parameters if name else ():
            click.echo(f"    {parameter.name}: {parameter.description}")


@main.command()
@in_atlas
@click.argument("name")
@click.argument("parameters", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--in", "language", type=LANGUAGE, default="cypher", show_default=True, help="Engine.")
@row_format
def ask(folder: Path, name: str, parameters: Sequence[str], language: str, form: str) -> None:
    """Ask a named question; `innograph questions` lists them."""
    from queries.arguments import pairs
    from queries.run import ask as answer

    with open_atlas(folder) as atlas:
        store = atlas.cypher() if language == "cypher" else atlas.sparql()
        _print(answer(store, name, **dict(pairs(parameters))), form)


@main.command()
@in_atlas
@click.argument("form", metavar="FORMAT")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="File to write.")
@click.option("--title", default="innograph", show_default=True, help="Title of the HTML page.")
@click.option("--lang", type=PAGE_LANGUAGE, default="de", show_default=True, help="Language of the page.")
def export(folder: Path, form: str, output: Path, title: str, lang: Language) -> None:
    """Write the graph as html, json, turtle, jsonld, ntriples, graphml or csv."""
    from views.export import write_export
    from views.formats import find_format

    find_format(form).check_name(output)  # before the work
    with open_atlas(folder) as atlas:
        write_export(atlas.folding().graph, form, output, title=title, language=lang, notify=say)
    say(f"wrote {output}")


@main.command()
@in_atlas
@click.argument("names", nargs=-1, required=True, metavar="DOCUMENT...")
def forget(folder: Path, names: Sequence[str]) -> None:
    """Remove documents, by id, file or title, with everything that no other source supports."""
    from graph.forget import forget as remove

    with open_atlas(folder) as atlas, atlas.loading() as ledger:
        for name in names:
            say(f"forgot {remove(ledger, name).title or name}")
        atlas.drop_stores()  # what was deleted must not lie there either


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo-atlas"))
def demo(folder: Path) -> None:
    """Load the sample press releases and records into a new atlas, ask a question, write the snapshot."""
    from graph.atlas import Atlas
    from loaders.into import Loading, load_into
    from queries.run import ask as answer
    from samples import PRESS, RECORDS
    from views.export import write_export

    with Atlas.create(folder) as atlas:
        with atlas.loading() as ledger:
            loaded = load_into(ledger, [str(PRESS), str(RECORDS)], Loading(workers=_workers(), notify=say))
        folding = atlas.folding()
        click.echo(count(folding).as_text())
        asked = {"place": "Ruhrgebiet", "other": "Greater Manchester"}
        for store in (atlas.cypher(folding=folding), atlas.sparql(folding=folding)):
            click.echo(f"\nagreements_between in {store.language}: {' and '.join(asked.values())}")
            _print(answer(store, "agreements_between", **asked), "table")
    page = folder / "snapshot.html"
    write_export(folding.graph, "html", page, title="Innovation Bridges", language="en", notify=say)
    say(f"\nsnapshot: {page}: open it in a browser")
    say(f"more: innograph questions; innograph ask -a {folder} bridges")
    _end(loaded.failed, "demo done")


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
