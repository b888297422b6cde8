"""Pandoc's ``Cite`` nodes translated in the plain way into the engine's ``Citation``s."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pybtex.richtext import BaseText, Tag, Text

from galley.apa7.entry import Citation, Item

Node = dict[str, Any]


def pandoc() -> str:
    """Find the Pandoc that comes with pypandoc_binary."""
    import pypandoc

    return str(Path(pypandoc.__file__).parent / "files" / "pandoc")


def read(markdown: str) -> list[Node]:
    """Read Markdown into Pandoc's blocks."""
    done = subprocess.run(
        [pandoc(), "-f", "markdown", "-t", "json"],
        input=markdown,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    blocks: list[Node] = json.loads(done.stdout)["blocks"]
    return blocks


def cites(node: Any) -> Iterator[Node]:
    """Walk the outermost ``Cite`` nodes in reading order."""
    if isinstance(node, dict):
        if node.get("t") == "Cite":
            yield node
            return
        node = node.get("c")
    if isinstance(node, list):
        for child in node:
            yield from cites(child)


def rich(inlines: list[Node]) -> BaseText:
    """Turn inlines into rich text."""
    return Text(*(part for node in inlines for part in _rich(node)))


def _rich(node: Node) -> Iterator[str | BaseText]:
    kind, content = node["t"], node.get("c")
    if kind == "Str":
        yield content
    elif kind in ("Space", "SoftBreak"):
        yield " "
    elif kind == "Emph":
        yield Tag("em", rich(content))
    elif kind == "Quoted":
        yield from ("“", rich(content[1]), "”")
    elif isinstance(content, list):
        yield rich([child for child in content if isinstance(child, dict)])


def citation(node: Node) -> Citation:
    """Translate one ``Cite``; a work cited inside a suffix becomes an item whose prefix goes on from the one before."""
    items: list[Item] = []
    for cited in node["c"][0]:
        mode = cited["citationMode"]["t"]
        prefix, suffix = cited["citationPrefix"], cited["citationSuffix"]
        key = cited["citationId"]
        chunks: list[tuple[str, list[Node], list[Node]]] = [(key, prefix, [])]
        for inline in suffix:
            if inline["t"] == "Cite":
                inner = inline["c"][0][0]
                words = chunks[-1][2]
                chunks[-1] = (*chunks[-1][:2], [])
                chunks.append((inner["citationId"], words, list(inner["citationSuffix"])))
            else:
                chunks[-1][2].append(inline)
        for place, (name, words, rest) in enumerate(chunks):
            only_year = mode == "SuppressAuthor" and not place
            front = rich(words)
            front = Text(str(front).rstrip()) if str(front) != str(front).rstrip() else front
            items.append(Item(name, front, rich(rest), year_only=only_year))
    return Citation(tuple(items), narrative=node["c"][0][0]["citationMode"]["t"] == "AuthorInText")


def markup(text: BaseText) -> str:
    """Render rich text with italics as ``*...*``."""
    from pybtex.backends.plaintext import Backend

    class Stars(Backend):  # type: ignore[misc]
        def format_tag(self, tag_name: str, text: str) -> str:
            if tag_name != "em":
                return text
            core = text.strip(" ")
            return text.replace(core, f"*{core}*", 1) if core else text  # spaces stand outside, as in Markdown

        def format_href(self, url: str, text: str, external: bool = False) -> str:
            return text

    return str(text.render(Stars()))


def written(inlines: list[Node], done: Iterator[BaseText]) -> str:
    """Write inlines as text with italics as ``*...*``; the next citation stands for every ``Cite``."""
    return "".join(_written(node, done) for node in inlines)


def _written(node: Node, done: Iterator[BaseText]) -> str:
    kind, content = node["t"], node.get("c")
    if kind == "Cite":
        return markup(next(done))
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind == "Emph":
        return f"*{written(content, done)}*"
    if kind == "Quoted":
        return f"“{written(content[1], done)}”"
    return content if isinstance(content, str) else ""
