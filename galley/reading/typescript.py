"""A manuscript in whatever form its author sent it -> Typescript: Word, ODT, HTML, Markdown, or a project's folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.patterns import pattern
from galley.reading.files import named, text_file
from galley.report import Diagnostic, Fault, fault
from galley.span import File
from galley.typescript import Field, Typescript

if TYPE_CHECKING:
    from galley.tree import Node

KINDS = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm", ".doc"), "word"),
    **dict.fromkeys((".odt", ".ott"), "odt"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".txt", ".text", ".rmd", ".qmd", ""), "markdown"),
}
SPAN = pattern(r"(?i)((?:col|row)span\s*=\s*[\"']?\s*)(\d{4,1000})\d*")
SPANNED = 1000
"""How many columns or rows a cell may take (HTML Standard, section 4.9.11: colspan)."""
TRACKS = ("accept", "reject", "keep")


def read(path: Path, track: str = "accept") -> Typescript:
    """The manuscript at a path; Fault where it cannot be read. ``track`` says what becomes of tracked changes.

    ``.docx`` is read by ourselves, all else by Pandoc, which is given the text alone and opens no other file.
    """
    if track not in TRACKS:
        raise fault("bad-track", "", f"tracked changes can be accepted, rejected or kept, not '{track}'", status=2)
    kind = _kind(path)
    try:
        if kind == "word":
            from galley.reading.word import reader

            return reader.read(path, track)
        if kind == "odt":
            from galley.reading import opendocument

            return opendocument.read(path)
        if kind == "html":
            name, blocks, faults = _html(path)
            return lined(name, str(path), blocks, faults)
        from galley.reading import written

        return written.read(path)
    except RecursionError as error:
        raise _too_deep(path) from error


def tree(path: Path) -> list[Node]:
    """The blocks of a manuscript that is no Word file, of which ``read`` makes its paragraphs, in the same order."""
    kind = _kind(path)
    try:
        if kind == "odt":
            from galley.reading import opendocument

            return opendocument.without_signs(opendocument.tree(path)[1])
        if kind == "html":
            return _html(path)[1]
        from galley.reading import written

        return written.tree(path)
    except RecursionError as error:
        raise _too_deep(path) from error


def _kind(path: Path) -> str:
    """The form of a manuscript, by the end of its name."""
    kind = KINDS.get(path.suffix.lower(), "other") if path.is_file() else "markdown"
    if kind == "other":
        message = f"a manuscript cannot be read from a {path.suffix} file"
        raise fault("unknown-format", named(path), message, "save it as .docx, .odt, .html or .md", status=2)
    return kind


def _too_deep(path: Path) -> Fault:
    return fault("too-deep", named(path), "its parts are nested too deep to be read")


def _html(path: Path) -> tuple[str, list[Node], tuple[Diagnostic, ...]]:
    from galley import pandoc

    file, faults = text_file(path)
    if not file.text.strip():
        if faults:
            raise Fault(faults)
        raise fault("empty-manuscript", file.name, "the manuscript is empty", "write some text in it")
    meta, blocks = pandoc.Reading(spanned(file.text), "html-raw_html+smart").result()
    return file.name, [*titled(meta, blocks), *blocks], faults


def spanned(html: str) -> str:
    """HTML whose cells span no more than a thousand others, as the standard bounds columns: each costs Pandoc time."""
    return SPAN.sub(lambda found: found[1] + ("1000" if int(found[2]) > SPANNED else found[2]), html)


def titled(meta: dict[str, Any], blocks: Sequence[Node]) -> list[Node]:
    """The title that a format keeps among its metadata, as a block, unless the text begins with it anyway."""
    from galley.tree import div, para, plain

    title = meta.get("title")
    if not title or title.get("t") != "MetaInlines" or not plain(title["c"]):
        return []
    words = plain(title["c"])
    first = [plain(block) for block in blocks[:6]]
    if any(words in one or (one and one in words) for one in first):
        return []
    return [div([para(title["c"])], "", ["title"])]


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
