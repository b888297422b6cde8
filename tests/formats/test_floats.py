"""Figures, panels, tables, equations, listings and appendices on the pages of each format: the same numbers, links that
lead to them, and a PDF that is still PDF/A-2a and PDF/UA-1.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import lxml.html
import pikepdf
import pytest
from small_article import picture

from galley import press
from galley.document import Document

MANUSCRIPT = r"""---
title: A Title
---

See @fig:map, @fig:left, @tbl:ages, @eq:mass, @eq:rows, @lst:sum, @app:more and @fig:late.

![A map of $x^2$](map.png){#fig:map alt="Grey squares"}

*Note.* Drawn by hand.

::: {#fig:both}
![The left](map.png){#fig:left alt="One"}

![The right](map.png){#fig:right alt="Two"}

Both sides.
:::

| Age | Count |
|-----|------:|
| 20  | 4     |

: Ages of readers {#tbl:ages}

$$ E = mc^2 $$ {#eq:mass}

\begin{align}
a &= b \label{eq:first} \\
c &= d \label{eq:rows}
\end{align}

```{#lst:sum .python caption="A *sum*"}
1 + 1
```

# References

::: {#refs}
:::

# Appendix: Details {#app:more}

![Late](map.png){#fig:late alt="Three"}
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder: Path = tmp_path_factory.mktemp("floats")
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / "article.md").write_text(MANUSCRIPT, "utf-8")
    (folder / "map.png").write_bytes(picture())
    return press.settled(folder)


@pytest.fixture(scope="module")
def pdf(document: Document) -> bytes:
    return press.press(document, press.themed(document), "pdf").content


@pytest.fixture(scope="module")
def page(document: Document) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(press.press(document, press.themed(document), "html").content.decode())


def test_pdf_prints_labels_and_numbers(pdf: bytes, need: Callable[[str], str]) -> None:
    run = subprocess.run([need("pdftotext"), "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    text = " ".join(run.stdout.decode().split())
    assert "See Figure 1, Figure 2a, Table 1, Equation 1, Equation 3, Listing 1, Appendix and Figure A1." in text
    for words in (
        "Figure 1. A map of",
        "(a) The left (b) The right",
        "Figure 2. Both sides.",
        "Table 1. Ages of readers",
    ):
        assert words in text
    for words in ("Listing 1. A sum", "Figure A1. Late", "Appendix Details", "Note. Drawn by hand."):
        assert words in text
    assert re.search(r"\(1\).*\(2\).*\(3\)", text)


def test_every_link_in_the_pdf_leads_to_a_page(pdf: bytes) -> None:
    book = pikepdf.open(BytesIO(pdf))
    links = [note for page in book.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert len(links) >= 8
    assert all("/Dest" in link or "/A" in link for link in links)


def test_a_link_to_a_figure_leads_to_where_it_stands(pdf: bytes) -> None:
    """The first link is to Figure 1, the last to Figure A1: further down, or on a later page."""
    book = pikepdf.open(BytesIO(pdf))
    numbers = {page.obj.objgen: at for at, page in enumerate(book.pages)}
    links = [note for page in book.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    named = pikepdf.NameTree(book.Root.Names.Dests)
    places = []
    for link in links:
        target = link.get("/Dest") if "/Dest" in link else link.A.D
        target = target if isinstance(target, pikepdf.Array) else named[str(target)]
        places.append((numbers[target[0].objgen], -float(target[3])))
    assert places[0] < places[1] < places[2]
    assert max(places) == places[7]


def test_the_web_page_has_labels_in_its_captions(page: lxml.html.HtmlElement) -> None:
    labels = {
        figure.get("id"): figure.xpath("./figcaption//span[contains(@class, 'label')]/text()")[:1]
        for figure in page.xpath("//figure[@id]")
    }
    wanted = {
        "fig-map": "Figure 1",
        "fig-both": "Figure 2",
        "fig-left": "(a)",
        "fig-right": "(b)",
        "tbl-ages": "Table 1",
    }
    wanted |= {"lst-sum": "Listing 1", "fig-late": "Figure A1"}
    assert {name: label[0].replace("\u00a0", " ") for name, label in labels.items()} == wanted


def test_equations_of_the_web_page_have_their_numbers(page: lxml.html.HtmlElement) -> None:
    (number,) = page.xpath("//*[@id='eq-mass']/span[@class='number']/text()")
    assert number == "(1)"
    assert page.xpath("//*[@id='eq-mass']//*[local-name()='math'][@display='block']")
    assert "(3)" in page.xpath("string(//*[@id='eq-rows']/..)")


def test_every_reference_of_the_web_page_leads_to_something(page: lxml.html.HtmlElement) -> None:
    links = page.xpath("//a[contains(concat(' ', @class, ' '), ' xref ')]")
    assert [link.text.replace("\u00a0", " ") for link in links][:3] == ["Figure 1", "Figure 2a", "Table 1"]
    ids = set(page.xpath("//@id"))
    assert len(links) == 8
    assert {link.get("href")[1:] for link in links} <= ids


def test_the_appendix_has_its_label_in_its_heading(page: lxml.html.HtmlElement) -> None:
    heading = page.xpath("//*[@id='app-more']//*[self::h2 or self::h3] | //*[self::h2 or self::h3][@id='app-more']")[0]
    assert [part.strip() for part in heading.itertext() if part.strip()] == ["Appendix", "Details"]


ROWS = r"""---
title: A Title
---

By @eq:one, @eq:two and \eqref{eq:three}.

\begin{align}
a &= b \label{eq:one} \\
c &= \begin{cases} 1 & x > 0 \\ 2 & y > 0 \end{cases} \nonumber \\
\frac{d}{e} + f &= g + h + i \label{eq:two}
\end{align}

\begin{gather}
k = l \label{eq:three} \\
m = n + o + p \label{eq:four}
\end{gather}
"""


@pytest.mark.parametrize("look", ["", "apa", "two-column"])
def test_each_line_of_an_equation_has_its_number_beside_it_at_the_margin(tmp_path, need, look):
    (tmp_path / "article.md").write_text(ROWS, "utf-8")
    document = press.settled(tmp_path / "article.md")
    content = press.press(document, press.themed(document, look), "pdf").content
    run = [need("pdftotext"), "-bbox", "-", "-"]
    boxes = subprocess.run(run, input=content, capture_output=True, check=True).stdout.decode()
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', boxes)
    last = {word: (float(right), (float(top) + float(foot)) / 2) for _, top, right, foot, word in found}
    numbers = [last[f"({number})"] for number in (1, 2, 3, 4)]
    edges = {round(right) for right, _ in numbers}
    assert len(edges) == 1, "all at the margin"
    for (_, height), letter in zip(numbers, "bilp", strict=True):
        italic = chr(0x1D44E + ord(letter) - ord("a"))
        beside = next(at for word, (_, at) in last.items() if italic in word or letter == word)
        assert abs(height - beside) < 6, f"beside the line with {letter}"


def boxes(content: bytes, need: Callable[[str], str]) -> list[tuple[float, float, float, float, str]]:
    """The words of a PDF with their left, upper, right and lower edges."""
    run = subprocess.run([need("pdftotext"), "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    word = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    found = re.findall(word, run.stdout.decode())
    return [(float(a), float(b), float(c), float(d), text) for a, b, c, d, text in found]


@pytest.mark.parametrize("look", ["", "two-column"])
def test_a_last_row_of_fewer_panels_stands_in_the_middle(tmp_path, need, look):
    panels = "\n\n".join(f'![Panel{at}](map.png){{alt="One"}}' for at in range(1, 6))
    text = f"---\ntitle: A\n---\n\nSee @fig:all.\n\n::: {{#fig:all layout-ncol=3}}\n{panels}\n\nAll of them.\n:::\n"
    (tmp_path / "article.md").write_text(text, "utf-8")
    (tmp_path / "map.png").write_bytes(picture())
    document = press.settled(tmp_path / "article.md")
    content = press.press(document, press.themed(document, look), "pdf").content
    left = {text: edge for edge, *_, text in boxes(content, need) if text.startswith("Panel")}
    step = left["Panel2"] - left["Panel1"]
    assert left["Panel5"] - left["Panel4"] == pytest.approx(step, abs=2)
    assert left["Panel4"] == pytest.approx(left["Panel1"] + step / 2, abs=2)


CODE = """---
title: A
---

```
short = 1
```

```
long = {long}
```

```
veryLong = {very}
```
"""


@pytest.mark.parametrize("look", ["", "apa", "preprint"])
def test_all_code_of_an_article_is_of_one_size(tmp_path, need, look):
    def heights(long, very):
        (tmp_path / "article.md").write_text(CODE.format(long=long, very=very), "utf-8")
        document = press.settled(tmp_path / "article.md")
        content = press.press(document, press.themed(document, look), "pdf").content
        return {text: round(low - top, 1) for _, top, _, low, text in boxes(content, need)}

    plain = heights("1", "1")
    found = heights("x" * 70, "y " * 90)
    assert found["short"] == found["long"] == found["veryLong"]
    assert found["short"] <= plain["short"]
    assert found["short"] >= 0.7 * plain["short"]


@pytest.mark.parametrize(("sentences", "high"), [(10, 7), (30, 9)])
def test_no_figure_stands_above_the_title(tmp_path, need, sentences, high):
    """Several figures right after a short opening: the first stays under the text that it follows."""
    (tmp_path / "gauge.png").write_bytes(picture())
    figures = "".join(
        f"![Gauge {at}](gauge.png){{#fig-{at} width={width}% height={high}cm alt='A gauge'}}\n\n"
        for at, width, high in ((1, 50, 4), (2, 100, high), (3, 60, 4), (4, 100, 8))
    )
    text = "As @fig-1, @fig-2, @fig-3 and @fig-4 show, so it is. " + "More words to be read. " * sentences
    (tmp_path / "article.md").write_text(f"---\ntitle: A Title Above All\n---\n\n{text}\n\n{figures}\nThe end.\n")
    settled = press.settled(tmp_path)
    data = press.press(settled, press.themed(settled, "base"), "pdf").content
    run = subprocess.run([need("pdftotext"), "-layout", "-", "-"], input=data, capture_output=True, check=True)
    assert run.stdout.decode().strip().startswith("A Title Above All")


def test_what_quarto_calls_fig_alt_is_the_alternative_text(tmp_path):
    (tmp_path / "gauge.png").write_bytes(picture())
    (tmp_path / "article.md").write_text(
        "---\ntitle: T\ndate: last-modified\n---\n\nSee @fig-a.\n\n![Gauge](gauge.png){#fig-a fig-alt='A gauge'}\n"
    )
    settled = press.settled(tmp_path)
    assert "'alt', 'A gauge'" in str(settled.blocks)
    assert settled.meta.date == ""
