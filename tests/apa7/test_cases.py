"""Every page of tests/apa7/cases holds: BibTeX in; reference, parenthetical, narrative out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from . import cases_pages as golden


@pytest.fixture(scope="module")
def texts() -> dict[tuple[str, int], Any]:
    return golden.read_texts([golden.read(path) for path in golden.pages()])


@pytest.mark.parametrize("path", golden.pages(), ids=lambda path: path.stem)
def test_page(path: Path, texts: dict[tuple[str, int], Any], request: pytest.FixtureRequest) -> None:
    page = golden.read(path)
    results = golden.outcomes(page, texts)
    if os.environ.get("GALLEY_ACCEPT") or request.config.getoption("--accept", default=False):
        path.write_text(golden.renewed(page, results), encoding="utf-8")
        return
    wrong = [
        f"{path.name}:{line.at + 1}: {line.form} {line.given}\n   want {line.wanted}\n   got  {got}"
        for line, got in results
        if got != line.wanted
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_page_must_expect_something(tmp_path: Path) -> None:
    page = tmp_path / "8-empty.md"
    page.write_text("# A rule (§8.1)\n\n```bibtex\n@book{a, title = {T}}\n```\n")
    with pytest.raises(ValueError, match="nothing is expected"):
        golden.read(page)


def test_a_page_must_name_its_section(tmp_path: Path) -> None:
    page = tmp_path / "8-nameless.md"
    page.write_text("# A rule\n\n```bibtex\n@book{a, title = {T}}\n```\nnarrative: *T* (n.d.)\n")
    with pytest.raises(ValueError, match="its section"):
        golden.read(page)


def test_renewing_writes_what_comes_out(tmp_path: Path) -> None:
    path = tmp_path / "8-wrong.md"
    path.write_text(
        "# A rule (§8.17)\n\n```bibtex\n@book{a, author = {Poe, Ann}, year = 1999}\n```\n\nnarrative: Nobody\n"
    )
    page = golden.read(path)
    results = golden.outcomes(page, {})
    assert [got for _, got in results] == ["Poe (1999)"]
    assert golden.renewed(page, results).endswith("narrative: Poe (1999)\n")
