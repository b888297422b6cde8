"""Paragraphs, headings and tables of plain inlines -> Typst, as quickly as words are joined: most texts need no more.

What holds anything else, such as a formula, a note or code, is left to Pandoc, which is handed that alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from galley.document import Node
from galley.pandoc import Writing, raw
from galley.patterns import pattern

WRITER = "typst-smart"
"""Quotation marks and dashes come settled from the tree, so Typst must not guess at them again."""
CALLS = {"Emph": "emph", "Strong": "strong", "Superscript": "super", "Subscript": "sub", "SmallCaps": "smallcaps"}
SPACES = frozenset({"Space", "SoftBreak"})
SPECIAL = pattern(r"[\\#$*_`<@~\[\]]|/(?=[/*])|-(?=[-?])|\.(?=\.\.)")
"""What means something to Typst wherever it stands in a text."""
LINES = pattern(r"[\n\r\x0b\x0c\x85\u2028\u2029]+")
FIRST = pattern(r"[=+/-]|\d+\.")
"""What means something to Typst where a text begins: a heading, an item of a list."""
ITEM = pattern(r"(?:=+|[+/-]|\d+\.)\s")
"""The same right behind a bracket; the hyphen of a number is left, of which Typst makes a minus."""
ALIGNED = {"AlignDefault": "auto,", "AlignLeft": "left,", "AlignRight": "right,", "AlignCenter": "center,"}
PLAIN = [{"t": "AlignDefault"}, 1, 1]
NO_LOOK = ["", [], []]
GOING_ON = pattern(r"[(;]|\.(?=[^\W\d])")
"""What would belong to the call of a function that stands before it."""
LABEL = pattern(r"[\w.:-]+")
ADDRESS = pattern(r"(?:https?://|www\.)?[^\s/@]+\.[^\s@]+")
HEAD = pattern(r"(?:[a-z]+://)?[^/?]*/?")
PIECE = pattern(r"-*[^/?&=._-]{0,30}[/?&=._]+|-*[^/?&=._-]{1,30}|-+")
BEHIND = pattern(r"[-‐‑’']?\w{1,16}")
"""What belongs to an equation that stands right before it: "-value", "th"."""
LEAST = 8
"""So many letters of an address stand before and after a break at least."""
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string(text: str) -> str:
    """A Typst string literal."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(ESCAPES.get(char) or (char if char >= " " else f"\\u{{{ord(char):x}}}") for char in text) + '"'


class Texts:
    """Blocks of several parts of a document as Typst, some of it still being written by Pandoc: see ``result``."""

    def __init__(self, parts: dict[str, Sequence[Node]]) -> None:
        """Write what is plain, and start Pandoc on the rest where there is any."""
        self._parts = {name: _pieces(blocks) for name, blocks in parts.items()}
        pieces = (piece for part in self._parts.values() for piece in part)
        rest = {str(at): piece for at, piece in enumerate(piece for piece in pieces if not isinstance(piece, str))}
        self._writing = Writing((), WRITER, slots=rest) if rest else None

    def finished(self) -> bool:
        """Whether nothing has to be waited for."""
        return self._writing is None or self._writing.finished()

    def result(self) -> dict[str, str]:
        """The text of each part; raises Fault where Pandoc refuses something."""
        return {name: "".join(part).strip("\n") for name, part in self.pieces().items()}

    def pieces(self) -> dict[str, list[str]]:
        """The same piece by piece: one that begins with "=" begins with a heading that stands in nothing else."""
        written = iter(self._writing.result().values() if self._writing else ())
        return {
            name: [piece if isinstance(piece, str) else next(written) + _end(piece) for piece in pieces]
            for name, pieces in self._parts.items()
        }


def _pieces(blocks: Sequence[Node]) -> list[str | list[Node]]:
    """The blocks as text with its line ends, and runs of those that Pandoc is to write: what it cannot be spared, and
    whatever stands inside a call of a function of ours."""
    pieces: list[str | list[Node]] = []
    depth = 0
    for block in blocks:
        text = None
        if block["t"] == "RawBlock":
            call = block["c"][1]
            depth += call.endswith("[") - call.startswith("]")
        elif not depth:
            text = _block(block) if block["t"] != "Plain" or len(blocks) == 1 else None
        if text is not None:
            pieces.append(text)
        elif pieces and isinstance(pieces[-1], list):
            pieces[-1].append(block)
        else:
            pieces.append([block])
    return pieces


def _end(blocks: Sequence[Node]) -> str:
    """What comes behind blocks that Pandoc has written: into the line of some headings the text goes on."""
    return "\n" if blocks[-1]["t"] in ("Header", "RawBlock") else "\n\n"


def _block(block: Node) -> str | None:
    """A block as text, or None where Pandoc is to write it."""
    kind: str = block["t"]
    content: Any = block.get("c")
    if kind in ("Para", "Plain"):
        text = words(content or ())
        return None if text is None else f"{text}\n\n"
    if kind == "Header":
        level, (identifier, classes, _), title = block["c"]
        text = words(title)
        if text is None or classes or (identifier and not LABEL.fullmatch(identifier)):
            return None
        label = f"\n<{identifier}>" if identifier else ""
        return f"{'=' * level} {text}{label}\n"
    return _table(content) if kind == "Table" else None


def _table(content: Sequence[Any]) -> str | None:
    """A table of plain words as Pandoc writes one; None where it has more to it than a row of heads, cells of one line
    and alignments."""
    (identifier, classes, _), (short, caption), columns, (_, heads), bodies, (_, feet) = content
    told = _within(caption)
    odd = classes or short or feet or len(heads) > 1 or len(bodies) != 1 or bodies[0][1] or bodies[0][2]
    if odd or told is None or (identifier and not LABEL.fullmatch(identifier)):
        return None
    if any(width["t"] != "ColWidthDefault" for _, width in columns):
        return None
    rows = [_row(row) for row in (*heads, *bodies[0][3])]
    if None in rows:
        return None
    lines = [f"columns: {len(columns)},", f"align: ({''.join(ALIGNED[look['t']] for look, _ in columns)}),"]
    lines += [f"table.header({rows[0]}),", "table.hline(),"] if heads else []
    lines += [str(row) for row in rows[len(heads) :]]
    body = "".join(f"    {line}\n" for line in lines)
    named = f"  , caption: [{told}]\n" if told else ""
    label = f"\n<{identifier}>" if identifier else ""
    return f"#figure(\n  align(center)[#table(\n{body}  )]\n{named}  , kind: table\n  ){label}\n\n"


def _row(row: Sequence[Any]) -> str | None:
    """The cells of a row, or None where one is not of plain words, or not one of one row and column."""
    cells = [_within(cell[4]) if cell[1:4] == PLAIN and cell[0] == NO_LOOK else None for cell in row[1]]
    return None if None in cells or row[0] != NO_LOOK else ", ".join(f"[{cell}]" for cell in cells) + ","


def _within(blocks: Sequence[Node]) -> str | None:
    """The words of at most one paragraph as they stand between brackets."""
    if not blocks:
        return ""
    if len(blocks) > 1 or blocks[0]["t"] not in ("Para", "Plain"):
        return None
    out: list[str] = []
    return "".join(out).strip(" ") if _write(blocks[0]["c"], out, "[") else None


def words(inlines: Sequence[Node]) -> str | None:
    """Inlines as Typst's markup; None where there are others among them than words, links, emphasis and the like."""
    out: list[str] = []
    return "".join(out) if _write(inlines, out, "") else None


def _write(inlines: Sequence[Node], out: list[str], before: str) -> bool:
    """Add the inlines to ``out``; ``before`` is the last sign before them, "" at the beginning of a text."""
    run: list[str] = []
    for node in inlines:
        kind = node["t"]
        if kind == "Str":
            run.append(node["c"])
            continue
        if kind in SPACES:
            run.append(" ")
            continue
        if run:
            before = _text("".join(run), out, before)
            run = []
        if not _inline(node, out, before):
            return False
        before = out[-1][-1:] if out else before
    if run:
        _text("".join(run), out, before)
    return True


def _text(text: str, out: list[str], before: str) -> str:
    """Add plain words, with what would mean something to Typst escaped; the last sign of them is returned."""
    text = SPECIAL.sub(r"\\\g<0>", text).replace("\u00a0", "~")
    if LINES.search(text):
        text = LINES.sub(" ", text)
    first = not before or before == "["
    text = text.lstrip(" ") if first else text
    if (ITEM if before == "[" else FIRST if first else GOING_ON).match(text) and (first or before in ")]"):
        text = "\\" + text
    if text:
        out.append(text)
    return text[-1:] or before


def _inline(node: Node, out: list[str], before: str) -> bool:
    kind: str = node["t"]
    content = node.get("c", "")
    if kind in CALLS:
        out.append(f"#{CALLS[kind]}[")
        done = _write(content, out, "")
        out.append("]")
        return done
    if kind == "Link":
        return _link(content[1], content[2][0], out)
    if kind == "RawInline":
        out.append(content[1])
        return True
    if kind == "Span" and "citation" in content[0][1]:
        done = _write(content[1], out, before)
        if content[0][0]:
            out.append(f"<{content[0][0]}>")
        return done
    return False


def _link(content: Sequence[Node], address: str, out: list[str]) -> bool:
    """A link to a label, to an address by words of its own, or to one that is its own words and may break."""
    if address.startswith("#"):
        label = address[1:]
        out.append(f"#link(<{label}>)[" if LABEL.fullmatch(label) else f"#link(label({string(label)}))[")
    elif all(one["t"] == "Str" for one in content) and ADDRESS.fullmatch(said := "".join(one["c"] for one in content)):
        parts = ", ".join(map(string, breakable(said)))
        out.append(f"#address({string(address)}, {parts})")
        return True
    else:
        out.append(f"#link({string(address)})[")
    done = _write(content, out, "")
    out.append("]")
    return done


def breakable(address: str) -> list[str]:
    """The parts of an address between which a line may end: after / ? & = . _ and before a hyphen, for one at a line's
    end would be taken for ours; not within the host, nor so that only a few letters are parted."""
    head = HEAD.match(address)
    parts = [head[0] if head else ""]
    pieces = PIECE.findall(address, len(parts[0]))
    for at, piece in enumerate(pieces, 1):
        if len(parts[-1]) < LEAST or (at == len(pieces) and len(piece) < LEAST):
            parts[-1] += piece
        else:
            parts.append(piece)
    return parts


def glued(inlines: Sequence[Node]) -> list[Node]:
    """No break between an equation in the line, ready between its two marks, and the letters right behind it, as in
    "*p*-value" and "*n*th"."""
    out: list[Node] = []
    for at, node in enumerate(inlines):
        inner = inlines[at - 2] if at > 2 else node
        found = BEHIND.match(node["c"]) if node["t"] == "Str" and inner["t"] == "Math" else None
        if found is None or inner["c"][0]["t"] != "InlineMath" or inlines[at - 1]["t"] != "RawInline":
            out.append(node)
            continue
        out[-3:] = [raw("typst", "#box["), *out[-3:], {"t": "Str", "c": found[0]}, raw("typst", "]")]
        out += [{"t": "Str", "c": node["c"][found.end() :]}] if node["c"][found.end() :] else []
    return out
