"""Pictures of pixels have enough of them for the size they are printed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from galley import pandoc
from galley.checks.figures import locate, place_of
from galley.document import Document, Node
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.theme import Theme

LEAST = 300
"""Pixels an inch that journals ask of a picture in print."""
INCH = 25.4
UNITS = {"mm": 1.0, "cm": 10.0, "in": INCH, "pt": INCH / 72, "px": INCH / 96, "": INCH / 96}
LENGTH = pattern(r"(\d+(?:\.\d+)?)(%|mm|cm|in|pt|px|)")
PIXELS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff")
PICTURES = frozenset({"Figure", "Image"})
JPEG_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


class Raster(NamedTuple):
    """A picture's size in pixels, and how many of them its maker meant for an inch (0 where that is not said)."""

    width: int
    height: int
    density: float = 0


class Room(NamedTuple):
    """How wide a place is, in millimetres: an ordinary one, one across all columns, one on a turned page."""

    column: float
    measure: float
    turned: float
    span: float


def low_resolution(document: Document, theme: Theme) -> Iterator[Diagnostic]:
    """``low-resolution``: a picture has fewer than 300 pixels an inch at the size it is printed at.

    Why: in print its lines look jagged and its letters blurred. Drawings are best kept as SVG or PDF, which have no
    pixels; photographs and plots are exported larger.

    Bad: a plot of 640 pixels, 118 mm wide. Good: one of 1,400 pixels, or ``{width=54mm}``.
    """
    room = _room(theme.tokens)
    found: dict[str, tuple[float, Raster]] = {}
    for region in (*document.slots.values(), document.blocks, document.back):
        for path, settings, place in _pictures(region, room):
            file = locate(document, path) if path.lower().endswith(PIXELS) else None
            size = _size(file) if file and file.resolve().is_relative_to(document.folder) else None
            if size:
                width = _printed(size, settings, place, room)
                if width > found.get(path, (0.0, size))[0]:
                    found[path] = width, size
    for path, (width, size) in found.items():
        density = size.width / width * INCH
        if density < 0.98 * LEAST:  # makers of pictures round
            message = f"the image '{path}' is {size.width} pixels wide and printed {width:.0f} mm wide: "
            message += f"{density:.0f} dpi, under {LEAST}"
            wanted = -(-int(width / INCH * LEAST) // 10) * 10
            hint = (
                f"export it {wanted} pixels wide, or as SVG or PDF, or print it {size.width / LEAST * INCH:.0f} mm wide"
            )
            yield Diagnostic(WARNING, "low-resolution", place_of(document, path), message, hint)


def _room(tokens: Mapping[str, Any]) -> Room:
    paper, margin, columns = (tokens.get(name, {}) for name in ("paper", "margin", "columns"))

    def whole(side: str, *edges: str) -> float:
        return _length(paper.get(side, "")) - sum(_length(margin.get(edge, "")) for edge in edges)

    measure = max(whole("width", "inside", "outside"), 10)
    column = (measure - _length(columns.get("gutter", ""))) / 2 if columns else measure
    turned = max(_length(paper.get("height", "")) - 2 * _length(margin.get("inside", "")), measure)
    return Room(column, measure, turned, float(columns.get("span", 1)))


def _length(text: object) -> float:
    """A length in millimetres; 0 where it is none."""
    found = LENGTH.fullmatch(str(text).strip())
    return float(found[1]) * UNITS[found[2]] if found and found[2] != "%" else 0


def _pictures(region: Sequence[Node], room: Room) -> Iterator[tuple[str, Mapping[str, str], float]]:
    """The path of each picture, its settings, and how wide its place is in millimetres (0: as it needs)."""
    held: dict[int, tuple[float, Mapping[str, str] | None]] = {}
    for node in pandoc.each(region, PICTURES):
        if node["t"] == "Figure":
            (_, classes, pairs), _, body = node["c"]
            wide = room.turned if "landscape" in classes else room.measure if "wide" in classes else 0
            across = _across(body, dict(pairs)) if "panels" in classes else 1
            filling = {"width": "100%"} if across > 1 else None  # a panel fills its cell
            place = (wide or room.column) / across if filling else wide
            for inner in pandoc.each(body, PICTURES):
                held.setdefault(id(inner), (place, filling))
        elif node["t"] == "Image":
            place, settings = held.get(id(node), (0, None))
            yield node["c"][2][0], settings or dict(node["c"][0][2]), place


def _across(body: Sequence[Node], settings: Mapping[str, str]) -> int:
    said = settings.get("layout-ncol", "")
    if said.isdecimal() and len(said) < 10 and int(said):
        return min(int(said), len(body)) or 1
    return 2 if len(body) in (2, 4) else min(3, len(body)) or 1


def _printed(size: Raster, settings: Mapping[str, str], place: float, room: Room) -> float:
    """How wide a picture is printed, in millimetres: as its author says, else as it is, never wider than its place."""
    own = size.width / (size.density or 72) * INCH
    width, height = settings.get("width", "").strip(), settings.get("height", "").strip()
    said = _length(width) or _length(height) * size.width / max(size.height, 1)
    share = LENGTH.fullmatch(width)
    if share and share[2] == "%":
        return (place or room.column) * float(share[1]) / 100
    if not place:
        place = room.measure if (said or own) > room.span * room.column else room.column
    return min(said or own, place)


# -- the file's own words ----------------------------------------------------------------------------


def _size(file: Path) -> Raster | None:
    """The size of a picture in pixels, by its first bytes; None where it cannot be found."""
    try:
        with file.open("rb") as stream:
            head = stream.read(400_000)
    except OSError:
        return None
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(head)
    if head.startswith(b"\xff\xd8"):
        return _jpeg(head)
    from warnings import catch_warnings, simplefilter

    from PIL import Image, UnidentifiedImageError

    try:
        with catch_warnings():
            simplefilter("ignore")  # what Pillow thinks of a broken file is no word to the author
            with Image.open(file) as picture:
                return Raster(*picture.size, float(picture.info.get("dpi", (0, 0))[0]))
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def _png(head: bytes) -> Raster | None:
    if len(head) < 24:
        return None
    width, height = int.from_bytes(head[16:20]), int.from_bytes(head[20:24])
    at = head.find(b"pHYs", 0, 4000)
    metres = at > 0 and head[at + 12 : at + 13] == b"\x01"
    return Raster(width, height, round(int.from_bytes(head[at + 4 : at + 8]) * INCH / 1000) if metres else 0)


def _jpeg(head: bytes) -> Raster | None:
    density, at = 0.0, 2
    while at + 9 < len(head) and head[at] == 0xFF:
        mark, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4])
        if mark == 0xE0 and head[at + 4 : at + 8] == b"JFIF" and head[at + 11] in (1, 2):
            density = int.from_bytes(head[at + 12 : at + 14]) * (2.54 if head[at + 11] == 2 else 1)
        if mark in JPEG_SIZES:
            return Raster(int.from_bytes(head[at + 7 : at + 9]), int.from_bytes(head[at + 5 : at + 7]), density)
        at += 2 + length
    return None
