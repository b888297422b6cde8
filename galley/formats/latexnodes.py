"""The tree of an article -> the same tree as Pandoc's LaTeX writer takes it: labels, equations, listings, pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from galley.bibtex import escaped
from galley.document import Node, Numbered
from galley.formats.equationrows import rows, rows_numbered
from galley.formats.jatstree import unnumbered
from galley.pandoc import raw, raw_block, walk

REFERRED = frozenset({"figure", "table", "equation"})
"""Kinds of objects that LaTeX counts as we do."""
ENVIRONMENT = re.compile(r"\s*\\begin\{(?:equation|align|gather|multline|eqnarray|alignat|flalign)\*?\}")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the article: its pictures' names as delivered, its numbered objects, whether sections are
    numbered, and all the identifiers that a link may lead to.
    """

    graphics: Mapping[str, str]
    numbers: Mapping[str, Numbered]
    sections: bool = False
    named: frozenset[str] = frozenset()

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        """Blocks made ready."""
        done: list[Node] = walk(list(blocks), self.change)
        return done

    def change(self, node: Node) -> Node | list[Node] | None:
        """A node made ready; None where it stays as it is."""
        kind = node["t"]
        handler = HANDLERS.get(kind)
        return handler(self, node["c"]) if handler else None

    def _inner(self, content: Any) -> list[Node]:
        done: list[Node] = walk(list(content), self.change)
        return done

    def _link(self, content: Any) -> Node | None:
        """A reference to a numbered object, its number LaTeX's own; the words alone where it leads nowhere."""
        attributes, words, (address, title) = content
        if not address.startswith("#"):
            return None
        one = self.numbers.get(address[1:])
        text = "".join(node.get("c", " ") if node["t"] in ("Str", "Space") else "\0" for node in words)
        if one and one.number.isdigit() and (one.kind in REFERRED or (one.kind == "section" and self.sections)):
            found = re.fullmatch(rf"(.*?)(\(?){re.escape(one.number)}(\)?)", text, re.DOTALL)
            if found and "\0" not in text:
                before = [{"t": "Str", "c": found[1] + found[2]}] if found[1] + found[2] else []
                after = [{"t": "Str", "c": found[3]}] if found[3] else []
                return {"t": "Span", "c": [["", [], []], [*before, raw("latex", f"\\ref{{{one.id}}}"), *after]]}
        if address[1:] not in self.named:
            return {"t": "Span", "c": [["", [], []], self._inner(words)]}
        return {"t": "Link", "c": [attributes, self._inner(words), [address, title]]}

    def _span(self, content: Any) -> Node | list[Node] | None:
        (name, classes, pairs), inner = content
        if "equation" in classes:
            return self._equation(name, dict(pairs), inner, "by-rows" in classes)
        alone = _alone(classes, inner)
        if alone:
            return raw("latex", alone)
        if "citation" in classes:
            name = ""
        kept = [one for one in classes if one in ("smallcaps", "underline", "mark")]
        return {"t": "Span", "c": [[name, kept, []], self._inner(inner)]}

    def _equation(self, name: str, said: Mapping[str, str], inner: Sequence[Node], by_rows: bool) -> list[Node]:
        math = next((node["c"][1] for node in inner if node["t"] == "Math"), "")
        if by_rows:
            anchors = dict(zip(*reversed(rows_numbered(inner)), strict=False))
            lines = [
                f"{row.left} & {row.right} "
                + (f"\\label{{{anchors.get(row.number, '')}}}" if row.number else "\\notag")
                for row in rows(math)
            ]
            return [raw("latex", "\\begin{align}\n" + " \\\\\n".join(lines) + "\n\\end{align}")]
        if not (name and said.get("number")) or ENVIRONMENT.match(math):
            return [node for node in inner if node["t"] == "Math"]
        return [raw("latex", f"\\begin{{equation}}\\label{{{name}}}\n{math.strip()}\n\\end{{equation}}")]

    def _division(self, content: Any) -> Node | list[Node] | None:
        (name, classes, _), inner = content
        if "listing" in classes:
            caption = [part for div in inner if div["t"] == "Div" for part in div["c"][1]]
            words = [node for block in caption if block["t"] in ("Para", "Plain") for node in block["c"]]
            label = raw("latex", f"}}\\label{{{name}}}" if name else "}")
            head = {"t": "Plain", "c": [raw("latex", "\\caption{"), *self._inner(words), label]}
            code = [part for part in inner if part["t"] != "Div"]
            return [raw_block("latex", "\\begin{listing}"), *code, head, raw_block("latex", "\\end{listing}")]
        return {"t": "Div", "c": [[name, [], []], self._inner(inner)]}

    def _image(self, content: Any) -> Node:
        """A picture by the name under which it is delivered; LaTeX finds the ending of one it cannot set as it is."""
        (name, classes, pairs), words, (address, title) = content
        target = self.graphics.get(address, address)
        target = re.sub(r"\.(?:svg|tiff?|gif|webp)$", "", target, flags=re.IGNORECASE)
        kept = [pair for pair in pairs if pair[0] in ("alt", "width", "height")]
        return {"t": "Image", "c": [[name, classes, kept], self._inner(words), [target, title]]}

    def _header(self, content: Any) -> Node:
        level, (name, classes, _), words = content
        kept = [one for one in classes if one == "unnumbered"]
        return {"t": "Header", "c": [level, [name, kept, []], self._inner(unnumbered(words)[1])]}

    def _code(self, content: Any) -> Node:
        (name, _, _), text = content
        return {"t": "CodeBlock", "c": [[name, [], []], text]}


def _alone(classes: Sequence[str], inner: Sequence[Node]) -> str:
    """One element of a citation alone, ``[@doe]{.author}`` or ``[@doe]{.year}``, as biblatex has it; else ""."""
    wanted = {"author": "citeauthor", "year": "citeyear"}
    command = next((wanted[one] for one in classes if one in wanted), "")
    if not command or len(inner) != 1 or inner[0]["t"] != "Cite" or len(inner[0]["c"][0]) != 1:
        return ""
    return f"\\{command}{{{escaped(inner[0]['c'][0][0]['citationId'])}}}"


HANDLERS = {
    "CodeBlock": Setting._code,
    "Div": Setting._division,
    "Header": Setting._header,
    "Image": Setting._image,
    "Link": Setting._link,
    "Span": Setting._span,
}
