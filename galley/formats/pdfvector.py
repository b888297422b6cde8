"""Pictures that a page cannot hold as they are -> such as it can: the first page of a PDF as SVG, a TIFF as PNG."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from typing import Any

from galley.bounds import bound
from galley.formats.pdfbounds import compiling
from galley.report import Fault


@lru_cache(maxsize=64)
def shown(data: bytes) -> tuple[bytes, str] | None:
    """A picture's bytes and its media type once it can be shown; None where it is neither PDF nor TIFF, or broken."""
    if data.startswith(b"%PDF-"):
        drawing = _svg(data)
        return (drawing, "image/svg+xml") if drawing else None
    if data.startswith((b"II*\0", b"MM\0*")):
        picture = _png(data)
        return (picture, "image/png") if picture else None
    return None


def rgb(data: bytes) -> bytes | None:
    """A JPEG in cyan, magenta, yellow and black as one in red, green and blue; None for any other file."""
    frame = re.search(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08....(.)", data[:200_000], re.DOTALL)
    if not data.startswith(b"\xff\xd8") or not frame or frame[1] != b"\x04":
        return None
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=["JPEG"]) as picture:
            if picture.mode != "CMYK" or picture.width * picture.height > bound("pixels"):
                return None
            out = BytesIO()
            dpi = picture.info.get("dpi")
            picture.convert("RGB").save(out, "JPEG", quality=95, **({"dpi": dpi} if dpi else {}))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return out.getvalue()


def still(data: bytes) -> bytes | None:
    """A PDF's first page as a PDF that does nothing: what is drawn is drawn, and nothing else of it is kept."""
    return _printed(data, "pdf")


def _svg(data: bytes) -> bytes | None:
    """The first page of a PDF as SVG."""
    return _printed(data, "svg")


def _printed(data: bytes, format: str) -> bytes | None:
    """The first page of a PDF anew, by the Typst compiler; it is given this one file and follows nothing."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    import typst

    page = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("picture.pdf")'
    with TemporaryDirectory(prefix="galley-") as folder:
        (Path(folder) / "picture.pdf").write_bytes(data)
        compile: Any = typst.compile  # its stubs do not know that files may be given by name
        try:
            with compiling():
                made = compile({"main.typ": page}, root=folder, format=format, ignore_system_fonts=True)
        except (typst.TypstError, RuntimeError, Fault):
            return None
    first = made[0] if isinstance(made, list) else made
    return bytes(first) if first else None


def _png(data: bytes) -> bytes | None:
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=["TIFF"]) as picture:
            if picture.width * picture.height > bound("pixels"):
                return None
            out = BytesIO()
            dpi = picture.info.get("dpi")
            mode = "RGBA" if "A" in picture.mode else "L" if picture.mode in ("1", "L", "I;16") else "RGB"
            picture.convert(mode).save(out, "PNG", **({"dpi": dpi} if dpi else {}))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return out.getvalue()
