"""The text of a Word document as Pandoc wrote it -> the same put in order: tables that fit and have their rules,
pictures no larger than the page, sections that turn, links in the style of their kind, runs in one piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from galley.formats import wordmaths, wordpages
from galley.formats.wordlook import Area
from galley.formats.wordtables import settle
from galley.formats.wordxml import attribute, found_or_made, name, w

EMU = 635
"""English Metric Units in a twentieth of a point."""
LARGEST = 0.86
"""The share of the page's text a picture may be high, so that its caption stays with it."""
LIST = "70"
"""The room around a list, in twentieths of a point."""
BEFORE_SPACING = frozenset(map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "tabs")))
SIDES = {"EquationLeft": "left", "EquationRight": "right"}
"""Styles of the two sides of a row of an equation, and where in its cell the formula stands."""
DEFINITIONS = ("DefinitionTerm", "Definition")
EQUATIONS = ("Equation", "EquationTable")
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def tidied(tree: ET.Element, area: Area) -> ET.Element:
    """The tree, changed in place."""
    measure, height, _ = area
    for link in tree.iter(w("hyperlink")):
        if link.get(w("anchor")):
            _plain_link(link)
    for paragraph in tree.iter(w("p")):
        _join_runs(paragraph)
        for link in paragraph.findall(w("hyperlink")):
            _join_runs(link)
    wordmaths.settle(tree)
    for paragraph in tree.iter(w("p")):
        _displayed(paragraph)
    _lists(tree)
    _goes_on(tree)
    wordpages.settle(tree)
    for box in _boxes(tree):
        settle(box, _measure(tree, box, measure, height), area.table)
    for cell, room in _rooms(tree, measure):
        _fit(cell, room, int(height * LARGEST))
    for number, drawing in enumerate(tree.iter(name("wp:inline")), 1):
        _described(drawing, number)
    _head_bookmarks(tree)
    return tree


# -- lines -------------------------------------------------------------------------------------------


def _plain_link(link: ET.Element) -> None:
    """Links within the document have a style of their own, for they are citations and cross-references."""
    for style in link.iter(w("rStyle")):
        if style.get(w("val")) == "Hyperlink":
            attribute(style, "w:val", "InternalLink")


def _join_runs(parent: ET.Element) -> None:
    """Neighbouring runs that look alike as one: Pandoc writes one for each word and each blank."""
    before: ET.Element | None = None
    look = b""
    for run in list(parent):
        if run.tag != w("r") or not _is_words(run):
            before = None
            continue
        own = _look(run)
        if before is not None and own == look:
            _add(before, run)
            parent.remove(run)
        else:
            before, look = run, own


def _is_words(run: ET.Element) -> bool:
    kinds = [child.tag for child in run if child.tag != w("rPr")]
    return kinds == [w("t")]


def _look(run: ET.Element) -> bytes:
    properties = run.find(w("rPr"))
    return ET.tostring(properties) if properties is not None and len(properties) else b""


def _add(before: ET.Element, run: ET.Element) -> None:
    text, more = before.find(w("t")), run.find(w("t"))
    if text is not None and more is not None:
        text.text = (text.text or "") + (more.text or "")
        attribute(text, "xml:space", "preserve")


def _lists(tree: ET.Element) -> None:
    """Room above the first item of a list or term of several, and below the last."""
    for parent in tree.iter():
        runs: list[list[ET.Element]] = [[]]
        for child in parent if parent.tag in (w("body"), w("tc"), w("footnote")) else ():
            style = child.find(f"{w('pPr')}/{w('pStyle')}")
            defining = style is not None and style.get(w("val")) in DEFINITIONS
            if defining or child.find(f"{w('pPr')}/{w('numPr')}") is not None:
                runs[-1].append(child)
            elif runs[-1]:
                runs.append([])
        for items in filter(None, runs):
            _spaced(items[0], "before", LIST)
            _spaced(items[-1], "after", LIST)


def _spaced(paragraph: ET.Element, side: str, room: str) -> None:
    properties = found_or_made(paragraph, "pPr")
    spacing = properties.find(w("spacing"))
    if spacing is None:
        spacing = ET.Element(w("spacing"))
        before = [at for at, child in enumerate(properties, 1) if child.tag in BEFORE_SPACING]
        properties.insert(max(before, default=0), spacing)
    attribute(spacing, f"w:{side}", room)


def _displayed(paragraph: ET.Element) -> None:
    """A paragraph that holds an equation and nothing else has the style of one."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    marks = (w("pPr"), w("bookmarkStart"), w("bookmarkEnd"))
    alone = [child.tag for child in paragraph if child.tag not in marks] == [name("m:oMathPara")]
    if not alone or style is None:
        return
    if style.get(w("val")) in ("BodyText", "FirstParagraph", "Compact"):
        attribute(style, "w:val", "Equation")
    side = SIDES.get(style.get(w("val"), ""), "")
    for placed in paragraph.iter(name("m:jc")) if side else ():
        attribute(placed, "m:val", side)


# -- pictures ----------------------------------------------------------------------------------------


def _rooms(tree: ET.Element, measure: int) -> Iterator[tuple[ET.Element, int]]:
    """Every paragraph with the width it has, that of its cell where it stands in one."""
    placed: set[int] = set()
    for cell in tree.iter(w("tc")):
        width = cell.find(f"{w('tcPr')}/{w('tcW')}")
        given = width is not None and width.get(w("type")) == "dxa"
        room = int(width.get(w("w"), "0")) if width is not None and given else measure
        for paragraph in cell.iter(w("p")):
            placed.add(id(paragraph))
            yield paragraph, int(room * 0.97)
    for paragraph in tree.iter(w("p")):
        if id(paragraph) not in placed:
            yield paragraph, measure


def _fit(paragraph: ET.Element, width: int, height: int) -> None:
    """The paragraph's pictures made smaller where they are wider or higher than there is room."""
    for drawing in paragraph.iter(name("wp:inline")):
        for side in "TBLR":
            drawing.set(f"dist{side}", "0")
        extent = drawing.find(name("wp:extent"))
        if extent is None:
            continue
        across, down = int(extent.get("cx", "0")), int(extent.get("cy", "0"))
        share = min(1.0, width * EMU / max(across, 1), height * EMU / max(down, 1))
        if share < 1:
            for size in (extent, *drawing.iter(name("a:ext"))):
                if size.get("cx"):
                    size.set("cx", str(int(across * share)))
                    size.set("cy", str(int(down * share)))


def _described(drawing: ET.Element, number: int) -> None:
    """The picture's number and name; one that is only ornament says so, that screen readers pass it over."""
    properties = drawing.find(name("wp:docPr"))
    if properties is None:
        return
    title, alt = properties.attrib.pop("title", ""), properties.get("descr", "")
    for told in (properties, *drawing.iter(name("pic:cNvPr"))):
        told.attrib |= {"id": str(number), "name": f"Picture {number}", "descr": alt}
    if title == "decorative":
        extensions = ET.SubElement(properties, name("a:extLst"))
        extension = ET.SubElement(extensions, name("a:ext"), {"uri": DECORATIVE})
        ET.SubElement(extension, name("adec:decorative"), {"val": "1"})


# -- tables ----------------------------------------------------------------------------------------


def _boxes(tree: ET.Element) -> list[ET.Element]:
    """The parents of tables: the body, cells and notes."""
    return [parent for parent in tree.iter() if parent.find(w("tbl")) is not None]


def _measure(tree: ET.Element, box: ET.Element, measure: int, height: int) -> dict[ET.Element, int]:
    """The width each table of this parent may have: on a turned page, the height of an upright one."""
    widths: dict[ET.Element, int] = {}
    waiting: list[ET.Element] = []
    for child in box:
        if child.tag == w("tbl"):
            waiting.append(child)
        found = child.find(f".//{w('sectPr')}") if child.tag == w("p") else None
        if found is not None or child.tag == w("sectPr"):
            page = (found if found is not None else child).find(w("pgSz"))
            turned = page is not None and page.get(w("orient")) == "landscape"
            widths |= dict.fromkeys(waiting, height if turned else measure)
            waiting = []
    return widths | dict.fromkeys(waiting, measure)


def _goes_on(tree: ET.Element) -> None:
    """What follows an equation and begins with a small letter goes on with its sentence: it is not indented."""
    before = False
    for block in tree.iterfind(f"{w('body')}/*"):
        if before and block.tag == w("p"):
            words = "".join(text.text or "" for text in block.iter(w("t")))
            properties = block.find(w("pPr"))
            if words[:1].islower() and properties is not None and properties.find(w("ind")) is None:
                attribute(ET.SubElement(properties, w("ind")), "w:firstLine", "0")
        if block.tag not in (w("bookmarkStart"), w("bookmarkEnd")):
            style = block.find(f"{w('pPr')}/{w('pStyle')}")
            table = block.find(f"{w('tblPr')}/{w('tblStyle')}")
            before = any(one is not None and one.get(w("val")) in EQUATIONS for one in (style, table))


def _head_bookmarks(tree: ET.Element) -> None:
    """A heading's bookmark within the heading: Pandoc puts it round the whole section."""
    body = tree.find(w("body"))
    if body is None:
        return
    ends = {end.get(w("id")): end for end in body.findall(w("bookmarkEnd"))}
    children = list(body)
    for at, start in enumerate(children[:-1]):
        end = ends.get(start.get(w("id"))) if start.tag == w("bookmarkStart") else None
        follower = next((child for child in children[at + 1 :] if child.tag != w("bookmarkStart")), None)
        style = follower.find(f"{w('pPr')}/{w('pStyle')}") if follower is not None else None
        if end is None or follower is None or style is None or not style.get(w("val"), "").startswith("Heading"):
            continue
        body.remove(start)
        body.remove(end)
        follower.insert(1, start)
        follower.append(end)
