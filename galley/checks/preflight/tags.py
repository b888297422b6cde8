"""Of what readers who do not see need: tags, language, title, alternative texts, heads of tables; and the metadata."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from galley import pandoc
from galley.checks.preflight.finished import Check, Checked, Finished, count, wrong
from galley.checks.preflight.reading import Stream, text
from galley.report import Diagnostic

CELL = re.compile(rb"\s*\d+ \d+ obj\s*<</Type/StructElem/S/(T[HD])/")
"""How a cell of a table begins in a PDF of Typst's."""


def tagged(finished: Finished) -> Checked:
    """``not-tagged``: there is no tree of tags, or the file does not say that there is one (ISO 14289-1, 7.1)."""
    pdf = finished.pdf
    marked = pdf.of(pdf.root, "MarkInfo", "Marked") is True
    tree = isinstance(pdf.of(pdf.root, "StructTreeRoot"), dict)
    bare = [folio for folio, page in zip(finished.folios, finished.pages, strict=True) if "StructParents" not in page]
    elements = pdf.data.count(b"/StructElem")
    found: list[Diagnostic] = []
    if not (marked and tree):
        found.append(wrong("not-tagged", "", "the PDF has no tags", "set it with --standard a-2a or ua-1"))
    elif bare:
        found.append(wrong("not-tagged", "", f"nothing on page {bare[0]} is tagged"))
    return Checked("Access", "tagged", f"{count(elements, 'element')} in the tree", tuple(found))


def language(finished: Finished) -> Checked:
    """``no-language``: the PDF does not say its language, or not that of the front matter (ISO 14289-1, 7.2)."""
    said = text(finished.pdf.root.get("Lang"))
    wanted = finished.document.meta.lang
    place = finished.document.places.of("lang")
    found = []
    if not said:
        found.append(wrong("no-language", place, "the PDF does not say its language", "write lang: en-GB"))
    elif said.lower().split("-")[0] != wanted.lower().split("-")[0]:
        found.append(wrong("no-language", place, f"the PDF says its language is '{said}', the front matter '{wanted}'"))
    return Checked("Access", "language given", said, tuple(found))


def shown_title(finished: Finished) -> Checked:
    """``title-not-shown``: the window would show the file's name instead of the title (ISO 14289-1, 7.1)."""
    shown = finished.pdf.of(finished.pdf.root, "ViewerPreferences", "DisplayDocTitle") is True
    found = () if shown else (wrong("title-not-shown", "", "the PDF does not ask for its title to be shown"),)
    return Checked("Access", "title shown by viewers", "DisplayDocTitle is set" if shown else "", found)


def alternatives(finished: Finished) -> Checked:
    """``no-alternative``: a figure or a formula without a text for those who cannot see it (ISO 14289-1, 7.3, 7.7)."""
    kinds = {"Figure": "figure", "Formula": "formula"}
    found: list[Diagnostic] = []
    counts = dict.fromkeys(kinds, 0)
    for one in finished.elements:
        kind = str(one["S"])
        if kind not in kinds:
            continue
        counts[kind] += 1
        if not (text(finished.pdf.get(one.get("Alt"))).strip() or "ActualText" in one):
            page = finished.page_of(one)
            where = f" on page {finished.folios[page]}" if page is not None else ""
            found.append(wrong("no-alternative", "", f"a {kinds[kind]}{where} has no alternative text"))
    what = ", ".join(
        count(counts[kind], name, name + "s" if name == "figure" else "formulas")
        for kind, name in kinds.items()
        if counts[kind]
    )
    return Checked("Access", "alternative texts of figures and formulas", what, tuple(found))


def table_heads(finished: Finished) -> Checked:
    """``no-table-head``: a table whose cells have no head to be read with them (ISO 14289-1, 7.5)."""
    found: list[Diagnostic] = []
    tables = [one for one in finished.elements if one["S"] == "Table"]
    heads = 0
    for table in tables:
        cells = _heads(finished, table)
        heads += cells
        if not cells:
            page = finished.page_of(table)
            where = f" on page {finished.folios[page]}" if page is not None else ""
            found.append(
                wrong("no-table-head", "", f"a table{where} has no head", "write a head row above its line of hyphens")
            )
    what = f"{count(len(tables), 'table')}, {count(heads, 'head')}" if tables else ""
    return Checked("Access", "heads of tables", what, tuple(found))


def _heads(finished: Finished, element: dict[str, Any], depth: int = 0) -> int:
    """How many heads there are in an element; most of what is in a table are cells, into which nobody has to look."""
    if element.get("S") == "TH":
        return 1
    if depth > 6 or element.get("S") in ("TD", "Caption"):
        return 0
    heads = 0
    for kid in finished.pdf.row(element, "K"):
        cell = finished.pdf.begins(kid, CELL)
        if cell:
            heads += cell[1] == b"TH"
            continue
        one = finished.pdf.get(kid)
        heads += _heads(finished, one, depth + 1) if isinstance(one, dict) else 0
    return heads


def information(finished: Finished) -> Checked:
    """``metadata-differs``, ``no-metadata``: title, authors or keywords of the file are not those of the front matter.

    Why: that is what search engines and reference managers take, before they look at the page.
    """
    pdf, document = finished.pdf, finished.document
    info = {name: text(pdf.of(pdf.trailer, "Info", name)) for name in ("Title", "Author", "Keywords")}
    metadata = pdf.root.get("Metadata")
    stream = pdf.get(metadata)
    if not isinstance(stream, Stream) or not stream.data():
        return Checked(
            "Metadata", "as in the front matter", "", (wrong("no-metadata", "", "the PDF has no XMP metadata"),)
        )
    packet = stream.data().decode("utf-8", "replace")
    title = pandoc.plain(document.slots.get("title", ())) or document.meta.title
    wanted = {
        "title": [title],
        "author": [one.name for one in document.meta.authors],
        "keywords": list(document.meta.keywords),
    }
    given = {
        "title": ([info["Title"]], _listed(packet, "dc:title")),
        "author": tuple(
            _parts(row, wanted["author"]) for row in (info["Author"], ", ".join(_listed(packet, "dc:creator")))
        ),
        "keywords": (_parts(info["Keywords"], wanted["keywords"]), None),
    }
    found = []
    for name, values in wanted.items():
        for where, row in zip(("Info", "XMP"), given[name], strict=True):
            if values and row is not None and _folded(row) != _folded(values):
                own, said = ("; ".join(one)[:80] for one in (row, values))
                message = f"{name} in the PDF's {where} is '{own}', in the front matter '{said}'"
                found.append(wrong("metadata-differs", document.places.of(name), message))
    return Checked(
        "Metadata",
        "as in the front matter",
        f"title, {count(len(wanted['author']), 'author')}, {count(len(wanted['keywords']), 'keyword')} in Info and XMP",
        tuple(found),
    )


def _listed(packet: str, name: str) -> list[str]:
    found = re.search(rf"<{name}>(.*?)</{name}>", packet, re.DOTALL)
    return [unescape(one) for one in re.findall(r"<rdf:li[^>]*>(.*?)</rdf:li>", found[1], re.DOTALL)] if found else []


def _parts(joined: str, wanted: list[str]) -> list[str]:
    """What Info holds in one string, as many values as are wanted where it is these joined."""
    bare = re.sub(r"[\s,;]+", "", joined)
    return wanted if bare == re.sub(r"[\s,;]+", "", "".join(wanted)) else [joined]


def _folded(row: list[str]) -> list[str]:
    return [" ".join(one.split()) for one in row]


QUICK: tuple[Check, ...] = (tagged, language, shown_title, alternatives, table_heads, information)
