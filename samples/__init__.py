"""The sample press releases and records, so that `innograph demo` finds them wherever it is installed."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
PRESS, RECORDS = FOLDER / "press", FOLDER / "records"
