"""Numbers, references and raw TeX as pages: the manuscript as written, and what is printed of it.

A page under ``tests/stages/pages`` has a sentence on what it shows, the manuscript after a line ``::: manuscript``,
the settled text as Pandoc's Markdown after ``::: printed``, and after ``::: noted`` the objects that bear a number
(kind, number, identifier, place in the order of callouts) and what could not be set. GALLEY_ACCEPT=1 writes it anew.
"""

import os
import re
from pathlib import Path

import pytest

from galley import pandoc, press

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
BIB = """@book{smith2020, author = {Smith, Jo}, title = {One book}, year = {2020}, publisher = {Press}}
@book{doe2019, author = {Doe, Al}, title = {Another book}, year = {2019}, publisher = {Press}}
@book{fig:tree, author = {Figg, Tom}, title = {Trees}, year = {2001}, publisher = {Press}}
"""


def settled(manuscript, folder):
    (folder / "manuscript").mkdir()
    text = manuscript if manuscript.startswith("---\n") else f"---\ntitle: A Title\n---\n\n{manuscript}"
    (folder / "manuscript" / "article.md").write_text(text, "utf-8")
    (folder / "references.bib").write_text(BIB, "utf-8")
    return press.settled(folder)


def printed(document):
    written = pandoc.write([*document.blocks, *document.back], "markdown-smart")["body"]
    return re.sub(r"\n{3,}", "\n\n", written.replace("\u00a0", "~")).strip()


def noted(document):
    rows = []
    for one in document.numbers:
        called = f"callout {one.mention}" if one.mention else "not mentioned"
        rows.append(f"{one.kind} {one.number or '-'} #{one.id}, {called}")
    rows += [f"dangling: {name}" for name in document.dangling]
    rows += [f"repeated: {name}" for name in document.repeated]
    rows += [f"{'lost' if one.lost else 'left'}[{one.code}] {one.message}" for one in document.leftovers]
    return "\n".join(rows)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page(page, tmp_path):
    head, manuscript, *_ = re.split(r"^::: (?:manuscript|printed|noted)\n", page.read_text("utf-8"), flags=re.MULTILINE)
    document = settled(manuscript.strip("\n") + "\n", tmp_path)
    parts = {"manuscript": manuscript.strip(), "printed": printed(document), "noted": noted(document)}
    found = head + "\n\n".join(f"::: {name}\n{text}" for name, text in parts.items()) + "\n"
    if os.environ.get("GALLEY_ACCEPT"):
        page.write_text(found, "utf-8")
    else:
        assert found == page.read_text("utf-8")


def test_there_are_pages():
    assert len(PAGES) >= 12
