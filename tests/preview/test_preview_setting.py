"""What is set from what was kept is what is set from nothing: the web page and the PDF, byte by byte."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from galley import press
from galley.formats import html, pdf
from galley.preview.setting import EMBEDDED, MARK, POLICY, Page, Setter, change
from galley.report import Fault

ROOT = Path(__file__).parents[2]
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
HEAD = "---\ntitle: A title\nauthor: A. Writer\n---\n\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'


@pytest.fixture
def setter(tmp_path):
    (tmp_path / "article.md").write_text(f"{HEAD}# One\n\nWords.\n\n# Two\n\nMore words.\n")
    made = Setter(tmp_path)
    yield made
    made.close()


def tidied(page):
    """The page with the attributes of each element in one order: Pandoc's own depends on how it is asked."""
    return re.sub(r"<(h\d)((?: [\w-]+=\"[^\"]*\")+)>", lambda m: f"<{m[1]} {sorted(ATTRIBUTE.findall(m[2]))}>", page)


@pytest.mark.parametrize("folder", [ROOT, ROOT / "examples" / "tour"], ids=["precis", "tour"])
def test_pages_are_those_of_a_build(tmp_path, folder):
    for name in ("manuscript", "figures", "fonts", "templates"):
        if (folder / name).is_dir():
            shutil.copytree(folder / name, tmp_path / name)
    for path in folder.glob("*.*"):
        if path.suffix in (".bib", ".yaml", ".svg", ".png", ".csv"):
            shutil.copy(path, tmp_path)
    setter = Setter(tmp_path)
    try:
        for _ in range(2):  # from nothing, and from what was kept
            setter.read()
            page, pages = setter.page(), setter.pdf()
        document = press.settled(tmp_path)
        theme = press.themed(document)
        built = html.write(press.citing_itself(document, theme), theme).decode()
        built = POLICY.sub("", EMBEDDED.sub(lambda match: setter._put(match[1], match[2], {}), built))
        assert tidied(page.text().replace(f"{MARK}\n", "")) == tidied(built)
        assert pages == pdf.write(document, theme)
    finally:
        setter.close()


def test_a_word_changes_one_block(setter):
    setter.read()
    old = setter.page()
    path = setter.path / "article.md"
    path.write_text(path.read_text().replace("More words", "More zebras"))
    setter.read()
    news = change(old, setter.page())
    assert (news["from"], news["drop"]) == (3, 1)
    assert [text for _, text in news["blocks"]] == ["<p>More zebras.</p>\n"]


def test_a_new_title_changes_the_whole_page_and_nothing_changes_nothing(setter):
    setter.read()
    old = setter.page()
    setter.read(whole=True)
    assert change(old, setter.page()) == {}
    path = setter.path / "article.md"
    path.write_text(path.read_text().replace("A title", "Another"))
    setter.read()
    assert change(old, setter.page()) == {"whole": True}


def test_blocks_come_and_go():
    def page(*marks):
        return Page("", tuple((mark, mark) for mark in marks))

    assert change(page("a", "b", "c"), page("a", "c")) == {"from": 1, "drop": 1, "blocks": ()}
    assert change(page("a", "a"), page("a", "a", "a")) == {"from": 2, "drop": 0, "blocks": (("a", "a"),)}
    assert change(page(), page("a")) == {"from": 0, "drop": 0, "blocks": (("a", "a"),)}


def test_a_picture_has_an_address_of_its_own_and_only_those_of_the_project_have_one(setter):
    (setter.path / "in.svg").write_text(PICTURE)
    (setter.path.parent / "out.svg").write_text(PICTURE.replace("10", "12"))
    text = '![In.](in.svg){alt="in"}\n\n![Out.](../out.svg){alt="out"}\n'
    (setter.path / "article.md").write_text(f"{HEAD}# One\n\n{text}")
    setter.read()
    page = setter.page()
    found = re.findall(r'src="([^"]*)"', page.text())
    assert [one.partition("/")[0] for one in found] == ["picture"]
    assert [(one.kind, one.data.decode()) for one in setter.pictures.values()] == [("image/svg+xml", PICTURE)]


def test_a_page_whose_front_matter_cannot_be_read_is_not_set(setter):
    (setter.path / "article.md").write_text("---\ntitle: [A\n---\n\nWords.\n")
    with pytest.raises(Fault) as fault:
        setter.read()
    assert "bad-yaml" in {one.code for one in fault.value.diagnostics}
