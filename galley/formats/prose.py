"""The manuscript as running text with every citation and the reference list resolved: one paragraph a line.

In ``md`` italics stand between asterisks and nothing else is marked up; ``txt`` is the bare words. For mail, for
readers of plain text, and for measuring. Blocks become lines here; what stands in a line is ``proselines``'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from galley.document import Document, Node
from galley.formats.abstracts import gathered
from galley.formats.proselines import Lines, letters
from galley.formats.remarks import settled
from galley.frontmatter import STATEMENTS
from galley.pandoc import inlines
from galley.theme import Theme

CODE = "    "
"""What code is moved in by: in Markdown it is then left as it is."""


def write_md(document: Document, theme: Theme) -> bytes:
    """The text with italics between asterisks; asterisks and backslashes of the text itself are escaped."""
    return _written(document, theme, marked=True)


def write_txt(document: Document, theme: Theme) -> bytes:
    """The bare text."""
    return _written(document, theme, marked=False)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Turns blocks into paragraphs, of which only code, verse and the rows of a table have several lines.

    ``stacked`` says whether a label stands on a line of its own above the title (APA 7 §7.10).
    """

    lines: Lines
    stacked: bool

    def each(self, blocks: Iterable[Node]) -> Iterator[str]:
        """The paragraphs of these blocks."""
        for block in blocks:
            yield from self.block(block)

    def joined(self, blocks: Iterable[Node]) -> str:
        """These blocks in one line."""
        return " ".join(" ".join(self.each(blocks)).split())

    def block(self, node: Node) -> Iterator[str]:
        """The paragraphs of a block."""
        kind, content = node["t"], node.get("c")
        match kind:
            case "Para" | "Plain":
                yield from self.paragraph(content or [])
            case "Header":
                yield from self.heading(content)
            case "CodeBlock":
                yield "\n".join(CODE + text for text in content[1].splitlines())  # type: ignore[index]
            case "LineBlock":
                yield self.lines.broken(_spaced(self.lines.line(one)) for one in content or ())
            case "BulletList":
                yield from self.items(("– " for _ in content or ()), content or [])
            case "OrderedList":
                yield from self.items(letters(*content), content[1])  # type: ignore[misc, index]
            case "DefinitionList":
                for term, definitions in content or ():
                    yield from self.definition(_spaced(self.lines.line(term)), definitions)
            case "Table":
                yield from self.table(content)
            case "Figure":
                yield from self.figure(content)
            case "RawBlock" | "HorizontalRule":
                return
            case "BlockQuote":
                yield from self.each(content or ())
            case "Div" if "listing" in content[0][1]:  # type: ignore[index]  # what a node of this kind holds
                yield from self.listing(content)
            case _:
                yield from self.each(content[1] if isinstance(content, list) and len(content) > 1 else ())

    def paragraph(self, content: Sequence[Node]) -> Iterator[str]:
        """A paragraph, parted where an equation stands on lines of its own."""
        for text in self.lines.line(content).split("\n"):
            yield _spaced(text)

    def heading(self, content: Any) -> Iterator[str]:
        """A heading after its number or, of an appendix, its label."""
        _, (_, _, pairs), words = content
        said, text = dict(pairs), _spaced(self.lines.line(words))
        label = _spaced(said.get("label", ""))
        if label:
            yield f"{label}. {text}" if text else label
        else:
            yield f"{said.get('number', '')} {text}".strip()

    def items(self, marks: Iterable[str], items: Sequence[Any]) -> Iterator[str]:
        """The items of a list after their marks."""
        for mark, item in zip(marks, items, strict=False):
            for at, text in enumerate(self.each(item)):
                yield text if at else mark + text

    def definition(self, term: str, definitions: Sequence[Any]) -> Iterator[str]:
        """A term and in its line the first paragraph of what it means."""
        texts = [text for one in definitions for text in self.each(one)]
        if texts and not texts[0].startswith(CODE):
            texts[0] = f"{term}{'' if term[-1:] in '.:!?' else ':'} {texts[0]}"
        else:
            texts.insert(0, term)
        yield from texts

    # -- numbered objects ------------------------------------------------------------------------------

    def titled(self, pairs: Sequence[Any], caption: Sequence[Node]) -> Iterator[str]:
        """A label and a caption: one above the other with the title in italics, or in one line."""
        said: dict[str, str] = dict(pairs)
        label = f"({said['panel']})" if "panel" in said else _spaced(said.get("label", ""))
        if not label:
            yield from self.each(caption)
            return
        stacked = self.stacked and "panel" not in said
        if stacked:
            yield label
            if caption and caption[0]["t"] in ("Para", "Plain"):
                caption = [{"t": "Para", "c": [{"t": "Emph", "c": caption[0]["c"]}]}, *caption[1:]]
        texts = list(self.each(caption))
        if not stacked:
            stop = "" if "panel" in said else "."
            texts[:1] = [f"{label}{stop} {texts[0]}" if texts else label]
        yield from texts

    def table(self, content: Any) -> Iterator[str]:
        """A table's title and its rows, a line each, with tabs between the cells."""
        (_, _, pairs), caption, _, head, bodies, foot = content
        yield from self.titled(pairs, caption[1])
        rows = [*head[1], *(row for body in bodies for part in body[2:] for row in part), *foot[1]]
        yield self.lines.broken("\t".join(self.joined(cell[4]) for cell in row[1]) for row in rows)

    def figure(self, content: Any) -> Iterator[str]:
        """The captions of a figure's panels and its own; of what it holds all but pictures, which cannot be said."""
        (_, _, pairs), caption, body = content
        for block in body:
            if block["t"] not in ("Para", "Plain") or any(node["t"] != "Image" for node in _solid(block["c"])):
                yield from self.block(block)
        yield from self.titled(pairs, caption[1])

    def listing(self, content: Any) -> Iterator[str]:
        """A listing's caption and its code."""
        (_, _, pairs), blocks = content
        caption = [inner for block in blocks if block["t"] == "Div" for inner in block["c"][1]]
        yield from self.titled(pairs, caption)
        yield from self.each(block for block in blocks if block["t"] != "Div")


def _solid(content: Sequence[Node]) -> Iterator[Node]:
    """What in a line is more than a blank."""
    return (node for node in content if node["t"] not in ("Space", "SoftBreak", "LineBreak"))


def _spaced(text: str) -> str:
    """A text with one blank wherever it has several, or one that does not break."""
    return " ".join(text.split())


def _written(document: Document, theme: Theme, marked: bool) -> bytes:
    lines = Lines(marked)
    blocks = _Blocks(lines, theme.tokens.get("captions", {}).get("layout") == "stacked")
    lines.blocks = blocks.joined
    out = [text for text in _parts(document, theme, blocks) if text.strip()]
    if lines.notes:
        out.append("Notes")
        out.extend(f"[{number}] {text}" for number, text in enumerate(lines.notes, 1))
    return ("\n\n".join(out) + "\n").encode()


def _parts(document: Document, theme: Theme, blocks: _Blocks) -> Iterator[str]:
    """The paragraphs of an article in the order of its pages."""
    words, lines, meta = theme.tokens.get("words", {}), blocks.lines, document.meta
    document = settled(document)
    slots = gathered(document).slots
    for name in ("title", "subtitle"):
        yield from blocks.each(slots.get(name, ()))
    yield lines.words(", ".join(author.name for author in meta.authors))
    yield from blocks.each(slots.get("author-note", ()))
    if slots.get("abstract"):
        yield str(words.get("abstract", "Abstract"))
        yield from blocks.each(slots["abstract"])
    if meta.keywords:
        label = {"t": "Emph", "c": inlines(f"{words.get('keywords', 'Keywords')}:")}
        yield lines.line([label, {"t": "Space"}, *inlines(", ".join(meta.keywords))])
    yield from blocks.each(document.blocks)
    for name, title in STATEMENTS.items():
        if name in slots:
            texts = list(blocks.each(slots[name]))
            runs_in = bool(texts) and slots[name][0]["t"] in ("Para", "Plain")
            yield from [f"{title}: {texts[0]}", *texts[1:]] if runs_in else [f"{title}:" if texts else title, *texts]
    if document.references:
        yield str(words.get("references", "References"))
        yield from (_spaced(lines.line(reference.inlines)) for reference in document.references)
    yield from blocks.each(document.back)
