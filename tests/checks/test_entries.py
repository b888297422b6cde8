"""What is said of names in a bibliography, and of which forms nothing is said."""

from __future__ import annotations

import json

import pytest

from galley.cli import main

ENTRY = "@book{{roe2020, author = {{{}}}, title = {{Beds}}, publisher = {{Press}}, year = 2020}}\n"
SOUND = [
    "Roe, Al and Poe, Ed",
    "family=Vliet, given=Jan, prefix=van, useprefix=true and Poe, Ed",
    "Roe, Jr., Al and Poe, Ed",
    "{Rivers, Beds, Banks and Brooks, Inc.}",
    "Al Roe and Ed Poe",
]
LOOSE = ["Roe, Al; Poe, Ed", "Roe, A., Poe, E., Low, I.", "Roe, Al & Poe, Ed"]


def told(folder, capsys, authors: str) -> list[str]:
    (folder / "article.md").write_text(
        "---\ntitle: Beds\nbibliography: references.bib\n---\n\nSee @roe2020.\n", "utf-8"
    )
    (folder / "references.bib").write_text(ENTRY.format(authors), "utf-8")
    main(["check", str(folder), "--format", "json"])
    return [one["code"] for one in json.loads(capsys.readouterr().out)]


@pytest.mark.parametrize("authors", SOUND)
def test_names_that_bibtex_and_biblatex_know_are_passed(tmp_path, capsys, authors):
    assert "author-separator" not in told(tmp_path, capsys, authors)


@pytest.mark.parametrize("authors", LOOSE)
def test_names_without_and_between_them_are_told(tmp_path, capsys, authors):
    assert "author-separator" in told(tmp_path, capsys, authors)
