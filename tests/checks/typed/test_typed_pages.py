"""Small typed manuscripts and all that is said of them.

A page under ``pages`` is a manuscript as its author typed it, then, after a line ``$ check``, each finding: its place,
what it is, what to do, what may be asked of the author. What a page does not tell of is what the checks are silent on.
GALLEY_ACCEPT=1 writes the pages anew; the change is then read like prose.
"""

from pathlib import Path

import pytest

from galley import editing
from galley.checks.catalogue import IDS
from galley.checks.typed import check
from galley.report import order
from galley.span import Span

PAGES = sorted((Path(__file__).parent / "pages").glob("*.md"))
RULE = "\n$ check\n"


def told(findings):
    rows = []
    for one in order(findings):
        where = f"{one.place.line}:{one.place.column}" if isinstance(one.place, Span) else one.place
        rows.append(f"{where} {one.severity.value} {IDS[one.code]} {one.code}: {one.message}")
        rows += [f"    saw: {one.evidence}"] if one.evidence else []
        rows += [f"    do: {one.hint}", f"    ask: {one.query}"]
    return "\n".join(rows) + "\n" if rows else "nothing to report\n"


def resolved(folder, text):
    path = folder / "paper.md"
    path.write_text(text, "utf-8")
    return editing.resolved(path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_said_of_a_manuscript(page, tmp_path, golden):
    manuscript = page.read_text("utf-8").partition(RULE)[0].rstrip() + "\n"
    golden(page, manuscript + RULE + told(check(resolved(tmp_path, manuscript))))
