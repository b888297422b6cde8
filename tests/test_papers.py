"""Twelve papers by others, as PDF, web page and Word file: all their words, citations and references."""

import json
import re
import subprocess
import unicodedata
import zipfile
from collections import Counter
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree, html

from galley import pandoc, press
from galley.report import ERROR, Fault

PAPERS = Path(__file__).parents[2] / "shared" / "papers"
FORMATS = ("pdf", "html", "docx")
FOUND = {
    "bayes-hierarchical": 0.70,
    "bayes-prereg": 0.90,
    "cdsaxs": 0.80,
    "effectsize": 0.90,
    "exotic-ld": 0.90,
    "graphsim": 0.85,
    "matrixbandwidth": 0.90,
    "overviewr": 0.85,
    "phasefieldx": 0.70,
    "pii-codex": 0.85,
    "profileaar": 0.40,
    "pyheatdemand": 0.85,
}
"""The share of each paragraph's runs of three words that must be printed; of a paragraph that is lost, next to none is.
profileaar has a table whose heads break within their cells, which the PDF gives line by line."""
CLEAN = {"effectsize", "exotic-ld", "graphsim", "matrixbandwidth", "overviewr", "phasefieldx", "pii-codex"}
"""Papers without an error of their own once alternative texts may be missing."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Paper(NamedTuple):
    """A paper settled and set, with what is known of it."""

    name: str
    document: Any
    truth: dict[str, Any]
    sheets: dict[str, press.Sheet]


@cache
def made(name):
    folder = PAPERS / name
    document = press.settled(folder)
    theme = press.themed(document)
    draft = name not in CLEAN
    sheets = {one: press.press(document, theme, one, ("a-2b",), draft=draft) for one in FORMATS}
    return Paper(name, document, json.loads((folder / "truth.json").read_text("utf-8")), sheets)


@pytest.fixture(params=FOUND)
def paper(request):
    if not (PAPERS / request.param).is_dir():
        pytest.skip("the papers are not here")
    return made(request.param)


@pytest.fixture
def printed(need):
    """A function from a paper and a format to the text printed, hyphens at line ends undone."""

    def text(paper, format):
        content = paper.sheets[format].content
        if format == "pdf":
            return _pdf(need("pdftotext"), content)
        return _html(content) if format == "html" else _docx(content)

    return text


@cache
def _pdf(program, content):
    out = subprocess.run([program, "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    return re.sub(r"(?<=\w)[\u00ad\u2010-]\n+(?=\w)", "", out)


@cache
def _html(content):
    page = html.fromstring(content.decode())
    for unseen in page.xpath("//script|//style|//head|//math|//*[contains(@class, 'backs')]|//*[@class='own']"):
        unseen.drop_tree()
    return " ".join(page.itertext())


@cache
def _docx(content):
    words = []
    with zipfile.ZipFile(BytesIO(content)) as package:
        for part in ("word/document.xml", "word/footnotes.xml"):
            for paragraph in etree.fromstring(package.read(part)).iter(f"{W}p"):
                words += ["".join(_runs(paragraph)), "\n"]
    return "".join(words)


def _runs(paragraph):
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        yield node.text or "" if node.tag == f"{W}t" else " "


def compact(text):
    """Letters and digits alone: what is left of a text whatever broke its lines."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).lower())


def words(text):
    return re.findall(r"[^\W\d_]{2,}", unicodedata.normalize("NFKC", text).replace("\u00ad", "").lower())


# -- citations and references -------------------------------------------------------------------------


def test_citations_and_references_are_as_many_as_in_truth(paper):
    page = html.fromstring(paper.sheets["html"].content.decode())
    cited = page.xpath("//span[@class='citation']")
    assert len(cited) == len(paper.truth["citations"])
    assert len(page.xpath("//section[@role='doc-bibliography']//li")) == len(paper.truth["references"])
    keys = Counter(tuple(one["keys"]) for one in paper.truth["citations"])
    assert Counter(tuple(one.get("data-cites").split()) for one in cited) == keys


def test_word_has_the_same_citations_and_references(paper):
    with zipfile.ZipFile(BytesIO(paper.sheets["docx"].content)) as package:
        parts = [package.read(f"word/{part}.xml").decode() for part in ("document", "footnotes")]
    fields = [name for part in parts for name in re.findall(r"ADDIN GALLEY\.CITE (cite-\d+)", part)]
    assert len(set(fields)) == len(fields) == len(paper.truth["citations"])
    entries = re.findall(r'<w:pStyle w:val="Bibliography" */>', "".join(parts))
    assert len(entries) == len(paper.truth["references"])


def test_pages_have_the_same_citations_and_references(paper, printed):
    """A page that ends within a citation or an entry divides its letters, so that few may not be found as a whole."""
    text = compact(printed(paper, "pdf"))
    page = html.fromstring(paper.sheets["html"].content.decode())
    cited = Counter(compact(one.text_content()) for one in page.xpath("//span[@class='citation']"))
    short = sum(max(0, count - text.count(words)) for words, count in cited.items())
    assert short <= max(1, len(paper.truth["citations"]) // 25)
    ends = [(compact(one.text)[:25], compact(one.text)[-25:]) for one in paper.document.references]
    assert [end for end in ends if end[0] not in text and end[1] not in text] == []


def test_missing_keys_are_those_of_truth(paper):
    wanted = set(paper.truth["missing_keys"])
    said = [one for one in paper.sheets["html"].diagnostics if one.code == "unresolved-citation"]
    assert {one.message.split("'")[1] for one in said} == wanted
    page = html.fromstring(paper.sheets["html"].content.decode())
    cited = " ".join(one.text_content() for one in page.xpath("//span[@class='citation']"))
    assert set(re.findall(r"([^\s(;]+)\?", cited)) == wanted


# -- the text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_raw_is_printed(paper, printed, format):
    text = printed(paper, format)
    code = {node["c"][1] for node in pandoc.each(paper.document.blocks) if node["t"] in ("Code", "CodeBlock")}
    code = compact(" ".join(code))
    assert "??" not in text
    raw = re.findall(r"\\[A-Za-z]{2,}|(?<![\w.])@[A-Za-z][\w:.-]+|\[-?@", text)
    assert [one for one in raw if compact(one) not in code] == []


@pytest.mark.parametrize("format", FORMATS)
def test_no_paragraph_is_lost(paper, printed, format):
    assert _lost(_paragraphs(paper.name), words(printed(paper, format)), FOUND[paper.name]) == []


def test_a_lost_paragraph_would_be_seen(paper):
    paragraphs = _paragraphs(paper.name)
    for at, paragraph in enumerate(paragraphs):
        rest = [word for one in (*paragraphs[:at], *paragraphs[at + 1 :]) for word in one]
        assert " ".join(paragraph) in _lost(paragraphs, rest, FOUND[paper.name])


PARTED = 6


def _lost(paragraphs, printed, share):
    """The paragraphs less of whose runs of three words are printed than that share, each run as often as typed.

    Where a page ends within a paragraph, and divides a word there, six runs may not be met.
    """
    typed = Counter(run for one in paragraphs for run in _runs_of_three(one))
    runs = Counter(_runs_of_three(printed))
    there = {run for run, count in typed.items() if runs[run] >= count}
    runs_of = ((one, list(_runs_of_three(one))) for one in paragraphs)
    return [
        " ".join(one)
        for one, runs in runs_of
        if sum(run in there for run in runs) < share * len(runs) - PARTED * (len(runs) > 20)
    ]


@pytest.mark.parametrize("format", ["html", "docx"])
def test_paragraphs_stand_in_order(paper, printed, format):
    """Where each paragraph's runs of three words that occur once stand: captions and notes may have moved, no more."""
    runs = list(_runs_of_three(words(printed(paper, format))))
    once = {run for run, count in Counter(runs).items() if count == 1}
    place = {run: at for at, run in enumerate(runs) if run in once}
    starts = []
    for paragraph in _paragraphs(paper.name):
        found = sorted(place[run] for run in _runs_of_three(paragraph) if run in place)
        starts += found[len(found) // 2 :][:1]
    steps = [after > before for before, after in pairwise(starts)]
    assert sum(steps) >= 0.8 * len(steps)


def _runs_of_three(text):
    return zip(text, text[1:], text[2:], strict=False)


@cache
def _paragraphs(paper_name):
    """The words of each paragraph of the typed twin that has at least a dozen: no maths, addresses or references."""
    text = (PAPERS / paper_name / "typed.md").read_text("utf-8")
    body = re.split(r"^#+ (?:References|Bibliography) *$", text, flags=re.MULTILINE)[0]
    body = re.sub(r"\$\$.*?\$\$", " ", body, flags=re.DOTALL)
    body = re.sub(r"\$[^$\n]*\$|\]\([^)]*\)|\{[^}\n]*\}|https?:\S+|\\\w+|^\[\^\d+\]:", " ", body, flags=re.MULTILINE)
    return [found for one in body.split("\n\n") if len(found := words(one)) >= 12]


# -- without alternative texts ------------------------------------------------------------------------


def test_a_paper_without_alternative_texts_is_refused_by_the_image(paper):
    if paper.name not in CLEAN:
        pytest.skip("this paper has other errors too")
    bare = [one for one in paper.sheets["html"].diagnostics if one.code == "missing-alt"]
    theme = press.themed(paper.document)
    if not bare:
        assert press.press(paper.document, theme, "pdf").content.startswith(b"%PDF")
        return
    with pytest.raises(Fault) as refused:
        press.press(paper.document, theme, "pdf")
    found = [one for one in refused.value.diagnostics if one.severity is ERROR]
    assert {one.code for one in found} == {"missing-alt"}
    assert [one.message for one in found] == [one.message for one in bare]
    assert all(re.search(r"'[^']+\.\w+' has no alternative text", one.message) for one in found)
