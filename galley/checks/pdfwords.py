"""A PDF -> the words of its pages, as far as its fonts say what letters their glyphs are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from galley.checks.preflight.reading import Pdf, Stream, Unreadable

ORDER = re.compile(
    rb"/([^\s/<>\[\]()]+)\s+[-+.\d]+\s+Tf"
    rb"|\[((?:\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|[\s\d.+-])*)\]\s*TJ"
    rb"|(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)\s*(?:Tj|'|\")"
    rb"|(BT|T\*|T[dDm])(?![\w*])"
    rb"|/([^\s/<>\[\]()]+)\s+Do(?![\w*])",
    re.DOTALL,
)
SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>|([+-]?[\d.]+)", re.DOTALL)
CHARS = re.compile(rb"beginbfchar((?:[^b]|b(?!eginbf))*?)endbfchar", re.DOTALL)
RANGES = re.compile(rb"beginbfrange((?:[^b]|b(?!eginbf))*?)endbfrange", re.DOTALL)
CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
WIDE = -180.0
"""Thousandths of an em by which the next glyph stands off where a blank is meant."""
DEEP = 5


def words(data: bytes) -> Iterator[str]:
    """The words of each page, a line for each piece that is set; nothing where the PDF cannot be read."""
    try:
        pdf = Pdf(data)
        pages = pdf.pages()
    except (Unreadable, ValueError, IndexError, KeyError):
        return
    fonts: dict[int, dict[int, str]] = {}
    for page in pages:
        parts = [pdf.get(one) for one in pdf.row(page, "Contents")]
        content = b"\n".join(one.data() for one in parts if isinstance(one, Stream))
        yield _read(pdf, content, page.get("Resources"), fonts, 0)


def _read(pdf: Pdf, content: bytes, resources: Any, fonts: dict[int, dict[int, str]], depth: int) -> str:
    out: list[str] = []
    font: dict[int, str] = {}
    wide = True
    for found in ORDER.finditer(content):
        name, row, one, moved, form = found.groups()
        if name:
            held = pdf.of(resources, "Font", name.decode("latin-1"))
            font, wide = _font(pdf, held, fonts), bool(pdf.row(held, "DescendantFonts"))
        elif moved:
            out.append("\n")
        elif form and depth < DEEP:
            inner = pdf.of(resources, "XObject", form.decode("latin-1"))
            if isinstance(inner, Stream) and inner.facts.get("Subtype") == "Form":
                out.append(_read(pdf, inner.data(), inner.facts.get("Resources"), fonts, depth + 1))
        else:
            out.append(_shown(row if row is not None else one or b"", font, wide))
    return re.sub(r"\n{2,}", "\n", "".join(out))


def _shown(row: bytes, font: dict[int, str], wide: bool) -> str:
    out: list[str] = []
    for text, digits, number in SHOWN.findall(row):
        if number:
            out.append(" " if float(number) < WIDE else "")
            continue
        raw = bytes.fromhex(_even(digits)) if digits else _plain(text)
        step = 2 if wide else 1
        codes = [int.from_bytes(raw[at : at + step]) for at in range(0, len(raw), step)]
        out += [font.get(code, "" if wide else chr(code)) for code in codes]
    return "".join(out)


def _plain(text: bytes) -> bytes:
    text = re.sub(rb"\\([0-7]{1,3})", lambda one: bytes([int(one[1], 8) & 255]), text)
    kinds = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    return re.sub(rb"\\(.)", lambda one: kinds.get(one[1], one[1]), text, flags=re.DOTALL)


def _even(digits: bytes) -> str:
    bare = re.sub(rb"\s", b"", digits).decode()
    return bare + "0" * (len(bare) % 2)


def _font(pdf: Pdf, font: Any, known: dict[int, dict[int, str]]) -> dict[int, str]:
    """The letters of a font by its codes, from its table ToUnicode."""
    if id(font) not in known:
        table = pdf.of(font, "ToUnicode") if font else None
        known[id(font)] = _letters(table.data()) if isinstance(table, Stream) else {}
    return known[id(font)]


def _letters(data: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in CHARS.findall(data):
        found |= {int(code, 16): _text(text) for code, text in CHAR.findall(block)}
    for block in RANGES.findall(data):
        for first, last, start, listed in RANGE.findall(block):
            low, high = int(first, 16), min(int(last, 16), int(first, 16) + 70_000)
            if listed:
                found |= dict(
                    zip(range(low, high + 1), map(_text, re.findall(rb"<([0-9A-Fa-f]+)>", listed)), strict=False)
                )
            else:
                base = int(start, 16)
                found |= {code: _text(f"{base + code - low:0{len(start)}x}".encode()) for code in range(low, high + 1)}
    return found


def _text(digits: bytes) -> str:
    return bytes.fromhex(_even(digits)).decode("utf-16-be", "replace")
