"""The plain theme's page and styles in the measures of another theme's tokens: paper, margins, type, headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from galley.formats.wordxml import attribute, found_or_made, name, w

LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|mm|cm|in)")
POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
SMALL = (
    *("Affiliation", "AuthorNote", "Date", "AbstractTitle", "Abstract", "Keywords", "Caption", "TableText"),
    *("TableLabel", "TableCaption"),
)


def dress(body: ET.Element, styles: ET.Element, tokens: Mapping[str, Any]) -> None:
    """The page and styles of a reference.docx in the measures of a theme's tokens, in place.

    Under ``[word]`` a theme may say ``face``, and margins or sizes that hold in Word alone, as ``[word.margin]``.
    """
    own = tokens.get("word", {})
    tokens = {**tokens, **{key: {**tokens.get(key, {}), **said} for key, said in own.items() if isinstance(said, dict)}}
    measure = _paper(body, tokens)
    text = tokens.get("text", {})
    size = points(text.get("size")) or 11.0
    _type(styles, str(tokens.get("word", {}).get("face", "")), size, float(text.get("leading", 1.32)))
    indent = points(text.get("indent"), size)
    if indent is not None:
        attribute(found_or_made(style(styles, "BodyText"), "pPr", "ind"), "w:firstLine", twips(indent))
    for identifier in ("Header", "Masthead", "Footer"):
        for tab in style(styles, identifier).iter(w("tab")):
            attribute(tab, "w:pos", twips(measure))
    sizes = dict.fromkeys(SMALL, tokens.get("small", {}).get("size"))
    sizes |= {"FootnoteText": tokens.get("notes", {}).get("size"), "Title": tokens.get("title", {}).get("size")}
    sizes["Bibliography"] = tokens.get("references", {}).get("size")
    heads = list(tokens.get("heads", {}).get("sizes", ())) or [1.12, 1.0]
    sizes |= {f"Heading{level}": heads[min(level, len(heads)) - 1] for level in range(1, 7)}
    for identifier, value in sizes.items():
        _sized(style(styles, identifier), points(value, size))
    _heads(styles, tokens.get("heads", {}))
    listed = points(tokens.get("references", {}).get("size"), size) or size
    hang = points(tokens.get("references", {}).get("hang"), listed)
    if hang:
        indentation = found_or_made(style(styles, "Bibliography"), "pPr", "ind")
        attribute(indentation, "w:left", twips(hang))
        attribute(indentation, "w:hanging", twips(hang))


def _heads(styles: ET.Element, said: Mapping[str, Any]) -> None:
    """Headings bold, in italics, in the middle as the theme has them; the last value is for all levels below."""
    for level in range(1, 7):
        found = style(styles, f"Heading{level}")
        look = {key: list(said.get(key, ()))[:level][-1:] for key in ("weights", "styles", "aligns")}
        for tag, wanted in (("i", look["styles"]), ("b", look["weights"])):
            for mark in (f"{tag}Cs", tag):
                if wanted:
                    properties = found_or_made(found, "rPr")
                    for old in properties.findall(w(mark)):
                        properties.remove(old)
                    if wanted[0] not in ("normal", "regular"):
                        properties.insert(0, ET.Element(w(mark)))
        if look["aligns"] and found.find(w("pPr")) is not None:
            properties = found_or_made(found, "pPr")
            placed = properties.find(w("jc"))
            if placed is None:
                placed = ET.Element(w("jc"))
                last = properties[-1] if len(properties) else None
                properties.insert(len(properties) - (last is not None and last.tag == w("outlineLvl")), placed)
            attribute(placed, "w:val", str(look["aligns"][0]))


def _paper(body: ET.Element, tokens: Mapping[str, Any]) -> float:
    """Paper and margins set; gives the measure in points."""
    paper, margin = tokens.get("paper", {}), tokens.get("margin", {})
    sides = {side: points(paper.get(side)) for side in ("width", "height")}
    edges = {edge: points(margin.get(edge)) for edge in ("inside", "outside", "top", "bottom")}
    width = 11906 / 20
    for page in body.iter(w("pgSz")):
        for side, value in zip("wh", sides.values(), strict=True):
            if value:
                attribute(page, f"w:{side}", twips(value))
        width = int(page.get(w("w"), "11906")) / 20
    for room in body.iter(w("pgMar")):
        for edge, value in zip(("left", "right", "top", "bottom"), edges.values(), strict=True):
            if value is not None:
                attribute(room, f"w:{edge}", twips(value))
        width -= (int(room.get(w("left"), "0")) + int(room.get(w("right"), "0"))) / 20
    return width


def _type(styles: ET.Element, face: str, size: float, leading: float) -> None:
    defaults = styles.find(w("docDefaults"))
    if defaults is None:
        return
    for fonts in defaults.iter(w("rFonts")):
        for script in ("ascii", "hAnsi", "eastAsia"):
            attribute(fonts, f"w:{script}", face or fonts.get(w(script), ""))
    for mark in (*defaults.iter(w("sz")), *defaults.iter(w("szCs"))):
        attribute(mark, "w:val", str(round(2 * size)))
    for spacing in defaults.iter(w("spacing")):
        attribute(spacing, "w:line", twips(size * leading))


def _sized(found: ET.Element, size: float | None) -> None:
    """Type of a size, where the style sets one already."""
    for mark in (*found.iter(w("sz")), *found.iter(w("szCs"))):
        if size:
            attribute(mark, "w:val", str(round(2 * size)))


def style(styles: ET.Element, identifier: str) -> ET.Element:
    """The style of that identifier; one that stands nowhere where there is none."""
    found = styles.find(f"{w('style')}[@{name('w:styleId')}='{identifier}']")
    return found if found is not None else ET.Element(w("style"))


def twips(value: float) -> str:
    """Points as twentieths of a point."""
    return str(round(20 * value))


def points(value: object, em: float = 0.0) -> float | None:
    """A theme's length in points, "1.3em" and plain numbers by the size of the type; None where it is none."""
    if isinstance(value, int | float):
        return value * em
    text = str(value)
    if re.fullmatch(r"\d+(\.\d+)?em", text):
        return float(text[:-2]) * em
    found = LENGTH.fullmatch(text)
    return float(found[1]) * POINTS[found[2]] if found else None
