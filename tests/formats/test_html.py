"""The web page as text: what stands on it, and what it tells machines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from small_article import META, PLAIN, SLOTS, TEMPLATES, picture
from web_page import Page, body_of, written

from galley.formats import html, metadata
from galley.report import Fault
from galley.theme import Theme

PAGES = Path(__file__).parent / "pages"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gauge.png").write_bytes(picture())
    return tmp_path


# -- the page -----------------------------------------------------------------------------------------


def test_the_page_is_as_its_golden_page(folder: Path, golden: Callable[[Path, str], None]) -> None:
    page = written(folder)
    page = re.sub(r"(<style>\n).*?(</style>)", r"\1...\2", page, flags=re.DOTALL)
    page = re.sub(r"(<script>).*?(</script>)", r"\1...\2", page, flags=re.DOTALL)
    page = re.sub(r"sha256-[^']*", "sha256-...", page)
    page = re.sub(r"base64,[^\"]*", "base64,...", page)
    golden(PAGES / "small.html", page)


def test_written_twice_it_is_the_same(folder: Path) -> None:
    assert written(folder) == written(folder)


def test_one_title_and_headings_in_steps_under_it(folder: Path) -> None:
    levels = [int(tag[1]) for tag, _ in Page(written(folder)).elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_link_within_the_page_arrives_and_no_identifier_is_there_twice(folder: Path) -> None:
    page = Page(written(folder))
    identifiers = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    inner = [attributes["href"][1:] for attributes in page.all("a") if attributes.get("href", "").startswith("#")]
    assert len(inner) > 15
    assert set(inner) <= set(identifiers)
    named = [value for _, attributes in page.elements for value in attributes.get("aria-labelledby", "").split()]
    assert set(named) <= set(identifiers)


def test_a_reference_leads_back_to_each_place_that_cites_it(folder: Path) -> None:
    backs = re.findall(r'<li id="(ref-[^"]+)">(.*?)</li>', written(folder), re.DOTALL)
    found = {name: re.findall(r'href="#(cite-\d+)"', entry) for name, entry in backs}
    assert found == {"ref-ash2020": ["cite-3", "cite-1"], "ref-cole.2019": ["cite-1", "cite-2"], "ref-dale2018": []}


def test_notes_are_numbered_in_the_order_of_the_page(folder: Path) -> None:
    slots = SLOTS | {"title": "Title^[First.]", "funding": "By us.^[Third.]"}
    text = written(folder, slots=slots, body="Text.^[Second.]")
    notes = text[text.index('id="notes"') :]
    assert notes.index("First.") < notes.index("Second.") < notes.index("Third.")
    assert [text.index(f'id="note-ref-{n}"') for n in (1, 2, 3)] == sorted(
        text.index(f'id="note-ref-{n}"') for n in (1, 2, 3)
    )
    assert "First." not in text[: text.index('id="notes"')]


def test_the_section_list_leaves_note_marks_out(folder: Path) -> None:
    text = written(folder, body="# Flow^[A note.]\n\n## Depth\n\nText.")
    listed = text[text.index("<nav") : text.index("</nav>")]
    assert '<a href="#flow">Flow</a>' in listed
    assert '<a href="#depth">Depth</a>' in listed


def test_an_article_of_nothing_but_a_title_is_a_page(folder: Path) -> None:
    meta = replace(META.__class__(title="Alone"))
    page = Page(written(folder, body="", slots={}, meta=meta, references=()))
    assert "Alone" in page.words
    assert "References" not in page.words
    assert not page.all("meta", name="citation_doi")


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("ar", "rtl"), ("ur-PK", "rtl"), ("az-Arab", "rtl")])
def test_the_language_sets_the_direction(folder: Path, lang: str, direction: str) -> None:
    page = Page(written(folder, meta=replace(META, lang=lang)))
    assert page.all("html") == [{"lang": lang, "dir": direction}]


def test_dates_are_in_words_in_english_only() -> None:
    assert [html.day(date) for date in ("2024-03-05", "2024-03", "2024")] == ["5 March 2024", "March 2024", "2024"]
    assert html.day("2024-03-05", "de") == "2024-03-05"


def test_the_theme_states_its_journal_once(folder: Path) -> None:
    theme = replace(PLAIN, tokens={"journal": {"title": "Theme's Journal", "issn": "0000-0000"}})
    meta = replace(META, journal=replace(META.journal, title=""))
    page = Page(written(folder, theme, meta=meta))
    assert page.metas("citation_journal_title") == ["Theme's Journal"]
    assert page.metas("citation_issn") == ["1234-5679"]


def test_a_broken_template_is_a_fault_that_names_it(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "theme"
    own.mkdir()
    (own / "article.html.j2").write_text("{{ nobody.knows }}")
    with pytest.raises(Fault) as caught:
        written(folder, Theme("own", (own, TEMPLATES / "base"), {}))
    assert caught.value.status == 2
    assert "article.html.j2" in caught.value.diagnostics[0].message


# -- what machines read -------------------------------------------------------------------------------


def test_google_scholars_tags(folder: Path) -> None:
    page = Page(written(folder))
    assert page.metas("citation_title") == ["Two Rivers & One Bed: A Study"]
    assert page.metas("citation_author") == ["Ford, Ruth", "Lake, Olu"]
    assert page.metas("citation_publication_date") == ["2024/03/05"]
    assert page.metas("citation_doi") == ["10.1234/rivers.7.1"]
    assert page.metas("citation_firstpage") + page.metas("citation_lastpage") == ["95", "98"]
    assert page.metas("citation_volume") + page.metas("citation_issue") == ["7", "1"]
    assert page.metas("citation_keywords") == ["rivers; beds & banks"]
    assert len(page.metas("citation_reference")) == 3
    tags = [attributes["name"] for attributes in page.all("meta") if "citation_author" in attributes.get("name", "")]
    assert [tag.removeprefix("citation_author") for tag in tags] == [
        *("", "_institution", "_orcid", "_email"),
        *("", "_institution", "_institution"),
    ]


def test_linked_data_says_where_the_article_appeared(folder: Path) -> None:
    data = json.loads(Page(written(folder)).scripts[0])
    assert data["@type"] == "ScholarlyArticle"
    assert data["author"][0]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    issue = data["isPartOf"]
    volume = issue["isPartOf"]
    assert (issue["@type"], issue["issueNumber"]) == ("PublicationIssue", "1")
    assert (volume["@type"], volume["volumeNumber"]) == ("PublicationVolume", "7")
    assert (volume["isPartOf"]["name"], volume["isPartOf"]["issn"]) == ("Journal of Rivers", ["1234-5679"])
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_what_is_not_known_is_not_said(folder: Path) -> None:
    meta = replace(META, volume="", issue="", doi="", date="", keywords=(), license="")
    data = json.loads(Page(written(folder, meta=meta)).scripts[0])
    assert data["isPartOf"]["@type"] == "Periodical"
    assert not {"@id", "datePublished", "keywords", "license", "identifier"} & set(data)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-nd-3.0", "https://creativecommons.org/licenses/by-nc-nd/3.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("see https://example.org/l for more", "https://example.org/l"),
        ("All rights reserved", ""),
    ],
)
def test_a_licence_links_to_its_deed(name: str, url: str) -> None:
    assert metadata.licence_url(name) == url


# -- what Pandoc does not write of itself ---------------------------------------------------------------


ROWS = r"""
[[]{#eq-a}[]{#eq-c}$$\begin{aligned}
a &= b && \qquad \text{(1)} \\
c &= d && \qquad \text{(2)}
\end{aligned}$$]{.equation .by-rows}
"""


def test_each_row_of_an_equation_has_cells_and_a_number(folder: Path) -> None:
    page = body_of(folder, ROWS)
    assert len(page.all("math")) == 4
    cells = ("left", "right", "number")
    assert [one["class"] for one in page.all("span") if one.get("class") in cells] == [*cells, *cells]
    assert [one["id"] for one in page.all("span", **{"class": "right"})] == ["eq-a", "eq-c"]
    assert "(1)" in page.words


def test_an_abbreviation_says_what_it_is_short_for(folder: Path) -> None:
    page = body_of(folder, 'The [UN]{.abbr title="United <i> Nations"} meets; the [EU]{.abbr} too.\n')
    assert [one.get("title") for one in page.all("abbr")] == ["United <i> Nations", None]
    assert not page.all("i")
