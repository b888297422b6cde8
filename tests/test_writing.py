"""What docs/writing.md teaches, tried: its examples together are an article that is set in every format."""

import re
import sys
from pathlib import Path

import pytest

from galley import press
from galley.pandoc import plain
from galley.report import ERROR

sys.path.insert(0, str(Path(__file__).parent / "formats"))
from small_article import picture

PAGE = (Path(__file__).parents[1] / "docs" / "writing.md").read_text("utf-8")
CHECKS = Path(__file__).parents[1] / "galley"
BIB = "@misc{ash2020, title = {Rain}, author = {Ash, Ann}, year = {2020}}\n"


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    examples = re.findall(r"^(`{3,4})(markdown|yaml)\n(.*?)^\1$", PAGE, re.MULTILINE | re.DOTALL)
    (front,) = (text for _, kind, text in examples if kind == "yaml")
    body = "\n".join(text for _, kind, text in examples if kind == "markdown")
    folder = tmp_path_factory.mktemp("writing")
    for name in ("manuscript", "figures", "data"):
        (folder / name).mkdir()
    (folder / "manuscript" / "article.md").write_text(f"---\n{front}---\n\n{body}", "utf-8")
    (folder / "references.bib").write_text(BIB, "utf-8")
    (folder / "figures" / "map.png").write_bytes(picture())
    (folder / "data" / "rain.csv").write_text("Season,Rain\nSpring,8.5\nSummer,12\n", "utf-8")
    return press.settled(folder)


@pytest.mark.parametrize("format", ["pdf", "html", "docx"])
def test_the_examples_are_set(document, format):
    sheet = press.press(document, press.themed(document), format)
    assert not [one for one in sheet.diagnostics if one.severity is ERROR]


def test_what_the_page_promises_is_there(document):
    text = plain(document.blocks).replace("\u00a0", " ")
    for words in ("As Figure 1 shows", "Figure 2 has two panels, Figure 2a and Figure 2b", "Table 2 and Table 3"):
        assert words in text
    assert "Equation 1 holds" in text
    assert not document.dangling
    assert {"abstract-ur", "author-contributions", "funding"} <= set(document.slots)


def test_every_finding_the_page_names_is_one_that_can_be_made():
    rows = re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE)
    named = {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)}
    sources = "".join(path.read_text("utf-8") for path in CHECKS.rglob("*.py"))
    assert len(named) > 12
    assert {code for code in named if code not in sources} <= {"unmentioned-figure", "unmentioned-table"}
