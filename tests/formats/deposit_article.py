"""An article with everything that a publisher deposits, written as an author writes it, and what validators need."""

from __future__ import annotations

from pathlib import Path

SHARED = Path(__file__).parents[3] / "shared"

MANUSCRIPT = """---
title: Rivers & *Beds*
subtitle: A Study of Two
short-title: Rivers and Beds
author:
  - name: Ruth Ford
    affiliation: [water, lake]
    orcid: 0000-0002-1825-0097
    email: ruth@example.org
    corresponding: true
    roles: [conceptualization, Writing - original draft, tea]
  - name: Olu Lake
    affiliation: lake
    note: He has moved since.
  - name: {literal: The River Group}
affiliations:
  - {id: water, department: Water, name: River University, city: Izmir, country: Türkiye, ror: 03yrm5c26}
  - {id: lake, name: Lake House, country: Wales}
journal: {title: Journal of Rivers, abbreviation: J. Rivers, issn: 1234-5679, eissn: 2434-561X, publisher: River Press,
  url: rivers.example.org}
article-type: Review article
volume: 7
issue: 1
pages: 95-98
doi: 10.1234/rivers.7.1
url: https://rivers.example.org/7/1/95
pdf-url: https://rivers.example.org/7/1/95.pdf
date: 2024-03-05
received: 2023-11
accepted: 2024-02-01
license: CC BY 4.0
copyright: 2024 Ruth Ford and others
keywords: [rivers, beds & banks]
lang: en-GB
abstract: |
  Rivers *move*, and $x^2$ grows [@ash2020].^[Mostly.]

  We say why.
abstract-tr: Nehirler akar.
conflict-of-interest: None declared.
funding: Paid by the Guild (grants G1 and G2).
data-availability: On request.
ethics: No fish was harmed.
acknowledgements: We thank the rain.
funders:
  - {name: Guild of Water, id: 10.13039/501100000000, awards: [G1, G2]}
  - {name: Rain Fund, id: 'https://ror.org/03yrm5c26'}
bibliography: references.bib
---

# Two rivers {#sec:rivers}

Rivers change their beds [@ash2020, p. 3; @cole2019].^[Except in *very* dry years.] @cole2019 says why, and so does
@fig:flow with @tbl:rivers, @eq:flow and @eq:b. See <https://example.org/data> and [the data](#nowhere).

![Flow at the gauge](gauge.png){#fig:flow alt="A line that falls"}

| River | Flow | Depth |
|:------|-----:|------:|
| Upper |  1.5 |    20 |
| Lower | 12.5 |     8 |

: The two rivers {#tbl:rivers}

$$ q = \\int_0^d v(z)\\,dz $$ {#eq:flow}

\\begin{align}
a &= b \\label{eq:a} \\\\
c &= d \\label{eq:b}
\\end{align}

هذا نص[عربي]{lang=ar}.

::: {#refs}
:::

# More rivers {.appendix #app:more}

A third one.
"""

BIBLIOGRAPHY = """@article{ash2020, author = {Ash, Ann and Beck, Bo}, title = {Rivers of {Wales}}, journal = {Beds},
 year = 2020, volume = 3, number = 2, pages = {1203--5}, doi = {10.1234/ash}}
@book{cole2019, author = {Cole, Cy}, title = {Banks}, publisher = {River Press}, year = 2019,
 url = {https://example.org/banks}, isbn = {978-0-306-40615-7}}
"""


def written(folder: Path, manuscript: str = MANUSCRIPT) -> Path:
    """The folder with the article in it."""
    from small_article import picture

    (folder / "manuscript").mkdir(parents=True)
    (folder / "manuscript" / "article.md").write_text(manuscript, "utf-8")
    (folder / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    (folder / "gauge.png").write_bytes(picture(400, 200))
    return folder
