"""A typescript's source with words replaced -> Pandoc's tree, the pictures inside the file, its front matter."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from galley import pandoc
from galley.bounds import bound
from galley.reading.marking import Mark, marked
from galley.reading.typescript import tree
from galley.tree import Node

PICTURES = "figures"
"""The folder of a project in which the pictures of an imported file are put."""
LIMIT = 500_000_000
"""Bytes that the pictures of one file may have."""
WORD = frozenset({".docx", ".docm", ".dotx", ".dotm"})


class Told(NamedTuple):
    """The tree, the pictures by the name that it gives them, and the front matter that was there."""

    blocks: list[Node]
    pictures: Mapping[str, bytes]
    data: Mapping[str, Any] = {}


def retold(
    path: Path, marks: Sequence[Mark], removed: Collection[int], headings: Mapping[int, int], track: str = "accept"
) -> Told:
    """The source at a path as a tree, with its marks; places are those of its typescript. Fault where it is unreadable.

    Pictures inside a Word or ODT file come with it; of Markdown and HTML only those that lie beside it.
    """
    kind = path.suffix.lower()
    if kind in WORD:
        from galley.reading.word.marking import marked as marked_word

        return _word(marked_word(path, marks, track, removed, headings), track)
    blocks = [block for block in marked(tree(path), marks, removed, headings) if not _is_front(block)]
    if kind == ".odt":
        return _packed(path, blocks)
    data = _data(path) if kind not in (".html", ".htm", ".xhtml") else {}
    return Told(blocks, dict(_beside(path, blocks)), data)


def _is_front(block: Node) -> bool:
    return block["t"] == "Div" and "front" in block["c"][0][1]


def _data(path: Path) -> Mapping[str, Any]:
    from galley.reading.files import locate, text_file
    from galley.reading.metadata import header

    return header(text_file(locate(path).manuscript[0])[0]).data


def _word(content: bytes, track: str) -> Told:
    """A Word file by way of Pandoc, its pictures lifted out of it."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "typescript.docx"
        file.write_bytes(content)
        changes = f"--track-changes={'all' if track == 'keep' else 'accept'}"
        blocks = json.loads(pandoc.read_file(file, "docx", [f"--extract-media={PICTURES}", changes]))["blocks"]
        pictures: dict[str, bytes] = {}
        room = LIMIT
        for one in sorted((Path(place) / PICTURES).rglob("*")):
            if one.is_file() and not one.is_symlink() and one.stat().st_size <= room:
                pictures[one.relative_to(place).as_posix()] = one.read_bytes()
                room -= one.stat().st_size
        return Told(blocks, pictures)


def _packed(path: Path, blocks: list[Node]) -> Told:
    """The tree of a packed file with the pictures that it names inside the file."""
    pictures: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as packed:
        sizes = {one.filename: one.file_size for one in packed.infolist()}
        for node in pandoc.each(blocks, frozenset({"Image"})):
            name = node["c"][2][0].removeprefix("./")
            if name in sizes and sum(map(len, pictures.values())) + sizes[name] < LIMIT:
                pictures[f"{PICTURES}/{Path(name).name}"] = packed.read(name)

    def change(node: Node) -> Node | None:
        place, words, (address, title) = node["c"]
        name = f"{PICTURES}/{Path(address).name}"
        return {"t": "Image", "c": [place, words, [name, title]]} if name in pictures else None

    return Told(pandoc.walk(blocks, change, frozenset({"Image"})), pictures)


def _beside(path: Path, blocks: Sequence[Node]) -> list[tuple[str, bytes]]:
    """The pictures that a text names and that lie in its own folder."""
    root = (path if path.is_dir() else path.parent).resolve()
    found = []
    for node in pandoc.each(blocks, frozenset({"Image"})):
        address = node["c"][2][0]
        if one := _own(root, address):
            found.append((address, one.read_bytes()))
    return found


def _own(root: Path, address: str) -> Path | None:
    """The file at an address that leads nowhere but down, for it is written at the same one into the new project."""
    named = PurePosixPath(address.replace("\\", "/"))
    if "://" in address or "\0" in address or named.is_absolute() or ".." in named.parts:
        return None
    try:
        one = (root / address).resolve()
        return one if one.is_file() and one.is_relative_to(root) and one.stat().st_size < bound("picture") else None
    except (OSError, ValueError):
        return None
