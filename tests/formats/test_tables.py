"""Tables on the pages of each format: from CSV files, with numbers under one another, turned, over several pages."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from small_article import picture

from galley import press
from galley.document import Document

MANUSCRIPT = """---
title: A Title
---

See @tbl:rain, @tbl:turned and @fig:map.

![Rain by *season*](data/rain.csv){#tbl:rain}

::: notes
*Note.* From the data.
:::

:::: {.table .landscape #tbl:turned file="data/many.csv" align=ld}
Every evening
::::

::: notes
*Note.* A note on a turned page.
:::

![A map](map.png){#fig:map .landscape alt="Grey squares"}
"""
RAIN = 'Season,Rain (*M*)\n"Spring, late",8.5\nSummer,-12.25\nAutumn,777\n'
MANY = "Evening,Rain\n" + "".join(f"evening-{at},{at}.{at % 10}\n" for at in range(1, 100))

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>')


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder: Path = tmp_path_factory.mktemp("tables")
    for name, content in {
        "manuscript/article.md": MANUSCRIPT.encode(),
        "data/rain.csv": RAIN.encode(),
        "data/many.csv": MANY.encode(),
        "map.png": picture(),
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return press.settled(folder)


def words(pdf: bytes, tool: str) -> list[tuple[str, float, float, float]]:
    """The words of a PDF with page, left and right edge, as pdftotext finds them."""
    run = subprocess.run([tool, "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    return [
        (one[3], at, float(one[1]), float(one[2]))
        for at, page in enumerate(run.stdout.decode().split("<page ")[1:], 1)
        for one in WORD.finditer(page)
    ]


@pytest.mark.parametrize("look", ["", "apa", "two-column"])
def test_numbers_stand_with_their_points_in_one_line(document, need, look):
    pdf = press.press(document, press.themed(document, look), "pdf").content
    found = {word: (left, right) for word, _, left, right in words(pdf, need("pdftotext"))}
    digit = (found["−12.25"][1] - found["−12.25"][0]) / 6
    assert abs(found["8.5"][1] + digit - found["−12.25"][1]) < digit / 2
    assert found["8.5"][1] - found["777"][1] > digit
    assert {"Spring,", "late"} <= set(found), "a comma between quotation marks parts nothing"


@pytest.mark.parametrize("look", ["", "apa", "two-column"])
def test_a_long_table_goes_on_and_repeats_its_head_on_turned_pages(document, need, look):
    pdf = press.press(document, press.themed(document, look), "pdf").content
    found = words(pdf, need("pdftotext"))
    pages = {page for word, page, *_ in found if word.startswith("evening-")}
    assert len(pages) > 1
    assert all(any(word == "Evening" and at == page for word, at, *_ in found) for page in pages)
    sizes = re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', bbox(pdf, need))
    assert all(float(sizes[page - 1][0]) > float(sizes[page - 1][1]) for page in pages)


def bbox(pdf: bytes, need: Callable[[str], str]) -> str:
    return subprocess.run(
        [need("pdftotext"), "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def test_a_table_of_the_web_page_has_all_of_its_file(document):
    page = lxml.html.fromstring(press.press(document, press.themed(document), "html").content.decode())
    (table,) = page.xpath("//figure[@id='tbl-rain']//table")
    rows = [[cell.text_content() for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")]
    assert rows == [["Season", "Rain (M)"], ["Spring, late", "8.50"], ["Summer", "−12.25"], ["Autumn", "777.00"]]
    assert table.xpath("string(.//tbody/tr[1]/td[2]/span[@class='pad'])") == "0"
    assert ".pad { visibility: hidden; }" in page.xpath("string(//style)"), "what fills up is not seen, read or copied"
    assert len(page.xpath("//figure[@id='tbl-turned']//tbody/tr")) == 99


def test_a_table_of_the_word_document_has_blanks_as_wide_as_digits(document):
    import zipfile
    from io import BytesIO

    content = press.press(document, press.themed(document), "docx").content
    text = zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
    assert re.search(">8[.]5\u2007<", text)
    assert re.search(">777\u2008\u2007\u2007<", text)


def test_a_table_of_many_columns_is_set_smaller_until_nothing_overlaps(tmp_path, need):
    head = ",".join(f"Gauge-{at}" for at in range(1, 13))
    rows = "\n".join(",".join(f"{row * at * 1.37:.2f}" for at in range(1, 13)) for row in range(1, 9))
    empty = "," * 11
    (tmp_path / "wide.csv").write_text(f'{head}\n{rows}\n{empty[:-1]},"*x* and **y**"\n', "utf-8")
    (tmp_path / "article.md").write_text("---\ntitle: A\n---\n\n![Wide](wide.csv){#tbl:wide}\n", "utf-8")
    document = press.settled(tmp_path / "article.md")
    pdf = press.press(document, press.themed(document), "pdf").content
    heads = sorted((left, right) for word, _, left, right in words(pdf, need("pdftotext")) if word.startswith("Gauge"))
    assert len(heads) == 12
    assert all(before[1] < after[0] for before, after in pairwise(heads))
    assert heads[-1][1] < (210 - 46) * 72 / 25.4


LINE = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>')


def placed(folder: Path, text: str, look: str, need: Callable[[str], str]) -> dict[str, tuple[int, float]]:
    """Where each word of an article stands last: its page and its distance from the top."""
    (folder / "article.md").write_text(f"---\ntitle: A Title\n---\n\n{text}", "utf-8")
    document = press.settled(folder / "article.md")
    content = press.press(document, press.themed(document, look), "pdf").content
    pages = bbox(content, need).split("<page ")[1:]
    return {one[4]: (at, float(one[2])) for at, page in enumerate(pages, 1) for one in LINE.finditer(page)}


def rows(name: str, count: int) -> str:
    lines = "".join(f"| {name}{at} | {at} |\n" for at in range(count))
    return f"| Head{name} | Number |\n|----|----:|\n{lines}\n: Words {{#tbl:{name}}}\n\n"


@pytest.mark.parametrize("look", ["", "preprint", "apa", "two-column"])
@pytest.mark.parametrize("before", [20, 30, 40, 50])
def test_a_short_table_is_never_broken_and_text_fills_its_page(tmp_path, need, look, before):
    filler = "\n\n".join(f"Filler{at} stands before it." for at in range(before))
    after = "\n\n".join(f"After{at} it the text goes on." for at in range(40))
    found = placed(tmp_path, f"See @tbl:t.\n\n{filler}\n\n{rows('t', 9)}{after}\n", look, need)
    assert len({found[f"t{at}"][0] for at in range(9)} | {found["Headt"][0]}) == 1
    if look not in ("apa", "two-column"):  # apa sets it where it is written, two-column has a test of its own
        last = f"Filler{before - 1}"
        assert found["After0"][0] == found[last][0] or found[last][1] > 650, "no gap is left where it has no room"


@pytest.mark.parametrize("look", ["", "apa"])
def test_a_long_table_says_on_each_further_page_that_it_is_continued(tmp_path, need, look):
    (tmp_path / "article.md").write_text(f"---\ntitle: A Title\n---\n\nSee @tbl:t.\n\n{rows('t', 120)}", "utf-8")
    document = press.settled(tmp_path / "article.md")
    content = press.press(document, press.themed(document, look), "pdf").content
    pages = bbox(content, need).split("<page ")[1:]
    words_of = [[one[4] for one in LINE.finditer(page)] for page in pages]
    with_rows = [page for page in words_of if any(re.fullmatch(r"t\d+", word) for word in page)]
    assert len(with_rows) > 2
    assert ["(continued)" in page for page in with_rows] == [False] + [True] * (len(with_rows) - 1)
    assert all("Headt" in page for page in with_rows)


@pytest.mark.parametrize("look", ["", "two-column", "apa"])
def test_no_word_of_a_table_is_broken_for_a_narrow_column_and_its_numbers_are_lining(tmp_path, need, look):
    long = "a few words that need a wide column so that the dashes give it nearly all the room there is in the table"
    text = f"| Categories | What |\n|---|{'-' * 120}|\n| 1 | {long} {long} |\n| internationally | {long} |\n"
    (tmp_path / "article.md").write_text(f"---\ntitle: A Title\n---\n\nA table.\n\n{text}\n", "utf-8")
    document = press.settled(tmp_path / "article.md")
    content = press.press(document, press.themed(document, look), "pdf").content
    found = {word for word, *_ in words(content, need("pdftotext"))}
    assert {"Categories", "internationally"} <= found
    assert not any(word.endswith(("-", "\u00ad")) for word in found)


def test_a_table_is_set_smaller_than_the_text(tmp_path, need):
    text = "---\ntitle: A\n---\n\nTextword and more.\n\n| Cellword | b |\n|---|---|\n| c | d |\n"
    (tmp_path / "article.md").write_text(text, "utf-8")
    document = press.settled(tmp_path / "article.md")
    content = press.press(document, press.themed(document), "pdf").content
    found = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(\w+)</word>', bbox(content, need))
    height = {word: float(low) - float(top) for top, low, word in found}
    assert height["Cellword"] == pytest.approx(0.91 * height["Textword"], rel=0.02)
