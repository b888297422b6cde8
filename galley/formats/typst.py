"""A settled Document -> the tree Pandoc is to write as Typst: alternative texts carried through, links that hold,
words kept together that belong together, nothing foreign; and Python values -> Typst literals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from galley.document import Document, Node, Reference, reference_id
from galley.formats import typstfloats as floats
from galley.formats.abstracts import gathered
from galley.formats.pdfpictures import VIRTUAL
from galley.formats.pictures import inside
from galley.formats.remarks import remarked
from galley.formats.spoken import spoken
from galley.formats.typstmarks import called
from galley.formats.typstwords import glued, string
from galley.pandoc import each, para, plain, raw, raw_block, span, text, walk
from galley.patterns import pattern
from galley.report import fault
from galley.running import Text

NO_BREAK = {"t": "Str", "c": "\u00a0"}
BREAKS = ("Space", "SoftBreak")
LAST_LETTERS = 6
"""The least a paragraph's last line should hold: more would tear the line before it in a narrow column."""
SHORT = 10
"""A paragraph of fewer words and spaces than this is left alone."""
ANCHORED = {"Header": 1, "Figure": 0, "Table": 0, "Div": 0, "Span": 0}
"""The nodes whose identifier Pandoc writes as a Typst label, and where in them their attributes stand."""
TEXTS = frozenset({"Para", "Plain", "LineBlock", "Link", "Math", "Image", "RawInline", "RawBlock", "Cite"})
CHANGED = TEXTS.union(ANCHORED)
"""The nodes that are looked at one by one."""
REACHABLE = pattern(r"(?:https?|ftp|mailto|tel|doi):|[^:]+$", re.IGNORECASE)
GLUED = pattern(r"(?:\bet|\b(?:p|pp|para|paras|Vol|No|no|vol|ch|sec|Fig|Figs)\.|\b(?:Chapter|Section|Figure|Table))$")
"""Words after which a citation must not be broken."""
YEAR = pattern(r"[(\[]|\d{4}[a-z]?\b|n\.d\.")
"""Before these a citation must not be broken: a parenthesis, a year."""
INITIAL = pattern(r"(?:^|[\W_])[^\W\d_]\.$")
TAG = pattern(r"([A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?(?:-.*)?")
"""A tag of BCP 47: language and region."""
LENGTH = pattern(r"(\d+(?:\.\d+)?)(%|in|cm|mm|pt|em|px)?")


def ready(document: Document) -> tuple[list[Node], dict[str, list[Node]]]:
    """The body and the slots as Typst can take them; "back" becomes a slot of its own."""
    document = gathered(remarked(document))
    parts = [document.blocks, *document.slots.values(), document.back]
    listed = {reference_id(reference.key) for reference in document.references}
    known, unsought = _identifiers(parts)
    setting = _Setting(document, known | listed, listed | unsought)
    body = setting.blocks(floats.going_on(document.blocks))
    slots = {name: setting.blocks(blocks) for name, blocks in document.slots.items()}
    slots["back"] = setting.blocks(document.back)
    return body, {name: blocks for name, blocks in slots.items() if blocks}


def _identifiers(parts: Iterable[Any]) -> tuple[frozenset[str], set[str]]:
    """All identifiers there are, and those of citations to which no link leads: a label costs Typst time."""
    known, citations, sought = set(), set(), set()
    for node in each(list(parts), frozenset({*ANCHORED, "Link"})):
        if node["t"] == "Link":
            sought.add(unquote(node["c"][2][0].removeprefix("#")))
            continue
        identifier, classes, _ = node["c"][ANCHORED[node["t"]]]
        known.add(identifier)
        if "citation" in classes:
            citations.add(identifier)
    return frozenset(known - {""}), citations - sought


def references(document: Document) -> list[Node]:
    """The reference list, an entry a paragraph."""
    return [_reference(reference) for reference in document.references]


def _reference(reference: Reference) -> Node:
    """A paragraph that calls the theme's function for an entry of the reference list."""
    call = f"#reference({string(reference_id(reference.key))})["
    return para([raw("typst", call), *_knit(reference.inlines, cited=False), raw("typst", "]")])


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is known of the whole document while its nodes are changed one by one."""

    document: Document
    known: frozenset[str]
    used: set[str]
    caption: str | None = None

    def blocks(self, content: Sequence[Node]) -> list[Node]:
        changed: list[Node] = walk(content, self.change, CHANGED)
        return changed

    def change(self, node: Node) -> Node | list[Node] | None:
        """What stands in a node's place; None keeps it and goes on to its children."""
        match node["t"]:
            case "Para" | "Plain":
                return {"t": node["t"], "c": glued(self.blocks(_tied(floats.continued(node["c"]))))}
            case "LineBlock":
                return [
                    raw_block("typst", "#verse["),
                    {"t": "LineBlock", "c": self.blocks(node["c"])},
                    raw_block("typst", "]"),
                ]
            case "Link":
                return self._link(node)
            case "Math":
                head = f"#[#set math.equation(alt: {string(self._alt([node]))});"
                return [raw("typst", head), floats.maths(node), raw("typst", "]")]
            case "Image":
                return self._image(node)
            case "RawInline" | "RawBlock":
                return []
            case "Cite":
                return self.blocks(node["c"][1])
            case "Header" | "Figure" | "Table" | "Div" | "Span":
                return self._anchored(node)
        return None

    def _alt(self, content: Sequence[Node]) -> str:
        """The alternative text that PDF/UA-1 §7.3 asks for, of the equation in some content: its reading in English,
        its TeX in any other language."""
        tex: str = next(node for node in content if node["t"] == "Math")["c"][1].strip()
        return spoken(tex) if self.document.meta.lang[:2].lower() in ("en", "") else tex

    def _link(self, node: Node) -> Node | list[Node]:
        """A link to a place there is, or to an address a reader can be sent to; else its bare words."""
        _, words, (address, title) = node["c"]
        words = self.blocks(words)
        anchor = unquote(address[1:]) if address.startswith("#") else None
        holds = anchor in self.known if anchor is not None else REACHABLE.match(address)
        if not holds or not words:
            return words
        return {"t": "Link", "c": [["", [], []], words, [address if anchor is None else f"#{anchor}", title]]}

    def _anchored(self, node: Node) -> Node | list[Node]:
        """The node with an identifier used only once: Typst refuses links to a label that is set twice."""
        kind, content = node["t"], list(node["c"])
        identifier, classes, pairs = content[ANCHORED[kind]]
        identifier = "" if identifier in self.used else identifier
        self.used.add(identifier)
        content[ANCHORED[kind]] = [identifier, classes, [pair for pair in pairs if not pair[0].startswith("typst:")]]
        if kind == "Span" and "continued" in classes:
            return [raw("typst", "#continued;")]
        if kind == "Span" and not content[1]:
            return [raw("typst", f"#metadata(none)#label({string(identifier)})")] if identifier else []
        if kind in ("Div", "Span") and (marked := called(kind, content, self.blocks)) is not None:
            return marked
        if kind == "Span" and "pad" in classes:
            return [raw("typst", f"#hide({string(dict(pairs).get('pad', ''))})")]
        if kind == "Span" and "citation" in classes:
            return span(self.blocks(_knit(content[1])), identifier, classes)
        if kind == "Span" and "by-rows" in classes:
            return floats.rows(content[1], self._alt(content[1]))
        if kind == "Span" and "equation" in classes:
            return floats.equation(content[0], content[1], self.blocks([m for m in content[1] if m["t"] == "Math"]))
        if kind == "Div" and "listing" in classes:
            return floats.listing({"t": kind, "c": self.blocks(content)})
        if kind == "Div" and (name := next((c for c in classes if c in ("figure-wrap", "table-wrap")), "")):
            plain, spanning = floats.unspanned(content[1])
            return floats.spanned(spanning, floats.wrapped(name.removesuffix("-wrap"), self.blocks(plain)))
        if kind == "Div" and "endnotes" in classes:
            return [raw_block("typst", "#endnotes["), *self.blocks(content[1]), raw_block("typst", "]")]
        if kind in ("Div", "Span") and (said := _language(dict(pairs))):
            return self._foreign(kind, content, said)
        if kind == "Header":
            return floats.appendix({"t": kind, "c": walk(content, self.change, CHANGED)})
        if kind in ("Figure", "Table"):
            return self._float(kind, content)
        return {"t": kind, "c": walk(content, self.change, CHANGED)}

    def _foreign(self, kind: str, content: list[Any], said: str) -> list[Node]:
        """A passage in another language in a call of the theme's function for one."""
        if kind == "Span":
            return [raw("typst", f"#foreign-words({said})["), *self.blocks(content[1]), raw("typst", "]")]
        call = raw_block("typst", f"#foreign-passage({said})[")
        return [call, *self.blocks(content[1]), raw_block("typst", "]")]

    def _float(self, kind: str, content: list[Any]) -> list[Node]:
        """A figure or table with its label before its caption, figures of several panels with these side by side."""
        _, classes, pairs = content[0]
        grid = floats.columns(content) if kind == "Figure" and "panels" in classes else 0
        inner = floats.filled(content) if grid else floats.roomy(content) if kind == "Table" else content
        within = replace(self, caption=plain(content[1])) if kind == "Figure" else self
        attributes, caption, *rest = walk(inner, within.change, CHANGED)
        body = [floats.panels(rest[0], grid)] if grid else rest
        said = floats.captioned(kind.lower(), dict(pairs), caption)
        return floats.spanned(floats.spanning(classes), [{"t": kind, "c": [attributes, said, *body]}])

    def _image(self, node: Node) -> Node:
        """The picture with its alternative text; a caption is none, so without one PDF/UA will refuse it."""
        (_, _, pairs), words, (address, _) = node["c"]
        settings = dict(pairs)
        folder = self.document.folder
        path = address if inside(folder, address) else unquote(address)
        if not path.startswith(VIRTUAL) and inside(folder, path) is None:
            raise fault("image", address, "there is no such picture in the project's folder")
        sizes = [f"{side}: {size}" for side in ("width", "height") if (size := _length(settings.get(side, "")))]
        alt = settings.get("alt") or plain(words)
        texts = [f"alt: {string(alt)}"] if alt and alt != self.caption else []
        image = f"image({', '.join([string(path), *texts, *sizes])})"
        if settings.get("alt") == "":
            image = f"pdf.artifact({image})"
        return raw("typst", f"#box({image})" if self.caption is None else f"#{image}")


def _language(settings: Mapping[str, str]) -> str:
    """The arguments by which Typst is told of a language and its direction; "" where neither is given."""
    found = TAG.fullmatch(settings.get("lang", ""))
    parts = [f"lang: {string(found[1].lower())}"] if found else []
    parts += [f"region: {string(found[2].upper())}"] if found and found[2] else []
    parts += [f"dir: {settings['dir']}"] if settings.get("dir") in ("ltr", "rtl") else []
    return ", ".join(parts)


def _length(text: str) -> str:
    """A width or height as Typst writes it; pixels are of 1/96 inch. "" where it is none."""
    found = LENGTH.fullmatch(text.strip())
    if not found:
        return ""
    number, unit = found[1], found[2] or "px"
    return f"{float(number) * 0.75:g}pt" if unit == "px" else f"{number}{unit}"


# -- words that stay together ------------------------------------------------------------------------


def _tied(inlines: Sequence[Node]) -> Sequence[Node]:
    """No break between a word and the parenthesis of the citation after it, nor before a paragraph's last letters."""
    out = list(inlines)
    for at in inlines.others if type(inlines) is Text else range(1, len(out)):
        cited = out[at]["t"] == "Span" and "citation" in out[at]["c"][0][1] and _words(out[at]).startswith("(")
        if at and cited and out[at - 1]["t"] in BREAKS:
            out[at - 1] = NO_BREAK
    at, letters = len(out) - 1, 0
    while at > SHORT and letters < LAST_LETTERS and out[at]["t"] == "Str" and out[at - 1]["t"] in BREAKS:
        letters += len(out[at]["c"])
        out[at - 1] = NO_BREAK
        at -= 2
    return text(out)


def _knit(inlines: Sequence[Node], cited: bool = True) -> list[Node]:
    """No break between initials (J. R.); in citations none after "et" and "p." and none before a year."""
    out: list[Node] = []
    for at, node in enumerate(inlines):
        if node["t"] in BREAKS and 0 < at < len(inlines) - 1:
            before, after = _words(inlines[at - 1]), _words(inlines[at + 1])
            initials = before[-1:] == "." and after[1:2] == "." and after[0].isalpha() and INITIAL.search(before)
            node = NO_BREAK if initials or (cited and (GLUED.search(before) or YEAR.match(after))) else node
        elif node["t"] in ("Link", "Span"):
            attributes, words, *rest = node["c"]
            node = {"t": node["t"], "c": [attributes, _knit(words, cited), *rest]}
        out.append(node)
    return out


def _words(node: Node) -> str:
    return str(node["c"]) if node["t"] == "Str" else plain([node])


# -- literals ----------------------------------------------------------------------------------------


def literal(value: object) -> str:
    """A Typst literal of a string, number, truth value, None, date parts, list or mapping of these."""
    if value is None or isinstance(value, bool):
        return "none" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{string(str(key))}: {literal(item)}" for key, item in value.items())
        return f"({pairs})" if pairs else "(:)"
    if isinstance(value, list | tuple):
        return "(" + "".join(f"{literal(item)}, " for item in value).rstrip(" ") + ")"
    return string(str(value))


TOKEN = pattern(r"-?\d+(?:\.\d+)?(?:pt|mm|cm|in|em|%|fr|deg)")
COLOUR = pattern(r"#[0-9a-fA-F]{3,8}")


def token(value: object) -> str:
    """A Typst literal of a theme's tokens: "11pt", "75%" and "#20304a" become a length, a ratio and a colour."""
    if isinstance(value, str) and TOKEN.fullmatch(value):
        return value
    if isinstance(value, str) and COLOUR.fullmatch(value):
        return f"rgb({string(value)})"
    if isinstance(value, Mapping):
        pairs = "".join(f"{string(str(key))}: {token(item)}, " for key, item in value.items())
        return f"({pairs.rstrip()})" if pairs else "(:)"
    if isinstance(value, list | tuple):
        return "(" + "".join(f"{token(item)}, " for item in value).rstrip(" ") + ")"
    return literal(value)
