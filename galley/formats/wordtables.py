"""A table as Pandoc wrote it -> one whose columns are as wide as their words need, with the rules of APA 7 §7.8-7.20
where the style cannot draw them, its head repeated on every page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from galley.formats.wordxml import attribute, found_or_made, w

STYLE = "Table"
CHARACTER = 0.52
"""The mean width of a character, in sizes of the table's type."""
PADDING = 190
"""What a cell's margins take, in twentieths of a point."""
TEXT = frozenset({"FirstParagraph", "BodyText", "Statement"})
AFTER, BEFORE = "280", "160"
RULE = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "auto"}


def settle(box: ET.Element, measures: Mapping[ET.Element, int], size: float) -> None:
    """Every table directly in this parent, in place; the size of their type is in points."""
    children = list(box)
    for at, table in enumerate(children):
        style = table.find(f"{w('tblPr')}/{w('tblStyle')}") if table.tag == w("tbl") else None
        if style is None or style.get(w("val")) != STYLE:
            continue
        for cell in table.iter(w("pStyle")):
            if cell.get(w("val")) in ("Compact", "FirstParagraph", "BodyText"):
                attribute(cell, "w:val", "TableText")
        rows = table.findall(w("tr"))
        for row in rows:
            _whole(row)
        _rules(rows)
        _widths(table, rows, measures.get(table, 0), round(20 * CHARACTER * size))
        _room(children[:at][::-1], "after", BEFORE)
        _room(children[at + 1 :], "before", AFTER)


def _whole(row: ET.Element) -> None:
    """A row is not parted between pages."""
    properties = row.find(w("trPr"))
    if properties is None:
        properties = ET.Element(w("trPr"))
        row.insert(0, properties)
    if properties.find(w("cantSplit")) is None:
        properties.insert(0, ET.Element(w("cantSplit")))


def _rules(rows: Sequence[ET.Element]) -> None:
    """In a head of several rows the style draws its rule under the first: it belongs under the last, and under
    the first only beneath a heading that spans columns (APA 7 §7.12).
    """
    head = [row for row in rows if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None]
    if len(head) < 2:
        return
    for row in head:
        for cell in row.findall(w("tc")):
            spans = cell.find(f"{w('tcPr')}/{w('gridSpan')}") is not None
            drawn = row is head[-1] or (spans and _text(cell).strip())
            _rule(cell, bool(drawn))


def _rule(cell: ET.Element, drawn: bool) -> None:
    properties = cell.find(w("tcPr"))
    if properties is None:
        properties = ET.Element(w("tcPr"))
        cell.insert(0, properties)
    borders = ET.Element(w("tcBorders"))
    bottom = ET.SubElement(borders, w("bottom"))
    for key, value in (RULE if drawn else {"w:val": "nil"}).items():
        attribute(bottom, key, value)
    before = [at for at, child in enumerate(properties, 1) if child.tag in (w("tcW"), w("gridSpan"), w("vMerge"))]
    properties.insert(max(before, default=0), borders)


def _text(cell: ET.Element) -> str:
    return "".join(text.text or "" for text in cell.iter(w("t")))


# -- widths ------------------------------------------------------------------------------------------


def _widths(table: ET.Element, rows: Sequence[ET.Element], measure: int, character: int) -> None:
    """Columns as wide as their words, where the author gave no widths; narrowed together where they do not fit.

    Widths of the author's hold unless a word is wider.
    """
    width = table.find(f"{w('tblPr')}/{w('tblW')}")
    grid = table.findall(f"{w('tblGrid')}/{w('gridCol')}")
    if width is None or not grid or not measure:
        return
    wanted, least = _needs(rows, len(grid), character)
    if width.get(w("type")) == "pct":
        given = [int(column.get(w("w"), "0")) for column in grid]
        measure = measure * min(int(width.get(w("w"), "5000")), 5000) // 5000
        own = [measure * part // max(sum(given), 1) for part in given]
        wanted = [max(part, need) for part, need in zip(own, least, strict=True)]
    widths = shares(wanted, least, measure)
    attribute(width, "w:type", "dxa")
    attribute(width, "w:w", str(sum(widths)))
    for column, own_width in zip(grid, widths, strict=True):
        attribute(column, "w:w", str(own_width))
    for row in rows:
        for cell, start, span in _cells(row):
            properties = cell.find(w("tcPr"))
            if properties is None:
                properties = ET.Element(w("tcPr"))
                cell.insert(0, properties)
            if properties.find(w("tcW")) is None:
                properties.insert(0, ET.Element(w("tcW")))
            cell_width = found_or_made(properties, "tcW")
            attribute(cell_width, "w:w", str(sum(widths[start : start + span])))
            attribute(cell_width, "w:type", "dxa")


def _needs(rows: Sequence[ET.Element], columns: int, character: int) -> tuple[list[int], list[int]]:
    """For each column the width of its longest line and of its longest word."""
    room = PADDING + character // 2
    wanted, least = [room + 2 * character] * columns, [room + 2 * character] * columns
    for row in rows:
        for cell, start, span in _cells(row):
            if span > 1 or start >= columns:
                continue
            for paragraph in cell.iter(w("p")):
                words = _line(paragraph)
                wanted[start] = max(wanted[start], room + character * len(words))
                longest = max(map(len, words.split()), default=0)
                least[start] = max(least[start], room + character * longest)
    return wanted, least


def _line(paragraph: ET.Element) -> str:
    """The paragraph's words; maths counts by its letters."""
    marks = (w("t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
    return "".join(text.text or "" for text in paragraph.iter() if text.tag in marks)


def shares(wanted: Sequence[int], least: Sequence[int], measure: int) -> list[int]:
    """The widths of columns that want so much and need at least so much, all together no more than the measure."""
    if sum(wanted) <= measure:
        return list(wanted)
    if sum(least) >= measure:
        return [own * measure // sum(least) for own in least]
    spare, more = measure - sum(least), [want - need for want, need in zip(wanted, least, strict=True)]
    return [need + spare * extra // sum(more) for need, extra in zip(least, more, strict=True)]


def _cells(row: ET.Element) -> list[tuple[ET.Element, int, int]]:
    """The row's cells, each with its first column and how many it spans."""
    out: list[tuple[ET.Element, int, int]] = []
    at = 0
    for cell in row.findall(w("tc")):
        span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
        count = int(span.get(w("val"), "1")) if span is not None else 1
        out.append((cell, at, count))
        at += count
    return out


def _room(beside: Sequence[ET.Element], side: str, room: str) -> None:
    """Room between a table and the paragraph beside it, unless that belongs to it or has room itself."""
    marks = (w("bookmarkStart"), w("bookmarkEnd"))
    paragraph = next((child for child in beside if child.tag not in marks), None)
    properties = paragraph.find(w("pPr")) if paragraph is not None else None
    style = properties.find(w("pStyle")) if properties is not None else None
    if properties is None or style is None or style.get(w("val")) not in TEXT:
        return
    spacing = properties.find(w("spacing"))
    if spacing is None:
        spacing = ET.Element(w("spacing"))
        places = [at for at, child in enumerate(properties, 1) if child.tag in (w("pStyle"), w("keepNext"), w("numPr"))]
        properties.insert(max(places), spacing)
    attribute(spacing, f"w:{side}", room)
