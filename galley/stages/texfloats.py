"""LaTeX's floats -> figures with their panels, tables with their notes: captions, labels, widths and notes kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley import pandoc
from galley.document import Node
from galley.patterns import pattern
from galley.stages import tex

if TYPE_CHECKING:
    from galley.stages.texing import Finding

FIGURES = {"figure", "wrapfigure", "sidewaysfigure", "SCfigure", "floatingfigure", "subfigure", "figwindow"}
TABLES = {
    "table",
    "wraptable",
    "sidewaystable",
    "threeparttable",
    "ThreePartTable",
    "longtable",
    "SCtable",
    "xltabular",
}
TRANSPARENT = {"multicols", "center", "minipage", "landscape", "flushleft", "flushright", "spacing", "singlespace"}
TRANSPARENT |= {
    "adjustwidth",
    "small",
    "footnotesize",
    "scriptsize",
    "samepage",
    "raggedright",
    "doublespace",
    "widetext",
}
TRANSPARENT |= {
    "appendices",
    "subappendices",
    "linenumbers",
    "sloppypar",
    "onehalfspace",
    "strip",
    "fullwidth",
    "document",
}
DRAWINGS = {"tikzpicture", "pspicture", "picture", "forest", "tikzcd", "circuitikz"}
PANELS = {"subfigure", "subcaptionblock", "subtable", "minipage", "subfloat"}
NOTES = {"tablenotes", "TableNotes", "figurenotes", "floatnotes", "figurenote"}
FOOTED = {"note", "floatfoot", "tablenote", "legend", "source", "floatnote"}
BREAK, BREAK_BEHIND = pattern(r"\s*?\n[ \t]*\n"), pattern(r"\n[ \t]*\n\s*\Z")
TABULAR = {"tabular", "tabularx", "tabulary", "longtable", "xltabular", "array", "tblr", "longtblr"}
BEHIND = pattern(r"\s*(?:\\label\{[^{}]*\})?\s*\\\\")
"""The end of a table's row behind its caption."""
HASH = pattern(r"\(\\#([\w:.-]+)\)")
"""A label as bookdown leaves it in LaTeX's floats: (\\#fig:x)."""
SUFFIXES = (".pdf", ".png", ".jpg", ".jpeg", ".svg", ".tif", ".tiff", ".eps", ".PDF", ".PNG", ".JPG")
"""The endings TeX tries for a picture named without one, in its order."""
SHARE = pattern(r"\s*(\d*\.?\d*)\s*\\(?:line|text|column|page|h)(?:width|size)\s*")
LENGTH = pattern(r"\s*(\d*\.?\d+)\s*(cm|mm|in|pt|em|px)\s*")


@dataclass(slots=True)
class Float:
    """What is found in a float, or in a part of one that has a caption of its own."""

    images: list[Node] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    parts: list[Float] = field(default_factory=list)
    tabulars: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    drawings: list[tex.Environment] = field(default_factory=list)
    width: str = ""


def picture(folder: Path, piece: tex.Command) -> Node:
    """``\\includegraphics`` as an image; a width that is a share of the measure becomes a percentage."""
    given = _settings(piece.options[0] if piece.options else "")
    path = " ".join(piece.arguments[0].split()).strip('"')
    sizes = {side: size for side in ("width", "height") if (size := _size(given.get(side, ""), side))}
    words = pandoc.inlines(given.get("alt", ""))
    return {"t": "Image", "c": [pandoc.attr("", (), sizes.items()), words, [_with_suffix(folder, path), ""]]}


def _settings(text: str) -> dict[str, str]:
    parts = re.findall(r"(\w+)\s*=\s*(\{[^{}]*\}|[^,]*)", text)
    return {key: value.strip().strip("{}") for key, value in parts}


def _size(text: str, side: str) -> str:
    share = SHARE.fullmatch(text)
    if share:
        return f"{min(100.0, float(share[1] or 1) * 100):g}%" if side == "width" else ""
    length = LENGTH.fullmatch(text)
    return f"{length[1]}{length[2]}" if length else ""


def _with_suffix(folder: Path, path: str) -> str:
    """A picture's path with the suffix that TeX lets authors leave out."""
    try:
        if (folder / path).is_file():
            return path
        return next((path + suffix for suffix in SUFFIXES if (folder / (path + suffix)).is_file()), path)
    except (OSError, ValueError):
        return path


def figures(finding: Finding, piece: tex.Environment) -> list[Node]:
    """A figure environment as one figure, or as several where its parts have captions and it has none."""
    found = Float()
    _gather(finding, HASH.sub(r"\\label{\1}", piece.body), found)
    classes = ["wide"] if piece.starred else ["landscape"] if piece.name.startswith("sideways") else []
    for drawing in found.drawings:
        finding.environment(drawing)
    if found.tabulars and not found.images and not found.parts:
        return _tables(finding, found, classes)
    owners = [part for part in found.parts if part.captions]
    if owners and not found.captions and not found.images:
        blocks = [node for part in found.parts for node in _figure(finding, part, classes)]
        return [*blocks, *_notes(finding, found)]
    return _figure(finding, found, classes)


def tables(finding: Finding, piece: tex.Environment) -> list[Node]:
    """A table environment as a table with its caption and notes."""
    found = Float()
    if piece.name in TABULAR:
        caption = re.compile(r"\\caption\*?\s*(?:\[[^\]]*\])?\s*(?=\{)")
        body = HASH.sub(r"\\label{\1}", piece.source)
        kept, at = [], 0
        while match := caption.search(body, at):
            text, end = tex.group(body, match.end())
            found.captions += [] if found.captions else [text]
            behind = BEHIND.match(body, end)
            kept += [body[at : match.start()], behind[0][:-2] if behind else ""]
            at = behind.end() if behind else end
        body = "".join(kept) + body[at:]
        found.labels += re.findall(r"\\label\{([^{}]*)\}", body)
        found.tabulars.append(re.sub(r"\\label\{[^{}]*\}", "", body))
    else:
        _gather(finding, HASH.sub(r"\\label{\1}", piece.body), found)
    classes = ["wide"] if piece.starred else ["landscape"] if piece.name.startswith("sideways") else []
    for drawing in found.drawings:
        finding.environment(drawing)
    if found.images and not found.tabulars:
        return _figure(finding, found, classes)
    return _tables(finding, found, classes)


def _gather(finding: Finding, source: str, found: Float) -> None:
    """Go through a float's source and put what is in it where it belongs; words of one line are one note."""
    running = False
    for piece in tex.pieces(source):
        before = len(found.notes)
        if isinstance(piece, tex.Environment):
            _gather_environment(finding, piece, found)
        elif isinstance(piece, tex.Command):
            _gather_command(finding, piece, found)
        else:
            text, kept, at = piece.source.strip(), [], 0
            while (opening := text.find("{", at)) >= 0:
                inner, end = tex.group(text, opening)
                _gather(finding, inner, found)
                kept.append(text[at:opening])
                at = end
            text = "".join(kept) + text[at:]
            if re.search(r"\w{2}", text):
                found.notes.append(text)
        said = len(found.notes) > before
        if said and running and not BREAK.match(piece.source):
            found.notes[before - 1 :] = [" ".join(found.notes[before - 1 :])]
        if isinstance(piece, tex.Text):
            running = (said or running) and not BREAK_BEHIND.search(piece.source)
        else:
            running = said and isinstance(piece, tex.Command) and piece.name not in FOOTED


def _gather_environment(finding: Finding, piece: tex.Environment, found: Float) -> None:
    if piece.name in PANELS and ("\\caption" in piece.body or "\\subcaption" in piece.body or piece.name != "minipage"):
        part = Float(width=_size((piece.arguments or ("",))[-1], "width"))
        _gather(finding, piece.body, part)
        part.captions = part.captions or list(piece.options[:1] if piece.name != "minipage" else ())
        found.parts.append(part)
    elif piece.name in TABULAR and "\\includegraphics" not in piece.body:
        found.tabulars.append(piece.source)
    elif piece.name in TABULAR:
        _gather(finding, re.sub(r"(?<!\\)&|\\\\", " ", piece.body), found)
    elif piece.name in NOTES:
        found.notes.append(re.sub(r"\\item\s*(?:\[([^\[\]]*)\])?", r"\n\n\1", piece.body).strip())
    elif piece.name in (*TRANSPARENT, *FIGURES, *TABLES, "adjustbox", "measuredfigure"):
        _gather(finding, piece.body, found)
    else:
        found.drawings.append(piece)


def _gather_command(finding: Finding, piece: tex.Command, found: Float) -> None:
    name, arguments = piece.name, piece.arguments
    if name == "includegraphics" and arguments:
        found.images.append(picture(finding.document.folder, piece))
    elif name in ("caption", "subcaption", "captionof", "bicaption") and arguments:
        text = arguments[-1]
        inner = re.findall(r"\\label\{([^{}]*)\}", text)
        found.labels += inner
        found.captions.append(re.sub(r"\\label\{[^{}]*\}", "", text))
    elif name == "label" and arguments:
        found.labels.append(arguments[0].strip())
    elif name in ("subfloat", "subfigure", "subcaptionbox") and arguments:
        caption = arguments[0] if name == "subcaptionbox" else (piece.options or ("",))[-1]
        part = Float()
        _gather(finding, arguments[-1], part)
        part.labels += re.findall(r"\\label\{([^{}]*)\}", caption)
        part.captions = [re.sub(r"\\label\{[^{}]*\}", "", caption)] if caption.strip() else part.captions
        found.parts.append(part)
    elif name in FOOTED and arguments:
        found.notes.append(arguments[-1])
    elif arguments and name in ("resizebox", "scalebox", "centerline", "makebox", "fbox", "adjustbox", "hbox", "mbox"):
        _gather(finding, arguments[-1], found)
    elif name in ("textit", "emph", "textbf", "small", "footnotesize", "textsc", "textcolor") and arguments:
        found.notes.append(piece.source)
    elif nodes := finding.command(piece):
        found.notes += [piece.source.strip()] if pandoc.plain(nodes).strip() else []


def _figure(finding: Finding, found: Float, classes: Sequence[str]) -> list[Node]:
    """A figure of one image or of panels, and its notes."""
    identifier, more = (found.labels[0], found.labels[1:]) if found.labels else ("", [])
    caption = _caption(finding, found.captions)
    body: list[Node] = [{"t": "Plain", "c": [image]} for image in found.images]
    for part in found.parts:
        body += _figure(finding, part, [])
    for tabular in found.tabulars:
        body.append(finding.table(tabular))
    pairs = [("labels", " ".join(more))] if more else []
    if found.width and len(found.images) == 1:
        pairs.append(("width", found.width))
    if not body:
        words = [pandoc.para(caption)] if caption else []
        if not found.drawings:
            finding.note(
                "raw-tex", found.labels[0] if found.labels else "\\begin{figure}", "a figure in TeX has no image", ""
            )
        return [*words, *_notes(finding, found)]
    several = ["panels"] if len(body) > 1 or found.parts else []
    attributes = pandoc.attr(identifier, [*classes, *several], pairs)
    figure = {"t": "Figure", "c": [attributes, [None, [{"t": "Plain", "c": caption}] if caption else []], body]}
    return [figure, *_notes(finding, found)]


def _tables(finding: Finding, found: Float, classes: Sequence[str]) -> list[Node]:
    """Boxes for the tables, in a division that hands them caption and label once they are read."""
    if not found.tabulars and not found.parts:
        words = _caption(finding, found.captions)
        return [*([pandoc.para(words)] if words else []), *_notes(finding, found)]
    identifier, more = (found.labels[0], found.labels[1:]) if found.labels else ("", [])
    caption: list[Any] = _caption(finding, found.captions)
    boxes = [finding.table(source) for source in found.tabulars]
    blocks = [*boxes, pandoc.div([pandoc.para(caption)] if caption else [], classes=["tex-caption"])]
    pairs = {"labels": " ".join(more)} if more else {}
    out = [pandoc.div(blocks, identifier, ["tex-table", *classes], **pairs)] if boxes else []
    for part in found.parts:
        out += _tables(finding, part, []) if part.tabulars else _figure(finding, part, [])
    return [*out, *_notes(finding, found)]


def _caption(finding: Finding, captions: Sequence[str]) -> list[Node]:
    out: list[Node] = []
    for caption in captions:
        out += [{"t": "Space"}] if out else []
        out += finding.words(" ".join(caption.split()))
    return out


def _notes(finding: Finding, found: Float) -> list[Node]:
    """What else is said in a float, as the notes under it."""
    paragraphs = [part for note in found.notes for part in re.split(r"\n\s*\n", note) if part.strip()]
    content = [pandoc.para(finding.words(" ".join(part.split()))) for part in paragraphs]
    return [pandoc.div(content, classes=["notes"])] if content else []
