"""A page's stream of drawing orders -> where text and pictures stand on it, in points, and which glyphs are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from galley.checks.preflight.reading import Pdf, Stream, unescaped, unhexed

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
ORDER = re.compile(
    rb"\[((?:\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|[\s\d.+-])*)\]\s*(TJ)"
    rb"|\(((?:[^()\\]|\\.)*)\)\s*(Tj|'|\")"
    rb"|<([0-9A-Fa-f\s]*)>\s*(Tj|'|\")"
    rb"|((?:[+-]?[\d.]+\s+){6})(cm|Tm)(?![\w*])"
    rb"|/([^\s/<>\[\]()]+)\s*([+-]?[\d.]+)\s+(Tf)(?![\w*])"
    rb"|/([^\s/<>\[\]()]+)\s*(Do)(?![\w*])"
    rb"|/([^\s/<>\[\]()]+)\s*(?:<<(?:[^<>()]|\((?:[^()\\]|\\.)*\)|<<[^<>]*>>|<[0-9A-Fa-f\s]*>)*>>|/[^\s/<>\[\]()]+)?\s*(BDC|BMC)"
    rb"|((?:[+-]?[\d.]+\s+){2})(Td|TD)(?![\w*])"
    rb"|([+-]?[\d.]+)\s+(Tz|Tc|Tw|TL)(?![\w*])"
    rb"|(?<![\w*/])(q|Q|BT|T\*|EMC)(?![\w*])",
    re.DOTALL,
)
SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>|([+-]?[\d.]+)", re.DOTALL)
DEEP = 8
"""How deep forms may stand in one another."""


class Font(NamedTuple):
    """A font as a page uses it: widths of its codes in thousandths, and the codes that have a letter."""

    name: str
    wide: bool
    widths: dict[int, float]
    usual: float
    letters: frozenset[int] | None


class Words(NamedTuple):
    """A row of glyphs: its ends across the page, its base line, its size, its codes; whether it is an artifact."""

    left: float
    right: float
    base: float
    size: float
    font: Font
    codes: tuple[int, ...]
    artifact: bool


class Picture(NamedTuple):
    """An image of pixels and the size at which it stands on the page, in points."""

    pixels: tuple[int, int]
    size: tuple[float, float]
    bits: int


class _State(NamedTuple):
    matrix: Matrix = UNIT
    font: Font | None = None
    size: float = 0.0
    stretch: float = 1.0
    between: float = 0.0


def painted(pdf: Pdf, page: dict[str, Any], fonts: dict[int, Font]) -> Iterator[Words | Picture]:
    """All that a page shows, in the order in which it is drawn; ``fonts`` keeps those that have been read."""
    parts = [pdf.get(one) for one in pdf.row(page, "Contents")]
    data = b"\n".join(part.data() for part in parts if isinstance(part, Stream))
    yield from _drawn(pdf, data, pdf.get(page.get("Resources")) or {}, _State(), fonts, artifact=False, depth=0)


def _drawn(
    pdf: Pdf, data: bytes, resources: Any, state: _State, fonts: dict[int, Font], *, artifact: bool, depth: int
) -> Iterator[Words | Picture]:
    stack: list[_State] = []
    marks: list[bool] = []
    line = text = UNIT
    leading = 0.0
    for order in ORDER.finditer(data):
        groups = order.groups()
        name = order[order.lastindex or 0]
        if name in (b"TJ", b"Tj", b"'", b'"'):
            if state.font is not None:
                whole = b"(%s)" % groups[2] if groups[2] is not None else b"<%s>" % (groups[4] or b"")
                row, text = _row(groups[0] if groups[0] is not None else whole, state, text, artifact or any(marks))
                if row:
                    yield row
        elif name == b"q":
            stack.append(state)
        elif name == b"Q":
            state = stack.pop() if stack else state
        elif name == b"cm":
            state = state._replace(matrix=_times(_six(groups[6]), state.matrix))
        elif name == b"Tm":
            line = text = _six(groups[6])
        elif name == b"BT":
            line = text = UNIT
        elif name == b"Tf":
            state = state._replace(font=_font(pdf, resources, groups[8], fonts), size=float(groups[9]))
        elif name in (b"Td", b"TD"):
            across, down = map(float, groups[15].split())
            leading = -down if name == b"TD" else leading
            line = text = _times((1, 0, 0, 1, across, down), line)
        elif name == b"T*":
            line = text = _times((1, 0, 0, 1, 0, -leading), line)
        elif name in (b"BDC", b"BMC"):
            marks.append(groups[13] == b"Artifact")
        elif name == b"EMC":
            marks = marks[:-1]
        elif name == b"Tz":
            state = state._replace(stretch=float(groups[17]) / 100)
        elif name == b"Tc":
            state = state._replace(between=float(groups[17]))
        elif name == b"TL":
            leading = float(groups[17])
        elif name == b"Do":
            yield from _object(pdf, resources, groups[11], state, fonts, artifact or any(marks), depth)


def _object(
    pdf: Pdf, resources: Any, name: bytes, state: _State, fonts: dict[int, Font], artifact: bool, depth: int
) -> Iterator[Words | Picture]:
    """An image, or a form and what it draws in its turn."""
    found = pdf.of(resources, "XObject", name.decode("latin-1"))
    if not isinstance(found, Stream) or depth > DEEP:
        return
    facts = found.facts
    if facts.get("Subtype") == "Image":
        a, b, c, d, _, _ = state.matrix
        size = ((a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5)
        pixels = int(facts.get("Width") or 0), int(facts.get("Height") or 0)
        yield Picture(pixels, size, int(facts.get("BitsPerComponent") or 1))
    elif facts.get("Subtype") == "Form":
        own = [pdf.get(one) for one in facts.get("Matrix") or UNIT]
        inner = state._replace(matrix=_times(_six(b" ".join(b"%f" % one for one in own)), state.matrix))
        inside = facts.get("Resources") or resources
        yield from _drawn(pdf, found.data(), inside, inner, fonts, artifact=artifact, depth=depth + 1)


def _row(shown: bytes, state: _State, text: Matrix, artifact: bool) -> tuple[Words | None, Matrix]:
    """One order to show text, and the text's matrix after it."""
    font = state.font
    assert font is not None  # noqa: S101 - the caller has looked
    codes: list[int] = []
    shift = 0.0
    for plain, digits, number in SHOWN.findall(shown):
        if number:
            shift -= float(number)
            continue
        data = unhexed(digits) if digits else unescaped(plain)
        codes.extend(
            int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)
        ) if font.wide else codes.extend(data)
    width = sum(font.widths.get(code, font.usual) for code in codes) + shift
    across = (width / 1000 * state.size + len(codes) * state.between) * state.stretch
    whole = _times(text, state.matrix)
    after = _times((1, 0, 0, 1, across, 0), text)
    if not codes:
        return None, after
    a, _, c, d, e, f = whole
    ends = sorted((e, e + a * across))
    size = state.size * (c * c + d * d) ** 0.5
    return Words(ends[0], ends[1], f, size, font, tuple(codes), artifact), after


def _font(pdf: Pdf, resources: Any, name: bytes, fonts: dict[int, Font]) -> Font | None:
    found = pdf.of(resources, "Font", name.decode("latin-1"))
    if not isinstance(found, dict):
        return None
    if id(found) not in fonts:
        below = pdf.row(found, "DescendantFonts")
        fonts[id(found)] = _wide(pdf, found, pdf.get(below[0])) if below else _narrow(pdf, found)
    return fonts[id(found)]


def _wide(pdf: Pdf, font: dict[str, Any], below: Any) -> Font:
    widths: dict[int, float] = {}
    row = [pdf.get(one) for one in pdf.row(below, "W")]
    at = 0
    while at + 1 < len(row):
        first, then = row[at], row[at + 1]
        if isinstance(then, list):
            widths |= {first + step: float(one) for step, one in enumerate(then)}
            at += 2
        elif at + 2 < len(row):
            widths |= dict.fromkeys(range(first, min(then, first + 70_000) + 1), float(row[at + 2]))
            at += 3
        else:
            break
    usual = pdf.of(below, "DW")
    return Font(
        str(font.get("BaseFont", "")), True, widths, float(1000 if usual is None else usual), _letters(pdf, font)
    )


def _narrow(pdf: Pdf, font: dict[str, Any]) -> Font:
    first = pdf.of(font, "FirstChar") or 0
    widths = {first + at: float(pdf.get(one)) for at, one in enumerate(pdf.row(font, "Widths"))}
    return Font(str(font.get("BaseFont", "")), False, widths, 500.0, _letters(pdf, font))


def _letters(pdf: Pdf, font: dict[str, Any]) -> frozenset[int] | None:
    """The codes for which the font's ToUnicode has letters; None where it has no such table."""
    table = pdf.of(font, "ToUnicode")
    if not isinstance(table, Stream):
        return None
    data = table.data()
    codes: set[int] = set()
    for block in re.findall(rb"beginbfchar((?:[^b]|b(?!eginbf))*?)endbfchar", data):
        codes |= {int(code, 16) for code in re.findall(rb"<([0-9A-Fa-f]+)>\s*<[0-9A-Fa-f]+>", block)}
    for block in re.findall(rb"beginbfrange((?:[^b]|b(?!eginbf))*?)endbfrange", data):
        for first, last in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<[0-9A-Fa-f]+>|\[[^\]]*\])", block):
            if int(last, 16) not in codes or len(codes) < 0x10000:  # a code is of two bytes: more says nothing new
                codes.update(range(int(first, 16), min(int(last, 16), int(first, 16) + 70_000) + 1))
    return frozenset(codes)


def _six(text: bytes) -> Matrix:
    a, b, c, d, e, f = map(float, text.split())
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
