"""Any file that is handed on -> all the texts in it, each with its place: metadata, parts of packages, pictures within,
words as they are shown. Nothing is judged.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from urllib.parse import unquote

Found = Iterator[tuple[str, str]]
DEEP = 6
MOST = 64_000_000
"""Bytes of a packed thing that are looked at."""
DATA = re.compile(r"data:[\w/+.-]*;base64,([A-Za-z0-9+/=\s]+)")
TAGS = re.compile(r"<[^<>]*>")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
SHOWN = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]+>", re.DOTALL)


CODE = re.compile(r"<(style|script)\b[^>]{0,1000}>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
SAID = re.compile(r"\b(?:alt|title|aria-label|descr|content|summary)=\"[^\"<>]{1,5000}\"")
MARKUP, WORDS = " (its markup)", " (its words)"
"""What follows a file's name as the place of a text: tags and all, or what somebody reads."""


def texts(name: str, data: bytes, depth: int = 0) -> Found:
    """The texts of a file as (place, text); the name of the file is one of them."""
    if not depth:
        yield f"{name} (its name)", name
    if depth > DEEP or not data:
        return
    if data.startswith(b"PK\x03\x04"):
        yield from _zip(name, data, depth)
    elif data.startswith(b"%PDF-"):
        yield from _pdf(name, data, depth)
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from _png(name, data)
    else:
        yield from _plain(name, data, depth)


def _plain(name: str, data: bytes, depth: int) -> Found:
    text = data.decode("utf-8", "replace")
    markup = "<" in text[:4000] and ">" in text
    whole = f"{name}{MARKUP}" if markup else name
    bare = DATA.sub(" ", text) if "data:" in text else text
    yield whole, bare
    if markup:
        said = CODE.sub(" ", bare)
        yield f"{name}{WORDS}", unescape(TAGS.sub("", said))
        yield f"{name}{WORDS}", unescape(TAGS.sub(" ", said))
        yield f"{name}{WORDS}", unescape(" ".join(SAID.findall(said)))
    if "%" in bare:
        yield whole, unquote(bare)
    for number, found in enumerate(DATA.finditer(text), 1):
        try:
            inner = b64decode(re.sub(r"\s", "", found[1]))
        except ValueError:
            continue
        yield from texts(f"{name}, picture {number}", inner, depth + 1)
    if b"\0" in data[:100_000]:  # pictures tell of their makers in wide letters too
        yield name, data.decode("latin-1")
        for start in (0, 1):
            yield name, data[start:].decode("utf-16-le", "replace")
            yield name, data[start:].decode("utf-16-be", "replace")


def _zip(name: str, data: bytes, depth: int) -> Found:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            for item in package.infolist():
                yield f"{name}: {item.filename} (its name)", item.filename
                if item.comment or item.extra:
                    yield f"{name}: {item.filename}", (item.comment + item.extra).decode("latin-1")
                if item.file_size <= MOST and not item.is_dir():
                    yield from texts(f"{name}: {item.filename}", package.read(item), depth + 1)
            yield name, package.comment.decode("latin-1")
    except (zipfile.BadZipFile, OSError, RuntimeError, zlib.error, NotImplementedError):
        yield name, data.decode("latin-1")


def _png(name: str, data: bytes) -> Found:
    at, kind = 8, b""
    while at + 12 <= len(data) and kind != b"IEND":
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"):
            yield f"{name} ({kind.decode()})", _chunk(kind, data[at + 8 : at + 8 + length])
        at += 12 + length
    yield f"{name} (behind its end)", data[at:].decode("utf-8", "replace")


def _chunk(kind: bytes, body: bytes) -> str:
    head, _, rest = body.partition(b"\0")
    if kind == b"zTXt":
        return f"{head.decode('latin-1')} {_inflated(rest[1:]).decode('latin-1')}"
    if kind == b"iTXt":
        parts = rest[2:].split(b"\0", 2)
        text = _inflated(parts[-1]) if rest[:1] == b"\1" else parts[-1]
        return f"{head.decode('latin-1')} {text.decode('utf-8', 'replace')}"
    return body.decode("utf-8", "replace") + "\n" + body.decode("utf-16-le", "replace")


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, MOST)
    except zlib.error:
        return b""


# -- PDF -----------------------------------------------------------------------------------------------


def _pdf(name: str, data: bytes, depth: int) -> Found:
    """The strings of a PDF's objects, its streams unpacked, and the words of its pages."""
    at = 0
    for found in STREAM.finditer(data):
        if found.start() < at:
            continue
        yield from _strings(name, data[at : found.start()])
        end = data.find(b"endstream", found.end())
        at = end if end >= 0 else len(data)
        packed = data[found.end() : at]
        inner = _inflated(packed) or packed
        if inner.startswith((b"\xff\xd8", b"\x89PNG", b"PK\x03\x04", b"%PDF-")):
            yield from texts(f"{name}, a picture or file in it", inner, depth + 1)
        else:
            yield f"{name}, a stream in it", inner.decode("utf-8", "replace")
            yield from _strings(name, inner)
    yield from _strings(name, data[at:])
    from galley.checks.pdfwords import words

    for number, page in enumerate(words(data), 1):
        yield f"{name}, page {number}", re.sub(r"[-\u00ad]\n(?=\w)", "", page)
        yield f"{name}, page {number}", page


def _strings(name: str, part: bytes) -> Found:
    out: list[str] = []
    for found in SHOWN.findall(part):
        if found.startswith(b"<"):
            digits = re.sub(rb"\s", b"", found[1:-1])
            raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        else:
            raw = re.sub(rb"\\([0-7]{1,3})", lambda one: bytes([int(one[1], 8) & 255]), found[1:-1])
            raw = re.sub(rb"\\(.)", rb"\1", raw, flags=re.DOTALL)
        wide = raw.startswith((b"\xfe\xff", b"\xff\xfe"))
        out.append(raw.decode("utf-16", "replace") if wide else raw.decode("latin-1"))
    yield f"{name}, facts in it", "\n".join(out)
    names = re.findall(rb"/([^\s/<>\[\]()]+)", part)
    yield f"{name}, names in it", " ".join(one.decode("latin-1") for one in dict.fromkeys(names))
