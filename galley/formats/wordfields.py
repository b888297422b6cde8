"""Numbered objects and citations as Word's own fields: a label is a bookmark round a sequence number, what refers to
it a REF field that Word can update, a citation an ADDIN field that holds its keys.

Fields are what both Word and LibreOffice keep when they save; LibreOffice 7 drops the tags of content controls.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from galley.document import Node
from galley.formats.equationrows import rows_numbered
from galley.formats.wordxml import bookmark, field_end, field_start, safe_name
from galley.pandoc import each, inlines, raw

CITATION = "ADDIN GALLEY.CITE"
"""What begins the instruction of a citation's field; its identifier and its keys follow, parted by blanks."""
LINK = "Internal Link"
FIRST = 1_000_000
"""The number of the first bookmark made here; Pandoc counts its own from below."""
KINDS = {"Figure": "Figure", "Table": "Table", "Span": "Equation", "Div": "Listing", "Header": "Section"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered object: how it is named on the page, and the bookmarks round its label and its number.

    ``counts`` tells whether Word, counting by itself, comes to the same number.
    """

    kind: str
    number: str
    label: str
    name: str
    place: int
    counts: bool = False


def marks(parts: Iterable[Any]) -> Mapping[str, Mark]:
    """Every numbered object of these trees by its identifier, in their order."""
    found: dict[str, Mark] = {}
    counts: dict[str, int] = {}
    names: set[str] = set()
    for node in (node for part in parts for node in each(part) if node["t"] in KINDS):
        for identifier, kind, number, label in _numbered(node):
            if identifier in found:
                continue
            name = safe_name(identifier)
            name = name if name not in names else f"{name[:33]}{len(found)}"
            names.add(name)
            follows = number == str(counts.get(kind, 0) + 1) and node["t"] != "Header"
            counts[kind] = counts.get(kind, 0) + follows
            found[identifier] = Mark(kind, number, label, name, FIRST + 2 * len(found), follows)
    return found


def _numbered(node: Node) -> Iterator[tuple[str, str, str, str]]:
    """Identifier, kind, number and label of the object that this node is, or of each row of an equation."""
    identifier, classes, pairs = node["c"][1 if node["t"] == "Header" else 0]
    if "by-rows" in classes:
        for anchor, number in zip(*rows_numbered(node["c"][1]), strict=False):
            yield anchor, KINDS["Span"], number, number
        return
    said: dict[str, str] = dict(pairs)
    number = said.get("number", "")
    if identifier and number and "panel" not in said:
        kind = "appendix" if node["t"] == "Header" and "appendix" in classes else KINDS[node["t"]]
        yield identifier, kind, number, said.get("label", number)


def labelled(mark: Mark, style: str = "", stop: str = "") -> list[Node]:
    """The label as the page shows it, within its bookmarks, in a character style; ``stop`` stands after it."""
    start, end = bookmark(mark.place, mark.name)
    if not mark.label.endswith(mark.number):  # a single appendix has no letter
        return [_open(start), *_in(style, mark.label), _open(end), *_in(style, stop)]
    head = mark.label.removesuffix(mark.number)
    return [_open(start), *_in(style, head), *_number(mark, style), _open(end), *_in(style, stop)]


def number_only(mark: Mark, before: str, after: str) -> list[Node]:
    """The number alone, within its bookmark."""
    return [*inlines(before), *_number(mark), *inlines(after)]


def _number(mark: Mark, style: str = "") -> list[Node]:
    start, end = bookmark(mark.place + 1, mark.name + "_no")
    shown = _in(style, mark.number)
    if mark.counts:
        code = field_start(rf"SEQ {mark.kind} \* ARABIC", identifier(style))
        shown = [_open(code), *shown, _open(field_end(identifier(style)))]
    return [_open(start), *shown, _open(end)]


def referring(mark: Mark, shown: str) -> list[Node] | None:
    """Words that refer to an object, its label or number in them as a field; None where they hold neither."""
    names = [(mark.number, mark.name + "_no")]
    if mark.kind in ("Figure", "Table", "Listing", "appendix"):
        names.insert(0, (mark.label, mark.name))
    for text, name in names:
        pattern = r"[ \u00a0]".join(map(re.escape, re.split(r"[ \u00a0]", text)))
        found = re.search(rf"(?<!\w){pattern}(?!\w)", shown)
        if found and text:
            code = field_start(rf"REF {name} \h \* MERGEFORMAT", identifier(LINK))
            shown_in = [_open(code), *_in(LINK, found[0]), _open(field_end(identifier(LINK)))]
            return [*inlines(shown[: found.start()]), *shown_in, *inlines(shown[found.end() :])]
    return None


def citation(identifier: str, keys: str, words: Sequence[Node]) -> list[Node]:
    """A citation within a field that holds its identifier and its keys."""
    instruction = " ".join(part for part in (CITATION, identifier, keys) if part)
    return [_open(field_start(instruction)), *words, _open(field_end())]


def styled(style: str, content: Sequence[Node]) -> Node:
    """Blocks in one of the reference.docx's paragraph styles."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], list(content)]}


def _in(style: str, words: str) -> list[Node]:
    """Words in a character style, if it has a name."""
    content = inlines(words)
    return [{"t": "Span", "c": [["", [], [["custom-style", style]]], content]}] if style and content else content


def identifier(style: str) -> str:
    """A style's identifier, its name without blanks."""
    return style.replace(" ", "")


def _open(text: str) -> Node:
    return raw("openxml", text)
