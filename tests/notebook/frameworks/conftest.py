"""A shop with tools beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .trying import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Its projects are gone when the test ends."""
    opened = Shop(tmp_path)
    yield opened
    opened.close()
