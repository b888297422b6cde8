"""The article of the Word tests, and a Word document as they read it."""

from __future__ import annotations

import json
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

from galley import pandoc
from galley.formats.wordxml import parse, w

ROOT = Path(__file__).parents[2]
MANUSCRIPT = """\
---
title: "Two *Rivers* & One Bed: A Study of Water That Moves Through the Lowlands"
short-title: Two Rivers
author:
  - name: Ruth Ford
    affiliation: [River University]
    email: ruth@example.org
    orcid: 0000-0002-1825-0097
  - name: Olu Lake
    affiliation: [Lake House, River University]
abstract: Rivers move [@ash2020].
keywords: [rivers, beds & banks]
journal: {title: Journal of Rivers, url: rivers.example.org}
volume: 7
issue: 1
pages: 95-98
doi: 10.5555/rivers.7.1
date: 2024-03-05
lang: en-GB
license: CC BY 4.0
funding: None was *received*.
---

# Rivers {#rivers}

Beds change [@ash2020; see @cole2019, p. 3].^[But not in *dry* years [@cole2019].] @cole2019 says why; @fig:flow shows
it, @tbl:rivers counts it, @eq:q reckons it. <https://example.org/data> and [no harm](javascript:alert(1)).
`<w:p><w:r><w:t>smuggled</w:t></w:r></w:p>`{=openxml} [odd]{custom-style="Evil"} [سلام]{lang=ur dir=rtl}

## Flow

![Flow at the *gauge*](gauge.png){#fig:flow alt="A grey field" width=50%}

Where $|x| = (1-y)^2$ and $<0.05$ hold,

$$ q = \\int_0^d v(z)\\,dz $$ {#eq:q}

| River | Flow | Depth |
|:------|-----:|:-----:|
| Upper |  1.5 |    20 |
| Lower | 12.5 |     8 |

: The two rivers {#tbl:rivers}

![](wide.png){alt=""}

> A quotation.

- one
- two

```python
def flow(): return 1
```
"""
BIBLIOGRAPHY = """\
@book{ash2020, author = {Ash, Ann and Beck, Bo}, title = {Rivers}, publisher = {River Press}, year = 2020}
@article{cole2019, author = {Cole, Cy}, title = {Beds}, journal = {Beds Today}, volume = 3, pages = {1--9}, year = 2019}
"""


def reopened(data: bytes, folder: Path) -> list[dict]:
    path = folder / "reopened.docx"
    path.write_bytes(data)
    done = subprocess.run(
        [pandoc.binary(), "-f", "docx", "-t", "json", str(path)], capture_output=True, check=True, encoding="utf-8"
    )
    return json.loads(done.stdout)["blocks"]


def words(element: ET.Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("t"))).replace("\u00a0", " ")


def paragraphs(body: ET.Element, style: str) -> list[str]:
    found = []
    for paragraph in body.iter(w("p")):
        own = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if own is not None and own.get(w("val")) == style:
            found.append(words(paragraph))
    return found


def instructions(element: ET.Element) -> list[str]:
    return [(text.text or "").strip() for text in element.iter(w("instrText"))]


def bookmarks(body: ET.Element) -> list[str]:
    return [mark.get(w("name")) for mark in body.iter(w("bookmarkStart"))]


def part(data: bytes, item: str = "document") -> ET.Element:
    """A part of a document's text."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return parse(package.read(f"word/{item}.xml"))


def converted(need, made: bytes, folder: Path, to: str) -> Path:
    office = need("soffice")
    (folder / "article.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", to, "--outdir", str(folder / "out")]
    subprocess.run([*command, str(folder / "article.docx")], capture_output=True, check=True, timeout=180)
    return folder / "out" / f"article.{to.split(':')[0]}"
