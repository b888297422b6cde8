"""The title page as R Markdown's psychologists write it: signs among the affiliations, LaTeX round the names."""

from __future__ import annotations

from pathlib import Path

from galley import press

PAGE = r"""---
title: Norms
author:
  - name: Ada Low
    affiliation: "*,1"
  - name: Ben High
    affiliation: "1,2"
affiliation:
  - id: "1"
    institution: "\\footnotesize School of Reeds, \\textit{Marsh} University"
  - id: "2"
    institution: "Moor \\& Heath College"
authornote: "\\footnotesize \\mbox{* The first author did the most} \\par Nobody paid for this."
---

Text.
"""


def test_signs_are_no_institutions_and_switches_no_words(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text(PAGE, "utf-8")
    meta = press.settled(tmp_path).meta
    assert [one.name for one in meta.affiliations] == ["School of Reeds, Marsh University", "Moor & Heath College"]
    assert [author.affiliations for author in meta.authors] == [(0,), (0, 1)]


def test_switches_in_the_authors_note_are_no_words(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text(PAGE, "utf-8")
    slots = press.settled(tmp_path).slots
    assert "author-note" in slots
    said = str(slots["author-note"])
    assert "Nobody" in said
    assert "footnotesize" not in said
    assert "mbox" not in said


def test_a_note_that_papaja_prints_is_told(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text(PAGE.replace("title: Norms", "title: Norms\nnote: Submitted."), "utf-8")
    (found,) = [one for one in press.settled(tmp_path).faults if one.code == "unknown-field"]
    assert str(found.place).endswith("paper.md:3:1")
    assert found.hint == "did you mean 'author-note'?"
