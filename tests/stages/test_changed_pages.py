"""What is on the list of changes between two versions, as pages: the old text, the new text, each change in a line.

A page under ``tests/stages/changed`` has a sentence on what it shows, the old manuscript after ``::: old``, the new
one after ``::: new``, and after ``::: changed`` what the list says: how, what, under which heading, the old words and
the new. GALLEY_ACCEPT=1 writes it anew.
"""

import re
from pathlib import Path

import pytest

from galley.comparing import listed, marked, versions
from galley.revisions import Revision
from galley.stages.redlining.changes import PLACE, changes
from galley.tree import each

PAGES = sorted((Path(__file__).parent / "changed").glob("*.txt"))
DAY = "2026-01-02T03:04:05Z"
HEAD = "---\ntitle: A Title\nauthor: Ann Author\n---\n\n"
BIB = """@book{smith2020, author = {Smith, Jo}, title = {One book}, year = {2020}, publisher = {Press}}
@book{doe2019, author = {Doe, Al}, title = {Another book}, year = {2019}, publisher = {Press}}
"""


def project(folder, text):
    (folder / "manuscript").mkdir(parents=True)
    (folder / "manuscript" / "article.md").write_text(HEAD + text.strip() + "\n", "utf-8")
    (folder / "references.bib").write_text(BIB, "utf-8")
    return folder


def redlined(old, new, room):
    sides = [Revision(project(room / name, text), name, "", DAY) for name, text in (("before", old), ("after", new))]
    (room / "work").mkdir()
    both = versions(*sides, room / "work", author="A. Author")
    return both, marked(both)


def told(found):
    for one in found:
        where = f" ({one.section})" if one.section else ""
        words = " -> ".join(repr(side) for side in (one.old, one.new) if side)
        yield f"{one.kind}: {one.thing}{where} {words}".rstrip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_changes(page, tmp_path, golden):
    head, old, new, *_ = re.split(r"^::: (?:old|new|changed)\n", page.read_text("utf-8"), flags=re.MULTILINE)
    both, document = redlined(old, new, tmp_path)
    found = listed(both, document, placed=False)[0]
    parts = {"old": old.strip(), "new": new.strip(), "changed": "\n".join(told(found))}
    golden(page, head + "\n\n".join(f"::: {name}\n{text}" for name, text in parts.items()) + "\n")
    _, after = changes(document)
    text = [*after.slots.values(), after.blocks, [node for one in after.references for node in one.inlines], after.back]
    places = [node["c"][0][0] for part in text for node in each(part, frozenset({"Span"}))]
    stand = [name for name in places if name.startswith(PLACE)]
    assert stand == [f"{PLACE}{one.number}" for one in found][: len(stand)], "each in its place; at the end is none"


def test_there_are_pages():
    assert len(PAGES) >= 3
