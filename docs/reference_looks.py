"""How the Word documents of single themes differ from the plain one; ``make_reference`` writes them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from make_reference import (  # noqa: E402 - the script's own folder is put on the path first
    BOLD,
    CENTRED,
    FLUSH,
    HUNG,
    ITALIC,
    KEEP,
    NO_HYPHENS,
    PAGE,
    RAGGED,
    RIGHT_TAB,
    ROOT,
    Look,
    Style,
    heading,
    package,
    paragraph,
    run,
    size,
    spaced,
    word_field,
)

from galley import theme  # noqa: E402 - see the path set above
from galley.formats.worddress import dress  # noqa: E402 - see the path set above
from galley.formats.wordxml import parse, serialized  # noqa: E402 - see the path set above

INDENT = '<w:ind w:left="0" w:right="0" w:firstLine="720"/>'
BLOCK = '<w:ind w:left="720" w:firstLine="0"/>'
TIGHT = 280
"""The distance of lines in tables and notes of a manuscript, which need not be double spaced (APA 7 §2.21)."""
MANUSCRIPT = Look(
    (
        Style("First Paragraph", "BodyText", RAGGED, next="BodyText"),
        Style("Body Text", "Normal", INDENT + RAGGED + NO_HYPHENS),
        Style("Title", "Normal", KEEP + NO_HYPHENS + CENTRED + spaced(1440, 480), BOLD + size(12), "Author"),
        Style("Author", "Normal", NO_HYPHENS + CENTRED, size(12), "Affiliation"),
        Style("Affiliation", "Normal", NO_HYPHENS + CENTRED, size(12)),
        Style("Author Note Title", "Normal", KEEP + CENTRED + spaced(1440), BOLD + size(12), "AuthorNote"),
        Style("Author Note", "Normal", RAGGED + INDENT, size(12)),
        Style("Abstract Title", "Normal", KEEP + CENTRED, BOLD + size(12), "Abstract"),
        Style("Abstract", "Normal", RAGGED + FLUSH, size(12)),
        Style("Keywords", "Abstract", INDENT, size(12)),
        *(heading(level, 12, BOLD, spaced()) for level in range(1, 7)),
        Style("Block Text", "BodyText", BLOCK, size(12)),
        Style("Footnote Text", "Normal", spaced(0, 0, 240), size(10)),
        Style("Line Block", "BodyText", RAGGED + BLOCK),
        Style("Table Label", "Caption", KEEP + spaced(480), BOLD, "TableCaption"),
        Style("Table Caption", "Caption", KEEP + RAGGED, ITALIC),
        Style("Table Text", "Normal", NO_HYPHENS + RAGGED + spaced(0, 0, TIGHT), size(12)),
        Style("Table Note", "Caption", spaced(80, 480)),
        Style("Captioned Figure", "Normal", KEEP + RAGGED + spaced(120, 120, TIGHT)),
        Style("Figure Note", "Caption", spaced(0, 480)),
        Style("Header", "Normal", RIGHT_TAB + spaced(0, 0, TIGHT), size(12)),
        Style("Bibliography", "Normal", NO_HYPHENS + RAGGED + HUNG, size(12)),
    ),
    {"header1": ("hdr", "default", paragraph("Header", run("{running-head}", "<w:caps/>") + run("\t") + PAGE))},
)
"""The manual's manuscript: double spaced, paragraphs indented, the running head on every page (APA 7 §2.8-2.24)."""

SANS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
ACCENT = '<w:color w:val="0B4A6F"/>'


def rule(eighths: int, color: str = "auto", side: str = "bottom") -> str:
    """A rule under (or over) a paragraph, so many eighths of a point thick."""
    return f'<w:pBdr><w:{side} w:val="single" w:sz="{eighths}" w:space="6" w:color="{color}"/></w:pBdr>'


SCIENCE = Look(
    (
        Style("Title", "Normal", KEEP + NO_HYPHENS + spaced(120, 160), SANS + BOLD + size(20), "Subtitle"),
        Style("Subtitle", "Normal", KEEP + NO_HYPHENS + spaced(0, 160), SANS + size(12.5), "Author"),
        Style("Author", "Normal", NO_HYPHENS + spaced(120, 60), SANS + size(10.5), "Affiliation"),
        Style("Affiliation", "Normal", NO_HYPHENS, SANS + size(8.5)),
        Style("Date", "Normal", spaced(60), SANS + size(8.5)),
        Style("Author Note", "Normal", spaced(60, 40), SANS + size(8.5)),
        Style(
            "Abstract Title", "Normal", KEEP + rule(4, side="top") + spaced(300, 60), SANS + BOLD + ACCENT + size(10)
        ),
        Style("Abstract", "Normal", FLUSH, size(9.5)),
        Style("Keywords", "Abstract", rule(4) + spaced(60, 320), size(9.5)),
        *(heading(level, 11, SANS + BOLD, spaced(320, 100)) for level in range(1, 7)),
        Style("Table Label", "Caption", KEEP + spaced(280), SANS + BOLD, "TableCaption"),
        Style("Caption Label", "DefaultParagraphFont", "", SANS + BOLD, kind="character"),
        Style("Header", "Normal", RIGHT_TAB + rule(4), SANS + size(8)),
        Style("Masthead", "Normal", RIGHT_TAB + NO_HYPHENS, SANS + size(8)),
        Style("Footer", "Normal", RIGHT_TAB, SANS + size(8)),
    ),
    {
        "header1": ("hdr", "default", paragraph("Header", run("{authors}  {short-title}\t") + PAGE)),
        "header2": (
            "hdr",
            "first",
            paragraph(
                "Masthead",
                run("{journal}", BOLD + ACCENT + size(11)) + run("\t{source}"),
                rule(10, "0B4A6F") + spaced(0, 200),
            )
            + paragraph("Masthead", run("{type}", ACCENT) + run("\t{doi}"), spaced(0, 240)),
        ),
        "footer1": ("ftr", "default", paragraph("Footer", "")),
        "footer2": ("ftr", "first", paragraph("Footer", run("{rights}\t") + PAGE)),
    },
)
"""A science journal: heads and furniture in a sans. Word's page has one column, for it is to be written in."""

LINK = '<w:color w:val="17508F"/>'
SERVER = Look(
    (
        Style("Abstract Title", "Normal", KEEP + spaced(360, 60), BOLD + LINK + size(10)),
        Style("Abstract", "Normal", '<w:shd w:val="clear" w:color="auto" w:fill="F1F5F9"/>' + FLUSH, size(10)),
        Style("Keywords", "Abstract", spaced(0, 300), size(10)),
        Style("Hyperlink", "DefaultParagraphFont", "", LINK, kind="character"),
        Style("Internal Link", "DefaultParagraphFont", "", LINK, kind="character"),
        Style("Header", "Normal", RIGHT_TAB + NO_HYPHENS, size(9.5)),
    ),
    {
        "header1": (
            "hdr",
            "default",
            paragraph("Header", run("{authors}  ") + run("{short-title}", ITALIC) + run("\t{stamp}")),
        ),
        "header2": (
            "hdr",
            "first",
            paragraph("Masthead", run("{preprint}", BOLD) + run("\t{stamp}"))
            + paragraph("Masthead", run("{journal}", ITALIC) + run("\t{doi}"), rule(5, "17508F") + spaced(0, 480)),
        ),
        "footer1": ("ftr", "default", paragraph("Footer", PAGE + run(" / ") + word_field("NUMPAGES", "1"), CENTRED)),
        "footer2": (
            "ftr",
            "first",
            paragraph("Footer", run("{rights}\t") + PAGE + run(" / ") + word_field("NUMPAGES", "1")),
        ),
    },
)
"""What is put on a server: what it is, its version and its date first."""
LOOKS = {"base": Look(), "apa": MANUSCRIPT, "preprint": SERVER, "two-column": SCIENCE}


def packages() -> dict[str, dict[str, str]]:
    """The parts of each theme's document by name; but for the plain theme's they are dressed by its tokens."""
    out: dict[str, dict[str, str]] = {}
    for name, look in LOOKS.items():
        parts = package(look)
        if name != "base":
            trees = {part: parse(parts[part].encode()) for part in ("word/document.xml", "word/styles.xml")}
            dress(*trees.values(), theme.load(name, ROOT).tokens)
            parts |= {part: serialized(tree).decode() for part, tree in trees.items()}
        out[name] = parts
    return out
