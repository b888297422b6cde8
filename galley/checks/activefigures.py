"""PDF figures do nothing by themselves: what acts in one would act in a package that carries the file as it is."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from galley.checks.figures import images, locate, place_of
from galley.document import Document
from galley.report import WARNING, Diagnostic
from galley.theme import Theme

ACTS = {
    b"JavaScript": "a script",
    b"JS": "a script",
    b"Launch": "a program to start",
    b"SubmitForm": "a form to send",
    b"ImportData": "data to fetch",
    b"GoToR": "a way into another file",
    b"GoToE": "a way into another file",
    b"EmbeddedFile": "a file within it",
    b"RichMedia": "a film or the like",
    b"XFA": "a form to fill in",
}
"""Names of what acts (ISO 32000-1, 12.6.4, 7.11.4), in words."""
NAME = re.compile(rb"/((?:[A-Za-z]|#[0-9A-Fa-f]{2}){2,40})")
PACKED = re.compile(rb"/ObjStm.{0,400}?stream\r?\n", re.DOTALL)
MOST = 8_000_000
"""Bytes of objects that are unpacked of one stream."""


def active(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``active-figure``: a PDF figure holds a script, a program to start, a file or the like.

    Why: on our pages it is a drawing and does nothing, but a package carries the figure's own file to the publisher.
    """
    for address in dict.fromkeys(node["c"][2][0] for node, _caption in images(document)):
        file = locate(document, address)
        if file is None or file.suffix.lower() != ".pdf" or not file.resolve().is_relative_to(document.folder):
            continue
        try:
            found = acting(file.read_bytes())
        except OSError:
            continue
        if found:
            hint = "print it into a new PDF, or export it as SVG"
            message = f"the figure '{address}' holds {', '.join(found)}"
            yield Diagnostic(WARNING, "active-figure", place_of(document, address), message, hint)


def acting(pdf: bytes) -> list[str]:
    """What acts in a PDF, in words; what is locked with a password cannot be looked into."""
    names = set(_names(pdf))
    for packed in PACKED.finditer(pdf):
        try:
            names |= set(_names(zlib.decompressobj().decompress(pdf[packed.end() :], MOST)))
        except zlib.error:
            continue
    return list(dict.fromkeys(words for name, words in ACTS.items() if name in names))


def _names(data: bytes) -> Iterator[bytes]:
    for found in NAME.finditer(data):
        yield re.sub(rb"#(..)", lambda code: bytes([int(code[1], 16)]), found[1])
