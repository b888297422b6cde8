"""Figures and tables of a typed manuscript: captions typed beside them join them, and "Figure 2" becomes a reference.

Only where the typed numbers run from 1 without a gap: then ours will be the same. Else all stays as typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from galley.document import Node
from galley.pandoc import attr, plain, walk
from galley.patterns import pattern

LABEL = pattern(r"\s*(Figure|Fig\.?|Table|Tab\.)\s*(\d{1,3})\s*[.:|–—]?\s*")
MENTION = pattern(r"(\W*)(\d{1,3})(\W*)")
WORDS = {"figure": "fig", "fig": "fig", "table": "tbl", "tab": "tbl"}


class Caption(NamedTuple):
    """A caption as typed: what it is of ("fig", "tbl"), its number, and its inlines without the label."""

    kind: str
    number: int
    inlines: list[Node]


def settled(blocks: Sequence[Node]) -> list[Node]:
    """The blocks with figures and tables under their captions and labels, and with references to them."""
    joined = _joined([_unboxed(block) for block in blocks])
    numbers = {"fig": list[int](), "tbl": list[int]()}
    for block in joined:
        kind, number = _labelled(block)
        if kind:
            numbers[kind].append(number)
    known = {kind: found for kind, found in numbers.items() if found == list(range(1, len(found) + 1)) and found}
    if any(found and kind not in known for kind, found in numbers.items()) or not known:
        return [_unboxed(block) for block in blocks]
    last = {kind: found[-1] for kind, found in known.items()}
    return _referring(joined, last)


def _unboxed(block: Node) -> Node:
    """A table of one column that holds nothing but a picture and its caption, as a figure."""
    if block["t"] != "Table" or len(block["c"][2]) != 1:
        return block
    cells = [cell for body in block["c"][4] for row in body[3] for cell in row[1]]
    held = [part for row in block["c"][3][1] for cell in row[1] for part in cell[4]]
    held += [part for cell in cells for part in cell[4]]
    pictures = [part for part in held if _is_picture(part)]
    words = [part for part in held if not _is_picture(part) and plain(part).strip()]
    caption = list(block["c"][1][1])
    if len(pictures) != 1 or len(words) > 1 or (words and caption and plain(words) != plain(caption)):
        return block
    return {"t": "Figure", "c": [block["c"][0], [None, caption or words], [_plain(pictures[0])]]}


def _is_picture(block: Node) -> bool:
    if block["t"] == "Figure":
        return not plain(block["c"][1][1]).strip()
    return block["t"] in ("Para", "Plain") and [n["t"] for n in block["c"] if n["t"] not in ("Space", "SoftBreak")] == [
        "Image"
    ]


def _plain(block: Node) -> Node:
    return block["c"][2][0] if block["t"] == "Figure" else {"t": "Plain", "c": block["c"]}


def _joined(blocks: Sequence[Node]) -> list[Node]:
    """Each picture and table with the caption typed right before or behind it."""
    done: list[Node] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if _is_picture(block) or block["t"] in ("Figure", "Table"):
            caption, before, behind = _caption(block, done, blocks[at + 1 :])
            if caption:
                del done[len(done) - before :]
                done.append(_with_caption(block, caption))
                at += 1 + behind
                continue
        done.append(block)
        at += 1
    return done


def _caption(block: Node, before: Sequence[Node], behind: Sequence[Node]) -> tuple[Caption | None, int, int]:
    """The caption of a float, and how many paragraphs before and behind it that is."""
    wanted = "tbl" if block["t"] == "Table" else "fig"
    if block["t"] in ("Figure", "Table"):
        own = [part for part in block["c"][1][1] if part["t"] in ("Para", "Plain")]
        found = _read(own[0]["c"]) if own else None
        if found and found.kind == wanted:
            return found, 0, 0
    if before:
        found = _read_block(before[-1])
        if found and found.kind == wanted and found.inlines:
            return found, 1, 0
        if len(before) > 1 and (label := _read_block(before[-2])) and not label.inlines and label.kind == wanted:
            title = before[-1]
            if title["t"] == "Para" and all(node["t"] in ("Emph", "Space") for node in title["c"]):
                inner = [part for node in title["c"] for part in (node["c"] if node["t"] == "Emph" else [node])]
                return label._replace(inlines=inner), 2, 0
    if behind and wanted == "fig":
        found = _read_block(behind[0])
        if found and found.kind == wanted and found.inlines:
            return found, 0, 1
    return None, 0, 0


def _read_block(block: Node) -> Caption | None:
    return _read(block["c"]) if block["t"] in ("Para", "Plain") else None


def _read(inlines: Sequence[Node]) -> Caption | None:
    """A caption by its label at the start, whatever face that is in."""
    found = LABEL.match(plain(list(inlines)))
    if not found:
        return None
    kind = WORDS[found[1].lower().rstrip(".")]
    return Caption(kind, int(found[2]), _behind(inlines, found.end()))


def _behind(inlines: Sequence[Node], count: int) -> list[Node]:
    """The inlines without their first characters."""
    done: list[Node] = []
    for node in inlines:
        length = len(plain([node]))
        if count >= length > 0 or (count and not length):
            count -= length
            continue
        if count and node["t"] == "Str":
            done.append({"t": "Str", "c": node["c"][count:]})
        elif count and isinstance(node.get("c"), list) and node["t"] in ("Emph", "Strong"):
            done.append({"t": node["t"], "c": _behind(node["c"], count)})
        else:
            done.append(node)
        count = 0
    while done and done[0]["t"] in ("Space", "SoftBreak", "LineBreak"):
        done.pop(0)
    return done


def _with_caption(block: Node, caption: Caption) -> Node:
    label = attr(f"{caption.kind}:{caption.number}")
    words = [None, [{"t": "Plain", "c": caption.inlines}] if caption.inlines else []]
    if block["t"] == "Table":
        return {"t": "Table", "c": [label, words, *block["c"][2:]]}
    return {"t": "Figure", "c": [label, words, block["c"][2] if block["t"] == "Figure" else [_plain(block)]]}


def _labelled(block: Node) -> tuple[str, int]:
    if block["t"] not in ("Figure", "Table"):
        return "", 0
    kind, _, number = block["c"][0][0].partition(":")
    return (kind, int(number)) if kind in ("fig", "tbl") and number.isdecimal() and len(number) < 10 else ("", 0)


def _referring(blocks: Sequence[Node], last: dict[str, int]) -> list[Node]:
    """The blocks with "Figure 2" as a reference, wherever a figure 2 is there."""

    def change(node: Node) -> Node | None:
        content: Any = node.get("c")
        if node["t"] in ("Para", "Plain"):
            return {"t": node["t"], "c": list(_mentions(content, last))}
        return None

    return list(walk(list(blocks), change, frozenset({"Para", "Plain"})))


def _mentions(inlines: Sequence[Node], last: dict[str, int]) -> Iterable[Node]:
    at = 0
    while at < len(inlines):
        node = inlines[at]
        word = node["c"] if node["t"] == "Str" else ""
        opening = word[: len(word) - len(word.lstrip("(["))]
        kind = WORDS.get(word[len(opening) :].lower().rstrip("."), "")
        two = inlines[at + 1 : at + 3]
        if kind and len(two) == 2 and two[0]["t"] in ("Space", "SoftBreak") and two[1]["t"] == "Str":
            found = MENTION.fullmatch(two[1]["c"])
            if found and not found[1] and 1 <= int(found[2]) <= last.get(kind, 0) and word[len(opening)].isupper():
                yield from [{"t": "Str", "c": opening}] if opening else []
                yield _reference(f"{kind}:{found[2]}")
                yield from [{"t": "Str", "c": found[3]}] if found[3] else []
                at += 3
                continue
        yield node
        at += 1


def _reference(label: str) -> Node:
    cited = {
        "citationId": label,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "AuthorInText"},
        "citationNoteNum": 1,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[cited], [{"t": "Str", "c": f"@{label}"}]]}
