"""Running text: a paragraph a line, labels and numbers where the pages have them, formulas without a backslash."""

from pathlib import Path

import pytest

from galley import press, theme
from galley.formats import prose
from galley.formats.linear import linear

ARTICLE = r"""---
title: Water
author: Ruth Ford
keywords: [rivers, hills]
abstract: Two rivers rise.
---

# Method

@fig:map, @fig:two, @tbl:rain, @eq:flow, @lst:code and @app:more.

![The hill and its *two* rivers](map.png){#fig:map alt="Lines"}

::: {#fig:two}
![Wet](a.png){#fig:a alt="A"}

![Dry](b.png){#fig:b alt="B"}

Both halves
:::

| Season | Rain |
|:-------|-----:|
| Wet    | 2.5  |

: Rain by season {#tbl:rain}

$$ \frac{dS}{dt} = R - Q_{2} $$ {#eq:flow}

and so $x \leq 10^{-3}$, but $\mystery{x}$ stays; H~2~O has a * in it.

```{#lst:code .python caption="A line"}
if rain:
    flow(2 * 3)
```

1. one
   a. half

| Verse
|   lines

Store
:   What a valley holds.

# More {#app:more .appendix}

$$ y $$ {#eq:more}

# Last {.appendix}

An end (@eq:more).
"""


def texts(tmp_path: Path, text: str = ARTICLE, named: str = "base") -> tuple[list[str], list[str]]:
    """The paragraphs of the Markdown and of the bare text."""
    (tmp_path / "paper.md").write_text(text, "utf-8")
    settled = press.settled(tmp_path / "paper.md")
    look = theme.load(named, tmp_path)
    marked, bare = prose.write_md(settled, look).decode(), prose.write_txt(settled, look).decode()
    return marked.rstrip("\n").split("\n\n"), bare.rstrip("\n").split("\n\n")


def test_what_bears_a_number_shows_it(tmp_path):
    marked, bare = texts(tmp_path)
    for line in (
        "Figure 1, Figure 2, Table 1, Equation 1, Listing 1 and Appendix A.",
        "(a) Wet",
        "(b) Dry",
        "Figure 2. Both halves",
        "Table 1. Rain by season",
        "dS/dt = R − Q₂ (1)",
        "Listing 1. A line",
        "Appendix A. More",
        "y (A1)",
        "Appendix B. Last",
    ):
        assert line in marked
        assert line in bare
    assert "Figure 1. The hill and its *two* rivers" in marked
    assert "Figure 1. The hill and its two rivers" in bare


def test_apa_sets_the_label_over_the_title(tmp_path):
    marked, bare = texts(tmp_path, named="apa")
    at = marked.index("Table 1")
    assert marked[at : at + 2] == ["Table 1", "*Rain by season*"]
    assert bare[at : at + 2] == ["Table 1", "Rain by season"]
    assert marked[marked.index("Figure 1") + 1] == "*The hill and its two rivers*"


def test_formulas_are_signs_or_tex_that_is_not_escaped(tmp_path):
    marked, bare = texts(tmp_path)
    assert r"and so x ≤ 10⁻³, but $\mystery{x}$ stays; H₂O has a \* in it." in marked
    assert r"and so x ≤ 10⁻³, but \mystery{x} stays; H₂O has a * in it." in bare


def test_code_verse_and_rows_keep_their_lines(tmp_path):
    marked, bare = texts(tmp_path)
    assert "    if rain:\n        flow(2 * 3)" in marked
    assert "Season\tRain\nWet\t2.5" in bare
    assert "Season\tRain  \nWet\t2.5" in marked
    assert "Verse\nlines" in bare


def test_lists_keep_their_marks_and_terms_their_meaning(tmp_path):
    _, bare = texts(tmp_path)
    assert "1. one" in bare
    assert "a. half" in bare
    assert "Store: What a valley holds." in bare


def test_abstract_and_keywords_are_named(tmp_path):
    marked, _ = texts(tmp_path)
    assert marked[:5] == ["Water", "Ruth Ford", "Abstract", "Two rivers rise.", "*Keywords:* rivers, hills"]


def test_a_single_appendix_has_no_letter(tmp_path):
    _, bare = texts(tmp_path, ARTICLE.split("# Last")[0])
    assert "Appendix. More" in bare


def test_rows_with_numbers_stand_on_lines_of_their_own(tmp_path):
    rows = "\\begin{align}\na &= b, \\label{eq:a} \\\\\nc &= d \\label{eq:c}\n\\end{align}\n"
    _, bare = texts(tmp_path, f"---\ntitle: Rows\n---\n\n{rows}\nBy @eq:a and \\eqref{{eq:c}}.\n")
    assert bare[-3:] == ["a = b, (1)", "c = d (2)", "By Equation 1 and (2)."]


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"b(r) = 100\,\lvert r\rvert^{3},", "b(r) = 100 |r|³,"),
        (r"\hat{\beta}_1=.35", "β̂₁ = .35"),
        (r"\chi^2(2, N = 30) = 4.1", "χ²(2, N = 30) = 4.1"),
        (r"\sum_{i=1}^{k} x_{ij}", "∑_(i = 1)^k x_ij"),
        (r"\frac{a+b}2", "(a+b)/2"),
        (r"\sqrt[3]{x} + \sin \alpha", "∛x + sin α"),
        (r"90^\circ", "90°"),
        (r"f'(x) \in \mathbb{R}^n", "f′(x) ∈ ℝⁿ"),
        ("\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}\n= 1", "(a, b; c, d) = 1"),
        (r"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{else} \end{cases}", "{1, if x > 0; 0, else"),
        (r"\left. x \right|_0", "x |₀"),
        (r"\{a\}", "{a}"),
        (r"\mystery{x}", None),
        (r"\frac{a", None),
        ("x}", None),
        (r"\begin{matrix} a", None),
        ("{" * 200, None),
    ],
)
def test_formulas_on_a_line(tex, text):
    assert linear(tex) == text
