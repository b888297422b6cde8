"""A little issue in a folder of its own: three articles that all use the same labels, and how it is set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from galley.cli import main

BIB = """@article{weir1999, author={Weir, Ann}, title={On water}, journal={Rivers}, year={1999}, volume={3},
pages={1--9}, doi={10.5555/weir}}
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="{}" height="20"/></svg>'
ISSUE = """journal: {title: Journal of Rivers, issn: 1234-5679, publisher: River Press, url: https://rivers.example.org}
volume: 7
issue: 2
date: 2026-05-01
start-page: 11
masthead: |
  # Editors

  Ann Weir
articles:
  - section: Articles
    articles: [upper, lower]
  - section: Reviews
    articles: [delta]
"""


def article(name: str, paragraphs: int = 2) -> str:
    """An article with a figure, a table, an equation and a note, each under the labels that all use."""
    words = f"Water of the {name} flows to the sea, and the sea sends it back as rain. " * 9
    text = "\n\n".join([words] * paragraphs)
    return f"""---
title: The {name.capitalize()} River
author: [{{name: Ann {name.capitalize()}, email: ann@rivers.example.org}}]
abstract: What is known of the {name}.
doi: 10.5555/{name}
bibliography: references.bib
---

# Begin {{#sec:begin}}

As [@weir1999] says, see @fig:map, @tbl:flow, @eq:law and @sec:end.^[A note on the {name}.]

![The {name} from above](map.svg){{#fig:map alt="A bar"}}

| Year | Flow |
|------|------|
| 1999 | 3    |

: Flow of the {name} {{#tbl:flow}}

$$ a = b $$ {{#eq:law}}

{text}

# End {{#sec:end}}

It ends.
"""


class Office(NamedTuple):
    """The issue's folder and what can be done in it."""

    folder: Path

    def write(self, name: str, paragraphs: int = 2) -> None:
        """Write an article anew."""
        home = self.folder / name
        home.mkdir(exist_ok=True)
        (home / "article.md").write_text(article(name, paragraphs), "utf-8")
        (home / "references.bib").write_text(BIB, "utf-8")
        (home / "map.svg").write_text(DOT.format(10 * len(name)), "utf-8")

    def set(self, *options: str, jobs: int = 1) -> int:
        """Set the issue; the exit status."""
        return main(["issue", str(self.folder / "issue.yaml"), "--jobs", str(jobs), *options])

    def out(self, name: str) -> Path:
        """A file of the issue that was set."""
        return self.folder / "output" / name


@pytest.fixture(scope="session")
def an_office() -> Callable[[Path], Office]:
    def made(folder: Path) -> Office:
        office = Office(folder)
        for name in ("upper", "lower", "delta"):
            office.write(name)
        (folder / "issue.yaml").write_text(ISSUE, "utf-8")
        return office

    return made
