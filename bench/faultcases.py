"""The faults that bench/faults.py puts into a sound small article, one at a time, and what is to be said of each.

A case replaces a piece of one file (the first that there is) with another; ``place`` is where the fault has to be told.
"""

# ruff: noqa: E501 - a case is read best in one line

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import NamedTuple

MD, BIB, CSV, PNG = "article.md", "references.bib", "data/rain.csv", "figures/map.png"

ARTICLE = """\
---
title: Rain and rivers
author:
  - name: Ada Low
    email: ada@example.org
date: 2024-05-01
lang: en
bibliography: references.bib
---

# Introduction

Rain falls [@doe2001], and rivers rise, as @roe2002 says.[^1] See @fig:map and @tbl:rain.

[^1]: Both were measured.

![The rivers](figures/map.png){#fig:map alt="A map of three rivers"}

| Season | Rain |
|--------|-----:|
| Spring |   83 |
| Summer |   91 |

: Rain by season {#tbl:rain}

## Measures

The rise is $q = a + b$, and the code is `rise()`.

$$ Q = v A $$ {#eq:flow}
"""

REFERENCES = """\
@article{doe2001,
  author  = {Doe, Jo},
  title   = {Rain in spring},
  journal = {Journal of Rain},
  year    = {2001},
  month   = may,
  volume  = {3},
  pages   = {1--9},
  doi     = {10.1234/rain.2001}
}

@book{roe2002,
  author    = {Roe, Al and Poe, Ed},
  title     = {Rivers},
  publisher = {River Press},
  year      = {2002}
}
"""


class Case(NamedTuple):
    """A fault: in ``file``, ``old`` becomes ``new``; it is told as ``code`` at ``place``, "file:line:column"."""

    group: str
    name: str
    file: str
    old: str
    new: str
    code: str = ""
    place: str = ""
    encode: Callable[[str], bytes] | None = None


def png(width: int = 1800, height: int = 900, grey: int = 0x88) -> bytes:
    """A grey picture."""
    rows = b"".join(b"\0" + bytes([grey]) * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def files(case: Case | None = None) -> dict[str, bytes]:
    """The article's files by name, with a case's fault in them."""
    texts = {MD: ARTICLE, BIB: REFERENCES}
    made = {"figures/map.png": png(), **{name: text.encode() for name, text in texts.items()}}
    if case:
        text = texts.get(case.file, "")
        assert case.old in text, case.name
        text = text.replace(case.old, case.new, 1)
        made[case.file] = case.encode(text) if case.encode else text.encode()
        if case.file == CSV:
            link = "![Rain by season](data/rain.csv){#tbl:rain}\n"
            start, end = ARTICLE.index("| Season"), ARTICLE.index("## Measures")
            made[MD] = f"{ARTICLE[:start]}{link}\n{ARTICLE[end:]}".encode()
    return made


def utf16(text: str) -> bytes:
    """In UTF-16."""
    return text.encode("utf-16")


def latin(text: str) -> bytes:
    """In Latin-1."""
    return text.encode("latin-1")


def crlf(text: str) -> bytes:
    """With the line ends of Windows."""
    return text.replace("\n", "\r\n").encode()


def mac(text: str) -> bytes:
    """With the line ends of the old Mac."""
    return text.replace("\n", "\r").encode()


def mixed(text: str) -> bytes:
    """With both kinds of line ends."""
    head, tail = text.split("# Introduction")
    return head.replace("\n", "\r\n").encode() + ("# Introduction" + tail).encode()


def nothing(_: str) -> bytes:
    """No bytes."""
    return b""


def cut(_: str) -> bytes:
    """A picture that ends in its midst."""
    return png()[:400]


def small(_: str) -> bytes:
    """A picture of few pixels."""
    return png(80, 60)


TABLE = ARTICLE[ARTICLE.index("| Season") : ARTICLE.index("\n: Rain")]
GRID = """\
+--------+------+
| Season | Rain |
+========+======+
| Spring | 83   |
+--------+------+
"""

CASES: tuple[Case, ...] = (
    # the eight
    Case("the eight", "key that no entry has", MD, "@doe2001", "@nosuch1999", "unresolved-citation", "article.md:13:13"),
    Case("the eight", "missing brace in .bib", BIB, "{Rain in spring}", "{Rain in spring", "broken-entry", "references.bib:3:13"),
    Case("the eight", "missing figure", MD, "figures/map.png", "figures/none.png", "missing-figure", "article.md:17:15"),
    Case("the eight", "bad YAML", MD, "title: Rain and rivers", "title: Rain: and rivers", "bad-yaml", "article.md:2:12"),
    Case("the eight", "article without journal", BIB, "  journal = {Journal of Rain},\n", "", "missing-field", "references.bib:1:1"),
    Case("the eight", "article without year", BIB, "  year    = {2001},\n  month   = may,\n", "", "missing-field", "references.bib:1:1"),
    Case("the eight", "same key twice", BIB, "@book{roe2002", "@book{doe2001", "duplicate-key", "references.bib:12:1"),
    Case("the eight", "typed citation without entry", MD, "as @roe2002 says", "(Ghost & Co, 2001), as @roe2002 says", "typed-citation", "article.md:13:41"),
    Case("the eight", "entry never cited", MD, "as @roe2002 says", "as all say", "uncited-entry", "references.bib:12:1"),
    # encoding
    Case("encoding", "UTF-16", MD, "", "", "not-utf8", "article.md:1:1", utf16),
    Case("encoding", "Latin-1", MD, "Rain falls", "Régn falls", "not-utf8", "article.md:13:2", latin),
    Case("encoding", "Latin-1 in .bib", BIB, "Doe, Jo", "Doé, Jo", "not-utf8", "references.bib:2:16", latin),
    Case("encoding", "NUL byte", MD, "rivers rise", "rivers\u0000 rise", "nul-byte", "article.md:13:34"),
    Case("encoding", "BOM within", MD, "rivers rise", "\ufeffrivers rise", "stray-character", "article.md:13:28"),
    Case("encoding", "UTF-8 read as Latin-1", MD, "Rain falls", "RÃ©gen falls", "mojibake", "article.md:13:2"),
    Case("encoding", "replacement character", MD, "Rain falls", "R�gen falls", "stray-character", "article.md:13:2"),
    Case("encoding", "zero-width space in a key", MD, "@doe2001", "@doe\u200b2001", "stray-character", "article.md:13:17"),
    Case("encoding", "zero-width space in .bib key", BIB, "{doe2001", "{doe\u200b2001", "stray-character", "references.bib:1:13"),
    Case("encoding", "Cyrillic letter in a key", MD, "@doe2001", "@dоe2001", "unresolved-citation", "article.md:13:13"),
    Case("encoding", "control character", MD, "rivers rise", "rivers\u0007 rise", "stray-character", "article.md:13:34"),
    Case("encoding", "bidirectional override", MD, "rivers rise", "rivers\u202e rise", "stray-character", "article.md:13:34"),
    Case("encoding", "private use", MD, "rivers rise", "rivers \uf0b7 rise", "stray-character", "article.md:13:35"),
    Case("encoding", "empty file", MD, ARTICLE, "", "empty-manuscript", "article.md"),
    Case("encoding", "conflict marks", MD, "## Measures", "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n\n## Measures", "merge-conflict", "article.md:26:1"),
    # YAML
    Case("YAML", "tab", MD, "  - name: Ada Low", "\t- name: Ada Low", "bad-yaml", "article.md:4:1"),
    Case("YAML", "key twice", MD, "lang: en", "lang: en\nlang: fr", "duplicate-field", "article.md:8:1"),
    Case("YAML", "never closed", MD, "bibliography: references.bib\n---", "bibliography: references.bib", "bad-yaml", "article.md:1:1"),
    Case("YAML", "never closed, no empty line", MD, "bibliography: references.bib\n---\n\n", "bibliography: references.bib\n", "bad-yaml", "article.md:1:1"),
    Case("YAML", "closed by four hyphens", MD, "references.bib\n---", "references.bib\n----", "bad-yaml", "article.md:1:1"),
    Case("YAML", "opened by two hyphens", MD, "---\ntitle", "--\ntitle", "bad-yaml", "article.md:1:1"),
    Case("YAML", "opened by em dash", MD, "---\ntitle", "—\ntitle", "bad-yaml", "article.md:1:1"),
    Case("YAML", "empty line first", MD, "---\ntitle", "\n---\ntitle", "bad-yaml", "article.md:2:1"),
    Case("YAML", "space before the hyphens", MD, "---\ntitle", " ---\ntitle", "bad-yaml", "article.md:1:1"),
    Case("YAML", "smart quotes", MD, "Rain and rivers", "“Rain: and rivers”", "bad-yaml", "article.md:2:13"),
    Case("YAML", "quote unclosed", MD, "title: Rain and rivers", "title: \"Rain and rivers", "bad-yaml", "article.md:2:8"),
    Case("YAML", "misspelt field", MD, "author:", "auhtor:", "unknown-field", "article.md:3:1"),
    Case("YAML", "no space after colon", MD, "lang: en", "lang:en", "bad-yaml", "article.md:7:5"),
    Case("YAML", "full-width colon", MD, "lang: en", "lang：en", "bad-yaml", "article.md:7:5"),
    Case("YAML", "no-break space after colon", MD, "lang: en", "lang:\u00a0en", "bad-yaml", "article.md:7:5"),
    Case("YAML", "impossible date", MD, "2024-05-01", "2024-02-30", "bad-field", "article.md:6:7"),
    Case("YAML", "bad language", MD, "lang: en", "lang: english please", "bad-field", "article.md:7:7"),
    Case("YAML", "unknown alias", MD, "lang: en", "lang: *en", "bad-yaml", "article.md:7:7"),
    Case("YAML", "tag that runs a program", MD, "lang: en", "lang: !!python/object/apply:os.system [ls]", "bad-field", "article.md:7:7"),
    Case("YAML", "at sign unquoted", MD, "email: ada@example.org", "email: @ada", "bad-yaml", "article.md:5:12"),
    Case("YAML", "wrong indentation", MD, "    email:", "   email:", "bad-yaml", "article.md:5:4"),
    Case("YAML", "no title", MD, "title: Rain and rivers\n", "", "missing-field", "article.md:1:1"),
    Case("YAML", "title empty", MD, "title: Rain and rivers", "title:", "missing-field", "article.md:2:7"),
    Case("YAML", "second block", MD, "# Introduction", "---\nkeywords: rain\n---\n\n# Introduction", "stray-yaml", "article.md:11:1"),
    Case("YAML", "missing bibliography", MD, "references.bib", "refs.bib", "missing-bibliography", "article.md:8:15"),
    Case("YAML", "bad ORCID", MD, "email: ada@example.org", "orcid: 0000-0002-1825-0098", "bad-orcid", "article.md:5:12"),
    Case("YAML", "bad e-mail", MD, "ada@example.org", "ada at example.org", "odd-email", "article.md:5:12"),
    Case("YAML", "author without name", MD, "name: Ada Low\n    email", "email", "nameless-author", "article.md:4:5"),
    Case("YAML", "affiliation not there", MD, "email: ada@example.org", "affiliation: 2", "unknown-affiliation", "article.md:5:18"),
    Case("YAML", "unclosed list", MD, "lang: en", "keywords: [rain, river", "bad-yaml", "article.md:7:11"),
    Case("YAML", "list where words are wanted", MD, "title: Rain and rivers", "title: [Rain, rivers]", "bad-field", "article.md:2:8"),
    # Markdown
    Case("Markdown", "unclosed code fence at the end", MD, "$$ Q =", "```\ncode\n\n$$ Q =", "unclosed-fence", "article.md:30:1"),
    Case("Markdown", "code fence with a longer close", MD, "## Measures", "````\ncode\n```\n\n## Measures", "unclosed-fence", "article.md:26:1"),
    Case("Markdown", "unclosed tilde fence", MD, "## Measures", "~~~ {.python}\ncode\n\n## Measures", "unclosed-fence", "article.md:26:1"),
    Case("Markdown", "unclosed div", MD, "## Measures", "::: note\nWords.\n\n## Measures", "unclosed-div", "article.md:26:1"),
    Case("Markdown", "div closed twice", MD, "## Measures", "::: note\nWords.\n:::\n\n:::\n\n## Measures", "unopened-div", "article.md:30:1"),
    Case("Markdown", "unclosed comment", MD, "## Measures", "<!-- not yet\n\n## Measures", "unclosed-comment", "article.md:26:1"),
    Case("Markdown", "undefined footnote", MD, "See @fig:map", "So it is.[^9] See @fig:map", "undefined-note", "article.md:13:72"),
    Case("Markdown", "footnote never used", MD, "[^1]: Both", "[^2]: Alone.\n\n[^1]: Both", "unused-note", "article.md:15:1"),
    Case("Markdown", "footnote defined twice", MD, "[^1]: Both", "[^1]: First.\n\n[^1]: Both", "repeated-note", "article.md:17:1"),
    Case("Markdown", "footnote without colon", MD, "[^1]: Both", "[^1] Both", "undefined-note", "article.md:13:58"),
    Case("Markdown", "inline note unclosed", MD, "See @fig:map", "So it is^[a note. See @fig:map", "unclosed-note", "article.md:13:71"),
    Case("Markdown", "reference link undefined", MD, "rivers rise", "[rivers][nile] rise", "undefined-link", "article.md:13:28"),
    Case("Markdown", "reference defined twice", MD, "## Measures", "[n]: http://a.org\n[n]: http://b.org\n\n[n].\n\n## Measures", "repeated-link", "article.md:27:2"),
    Case("Markdown", "link without address", MD, "rivers rise", "[rivers]() rise", "empty-link", "article.md:13:28"),
    Case("Markdown", "link unclosed", MD, "rivers rise", "[rivers](http://a.org rise", "unclosed-link", "article.md:13:35"),
    Case("Markdown", "link to heading not there", MD, "rivers rise", "[rivers](#nile) rise", "dead-anchor", "article.md:13:38"),
    Case("Markdown", "heading jump", MD, "## Measures", "#### Measures", "heading-jump", "article.md:26:1"),
    Case("Markdown", "heading without space", MD, "## Measures", "##Measures", "unread-heading", "article.md:26:1"),
    Case("Markdown", "heading without empty line before", MD, "code is `rise()`.", "code is `rise()`.\n## Further", "unread-heading", "article.md:29:1"),
    Case("Markdown", "empty heading", MD, "## Measures", "## \n\n## Measures", "empty-heading", "article.md:26:1"),
    Case("Markdown", "heading twice with one id", MD, "## Measures", "## One {#a}\n\nText.\n\n## Measures {#a}", "repeated-label", "article.md:30:15"),
    Case("Markdown", "list without empty line", MD, "The rise is", "We have:\n- rain\n- rivers\n\nThe rise is", "unread-list", "article.md:29:1"),
    Case("Markdown", "code unclosed", MD, "`rise()`.", "`rise().", "unclosed-code", "article.md:28:42"),
    Case("Markdown", "emphasis unclosed", MD, "rivers rise", "**rivers rise", "unclosed-emphasis", "article.md:13:28"),
    Case("Markdown", "bracketed span unclosed", MD, "rivers rise", "[rivers rise", "unclosed-citation", "article.md:13:28"),
    Case("Markdown", "attributes unclosed", MD, "rivers\"}", "rivers\"", "unread-attributes", "article.md:17:31"),
    Case("Markdown", "attributes with smart quotes", MD, "\"A map of three rivers\"", "“A map of three rivers”", "unread-attributes", "article.md:17:45"),
    Case("Markdown", "space before attributes", MD, "map.png){#fig", "map.png) {#fig", "unread-attributes", "article.md:17:31"),
    Case("Markdown", "script", MD, "## Measures", "<script>alert(1)</script>\n\n## Measures", "raw-html", "article.md:26:1"),
    Case("Markdown", "unknown label", MD, "@fig:map", "@fig:mop", "unknown-label", "article.md:13:68"),
    Case("Markdown", "bare TODO", MD, "rivers rise", "TODO rivers rise", "leftover-mark", "article.md:13:28"),
    # citations
    Case("citations", "citation inside code", MD, "[@doe2001]", "`[@doe2001]`", "unread-citation", "article.md:13:14"),
    Case("citations", "bracket unclosed", MD, "[@doe2001]", "[@doe2001", "unclosed-citation", "article.md:13:12"),
    Case("citations", "round brackets", MD, "[@doe2001]", "(@doe2001)", "round-citation", "article.md:13:12"),
    Case("citations", "comma between keys", MD, "[@doe2001]", "[@doe2001, @roe2002]", "keys-without-semicolon", "article.md:13:21"),
    Case("citations", "key without at", MD, "[@doe2001]", "[doe2001]", "unread-citation", "article.md:13:12"),
    Case("citations", "space after at", MD, "[@doe2001]", "[@ doe2001]", "unread-citation", "article.md:13:13"),
    Case("citations", "LaTeX citation", MD, "[@doe2001]", "\\cite{nosuch}", "unresolved-citation", "article.md:13:18"),
    Case("citations", "escaped at", MD, "[@doe2001]", "[\\@doe2001]", "unread-citation", "article.md:13:13"),
    Case("citations", "key in other case", MD, "@doe2001", "@Doe2001", "unresolved-citation", "article.md:13:13"),
    # bibliography
    Case("bibliography", "entry without key", BIB, "@book{roe2002,", "@book{", "broken-entry", "references.bib:12:1"),
    Case("bibliography", "unknown entry type", BIB, "@book{", "@bok{", "unknown-entry-type", "references.bib:12:1"),
    Case("bibliography", "comma missing between fields", BIB, "{Rain in spring},", "{Rain in spring}", "missing-comma", "references.bib:3:3"),
    Case("bibliography", "month unquoted, unknown", BIB, "= may", "= maius", "undefined-string", "references.bib:6:13"),
    Case("bibliography", "month impossible", BIB, "= may", "= {13}", "odd-date", "references.bib:6:3"),
    Case("bibliography", "accents as TeX, broken", BIB, "Doe, Jo", "Do{\\'e, Jo", "broken-entry", "references.bib:2:13"),
    Case("bibliography", "accents as TeX, unknown", BIB, "Doe, Jo", "Do{\\qq{e}}, Jo", "raw-tex", "references.bib:2:3"),
    Case("bibliography", "date impossible", BIB, "year    = {2001}", "date    = {2001-02-31}", "odd-date", "references.bib:5:3"),
    Case("bibliography", "year of words", BIB, "{2001}", "{two thousand}", "odd-date", "references.bib:5:3"),
    Case("bibliography", "year in the future", BIB, "{2001}", "{20011}", "odd-date", "references.bib:5:3"),
    Case("bibliography", "DOI malformed", BIB, "10.1234/rain.2001", "10.12/", "odd-doi", "references.bib:9:3"),
    Case("bibliography", "DOI with spaces", BIB, "10.1234/rain.2001", "10.1234/rain 2001", "odd-doi", "references.bib:9:3"),
    Case("bibliography", "and missing", BIB, "Roe, Al and Poe, Ed", "Roe, Al, Poe, Ed", "author-separator", "references.bib:13:3"),
    Case("bibliography", "ampersand between authors", BIB, "Roe, Al and Poe, Ed", "Roe, Al & Poe, Ed", "author-separator", "references.bib:13:3"),
    Case("bibliography", "semicolon between authors", BIB, "Roe, Al and Poe, Ed", "Roe, Al; Poe, Ed", "author-separator", "references.bib:13:3"),
    Case("bibliography", "and at the end", BIB, "Poe, Ed}", "Poe, Ed and}", "odd-names", "references.bib:13:3"),
    Case("bibliography", "and twice", BIB, "Al and Poe", "Al and and Poe", "odd-names", "references.bib:13:3"),
    Case("bibliography", "et al. as author", BIB, "Roe, Al and Poe, Ed", "Roe, Al et al.", "names-cut-short", "references.bib:13:3"),
    Case("bibliography", "and et al.", BIB, "Roe, Al and Poe, Ed", "Roe, Al and et al.", "names-cut-short", "references.bib:13:3"),
    Case("bibliography", "author empty", BIB, "{Doe, Jo}", "{}", "odd-names", "references.bib:2:3"),
    Case("bibliography", "title empty", BIB, "{Rain in spring}", "{}", "missing-field", "references.bib:3:3"),
    Case("bibliography", "title missing", BIB, "  title   = {Rain in spring},\n", "", "missing-field", "references.bib:1:1"),
    Case("bibliography", "pages in wrong order", BIB, "1--9", "9--1", "page-order", "references.bib:8:3"),
    Case("bibliography", "URL without scheme", BIB, "doi     = {10.1234/rain.2001}", "url = {example.org/rain}", "odd-url", "references.bib:9:3"),
    Case("bibliography", "URL with space", BIB, "doi     = {10.1234/rain.2001}", "url = {https://example.org/ra in}", "odd-url", "references.bib:9:3"),
    Case("bibliography", "field twice", BIB, "volume  = {3}", "volume  = {3}, volume = {4}", "doubled-field", "references.bib:7:18"),
    Case("bibliography", "misspelt field", BIB, "  journal =", "  jornal  =", "unknown-field", "references.bib:4:3"),
    Case("bibliography", "entry not closed", BIB, "\n}\n\n@book", "\n\n@book", "broken-entry", "references.bib:1:1"),
    Case("bibliography", "brace too many", BIB, "{Rain in spring}", "{Rain in spring}}", "broken-entry", "references.bib:4:3"),
    Case("bibliography", "at missing", BIB, "@book{", "book{", "broken-entry", "references.bib:12:1"),
    Case("bibliography", "opening brace missing", BIB, "@book{roe2002", "@book roe2002", "broken-entry", "references.bib:12:7"),
    Case("bibliography", "key with space", BIB, "{roe2002", "{roe 2002", "broken-entry", "references.bib:12:11"),
    Case("bibliography", "key with comma", BIB, "{roe2002", "{roe,2002", "broken-entry", "references.bib:12:11"),
    Case("bibliography", "quote unclosed", BIB, "{Rivers}", "\"Rivers", "broken-entry", "references.bib:14:15"),
    Case("bibliography", "value without braces", BIB, "{River Press}", "River Press", "unquoted-value", "references.bib:15:15"),
    Case("bibliography", "equals missing", BIB, "publisher = {", "publisher {", "broken-entry", "references.bib:15:13"),
    Case("bibliography", "percent comment", BIB, "  title     = {Rivers}", "% title     = {Rivers}", "broken-entry", "references.bib:14:1"),
    Case("bibliography", "crossref not there", BIB, "title     = {Rivers}", "title     = {Rivers}, crossref = {big1999}", "missing-crossref", "references.bib:14:25"),
    Case("bibliography", "crossref in a circle", BIB, "title     = {Rivers}", "title     = {Rivers}, crossref = {roe2002}", "missing-crossref", "references.bib:14:25"),
    Case("bibliography", "HTML in a field", BIB, "{Rivers}", "{<i>Rivers</i>}", "markup-in-field", "references.bib:14:3"),
    Case("bibliography", "HTML entity", BIB, "{Rivers}", "{Rivers &amp; rain}", "markup-in-field", "references.bib:14:3"),
    Case("bibliography", "keys alike but for case", BIB, "@book{roe2002", "@book{Doe2001", "unresolved-citation", "article.md:13:44"),
    Case("bibliography", "title all capitals", BIB, "{Rivers}", "{RIVERS OF THE NORTH AND SOUTH}", "title-in-capitals", "references.bib:14:3"),
    Case("bibliography", "empty .bib", BIB, REFERENCES, "", "empty-bibliography", "references.bib:1:1"),
    Case("bibliography", "HTML page for .bib", BIB, REFERENCES, "<!DOCTYPE html><html><body>Not found</body></html>", "empty-bibliography", "references.bib:1:1"),
    # figures
    Case("figures", "empty path", MD, "figures/map.png", "", "missing-figure", "article.md:17:15"),
    Case("figures", "path in other case", MD, "figures/map.png", "Figures/Map.png", "missing-figure", "article.md:17:15"),
    Case("figures", "backslashes", MD, "figures/map.png", "figures\\map.png", "missing-figure", "article.md:17:15"),
    Case("figures", "absolute path", MD, "figures/map.png", "/etc/passwd", "outside-project", "article.md:17:15"),
    Case("figures", "path outside", MD, "figures/map.png", "../map.png", "missing-figure", "article.md:17:15"),
    Case("figures", "remote", MD, "figures/map.png", "https://example.org/map.png", "remote-image", "article.md:17:15"),
    Case("figures", "no alt", MD, " alt=\"A map of three rivers\"", "", "missing-alt", "article.md:17:15"),
    Case("figures", "no caption", MD, "![The rivers]", "![]", "missing-caption", "article.md:17:23"),
    Case("figures", "not mentioned", MD, "@fig:map and ", "", "unmentioned-figure", "article.md:17:33"),
    Case("figures", "label twice", MD, "## Measures", "![Two](figures/map.png){#fig:map alt=\"Two\"}\n\n## Measures", "repeated-label", "article.md:26:26"),
    Case("figures", "no picture at all", PNG, "", "This is no picture.", "not-an-image", "article.md:17:15"),
    Case("figures", "cut short", PNG, "", "", "not-an-image", "article.md:17:15", cut),
    Case("figures", "of nought bytes", PNG, "", "", "not-an-image", "article.md:17:15"),
    Case("figures", "few pixels", PNG, "", "", "low-resolution", "article.md:17:15", small),
    Case("figures", "width of nonsense", MD, "{#fig:map ", "{#fig:map width=wide ", "odd-size", "article.md:17:41"),
    Case("figures", "space in path", MD, "figures/map.png", "figures/the map.png", "missing-figure", "article.md:17:15"),
    # tables
    Case("tables", "pipe row too long", MD, "| Summer |   91 |", "| Summer |   91 | 4 |", "lost-cells", "article.md:22:1"),
    Case("tables", "pipe row too short", MD, "| Summer |   91 |", "| Summer |", "short-row", "article.md:22:1"),
    Case("tables", "pipe without rule", MD, "|--------|-----:|\n", "", "unread-table", "article.md:19:1"),
    Case("tables", "pipe rule too short", MD, "|--------|-----:|\n", "|--------|\n", "lost-cells", "article.md:21:1"),
    Case("tables", "pipe without rows", MD, "| Spring |   83 |\n| Summer |   91 |\n", "", "empty-table", "article.md:19:1"),
    Case("tables", "no empty line before", MD, "\n\n| Season", "\nWords.\n| Season", "unread-table", "article.md:19:1"),
    Case("tables", "grid cut short", MD, TABLE, GRID.replace("| 83   |", "| 83  |"), "broken-grid", "article.md:22:1"),
    Case("tables", "grid without bottom", MD, TABLE, GRID.rsplit("+--------+", 1)[0], "broken-grid", "article.md:22:1"),
    Case("tables", "grid corner out of line", MD, TABLE, GRID.replace("+========+======+", "+=======+=======+"), "broken-grid", "article.md:21:1"),
    Case("tables", "caption too far away", MD, "\n: Rain by", "\nWords.\n\n: Rain by", "unread-label", "article.md:26:18"),
    Case("tables", "no caption", MD, ": Rain by season {#tbl:rain}\n", "", "unknown-label", "article.md:13:81"),
    Case("tables", "missing CSV", CSV, "", "", "missing-table", "article.md:19:19", nothing),
    Case("tables", "ragged CSV", CSV, "", "Season,Rain\nSpring,1,083\nSummer,91\n", "ragged-table", "data/rain.csv:2:1"),
    Case("tables", "CSV quote unclosed", CSV, "", "Season,Rain\n\"Spring,83\nSummer,91\n", "ragged-table", "data/rain.csv:2:1"),
    Case("tables", "CSV of a heading alone", CSV, "", "Season,Rain\n", "empty-table", "data/rain.csv:1:1"),
    Case("tables", "CSV with NUL", CSV, "", "Season,Rain\nSpr\u0000ing,83\n", "nul-byte", "data/rain.csv:2:4"),
    Case("tables", "CSV in UTF-16", CSV, "", "Season,Rain\nSpring,83\n", "not-utf8", "data/rain.csv:1:1", utf16),
    # maths
    Case("maths", "half dollar", MD, "$q = a + b$", "$q = a + b", "unclosed-maths", "article.md:28:13"),
    Case("maths", "space after dollar", MD, "$q = a + b$", "$ q = a + b$", "unread-maths", "article.md:28:13"),
    Case("maths", "display unclosed", MD, "$$ Q = v A $$", "$$ Q = v A", "unclosed-maths", "article.md:30:1"),
    Case("maths", "display closed by one", MD, "$$ Q = v A $$", "$$ Q = v A $", "unclosed-maths", "article.md:30:1"),
    Case("maths", "empty line in display", MD, "$$ Q = v A $$", "$$ Q =\n\nv A $$", "unclosed-maths", "article.md:30:1"),
    Case("maths", "unknown command", MD, "a + b", "\\flow{b}", "unset-maths", "article.md:28:14"),
    Case("maths", "brace missing", MD, "a + b", "\\frac{a}{b", "unset-maths", "article.md:28:14"),
    Case("maths", "left without right", MD, "v A", "\\left( v A", "unbalanced-maths", "article.md:30:4"),
    Case("maths", "begin without end", MD, "v A", "\\begin{matrix} v", "unset-maths", "article.md:30:4"),
    Case("maths", "environment without end", MD, "## Measures", "\\begin{align}\na = b\n\n## Measures", "unclosed-environment", "article.md:26:1"),
    Case("maths", "end without begin", MD, "## Measures", "a = b\n\\end{align}\n\n## Measures", "unclosed-environment", "article.md:27:1"),
    Case("maths", "begin and end differ", MD, "## Measures", "\\begin{align}\na = b\n\\end{equation}\n\n## Measures", "unclosed-environment", "article.md:28:1"),
    Case("maths", "macro loop", MD, "The rise is $q = a + b$", "\\newcommand{\\loop}{\\loop\\loop}\n\nThe rise is $q = \\loop$", "macro-loop", "article.md:28:13"),
    Case("maths", "double superscript", MD, "a + b", "a^b^c", "unbalanced-maths", "article.md:28:14"),
    Case("maths", "equation label twice", MD, "$$ Q = v A $$ {#eq:flow}", "$$ Q = v A $$ {#eq:flow}\n\n$$ Q $$ {#eq:flow}", "repeated-label", "article.md:32:11"),
    Case("maths", "equation label unknown", MD, "The rise", "By @eq:flaw the rise", "unknown-label", "article.md:28:5"),
    Case("maths", "empty formula", MD, "$$ Q = v A $$", "$$ $$", "empty-maths", "article.md:30:1"),
    Case("maths", "raw TeX", MD, "rivers rise", "\\textsc{rivers} \\foo{rise}", "raw-tex", "article.md:13:44"),
    Case("maths", "LaTeX brackets", MD, "$q = a + b$", "\\(q = a + b\\)", "unread-maths", "article.md:28:13"),
)  # fmt: skip
"""What is put into the article, each told as its code at its place."""

SOUND: tuple[Case, ...] = (
    Case("sound", "BOM", MD, "---\ntitle", "\ufeff---\ntitle"),
    Case("sound", "CRLF", MD, "", "", encode=crlf),
    Case("sound", "mixed line ends", MD, "", "", encode=mixed),
    Case("sound", "old Mac line ends", MD, "", "", encode=mac),
    Case("sound", "soft hyphen", MD, "rivers rise", "ri\u00advers rise"),
    Case("sound", "curly quotation marks in YAML", MD, "title: Rain and rivers", "title: “Rain and rivers”"),
    Case("sound", "same heading twice", MD, "## Measures", "## Measures\n\nText.\n\n## Measures"),
    Case("sound", "full stop after a key", MD, "@doe2001]", "@doe2001.]"),
)
"""What looks like a fault and is none: it is read as it was meant, and nothing is said."""
