"""Paths become sources: each file once, sorted, under one identity; what cannot be read is an error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from loaders.read import fingerprint, source_fingerprint
from loaders.sources import Source, find_sources
from ontology.errors import SourceError


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def names(found: list[Source | SourceError]) -> list[str]:
    return [item.name if isinstance(item, Source) else str(item) for item in found]


def test_a_folder_gives_its_files_at_any_depth_sorted(tmp_path: Path) -> None:
    make(tmp_path, "press/b.txt", "press/a/z.txt", "press/a.txt")
    assert names(list(find_sources([tmp_path / "press"]))) == ["a/z.txt", "press/a.txt", "press/b.txt"]


def test_hidden_files_and_mappings_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "press/.git/x.txt", "press/.hidden.txt", "press/a.csv", "press/a.mapping.yaml")
    assert names(list(find_sources([tmp_path / "press"]))) == ["press/a.csv"]


def test_a_mapping_is_passed_over_when_it_is_named_along_with_others(tmp_path: Path) -> None:
    make(tmp_path, "press/a.csv", "press/a.mapping.yaml")
    assert names(list(find_sources(sorted((tmp_path / "press").iterdir())))) == ["press/a.csv"]


def test_a_mapping_that_is_named_alone_is_an_error(tmp_path: Path) -> None:
    make(tmp_path, "press/a.mapping.yaml")
    mapping = tmp_path / "press" / "a.mapping.yaml"
    assert names(list(find_sources([mapping]))) == [
        "press/a.mapping.yaml: this is a mapping, which is read with its table: name the table"
    ]
    gone = tmp_path / "press" / "gone.mapping.yaml"
    assert "it cannot be read (No such file" in names(list(find_sources([gone])))[0]


def test_a_file_has_one_identity_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "press/a b.txt")
    monkeypatch.chdir(tmp_path / "press")
    ways = [
        tmp_path / "press",
        Path("a b.txt"),
        Path(),
        Path("../press/a b.txt"),
        tmp_path / "press" / "a b.txt",
    ]
    found = [next(iter(find_sources([way]))) for way in ways]
    assert {(item.uri, item.name) for item in found if isinstance(item, Source)} == {
        ((tmp_path / "press" / "a b.txt").resolve().as_uri(), "press/a b.txt")
    }


def test_a_file_that_is_named_twice_comes_once(tmp_path: Path) -> None:
    make(tmp_path, "press/a.txt")
    (tmp_path / "press" / "link.txt").symlink_to(tmp_path / "press" / "a.txt")
    assert names(list(find_sources([tmp_path / "press", tmp_path / "press" / "a.txt"]))) == ["press/a.txt"]


def test_links_in_a_circle_do_not_keep_the_search_from_ending(tmp_path: Path) -> None:
    make(tmp_path, "press/a.txt")
    (tmp_path / "press" / "back").symlink_to(tmp_path / "press", target_is_directory=True)
    (tmp_path / "press" / "self").symlink_to(tmp_path / "press" / "self")
    found = names(list(find_sources([tmp_path / "press"])))
    assert found[0] == "press/a.txt"
    assert len(found) == 2 and "press/self: it cannot be read (" in found[1]


def test_a_link_that_leads_out_of_the_folder_is_an_error_and_is_not_read(tmp_path: Path) -> None:
    make(tmp_path, "secret/s.txt", "press/a.txt", "press/in/b.txt")
    (tmp_path / "press" / "file.txt").symlink_to(tmp_path / "secret" / "s.txt")
    (tmp_path / "press" / "folder").symlink_to("../secret", target_is_directory=True)
    (tmp_path / "press" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "press" / "inside.txt").symlink_to("in/b.txt")
    (tmp_path / "linked").symlink_to("press", target_is_directory=True)
    leads = "this link leads out of the folder, to"
    for folder in ("press", "linked"):  # the folder that is named may be a link itself
        assert names(list(find_sources([tmp_path / folder]))) == [
            "press/a.txt",
            f"{folder}/file.txt: {leads} {tmp_path}/secret/s.txt: name that itself to load it",
            f"{folder}/folder: {leads} {tmp_path}/secret: name that itself to load it",
            "in/b.txt",
            f"{folder}/up: {leads} {tmp_path}: name that itself to load it",
        ]


def test_a_link_to_what_is_named_too_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "other/s.txt", "press/a.txt")
    (tmp_path / "press" / "link.txt").symlink_to(tmp_path / "other" / "s.txt")
    named = [tmp_path / "press", tmp_path / "other" / "s.txt"]
    assert names(list(find_sources(named))) == ["press/a.txt", "other/s.txt"]


def test_a_missing_path_is_an_error_and_the_others_still_come(tmp_path: Path) -> None:
    make(tmp_path, "press/a.txt")
    assert names(list(find_sources([tmp_path / "gone.txt", tmp_path / "press"]))) == [
        f"{tmp_path.name}/gone.txt: it cannot be read (No such file or directory): "
        "check the path and its permissions",
        "press/a.txt",
    ]


def test_a_pipe_is_an_error_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(list(find_sources([tmp_path / "pipe.txt"]))) == [
        f"{tmp_path.name}/pipe.txt: this is neither a file nor a folder (a pipe or device): "
        "copy what it gives into a file"
    ]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "press").mkdir()
    assert names(list(find_sources([tmp_path / "press"]))) == [
        f"{tmp_path.name}/press: this folder holds no file that was not listed before: check the path"
    ]


def test_a_fingerprint_changes_with_the_file_its_kind_and_its_mapping(tmp_path: Path) -> None:
    known = fingerprint(b"a", "table", mapping=b"m")
    assert known == fingerprint(b"a", "table", mapping=b"m")
    assert len({known, fingerprint(b"b", "table", mapping=b"m"), fingerprint(b"a", "table")}) == 3
    assert fingerprint(b"a", "text") != fingerprint(b"a", "html")


def test_the_fingerprint_of_a_file_is_that_of_its_bytes_and_of_the_mapping_beside_it(tmp_path: Path) -> None:
    make(tmp_path, "a.csv", "a.mapping.yaml", "b.txt")
    assert source_fingerprint(tmp_path / "a.csv", source="a.csv") == fingerprint(b"x", "table", mapping=b"x")
    assert source_fingerprint(tmp_path / "b.txt", source="b.txt") == fingerprint(b"x", "text")
