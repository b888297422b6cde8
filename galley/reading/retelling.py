"""A typescript's source with words in it replaced -> Pandoc's tree, and the pictures that were inside the file."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from galley import pandoc
from galley.reading.flattening import flattened
from galley.reading.marking import Mark, marked
from galley.tree import Node

PICTURES = "figures"
"""The folder of a project in which the pictures of an imported file are put."""
LIMIT = 500_000_000
"""Bytes that the pictures of one file may have."""


class Told(NamedTuple):
    """The tree, and the pictures by the name that it gives them."""

    blocks: list[Node]
    pictures: Mapping[str, bytes]


def retold(
    path: Path, marks: Sequence[Mark], removed: Collection[int], headings: Mapping[int, int], track: str = "accept"
) -> Told:
    """The source at a path as a tree, with its marks; places are those of its typescript. Fault where it is unreadable.

    Pictures inside a Word or ODT file come with it; of Markdown and HTML only those that lie beside it.
    """
    kind = path.suffix.lower()
    if kind in (".docx", ".docm", ".dotx"):
        from galley.reading.word.marking import marked as marked_word

        return _packed(marked_word(path, marks, track, removed, headings), "docx", track)
    if kind == ".odt":
        told = _packed(path.read_bytes(), "odt", track)
        from galley.reading.typescript import titled

        blocks = [*titled({}, told.blocks), *told.blocks]
        return Told(marked(blocks, marks, removed, headings), told.pictures)
    if kind in (".html", ".htm", ".xhtml"):
        return _written(path, "html-raw_html+smart", marks, removed, headings)
    return _written(path, pandoc.READER, marks, removed, headings)


def _packed(content: bytes, source: str, track: str) -> Told:
    """A packed file by way of Pandoc, its pictures lifted out of it."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / f"typescript.{source}"
        file.write_bytes(content)
        options = [f"--extract-media={PICTURES}"]
        if source == "docx":
            options.append(f"--track-changes={'all' if track == 'keep' else 'accept'}")
        text = pandoc.read_file(file, source, options)
        blocks = json.loads(text)["blocks"]
        folder = Path(place) / PICTURES
        pictures: dict[str, bytes] = {}
        room = LIMIT
        for one in sorted(folder.rglob("*")):
            if one.is_file() and not one.is_symlink() and one.stat().st_size <= room:
                pictures[one.relative_to(place).as_posix()] = one.read_bytes()
                room -= one.stat().st_size
        return Told(blocks, pictures)


def _written(
    path: Path, source: str, marks: Sequence[Mark], removed: Collection[int], headings: Mapping[int, int]
) -> Told:
    from galley.reading.files import text_file
    from galley.reading.metadata import header

    file, _ = text_file(path)
    head = header(file)
    _, blocks = pandoc.Reading(file.text[head.end :], source).result()
    before = 0
    if head.data:  # paragraphs of the title page are counted first
        from galley.reading.written import read

        before = max(len(read(path).paragraphs) - len(flattened(blocks)), 0)
    shifted = [mark._replace(paragraph=mark.paragraph - before) for mark in marks if mark.paragraph >= before]
    told = marked(
        blocks,
        shifted,
        [number - before for number in removed if number >= before],
        {number - before: level for number, level in headings.items() if number >= before},
    )
    return Told(told, dict(_beside(path, told)))


def _beside(path: Path, blocks: Sequence[Node]) -> list[tuple[str, bytes]]:
    """The pictures that a text names and that lie in its own folder."""
    root = path.parent.resolve()
    found = []
    for node in pandoc.each(blocks, frozenset({"Image"})):
        address = node["c"][2][0]
        one = (path.parent / address).resolve()
        if "://" not in address and one.is_file() and one.is_relative_to(root) and one.stat().st_size < LIMIT:
            found.append((address, one.read_bytes()))
    return found
