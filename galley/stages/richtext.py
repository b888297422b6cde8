"""The adapter between the style engine's rich text and Pandoc's inlines, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pybtex.backends import BaseBackend
from pybtex.richtext import BaseText, String, Tag, Text

from galley import pandoc
from galley.document import Node

TAGS = {"em": "Emph", "strong": "Strong", "sup": "Superscript", "sub": "Subscript", "smallcaps": "SmallCaps"}
NODES = {node: tag for tag, node in TAGS.items()}
LINK_CLASSES = {True: ["citation-ref"], False: ["uri"]}


class Foreign(String):  # type: ignore[misc]  # pybtex has no types
    """A Pandoc node that the engine carries without looking into it; to the engine it is its plain words."""

    def __init__(self, node: Node) -> None:
        """Take a node of any kind of inline."""
        super().__init__(pandoc.plain(node))
        self.node = node

    def _typeinfo(self) -> tuple[None, tuple[()]]:
        return None, ()  # never merged with its neighbours

    def __len__(self) -> int:
        return max(1, len(str(self)))  # rich text leaves out what is empty; a note has no words

    def render(self, backend: Any) -> Any:
        """The node itself in our backend, its words in any other."""
        return [self.node] if isinstance(backend, Inlines) else super().render(backend)


def from_inlines(nodes: Sequence[Node]) -> BaseText:
    """Pandoc inlines as the engine's rich text."""
    return Text(*[part for node in nodes for part in _part(node)])


def _part(node: Node) -> list[Any]:
    kind = node["t"]
    if kind == "Str":
        return [node["c"]]
    if kind in ("Space", "SoftBreak"):
        return [" "]
    if kind in NODES:
        return [Tag(NODES[kind], from_inlines(node["c"]))]
    if kind == "Quoted":
        marks = pandoc.QUOTES[node["c"][0]["t"]]
        return [marks[0], from_inlines(node["c"][1]), marks[1]]
    return [Foreign(node)]


class Inlines(BaseBackend):  # type: ignore[misc]  # pybtex has no types
    """A pybtex backend whose output is a list of Pandoc inlines."""

    RenderType = list
    default_suffix = None
    symbols = {"ndash": "–", "newblock": " ", "nbsp": "\u00a0"}  # noqa: RUF012 - pybtex's own attribute

    def format_str(self, text: str) -> list[Node]:
        """Words and spaces."""
        return pandoc.inlines(text)

    def format_tag(self, tag_name: str, text: list[Node]) -> list[Node]:
        """Emphasis and its like; an unknown tag is only its content."""
        return [{"t": TAGS[tag_name], "c": text}] if tag_name in TAGS else text

    def format_href(self, url: str, text: list[Node], external: bool = False) -> list[Node]:
        """A link, by its class told whether it leads to a reference or out of the article."""
        classes = LINK_CLASSES[url.startswith("#")]
        return [{"t": "Link", "c": [pandoc.attr("", classes), text, [url, ""]]}]

    def render_sequence(self, rendered_list: list[list[Node]]) -> list[Node]:
        """The parts one after the other."""
        return [node for part in rendered_list for node in part]


def to_inlines(text: BaseText) -> list[Node]:
    """The engine's rich text as Pandoc inlines."""
    return list(text.render(Inlines(None)))
