"""A response to reviewers, as written -> the letter as it is set: each comment with its answer, and what an answer
refers to in the manuscript with its page, its line and its words.

A comment begins at a heading that is its id ("R1.1"), or at a paragraph that begins with it in brackets; what is set
as a quotation under it is the reviewer's, all else the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from galley.document import Document, Node
from galley.pandoc import each, header, inlines, para, plain, span, walk
from galley.patterns import pattern

ID = pattern(r"[A-Z]{1,3}\d{1,2}(?:\.\d{1,3}){0,2}[a-z]?")
BRACKETED = pattern(r"\[(" + ID.pattern + r")\]")
NAMED = {"Span": 0, "Div": 0, "Header": 1, "Figure": 0, "Table": 0, "Link": 0}
SAID = "galley-said-"
LONGEST = 1200
"""Letters of the manuscript that an answer quotes at most."""
SPACES = ("Space", "SoftBreak")


class Item(NamedTuple):
    """A comment: its id, the words of its heading behind that, what the reviewer says, what is answered."""

    id: str
    title: list[Node]
    comment: tuple[Node, ...]
    answer: tuple[Node, ...]


class Letter(NamedTuple):
    """A response: blocks that stand by themselves and items, in order."""

    parts: tuple[Node | Item, ...]

    @property
    def items(self) -> dict[str, Item]:
        """The items by their ids, the first of each."""
        found: dict[str, Item] = {}
        for one in self.parts:
            if isinstance(one, Item):
                found.setdefault(one.id, one)
        return found


def letter(blocks: Sequence[Node]) -> Letter:
    """The response parted into its items."""
    parts: list[Node | Item] = []
    for block in blocks:
        begun = _begun(block)
        if begun:
            parts.append(begun)
        elif block["t"] == "Header" or not parts or not isinstance(parts[-1], Item):
            parts.append(block)
        else:
            last = parts[-1]
            if block["t"] == "BlockQuote" and not last.answer:
                parts[-1] = last._replace(comment=(*last.comment, *block["c"]))
            else:
                parts[-1] = last._replace(answer=(*last.answer, block))
    return Letter(tuple(parts))


def _begun(block: Node) -> Item | None:
    """The item that a heading or a paragraph begins, None where it begins none."""
    words = block["c"][2] if block["t"] == "Header" else block["c"] if block["t"] == "Para" else []
    first = words[0]["c"] if words and words[0]["t"] == "Str" else ""
    rest = words[2:] if len(words) > 1 and words[1]["t"] in SPACES else words[1:]
    if block["t"] == "Header":
        found = ID.fullmatch(first.rstrip(".:"))
        return Item(found[0], list(rest), (), ()) if found else None
    found = BRACKETED.fullmatch(first)
    return Item(found[1], [], (para(rest),) if rest else (), ()) if found else None


# -- what answers refer to ---------------------------------------------------------------------------


def wanted(found: Letter) -> Iterator[tuple[str, str, str]]:
    """What answers refer to, as (id of the item, kind "id" or "words", the id or the words)."""
    for part in found.parts:
        item, blocks = (part.id, part.answer) if isinstance(part, Item) else ("", (part,))
        for node in each(blocks, frozenset({"Link", "Span"})):
            if node["t"] == "Link" and node["c"][2][0].startswith("#"):
                yield item, "id", node["c"][2][0][1:]
            elif node["t"] == "Span" and "quote" in node["c"][0][1]:
                yield item, "words", plain(node["c"][1])


def identified(document: Document) -> dict[str, str]:
    """The words of everything in a document that has an identifier."""
    found: dict[str, str] = {}
    for part in (*document.slots.values(), document.blocks, document.back):
        for node in each(part, frozenset(NAMED)):
            content = node["c"]
            name = content[NAMED[node["t"]]][0]
            held = (
                content[2]
                if node["t"] == "Header"
                else content[1][1]
                if node["t"] in ("Figure", "Table")
                else content[1]
            )
            if name and not name.startswith("cite-"):
                found.setdefault(name, " ".join(plain(held).split()))
    return found


def with_words(document: Document, said: Sequence[str]) -> tuple[Document, dict[str, str]]:
    """The document with a span round each of some words, where these stand first; and its identifier by the words."""
    names: dict[str, str] = {}
    for number, words in enumerate(dict.fromkeys(said)):
        name, wrapping = f"{SAID}{number}", _Wrapping(f"{SAID}{number}", _squeezed(words))
        done = replace(
            document,
            slots={key: tuple(walk(list(part), wrapping, TEXTUAL)) for key, part in document.slots.items()},
            blocks=tuple(walk(list(document.blocks), wrapping, TEXTUAL)),
            back=tuple(walk(list(document.back), wrapping, TEXTUAL)),
        )
        if wrapping.done:
            document, names[words] = done, name
    return document, names


TEXTUAL = frozenset({"Para", "Plain"})


@dataclass(slots=True)
class _Wrapping:
    """Puts a span round the inlines that hold some words, once."""

    name: str
    words: str
    done: bool = False

    def __call__(self, node: Node) -> Node | None:
        if self.done or not self.words:
            return None
        pieces = [_squeezed(plain([one])) for one in node["c"]]
        start = "".join(pieces).find(self.words)
        if start < 0:
            return None
        self.done = True
        end, at, first, last = start + len(self.words), 0, 0, 0
        for index, piece in enumerate(pieces):
            first = index if at <= start and piece else first
            last = index if at < end and piece else last
            at += len(piece)
        return {
            "t": node["t"],
            "c": [*node["c"][:first], span(node["c"][first : last + 1], self.name), *node["c"][last + 1 :]],
        }


def _squeezed(text: str) -> str:
    return "".join(char for char in text if char.isalnum()).casefold()


# -- as it is set --------------------------------------------------------------------------------------


class Known(NamedTuple):
    """What is known of the manuscript: the place of each identifier in words, its text, identifiers by quoted words."""

    places: Mapping[str, str]
    texts: Mapping[str, str]
    names: Mapping[str, str]


def set_letter(found: Letter, known: Known, unanswered: str, labels: tuple[str, str]) -> list[Node]:
    """The blocks of the letter; ``unanswered`` stands for a missing answer, ``labels`` before comment and answer."""
    out: list[Node] = []
    level = 0
    referring = _Referring(known)
    for part in found.parts:
        if not isinstance(part, Item):
            level = part["c"][0] if part["t"] == "Header" else level
            out += referring.blocks([part])
            continue
        title = [{"t": "Space"}, *part.title] if part.title else []
        out.append(header(level + 1, [*inlines(part.id), *title], f"answer-{part.id}"))
        if part.comment:
            out.append({"t": "BlockQuote", "c": [_labelled(labels[0], part.comment[0]), *part.comment[1:]]})
        answer = referring.blocks(part.answer) or [para([{"t": "Strong", "c": inlines(unanswered)}])]
        out += [_labelled(labels[1], answer[0]), *answer[1:]]
    return out


def _labelled(label: str, block: Node) -> Node:
    if block["t"] not in TEXTUAL or not label:
        return block
    return {"t": block["t"], "c": [{"t": "Strong", "c": inlines(label)}, {"t": "Space"}, *block["c"]]}


class _Referring:
    """Puts page, line and words of the manuscript in the place of what refers to it."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def blocks(self, blocks: Iterable[Node]) -> list[Node]:
        out: list[Node] = []
        for block in blocks:
            quote = self.quotation(block)
            out += [quote] if quote else walk([block], self.change, frozenset({"Link", "Span"}))
        return out

    def quotation(self, block: Node) -> Node | None:
        """A paragraph that is nothing but an empty link to a change: the change's own words, under their place."""
        words = block["c"] if block["t"] == "Para" else []
        alone = words[0] if len(words) == 1 and words[0]["t"] == "Link" else None
        name = alone["c"][2][0][1:] if alone and not alone["c"][1] else ""
        text = self.known.texts.get(name, "")
        if not text:
            return None
        shown = text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
        place = self.known.places.get(name, "")
        told = inlines(f"{place[:1].upper()}{place[1:]}:")
        head: list[Node] = [{"t": "Emph", "c": told}, {"t": "Space"}] if place else []
        return {"t": "BlockQuote", "c": [para([*head, *inlines(f"“{shown}”")])]}

    def change(self, node: Node) -> Node | list[Node] | None:
        if node["t"] == "Span":
            if "quote" not in node["c"][0][1]:
                return None
            words = node["c"][1]
            name = self.known.names.get(plain(words), "")
            opening, closing = inlines("“"), inlines("”")
            return [*opening, *words, *closing, *self.place(name)]
        address, words = node["c"][2][0], node["c"][1]
        if not address.startswith("#"):
            return None
        name = address[1:]
        place = self.known.places.get(name, f"?{name}?")
        return [*words, *self.place(name)] if words else inlines(place)

    def place(self, name: str) -> list[Node]:
        place = self.known.places.get(name, "")
        return inlines(f" ({place})") if place else []
