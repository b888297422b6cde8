"""One list of works and its citations in every language the engine knows, a page each that its readers can judge.

The works of ``languages/works.bib`` call between them for every word the engine adds. GALLEY_ACCEPT=1 renews the pages.
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

FOLDER = Path(__file__).parent / "languages"
LANGUAGES = ("en", "en-GB", "de", "es", "fr", "pt", "tr", "ur", "ar", "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_and_its_citations_in_each_language(language: str, golden: Callable[[Path, str], None]) -> None:
    entries = entries_of((FOLDER / "works.bib").read_text("utf-8"))
    several = Citation((Item("chapter"), Item("press"), Item("nobody")))
    plan = [Citation((Item(key),), narrative=narrative) for key in entries for narrative in (False, True)]
    done = apa7.typeset(entries, [*plan, several], language=language)
    cited = [legible(pandoc_cites.markup(one)) for one in done.citations]
    rows = [f"# The list in {language}", ""]
    for key, reference in done.references:
        at = 2 * list(entries).index(key)
        rows += [legible(pandoc_cites.markup(reference)), f"    {cited[at]}; {cited[at + 1]}", ""]
    rows += [f"Several: {cited[-1]}", "", *(f"{one.code} {one.key}: {one.message}" for one in done.remarks)]
    golden(FOLDER / f"{language}.md", "\n".join(rows).rstrip() + "\n")
