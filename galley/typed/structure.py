"""What each paragraph of a typescript is for: its title page, headings, captions, reference list and the rest.

Styles and fields that the file has are believed where the words do not speak against them; where it has none,
the words and their faces tell. The steps stand in ``structured`` in the order in which they are taken.
"""

from __future__ import annotations

from dataclasses import replace

from galley.patterns import pattern
from galley.typed.structure_front import front
from galley.typed.structure_list import listed_references
from galley.typed.structure_signs import (
    Sheet,
    all_bold,
    all_caps,
    all_italic,
    is_section,
    own_number,
)
from galley.typescript import Paragraph, Typescript

CAPTION = pattern(
    r"\s*(?:(?:Supplementa(?:ry|l)|Supporting|Extended Data|Appendix|Online)\s+)?"
    r"(?P<what>Figures?|Figs?\.?|Tables?|Tabs?\.|Tab\b|Scheme|Box|Chart|Plate|Exhibit|Video|Map|Listing|Algorithm"
    r"|Abbildung|Abb\.|Tabelle|Tableau|Tabla|Tabela|Tabella|Figura|Afbeelding|Tabel|Рис\.|Таблица|Рисунок|图|表)"
    r"\s*(?P<number>[A-Z]?[-.]?\d{1,3}(?:[.-]\d{1,2})?[a-z]?|[IVX]{1,5}|[A-Z]\b)"
    r"(?P<after>\s*[.:|–—]|\s*\n|\s*\Z|\)?\s+(?=[A-ZÀ-Ž(]))"
)
NOTE = pattern(r"\s*(?:Notes?|Anmerkung(?:en)?|Sources?|Quelle|Legend|Abbreviations)\s*[.:]\s")
LONG = 400
"""Characters beyond which a caption without a stop after its number is prose."""


def structured(typescript: Typescript) -> Typescript:
    """The typescript with the kind of every paragraph set, and the level of every heading."""
    sheet = Sheet(typescript.paragraphs)
    _prose_in_headings(sheet)
    _captions(sheet)
    listed_references(sheet)
    front(sheet)
    _headings(sheet)
    _table_notes(sheet)
    _endnotes(sheet)
    paragraphs = tuple(
        one if (one.kind, one.level) == (kind, level) else replace(one, kind=kind, level=level)
        for one, kind, level in zip(typescript.paragraphs, sheet.kinds, sheet.levels, strict=True)
    )
    return replace(typescript, paragraphs=paragraphs)


# -- headings ----------------------------------------------------------------------------------------


def _prose_in_headings(sheet: Sheet) -> None:
    """Paragraphs of prose that carry a heading's style by mistake are prose."""
    for at in sheet.of("heading"):
        text = sheet.texts[at]
        sentences = text.count(". ") + text.count("? ") + text.count("! ")
        if (
            not text
            or len(text) > 250
            or (len(text) > 120 and text.endswith(".") and (sentences or not all_bold(sheet.rows[at])))
        ):
            sheet.set(at, "body")


def _headings(sheet: Sheet) -> None:
    """Lines that are headings by their looks: bold, in capitals, numbered by hand, or named as sections are."""
    styled = [at for at in sheet.of("heading") if not sheet.listed(at)]
    found = [at for at in sheet.filled if sheet.kinds[at] in ("body", "list") and _is_heading(sheet, at)]
    if len(found) * 2 > len(sheet.filled) and len(found) > 10:
        return  # a text in bold from end to end has no headings in bold
    plain = [at for at in found if not own_number(sheet.texts[at])[0]]
    top = {_face(sheet.rows[at]) for at in plain if is_section(sheet.texts[at])}
    faces = list(dict.fromkeys([*(_face(sheet.rows[at]) for at in plain if is_section(sheet.texts[at])),
                                *(_face(sheet.rows[at]) for at in plain)]))  # fmt: skip
    deepest = 0
    for at in sheet.filled:
        if at in styled:
            deepest = sheet.levels[at]
        elif at in found:
            depth = own_number(sheet.texts[at])[0]
            face = _face(sheet.rows[at])
            if depth:
                level = depth
            elif is_section(sheet.texts[at]):
                level = 1
            elif styled:
                level = min(deepest + 1, 4) if deepest else 2
            elif not top or face in top:
                level = 2 if top else min(faces.index(face) + 1, 3)
            else:
                level = min(faces.index(face) + 1, 3) if faces.index(face) else 2
            sheet.set(at, "heading", level)


def _face(row: Paragraph) -> tuple[bool, bool, bool]:
    return all_caps(row.text), all_bold(row), all_italic(row)


def _is_heading(sheet: Sheet, at: int) -> bool:
    row, text = sheet.rows[at], sheet.texts[at]
    if row.part != "body" or not 2 < len(text) <= 140 or "\n" in text or not any(char.isalpha() for char in text):
        return False
    if text[-1] in ",;=" or "@" in text or "http" in text.lower():
        return False
    depth, rest = own_number(text)
    if is_section(text):
        return True
    following = sheet.after(at)
    if following is None or sheet.kinds[following] in ("cell", "caption", "maths") or len(rest.split()) > 16:
        return False
    stopped = text[-1] in ".:!" and not text.endswith("etc.")
    prose = len(sheet.texts[following]) > 100 or sheet.kinds[following] in ("heading", "list", "quote")
    if all_bold(row):
        return not stopped or (text[-1] in ".:" and len(rest.split()) <= 8)
    if all_caps(rest) and max(map(len, rest.split()), default=0) > 4:
        return not stopped and prose and ";" not in text and ":" not in text
    dotted = depth > 1 or text[: len(text) - len(rest)].rstrip().endswith((".", ")"))
    if depth and dotted and row.kind != "list" and rest[:1].isupper() and not stopped and len(rest) < 90 and prose:
        return depth > 1 or sheet.numbered > 2
    return (
        all_italic(row)
        and rest[:1].isupper()
        and not stopped
        and len(rest.split()) <= 10
        and len(sheet.texts[following]) > 200
    )


# -- captions and notes ------------------------------------------------------------------------------


def _captions(sheet: Sheet) -> None:
    """Lines that begin "Figure 1." or "Table 2", and the title on a line of its own below the number (APA 7 §7.11)."""
    for at in sheet.filled:
        row, text = sheet.rows[at], sheet.texts[at]
        if sheet.kinds[at] not in ("body", "list", "heading", "cell", "quote"):
            continue
        found = CAPTION.match(text)
        if not found:
            continue
        after = found["after"].strip()
        bare = found.end() >= len(text)
        set_off = bare or after or "\n" in found["after"]
        if sheet.kinds[at] == "cell" and not (set_off and (bare or len(text) > 25)):
            continue
        if set_off or (len(text) < LONG and _marked(row, found.end()) and not text.endswith(":")):
            sheet.set(at, "caption")
            below = sheet.after(at)
            if bare and below is not None and _is_title_line(sheet, below):
                sheet.set(below, "caption")


def _marked(row: Paragraph, end: int) -> bool:
    """Whether the number stands out in bold or italics from what follows."""
    first = next((run for run in row.runs if run.text.strip()), None)
    return first is not None and (first.bold or first.italic) and len(first.text.strip()) <= end + 2


def _is_title_line(sheet: Sheet, at: int) -> bool:
    text = sheet.texts[at]
    if sheet.kinds[at] not in ("body", "heading", "cell") or len(text) > 250 or CAPTION.match(text):
        return False
    return all_italic(sheet.rows[at]) or (
        len(text) < 160 and sheet.kinds[at] == "body" and not text.endswith((":", ";"))
    )


def _table_notes(sheet: Sheet) -> None:
    """The note below a table or a figure (APA 7 §7.14)."""
    for at in sheet.filled:
        if sheet.kinds[at] == "body" and NOTE.match(sheet.texts[at]):
            before = sheet.before(at)
            if before is not None and sheet.kinds[before] in ("cell", "caption", "note"):
                sheet.set(at, "note")


NOTES = pattern(r"(?:end)?notes?|footnotes|anmerkungen|endnoten|fu(?:ß|ss)noten|notas?|notes de bas de page|noten", 2)
NUMBERED = pattern(r"\s*(?:\[\d{1,3}\]|\d{1,3}[.)\s]|[*†‡§])\s*\S")


def _endnotes(sheet: Sheet) -> None:
    """Notes typed under a heading of their own."""
    for at in sheet.of("heading"):
        if NOTES.fullmatch(sheet.texts[at].strip(" :.")):
            below = sheet.after(at)
            while below is not None and sheet.kinds[below] in ("body", "list", "reference"):
                if not NUMBERED.match(sheet.texts[below]) and sheet.rows[below].kind != "list":
                    break
                sheet.set(below, "note")
                below = sheet.after(below)
