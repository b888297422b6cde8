"""Where pages begin and turn in a Word document: marks left in the text -> page breaks and sections, in place."""

from __future__ import annotations

from copy import deepcopy
from xml.etree import ElementTree as ET

from galley.formats.wordxml import attribute, found_or_made, w


def settle(tree: ET.Element) -> None:
    """Every mark of a page break and of a section in this part."""
    _page_breaks(tree)
    _sections(tree)


def _page_breaks(tree: ET.Element) -> None:
    """An empty paragraph that only begins a page gives that over to the one after it."""
    body = tree.find(w("body"))
    children = list(body) if body is not None else []
    for at, mark in enumerate(children):
        properties = mark.find(w("pPr")) if mark.tag == w("p") and len(mark) == 1 else None
        if body is None or properties is None or [one.tag for one in properties] != [w("pageBreakBefore")]:
            continue
        follower = next((one for one in children[at + 1 :] if one.tag == w("p")), None)
        if follower is None:
            continue
        body.remove(mark)
        if follower.find(w("pPr")) is None:
            follower.insert(0, ET.Element(w("pPr")))
        own = found_or_made(follower, "pPr")
        places = [place for place, one in enumerate(own, 1) if one.tag in (w("pStyle"), w("keepNext"), w("keepLines"))]
        own.insert(max(places, default=0), ET.Element(w("pageBreakBefore")))


def _sections(tree: ET.Element) -> None:
    """Marks of sections made true ones: pages as the last section has them, upright or turned.

    A section's properties stand in its last paragraph; the first section alone has the first page's head and begins
    the page numbers.
    """
    body = tree.find(w("body"))
    last = body.find(w("sectPr")) if body is not None else None
    if body is None or last is None:
        return
    first = True
    for at, paragraph in reversed(list(enumerate(body))):
        mark = paragraph.find(f"{w('pPr')}/{w('sectPr')}/{w('type')}") if paragraph.tag == w("p") else None
        if mark is None or mark.get(w("val")) not in ("portrait", "landscape"):
            continue
        holder = paragraph.find(w("pPr"))
        before = body[at - 1] if at else None
        if holder is None:
            continue
        holder.clear()
        if before is not None and before.tag == w("p") and before.find(f"{w('pPr')}/{w('sectPr')}") is None:
            body.remove(paragraph)
            holder = found_or_made(before, "pPr") if before.find(w("pPr")) is not None else ET.Element(w("pPr"))
            if before.find(w("pPr")) is None:
                before.insert(0, holder)
        holder.append(_page(last, mark.get(w("val")) == "landscape"))
        first = False
    if first:
        return
    sections = [*(found for found in body.iter(w("sectPr")))]
    for later in sections[1:]:
        for tag in ("titlePg", "pgNumType"):
            for element in later.findall(w(tag)):
                later.remove(element)


def _page(last: ET.Element, turned: bool) -> ET.Element:
    page = deepcopy(last)
    size, room = page.find(w("pgSz")), page.find(w("pgMar"))
    if turned and size is not None and room is not None:
        width, height = size.get(w("w"), ""), size.get(w("h"), "")
        attribute(size, "w:w", height)
        attribute(size, "w:h", width)
        attribute(size, "w:orient", "landscape")
        edges = {edge: room.get(w(edge), "") for edge in ("top", "right", "bottom", "left")}
        for edge, other in zip(("top", "right", "bottom", "left"), ("right", "bottom", "left", "top"), strict=True):
            attribute(room, f"w:{edge}", edges[other])
    return page
