"""The styles of a Word file: what each says of italics, bold, raised type, headings and lists, its parents included."""

from __future__ import annotations

from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element

from galley.patterns import pattern
from galley.reading.word.tags import PPR, RPR, VAL, W, value

HEADING = pattern(r"(?:^|[\W_\d])(?:heading|überschrift|titre|título|titulo|ttulo)[\W_]*([1-9])$", 2)
CODE = pattern(r"verbatim|source ?code|code ?block|^code$|html (?:code|preformatted)|programm?(?:code|listing)", 2)
MONO = pattern(r"courier|consolas|menlo|monaco|mono\b|lucida console", 2)
BRIGHT = {"ffff00": "yellow", "00ff00": "green", "00ffff": "cyan", "ff00ff": "magenta"}
"""Fills that are used as a highlighter, by word processors that have none."""
DEPTH = 30


class Face(NamedTuple):
    """How a run looks; what nobody says is None, so that a style and direct formatting can be laid over one another."""

    italic: bool | None = None
    bold: bool | None = None
    raised: str | None = None
    mark: str | None = None
    code: bool | None = None
    hidden: bool | None = None


class Look(NamedTuple):
    """What a paragraph style means: its name as Word shows it, the level of a heading (0: none), whether a list."""

    name: str = ""
    level: int = 0
    listed: bool = False
    code: bool = False


NOTHING = Face()
RAISED = {"superscript": "sup", "subscript": "sub", "baseline": ""}


def face(properties: Element | None) -> Face:
    """What a ``w:rPr`` says itself."""
    if properties is None or not len(properties):
        return NOTHING
    italic = bold = hidden = code = None
    raised = mark = None
    for child in properties:
        tag = child.tag
        if tag in (ITALIC, BOLD, VANISH):
            on = child.get(VAL, "true") not in ("0", "false", "off", "none")
            if tag == ITALIC:
                italic = on
            elif tag == BOLD:
                bold = on
            else:
                hidden = on
        elif tag == ALIGN:
            raised = RAISED.get(child.get(VAL, ""))
        elif tag == HIGHLIGHT:
            mark = child.get(VAL, "").replace("none", "")
        elif tag == SHADE and not mark:
            mark = BRIGHT.get(child.get(FILL, "").lower())
        elif tag == FONTS:
            code = bool(MONO.search(child.get(ASCII, ""))) or None
    return Face(italic, bold, raised, mark, code, hidden)


ITALIC, BOLD, VANISH, ALIGN, HIGHLIGHT, SHADE, FONTS = (
    W + name for name in ("i", "b", "vanish", "vertAlign", "highlight", "shd", "rFonts")
)
FILL, ASCII = W + "fill", W + "ascii"


class Styles:
    """The styles of a file, each worked out once, when it is first met."""

    def __init__(self, tree: Element | None) -> None:
        """Note the styles of ``styles.xml``; without one every style is plain."""
        self._own: dict[str, Element] = {}
        self._faces: dict[str, Face] = {}
        self._looks: dict[str, Look] = {}
        self.usual = ""
        self._base = NOTHING
        if tree is None:
            return
        defaults = tree.find(f"{W}docDefaults/{W}rPrDefault/{RPR}")
        self._base = face(defaults)
        for style in tree.iter(W + "style"):
            self._own[style.get(W + "styleId", "")] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self.usual = style.get(W + "styleId", "")

    def _line(self, style_id: str) -> list[Element]:
        """A style and those it is based on, nearest first."""
        line: list[Element] = []
        while style_id in self._own and len(line) < DEPTH:
            line.append(self._own[style_id])
            style_id = value(line[-1], "basedOn")
        return line

    def face(self, style_id: str) -> Face:
        """What a style says of its text: of what several of its line say, the nearest counts."""
        if style_id not in self._faces:
            found = NOTHING
            for style in self._line(style_id):
                found = over(found, face(style.find(RPR)))
                if found.code is None and CODE.search(value(style, "name")):
                    found = found._replace(code=True)
            self._faces[style_id] = found
        return self._faces[style_id]

    def look(self, style_id: str) -> Look:
        """What a paragraph style means."""
        if style_id not in self._looks:
            line = self._line(style_id)
            names = [value(style, "name") or style_id for style in line] or [style_id]
            self._looks[style_id] = Look(
                name=names[0],
                level=next((n for n in map(_level, line) if n is not None), 0) or _by_name(names),
                listed=any(style.find(f"{PPR}/{W}numPr") is not None for style in line),
                code=any(CODE.search(name) for name in names[:2]),
            )
        return self._looks[style_id]

    def settled(self, paragraph: str, character: str, direct: Face) -> Face:
        """How a run looks in the end: direct formatting, else the styles.

        Italics and bold are toggles: where both styles set them, they cancel out (ISO/IEC 29500-1 §17.7.3).
        """
        outer, inner = self.face(paragraph), self.face(character)
        return Face(
            _toggle(direct.italic, outer.italic, inner.italic, self._base.italic),
            _toggle(direct.bold, outer.bold, inner.bold, self._base.bold),
            _first(direct.raised, inner.raised, outer.raised) or "",
            _first(direct.mark, inner.mark, outer.mark) or "",
            bool(_first(direct.code, inner.code, outer.code)),
            bool(_first(direct.hidden, inner.hidden, outer.hidden)),
        )


def over(near: Face, far: Face) -> Face:
    """What is said nearer laid over what is said farther away."""
    return near._replace(**{name: getattr(far, name) for name, said in near._asdict().items() if said is None})


def _toggle(direct: bool | None, outer: bool | None, inner: bool | None, base: bool | None) -> bool:
    if direct is not None:
        return direct
    return bool(base) or bool(outer) != bool(inner)


T = TypeVar("T")


def _first(*values: T | None) -> T | None:
    return next((value for value in values if value is not None), None)


def _level(style: Element) -> int | None:
    """The level that a style gives its headings, from 1; 0 where it says that it is body text."""
    level = value(style.find(PPR), "outlineLvl")
    if level.isdecimal():
        return int(level) + 1 if len(level) == 1 and int(level) < 9 else 0
    return None


def _by_name(names: list[str]) -> int:
    found = next((found for name in names if (found := HEADING.search(name))), None)
    return int(found[1]) if found else 0
