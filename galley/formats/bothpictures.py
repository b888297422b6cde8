"""The pictures of two revisions in one folder, each under a name made from its bytes: a picture that was exchanged
under its old name is another one, one that was only renamed is the same.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from galley.document import Node
from galley.formats.pictures import inside
from galley.tree import walk

if TYPE_CHECKING:
    from galley.document import Document


def shelved(document: Document, folder: Path) -> Document:
    """The document with copies of its pictures in the folder, which becomes its own."""

    def picture(node: Node) -> Node | None:
        attributes, words, (address, title) = node["c"]
        path = inside(document.folder, address) or inside(document.folder, unquote(address))
        if path is None or not path.is_file():
            return None
        data = path.read_bytes()
        name = f"picture-{sha256(data).hexdigest()[:20]}{path.suffix.lower()}"
        if not (folder / name).exists():
            (folder / name).write_bytes(data)
        return {"t": "Image", "c": [attributes, words, [name, title]]}

    def moved(content: Any) -> Any:
        return walk(content, picture, frozenset({"Image"}))

    return replace(
        document,
        folder=folder,
        blocks=tuple(moved(document.blocks)),
        back=tuple(moved(document.back)),
        slots={name: tuple(moved(blocks)) for name, blocks in document.slots.items()},
    )
