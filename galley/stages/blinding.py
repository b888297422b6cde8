"""A settled document -> its anonymous copy: no names, addresses, thanks, funding or licence; and what of a title page
goes apart. Names that stand in the text are covered by words in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from galley.document import Document, Node
from galley.frontmatter import FrontMatter
from galley.identity import INSTITUTION, Trace, finder, folded, sure
from galley.pandoc import inlines, walk
from galley.patterns import pattern
from galley.tree import plain

TELLING = ("author-note", "acknowledgements", "author-contributions", "conflict-of-interest", "funding")
"""The parts of the front matter that tell who wrote; they go on the title page."""
HEADING = pattern(
    r"(?:acknowledge?ments?|funding(?: (?:information|statement|sources?))?|author(?:s['’]?|['’]s)? "
    r"(?:contributions?|notes?|information|biograph(?:y|ies))|about the authors?|contributorship|credit(?: author)? "
    r"statement|contributions of the authors?|correspondence|(?:conflicts?|declarations?) of (?:competing )?interests?|"
    r"competing interests?|financial (?:support|disclosure))\b.*",
    re.IGNORECASE,
)
"""Headings of sections that tell who wrote."""
WORDS = frozenset({"Str", "Space", "SoftBreak"})
END = object()
HIDDEN, PLACE = "[name hidden for review]", "[institution hidden for review]"


class Blinded(NamedTuple):
    """The copy, and what was covered in its words: each text as it was written, with how often."""

    document: Document
    covered: dict[str, int]


def blinded(document: Document, traces: Sequence[Trace]) -> Blinded:
    """The anonymous copy; citations and the list of references are as they were (see ``maskingself``)."""
    covering = _Covering(sure(traces))
    kept = {name: blocks for name, blocks in document.slots.items() if name not in TELLING}
    done = replace(
        document,
        meta=nameless(document.meta, covering),
        slots={name: tuple(covering.nodes(blocks)) for name, blocks in kept.items()},
        blocks=tuple(covering.nodes(_without_sections(document.blocks))),
        back=tuple(covering.nodes(_without_sections(document.back))),
        own=None,
    )
    return Blinded(done, covering.covered)


def title_page(document: Document) -> Document:
    """The document's title page by itself: all that the anonymous copy lacks."""
    slots = {name: blocks for name, blocks in document.slots.items() if name in ("title", "subtitle", *TELLING)}
    told = [block for part in (document.blocks, document.back) for block in _sections(part)]
    return replace(document, blocks=tuple(told), back=(), references=(), slots=slots)


def nameless(meta: FrontMatter, covering: _Covering | None = None) -> FrontMatter:
    """The front matter without what names its authors or the article that is not yet one."""
    cover = covering.text if covering else str
    return replace(
        meta,
        title=cover(meta.title),
        subtitle=cover(meta.subtitle),
        short_title=cover(meta.short_title),
        keywords=tuple(map(cover, meta.keywords)),
        abstract="",
        authors=(),
        affiliations=(),
        author_note="",
        copyright="",
        license="",
        doi="",
        url="",
        pdf_url="",
        funders=(),
        article_number="",
        first_page=None,
        last_page=None,
        volume="",
        issue="",
        date="",
        received="",
        revised="",
        accepted="",
        course="",
        instructor="",
        due_date="",
    )


# -- sections that tell who wrote ----------------------------------------------------------------------


def _parted(blocks: Sequence[Node]) -> Iterable[tuple[bool, Node]]:
    """Each block, and whether it belongs to a section that tells who wrote."""
    level = 0
    for block in blocks:
        if block["t"] == "Header":
            if level and block["c"][0] <= level:
                level = 0
            if not level and HEADING.fullmatch(plain(block["c"][2]).strip()):
                level = block["c"][0]
        yield bool(level), block


def _without_sections(blocks: Sequence[Node]) -> list[Node]:
    return [block for telling, block in _parted(blocks) if not telling]


def _sections(blocks: Sequence[Node]) -> list[Node]:
    return [block for telling, block in _parted(blocks) if telling]


# -- words that are covered ----------------------------------------------------------------------------


class _Covering:
    """One pass over a document; it counts what it covers."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        self.find = finder(traces)
        self.places = finder([one for one in traces if one.kind == INSTITUTION])
        self.covered: dict[str, int] = {}

    def nodes(self, content: Sequence[Node]) -> list[Node]:
        """Blocks or inlines with what names somebody covered; what a citation prints stays."""
        return list(self.listed(walk(list(content), _signed)))

    def listed(self, content: Any) -> list[Any]:
        """A list with each run of words in it looked at as a whole, for names go over several nodes."""
        out: list[Any] = []
        run: list[Node] = []
        for item in [*content, END]:
            if isinstance(item, dict) and item.get("t") in WORDS:
                run.append(item)
                continue
            if run:
                out += self.run(run)
                run = []
            if item is not END:
                out.append(self.value(item))
        return out

    def run(self, nodes: list[Node]) -> list[Node]:
        text = "".join(node["c"] if node["t"] == "Str" else " " for node in nodes)
        new = self.text(text)
        return nodes if new == text else inlines(new)

    def value(self, item: Any) -> Any:
        if isinstance(item, str):
            return self.text(item)
        if isinstance(item, list | tuple):
            return self.listed(item)
        if not isinstance(item, dict):
            return item
        if item.get("t") == "Span" and "citation" in item["c"][0][1]:
            return item
        if item.get("t") == "Link":
            return self.link(item)
        if item.get("t") == "Image":
            return {"t": "Image", "c": [self.listed(item["c"][0]), self.listed(item["c"][1]), item["c"][2]]}
        return {key: value if key == "t" else self.value(value) for key, value in item.items()}

    def link(self, node: Node) -> Node:
        """A link whose address tells who wrote becomes its words."""
        attributes, words, (address, title) = node["c"]
        inner = self.listed(words)
        if self.text(address) != address:
            return {"t": "Span", "c": [["", [], []], inner]}
        return {"t": "Link", "c": [attributes, inner, [address, self.text(title)]]}

    def text(self, text: str) -> str:
        """A text with what names somebody covered."""
        if self.find is None or not text:
            return text
        flat, offsets = _flat(text)
        out: list[str] = []
        at = 0
        for found in self.find.finditer(flat):
            start, end = offsets[found.start()], offsets[found.end()]
            said = text[start:end]
            self.covered[said] = self.covered.get(said, 0) + 1
            out += [text[at:start], PLACE if self.places and self.places.fullmatch(found[0]) else HIDDEN]
            at = end
        return "".join(out) + text[at:] if out else text


def _flat(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, and for each letter of that where it stands in the text."""
    out: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        for one in folded(char):
            out.append(one)
            offsets.append(at)
    return "".join(out), [*offsets, len(text)]


def _signed(node: Node) -> Node | None:
    """A suggestion without who made it and when; a comment without its author."""
    if node["t"] not in ("Span", "Div"):
        return None
    (identifier, classes, pairs), inner = node["c"]
    if not {"insertion", "deletion", "comment-start", "query"}.intersection(classes):
        return None
    kept = [pair for pair in pairs if pair[0] not in ("author", "date")]
    return {"t": node["t"], "c": [[identifier, classes, kept], walk(inner, _signed)]}
