"""Raw TeX in a Markdown manuscript -> nodes of the tree: what an author meant to be printed is, layout is left out,
labels and references become marks for the numbering. What is not understood is noted, never lost in silence.

The words inside ``\\textbf{...}``, a caption or a figure's notes are Markdown with TeX in it, as the author wrote it,
so Pandoc reads them again, all of one depth in one process; tables and lists go to its LaTeX reader, also in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from galley import pandoc
from galley.document import Document, Leftover, Node
from galley.patterns import pattern
from galley.stages import maths, tex, texfloats
from galley.stages.snippets import latex, markdown
from galley.stages.texciting import citation
from galley.stages.texgroups import GROUPED, unbraced
from galley.stages.texwords import CITING, IDLE, REFERRING, SYMBOLS, UNPRINTED, WRAPPERS, ismaths

DEPTH = 8
"""How deep commands may stand in one another."""
TEX = ("tex", "latex")
KINDS = frozenset({"RawInline", "RawBlock", "Math", "Figure"})
BOXES = frozenset({"Span", "Div"})
QUOTES = pattern(r"(?:^|[\s(\[])`[^`'\s]+'", re.MULTILINE)
HEADINGS = ("section", "subsection", "subsubsection", "paragraph")
SIMPLE = pattern(r"[^\\*_`$@\[\]{}<>^~|#&'\"%\n-]*")
"""Words that mean the same in Markdown and as they stand."""
ESCAPED = pattern(r"\\(?:(?:text(?:it|bf|tt|sc|rm)|emph|underline)\{[^{}]*\}|[%&_#$])")
"""A command whose backslash the author doubled, as strings of R have it, so that Pandoc took it for words."""

QUOTED = pattern(r"(^|[(\[])`([^`’\s]+)’")
"""A word in LaTeX's quotation marks; Pandoc has made an apostrophe of the second."""


def recover(document: Document) -> Document:
    """The document without raw TeX; its ``leftovers`` tell what could not be set as meant."""
    text = "\n".join(file.text for file in document.files if not file.name.endswith(".bib"))
    kinds = KINDS | {"Str"} if "\\\\" in text or QUOTES.search(text) else KINDS
    finding = Finding(document, tex.macros(text), kinds)
    grouped = unbraced if GROUPED.search(text) else list
    slots = {name: tuple(finding.settled(grouped(blocks))) for name, blocks in document.slots.items()}
    blocks = tuple(finding.settled(grouped(document.blocks)))
    return replace(document, slots=slots, blocks=blocks, leftovers=(*document.leftovers, *finding.leftovers))


@dataclass(slots=True)
class Finding:
    """One pass over a document; snippets that Pandoc must read wait here, a numbered box in the tree for each."""

    document: Document
    known: Mapping[str, tex.Macro]
    kinds: frozenset[str]
    leftovers: list[Leftover] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)

    def settled(self, blocks: Sequence[Node]) -> list[Node]:
        """Blocks in which nothing is TeX any more."""
        for _ in range(DEPTH):
            blocks = pandoc.walk(blocks, self.change, self.kinds)
            if not self.waiting and not self.tables:
                break
            blocks = self._filled(blocks)
        return list(blocks)

    def _filled(self, blocks: Sequence[Node]) -> list[Node]:
        words, tables = markdown(self.waiting), latex(self.tables)
        for source, found in zip(self.tables, tables, strict=True):
            if found is None:
                self.note("raw-tex", source, "this piece of LaTeX cannot be read", "write it in Markdown", lost=True)
        self.waiting, self.tables = [], []

        def fill(node: Node) -> list[Node] | None:
            if node["t"] not in ("Span", "Div") or node["c"][0][1][:1] != ["galley-box"]:
                return None
            kind, at = node["c"][0][2][0]
            found = (words if kind == "words" else tables)[int(at)] or []
            return _lines(found) if node["t"] == "Span" else list(found)

        return list(pandoc.walk(blocks, fill, BOXES))

    # -- what stands in a node's place -----------------------------------------------------------------

    def change(self, node: Node) -> Node | list[Node] | None:
        """Nodes for a piece of raw TeX and for maths; None for all else."""
        kind = node["t"]
        if kind == "RawInline" and node["c"][0] in TEX:
            return self.inlines(node["c"][1])
        if kind == "RawBlock" and node["c"][0] in TEX:
            return self.blocks(node["c"][1])
        if kind == "Math":
            style, source = node["c"]
            source = tex.expanded(source, self.known)
            return {"t": "Math", "c": [style, maths.inline(source) if style["t"] == "InlineMath" else source]}
        if kind == "Str" and "\\" in node["c"] and ESCAPED.search(node["c"]):
            return self.escaped(node["c"])
        if kind == "Str" and "`" in node["c"]:
            return {"t": "Str", "c": QUOTED.sub(r"\1‘\2’", node["c"])}
        if kind == "Figure" and not _is_raw(node["c"][2]):
            return self._figure(node)
        return None

    def _figure(self, node: Node) -> Node:
        """A figure. Pandoc gives its image the caption for a text; that says nothing more and is read only once."""
        attributes, (short, caption), body = node["c"]
        said = [block["c"] for block in caption]

        def within(inner: Node) -> Node | list[Node] | None:
            if inner["t"] == "Image" and [inner["c"][1]] == said and "alt" not in dict(inner["c"][0][2]):
                return {"t": "Image", "c": [inner["c"][0], [], inner["c"][2]]}
            return self.change(inner)

        return {
            "t": "Figure",
            "c": [
                attributes,
                [short, pandoc.walk(caption, self.change, self.kinds)],
                pandoc.walk(body, within, self.kinds | {"Image"}),
            ],
        }

    def escaped(self, text: str) -> list[Node]:
        """Words in which a command was escaped."""
        out: list[Node] = []
        at = 0
        for found in ESCAPED.finditer(text):
            out += pandoc.inlines(text[at : found.start()]) + self.inlines(found[0])
            at = found.end()
        return out + pandoc.inlines(text[at:])

    # -- inlines ---------------------------------------------------------------------------------------

    def inlines(self, source: str) -> list[Node]:
        """What a piece of TeX in a line prints."""
        source = tex.expanded(source, self.known)
        out: list[Node] = []
        for piece in tex.pieces(source):
            if isinstance(piece, tex.Environment):
                out += self._environment_in_line(piece)
            elif isinstance(piece, tex.Command):
                out += self.command(piece)
            else:
                out += self.text(piece.source)
        return out

    def _environment_in_line(self, piece: tex.Environment) -> list[Node]:
        if maths.is_environment(piece.source):
            return [{"t": "Math", "c": [{"t": "DisplayMath"}, piece.source]}]
        return [pandoc.span(_lines(self.environment(piece)))]

    def command(self, piece: tex.Command) -> list[Node]:
        """What one command prints."""
        name, arguments = piece.name, piece.arguments
        if name == "label":
            return [mark("tex-label", name=arguments[0].strip())] if arguments else []
        if name in REFERRING and arguments:
            names = ",".join(part.strip() for part in arguments[0].split(","))
            return [mark("tex-ref", kind=REFERRING[name], names=names), *self._rest(arguments[1:])]
        if name in CITING and arguments:
            return [*citation(piece, self.document.meta.lang), *self._rest(arguments[1:])]
        if name in WRAPPERS and arguments:
            return [*WRAPPERS[name](piece, self.words)]
        if name == "hyperref" and piece.options and arguments:
            return [{"t": "Link", "c": [pandoc.attr(), self.words(arguments[0]), [f"#{piece.options[0]}", ""]]}]
        if name == "includegraphics" and arguments:
            return [texfloats.picture(self.document.folder, piece)]
        gap: list[Node] = [{"t": "Space"}] if piece.source[-1:] == " " else []
        if name in SYMBOLS:
            return [*SYMBOLS[name](), *(gap if name.isalpha() else []), *self._rest(arguments)]
        if name in UNPRINTED:
            message = f"\\{name} is a remark and not printed"
            self.note("raw-tex", f"\\{name}", message, "take it out before the article is published")
            return []
        if name in IDLE:
            return [{"t": "Space"}] if name in ("hspace", "hfill", "quad", "tab") else []
        if ismaths(name):
            return [{"t": "Math", "c": [{"t": "InlineMath"}, piece.source.strip()]}, *gap]
        return self._unknown(piece)

    def _rest(self, arguments: Iterable[str]) -> list[Node]:
        """Groups that merely stand after a command that takes none."""
        return [node for argument in arguments for node in self.words(argument)]

    def _unknown(self, piece: tex.Command) -> list[Node]:
        hint = "define it with \\newcommand, or write it in Markdown"
        if not piece.arguments:
            self.note(
                "raw-tex", piece.source.strip(), f"the TeX command \\{piece.name} is not known and left out", hint
            )
            return []
        message = f"the TeX command \\{piece.name} is not known; its content is printed as it is"
        self.note("raw-tex", f"\\{piece.name}", message, hint)
        return self._rest(piece.arguments)

    def words(self, source: str) -> list[Node]:
        """Words inside a command: read by Pandoc, at once only where they are plain."""
        source = tex.ungrouped(source)
        if SIMPLE.fullmatch(source):
            return pandoc.inlines(source)
        self.waiting.append(source)
        return [pandoc.span([], classes=["galley-box"], words=str(len(self.waiting) - 1))]

    def text(self, source: str) -> list[Node]:
        """Words between commands, with the room that stands before and behind them."""
        words = self.words(source.strip()) if source.strip() else []
        before = [{"t": "Space"}] if source[:1].isspace() else []
        return [*before, *words, *([{"t": "Space"}] if words and source[-1:].isspace() else [])]

    # -- blocks ----------------------------------------------------------------------------------------

    def blocks(self, source: str) -> list[Node]:
        """What a block of TeX prints."""
        out: list[Node] = []
        line: list[Node] = []
        for piece in tex.pieces(tex.COMMENT.sub("", tex.expanded(source, self.known))):
            if isinstance(piece, tex.Environment):
                out += [*_paragraph(line), *self.environment(piece)]
                line = []
            elif isinstance(piece, tex.Command) and piece.name in ("appendix", "appendices"):
                out += [*_paragraph(line), pandoc.div([], classes=["tex-appendix"])]
                line = []
            elif isinstance(piece, tex.Command) and piece.name in HEADINGS and piece.arguments:
                level = HEADINGS.index(piece.name) + 1
                out += [*_paragraph(line), pandoc.header(level, self.words(piece.arguments[0]))]
                line = []
            elif isinstance(piece, tex.Command):
                line += self.command(piece)
            else:
                first, *rest = re.split(r"\n\s*\n", piece.source)
                line += self.text(first)
                for paragraph in rest:
                    out += _paragraph(line)
                    line = self.text(paragraph)
        return out + _paragraph(line)

    def environment(self, piece: tex.Environment) -> list[Node]:
        """What an environment prints."""
        if maths.is_environment(piece.source):
            return [pandoc.para([{"t": "Math", "c": [{"t": "DisplayMath"}, piece.source]}])]
        if piece.name in texfloats.FIGURES:
            return texfloats.figures(self, piece)
        if piece.name in texfloats.TABLES:
            return texfloats.tables(self, piece)
        if piece.name in texfloats.TRANSPARENT:
            return self.blocks(piece.body)
        if piece.name in texfloats.DRAWINGS:
            message = f"a drawing in TeX ({piece.name}) cannot be set"
            self.note("raw-tex", piece.source, message, "save it as an SVG or PDF and put it in as a figure", lost=True)
            return []
        if piece.name in ("comment", "CCSXML"):
            return []
        return [self.table(piece.source)]

    def table(self, source: str) -> Node:
        """A box for what Pandoc's LaTeX reader makes of a table, a list or the like."""
        self.tables.append(source)
        return pandoc.div([], classes=["galley-box"], tables=str(len(self.tables) - 1))

    def note(self, code: str, text: str, message: str, hint: str, lost: bool = False) -> None:
        """Remember what could not be set as meant; the same words only once."""
        found = Leftover(code, text, message, hint, lost)
        if all(found.message != other.message or lost for other in self.leftovers):
            self.leftovers.append(found)


def mark(kind: str, /, **pairs: str) -> Node:
    """An empty span that a later stage reads."""
    return pandoc.span([], classes=[kind], **pairs)


def _paragraph(line: Sequence[Node]) -> list[Node]:
    """A paragraph of inlines that print something or mark a place."""
    content = list(line)
    while content and content[0]["t"] in ("Space", "SoftBreak", "LineBreak"):
        content.pop(0)
    while content and content[-1]["t"] in ("Space", "SoftBreak", "LineBreak"):
        content.pop()
    return [pandoc.para(content)] if content else []


def _lines(blocks: Sequence[Node]) -> list[Node]:
    """Blocks as inlines: paragraphs run together, with a space between."""
    out: list[Node] = []
    for block in blocks:
        out += [{"t": "Space"}] if out else []
        if block["t"] in ("Para", "Plain"):
            out += block["c"]
        elif block["t"] == "Div":
            out.append({"t": "Span", "c": [block["c"][0], _lines(block["c"][1])]})
        else:
            out += pandoc.inlines(pandoc.plain(block))
    return out


def _is_raw(body: Sequence[Node]) -> bool:
    return any(node["t"] in ("RawBlock", "RawInline") for node in body)
