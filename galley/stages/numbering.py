"""Figures, tables, equations, listings and appendices are numbered in document order, once for all formats.

The number stands in the tree afterwards, as the pairs ``number`` and ``label``; no format counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from galley import pandoc
from galley.document import Document, Leftover, Node, Numbered, safe_id
from galley.patterns import pattern
from galley.stages import maths
from galley.stages.referring import refer
from galley.stages.sections import Sections, numbered
from galley.stages.shaping import shape
from galley.stages.titles import is_panel, is_plural, kept, lettered_parts, unlettered, untyped, without
from galley.stages.words import ONE, word

KINDS = frozenset({"Figure", "Table", "Span", "Div", "Header"})
UNNUMBERED = {"unnumbered", "unlabelled", "-"}
CLOSING = {"references", "bibliography", "reference list", "works cited", "literature cited", "acknowledgements"}
CLOSING |= {"acknowledgments"}
START = pattern(r"\(APPENDIX\)", re.IGNORECASE)


def number(document: Document) -> Document:
    """The document with its objects numbered and every reference to one resolved."""
    document = shape(document)
    top = _top(document.blocks)
    sections = Sections(document.meta.number_sections, top)
    counting = Counting(document.meta.lang, top, sections, parted=_parted(document))
    blocks = tuple(pandoc.walk(document.blocks, counting.change, KINDS))
    if sum(one.kind == "appendix" for one in counting.found) == 1:
        blocks, counting.found = counting.only_appendix(blocks)
    counted = replace(
        document,
        blocks=blocks,
        numbers=tuple(counting.found),
        repeated=tuple(dict.fromkeys(counting.repeated)),
        leftovers=(*document.leftovers, *counting.leftovers),
    )
    return refer(counted, counting.names)


def _top(blocks: Sequence[Node]) -> int:
    """The highest level of headings in use, on which appendices stand."""
    levels = [node["c"][0] for node in blocks if node["t"] == "Header"]
    levels += [_top(node["c"][1]) for node in blocks if node["t"] == "Div"]
    return min(levels, default=6)


def _parted(document: Document) -> frozenset[str]:
    """The labels of which parts are named: "fig:x" where a link of a LaTeX converter names "fig:x:second"."""
    if not any("reference-type" in file.text for file in document.files):
        return frozenset()
    links = pandoc.each(document.blocks, frozenset({"Link"}))
    names = (dict(link["c"][0][2]).get("reference", "") for link in links)
    return frozenset(name.rpartition(":")[0] for name in names if name.count(":") > 1)


@dataclass(slots=True)
class Counting:
    """One pass in document order: the counters of the body ("") and of each appendix ("A"), and what was found."""

    lang: str
    top: int
    sections: Sections
    counters: dict[tuple[str, str], int] = field(default_factory=dict)
    prefix: str = ""
    appendices: int = 0
    level: int = 0
    started: bool = False
    gathered: int = 0
    found: list[Numbered] = field(default_factory=list)
    names: dict[str, Numbered] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    parted: frozenset[str] = frozenset()
    leftovers: list[Leftover] = field(default_factory=list)

    def change(self, node: Node) -> Node | list[Node] | None:
        """A node with its number; None keeps it and goes on to what is in it."""
        match node["t"]:
            case "Figure":
                return self.figure(node)
            case "Table":
                return self.table(node)
            case "Span" if "equation" in node["c"][0][1]:
                return self.equation(node)
            case "Div" if node["c"][0][1] == ["tex-appendix"]:
                self.started = True
                return []
            case "Div" if "listing" in node["c"][0][1]:
                return self.listing(node)
            case "Header":
                return self.header(node)
        return None

    def next(self, kind: str) -> str:
        """The next number of a kind, as "3", or "A1" in an appendix (APA 7 §2.14)."""
        count = self.counters[self.prefix, kind] = self.counters.get((self.prefix, kind), 0) + 1
        return f"{self.prefix}{count}"

    def register(
        self, kind: str, attributes: Sequence[Any], number: str, sought: str = "", panel: str = ""
    ) -> Numbered:
        """An object under its labels; one without is given an identifier from its number."""
        identifier, _, pairs = attributes
        labels = [name for name in (identifier, *dict(pairs).get("labels", "").split()) if name]
        own = safe_id(labels[0]) if labels else f"{kind}-{number}".lower()
        taken = own in self.ids
        while own in self.ids:
            own += "-2"
        self.ids.add(own)
        label = f"{word(kind, self.lang)}\u00a0{number}" if kind != "section" else number
        one = Numbered(kind, own, number, label, labels[0] if labels else "", sought, 0, panel)
        for name in labels:
            if name in self.names or (taken and name == labels[0]):
                self.repeated.append(name)
            self.names.setdefault(name, one)
        self.found.append(one)
        return one

    # -- figures and tables ----------------------------------------------------------------------------

    def figure(self, node: Node) -> Node:
        """A figure that has a caption or a label is numbered; its panels are lettered."""
        attributes, (short, caption), body = node["c"]
        images = [image["c"][2][0] for image in pandoc.each(body) if image["t"] == "Image"]
        if (not caption and not attributes[0]) or UNNUMBERED & set(attributes[1]):
            plain = [safe_id(attributes[0]), attributes[1], kept(attributes[2])]
            return {"t": "Figure", "c": [plain, [short, caption], pandoc.walk(body, self.change, KINDS)]}
        kind = "table" if not images and any(inner["t"] == "Table" for inner in pandoc.each(body)) else "figure"
        one = self.register(kind, attributes, self.next(kind), attributes[0] or (images[0] if images else ""))
        lettered = lettered_parts(body, caption) or attributes[0] in self.parted
        parts = [self.panel(part, one, at) if lettered else part for at, part in enumerate(body)]
        caption = self.caption(caption, one)
        pairs = [*kept(attributes[2]), ["number", one.number], ["label", one.label]]
        return {"t": "Figure", "c": [[one.id, attributes[1], pairs], [short, self.walked(caption)], self.walked(parts)]}

    def caption(self, caption: Sequence[Node], one: Numbered) -> list[Node]:
        """A caption without a label typed by hand; where that has another number, it is noted."""
        bare, typed = untyped(caption, one.kind)
        if typed and typed != one.number:
            name = one.label.replace("\u00a0", " ")
            message = f"the caption says {typed}, but this is {name}"
            words = pandoc.plain(caption)[:30].strip()
            hint = "leave the label out of the caption: it is printed for you"
            self.leftovers.append(Leftover("typed-number", words, message, hint))
        return bare

    def walked(self, content: Sequence[Node]) -> Any:
        """What is inside an object: equations there are numbered too, panels are not counted as figures."""
        return pandoc.walk(content, lambda node: node if is_panel(node) else self.change(node), KINDS)

    def panel(self, part: Node, owner: Numbered, at: int) -> Node:
        """A panel of a figure as a figure of its own with its letter, "a" to "z"."""
        letter = chr(ord("a") + at % 26)
        if part["t"] == "Figure":
            attributes, caption, body = part["c"]
        else:
            attributes, caption, body = ["", [], []], [None, []], [part]
        number = f"{owner.number}{letter}"
        labels = [attributes[0], *dict(attributes[2]).get("labels", "").split()]
        named: Sequence[Any] = attributes if any(labels) else [f"{owner.id}-{letter}", [], []]
        one = self.register(owner.kind, named, number, attributes[0], letter)
        if not any(labels):  # its identifier is ours
            one = replace(one, source="")
            self.found[-1] = self.names[str(named[0])] = one
        pairs = [*kept(attributes[2]), ["number", number], ["label", one.label], ["panel", letter]]
        return {"t": "Figure", "c": [[one.id, attributes[1], pairs], unlettered(caption, letter), body]}

    def table(self, node: Node) -> Node:
        """A table that has a caption or a label is numbered."""
        attributes, (short, caption), *rest = node["c"]
        if (not caption and not attributes[0]) or UNNUMBERED & set(attributes[1]):
            return {"t": "Table", "c": [attributes, [short, caption], *pandoc.walk(rest, self.change, KINDS)]}
        sought = attributes[0] or pandoc.plain(caption)[:40]
        one = self.register("table", attributes, self.next("table"), sought)
        pairs = [*kept(attributes[2]), ["number", one.number], ["label", one.label]]
        words = self.walked(self.caption(caption, one))
        rest = rest if not pandoc.holds(node, KINDS) else self.walked(rest)
        return {"t": "Table", "c": [[one.id, attributes[1], pairs], [short, words], *rest]}

    def listing(self, node: Node) -> Node:
        """A listing is numbered."""
        attributes, body = node["c"]
        words = next((block["c"][1].split("\n")[0] for block in body if block["t"] == "CodeBlock"), "")
        one = self.register("listing", attributes, self.next("listing"), attributes[0] or words)
        pairs = [*kept(attributes[2]), ["number", one.number], ["label", one.label]]
        return {"t": "Div", "c": [[one.id, attributes[1], pairs], body]}

    # -- equations -------------------------------------------------------------------------------------

    def equation(self, node: Node) -> Node:
        """A display equation with its number, or with one for each line that has a label."""
        attributes, (math, *_) = node["c"]
        read = maths.equation(math["c"][1])
        if read.by_rows:
            return self._by_rows(attributes, read)
        number = read.tag or self.next("equation")
        one = self.register("equation", attributes, number, attributes[0])
        pairs = [*kept(attributes[2]), ["number", number], ["label", one.label]]
        inner = {"t": "Math", "c": [{"t": "DisplayMath"}, read.tex()]}
        return {"t": "Span", "c": [[one.id, attributes[1], pairs], [inner]]}

    def _by_rows(self, attributes: Sequence[Any], read: maths.Equation) -> Node:
        numbers: dict[int, str] = {}
        anchors: list[Node] = []
        for at, row in enumerate(read.rows):
            if not row.labels and not row.tag:
                continue
            numbers[at] = row.tag or self.next("equation")
            named = ["", [], [["labels", " ".join(row.labels)]]]
            anchors.append(pandoc.span([], self.register("equation", named, numbers[at], (*row.labels, "")[0]).id))
        inner = {"t": "Math", "c": [{"t": "DisplayMath"}, read.tex(numbers)]}
        return {"t": "Span", "c": [["", [*attributes[1], "by-rows"], kept(attributes[2])], [*anchors, inner]]}

    # -- sections and appendices -----------------------------------------------------------------------

    def header(self, node: Node) -> Node | list[Node]:
        """A heading as a place to refer to; that of an appendix with its letter."""
        level, (identifier, classes, pairs), words = node["c"]
        text = pandoc.plain(words)
        if START.match(text):
            self.started = True
            return []
        attributes = [identifier, classes, pairs]
        if self._is_appendix(level, classes, text):
            return self.appendix(level, attributes, words)
        if level <= self.level or level <= self.top:
            self.prefix, self.level = "", 0
        self.gathered = level if is_plural(text, self.lang) else 0 if level <= self.gathered else self.gathered
        closing = text.strip().lower() in CLOSING
        count = "" if closing else self.sections.number(level, classes)
        title = count or f"“{text}”"
        if identifier:
            one = self.register("section", attributes, f"{word('section', self.lang)}\u00a0{title}", text)
            one = replace(one, number=title, label=one.number)
            self.found.pop()  # a section without a number is a place to link to, no more
            self.names.update({name: one for name, old in self.names.items() if old.id == one.id})
            identifier = one.id
        return {"t": "Header", "c": [level, [identifier, classes, kept(pairs)], numbered(count, self.walked(words))]}

    def _is_appendix(self, level: int, classes: Sequence[str], text: str) -> bool:
        if "appendix" in classes:
            return True
        if self.gathered and level == self.gathered + 1:
            return True
        if level != self.top or text.strip().lower() in CLOSING:
            return False
        name = f"{re.escape(word('appendix', self.lang))}|{ONE['appendix']['en']}"
        return self.started or re.match(rf"(?:{name})(?:\s|$|[:.])", text, re.IGNORECASE) is not None

    def appendix(self, level: int, attributes: Sequence[Any], words: Sequence[Node]) -> Node:
        """The heading of an appendix: its title, and its label in a pair (APA 7 §2.14)."""
        self.prefix = chr(ord("A") + self.appendices % 26)
        self.appendices += 1
        self.level = level
        one = self.register("appendix", attributes, self.prefix, attributes[0])
        name = f"{re.escape(word('appendix', self.lang))}|{ONE['appendix']['en']}"
        title = without(words, re.compile(rf"(?:{name})(?:[\s\u00a0]+[A-Z0-9])?(?:\s*[.:–—-])?(?:[\s\u00a0]+|$)", re.I))
        classes = [*dict.fromkeys([*attributes[1], "appendix"])]
        pairs = [*kept(attributes[2]), ["number", one.number], ["label", one.label]]
        return {"t": "Header", "c": [level, [one.id, classes, pairs], self.walked(title)]}

    def only_appendix(self, blocks: Sequence[Node]) -> tuple[tuple[Node, ...], list[Numbered]]:
        """A single appendix bears no letter in its label, though its figures do (APA 7 §2.14)."""
        old = next(one for one in self.found if one.kind == "appendix")
        new = replace(old, label=word("appendix", self.lang), number="")

        def change(node: Node) -> Node | None:
            if node["t"] != "Header" or node["c"][1][0] != old.id:
                return None
            level, (identifier, classes, pairs), words = node["c"]
            pairs = [["label", new.label] if key == "label" else [key, value] for key, value in pairs]
            return {"t": "Header", "c": [level, [identifier, classes, pairs], words]}

        self.names.update({name: new for name, one in self.names.items() if one.id == old.id})
        return tuple(pandoc.walk(blocks, change, frozenset({"Header"}))), [
            new if one is old else one for one in self.found
        ]
