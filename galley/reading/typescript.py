"""A manuscript in whatever form its author sent it -> Typescript: Word, ODT, HTML, Markdown, or a project's folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.report import Diagnostic, fault
from galley.span import File
from galley.typescript import Field, Typescript

if TYPE_CHECKING:
    from galley.tree import Node

WORD = (".docx", ".docm", ".dotx", ".doc")
TRACKS = ("accept", "reject", "keep")


def read(path: Path, track: str = "accept") -> Typescript:
    """The manuscript at a path; Fault where it cannot be read. ``track`` says what becomes of tracked changes.

    ``.docx`` is read by ourselves, all else by Pandoc, which is given the text alone and opens no other file.
    """
    if track not in TRACKS:
        raise fault("bad-track", "", f"tracked changes can be accepted, rejected or kept, not '{track}'", status=2)
    kind = path.suffix.lower()
    if path.is_file() and kind in WORD:
        from galley.reading.word.reader import read as read_word

        return read_word(path, track)
    if path.is_file() and kind == ".odt":
        from galley.reading.opendocument import read as read_odt

        return read_odt(path)
    if path.is_file() and kind in (".html", ".htm", ".xhtml"):
        return _html(path)
    from galley.reading.written import read as read_markdown

    return read_markdown(path)


def _html(path: Path) -> Typescript:
    from galley import pandoc
    from galley.reading.files import text_file

    file, faults = text_file(path)
    meta, blocks = pandoc.Reading(file.text, "html-raw_html+smart").result()
    return lined(file.name, str(path), [*titled(meta, blocks), *blocks], faults)


def titled(meta: dict[str, Any], blocks: Sequence[Node]) -> list[Node]:
    """The title that a format keeps among its metadata, as a block, unless the text begins with it anyway."""
    from galley.tree import div, para, plain

    title = meta.get("title")
    if not title or title.get("t") != "MetaInlines" or not plain(title["c"]):
        return []
    words = plain(title["c"])
    first = [plain(block) for block in blocks[:6]]
    return (
        [] if any(words in one or (one and one in words) for one in first) else [div([para(title["c"])], "", ["title"])]
    )


def lined(
    name: str,
    source: str,
    blocks: Sequence[Node],
    faults: tuple[Diagnostic, ...] = (),
    fields: tuple[Field, ...] = (),
) -> Typescript:
    """A typescript whose source has no lines of its own: each paragraph is one."""
    from galley.reading.flattening import flattened, paragraph

    flats = flattened(blocks)
    lines = [flat.text.replace("\n", " ") for flat in flats]
    paragraphs, at = [], 0
    for number, (flat, line) in enumerate(zip(flats, lines, strict=True)):
        paragraphs.append(paragraph(number, flat, ((0, at),)))
        at += len(line) + 1
    file = File(name, "\n".join(lines) + "\n")
    return Typescript(file, tuple(paragraphs), source, fields, keyed=any(f.cites for f in flats), faults=faults)
