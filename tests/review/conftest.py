"""Small projects for the tests of what goes round between manuscript and print."""

from __future__ import annotations

from pathlib import Path

import pytest

from galley import press

HEAD = """---
title: Short walks and long ones
author:
  - name: Ada Rivers
    email: ada@rivers.example
    affiliation: University of Walking
bibliography: references.bib
---

"""
BIB = """@article{hill2019, author={Hill, Bo and Rivers, Ada}, title={Walking uphill}, journal={Journal of Walks},
  year={2019}, volume={1}, pages={1--9}}
@article{dale2020, author={Dale, Cy}, title={Walking down}, journal={Journal of Walks}, year={2020}, volume={2},
  pages={10--19}}
"""


class Project:
    """A folder with a manuscript in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.article = folder / "manuscript" / "article.md"
        self.article.parent.mkdir(parents=True)
        (folder / "references.bib").write_text(BIB, "utf-8")
        self.write("")

    def write(self, body: str, head: str = HEAD) -> None:
        self.article.write_text(head + body, "utf-8", newline="")

    def settled(self, theme: str = ""):
        return press.settled(self.folder, theme)


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "walks")
