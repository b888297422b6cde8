"""The web page asks nothing of the network, and what a stranger's manuscript cannot do to it."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from small_article import META, PLAIN, article, picture
from web_page import Page, body_of, loads, written

from galley.formats import html
from galley.formats.pictures import media_type
from galley.formats.safety import harmless


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gauge.png").write_bytes(picture())
    return tmp_path


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
