"""The parts of a figure, table, equation or listing as authors write them: labels found and taken out, images on a line
of their own lifted, attributes after equations read, notes put with what they belong to. Nodes in, nodes out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from galley import pandoc
from galley.document import Node
from galley.patterns import pattern
from galley.stages import maths
from galley.stages.snippets import markdown
from galley.stages.words import NOTE, TYPED

HASH = pattern(r"\(#([\w:.-]+)\)")
"""A label as bookdown writes it in captions: (\\#fig:x)."""
ATTRIBUTES = pattern(r"\{#([\w:.-]+)[^{}]*\}")
FIGURE = pattern(r"fig(?:ure)?[:-]", re.IGNORECASE)
LISTING = pattern(r"(?:lst|listing|code)[:-]", re.IGNORECASE)
BLANK = ("Space", "SoftBreak", "LineBreak")


# -- labels ------------------------------------------------------------------------------------------


def unlabelled(words: Sequence[Node]) -> tuple[list[Node], list[str]]:
    """Inlines without the labels in them, and those labels."""
    labels: list[str] = []

    def change(node: Node) -> Node | list[Node] | None:
        if node["t"] == "Span" and node["c"][0][1] == ["tex-label"]:
            labels.append(dict(node["c"][0][2])["name"])
            return []
        if node["t"] == "Str" and (found := HASH.search(node["c"])):
            labels.append(found[1])
            rest = HASH.sub("", node["c"])
            return [{"t": "Str", "c": rest}] if rest else []
        return None

    return trimmed(pandoc.walk(words, change)), labels


def trimmed(words: Sequence[Node]) -> list[Node]:
    """Inlines without spaces at their ends and double ones."""
    out = list(words)
    while out and out[-1]["t"] in BLANK:
        out.pop()
    while out and out[0]["t"] in BLANK:
        out.pop(0)
    return [node for at, node in enumerate(out) if not (node["t"] in BLANK and out[at - 1]["t"] in BLANK)]


def labelled(attributes: Sequence[Any], labels: Sequence[str]) -> list[Any]:
    """Attributes with the first label for an identifier where there is none, and the others in ``labels``."""
    identifier, classes, pairs = attributes
    every = [name for name in dict.fromkeys([identifier, *labels]) if name]
    first, more = (every[0], every[1:]) if every else ("", [])
    kept = [pair for pair in pairs if pair[0] != "labels"]
    before = dict(pairs).get("labels", "").split()
    more = [*before, *more]
    return [first, list(dict.fromkeys(classes)), [*kept, ["labels", " ".join(more)]] if more else kept]


# -- images ------------------------------------------------------------------------------------------


def bare_image(node: Node) -> Node | None:
    """An image whose identifier and classes have gone over to its figure."""
    if node["t"] != "Image":
        return None
    (_, _, pairs), words, target = node["c"]
    return {"t": "Image", "c": [["", [], described(pairs)], unlabelled(words)[0], target]}


def described(pairs: Sequence[Sequence[str]]) -> list[list[str]]:
    """An image's attributes, what Quarto calls ``fig-alt`` by the name ``alt``."""
    given = {pair[0] for pair in pairs}
    return [["alt" if pair[0] == "fig-alt" and "alt" not in given else pair[0], pair[1]] for pair in pairs]


def only_images(block: Node) -> list[Node]:
    """The images of a paragraph that holds nothing else."""
    if block["t"] not in ("Para", "Plain"):
        return []
    found = [node for node in block["c"] if node["t"] == "Image"]
    return found if all(node["t"] in ("Image", *BLANK) for node in block["c"]) else []


def panel(image: Node) -> Node:
    """An image in a line as a figure of its own, its words the caption."""
    attributes, words, target = image["c"]
    words, labels = unlabelled(words)
    plain: Node = {"t": "Plain", "c": [{"t": "Image", "c": [["", [], described(attributes[2])], words, target]}]}
    names = labelled((attributes[0], attributes[1], []), labels)
    return {"t": "Figure", "c": [names, [None, [{"t": "Plain", "c": words}] if words else []], [plain]]}


def lifted(node: Node) -> list[Node]:
    """A paragraph, with each image at the end of a line that bears a figure's label, and one with a caption that
    is the last line, made a figure between its parts; icons in a line stay there."""
    content = node["c"]
    if all(item["t"] != "Image" for item in pandoc.others(content)):
        return [node]
    out: list[Node] = []
    line: list[Node] = []
    lone = any(item["t"] == "Str" for item in content) and sum(item["t"] == "Image" for item in content) == 1
    for at, item in enumerate(content):
        before = content[at - 1]["t"] if at else "SoftBreak"
        last = lone and at == len(content) - 1
        alone = before in BLANK and (at == len(content) - 1 or content[at + 1]["t"] in ("SoftBreak", "LineBreak"))
        if (
            item["t"] == "Image"
            and alone
            and (
                FIGURE.match(item["c"][0][0])
                or unlabelled(item["c"][1])[1]
                or (last and before in ("SoftBreak", "LineBreak") and len(item["c"][1]) > 2 and not item["c"][0][1])
            )
        ):
            out += [pandoc.para(trimmed(line))] if trimmed(line) else []
            out.append(panel(item))
            line = []
        else:
            line.append(item)
    if not out:
        return [node]
    return [*out, *([pandoc.para(trimmed(line))] if trimmed(line) else [])]


# -- equations and listings --------------------------------------------------------------------------


def equations(content: Sequence[Node]) -> Sequence[Node]:
    """Inlines in which each display equation has the label that is written after it as ``{#eq:x}``."""
    if all(node["t"] != "Math" for node in pandoc.others(content)):
        return content
    out: list[Node] = []
    at = 0
    while at < len(content):
        node = content[at]
        at += 1
        if node["t"] != "Math" or node["c"][0]["t"] != "DisplayMath":
            out.append(node)
            continue
        label, at, rest = _attributes(content, at)
        out.append(equation(node, (label,) if label else ()))
        out += [{"t": "Str", "c": rest}] if rest else []
    return out


def _attributes(content: Sequence[Node], at: int) -> tuple[str, int, str]:
    """The label in braces after an offset, the offset behind it, and what is left of its last word."""
    here = at
    while here < len(content) and content[here]["t"] in BLANK:
        here += 1
    text = ""
    for end in range(here, min(here + 12, len(content))):
        text += content[end]["c"] if content[end]["t"] == "Str" else " "
        if not text.startswith("{"):
            break
        found = ATTRIBUTES.match(text)
        if found:
            return found[1], end + 1, text[found.end() :]
    return "", at, ""


def equation(node: Node, labels: Sequence[str]) -> Node:
    """A display equation: in a span where it is to be numbered, else bare, its TeX made fit to set."""
    read = maths.equation(node["c"][1])
    if not read.numbered and not labels:
        return {"t": "Math", "c": [{"t": "DisplayMath"}, read.tex()]}
    names = [*labels, *(() if read.by_rows else read.labels)]
    return {"t": "Span", "c": [labelled(("", ["equation"], []), names), [node]]}


def listing(node: Node) -> Node | None:
    """A block of code that has a caption or a listing's label; a fenced block ``math`` is a display equation."""
    (identifier, classes, pairs), text = node["c"]
    if classes == ["math"] and not pairs:
        shown = {"t": "Math", "c": [{"t": "DisplayMath"}, text]}
        return pandoc.para([equation(shown, (identifier,) if identifier else ())])
    settings = dict(pairs)
    caption = settings.get("caption") or settings.get("lst-cap") or settings.get("title") or ""
    identifier = identifier or settings.get("label", "") or settings.get("lst-label", "")
    if not LISTING.match(identifier) and not caption:
        return None
    used = ("caption", "lst-cap", "label", "lst-label", "title")
    code = {"t": "CodeBlock", "c": [["", classes, [pair for pair in pairs if pair[0] not in used]], text]}
    words = markdown([caption])[0][0]["c"] if caption else []
    return pandoc.div(
        [code, pandoc.div([pandoc.para(words)] if words else [], classes=["caption"])], identifier, ["listing"]
    )


# -- captions typed by hand --------------------------------------------------------------------------


def titled(blocks: Sequence[Node]) -> list[Node]:
    """Blocks in which a paragraph "Table 1. ..." next to a table without caption, or "Figure 1. ..." after an image
    without one, has become its caption."""
    out: list[Node] = []
    for at, block in enumerate(blocks):
        before = out[-1] if out else {"t": ""}
        if _typed(block, "figure") and len(images := only_images(before)) == 1 and not images[0]["c"][1]:
            out[-1] = _captioned(panel(images[0]), block)
        elif _typed(block, "table") and before["t"] == "Table" and not before["c"][1][1]:
            out[-1] = _captioned(before, block)
        elif block["t"] == "Table" and not block["c"][1][1] and _typed(before, "table"):
            later = at + 1 < len(blocks) and _typed(blocks[at + 1], "table")
            out[-1:] = [before, block] if later else [_captioned(block, before)]
        else:
            out.append(block)
    return out


def _typed(block: Node, kind: str) -> bool:
    """Whether a paragraph is a caption with its label typed, and a mark after it: "Table 1: Ages"."""
    if block["t"] != "Para" or len(block["c"]) < 3 or block["c"][0]["t"] not in ("Str", "Strong", "Emph"):
        return False
    found = TYPED[kind].match(pandoc.plain(block["c"][:6]) + " ")
    return found is not None and found[0].rstrip("\u00a0 ")[-1:] in ".:)–—-"


def _captioned(node: Node, words: Node) -> Node:
    attributes, (short, _), *rest = node["c"]
    text, labels = unlabelled(words["c"])
    caption = [{"t": "Plain", "c": text}]
    return {"t": node["t"], "c": [labelled(attributes, labels), [short, caption], *rest]}


# -- notes -------------------------------------------------------------------------------------------


def with_notes(blocks: Sequence[Node]) -> list[Node]:
    """Blocks in which a figure or table stands in one division with the notes that follow it."""
    out: list[Node] = []
    for block in blocks:
        last = out[-1]["t"] if out else ""
        if last in ("Figure", "Table") and is_note(block):
            notes = block if block["t"] == "Div" else pandoc.div([block], classes=["notes"])
            out[-1] = pandoc.div([out[-1], notes], classes=[f"{last.lower()}-wrap"])
        else:
            out.append(block)
    return out


def is_note(block: Node) -> bool:
    """Whether a block is notes: a division of that class, or a paragraph that begins with *Note.* in italics."""
    if block["t"] == "Div":
        return "notes" in block["c"][0][1]
    if block["t"] != "Para" or not block["c"]:
        return False
    first = block["c"][0]
    return first["t"] == "Emph" and pandoc.plain(first["c"]).strip(" .:").lower() in NOTE
