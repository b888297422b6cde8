"""Notes at the end of the text instead of the foot of the page, where the front matter says ``endnotes: true``.

A note becomes a raised number that leads to its note, and the notes a section of paragraphs whose numbers lead back;
formats need to know nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from galley import pandoc
from galley.document import Document, Node

NOTE = frozenset({"Note"})
HEADER = frozenset({"Header"})
HEADINGS = {"en": "Notes", "de": "Anmerkungen", "es": "Notas", "fr": "Notes", "pt": "Notas", "tr": "Notlar"}
HEADINGS |= {"it": "Note", "nl": "Noten", "ur": "حواشی", "ar": "الحواشي"}


def collect(document: Document) -> Document:
    """The document with the notes of its text and appendices as a section at the end of the text.

    Notes of the title page stay where they are: they are about the article, not part of it.
    """
    notes = _Notes()
    blocks = tuple(pandoc.walk(document.blocks, notes.change, NOTE))
    back = tuple(pandoc.walk(document.back, notes.change, NOTE))
    if not notes.found:
        return document
    level = min((node["c"][0] for node in pandoc.each(blocks, HEADER)), default=1)
    title = HEADINGS.get(document.meta.lang[:2].lower(), HEADINGS["en"])
    head = pandoc.header(level, pandoc.inlines(title), "endnotes", ("unnumbered",))
    return replace(document, blocks=(*blocks, head, pandoc.div(notes.found, "", ("endnotes",))), back=back)


@dataclass(slots=True)
class _Notes:
    """The notes so far, each as the blocks it will be."""

    count: int = 0
    found: list[Node] = field(default_factory=list)

    def change(self, node: Node) -> Node:
        """The mark that stands in a note's place."""
        self.count += 1
        number = str(self.count)
        mark = _link(number, f"#endnote-{number}")
        self.found += _note(number, node["c"])
        return pandoc.span([{"t": "Superscript", "c": [mark]}], f"endnote-mark-{number}", ("endnote-mark",))


def _link(words: str, target: str) -> Node:
    return {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": words}], [target, ""]]}


def _note(number: str, blocks: Sequence[Node]) -> list[Node]:
    """A note with its number before its first words, or in a line of its own where it does not begin with any."""
    back = _link(number, f"#endnote-mark-{number}")
    head = [pandoc.span([back, {"t": "Str", "c": "."}], f"endnote-{number}", ("endnote",)), {"t": "Space"}]
    if blocks and blocks[0]["t"] in ("Para", "Plain"):
        return [pandoc.para([*head, *blocks[0]["c"]]), *blocks[1:]]
    return [pandoc.para(head[:1]), *blocks]
