"""A line of text -> what is compared of it, and back: words with the blank before each, and things that are never
parted (citations, maths, notes, pictures, cross-references, code).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from galley.document import Node
from galley.tree import QUOTES, plain

Format = tuple[str, str]
"""A node that wraps others: its type, and as JSON all it holds but its content."""
WRAPPERS = frozenset({"Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Underline", "SmallCaps"})
BLANKS = frozenset({"Space", "SoftBreak", "LineBreak"})
BREAK = "\x02"
"""The key of the end of a paragraph."""
FIELD = re.compile(r'fldCharType="(begin|end)"|<w:bookmark(Start|End)\b')
LETTER = re.compile(r"[^\W_]")


class Piece(NamedTuple):
    """A node that is not parted, within its formats, the outermost first."""

    node: Node
    formats: tuple[Format, ...]


class Token(NamedTuple):
    """What is kept, inserted or deleted as one: its pieces, the blank before it, and the key it is compared by."""

    key: str
    kind: str
    pieces: tuple[Piece, ...]
    blank: tuple[Piece, ...] = ()

    @property
    def gap(self) -> str:
        """The blank as text."""
        return "".join(_blank_text(piece.node) for piece in self.blank)

    @property
    def look(self) -> tuple[frozenset[Format], ...]:
        """The formats as they are compared: without identifiers, and a link within the document like any other."""
        return tuple(frozenset(map(_bare, piece.formats)) for piece in self.pieces if piece_text(piece))


def _blank_text(node: Node) -> str:
    return str(node["c"]) if node["t"] == "Str" else "\n" if node["t"] == "LineBreak" else " "


def _bare(format: Format) -> Format:
    kind, said = format
    if kind == "Span":
        _, classes, pairs = json.loads(said)
        return kind, json.dumps([classes, pairs])
    if kind == "Link":
        address = json.loads(said)[1][0]
        return kind, "#" if address.startswith("#") else address
    return format


# -- taking apart ------------------------------------------------------------------------------------


def tokens(content: Sequence[Node]) -> list[Token]:
    """The tokens of a line."""
    out: list[Token] = []
    blank: list[Piece] = []
    held: list[Piece] = []
    for piece in _fields(list(_pieces(content, ()))):
        if _is_blank(piece.node):
            if held:
                out.append(_token(held, blank))
                held, blank = [], []
            blank.append(piece)
            continue
        if held and _parted(held, piece):
            out.append(_token(held, blank))
            held, blank = [], []
        held.append(piece)
    if held or blank:
        out.append(_token(held, blank))
    return out


def _is_blank(node: Node) -> bool:
    return node["t"] in BLANKS or (node["t"] == "Str" and not node["c"].strip() and node["c"] != "")


def _pieces(content: Iterable[Node], formats: tuple[Format, ...]) -> Iterator[Piece]:
    for node in content:
        kind = node["t"]
        if kind == "Str":
            for part in re.split("([\u00a0\u202f]+)", node["c"]):
                if part:
                    yield Piece({"t": "Str", "c": part}, formats)
        elif kind == "Quoted":
            opening, closing = tuple(QUOTES[node["c"][0]["t"]])
            yield Piece({"t": "Str", "c": opening}, formats)
            yield from _pieces(node["c"][1], formats)
            yield Piece({"t": "Str", "c": closing}, formats)
        elif kind in WRAPPERS:
            yield from _pieces(node["c"], (*formats, (kind, "")))
        elif kind_of(node) == "wrapper":
            attributes, inner, *target = node["c"]
            said = json.dumps([attributes, *target] if target else attributes, ensure_ascii=False)
            yield from _pieces(inner, (*formats, (kind, said)))
        else:
            yield Piece(node, formats)


def kind_of(node: Node) -> str:
    """What a node is to a redline: "word", "citation", "math", "note", "image", "xref", "code", "anchor", "wrapper"."""
    kind, content = node["t"], node.get("c")
    if kind in ("Span", "Link") and content is not None:
        classes = content[0][1]
        if "citation" in classes:
            return "citation"
        if "equation" in classes:
            return "math"
        if "xref" in classes:
            return "xref"
        return "wrapper" if content[1] else "anchor"
    named = {"Str": "word", "Math": "math", "Note": "note", "Image": "image", "Code": "code", "Cite": "citation"}
    return node.get("kind", "") or named.get(kind, "blank" if kind in BLANKS else "anchor")


def _fields(pieces: list[Piece]) -> list[Piece]:
    """Pieces between the marks of a field or bookmark of Word's as one, with what it shows."""
    out: list[Piece] = []
    depth = 0
    held: list[Node] = []
    formats: tuple[Format, ...] = ()
    for piece in pieces:
        node = piece.node
        raw = node["c"][1] if node["t"] == "RawInline" and node["c"][0] == "openxml" else ""
        steps = sum(-1 if "End" in found[0] or '"end"' in found[0] else 1 for found in FIELD.finditer(raw))
        if depth == 0 and steps <= 0:
            out.append(piece)
            continue
        formats = formats if held else piece.formats
        inner = Piece(node, piece.formats[len(formats) :])
        held.append(build([(None, inner)])[0] if inner.formats else node)
        depth += steps
        if depth <= 0:
            out.append(Piece(_field(held), formats))
            depth, held, formats = 0, [], ()
    return [*out, *(Piece(node, formats) for node in held)]


def _field(held: list[Node]) -> Node:
    raws = "".join(node["c"][1] for node in held if node["t"] == "RawInline")
    kind = "citation" if "GALLEY.CITE" in raws else "xref"
    return {"t": "Field", "c": held, "kind": kind if plain(held) else "anchor"}


def piece_text(piece: Piece) -> str:
    """What the reader sees of a piece, "" of one that only marks a place."""
    node = piece.node
    if node["t"] == "Str":
        return str(node["c"])
    kind = kind_of(node)
    if kind in ("note", "image"):
        return "\x03"
    return plain([node] if node["t"] != "Field" else node["c"]) or ("" if kind == "anchor" else "\x03")


def _parted(held: Sequence[Piece], piece: Piece) -> bool:
    """Whether a mark may end between these: beside a thing that is not a word, unless letters meet there."""
    before = next((text for text in map(piece_text, reversed(held)) if text), "")
    after = piece_text(piece)
    if not before or not after or (LETTER.match(before[-1]) and LETTER.match(after[0])):
        return False
    shown = [one for one in held if piece_text(one)]
    return bool(shown[-1].node["t"] != "Str" or piece.node["t"] != "Str")


def _token(held: Sequence[Piece], blank: Sequence[Piece]) -> Token:
    shown = [piece for piece in held if piece_text(piece)]
    key = "".join(_key(piece.node) for piece in shown)
    kinds = {kind_of(piece.node) for piece in shown}
    kind = next(iter(kinds - {"word"}), "word") if shown else "anchor"
    return Token(key, kind, tuple(held), tuple(blank))


def _key(node: Node) -> str:
    kind = kind_of(node)
    if kind == "word":
        return str(node["c"])
    if kind == "image":
        return f"\x01image {node['c'][2][0]}"
    if kind == "note":
        return f"\x01note {plain(node['c'])}"
    if node["t"] == "Math":
        return f"\x01math {node['c'][0]['t']} {' '.join(node['c'][1].split())}"
    numbers = " ".join(value for key, value in node["c"][0][2] if key == "number") if kind == "math" else ""
    text = plain([node] if node["t"] != "Field" else node["c"])
    return f"\x01{kind} {numbers} {text}"


# -- putting together --------------------------------------------------------------------------------


Mark = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]
"""The classes and pairs of a mark."""


def build(pieces: Iterable[tuple[Mark | None, Piece]]) -> list[Node]:
    """Nodes of pieces, neighbours of one mark and one format in one node; an identifier is given out once."""
    listed = [(mark, piece.formats, piece.node) for mark, piece in pieces]
    used: set[str] = set()
    out: list[Node] = []
    at = 0
    while at < len(listed):
        mark, end = listed[at][0], at
        while end < len(listed) and listed[end][0] == mark:
            end += 1
        inner = _nested([(formats, node) for _, formats, node in listed[at:end]], used)
        if mark:
            inner = [{"t": "Span", "c": [["", list(mark[0]), [list(pair) for pair in mark[1]]], inner]}]
        out += inner
        at = end
    return out


def _nested(pieces: Sequence[tuple[tuple[Format, ...], Node]], used: set[str]) -> list[Node]:
    out: list[Node] = []
    at = 0
    while at < len(pieces):
        formats, node = pieces[at]
        if not formats:
            out += _joined(out, node)
            at += 1
            continue
        end = at
        while end < len(pieces) and pieces[end][0][:1] == formats[:1]:
            end += 1
        inner = _nested([(own[1:], one) for own, one in pieces[at:end]], used)
        out.append(_wrapped(formats[0], inner, used))
        at = end
    return out


def _joined(out: list[Node], node: Node) -> list[Node]:
    """The node, after the one before it where both are letters of one word."""
    if node["t"] == "Field":
        return list(node["c"])
    if out and out[-1]["t"] == node["t"] == "Str":
        before = out.pop()
        return [{"t": "Str", "c": before["c"] + node["c"]}]
    return [node]


def _wrapped(format: Format, inner: list[Node], used: set[str]) -> Node:
    kind, said = format
    if not said:
        return {"t": kind, "c": inner}
    parts: Any = json.loads(said)
    attributes, target = (parts[0], parts[1:]) if kind == "Link" else (parts, [])
    identifier = attributes[0]
    if identifier in used:
        attributes = ["", *attributes[1:]]
    used |= {identifier} - {""}
    return {"t": kind, "c": [attributes, inner, *target]}
