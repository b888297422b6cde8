"""A small article made by hand, with one of everything a page shows. Its citations are already set, as the
stages leave them, so that the tests of the web page depend on nothing before it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from galley.document import Document, Place, Reference
from galley.frontmatter import Affiliation, Author, FrontMatter, Journal
from galley.pandoc import Reading
from galley.theme import Theme

TEMPLATES = Path(__file__).parents[2] / "templates"
PLAIN = Theme("base", (TEMPLATES / "base",), {})

BODY = """
# Two rivers {#rivers}

Rivers change their beds [([Ash & Beck, 2020](#ref-ash2020){.citation-ref}; [Cole,
2019](#ref-cole.2019){.citation-ref})]{#cite-1 .citation cites="ash2020 cole.2019"}.^[Except in
*very* dry years.] [[Cole](#ref-cole.2019){.citation-ref} ([2019](#ref-cole.2019){.citation-ref})]{#cite-2
.citation cites="cole.2019"} says why.

## Flow

![Flow at the gauge](gauge.png){#fig-flow}

| River | Flow | Depth |
|:------|-----:|------:|
| Upper |  1.5 |    20 |
| Lower | 12.5 |     8 |

: The two rivers {#tbl-rivers}

$$ q = \\int_0^d v(z)\\,dz $$

# Beds

See <https://example.org/data>.
"""

SLOTS = {
    "title": "Two *Rivers* & One Bed",
    "subtitle": "A Study",
    "abstract": "Rivers move [([Ash & Beck, 2020](#ref-ash2020){.citation-ref})]{#cite-3 .citation cites=ash2020}.",
    "conflict-of-interest": "None declared.",
    "funding": "None received.",
}

REFERENCES = {
    "ash2020": "Ash, A., & Beck, B. (2020). *Rivers*. River Press. <https://doi.org/10.1234/ash>",
    "cole.2019": "Cole, C. (2019). Beds. *Beds Today*, *3*(2), 1–9. <https://example.org/beds>",
    "dale2018": "Dale, D. (2018). *Never cited*. River Press.",
}

META = FrontMatter(
    title="Two *Rivers* & One Bed",
    authors=(
        Author("Ruth Ford", "Ruth", "Ford", (0,), "0000-0002-1825-0097", "ruth@example.org", corresponding=True),
        Author("Olu Lake", "Olu", "Lake", (0, 1)),
    ),
    affiliations=(Affiliation("River University", "Department of Water", "Ford", "Wales"), Affiliation("Lake House")),
    journal=Journal("Journal of Rivers", issn="1234-5679", publisher="River Press", url="rivers.example.org"),
    volume="7",
    issue="1",
    first_page=95,
    last_page=98,
    doi="10.1234/rivers.7.1",
    date="2024-03-05",
    received="2023-11",
    license="CC BY 4.0",
    copyright="The authors",
    keywords=("rivers", "beds & banks"),
    type="Research article",
)


def article(
    folder: Path, body: str = BODY, slots: Mapping[str, str] = SLOTS, meta: FrontMatter = META, **changes: object
) -> Document:
    """The article, or one with another body, other slots or another front matter."""
    references = tuple(Reference(key, tuple(_blocks(text)[0]["c"]), _plain(text)) for key, text in REFERENCES.items())
    document = Document(
        folder=folder,
        files=(),
        meta=meta,
        places=Place(),
        blocks=tuple(_blocks(body)),
        slots={name: tuple(_blocks(text)) for name, text in slots.items()},
        references=references,
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def picture(width: int = 4, height: int = 2) -> bytes:
    """A grey PNG."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@cache
def _blocks(text: str) -> list[dict[str, object]]:
    return Reading(text).result()[1]


def _plain(text: str) -> str:
    return text.replace("*", "").replace("<", "").replace(">", "")
