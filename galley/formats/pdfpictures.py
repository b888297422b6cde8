"""The pictures of a document that Typst cannot put into an archival PDF as they are -> files that it can.

A PDF figure becomes SVG, and stays a drawing; a TIFF becomes PNG, a JPEG in four colours one in three (PDF/A asks for
a colour profile that such files seldom have); a picture that is not there (only a draft gets
as far as this) becomes a frame that says so.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from galley.document import Document, Node
from galley.formats.pdfvector import rgb, shown
from galley.formats.pictures import inside
from galley.pandoc import each, walk

VIRTUAL = "galley-picture-"
"""How the names of such files begin; they are given to the compiler and never written."""
CONVERTED = (".pdf", ".tif", ".tiff")
IMAGE = frozenset({"Image"})


def drawn(document: Document) -> tuple[Document, dict[str, bytes]]:
    """The document with such pictures under names of ours, and their bytes by these names."""
    regions = (*document.slots.values(), document.blocks, document.back)
    wanted = {node["c"][2][0] for region in regions for node in each(region, IMAGE)}
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for number, address in enumerate(sorted(wanted), 1):
        made = _made(document.folder, address)
        if made:
            names[address] = f"{VIRTUAL}{number}{made[1]}"
            files[names[address]] = made[0]
    if not names:
        return document, {}

    def change(node: Node) -> Node | None:
        attributes, words, (address, title) = node["c"]
        new = names.get(address)
        return {"t": "Image", "c": [attributes, words, [new, title]]} if new else None

    return (
        replace(
            document,
            blocks=tuple(walk(document.blocks, change, IMAGE)),
            back=tuple(walk(document.back, change, IMAGE)),
            slots={name: tuple(walk(blocks, change, IMAGE)) for name, blocks in document.slots.items()},
        ),
        files,
    )


def _made(folder: Path, address: str) -> tuple[bytes, str] | None:
    """The bytes and the suffix of a picture to be given in place of one; None where it can stay."""
    path = inside(folder, address) or inside(folder, unquote(address))
    if path is None:
        return _frame(address), ".svg"
    suffix = path.suffix.lower()
    if suffix in (".jpg", ".jpeg"):
        red_green_blue = rgb(path.read_bytes())
        return (_wrapped(red_green_blue, "image/jpeg"), ".svg") if red_green_blue else None
    if suffix not in CONVERTED:
        return None
    made = shown(path.read_bytes())
    if made is None:
        return _frame(address), ".svg"
    return made[0] if made[1] == "image/svg+xml" else _wrapped(*made), ".svg"


def _wrapped(data: bytes, kind: str) -> bytes:
    """Pixels inside an SVG of their size in print: the compiler takes no other bytes than text by name."""
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        across, down = picture.info.get("dpi", (96, 96))
        size = f'width="{picture.width * 96 / (across or 96):.2f}" height="{picture.height * 96 / (down or 96):.2f}"'
    text = b64encode(data).decode("ascii")
    image = f'<image {size} preserveAspectRatio="none" href="data:{kind};base64,{text}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{image}</svg>'.encode()


def _frame(address: str) -> bytes:
    """A frame with the name of the picture that should be in it."""
    from html import escape

    name = escape(address[-60:])
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120" viewBox="0 0 320 120">'
        '<rect x="1" y="1" width="318" height="118" fill="none" stroke="#777" stroke-dasharray="4 3"/>'
        f'<text x="160" y="64" font-family="Libertinus Serif" font-size="11" text-anchor="middle">{name}</text></svg>'
    ).encode()
