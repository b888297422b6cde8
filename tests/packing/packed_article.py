"""The article that is packed, and what its files are called."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[2]
OJS = "{http://pkp.sfu.ca}"
MANUSCRIPT = """---
title: Two *Rivers*
author:
  - {name: {given: Ruth, family: Ford}, orcid: 0000-0002-1825-0097, email: ruth@rivers.example}
journal: {title: Journal of Rivers, abbreviation: J. Rivers, eissn: 2049-3630, publisher: River Press}
keywords: [rivers, beds]
abstract: Rivers move.
lang: en-GB
volume: 7
issue: 1
pages: 95-96
doi: 10.5555/rivers.7.95
date: 2024-06-30
license: CC BY 4.0
url: https://rivers.example/7/95
bibliography: references.bib
funding: None.
conflict-of-interest: None.
---

# Beds

See [Figure @fig:flow] [@roe2019], and [@poe2020]. $q = vd$.

![Flow at the gauge](pics/Gauge 1.PNG){#fig:flow alt="A line that falls" width=2mm}

![](pics/bare.png){alt="A bed" width=2mm}

# Banks

"""


BIBLIOGRAPHY = """@book{roe2019, author = {Roe, Al}, title = {A Book}, publisher = {Press}, year = 2019}
@article{poe2020, author = {Poe, E.}, title = {Beds}, journal = {Water}, volume = 3, pages = {1--9}, year = 2020,
  doi = {10.5555/poe}}
"""


def picture() -> bytes:
    made = BytesIO()
    Image.new("L", (40, 20), 128).save(made, "PNG")
    return made.getvalue()


def project(folder: Path, manuscript: str = MANUSCRIPT) -> Path:
    (folder / "manuscript").mkdir(parents=True)
    (folder / "pics").mkdir()
    for name in ("Gauge 1.PNG", "bare.png"):
        (folder / "pics" / name).write_bytes(picture())
    (folder / "manuscript" / "article.md").write_text(manuscript + "\n\n".join(["Rivers move. " * 130] * 2), "utf-8")
    (folder / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    return folder


STEM = "j-rivers-7-1-95"
NAMES = [
    *(f"figures/{STEM}-{name}" for name in ("fig1.png", "figx1.png")),
    *(f"{STEM}-{name}" for name in ("citation.bib", "citation.ris", "citation.txt")),
    *(f"{STEM}-{name}" for name in ("crossref.xml", "doaj.xml", "ojs.xml")),
    *(f"{STEM}.{suffix}" for suffix in ("docx", "epub", "html", "pdf", "xml")),
    *("manifest.json", "preflight.html", "preflight.json", "references.bib", "references.json"),
]
