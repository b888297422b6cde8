"""A resolved tree -> the same tree fit for a web page, though a stranger wrote it: no HTML of the author's, no
scripts, no link to run, no attribute that is not known to be harmless, no identifier twice, no picture but ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from galley.document import Node
from galley.pandoc import WORDS, inlines, plain, span
from galley.patterns import pattern

SCHEMES = frozenset({"http", "https", "mailto", "doi"})
ATTRIBUTES = frozenset(
    {
        "alt",
        "author",
        "cites",
        "date",
        "dir",
        "height",
        "label",
        "lang",
        "layout-ncol",
        "number",
        "pad",
        "panel",
        "startFrom",
        "title",
        "width",
    }
)
RAW = frozenset({"tex", "latex"})
"""Raw pieces Pandoc may still make something of (a bare equation environment); it writes none of them as HTML."""
LENGTH = pattern(r"\d+(\.\d+)?(px|%|em|rem|ex|pt|pc|cm|mm|in)?")

Picture = Callable[[str], str | None]
"""From the address of an image to what stands in its src, or None where it cannot be shown."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the page itself says about pictures."""

    described: str = "Figure, described in its caption"
    missing: str = "This picture cannot be shown"


@dataclass(slots=True)
class Cleaner:
    """One pass over a document; it remembers the identifiers already given out."""

    picture: Picture
    words: Words
    identifiers: set[str] = field(default_factory=set)

    def clean(self, content: Any) -> Any:
        """A copy of blocks or inlines in which nothing is left that could harm the reader."""
        if isinstance(content, list | tuple):
            if _is_attributes(content):
                return self.attributes(content)
            out: list[Any] = []
            for item in content:
                if type(item) is dict and item.get("t") in WORDS:
                    out.append(item)  # most of a text, and nothing in it to be cleaned
                else:
                    out.extend(self._item(item))
            return out
        if isinstance(content, dict):
            return {key: self.clean(value) for key, value in content.items()}
        return content

    def _item(self, item: Any) -> list[Any]:
        kind = item.get("t") if isinstance(item, dict) else None
        if kind in ("RawInline", "RawBlock"):
            return [item] if item["c"][0] in RAW else []
        if kind == "Link":
            return [self._link(item["c"])]
        if kind == "Image":
            return [self._image(item["c"])]
        if kind == "Figure":
            return [self._figure(item["c"])]
        return [self.clean(item)]

    def _link(self, content: list[Any]) -> Node:
        """A link, or its bare words where its address is none a reader should be sent to."""
        attributes, words, (address, title) = content
        to = harmless(address)
        if to is None:
            return {"t": "Span", "c": [self.attributes(attributes), self.clean(words)]}
        return {"t": "Link", "c": [self.attributes(attributes), self.clean(words), [to, title]]}

    def _image(self, content: list[Any]) -> Node:
        attributes, words, (address, title) = content
        source = self.picture(address)
        if source is None:
            colon = [{"t": "Str", "c": ":"}, {"t": "Space"}] if words else []
            return span([*inlines(self.words.missing), *colon, *self.clean(words)], classes=["missing-image"])
        return {"t": "Image", "c": [self.attributes(attributes), self.clean(words), [source, title]]}

    def _figure(self, content: list[Any]) -> Node:
        """A figure. Pandoc hides a caption from screen readers that the alternative text repeats; we keep it."""
        attributes, caption, body = content
        image = _only_image(body)
        if image and plain(image[1]) in ("", plain(caption)):
            shown = self.picture(image[2][0]) is not None
            described = inlines(self.words.described) if shown and caption[1] else []
            body = [{"t": "Plain", "c": [{"t": "Image", "c": [image[0], described, image[2]]}]}]
        return {"t": "Figure", "c": [self.attributes(attributes), self.clean(caption), self.clean(body)]}

    def attributes(self, content: Sequence[Any]) -> list[Any]:
        """Pandoc's attribute triple with a unique identifier and the harmless pairs only."""
        identifier, classes, pairs = content
        kept = [[key, value] for key, value in pairs if key in ATTRIBUTES and _fits(key, value)]
        return [self.unique(identifier), [re.sub(r"\s+", "-", name) for name in classes], kept]

    def unique(self, identifier: str) -> str:
        """The identifier, with a number behind it where it has been given out before."""
        if not identifier:
            return ""
        base = re.sub(r"\s+", "-", identifier)
        name, number = base, 1
        while name in self.identifiers:
            name, number = f"{base}-{number}", number + 1
        self.identifiers.add(name)
        return name


def harmless(address: str) -> str | None:
    """The address if a link may lead there, a DOI as its https address; else None.

    Browsers leave out control characters and blanks before they look for the scheme, so that is done first.
    """
    bare = "".join(char for char in address if char > " " and char != "\x7f")
    found = re.match(r"([^/?#:]*):", bare)
    if not found:
        return bare
    scheme = found[1].lower()
    if scheme not in SCHEMES:
        return None
    return f"https://doi.org/{bare[4:].lstrip('/')}" if scheme == "doi" else bare


def _only_image(body: list[Node]) -> list[Any] | None:
    """The content of the image that a figure's body is, if it is nothing else."""
    lines = body[0]["c"] if len(body) == 1 and body[0]["t"] in ("Plain", "Para") else []
    return lines[0]["c"] if len(lines) == 1 and lines[0]["t"] == "Image" else None


def _fits(key: str, value: str) -> bool:
    return key not in ("width", "height") or LENGTH.fullmatch(value) is not None


def _is_attributes(content: Sequence[Any]) -> bool:
    """Whether this is an identifier, a list of classes and a list of pairs, wherever in the tree it stands."""
    return (
        len(content) == 3
        and isinstance(content[0], str)
        and isinstance(content[1], list)
        and isinstance(content[2], list)
        and all(isinstance(name, str) for name in content[1])
    )
