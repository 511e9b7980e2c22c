"""Readers that do to a worker what a hostile file could do; workers import them from here."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from loaders.read import DEFAULT, How, Reading
from loaders.sources import short_name
from ontology.errors import InvalidValue, SourceError
from ontology.model import Document, Fact

HUGE = 2**44  # bytes, beyond any limit


def read(path: Path, *, source: str, mapping: Path | None = None, how: How = DEFAULT) -> Reading:
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
        case "fault":
            short_name(None)  # type: ignore[arg-type]
        case "invalid":
            raise InvalidValue("two facts have one id")
        case "tell":
            text = f"{os.getppid()} {os.getpid()}"
        case "how":
            text = f"{mapping and mapping.name} {how.fast}"
    facts = late() if text == "late" else iter(())
    return Reading(
        document=Document(id=f"doc-{text}", title=text, text=text, language="en", kind="text"), facts=facts
    )


def late() -> Iterator[Fact]:
    """A fault that comes out only when the facts are gone through."""
    raise IndexError("pop from an empty list")
    yield
