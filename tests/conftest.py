"""Paths that several tests need."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared"
SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The team's shared folder beside the checkout; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared folder beside the checkout")
    return SHARED
