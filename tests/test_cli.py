"""What a user is promised at the command line."""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from conftest import SAMPLES
from documents_fixtures import GERMAN_LINES, pdf_file, zip_file

from cli import main
from graph.sandbox import store_for

ROOT = Path(__file__).parent.parent
PRESS, RECORDS = SAMPLES / "press", SAMPLES / "records"
FORMATS = ("json", "turtle", "html")
BRIDGE = """\
Essen, 14. September 2022. Die Business Metropole Ruhr GmbH und die Stadt Shenzhen haben eine
Absichtserklärung unterzeichnet. Das sagte Anke Beispiel, Geschäftsführerin der Business Metropole Ruhr GmbH.
"""
FAIR = """\
Bochum, 3. März 2023. Die Ruhr-Universität Bochum nimmt an der Messe Beispieltage in Manchester teil. Das sagte
Jonas Muster, Professor an der Ruhr-Universität Bochum.
"""


def run(*words: str | Path, code: int = 0) -> Result:
    """Run a command and check its exit code."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, result.stderr or result.exception
    return result


def new_atlas(folder: Path, *sources: str | Path) -> Path:
    run("init", folder)
    if sources:
        run("load", "-a", folder, "--workers", "1", *sources)
    return folder


def exports(atlas: Path) -> list[bytes]:
    """The graph in the formats of which equal bytes are promised."""
    found = []
    for form in FORMATS:
        run("export", form, "-a", atlas, "-o", atlas / "export")
        found.append((atlas / "export").read_bytes())
    return found


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's atlas. Tests only read it."""
    folder = tmp_path_factory.mktemp("demo") / "atlas"
    run("demo", folder)
    return folder


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """An atlas of one press release, bridge.txt."""
    return new_atlas(tmp_path / "atlas", write(tmp_path / "bridge.txt", BRIDGE))


# Help and documentation


def test_the_reference_in_the_docs_is_what_the_commands_say() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "write_cli_docs.py"))
    is_fresh = tool["page"](main) == (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert is_fresh, "run: python tools/write_cli_docs.py"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_every_option_has_help(name: str) -> None:
    command = main.commands[name]
    assert command.help and command.help.strip().endswith(".")
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_without_a_command_the_help_is_shown() -> None:
    assert "Commands:" in CliRunner().invoke(main, []).output


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert run("--version").output == f"innograph, version {version('innograph')}\n"


# Slips


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("laod", "x"), 2, "unknown command 'laod': did you mean 'load'?"),
        (("ask", "bridgs"), 1, "unknown question 'bridgs': did you mean 'bridges'?"),
        (("questions", "bridgs"), 1, "unknown question 'bridgs': did you mean 'bridges'?"),
        (("export", "jsn", "-o", "x"), 1, "unknown export format 'jsn': did you mean 'json'?"),
        (("ask", "people", "body=Ruhr-Universität Bochm"), 1, "did you mean 'Ruhr-Universität Bochum' ("),
        (("ask", "people", "bdy=x"), 1, "unknown parameter 'bdy': did you mean 'body'?"),
        (("ask", "people", "body"), 2, "'body': write NAME=VALUE"),
        (("forget", "2024-05-28-wasserstof.pdf"), 1, "did you mean '2024-05-28-wasserstoff.pdf'"),
        (("query", "gremlin", "g.V()"), 2, "is not one of 'cypher', 'sparql'"),
        (("query", "cypher", "@none.cypher"), 2, "none.cypher: the query cannot be read"),
        (("load",), 2, "Missing argument 'SOURCE...'"),
    ],
)
def test_a_slip_is_answered_with_what_was_perhaps_meant(
    atlas: Path, monkeypatch: pytest.MonkeyPatch, words: Sequence[str], code: int, hint: str
) -> None:
    monkeypatch.setenv("INNOGRAPH_ATLAS", str(atlas))
    assert hint in run(*words, code=code).stderr


def test_a_folder_that_is_no_atlas_is_answered_with_how_to_make_one(tmp_path: Path) -> None:
    for words in (["status"], ["load", "x.txt"], ["ask", "bridges"], ["check"], ["forget", "x"]):
        assert f"make one with `innograph init {tmp_path}`" in run(*words, "-a", tmp_path, code=1).stderr


def test_a_folder_with_something_in_it_is_never_made_an_atlas(tmp_path: Path) -> None:
    write(tmp_path / "thesis.txt", "x")
    assert "is not empty" in run("init", tmp_path, code=1).stderr
    assert "is not empty" in run("demo", tmp_path, code=1).stderr
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_export_that_cannot_be_written_says_so(atlas: Path, tmp_path: Path) -> None:
    blocked = write(tmp_path / "file", "x") / "out.json"
    assert "cannot be written" in run("export", "json", "-a", atlas, "-o", blocked, code=1).stderr


# Bad input

BAD = {
    "empty.txt": (b"", "the file is empty"),
    "junk.txt": (bytes(range(256)) * 8, "is not cp1252 text"),
    "cut.pdf": (pdf_file()[:400], "this PDF is damaged or cut off"),
    "locked.pdf": (pdf_file(password="geheim"), "protected by a password"),  # noqa: S106  of no account
    "other.docx": (zip_file({"readme.txt": b"x"}), "this zip file is no DOCX"),
    "blank.html": (b"<html><body><img src=a></body></html>", "this page has no main text"),
    "old.odt": (b"x", "extension '.odt' is unknown"),
    "columns.csv": (b"a,b\n1,2\n", "column"),
    "years.csv": (b"name,founded\nBeispiel Robotik,2019\nMuster Sensorik,neunzehn\n", "years.csv:3: "),
}
MAPPING = """\
name: start-ups
entities:
  startup:
    type: Startup
    name: name
    attributes:
      start: {column: founded, date: [YYYY]}
"""


def bad_folder(folder: Path) -> Path:
    """Every kind of bad file between two good ones, and a bad row between good ones."""
    write(folder / "aaa.txt", BRIDGE)
    write(folder / "zzz.txt", FAIR)
    write(folder / "columns.mapping.yaml", MAPPING)
    write(folder / "years.mapping.yaml", MAPPING)
    for name, (data, _) in BAD.items():
        write(folder / name, data)
    return folder


@pytest.mark.parametrize("workers", ["1", "2"])
def test_bad_files_and_rows_are_named_counted_and_the_rest_is_loaded(tmp_path: Path, workers: str) -> None:
    atlas = new_atlas(tmp_path / "atlas", write(tmp_path / "before.txt", "\n".join(GERMAN_LINES)))
    done = run("load", "-a", atlas, "--workers", workers, bad_folder(tmp_path / "in"), code=3)
    for name, (_, problem) in BAD.items():
        assert [line for line in done.stderr.splitlines() if name in line and problem in line], name
    assert done.stderr.splitlines()[-1] == f"3 new, {len(BAD)} failed"
    listed = json.loads(run("status", "-a", atlas, "--documents", "--json").stdout)
    files = sorted(file for document in listed for file in document["files"])
    assert files == ["aaa.txt", "before.txt", "years.csv", "zzz.txt"]
    assert {"Beispiel Robotik"} == names(atlas, "Startup")


def names(atlas: Path, kind: str) -> set[str]:
    rows = run("query", "cypher", f"MATCH (n:{kind}) RETURN n.name AS name", "-a", atlas, "-f", "json")
    return {row["name"] for row in json.loads(rows.stdout)}


def test_a_source_that_has_become_unreadable_keeps_what_it_said_before(tmp_path: Path, bridge: Path) -> None:
    before = exports(bridge)
    write(tmp_path / "bridge.txt", b"")
    run("load", "-a", bridge, tmp_path / "bridge.txt", code=3)
    assert exports(bridge) == before


def test_a_url_and_a_missing_file_fail_and_the_rest_is_loaded(tmp_path: Path) -> None:
    good, atlas = write(tmp_path / "a.txt", BRIDGE), new_atlas(tmp_path / "atlas")
    done = run("load", "-a", atlas, "https://press.example/a.html", tmp_path / "none.txt", good, code=3)
    assert "failed: https://press.example/a.html: URLs are not read yet" in done.stderr
    assert "none.txt: it cannot be read (No such file or directory)" in done.stderr
    assert done.stderr.splitlines()[-1] == "1 new, 2 failed"


def test_a_dry_run_tells_what_is_bad_and_stores_nothing(tmp_path: Path) -> None:
    atlas = new_atlas(tmp_path / "atlas")
    done = run("load", "-a", atlas, "--dry-run", bad_folder(tmp_path / "in"), code=3)
    assert done.stderr.splitlines()[-1] == f"would load: 3 readable, {len(BAD)} failed"
    assert json.loads(run("status", "-a", atlas, "--json").stdout)["documents"] == 0


def test_a_correction_that_finds_nothing_is_reported_and_the_graph_stays(bridge: Path) -> None:
    before = json.loads(run("status", "-a", bridge, "--json").stdout)
    write(bridge / "corrections.yaml", "- same: [Nirgends GmbH, Niemand AG]\n")
    done = run("check", "-a", bridge, code=3)
    assert "correction no longer applies: same: Nirgends GmbH = Niemand AG" in done.stdout
    after = json.loads(run("status", "-a", bridge, "--json").stdout)
    assert after == before | {
        "corrections_that_no_longer_apply": 1,
        "stores_current": after["stores_current"],
    }
    assert "corrections that found nothing: 1" in run("status", "-a", bridge).stdout


def test_a_corrections_file_that_cannot_be_understood_is_one_line_with_its_place(bridge: Path) -> None:
    write(bridge / "corrections.yaml", "- sme: [A, B]\n")
    done = run("status", "-a", bridge, code=1)
    assert len(done.stderr.splitlines()) == 1
    assert "corrections.yaml:1: entry 1: unknown field 'sme': did you mean 'same'?" in done.stderr


# Loading again, in another order, changed, forgotten


def test_loading_again_changes_nothing(tmp_path: Path, bridge: Path) -> None:
    before = exports(bridge)
    done = run("load", "-a", bridge, "--json", tmp_path / "bridge.txt")
    assert json.loads(done.stdout) == {"failed": 0, "unchanged": 1}
    assert exports(bridge) == before


def test_the_order_of_loading_does_not_show_in_any_byte(tmp_path: Path, atlas: Path) -> None:
    files = [*sorted(PRESS.iterdir()), *sorted(RECORDS.glob("*.csv"))]
    backwards = new_atlas(tmp_path / "backwards", *reversed(files))
    one_by_one = new_atlas(tmp_path / "one")
    for file in [*files[3:], *files[:3]]:
        run("load", "-a", one_by_one, file)
    assert exports(backwards) == exports(one_by_one) == exports(atlas)


def test_a_forgotten_document_leaves_no_trace(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.txt", BRIDGE), write(tmp_path / "b.txt", FAIR)
    never = new_atlas(tmp_path / "never", first)
    atlas = new_atlas(tmp_path / "atlas", first, second)
    assert exports(atlas) != exports(never)
    run("forget", "-a", atlas, "b.txt")
    assert exports(atlas) == exports(never)
    assert all(b"Jonas Muster" not in p.read_bytes() for p in atlas.glob("ledger*"))


@pytest.mark.parametrize("how", ["id", "path", "file", "title"])
def test_a_document_is_forgotten_by_any_of_its_names(tmp_path: Path, how: str) -> None:
    file = write(tmp_path / "Brücke nach Osten.md", f"# Neue Brücke\n\n{BRIDGE}")
    atlas = new_atlas(tmp_path / "atlas", file)
    (document,) = json.loads(run("status", "-a", atlas, "--documents", "--json").stdout)
    name = {"id": document["document"], "path": file, "file": file.name, "title": "Neue Brücke"}[how]
    assert "forgot Neue Brücke" in run("forget", "-a", atlas, name).stderr
    assert json.loads(run("status", "-a", atlas, "--documents", "--json").stdout) == []


def test_a_file_name_in_two_folders_is_not_guessed(tmp_path: Path) -> None:
    files = [write(tmp_path / "x" / "a.txt", BRIDGE), write(tmp_path / "y" / "a.txt", FAIR)]
    atlas = new_atlas(tmp_path / "atlas", *files)
    assert "'a.txt' stands for 2 documents: name one by its id: doc-" in (
        run("forget", "-a", atlas, "a.txt", code=1).stderr
    )
    run("forget", "-a", atlas, files[0])
    assert run("status", "-a", atlas).stdout.startswith("1 document, ")


def test_a_changed_file_replaces_what_it_said(tmp_path: Path, bridge: Path) -> None:
    write(tmp_path / "bridge.txt", FAIR)
    done = run("load", "-a", bridge, tmp_path / "bridge.txt")
    assert done.stderr == "1 changed\n"
    assert exports(bridge) == exports(new_atlas(tmp_path / "fresh", tmp_path / "bridge.txt"))


# Extracting


def test_each_file_becomes_one_graph_and_bad_ones_are_named(tmp_path: Path) -> None:
    folder = bad_folder(tmp_path / "in")
    done = run("extract", folder, "-o", tmp_path / "out", code=3)
    written = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert written == ["aaa.json", "years.json", "zzz.json"]
    assert done.stderr.splitlines()[-1] == f"3 graphs written to {tmp_path / 'out'}, {len(BAD)} failed"
    graph = json.loads((tmp_path / "out" / "aaa.json").read_text())
    assert "Anke Beispiel" in {node["name"] for node in graph["nodes"]}


def test_two_files_of_one_stem_are_not_written_over_each_other(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.txt", BRIDGE), write(tmp_path / "a.md", FAIR)
    done = run("extract", first, second, "-o", tmp_path / "out", code=3)
    assert "/a.md: its graph would replace that of " in done.stderr
    assert done.stderr.splitlines()[-1] == f"1 graph written to {tmp_path / 'out'}, 1 failed"
    assert "Anke Beispiel" in (tmp_path / "out" / "a.json").read_text()


# Asking


@pytest.mark.parametrize(
    "words",
    [
        ("bridges",),
        ("people", "body=Ruhrgebiet"),
        ("who_is_where", "place=Ruhrgebiet"),
        ("timeline", "since=2019"),
        ("agreements_between", "place=Ruhrgebiet", "other=Greater Manchester"),
        ("document_says", "document=Zwei Reviere, ein Papier"),
        ("funding",),
        ("intended",),
    ],
    ids=lambda words: words[0],
)
@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_both_engines_answer_alike_to_the_byte(atlas: Path, words: Sequence[str], form: str) -> None:
    cypher, sparql = (
        run("ask", *words, "-a", atlas, "-f", form, "--in", language).stdout
        for language in ("cypher", "sparql")
    )
    assert cypher == sparql


def test_what_a_document_says_is_shown_with_its_quotes(atlas: Path) -> None:
    done = run("ask", "document_says", "document=Zwei Reviere, ein Papier", "-a", atlas, "-f", "json")
    text = (PRESS / "2021-06-22-absichtserklaerung-manchester.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", text.replace("\u00ad", "")))
    quotes = [row["quote"] for row in json.loads(done.stdout)]
    assert len(quotes) > 5
    assert [quote for quote in quotes if not set(re.findall(r"\w+", quote)) <= words] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("cypher", "CREATE (n:Company {name: 'x'})"),
        ("cypher", "MATCH (n) DETACH DELETE n"),
        ("cypher", "LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row"),
        ("sparql", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"),
        ("sparql", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
        ("sparql", "SELECT * { LOAD <file:///etc/hostname> }"),
    ],
)
def test_a_query_that_would_do_more_than_read_is_refused(atlas: Path, language: str, text: str) -> None:
    before = {name: store_for(name, atlas / "stores" / name).state() for name in ("cypher", "sparql")}
    done = run("query", language, text, "-a", atlas, code=1)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert before == {name: store_for(name, atlas / "stores" / name).state() for name in before}


def test_a_query_comes_from_the_line_a_file_or_standard_input_with_parameters(
    atlas: Path, tmp_path: Path
) -> None:
    text = "MATCH (n:City) WHERE n.name IN $names RETURN n.name AS name ORDER BY name LIMIT $most"
    more = ["-a", str(atlas), "-f", "tsv", "-p", 'names=["Essen", "Duisburg"]', "-p", "most=1"]
    line = run("query", "cypher", text, *more).stdout
    file = run("query", "cypher", f"@{write(tmp_path / 'q.cypher', text)}", *more).stdout
    piped = CliRunner().invoke(main, ["query", "cypher", "-", *more], input=text).stdout
    assert line == file == piped == "name\nDuisburg\n"


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("5", 5),
        ("true", True),
        ('["a", 1]', ["a", 1]),
        ("Essen", "Essen"),
        ("NaN", "NaN"),
        ("[[1], 2]", "[[1], 2]"),
        ('{"a": 1}', '{"a": 1}'),
    ],
)
def test_a_parameter_is_json_where_it_can_be_and_text_otherwise(
    bridge: Path, given: str, value: object
) -> None:
    done = run("query", "cypher", "RETURN $x AS x", "-a", bridge, "-p", f"x={given}", "-f", "json")
    assert json.loads(done.stdout) == [{"x": value}]


def test_a_query_that_is_no_text_is_refused_with_its_place(atlas: Path) -> None:
    done = CliRunner().invoke(main, ["query", "cypher", "-", "-a", str(atlas)], input=b"\xff\xfe")
    assert (done.exit_code, "-: the query cannot be read" in done.stderr) == (2, True)


def test_an_answer_over_the_limit_of_rows_says_that_it_was_cut(bridge: Path) -> None:
    write(bridge / "innograph.toml", "[query]\nrows = 2\n")
    done = run("query", "cypher", "MATCH (n) RETURN n.id AS id", "-a", bridge, "-f", "csv")
    assert len(done.stdout.splitlines()) == 3
    assert "cut after 2 rows: add a LIMIT" in done.stderr


@pytest.mark.parametrize("words", [("status", "--json"), ("ask", "bridges", "-f", "json")])
def test_json_output_parses_and_stands_alone_on_standard_output(atlas: Path, words: Sequence[str]) -> None:
    assert json.loads(run(*words, "-a", atlas).stdout)


def test_a_hostile_name_stays_in_its_cell_and_out_of_the_terminal(tmp_path: Path) -> None:
    hostile = "Beispiel\u202e\x1b[31m | Robotik\u0007"
    write(tmp_path / "t.mapping.yaml", MAPPING)
    atlas = new_atlas(tmp_path / "atlas", write(tmp_path / "t.csv", f'name,founded\n"{hostile}",2019\n'))
    words = ("query", "cypher", "MATCH (n:Startup) RETURN n.name AS name", "-a", str(atlas))
    shown = CliRunner().invoke(main, words, color=True).stdout  # as on a terminal: click strips nothing
    assert shown.splitlines()[2:] == [r"Beispiel\u202e\x1b[31m | Robotik\x07"]
    bad = write(tmp_path / "\x1b[2Jx.txt", b"")
    said = CliRunner().invoke(main, ["load", "-a", str(atlas), str(bad)], color=True).stderr
    assert "\\x1b[2Jx.txt: the file is empty" in said
    assert unprintable(shown + said) == []


def unprintable(text: str) -> list[str]:
    return [c for c in text if not c.isprintable() and c != "\n"]


def test_what_a_check_finds_is_nothing_in_a_sound_atlas(atlas: Path) -> None:
    assert run("check", "-a", atlas).stderr.startswith("checked, ")


def test_a_quote_that_no_longer_stands_in_its_document_is_found(bridge: Path) -> None:
    import sqlite3

    with sqlite3.connect(bridge / "ledger.sqlite") as connection:
        connection.execute("UPDATE document SET text = replace(text, 'Shenzhen', 'Schanghai')")
    connection.close()
    done = run("check", "-a", bridge, code=3)
    assert "is not the quote" in done.stdout


def test_messages_leave_standard_output_to_the_data(atlas: Path, bridge: Path, tmp_path: Path) -> None:
    commands: Iterable[Sequence[str | Path]] = (
        ("load", "-a", bridge, tmp_path / "bridge.txt"),
        ("export", "json", "-a", atlas, "-o", tmp_path / "x.json"),
        ("extract", tmp_path / "bridge.txt", "-o", tmp_path / "out"),
    )
    for words in commands:
        done = run(*words)
        assert (done.stdout, bool(done.stderr)) == ("", True)


def test_quiet_says_nothing_but_what_failed(tmp_path: Path, bridge: Path) -> None:
    assert run("load", "-q", "-a", bridge, tmp_path / "bridge.txt").output == ""
    assert "1 failed" in run("load", "-q", "-a", bridge, tmp_path / "none.txt", code=3).stderr
