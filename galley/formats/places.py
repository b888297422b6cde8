"""Where things stand on the typeset pages: the page and line of spans, divisions, headings by their identifiers.

The pages are set once more without being written, each wanted thing with an empty span at its beginning and its end
and each line of text telling its own position, and Typst is asked where all these came to stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from galley.pandoc import span, walk

if TYPE_CHECKING:
    from galley.document import Document, Node
    from galley.theme import Theme

LINE, PIN = "galley-line", "galley-pins"
START, END = "galley-at-", "galley-to-"
ATTRIBUTES = {"Span": 0, "Div": 0, "Header": 1, "Figure": 0, "Table": 0, "Link": 0}
TEXTUAL = frozenset({"Para", "Plain", "Header"})
LINES = (
    "#set par.line(numbering: n => context [#metadata((number: n, page: here().page(), "
    "x: here().position().x.pt(), y: here().position().y.pt()))<galley-line>])"
)
"""Each line of text tells where it stands, and shows nothing; a layout that prints line numbers tells it itself."""
PINS = """#context [#metadata(({names}).map(name => {{
  let found = query(label(name))
  if found.len() == 0 {{ return none }}
  let at = found.first().location()
  let (page, x, y) = at.position()
  let folio = counter(std.page).at(at).first()
  (name: name, page: page, x: x.pt(), y: y.pt(), folio: folio)
}}).filter(one => one != none))<galley-pins>]"""


class Place(NamedTuple):
    """Where something stands: the number printed on its page, the line on that page, from 1 (0: above the first).

    ``last_page`` and ``last_line`` are where it ends; ``running`` and ``last_running`` are the lines counted from the
    beginning of the article, as a review copy numbers them.
    """

    page: int
    line: int
    last_page: int
    last_line: int
    running: int
    last_running: int

    def __str__(self) -> str:
        """In words: "page 3, line 12", "page 3, lines 12–14", "page 3, line 40, to page 4, line 2"."""
        if self.page != self.last_page:
            return f"page {self.page}, line {self.line}, to page {self.last_page}, line {self.last_line}"
        if self.last_line > self.line:
            return f"page {self.page}, lines {self.line}–{self.last_line}"
        return f"page {self.page}, line {self.line}" if self.line else f"page {self.page}"


def places(document: Document, theme: Theme, identifiers: Iterable[str]) -> dict[str, Place]:
    """The place of each thing by its identifier; what is not on the pages is left out.

    An identifier may be that of a Span, Div, Header, Figure, Table or Link anywhere in the document.
    """
    from galley.formats.pdfquery import queried

    wanted = {name: number for number, name in enumerate(dict.fromkeys(identifiers))}
    if not wanted:
        return {}
    pinned = _pinned(document, wanted)
    names = ", ".join(f'"{stem}{number}"' for number in wanted.values() for stem in (START, END)) + ","
    found = queried(pinned, theme, (LINE, PIN), LINES, PINS.format(names=names))
    pins = {pin["name"]: pin for answer in found[PIN] for pin in answer}
    lines = _Lines(found[LINE])
    ends = ((name, pins.get(f"{START}{number}"), pins.get(f"{END}{number}")) for name, number in wanted.items())
    return {name: lines.place(first, last or first) for name, first, last in ends if first}


Pin = Mapping[str, Any]
NEAR = 3.0
"""Points by which the position of a pin may differ from that of its line."""
APART = 100.0
"""Points by which the numbers of lines must stand apart for the page to have two columns."""


class _Lines:
    """The lines of the article as they came to stand; each has a page, a column, a height on the page."""

    def __init__(self, lines: Sequence[Pin]) -> None:
        sides = [float(line["x"]) for line in lines] or [0.0]
        parted = max(sides) - min(sides) > APART  # the numbers of a right-hand column stand at the page's right
        self.middle = (min(sides) + max(sides)) / 2 if parted else float("inf")
        self.keys = [self.key(line) for line in lines]
        self.numbers = [int(line["number"]) for line in lines]
        self.order = sorted(range(len(lines)), key=self.keys.__getitem__)

    def key(self, pin: Pin, more: float = 0.0) -> tuple[int, bool, float]:
        """By which places are put in the order of reading."""
        return pin["page"], pin["x"] > self.middle, pin["y"] + more

    def place(self, first: Pin, last: Pin) -> Place:
        """The place between two pins.

        A pin before the first word of a paragraph stands above its line, one behind the last word below it.
        """
        if not self.order:
            return Place(first["folio"], 0, last["folio"], 0, 0, 0)
        from bisect import bisect_left, bisect_right

        keys = [self.keys[at] for at in self.order]
        start = min(bisect_left(keys, self.key(first, -NEAR)), len(keys) - 1)
        end = max(bisect_right(keys, self.key(last, NEAR)) - 1, start)
        top, bottom = keys[start][0], keys[end][0]
        return Place(
            first["folio"] + top - first["page"],
            start - bisect_left(keys, (top, False, float("-inf"))) + 1,
            last["folio"] + bottom - last["page"],
            end - bisect_left(keys, (bottom, False, float("-inf"))) + 1,
            self.numbers[self.order[start]],
            self.numbers[self.order[end]],
        )


def _pinned(document: Document, wanted: Mapping[str, int]) -> Document:
    """The document with a pin at the beginning and the end of each wanted thing."""

    def change(node: Node) -> Node | list[Node] | None:
        name = node["c"][ATTRIBUTES[node["t"]]][0]
        if name not in wanted:
            return None
        start, end = (span([], f"{stem}{wanted[name]}") for stem in (START, END))
        kind, content = node["t"], list(node["c"])
        if kind in ("Span", "Link"):
            return [start, {"t": kind, "c": [content[0], walk(content[1], change, KINDS), *content[2:]]}, end]
        if kind == "Header":
            return {"t": kind, "c": [*content[:2], [start, *walk(content[2], change, KINDS), end]]}
        if kind in ("Figure", "Table"):
            short, caption = content[1]
            return {"t": kind, "c": [content[0], [short, _framed(caption, start, end)], *content[2:]]}
        return {"t": kind, "c": [content[0], _framed(walk(content[1], change, KINDS), start, end)]}

    def done(blocks: Iterable[Node]) -> tuple[Node, ...]:
        return tuple(walk(list(blocks), change, KINDS))

    return replace(
        document,
        blocks=done(document.blocks),
        back=done(document.back),
        slots={name: done(blocks) for name, blocks in document.slots.items()},
    )


KINDS = frozenset(ATTRIBUTES)


def _framed(blocks: Sequence[Node], start: Node, end: Node) -> list[Node]:
    """Blocks with pins in the first and in the last paragraph among them; in ones of their own where there is none."""
    out = list(blocks)
    textual = [at for at, block in enumerate(out) if block["t"] in TEXTUAL]
    if not textual:
        return [{"t": "Plain", "c": [start]}, *out, {"t": "Plain", "c": [end]}]
    for at, pin, first in ((textual[0], start, True), (textual[-1], end, False)):
        block = out[at]
        words = block["c"][2] if block["t"] == "Header" else block["c"]
        words = [pin, *words] if first else [*words, pin]
        out[at] = {"t": block["t"], "c": [*block["c"][:2], words] if block["t"] == "Header" else words}
    return out
