"""An article whose PDF has what preflight looks for, and the PDF changed by a library of another's."""

import struct
import zlib
from io import BytesIO

import pikepdf

WORDS = " ".join(["Rivers change their beds over the years, and nobody is told."] * 40)
MANUSCRIPT = f"""---
title: Two Rivers
author:
  - {{name: Ruth Ford, orcid: 0000-0002-1825-0097, email: ruth@rivers.example}}
  - Olu Lake
journal: {{title: Journal of Rivers, abbreviation: JR, issn: 2049-3630}}
keywords: [rivers, beds]
abstract: Rivers move.
lang: en-GB
volume: 7
pages: 95-99
doi: 10.5555/rivers.7.95
date: 2024-06-30
received: 2024-01-31
accepted: 2024-05-02
license: CC BY 4.0
copyright: The Authors
url: https://rivers.example/7/95
bibliography: references.bib
---

# Beds

See [Figure @fig:flow] and [Table @tbl:rivers] [@roe2019], and [the data](https://rivers.example/data). $q = vd$.

![Flow at the gauge](gauge.png){{#fig:flow alt="A line that falls" width=60mm}}

| River | Flow |
|-------|------|
| Upper | 1.5  |

: The rivers {{#tbl:rivers}}

{WORDS}

{WORDS}

# Banks

{WORDS}

{WORDS}
"""


BIBLIOGRAPHY = "@book{roe2019, author = {Roe, Al}, title = {A Book}, publisher = {Press}, year = 2019}\n"


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def made(content, change):
    """The PDF with a fault made in it."""
    with pikepdf.open(BytesIO(content)) as file:
        change(file)
        done = BytesIO()
        file.save(done, object_stream_mode=pikepdf.ObjectStreamMode.disable, fix_metadata_version=False)
        return done.getvalue()


def codes(checked):
    return {finding.code for one in checked for finding in one.findings}
