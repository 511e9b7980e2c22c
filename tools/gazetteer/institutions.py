"""Names of universities and Hochschulen from swot's list of academic e-mail domains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from gazetteer.sources import hand_rows, nfc

HIGHER = re.compile(
    r"universit|\buniwersytet|univerzit|üniversite|universidad|\bhochschul|hochschule\b|fachhochschule|"
    r"hogeschool|högskola|høgskol|høyskole|institut[eo]? of technology|technion|politecnico|politechnika|"
    r"polytechni|politécnic|école|\beth\b|\bepfl\b|yliopisto|ülikool|ammattikorkeakoulu|\bakademie der|"
    r"kunstakademie|institute of science|imperial college|king's college london|\bacademia sinica|weizmann|"
    r"school of economics|business school",
    re.IGNORECASE,
)
SCHOOL = re.compile(
    r"gymnasi|grundschul|realschul|gesamtschul|berufskolleg|berufsschul|volkshochschul|studienkolleg|"
    r"high school|secondary|elementary|primary school|preparatory|\bcollegiate\b|day school|academy trust|"
    r"sixth form|university school|school district|lyc[eé]e|coll[eè]ge\b|liceo|liceum|colegio|"
    r"istituto (?:tecnico|comprensivo|superiore)|instituto de educaci|schulzentrum|schule am|"
    r"école (?:primaire|maternelle|secondaire|élémentaire)|universitätsklinik|alumni|former|\bhospital\b|"
    r"technical school|middle school|charter|vocational school",
    re.IGNORECASE,
)
TOP = {"uk": "GB"}  # a top-level domain that is not the country's ISO code


def institutions(package: Path) -> list[tuple[str, str]]:
    """(name, country or "" where the domain tells none) of each institution, sorted, one row a name."""
    found: dict[str, str] = {}
    folder = package / "data" / "lib" / "domains"
    for path in sorted(folder.rglob("*.txt")):
        top = path.relative_to(folder).parts[0]
        country = TOP.get(top, top.upper() if len(top) == 2 else "US" if top == "edu" else "")
        for name in _names(path):
            found[name] = found.get(name) or country
    for row in hand_rows("institutions.txt"):  # two columns: name, country
        found[row.country] = row.canonical
    return sorted(found.items())


def _names(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        name = nfc(re.sub(r"\s*\([^()]*\)\s*$", "", line)).strip(" ,.-;+*\"'").removeprefix("The ")
        words = name.split()
        if (
            2 <= len(words) <= 9
            and name.isprintable()
            and _is_latin(name)
            and HIGHER.search(name)
            and not SCHOOL.search(name)
        ):
            yield name


def _is_latin(name: str) -> bool:
    return "\ufffd" not in name and all(ord(c) < 0x250 or c in "’‘–" for c in name)
