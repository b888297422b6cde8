"""An issue that is watched: what has changed is set anew, and nothing else is looked at twice."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from galley import issuedesk
from galley.issuedesk import Desk

ARTICLE = "---\ntitle: {0}\ntheme: base\nauthor: [Ann Bee]\n---\n\nText of {0}.\n"


@pytest.fixture
def issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GALLEY_CACHE", str(tmp_path / "cache"))
    for name in ("one", "two"):
        folder = tmp_path / name / "manuscript"
        folder.mkdir(parents=True)
        (folder / "article.md").write_text(ARTICLE.format(name), "utf-8")
    path = tmp_path / "issue.yaml"
    path.write_text("journal: Journal\nvolume: 1\narticles: [one, two]\n", "utf-8")
    return path


@pytest.fixture
def desk(issue: Path) -> Desk:
    parser = argparse.ArgumentParser()
    issuedesk.verbs(parser.add_subparsers())
    return Desk(parser.parse_args(["issue", str(issue), "--watch", "--jobs", "1", "--draft", "--only", "html"]))


def test_only_what_has_changed_is_set_anew(issue: Path, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        desk.set()
        assert "2 set anew" in capsys.readouterr().out
        text = issue.parent / "two" / "manuscript" / "article.md"
        text.write_text(ARTICLE.format("two") + "\nMore.\n", "utf-8")
        desk.wait()
        desk.set()
        assert "1 set anew" in capsys.readouterr().out
        assert "More." in (issue.parent / "output" / "site" / "two.html").read_text("utf-8")
    finally:
        desk.close()


def test_a_picture_that_comes_later_is_noticed(issue: Path, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    home = issue.parent / "one"
    (home / "figures").mkdir()
    text = home / "manuscript" / "article.md"
    text.write_text(ARTICLE.format("one") + "\n![A dot.](figures/dot.png){#fig:dot}\n", "utf-8")
    try:
        desk.set()
        assert "missing-figure" in "".join(capsys.readouterr())
        from PIL import Image

        Image.new("RGB", (20, 20)).save(home / "figures" / "dot.png")
        desk.wait()
        desk.set()
        assert "missing-figure" not in "".join(capsys.readouterr())
    finally:
        desk.close()


def test_an_issue_that_was_broken_is_set_once_it_is_mended(
    issue: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    said = issue.read_text("utf-8")
    issue.write_text(said + "articles: {\n", "utf-8")
    try:
        assert desk.set() == 1
        issue.write_text(said, "utf-8")
        desk.wait()
        desk.set()
        assert "2 articles" in capsys.readouterr().out
    finally:
        desk.close()


def test_what_was_thrown_away_of_an_issue_is_laid_out_again(issue: Path, desk: Desk) -> None:
    lost, other = (issue.parent / "output" / "site" / name for name in ("index.html", "one.html"))
    try:
        desk.set()
        whole = lost.read_bytes(), other.read_bytes()
        lost.unlink()
        other.write_text("spoilt", "utf-8")
        desk.set()
        assert (lost.read_bytes(), other.read_bytes()) == whole
    finally:
        desk.close()
