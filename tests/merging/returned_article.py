"""An article whose Word file an editor has had, and what came back of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from editors_hand import Hand, W, words_in
from word_trip import exported, says, settled

from galley.reading.word.returned import read
from galley.returning import Merged, merged

ARTICLE = """---
title: "Two *Rivers* and One Bed"
author:
  - name: Ruth Ford
abstract: |
  Rivers move about in their valleys, and
  nobody is told of it beforehand.
bibliography: references.bib
---

# Beds and banks {#beds}

Rivers change their beds [@ash2020, p. 4] -- *slowly* and "with care", as @cole2019 says.^[Except in *very* dry
years, of which there are few.] Nobody knows why they do so.

The second paragraph has $x^2$ in it, and [a link](https://example.org/a) to something else; it stands alone.

The third paragraph says very little. It is soon over.

- The first item of a list
- The second item of a list

| River | Flow  |
|-------|------:|
| Upper | small |
| Lower | great |

: The two rivers {#tbl:rivers}

See @tbl:rivers for the flow of both. The end is near.
"""


BIB = """@book{ash2020, author = {Ash, Ann}, title = {Rivers}, publisher = {River Press}, year = {2020}}
@article{cole2019, author = {Cole, Carl}, title = {Beds}, journal = {Beds Today}, volume = {3}, year = {2019}}
"""


TRACKED, BARE = True, False
ANN = "{>>Ann Lee 2026-03-04<<}"


Doing = Callable[[Hand], object]


def came_back(project: Path, doing: Doing) -> tuple[str, Merged]:
    """The article after a Word file came back in which an editor did something, and what the merge said."""
    hand = Hand(exported(project), 1)
    doing(hand)
    file = project.parent / "returned.docx"
    file.write_bytes(hand.saved())
    found = merged(file, project)
    for path, content in found.files.items():
        path.write_bytes(content)
    text = (project / "manuscript" / "article.md").read_text("utf-8")
    assert merged(file, project).files == {}, "a second merge changes nothing"
    assert list(settled(project, accept=False).values()) == [ARTICLE], "rejecting all gives the source back"
    if not found.findings:
        assert accepted_says_the_same(project, file)
    return text, found


def accepted_says_the_same(project: Path, file: Path) -> bool:
    """Whether with all suggestions accepted the page says what the file does, its reference list left aside."""
    article = project / "manuscript" / "article.md"
    kept = article.read_text("utf-8")
    article.write_text(settled(project, accept=True)[article], "utf-8")
    after = project.parent / "after.docx"
    after.write_bytes(exported(project))
    article.write_text(kept, "utf-8")
    ours, theirs = says(read(after)[0]), says(read(file)[0])
    listed = [one for one in ours if one not in theirs and "Press" not in one]
    assert not listed, (listed, [one for one in theirs if one not in ours])
    return True


def paragraph(hand: Hand, words: str):  # type: ignore[no-untyped-def]
    """The paragraph that holds some words in one run, and that run."""
    roots = [hand.root, *([hand.notes] if hand.notes is not None else [])]
    for one in (p for root in roots for p in root.iter(W + "p")):
        for run in one.iter(W + "r"):
            if words in words_in(run):
                return one, run
    raise AssertionError(f"{words} is in no run")


def replaced(old: str, new: str, tracked: bool) -> Doing:
    """The editor replaces some words."""

    def doing(hand: Hand) -> None:
        one, run = paragraph(hand, old)
        start = words_in(run).index(old)
        hand.replace(one, start, start + len(old), new, run, tracked)

    return doing


def lines_changed(text: str) -> list[str]:
    """The lines of the article that are not as they were."""
    return [line for line in text.split("\n") if line not in ARTICLE.split("\n")]
