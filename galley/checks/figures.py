"""Figures are there, are images, lie inside the project, and have an alternative text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from galley import pandoc
from galley.bounds import bound
from galley.document import Document, Node
from galley.patterns import pattern
from galley.picturebounds import oversized
from galley.report import ERROR, WARNING, Diagnostic
from galley.span import Span
from galley.theme import Theme

MAGIC = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
    ".pdf": (b"%PDF-",),
    ".tif": (b"II*\0", b"MM\0*"),
    ".tiff": (b"II*\0", b"MM\0*"),
}
"""How a file of each kind begins; SVG is looked at as text."""

IMAGE = frozenset({"Image"})
PICTURES = frozenset({"Figure", "Image"})


def missing_files(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``missing-figure``, ``not-an-image``, ``outside-project``, ``remote-image``: a figure cannot be set.

    Why: the page would have a hole where the figure belongs; a path out of the project or a web address
    is never followed, so that a manuscript from a stranger cannot fetch or show what is not its own.
    """
    for path in dict.fromkeys(node["c"][2][0] for node, _ in images(document)):
        found = _fault(document, path)
        if found:
            code, message, hint = found
            yield Diagnostic(ERROR, code, place_of(document, path), message, hint)


def _fault(document: Document, path: str) -> tuple[str, str, str] | None:
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//", path):
        return "remote-image", f"the image '{path[:80]}' is not a file of the project", "save it beside the manuscript"
    file = locate(document, path)
    if file is None:
        return "missing-figure", f"there is no image '{path}'", _similar(document, path)
    if not file.resolve().is_relative_to(document.folder):
        message = f"the image '{path}' lies outside the project"
        return "outside-project", message, "copy it into the project's folder"
    try:
        with file.open("rb") as stream:
            head = stream.read(1024)
            stream.seek(max(0, file.stat().st_size - 1024))
            tail = stream.read()
    except OSError as error:
        return "missing-figure", f"the image '{path}' cannot be read: {error.strerror}", ""
    if much := oversized(file):
        return "too-large", f"the image '{path}' is larger than one may be: {much}", "export it again, smaller"
    return _not_an_image(file, path, head) or _cut_short(file, path, tail)


def _not_an_image(file: Path, path: str, head: bytes) -> tuple[str, str, str] | None:
    kind = file.suffix.lower()
    right = b"<" in head if kind == ".svg" else any(head.startswith(magic) for magic in MAGIC.get(kind, (b"",)))
    if right and head:
        return None
    return "not-an-image", f"the file '{path}' is not a {kind.lstrip('.').upper()} image", "export it again"


ENDS = {".png": b"IEND", ".jpg": b"\xff\xd9", ".jpeg": b"\xff\xd9", ".gif": b"\x3b", ".pdf": b"%%EOF"}
"""What is found at the end of a file that is whole."""


def _cut_short(file: Path, path: str, tail: bytes) -> tuple[str, str, str] | None:
    end = ENDS.get(file.suffix.lower())
    if not end or end in tail:
        return None
    return "not-an-image", f"the file '{path}' has no end: it was cut short", "copy or export it again"


SIZE = pattern(r"\d+(?:\.\d*)?|\.\d+")
UNITS = ("", "%", "px", "cm", "mm", "in", "inch", "pt", "em", "pc", "\\textwidth", "\\linewidth", "\\columnwidth")


def sizes(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``odd-size``: a width or a height that is no length; the figure is set as wide as it is.

    Bad: ``{width=wide}``. Good: ``{width=60%}``.
    """
    if not any("width" in file.text or "height" in file.text for file in document.files):
        return
    for node, _caption in images(document):
        for name, value in node["c"][0][2]:
            if name not in ("width", "height"):
                continue
            number = SIZE.match(value.strip())
            if not number or value.strip()[number.end() :].strip() not in UNITS:
                message = f"'{value}' is no {name}"
                yield Diagnostic(WARNING, "odd-size", _attribute(document, node["c"][2][0], name), message, "60%, 8cm")


def _attribute(document: Document, path: str, name: str) -> Span | str:
    """Where an attribute of an image is written, else where its path is."""
    place = place_of(document, path)
    if isinstance(place, str):
        return place
    end = place.file.text.find("}", place.end)
    at = place.file.text.find(f"{name}=", place.end, end if end >= 0 else place.end)
    return place.file.span(at, at + len(name)) if at >= 0 else place


def locate(document: Document, path: str) -> Path | None:
    """The file an image path means, looked for in the project's folder; None where there is none."""
    for name in dict.fromkeys((path, unquote(path))):
        try:
            if (document.folder / name).is_file():
                return document.folder / name
        except (OSError, ValueError):
            return None
    return None


def _similar(document: Document, path: str) -> str:
    """A hint at the file that was meant: one whose name looks the same comes before one that is near."""
    from difflib import get_close_matches
    from unicodedata import normalize

    names, alike = {}, {}
    for file in _files(document.folder):
        if file.suffix.lower() in (*MAGIC, ".svg"):
            plain = normalize("NFC", file.name)
            names[plain] = alike[plain.casefold()] = file
    wanted = normalize("NFC", Path(unquote(path)).name)
    if wanted in names and normalize("NFD", wanted) != wanted:
        return f"the file '{wanted}' has its accents apart, as macOS may write them, or this name has: write both anew"
    near = get_close_matches(wanted, names, 1, 0.7)
    meant = alike.get(wanted.casefold()) or (names[near[0]] if near else None)
    return (
        f"did you mean '{meant.relative_to(document.folder).as_posix()}'?"
        if meant
        else "paths start at the project's folder"
    )


def _files(folder: Path) -> Iterator[Path]:
    """The files of a project but those of its outputs and hidden folders, not more than a bound of them; links to
    folders are not followed."""
    left = bound("files")
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if one != "output" and not one.startswith("."))
        left -= len(names) + len(folders)
        if left < 0:
            return
        yield from (Path(place, name) for name in sorted(names))


def missing_alt(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``missing-alt``: a figure has no text that says what it shows to a reader who cannot see it.

    Why: PDF/UA-1 (ISO 14289-1, clause 7.3) and WCAG 1.1.1 demand it; a caption says what a figure is about,
    not what is to be seen, and does not take its place.

    Bad: ``![Trend of attacks](trend.png)``. Good: ``![Trend of attacks](trend.png){alt="A line that falls"}``.
    """
    for node, caption in images(document):
        attributes, content, target = node["c"]
        alt = dict(attributes[2]).get("alt", pandoc.plain(content))
        if not alt or alt == caption:
            path = target[0]
            message = f"the image '{path}' has no alternative text"
            hint = _where_alt_goes(document, path)
            yield Diagnostic(ERROR, "missing-alt", place_of(document, path), message, hint)


def _where_alt_goes(document: Document, path: str) -> str:
    """How the text is written: as LaTeX has it since 2021 where the image stands in LaTeX, else as Pandoc has it."""
    stem = path.removesuffix(Path(path).suffix)
    named = "|".join(re.escape(name) for name in dict.fromkeys((path, unquote(path), stem, unquote(stem))))
    tex = re.compile(rf"\\includegraphics\*?\s*(?:\[[^\]]*\])?\s*\{{\s*(?:\./)?({named})\s*\}}")
    found = next((one for file in document.files if (one := tex.search(file.text))), None)
    if found:
        return f"write \\includegraphics[alt={{what is to be seen}}]{{{found[1]}}}"
    return f'write {{alt="what is to be seen"}} after ({path})'


def images(document: Document) -> Iterator[tuple[Node, str]]:
    """Every image, and the caption of the figure that it is, or "".

    Pandoc gives the image of a figure its caption for a text, unless the author wrote ``alt=``.
    """
    for region in (*document.slots.values(), document.blocks, document.back):
        captions: dict[int, str] = {}
        for node in pandoc.each(region, PICTURES):
            if node["t"] == "Figure":
                shown = pandoc.each(node["c"][2], IMAGE)
                captions |= dict.fromkeys(map(id, shown), pandoc.plain(node["c"][1][1]))
            elif node["t"] == "Image":
                yield node, captions.get(id(node), "")


def place_of(document: Document, path: str) -> Span | str:
    """Where the manuscript names the image: Pandoc's tree has no places, so the path is looked for."""
    for file in document.files:
        if file.name.endswith(".bib"):
            continue
        for text in (path, unquote(path)):
            at = file.text.find(f"]({text}")
            if at >= 0:
                return file.span(at + 2, at + 2 + len(text))
            at = file.text.find(text)
            if at >= 0:
                return file.span(at, at + len(text))
    return document.files[0].name
