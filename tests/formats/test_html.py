"""The web page as text: what stands on it, what it tells machines, and what a stranger's manuscript cannot do to it."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from small_article import META, PLAIN, SLOTS, TEMPLATES, article, picture

from galley.formats import html, metadata
from galley.formats.pictures import media_type
from galley.formats.safety import harmless
from galley.report import Fault
from galley.theme import Theme

PAGES = Path(__file__).parent / "pages"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """A page's elements as (name, attributes), its words, and what its script elements hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words = ""
        self.scripts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
        elif self.open and self.open[-1] not in ("style", "title"):
            self.words += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]

    def metas(self, name: str) -> list[str]:
        return [attributes["content"] for attributes in self.all("meta", name=name)]


def loads(page: Page) -> list[str]:
    """The addresses from which a browser would load something for this page."""
    fetched = ("img", "script", "iframe", "source", "video", "audio", "embed", "object", "use", "image", "link")
    found = [
        attributes[key]
        for tag, attributes in page.elements
        if tag in fetched
        for key in ("src", "srcset", "href", "data", "poster")
        if key in attributes
    ]
    return [address for address in found if not address.startswith("data:")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gauge.png").write_bytes(picture())
    return tmp_path


def written(folder: Path, theme: Theme = PLAIN, **changes: object) -> str:
    return html.write(article(folder, **changes), theme).decode("utf-8")  # type: ignore[arg-type]


def body_of(folder: Path, body: str) -> Page:
    return Page(written(folder, body=body))


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


# -- one file that asks nothing of the network ----------------------------------------------------------


def test_nothing_is_loaded_from_anywhere(folder: Path) -> None:
    text = written(folder)
    assert loads(Page(text)) == []
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def test_the_finder_of_loads_finds_them() -> None:
    page = Page('<img src="https://example.org/a.png"><script src="b.js"></script><a href="https://example.org">x</a>')
    assert loads(page) == ["https://example.org/a.png", "b.js"]


def test_the_browser_is_told_to_load_nothing_and_run_our_script_only(folder: Path) -> None:
    page = Page(written(folder))
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    assert policy.startswith("default-src 'none'")
    named = re.search(r"'sha256-([^']+)'", policy)
    assert named
    assert b64decode(named[1]) == sha256(page.scripts[1].encode("utf-8")).digest()
    assert len(page.scripts) == 2


def test_style_and_script_are_small(folder: Path) -> None:
    text = written(folder)
    own = re.findall(r"<style>.*?</style>|<script>.*?</script>", text, re.DOTALL)
    assert len(own) == 2
    assert sum(map(len, own)) < 60_000


def test_a_picture_of_the_folder_stands_in_the_page(folder: Path) -> None:
    image = Page(written(folder)).all("img")[0]
    assert b64decode(image["src"].removeprefix("data:image/png;base64,")) == picture()
    assert image["alt"] == "Figure, described in its caption"


def test_an_author_s_own_alternative_text_is_kept(folder: Path) -> None:
    page = body_of(folder, '![Caption](gauge.png){alt="A gauge in a river" width=50%}')
    assert page.all("img")[0]["alt"] == "A gauge in a river"
    assert page.all("img")[0]["style"] == "width:50.0%"
    assert page.all("figcaption") == [{}]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.png",
        "//example.org/a.png",
        "missing.png",
        "../outside.png",
        "sub/../../outside.png",
        "/etc/hostname",
        "file:///etc/hostname",
        "text.png",
        "data:image/png;base64,AAAA",
        "link.png",
    ],
)
def test_no_other_picture_is_shown(tmp_path: Path, address: str) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    (tmp_path / "outside.png").write_bytes(picture())
    (folder / "text.png").write_text("<html><script>alert(1)</script>")
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    page = body_of(folder, f"Here is ![a river]({address}) and more.")
    assert page.all("img") == []
    assert "This picture cannot be shown: a river" in page.words


def test_svg_is_a_picture_and_its_script_no_part_of_the_page(folder: Path) -> None:
    svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    (folder / "a b.svg").write_text(svg)
    text = written(folder, body="![river](a%20b.svg)")
    assert Page(text).all("img")[0]["src"].startswith("data:image/svg+xml;base64,")
    assert "alert(1)" not in text


@pytest.mark.parametrize("data", [b"", b"<svgx>", b"hello <svg>", b"<!doctype html><svg>", b"%PDF-1.7", b"II*\0"])
def test_only_pictures_are_pictures(data: bytes) -> None:
    assert media_type(data) is None


# -- manuscripts come from strangers --------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "Text <img src=x onerror=alert(1)> text",
        "<iframe src='https://example.org'></iframe>",
        "`<script>alert(1)</script>`{=html}",
        "```{=html5}\n<script>alert(1)</script>\n```",
        "Note.^[`<script>alert(1)</script>`{=html}]",
        "| a |\n|---|\n| `<script>alert(1)</script>`{=html} |\n\n: `<b onclick=alert(1)>x</b>`{=html}",
        "$\\href{javascript:alert(1)}{x}$ and $\\text{<script>alert(1)</script>}$",
    ],
)
def test_an_author_s_html_never_reaches_the_page(folder: Path, body: str) -> None:
    page = body_of(folder, body)
    assert len(page.all("script")) == 2
    assert page.all("iframe") == page.all("img") == []
    assert not _handlers(page)


@pytest.mark.parametrize(
    "body",
    [
        '[x]{onclick="alert(1)" style="position:fixed" onmouseover=alert(1)}',
        '::: {onclick="alert(1)" style="x"}\nx\n:::',
        '# H {onclick="alert(1)"}',
        '[l](https://example.org){onclick="alert(1)" target=_top ping="https://example.org"}',
        '![p](gauge.png){onerror="alert(1)" srcset="https://example.org/a.png"}',
        '`c`{onclick="alert(1)"}',
        '```{.python onclick="alert(1)"}\nx\n```',
        '| a |\n|---|\n| b |\n\n: c {onclick="alert(1)"}',
        '![p](gauge.png){#i .c width="1;position:fixed" height="expression(1)"}',
        '[x]{formaction="https://example.org" role=button tabindex=1 popovertarget=peek}',
    ],
)
def test_attributes_that_could_act_are_dropped(folder: Path, body: str) -> None:
    text = written(folder, body=body)
    page = Page(text)
    assert not _handlers(page)
    inner = text[text.index('<div class="text">') : text.index('class="statements"')]
    for word in ("alert", "position", "expression", "target", "ping", "srcset", "formaction", "role", 'tabindex="1'):
        assert word not in inner


def _handlers(page: Page) -> list[str]:
    return [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "blob:x",
    ],
)
def test_a_link_that_could_act_leads_nowhere(address: str) -> None:
    assert harmless(address) is None


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("doi:10.1234/abc", "https://doi.org/10.1234/abc"),
        ("#beds", "#beds"),
        ("data/flow.csv", "data/flow.csv"),
        ("data/a:b.csv", "data/a:b.csv"),
    ],
)
def test_a_link_that_only_leads_somewhere_is_kept(address: str, to: str) -> None:
    assert harmless(address) == to


def test_a_harmful_link_keeps_its_words(folder: Path) -> None:
    page = body_of(folder, "Click [these *words*](javascript:alert(1)) now.")
    assert "these words" in page.words
    assert not [attributes for attributes in page.all("a") if "javascript" in attributes.get("href", "")]


def test_references_are_cleaned_as_well(folder: Path) -> None:
    bad = [
        {"t": "Link", "c": [["", [], [["onclick", "x"]]], [{"t": "Str", "c": "site"}], ["javascript:x", ""]]},
        {"t": "RawInline", "c": ["html", "<script>alert(1)</script>"]},
    ]
    document = article(folder)
    reference = replace(document.references[0], inlines=tuple(bad))
    page = Page(html.write(replace(document, references=(reference,)), PLAIN).decode())
    assert len(page.all("script")) == 2
    assert not _handlers(page)
    assert not [a for a in page.all("a") if "javascript" in a.get("href", "")]


def test_the_front_matter_cannot_leave_its_place(folder: Path) -> None:
    evil = '"><script>alert(1)</script></script><!--'
    author = replace(META.authors[0], name=evil, email=evil, orcid=evil, note=evil)
    meta = replace(
        META,
        authors=(author,),
        keywords=(evil,),
        license=evil,
        copyright=evil,
        type=evil,
        journal=replace(META.journal, title=evil, url="javascript:alert(1)"),
    )
    page = Page(written(folder, meta=meta))
    assert len(page.all("script")) == 2
    assert json.loads(page.scripts[0])["author"][0]["name"] == evil
    assert not [a for a in page.all("a") if "javascript" in a.get("href", "")]


def test_an_author_s_identifiers_do_not_take_the_page_s(folder: Path) -> None:
    page = body_of(folder, "# One {#main}\n\n[x]{#peek} [y]{#note-1} [z]{#ref-ash2020}\n\n# Two {#main}\n\nT.^[N.]")
    identifiers = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    assert [tag for tag, attributes in page.elements if attributes.get("id") == "main"] == ["main"]
    assert [tag for tag, attributes in page.elements if attributes.get("id") == "ref-ash2020"] == ["li"]


def test_words_that_look_like_our_marks_stay_words(folder: Path) -> None:
    page = body_of(folder, 'The text `src="galley-image:0"` and %%%galley%%% and {{ meta }} stay.\n\n![p](gauge.png)')
    assert 'src="galley-image:0"' in page.words
    assert "%%%galley%%% and {{ meta }} stay." in page.words
