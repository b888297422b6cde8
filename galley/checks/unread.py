"""What was meant as something and became nothing: keys that cite nothing, labels that nothing bears, dead anchors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from galley import pandoc
from galley.checks.crossrefs import places
from galley.document import Document
from galley.patterns import pattern
from galley.report import ERROR, WARNING, Diagnostic
from galley.theme import Theme

WORD = pattern(r"(?<=[@\[ \-])[\w:.-]{4,}")
ANCHOR = pattern(r"\]\(#([^()\s\"]+)\)")
BEARERS = frozenset({"Header", "Div", "Span", "Code", "CodeBlock", "Figure", "Table", "Image", "Link"})
OBJECTS = frozenset({"Figure", "Table"})
LABELS = ("fig:", "tbl:", "tab:", "eq:", "sec:", "lst:", "fig-", "tbl-", "tab-", "eq-", "sec-", "lst-", "ref-")
"""How labels begin that other checks look for, and the names of references."""
FEW = 20


def citations(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``unread-citation``: the key of an entry that nothing cites stands in the text all the same.

    Why: the reader would see the key. It is in code, or lacks its ``@``, or a space or a backslash parts the two.

    Bad: ``[doe2001]``. Good: ``[@doe2001]``.
    """
    known = {*document.cited, *document.meta.nocite, *document.meta.uncited}
    if "*" in known:
        return
    absent = [key for key in document.entries if key not in known and (len(key) > 4 or any(map(str.isdigit, key)))]
    if not absent:
        return
    texts = [file.text for file in document.files if not file.name.endswith(".bib")]
    words = {word.rstrip(".:") for text in texts for word in WORD.findall(text)}
    for key in [key for key in absent if key in words][:FEW]:
        form = rf"(?:@[ ]?|\[[ ]*-?|\\@){re.escape(key)}(?![\w-])"
        place = next(places(document, re.compile(form)), None)
        if place:
            message, hint = f"'{place.text}' is not read as a citation", f"write [@{key}], outside of code"
            yield Diagnostic(WARNING, "unread-citation", place, message, hint)


def labels(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``unread-label``: a label that the text refers to is written, and nothing bears it.

    Why: its braces are printed. It stands too far from its table, or what it is of was not read as one.

    Bad: ``: Rain {#tbl:rain}`` after a paragraph. Good: the same after the table.
    """
    for label in document.dangling:
        place = next(places(document, re.compile(rf"\{{[ ]?#{re.escape(label)}(?=[\s}}]|$)")), None)
        if place:
            message = f"the label '{label}' stands here, and nothing bears it"
            hint = "put it right after its image, at the end of its table's caption, or after its equation"
            yield Diagnostic(ERROR, "unread-label", place, message, hint)


def anchors(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``dead-anchor``: a link to a place in the text that is not there.

    Bad: ``[the method](#metod)``. Good: ``[the method](#method)``.
    """
    if not any("](#" in file.text for file in document.files):
        return
    known = {one.source for one in document.numbers} | {one.id for one in document.numbers} | {*document.dangling}
    for region in (*document.slots.values(), document.blocks, document.back):
        for node in pandoc.each(region, BEARERS):
            known.add((node["c"][1] if node["t"] == "Header" else node["c"][0])[0])
    for place in places(document, ANCHOR):
        if place.text not in known and not place.text.startswith(LABELS):
            message, hint = f"nothing here has the name '{place.text}'", "headings go by their words: #my-heading"
            yield Diagnostic(WARNING, "dead-anchor", place, message, hint)


def captions(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``missing-caption``: a figure or a table with a number says nothing of what it is.

    Why: APA 7 §7.22 asks for a title; a number alone tells the reader nothing.

    Bad: ``![](map.png){#fig:map}``. Good: ``![Rivers of the north](map.png){#fig:map}``.
    """
    if not any("![](" in file.text or ": {#" in file.text for file in document.files):
        return
    own = {one.id: one for one in document.numbers if one.kind in ("figure", "table") and one.source and not one.panel}
    if not own:
        return
    for node in pandoc.each(document.blocks, OBJECTS):
        one = own.get(node["c"][0][0])
        if one and not pandoc.plain(node["c"][1][1]).strip():
            place = next(places(document, re.compile(rf"#({re.escape(one.source)})(?![\w-])")), document.files[0].name)
            what = "image's square brackets" if one.kind == "figure" else "line after it, behind a colon"
            message = f"{one.label.replace(chr(160), ' ')} has no caption"
            yield Diagnostic(WARNING, "missing-caption", place, message, f"write it in the {what}")
