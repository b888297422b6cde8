"""Numbered objects of a settled tree -> the nodes Pandoc writes as Typst: labels before captions, panels side by side,
equations with their number, listings, notes. How they look is the theme's: here only its functions are called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from galley.document import Node
from galley.pandoc import each, inlines, others, plain, raw, raw_block, span, walk
from galley.patterns import pattern

SHARE = pattern(r"(\d+(?:\.\d+)?)%")
LETTERS = 52
"""So many letters of a table's size a narrow measure has."""
SPANNING = ("wide", "landscape")
"""Classes of a figure or table that the theme has a function for."""
ROW_END = pattern(r"(?: &&)? \\qquad \\text\{\(((?:[^{}()]|\{[^{}]*\})*)\)\}$")
"""The number that a line of an equation ends in."""
CASES = pattern(r"(?<=\\begin\{cases\}).*?(?=\\end\{cases\})", re.DOTALL)
BEHIND = pattern(r"(?<!\\)&(?!\s*\\q?quad)")
EDGE = pattern(r"\\(begin|end)\{[^{}]*\}|\\\\\n|\\.|[{}]", re.DOTALL)


def string(text: str) -> str:
    """A Typst string literal of one line."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def captioned(kind: str, pairs: Mapping[str, str], caption: Sequence[Any]) -> list[Any]:
    """A caption in a call of the theme's function for it, which is given the kind of object and its label."""
    short, blocks = caption
    label = f"({pairs['panel']})" if "panel" in pairs else pairs.get("label", "")
    if not label:
        return [short, list(blocks)]
    words = [word for block in blocks for word in _words(block)]
    name = "panel" if "panel" in pairs else kind
    call = f"#captioned({string(name)}, {string(label)})["
    return [short, [{"t": "Plain", "c": [raw("typst", call), *words, raw("typst", "]")]}]]


def _words(block: Node) -> list[Node]:
    if block["t"] in ("Para", "Plain"):
        return [*block["c"]]
    return [node for node in each([block]) if node["t"] == "Str"]


def columns(content: Sequence[Any]) -> int:
    """How many parts of a figure stand in a row: as its author says, else as many as their widths allow, else two or
    three; 0 where it has but one part."""
    attributes, _, body = content
    if len(body) < 2:
        return 0
    said = dict(attributes[2]).get("layout-ncol", "")
    if said.isdecimal() and len(said) < 10 and int(said):
        return min(int(said), len(body))
    widths = [float(found[1]) for part in body if (found := SHARE.fullmatch(_width(part)))]
    if len(widths) == len(body) and max(widths) <= 50:
        return min(len(body), int(100 // max(widths)))
    return 2 if len(body) in (2, 4) else min(3, len(body))


def _width(part: Node) -> str:
    own = dict(part["c"][0][2]).get("width", "") if part["t"] == "Figure" else ""
    return own or next((dict(node["c"][0][2]).get("width", "") for node in each([part]) if node["t"] == "Image"), "")


def filled(content: Sequence[Any]) -> list[Any]:
    """A figure whose pictures fill the cells of its panels; a share of the whole measure means nothing in them."""

    def change(node: Node) -> Node | None:
        if node["t"] != "Image":
            return None
        (identifier, classes, pairs), words, target = node["c"]
        kept = [[key, value] for key, value in pairs if key not in ("width", "height")]
        return {"t": "Image", "c": [[identifier, classes, [*kept, ["width", "100%"]]], words, target]}

    attributes, caption, body = content
    return [attributes, caption, walk(body, change)]


def roomy(content: Sequence[Any]) -> list[Any]:
    """A table whose columns of given widths have room for their longest words, at the cost of the widest column: the
    widths of a pipe table are those of its dashes, which few authors have thought about."""
    attributes, caption, columns, head, bodies, foot = content
    widths = [width.get("c") for _, width in columns]
    if None in widths:
        return list(content)
    rows = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]]), *foot[1]]
    if any(cell[2] != 1 or cell[3] != 1 for row in rows for cell in row[1]):
        return list(content)
    least = [0.0] * len(widths)
    for row in rows:
        for at, cell in enumerate(row[1][: len(least)]):
            longest = max(map(len, plain(cell[4]).split()), default=0)
            least[at] = max(least[at], min((longest + 2) / LETTERS, 0.3))
    wanted = [max(pair) for pair in zip(widths, least, strict=True)]
    most = wanted.index(max(wanted))
    wanted[most] -= max(0.0, sum(wanted) - max(1.0, sum(widths)))
    if wanted[most] < least[most]:
        return list(content)
    columns = [[look, {"t": "ColWidth", "c": width}] for (look, _), width in zip(columns, wanted, strict=True)]
    return [attributes, caption, columns, head, bodies, foot]


def panels(body: Sequence[Node], columns: int) -> list[Node]:
    """The parts of a figure in a grid."""
    cells: list[Node] = [raw_block("typst", f"#panels({columns}, [")]
    for at, part in enumerate(body):
        cells += [raw_block("typst", "], ["), part] if at else [part]
    return [*cells, raw_block("typst", "])")]


def spanning(classes: Sequence[str]) -> str:
    """The theme's function for a figure or table that spans columns or stands on a turned page, or ""."""
    return next((name for name in SPANNING if name in classes), "")


def spanned(name: str, nodes: Sequence[Node]) -> list[Node]:
    """Nodes in a call of such a function."""
    return [raw_block("typst", f"#{name}["), *nodes, raw_block("typst", "]")] if name else list(nodes)


def unspanned(content: Sequence[Node]) -> tuple[list[Node], str]:
    """A figure or table and its notes without the class that makes it span, and that class: all of it spans."""
    out: list[Node] = []
    found = ""
    for block in content:
        if block["t"] in ("Figure", "Table"):
            (identifier, classes, pairs), *rest = block["c"]
            found = found or spanning(classes)
            kept = [name for name in classes if name not in SPANNING]
            block = {"t": block["t"], "c": [[identifier, kept, pairs], *rest]}
        out.append(block)
    return out, found


def equation(attributes: Sequence[Any], content: Sequence[Node], ready: Sequence[Node]) -> list[Node]:
    """A display equation with its number at the margin, under its label; ``ready`` is the equation made ready."""
    identifier, _, pairs = attributes
    number = dict(pairs).get("number", "")
    anchors = [node for node in content if node["t"] != "Math"]
    if not number:
        return [*(_anchor(node["c"][0][0]) for node in anchors), *ready]
    head = raw("typst", f"#[#set math.equation(numbering: _ => [({_plain(number)})]);")
    # right behind the equation, so that it is this that bears the label: a link to it says "Equation (1)"
    label = [raw("typst", f"#label({string(identifier)})")] if identifier else []
    return [head, *ready[:-1], *label, *ready[-1:], raw("typst", "]")]


def maths(node: Node) -> Node:
    """An equation whose cases stand apart from their conditions, as in LaTeX, and whose determinants have single bars:
    Pandoc's Typst gives them those of a norm."""
    kind, tex = node["c"]
    if "{cases}" not in tex and "{vmatrix}" not in tex:
        return node
    tex = tex.replace(r"\begin{vmatrix}", r"\left|\begin{matrix}").replace(r"\end{vmatrix}", r"\end{matrix}\right|")
    return {"t": "Math", "c": [kind, CASES.sub(lambda cases: BEHIND.sub(r"& \\quad ", cases[0]), tex)]}


def rows(content: Sequence[Any], alt: str) -> list[Node]:
    """An equation of several lines with their numbers, in a call of the theme's function that sets these at the margin;
    ``alt`` is its alternative text."""
    node = next(node for node in content if node["t"] == "Math")
    ids = iter([anchor["c"][0][0] for anchor in content if anchor["t"] != "Math"])
    tex = node["c"][1]
    lines: list[str] = []
    numbers: list[str] = []
    start, end = tex.index("\n") + 1, tex.rindex("\n")
    for line in _lines(tex[start:end]):
        found = ROW_END.search(line)
        lines.append(line[: found.start()] if found else line)
        numbers.append(found[1] if found else "")
    bare = tex[:start] + " \\\\\n".join(lines) + tex[end:]
    labels = [next(ids, "") if number else "" for number in numbers]
    listed = (f"({''.join(f'{string(item)}, ' for item in items)})" for items in (numbers, labels))
    call = f"#numbered-rows(alt: {string(alt)}, numbers: {next(listed)}, ids: {next(listed)})["
    return [raw("typst", call), maths({"t": "Math", "c": [node["c"][0], bare]}), raw("typst", "]")]


def _lines(body: str) -> list[str]:
    """The lines of an equation, without those of what is set within one."""
    lines, start, depth = [], 0, 0
    for mark in EDGE.finditer(body):
        depth += (mark[0] == "{" or mark[1] == "begin") - (mark[0] == "}" or mark[1] == "end")
        if mark[0] == "\\\\\n" and depth == 0:
            lines.append(body[start : mark.start()].rstrip())
            start = mark.end()
    return [*lines, body[start:]]


def _anchor(identifier: str) -> Node:
    return raw("typst", f"#metadata(none)#label({string(identifier)})")


def _plain(text: str) -> str:
    return f"#{string(text)}"


CONTINUED = span([], "", ("continued",))
"""A mark before text that goes on after a display equation."""


def is_display(node: Node) -> bool:
    """Whether a piece of a paragraph is an equation on lines of its own."""
    if node["t"] == "Span":
        return bool("equation" in node["c"][0][1])
    return bool(node["t"] == "Math" and node["c"][0]["t"] == "DisplayMath")


def continued(content: Sequence[Node]) -> Sequence[Node]:
    """A paragraph that goes on behind its display equations, marked where it does: nothing begins there."""
    if not any(node["t"] in ("Math", "Span") and is_display(node) for node in others(content)):
        return content
    out: list[Node] = []
    behind = False
    for node in content:
        if behind and node["t"] in ("Space", "SoftBreak"):
            continue
        out += [CONTINUED] if behind and not is_display(node) and node["t"] != "Note" else []
        behind = is_display(node)
        out.append(node)
    return out


def going_on(blocks: Sequence[Node]) -> list[Node]:
    """The text with a mark in each paragraph that continues the sentence of the equation above it: it begins small."""
    out: list[Node] = []
    for block in blocks:
        last = out[-1]["c"][-1:] if out and out[-1]["t"] == "Para" else []
        first = block["c"][0] if block["t"] == "Para" and block["c"] else None
        if last and is_display(last[0]) and first and first["t"] == "Str" and first["c"][:1].islower():
            block = {"t": "Para", "c": [CONTINUED, *block["c"]]}
        out.append(block)
    return out


def listing(node: Node) -> list[Node]:
    """A listing as a figure whose body is code."""
    (identifier, _, pairs), content = node["c"]
    code = [block for block in content if block["t"] != "Div"]
    words = [inner for block in content if block["t"] == "Div" for inner in block["c"][1]]
    _, caption = captioned("listing", dict(pairs), [None, words])
    label = f" #label({string(identifier)})" if identifier else ""
    return [
        raw_block("typst", '#figure(kind: "listing", supplement: none, caption: ['),
        *caption,
        raw_block("typst", "], ["),
        *code,
        raw_block("typst", f"]){label}"),
    ]


def wrapped(kind: str, content: Sequence[Node]) -> list[Node]:
    """A figure or table with the notes under it."""
    out = [raw_block("typst", f"#float-with-notes({string(kind)})[")]
    for block in content:
        notes = block["t"] == "Div" and "notes" in block["c"][0][1]
        out += [raw_block("typst", "#float-notes["), *block["c"][1], raw_block("typst", "]")] if notes else [block]
    return [*out, raw_block("typst", "]")]


def appendix(node: Node) -> Node:
    """The heading of an appendix with its label on a line of its own."""
    level, (identifier, classes, pairs), words = node["c"]
    return {"t": "Header", "c": [level, [identifier, classes, pairs], labelled_heading(dict(pairs), words)]}


def labelled_heading(pairs: Mapping[str, str], words: Sequence[Node]) -> list[Node]:
    """A heading's label, and on a line of its own its title (APA 7 §2.14)."""
    label = pairs.get("label", "")
    if not label:
        return list(words)
    head = span(inlines(label), classes=["appendix-label"])
    return [head, raw("typst", "#linebreak()"), *words] if words else [head]
