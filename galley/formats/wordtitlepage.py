"""A manuscript's title page in Word (APA 7 §2.3-2.11): title, authors, what a student's teacher or an editor is to
know, each part of the paper on a page of its own. A theme asks for it by ``front = "title-page"`` under ``[word]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from galley.document import Node
from galley.formats.html import day
from galley.formats.metadata import orcid_url
from galley.formats.wordfields import styled
from galley.formats.wordfront import SPACE, TEXTUAL, abstract, authors, linked
from galley.frontmatter import STATEMENTS
from galley.pandoc import inlines, para, raw_block

if TYPE_CHECKING:
    from galley.document import Document
    from galley.formats.wordtree import Setting
    from galley.frontmatter import FrontMatter

NEW_PAGE = raw_block("openxml", "<w:p><w:pPr><w:pageBreakBefore/></w:pPr></w:p>")
"""A mark that what follows begins a page."""


def wanted(theme_tokens: Mapping[str, Any]) -> bool:
    """Whether the theme's Word document begins with a title page."""
    return bool(theme_tokens.get("word", {}).get("front") == "title-page")


def is_student(meta: FrontMatter) -> bool:
    """Whether this is the manual's student paper (§2.3), as the title page of the PDF reckons it."""
    return meta.student or "student" in meta.type.lower()


def front(document: Document, setting: Setting, words: Mapping[str, Any]) -> list[Node]:
    """The title page, the page of the abstract, and the title once more above the text."""
    meta = document.meta
    out = [styled("Title", [para(_title(document, setting))]), *authors(document, marked=False)]
    if is_student(meta):
        due = _due(meta) if meta.due_date else ""
        lines = (meta.course, meta.instructor, due)
        out += [styled("Affiliation", [para(inlines(line))]) for line in lines if line]
    else:
        notes = _notes(document, setting, words)
        heading = styled("Author Note Title", [para(inlines(str(words.get("author-note", "Author Note"))))])
        out += [heading, styled("Author Note", notes)] if notes else []
    summary = abstract(document, setting, words)
    out += [NEW_PAGE, *summary] if summary else []
    return [*out, NEW_PAGE, styled("Text Title", [para(_title(document, setting))])]


def _title(document: Document, setting: Setting) -> list[Node]:
    """Title and subtitle with a colon between them."""
    lines = [
        setting.blocks(block["c"])
        for name in ("title", "subtitle")
        for block in document.slots.get(name, ())
        if block["t"] in TEXTUAL
    ]
    if not lines:
        return inlines(document.meta.title)
    out = lines[0]
    for line in lines[1:]:
        out = [*out, {"t": "Str", "c": ":"}, SPACE, *line]
    return out


def _due(meta: FrontMatter) -> str:
    """The date a paper is due as the country writes it: "May 14, 2026" in the United States, else "14 May 2026"."""
    date = day(meta.due_date, meta.lang)
    parts = date.split()
    american = meta.lang.lower() in ("en", "en-us") and len(parts) == 3
    return f"{parts[1]} {parts[0]}, {parts[2]}" if american else date


def _notes(document: Document, setting: Setting, words: Mapping[str, Any]) -> list[Node]:
    """§2.7: identifiers, what the author note says, disclosures and thanks, last how to reach the author."""
    meta = document.meta
    out: list[Node] = []
    for author in meta.authors:
        address = orcid_url(author)
        if address:
            out.append(para([*inlines(f"{author.name} "), linked(address, address)]))
    out += [para(inlines(f"{author.name}: {author.note}")) for author in meta.authors if author.note]
    out += setting.blocks(document.slots.get("author-note", ()))
    for name in STATEMENTS:
        out += setting.blocks(document.slots.get(name, ()))
    to = next((one for one in meta.authors if one.corresponding), None) or next(
        (one for one in meta.authors if one.email), None
    )
    if to and to.email:
        places = "; ".join(meta.affiliations[at].text for at in to.affiliations)
        said = words.get("to-write-to", "Correspondence concerning this article should be addressed to")
        who = ", ".join(filter(None, (to.name, places)))
        mail = linked(f"mailto:{to.email}", to.email)
        out.append(para([*inlines(f"{said} {who}. {words.get('email', 'Email')}: "), mail]))
    return out
