"""A picture file of the project -> a data URI: what the bytes are decides, not what the file is called."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

from galley.picturebounds import oversized

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
SVG = re.compile(rb"\s*(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*|<!DOCTYPE[^>\[]*(\[.*?\])?\s*>\s*)*<svg[\s>]", re.DOTALL)


def media_type(data: bytes) -> str | None:
    """The media type of a picture that every browser shows, or None."""
    for start, name in SIGNATURES:
        if data.startswith(start):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if SVG.match(data.removeprefix(b"\xef\xbb\xbf")[:20000]) else None


def inside(folder: Path, address: str) -> Path | None:
    """The file at a relative address in the folder; None where there is none, the path leads out of it, or the picture
    is larger than one may be."""
    if not address or re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|[/\\]", address) or "\0" in address:
        return None
    try:
        root = folder.resolve()
        path = (root / address).resolve()
        return path if path.is_relative_to(root) and path.is_file() and not oversized(path) else None
    except (OSError, ValueError):
        return None


def embedded(folder: Path, address: str) -> str | None:
    """The picture as a data URI; None where it is remote, missing, outside the folder or no picture for the web."""
    from urllib.parse import unquote

    path = inside(folder, address) or inside(folder, unquote(address))
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    kind = media_type(data)
    if kind is None:
        from galley.formats.pdfvector import shown

        data, kind = shown(data) or (data, None)
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}" if kind else None
