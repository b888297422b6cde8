"""Pages of a PDF as pictures: drawn when they are looked at, and told apart by their looks."""

from __future__ import annotations

import struct
from hashlib import blake2b
from threading import Lock
from typing import Any, NamedTuple
from zlib import compress, crc32

WIDEST = 3000
"""Pixels a page may be wide."""


class Drawn(NamedTuple):
    """A page as PNG, and a name that is the same for pages that look the same."""

    name: str
    png: bytes


class Sheets:
    """The pages of one PDF; PDFium takes one thread at a time, so they are drawn in turn."""

    lock = Lock()

    def __init__(self, pdf: bytes = b"") -> None:
        """Open the PDF; one without a byte has no pages."""
        self.pdf = pdf
        self._drawn: dict[tuple[int, int], Drawn] = {}
        self._opened: Any = None
        self.sizes: tuple[tuple[int, int], ...] = ()
        if pdf:
            from pypdfium2 import PdfDocument

            with self.lock:
                self._opened = PdfDocument(pdf)
                sizes = (self._opened.get_page_size(at) for at in range(len(self._opened)))
                self.sizes = tuple((round(width), round(height)) for width, height in sizes)

    def close(self) -> None:
        """Let go of the PDF."""
        with self.lock:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    def page(self, number: int, width: int) -> Drawn | None:
        """A page, counted from 1, so many pixels wide; None where there is none (any more)."""
        if not 0 < number <= len(self.sizes):
            return None
        width = max(100, min(WIDEST, width))
        with self.lock:
            if (number, width) not in self._drawn and self._opened is not None:
                self._drawn[number, width] = self._draw(number, width)
            return self._drawn.get((number, width))

    def _draw(self, number: int, width: int) -> Drawn:
        page = self._opened[number - 1]
        try:
            bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True, prefer_bgrx=False)
            pixels, wide, high, row = bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride
            channels = bitmap.n_channels
            bitmap.close()
        finally:
            page.close()
        return Drawn(blake2b(pixels, digest_size=12).hexdigest(), png(pixels, wide, high, row, channels))


KINDS = {1: 0, 3: 2, 4: 6}
"""What PNG calls pictures of so many channels: grey, colour, colour that one can see through."""


def png(pixels: bytes, width: int, height: int, row: int, channels: int) -> bytes:
    """A PNG of 8-bit pixels in rows of so many bytes: packed for speed, since it only crosses a loopback."""
    rows = b"".join(b"\0" + pixels[at : at + width * channels] for at in range(0, row * height, row))
    head = struct.pack(">IIBBBBB", width, height, 8, KINDS[channels], 0, 0, 0)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", compress(rows, 1)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))
