"""Raw HTML in a Markdown manuscript -> nodes of the tree: the tags of running text are understood, comments dropped.

Pandoc leaves tags as raw pieces that only a web page could show; every format is to print what they hold. What is no
tag of HTML, such as ``<REDACTED>``, is words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from galley import pandoc
from galley.document import Document, Leftover, Node
from galley.patterns import pattern

NODES = {"em": "Emph", "i": "Emph", "b": "Strong", "strong": "Strong", "sub": "Subscript", "sup": "Superscript"}
NODES |= {"u": "Underline", "ins": "Underline", "s": "Strikeout", "del": "Strikeout", "strike": "Strikeout"}
NODES |= {"cite": "Emph", "dfn": "Emph", "var": "Emph"}
PLAIN = {"span", "font", "small", "big", "abbr", "mark", "q", "a", "tt", "kbd", "code", "samp", "center", "p", "div"}
PLAIN |= {"section", "article", "details", "summary", "figure", "figcaption", "nobr", "wbr", "hr", "label", "tbody"}
PLAIN |= {"thead", "table", "tr", "td", "th", "ul", "ol", "li", "blockquote", "header", "footer", "main", "aside"}
PLAIN |= {"caption", "colgroup", "col", "tfoot", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "body"}
LOST = {"img", "iframe", "video", "audio", "embed", "object", "svg", "canvas", "math", "picture", "form", "input"}
SILENT = {"style", "script", "link", "meta", "head", "html", "source"}
SIGN = pattern(r"<(?!https?:|mailto:)[A-Za-z/!?]|\{=html")
"""What must stand in a manuscript that has HTML in it."""
TAG = pattern(r"\s*<(/?)([A-Za-z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>\s*", re.DOTALL)
COMMENT = pattern(r"\s*(?:<!--.*?-->\s*|<\?.*?\?>\s*|<!\w.*?>\s*)+", re.DOTALL)
IMAGE = pattern(r"\b(src|alt|width|height)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


def unmark(document: Document) -> Document:
    """The document without raw HTML; its ``leftovers`` tell what could not be set."""
    if not any(SIGN.search(file.text) for file in document.files if not file.name.endswith(".bib")):
        return document
    pass_ = Unmarking()
    slots = {name: tuple(pass_.content(blocks)) for name, blocks in document.slots.items()}
    blocks = tuple(pass_.content(document.blocks))
    return replace(document, slots=slots, blocks=blocks, leftovers=(*document.leftovers, *pass_.leftovers))


class Opened:
    """Tags that are open, and where what they mark begins."""

    def __init__(self) -> None:
        """None yet."""
        self._tags: list[tuple[str, int]] = []
        self._counts: Counter[str] = Counter()

    def put(self, name: str, start: int) -> None:
        """One more."""
        self._tags.append((name, start))
        self._counts[name] += 1

    def holds(self, name: str) -> bool:
        """Whether one of this name is open."""
        return self._counts[name] > 0

    def closed(self, name: str) -> int:
        """Where the last one of this name began; what was opened since ends with it."""
        while True:
            last, start = self._tags.pop()
            self._counts[last] -= 1
            if last == name:
                return start


@dataclass(slots=True)
class Unmarking:
    """One pass over a document."""

    leftovers: list[Leftover] = field(default_factory=list)

    def content(self, nodes: Sequence[Any]) -> list[Any]:
        """A list of nodes in which raw pieces of HTML have become what they mean."""
        out: list[Any] = []
        opened = Opened()
        for node in nodes:
            if isinstance(node, list):
                out.append(self.content(node))
            elif not isinstance(node, dict) or node.get("t") in pandoc.WORDS:
                out.append(node)
            elif node.get("t") in ("RawInline", "RawBlock") and node["c"][0].startswith("html"):
                self.raw(node["c"][1], node["t"] == "RawBlock", out, opened)
            else:
                new = {key: self._inside(value) for key, value in node.items()}
                if new.get("c") or not node.get("c") or node.get("t") not in ("Para", "Plain"):
                    out.append(new)  # and no paragraph that held nothing but a comment
        return out

    def _inside(self, value: Any) -> Any:
        if isinstance(value, list):
            return self.content(value)
        if isinstance(value, dict):
            return {key: self._inside(inner) for key, inner in value.items()}
        return value

    def raw(self, source: str, block: bool, out: list[Any], opened: Opened) -> None:
        """Put into ``out`` what a raw piece means; a closing tag wraps all since the opening one."""
        if COMMENT.fullmatch(source):
            return
        tag = TAG.fullmatch(source)
        if not tag:
            self._words(source, block, out)
            return
        name = tag[2].lower()
        if name == "br":
            out += [] if block else [{"t": "LineBreak"}]
        elif name in NODES and not tag[1]:
            opened.put(name, len(out))
        elif name in NODES:
            if opened.holds(name):
                start = opened.closed(name)
                out[start:] = [{"t": NODES[name], "c": out[start:]}] if len(out) > start and not block else out[start:]
        elif name == "img":
            self._image(tag[3], source, block, out)
        elif name in LOST and not tag[1]:
            self._lost(source, f"the HTML element <{name}> cannot be set")
        elif name not in PLAIN | LOST | SILENT:
            words = pandoc.inlines(source.strip())
            out += [pandoc.para(words)] if block else words

    def _words(self, source: str, block: bool, out: list[Any]) -> None:
        """A longer piece of HTML: the words between its tags."""
        if re.match(r"\s*<(style|script)", source, re.IGNORECASE):
            return
        self._lost(source, "a piece of HTML is printed as its bare words")
        words = pandoc.inlines(" ".join(re.sub(r"<!--.*?(?:-->|\Z)|<[^<>]*>", " ", source, flags=re.DOTALL).split()))
        out += ([pandoc.para(words)] if words else []) if block else words

    def _image(self, settings: str, source: str, block: bool, out: list[Any]) -> None:
        """``<img>`` as an image of the project."""
        found = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in IMAGE.finditer(settings)}
        if not found.get("src"):
            self._lost(source, "an <img> without src cannot be set")
            return
        sizes = [(side, found[side]) for side in ("width", "height") if found.get(side)]
        words = pandoc.inlines(found.get("alt", ""))
        image: Node = {"t": "Image", "c": [pandoc.attr("", (), sizes), words, [found["src"], ""]]}
        out.append(pandoc.para([image]) if block else image)

    def _lost(self, source: str, message: str) -> None:
        hint = "write it in Markdown"
        self.leftovers.append(Leftover("raw-html", source.strip(), message, hint, lost="cannot" in message))
