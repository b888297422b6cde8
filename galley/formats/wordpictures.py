"""A manuscript's pictures -> files in a folder of our own that Pandoc is to find them in: only such as lie in the
project, drawings (SVG, PDF) and WebP as PNG, for Word shows no others everywhere.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from galley.formats.pictures import inside, media_type

SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}
DPI = 300
"""Dots per inch of drawings made into points: what journals ask of figures at print size."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's file name in the folder, and its width such as "3in" where the file does not say it."""

    name: str
    width: str = ""


@dataclass(slots=True)
class Shelf:
    """The folder the pictures are put in; one that is used twice is put there once."""

    project: Path
    folder: Path
    known: dict[Path, Picture | None] = field(default_factory=dict)

    def put(self, address: str) -> Picture | None:
        """The picture at an address in the project; None where there is none or Word cannot show it."""
        path = inside(self.project, address) or inside(self.project, unquote(address))
        if path is None:
            return None
        if path not in self.known:
            self.known[path] = self._kept(path)
        return self.known[path]

    def _kept(self, path: Path) -> Picture | None:
        try:
            data = path.read_bytes()
        except OSError:
            return None
        suffix, width = suffix_of(data), ""
        if suffix in (".svg", ".pdf", ".webp"):
            from galley.formats.pdfpicture import drawn

            data = drawn(data, suffix, DPI) or b""
            suffix = ".png" if data else ""
            width = f"{struct.unpack('>I', data[16:20])[0] / DPI:.4f}in" if data and path.suffix != ".webp" else ""
        if not suffix:
            return None
        name = f"picture-{len(self.known) + 1}{suffix}"
        (self.folder / name).write_bytes(data)
        return Picture(name, width)


def suffix_of(data: bytes) -> str:
    """The suffix a picture's bytes call for; "" where they are none we know."""
    if data.startswith((b"II*\0", b"MM\0*")):
        return ".tif"
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return ".pdf"
    kind = media_type(data)
    return {"image/svg+xml": ".svg", "image/webp": ".webp", **SUFFIXES}.get(kind or "", "")
