"""What acts in a picture's file: scripts, programs to start, files within it. On our own pages a picture is a drawing
and does nothing; whoever is handed its own file opens all of it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

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
"""Names of what acts in a PDF (ISO 32000-1, 12.6.4, 7.11.4), in words."""
NAME = re.compile(rb"/((?:[A-Za-z0-9]|#[0-9A-Fa-f]{2}){2,40})")
CODE = re.compile(rb"#(..)")
STREAM = re.compile(rb".{0,400}?stream\r?\n", re.DOTALL)
MOST = 8_000_000
"""Bytes of objects that are unpacked of one stream."""
HIDDEN = "objects that cannot be looked into"
LOCKED = "a lock"
DRAWN = {
    rb"<(?:[\w.-]{1,40}:)?script[\s>/]": "a script",
    rb"[\s\"'/]on[a-z]{3,30}\s{0,9}=": "a script",
    rb"(?:href|to|from|values|begin)\s{0,9}=\s{0,9}[\"']\s{0,99}(?:javascript|vbscript|data:text/html)": "a script",
    rb"<(?:[\w.-]{1,40}:)?(?:iframe|object|embed|form)[\s>/]": "a page within it",
}
"""What acts in an SVG drawing: letters in lower case, entities resolved."""
TAG = re.compile(rb"<[^<>]{1,20000}>")
ENTITY = re.compile(rb"&#(x?)([0-9a-f]{1,8});?")


def acting(data: bytes) -> list[str]:
    """What acts in a PDF or an SVG drawing, in words; nothing for other pictures."""
    if is_pdf(data):
        return _of_pdf(data)
    return _of_drawing(data) if b"<svg" in data[:20_000] or b":svg" in data[:20_000] else []


def is_pdf(data: bytes) -> bool:
    """Whether readers take it for a PDF: they look for its mark a little way in."""
    return b"%PDF-" in data[:1024]


def secretive(data: bytes) -> bool:
    """Whether a PDF holds what nobody can look into without its password, or at all."""
    return is_pdf(data) and bool({LOCKED, HIDDEN} & set(_of_pdf(data, secrets=True)))


def _of_pdf(pdf: bytes, *, secrets: bool = False) -> list[str]:
    names: dict[bytes, None] = {}
    found: list[str] = []
    for at, name in _names(pdf):
        names[name] = None
        if name == b"ObjStm" and (head := STREAM.match(pdf, at)):
            try:
                unpacking = zlib.decompressobj()
                names |= {one: None for _, one in _names(unpacking.decompress(pdf[head.end() :], MOST))}
                if unpacking.unconsumed_tail and not unpacking.eof:
                    found.append(HIDDEN)
            except zlib.error:
                found.append(HIDDEN)
    if b"Encrypt" in names:
        found = [LOCKED]  # the streams cannot be read because of it
    acts = [words for name, words in ACTS.items() if name in names]
    return list(dict.fromkeys([*acts, *found] if secrets else acts))


def _names(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The names in a piece of PDF and the offsets after them, letters by their number resolved."""
    for found in NAME.finditer(data):
        name = found[1]
        yield found.end(), CODE.sub(lambda code: bytes([int(code[1], 16)]), name) if b"#" in name else name


def _of_drawing(svg: bytes) -> list[str]:
    """Of its tags alone: words may say what they like."""
    tags = b"\n".join(ENTITY.sub(_letter, tag[0].lower()) for tag in TAG.finditer(svg))
    return list(dict.fromkeys(words for one, words in DRAWN.items() if re.search(one, tags)))


def _letter(found: re.Match[bytes]) -> bytes:
    number = int(found[2], 16) if found[1] else int(found[2]) if found[2].isdigit() else 0
    return bytes([number]) if 32 <= number < 127 else b""
