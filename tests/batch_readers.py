"""Readers that do to a worker what a hostile file could do; workers import them from here."""

from __future__ import annotations

import os
import time
from pathlib import Path

from loaders.read import Reading
from ontology.errors import SourceError
from ontology.model import Document

HUGE = 2**44  # bytes, beyond any limit


def read(path: Path, *, source: str, mapping: Path | None = None) -> Reading:
    """Do what the file says, or read it as a document of its first line."""
    text = path.read_text()
    match text:
        case "die":
            os._exit(1)
        case "hang":
            time.sleep(600)
        case "swell":
            bytearray(HUGE)
        case "wrong":
            raise SourceError("it is wrong", source=source)
        case "tell":
            text = f"{os.getppid()} {os.getpid()}"
    return Reading(
        document=Document(id=f"doc-{text}", title=text, text=text, language="en", kind="text"), facts=()
    )
