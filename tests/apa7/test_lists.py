"""Whole bibliographies, set: ``lists/NAME.bib`` and, in ``NAME.md``, its list, citations and all remarks.

GALLEY_ACCEPT=1 renews the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from galley import apa7
from galley.apa7.entry import Citation, Item

from . import pandoc_cites
from .cases_pages import legible
from .test_intext_oracle import entries_of

LISTS = sorted((Path(__file__).parent / "lists").glob("*.bib"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_with_its_citations_and_remarks(path: Path, golden: Callable[[Path, str], None]) -> None:
    entries = entries_of(path.read_text("utf-8"))
    plan = [Citation((Item(key),), narrative=narrative) for key in entries for narrative in (False, True)]
    done = apa7.typeset(entries, plan)
    cited = [legible(pandoc_cites.markup(one)) for one in done.citations]
    rows = []
    for key, reference in done.references:
        at = 2 * list(entries).index(key)
        rows += [f"{key}: {legible(pandoc_cites.markup(reference))}", f"    {cited[at]}; {cited[at + 1]}"]
    rows += ["", *(f"{one.code} {one.key} {one.field}: {one.message}\n    do: {one.hint}" for one in done.remarks)]
    golden(path.with_suffix(".md"), "\n".join(rows).rstrip() + "\n")
