"""Themes: each sets the précis and a rich paper; theirs are the page, the words and the folios. The one that
docs/themes.md teaches is made from the page's own lines.
"""

import re
import subprocess
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from galley import press, theme
from galley.formats import pdf

HOME = Path(__file__).parents[1]
PRECIS, RICH = HOME, HOME / "tests" / "rich"
PAPERS = {"précis": PRECIS, "rich": RICH}
THEMES = theme.names(HOME)
MILLIMETRE = 72 / 25.4
A4, LETTER = (210 * MILLIMETRE, 297 * MILLIMETRE), (8.5 * 72, 11 * 72)
SIZES = {"apa": LETTER, "njips": A4, "preprint": A4, "two-column": (195 * MILLIMETRE, 265 * MILLIMETRE)}
OWN_FOLIOS = {"apa", "preprint"}


@cache
def settled(folder):
    return press.settled(folder)


@cache
def made(name, folder, **changes):
    document = settled(folder)
    document = replace(document, meta=replace(document.meta, **changes))
    return press.press(document, theme.load(name, folder), "pdf")


def book(sheet):
    return pikepdf.open(BytesIO(sheet.content))


@pytest.fixture
def pages(need):
    """A function from what was set to the words of its pages, spaces made one, ligatures letters."""

    def read(sheet, *options):
        command = [need("pdftotext"), *options, "-", "-"]
        text = subprocess.run(command, input=sheet.content, capture_output=True, check=True).stdout.decode()
        return [" ".join(page.replace("\u00a0", " ").split()) for page in text.split("\f")[:-1]]

    return read


def test_there_are_four():
    assert sorted(SIZES) == THEMES


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", THEMES)
def test_every_theme_sets_every_paper_as_archival_and_accessible_pdf(name, paper):
    sheet = made(name, PAPERS[paper])
    codes = {one.code for one in sheet.diagnostics}
    assert codes <= {"page-range"}, codes
    with book(sheet) as pdf_, pdf_.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")
        box = [float(number) for number in pdf_.pages[0].MediaBox]
        assert (box[2], box[3]) == pytest.approx(SIZES[name], abs=0.5)
        first = 1 if name in OWN_FOLIOS else settled(PAPERS[paper]).meta.first_page
        assert [page.label for page in pdf_.pages] == [str(first + at) for at in range(len(pdf_.pages))]


@pytest.mark.parametrize("name", THEMES)
def test_nothing_of_the_paper_is_lost(name, pages):
    text = " ".join(pages(made(name, RICH)))
    for words in (
        "Evening Rain and the Flow of Two Small Rivers: A Year at the Gauges",
        "With a Note on How the Gauges Were Read",
        "Inés de la Ribera",
        "Two rivers that rise on one hill may answer",
        "rivers, evening rain, gauges, water balance",
        "There is one older record of night readings",
        "The shepherd who asked us this",
        "Figure 1",
        "Figure 2",
        "Table 1",
        "The nine mornings with ice are left out.",
        "The lamp was held behind the gauge",
        "return above / sum(s * s for s in store)",
        "The miller shut it again before he went to bed.",
        "The share of the store that leaves within an hour.",
        "We thank the miller, who opened the sluice",
        "The gauges were lent by the village of Ford",
        "Forty gauges on twelve hills",
    ):
        assert words in text, words
    assert "??" not in text


@pytest.mark.parametrize("name", THEMES)
def test_heads_of_five_levels_are_tagged_as_such(name):
    with book(made(name, RICH)) as pdf_:
        kinds = {str(item.get("/S", "")) for item in pdf_.objects if isinstance(item, pikepdf.Dictionary)}
        assert {"/H1", "/H2", "/H3", "/H4", "/H5"} <= kinds
        with pdf_.open_outline() as outline:
            assert "References" in [item.title for item in outline.root]


# -- apa ---------------------------------------------------------------------------------------------


def test_apa_professional(pages):
    title, abstract, text, *_ = pages(made("apa", RICH))
    assert title.startswith("EVENING RAIN AND TWO SMALL RIVERS 1 Evening Rain")
    assert "Ruth Ford1, Olu Lake1,2, and Inés de la Ribera2" in title
    note = title[title.index("Author Note") :]
    order = ("https://orcid.org/0000-0002-1825-0097", "The gauges were lent", "We thank the miller", "Correspondence")
    assert [note.index(words) for words in order] == sorted(note.index(words) for words in order)
    assert "should be addressed to Ruth Ford, Department of Water" in note
    assert "GEO 201" not in title
    assert abstract.startswith("EVENING RAIN AND TWO SMALL RIVERS 2 Abstract Two rivers")
    assert abstract.endswith("Keywords: rivers, evening rain, gauges, water balance")
    assert re.match(r"EVENING RAIN AND TWO SMALL RIVERS 3 Evening Rain and .+ Were Read Introduction People", text)


def test_apa_student(pages):
    title, *_ = pages(made("apa", RICH, student=True))
    assert title.startswith("1 Evening Rain")
    assert title.endswith("GEO 201: Rivers and Valleys Dr. Hanna Strand 14 May 2026")
    assert "Author Note" not in title
    american, *_ = pages(made("apa", RICH, student=True, lang="en-US"))
    assert american.endswith("Dr. Hanna Strand May 14, 2026")


def test_apa_references_begin_a_page_and_heads_four_and_five_run_in(pages):
    sheets = pages(made("apa", RICH))
    assert re.match(r"EVENING RAIN AND TWO SMALL RIVERS (\d )?References Ash, A\.", sheets[-1])
    text = " ".join(sheets)
    assert "When it was dark. From October to March" in text
    assert "When the river was ice. On nine mornings" in text


def test_apa_tables_and_figures_in_the_text_or_at_the_end(pages):
    inside, behind = pages(made("apa", RICH)), pages(made("apa", RICH, floats="end"))
    assert "Table 1 Mean Rain of an Evening" in " ".join(inside[:-1])
    assert [re.search(r"RIVERS (?:\d+ )?(Table 1 Mean|Figure \d)", page)[1] for page in behind[-3:]] == [
        "Table 1 Mean",
        "Figure 1",
        "Figure 2",
    ]
    assert behind[-3].endswith("that of the evening before.")
    assert "Mean Rain of an Evening" not in " ".join(behind[:-3])


def test_apa_is_double_spaced_and_an_inch_from_the_edges(need):
    run = [need("pdftotext"), "-bbox", "-f", "3", "-l", "3", "-", "-"]
    boxes = subprocess.run(run, input=made("apa", RICH).content, capture_output=True, check=True).stdout.decode()
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(\S+)</word>', boxes)
    at = {word: (float(x), float(y)) for x, y, _, word in reversed(found)}
    assert at["who"][1] == pytest.approx(at["Introduction"][1] + 24, abs=0.5)
    assert at["People"][0] == pytest.approx(108, abs=1), "paragraphs begin half an inch in"
    assert min(float(x) for x, _, _, _ in found) == pytest.approx(72, abs=1)
    assert max(float(right) for _, _, right, _ in found) <= 540.5


# -- two-column --------------------------------------------------------------------------------------


def columns(need, content, page):
    """The words of a page as (left edge, right edge, foot)."""
    run = [need("pdftotext"), "-bbox", "-f", str(page), "-l", str(page), "-", "-"]
    boxes = subprocess.run(run, input=content, capture_output=True, check=True).stdout.decode()
    found = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)"', boxes)
    return [tuple(map(float, words)) for words in found]


def test_two_columns_have_a_gutter_and_the_wide_figure_spans_it(need, pages):
    sheet = made("two-column", RICH)
    inside = 26 * MILLIMETRE  # an even page's left margin is the outer one
    column = (195 - 24 - 26 - 6) / 2 * MILLIMETRE
    words = [word for word in columns(need, sheet.content, 2) if 80 < word[2] < 480]
    assert not [word for word in words if word[0] < inside + column + 6 and word[1] > inside + column + 8]
    assert {word[0] > inside + column for word in words} == {True, False}
    picture = "Figure 2. The whole year at both gauges, day by day."
    assert any(picture in page for page in pages(sheet))


@pytest.mark.parametrize("more", [0, 7, 19, 25, 44, 52])
def test_the_last_page_s_columns_end_at_about_the_same_height(need, more):
    document = settled(RICH)
    extra = tuple(replace(document.references[0], key=f"more{at}") for at in range(more))
    document = replace(document, references=(*document.references, *extra))
    look = theme.load("two-column", RICH)
    content = pdf.write(document, look)
    uneven = {**look.tokens, "columns": {**look.tokens["columns"], "balance": False}}
    plain = theme.Theme(look.name, look.folders, uneven)
    last = pdf.pages(content)
    assert last == pdf.pages(pdf.write(document, plain)), "no page is added for it"
    words = [word for word in columns(need, content, last) if 75 < word[2] < 690]
    left, right = (max((word[2] for word in words if (word[0] > 279) is side), default=0) for side in (False, True))
    assert abs(left - right) < 70 or left < 230, "five lines of references; fewer than twelve in all stay together"


# -- preprint ----------------------------------------------------------------------------------------


def test_preprint_shows_version_and_date_and_leads_back_from_references(pages):
    sheet = made("preprint", RICH)
    first, second, *rest = pages(sheet)
    assert first.startswith("Preprint · Journal of Small Rivers Version 2 · 14 May 2026")
    assert second.startswith("Ford et al. Evening Rain and Two Small Rivers Version 2 · 14 May 2026")
    assert "Ash, A., & Beck, B. (2020). Rivers and their beds. River Press. Cited on 1, 2, 4." in " ".join(rest)
    assert "Version 3" in pages(made("preprint", RICH, version="v3"))[0]
    with book(sheet) as pdf_:
        links = [link for page in pdf_.pages for link in page.get("/Annots", [])]
        addresses = {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A}
    assert {
        "mailto:ruth.ford@example.org",
        "https://orcid.org/0000-0002-1825-0097",
        "https://doi.org/10.5555/rivers.12.3",
    } <= addresses


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_has_its_web_page(name):
    page = press.press(settled(RICH), theme.load(name, RICH), "html").content.decode()
    for words in ("<li>Version 2</li>", "The gauges were lent by the village of Ford", "rivers, evening rain"):
        assert words in page, words
    said = theme.load(name, RICH).tokens.get("html", {})
    assert all(value in page for value in said.values())


# -- running heads, one's own theme ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("short", "title", "head"),
    [
        ("A Short One", "A Title That Nobody Has Cut", "A SHORT ONE"),
        ("", "Rivers: What They Do at Night and Why Nobody Has Ever Seen It", "RIVERS"),
        (
            "",
            "What the Rivers Do at Night and Why Nobody Has Ever Seen It",
            "WHAT THE RIVERS DO AT NIGHT AND WHY NOBODY HAS…",
        ),
    ],
)
def test_a_running_head_fits_its_line(short, title, head, pages):
    document = settled(RICH)
    document = replace(document, slots={}, blocks=(), meta=replace(document.meta, short_title=short, title=title))
    sheet = press.press(document, theme.load("apa", RICH), "pdf")
    assert re.match(rf"{head}( 1)? ", pages(sheet)[0])


def test_the_theme_of_twenty_lines_that_the_docs_teach(tmp_path, monkeypatch, pages):
    page = (HOME / "docs" / "themes.md").read_text("utf-8")
    lines = re.search(r"```toml\n(.+?)```", page, re.DOTALL)[1]
    said = [line for line in lines.splitlines() if line.strip() and not line.startswith("#")]
    assert len(said) <= 20
    own = tmp_path / "templates" / "quarterly"
    own.mkdir(parents=True)
    (own / "theme.toml").write_text(lines, "utf-8")
    document = replace(settled(PRECIS), folder=tmp_path)
    sheet = press.press(document, theme.load("quarterly", tmp_path), "pdf")
    assert "The Northern Quarterly, 7(1)" in pages(sheet)[0]
    with book(sheet) as pdf_:
        width, height = (float(number) for number in pdf_.pages[0].MediaBox[2:])
    assert (width, height) == pytest.approx((170 * MILLIMETRE, 240 * MILLIMETRE), abs=0.5)


def test_the_article_typ_that_the_docs_teach(tmp_path, pages):
    page = (HOME / "docs" / "themes.md").read_text("utf-8")
    article, floats = re.findall(r"```typst\n(.+?)```", page, re.DOTALL)
    own = tmp_path / "templates" / "mine"
    own.mkdir(parents=True)
    (own / "theme.toml").write_text('extends = "base"\n', "utf-8")
    (own / "article.typ").write_text(article, "utf-8")
    (own / "floats.typ").write_text(floats, "utf-8")
    sheet = press.press(settled(RICH), theme.load("mine", tmp_path), "pdf")
    assert "Forty gauges on twelve hills" in " ".join(pages(sheet))


def test_every_token_s_file_says_what_the_theme_is():
    for name in ("base", *THEMES):
        text = (HOME / "templates" / name / "theme.toml").read_text("utf-8")
        assert text.startswith("# "), name


def test_every_theme_has_its_picture_in_the_docs():
    page = (HOME / "docs" / "themes.md").read_text("utf-8")
    for name in (*THEMES, "apa-student"):
        assert f"(themes/{name}.png)" in page
        assert (HOME / "docs" / "themes" / f"{name}.png").read_bytes().startswith(b"\x89PNG")


GOING_ON = """---
title: A
---

Opening words come first. We know that
$$ a = b $$
behindwords go on.

$$ c = d $$

smallwords go on too.

$$ e = f $$

Capitalwords begin anew.

| Verseone stands
| Versetwo stands
"""


def test_apa_indents_paragraphs_but_not_what_goes_on_behind_an_equation_nor_verse(tmp_path, need):
    (tmp_path / "article.md").write_text(GOING_ON, "utf-8")
    document = press.settled(tmp_path / "article.md")
    content = press.press(document, theme.load("apa", tmp_path), "pdf").content
    boxes = subprocess.run([need("pdftotext"), "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)".*>(\S+)</word>', boxes.stdout.decode())
    at = {word: (round(float(left)), float(top)) for left, top, word in found}
    assert at["Opening"][0] == at["Capitalwords"][0] == 108
    assert at["behindwords"][0] == at["smallwords"][0] == at["Verseone"][0] == at["Versetwo"][0] == 72
    assert at["Versetwo"][1] > at["Verseone"][1] + 12
