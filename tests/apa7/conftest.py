"""Golden pages: ``pytest tests/apa7 --accept`` (or GALLEY_ACCEPT=1) renews them; read the diff."""

from __future__ import annotations

import contextlib

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    with contextlib.suppress(ValueError):  # another folder of golden pages may have the option already
        parser.addoption("--accept", action="store_true", help="renew golden pages with what comes out now")
