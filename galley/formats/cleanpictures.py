"""A picture's bytes -> the same picture without what its file says of who made it, with what, where and when."""

from __future__ import annotations

import re
from io import BytesIO

from galley.formats.pdfvector import shown
from galley.formats.pictures import media_type

KEPT = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
        b"acTL",
    }
    | {b"fcTL", b"fdAT"}
)
"""Chunks of a PNG without which it looks otherwise."""
SVG_WORDS = re.compile(
    r"<!--.*?-->|<(metadata|title|desc)\b[^>]*?(?:/>|>.*?</\1\s*>)|<(?:sodipodi|inkscape):[^>]*?/>|<!DOCTYPE[^>\[]*>",
    re.DOTALL | re.IGNORECASE,
)
SVG_FACTS = re.compile(r"\s(?:sodipodi|inkscape|rdf|cc|dc):[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')")
SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}


def cleaned(data: bytes) -> tuple[bytes, str] | None:
    """The picture and the suffix of its kind; None where it is of no kind that can be cleaned."""
    if made := shown(data):
        data = made[0]  # the first page of a PDF as a drawing, a TIFF as PNG
    kind = media_type(data) or ""
    if kind == "image/png":
        return _png(data), ".png"
    if kind == "image/jpeg":
        return _jpeg(data), ".jpg"
    if kind == "image/svg+xml":
        return _svg(data), ".svg"
    if kind in SUFFIXES:
        again = _saved(data, kind.removeprefix("image/").upper())
        return (again, SUFFIXES[kind]) if again else None
    return None


def _png(data: bytes) -> bytes:
    out, at = [data[:8]], 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        kind = data[at + 4 : at + 8]
        if kind in KEPT:
            out.append(data[at:end])
        at = end
        if kind == b"IEND":
            break
    return b"".join(out)


def _jpeg(data: bytes) -> bytes:
    """The JPEG without remarks, EXIF, XMP and the like; one that these turn upright is turned for good."""
    if _turned(data) and (upright := _saved(data, "JPEG")):
        data = upright
    out, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        segment = data[at : at + 2 + length]
        if mark == 0xDA:
            end = data.rfind(b"\xff\xd9")
            return b"".join([*out, data[at : end + 2 if end > at else len(data)]])
        about = 0xE1 <= mark <= 0xEF or mark == 0xFE
        colour = (mark == 0xE2 and segment[4:].startswith(b"ICC_PROFILE")) or mark == 0xEE
        if not about or colour:
            out.append(segment)
        at += 2 + length
    return b"".join([*out, data[at:]])


def _turned(data: bytes) -> bool:
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            return int(picture.getexif().get(0x0112, 1)) != 1
    except (OSError, ValueError, SyntaxError, TypeError, Image.DecompressionBombError):
        return False


def _saved(data: bytes, kind: str) -> bytes | None:
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data)) as picture:
            out = BytesIO()
            upright = ImageOps.exif_transpose(picture) if kind == "JPEG" else picture
            extra = {"quality": 95} if kind == "JPEG" else {"save_all": True} if kind == "GIF" else {}
            upright.info = {
                name: value
                for name, value in upright.info.items()
                if name in ("dpi", "icc_profile", "loop", "duration", "transparency")
            }
            upright.save(out, kind, **extra)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return out.getvalue()


def _svg(data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return SVG_FACTS.sub("", SVG_WORDS.sub("", text)).encode("utf-8")
