"""How large a picture is before anything unpacks it: its bytes, the pixels that its head promises, the parts of a
drawing and the pictures inside one.
"""

from __future__ import annotations

import re
from binascii import Error, a2b_base64
from functools import lru_cache
from pathlib import Path

from galley.bounds import bound

FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The marks of a JPEG that are followed by its height and width."""
INLINE = re.compile(rb"data:image/[\w.+-]{1,40};base64,([A-Za-z0-9+/=\s]*)")
DEPTH = 256
"""How many elements of a drawing may stand within one another."""


def oversized(path: Path) -> str:
    """What of a picture's file is more than it may be, as "it has 900,000,000 pixels"; "" where nothing is."""
    try:
        state = path.stat()
    except OSError:
        return ""
    most = (bound("picture"), bound("pixels"), bound("drawing"))
    return _judged(path, state.st_size, state.st_mtime_ns, most)


@lru_cache(maxsize=256)
def _judged(path: Path, size: int, _: int, most: tuple[int, int, int]) -> str:
    if size > most[0]:
        return f"it is {size / 1e6:,.0f} MB large"
    try:
        return judged(path.read_bytes(), most)
    except OSError:
        return ""


def judged(data: bytes, most: tuple[int, int, int]) -> str:
    """The same of a picture's bytes; ``most`` are bytes, pixels and elements."""
    count = pixels(data)
    if count > most[1]:
        return f"it has {count:,} pixels"
    if count or b"<svg" not in data[:20_000]:
        return ""
    elements = data.count(b"<") - data.count(b"</")
    if elements > most[2]:
        return f"it has {elements:,} elements"
    if deepest(data) > DEPTH:
        return f"it has more than {DEPTH} elements within one another"
    return next(filter(None, (_within(found[1], most) for found in INLINE.finditer(data))), "")


def _within(packed: bytes, most: tuple[int, int, int]) -> str:
    """What is too large of a picture within a drawing; a drawing within a drawing counts by its size alone."""
    try:
        count = pixels(a2b_base64(packed))
    except Error:
        return ""
    return f"a picture within it has {count:,} pixels" if count > most[1] else ""


def deepest(svg: bytes) -> int:
    """How many elements of an XML text stand within one another at most, by its tags alone."""
    depth = most = 0
    for found in re.finditer(rb"<(/?)[A-Za-z_][^<>]{0,100000}?(/?)>", svg):
        if found[1]:
            depth -= 1
        elif not found[2]:
            depth += 1
            most = max(most, depth)
    return most


def pixels(data: bytes) -> int:
    """How many pixels a PNG, GIF, WebP, JPEG or TIFF says that it has; 0 for any other file."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return _big(data[16:20]) * _big(data[20:24])
    if data[:4] == b"GIF8":
        return _little(data[6:8]) * _little(data[8:10])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data[:2] == b"\xff\xd8":
        return _jpeg(data)
    return _tiff(data) if data[:4] in (b"II*\0", b"MM\0*") else 0


def _jpeg(data: bytes) -> int:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        if data[at + 1] in FRAMES:
            return _big(data[at + 5 : at + 7]) * _big(data[at + 7 : at + 9])
        at += 1 if data[at + 1] == 0xFF else 2 + _big(data[at + 2 : at + 4])  # 0xff may be written twice to fill
    return 0


def _webp(data: bytes) -> int:
    kind, rest = data[12:16], data[20:40]
    if kind == b"VP8X":
        return (_little(rest[4:7]) + 1) * (_little(rest[7:10]) + 1)
    if kind == b"VP8L":
        bits = _little(rest[1:5])
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    return (_little(rest[6:8]) & 0x3FFF) * (_little(rest[8:10]) & 0x3FFF)


def _tiff(data: bytes) -> int:
    """The pixels of a TIFF's first page: the tags 256 and 257 (TIFF 6.0, section 8)."""
    number = _little if data[:2] == b"II" else _big
    at = number(data[4:8])
    found = {256: 0, 257: 0}
    for entry in range(min(number(data[at : at + 2]), 200)):
        start = at + 2 + 12 * entry
        tag, kind = number(data[start : start + 2]), number(data[start + 2 : start + 4])
        if tag in found:
            found[tag] = number(data[start + 8 : start + (10 if kind == 3 else 12)])
    return found[256] * found[257]


def _big(part: bytes) -> int:
    return int.from_bytes(part, "big")


def _little(part: bytes) -> int:
    return int.from_bytes(part, "little")
