"""Comments and author queries of a document -> numbered marks in its text and lists of them behind it; in Word, which
has comments of its own, queries become such; where there is no place for either they are left out.

A query is written ``[AQ: Is this so?]{.query}`` where it is asked; it may bear an author and a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from galley.document import Document, Node
from galley.pandoc import attr, div, each, header, inlines, para, span, walk
from galley.patterns import pattern

PREFIX = pattern(r"A\.?Q\.?\s*\d*\s*[:.]?\s*")
TITLES = {"AQ": "Author Queries", "C": "Comments"}
SPAN = frozenset({"Span"})
MARKED = frozenset({"Span", "Div"})
SPACE: Node = {"t": "Space"}
EDITOR = "Editor"
FIRST = 5000
"""Where the numbers of queries begin among Word's comments."""


@dataclass(slots=True)
class Remarks:
    """What was found in one walk: (number such as "AQ1", its words, who and when), in the order of the text."""

    found: list[tuple[str, list[Node], str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def mark(self, node: Node) -> Node | list[Node] | None:
        """The mark of a query or comment in its place; nothing for the end of a comment."""
        (_, classes, pairs), words = node["c"]
        if "comment-end" in classes:
            return []
        kind = "AQ" if "query" in classes else "C" if "comment-start" in classes or "comment" in classes else ""
        if not kind:
            return None
        self.counts[kind] = self.counts.get(kind, 0) + 1
        number, said = f"{kind}{self.counts[kind]}", dict(pairs)
        who = ", ".join(said[name] for name in ("author", "date") if said.get(name))
        self.found.append((number, asked(words), who))
        return span([_link(number, "remark", number)], f"mark-{number}", ["remark"], number=number)

    def listed(self) -> list[Node]:
        """The lists of queries and of comments, each under its heading."""
        out: list[Node] = []
        for kind, title in TITLES.items():
            rows = [row for row in self.found if row[0].rstrip("0123456789") == kind]
            if rows:
                out += [header(1, inlines(title), f"list-of-{kind}", ["unnumbered"])]
                out += [div([_row(*row) for row in rows], classes=["remarks"])]
        return out


def _row(number: str, words: Sequence[Node], who: str) -> Node:
    named = [SPACE, *inlines(f"({who})")] if who else []
    head = span([{"t": "Strong", "c": [_link(number, "mark", number)]}], f"remark-{number}")
    return para([head, *named, SPACE, *words])


def _link(number: str, to: str, words: str) -> Node:
    return {"t": "Link", "c": [attr(), [{"t": "Str", "c": words}], [f"#{to}-{number}", ""]]}


def asked(words: Sequence[Node]) -> list[Node]:
    """The words of a query without the letters it may begin with."""
    out = list(words)
    while out and out[0]["t"] == "Str" and (bare := PREFIX.sub("", out[0]["c"], count=1)) != out[0]["c"]:
        out = [{"t": "Str", "c": bare}, *out[1:]] if bare else out[1:]
        while out and out[0]["t"] in ("Space", "SoftBreak"):
            out = out[1:]
    return out


def has_remarks(document: Document) -> bool:
    """Whether anybody comments on something, or asks."""
    kinds = {"query", "comment-start", "comment-end", "comment"}
    return any(kinds.intersection(node["c"][0][1]) for part in _parts(document) for node in each(part, SPAN))


def remarked(document: Document) -> Document:
    """The document with numbers in place of queries and comments, and these in lists at its end."""
    if not has_remarks(document):
        return document
    remarks = Remarks()
    done = _changed(document, remarks.mark, SPAN)
    return replace(done, back=(*done.back, *remarks.listed()))


def native(document: Document) -> Document:
    """The document with each query as a comment of Word's, by its number."""
    count = 0

    def change(node: Node) -> list[Node] | None:
        nonlocal count
        (_, classes, pairs), words = node["c"]
        if "query" not in classes:
            return None
        count += 1
        said = {"author": EDITOR, **{name: value for name, value in pairs if name in ("author", "date")}}
        number = str(FIRST + count)
        start = span([*inlines(f"AQ{count}:"), SPACE, *asked(words)], "", ["comment-start"], id=number, **said)
        return [start, span([], "", ["comment-end"], id=number)]

    return _changed(document, change, SPAN) if has_remarks(document) else document


def settled(document: Document) -> Document:
    """The document as it would be with all that is suggested, without comments and queries."""

    def change(node: Node) -> list[Node] | None:
        identifier, classes, _ = node["c"][0]
        if {"deletion", "query", "comment-start", "comment-end", "comment"}.intersection(classes):
            return []
        if {"insertion", "commented"}.intersection(classes):
            inner: list[Node] = walk(node["c"][1], change, MARKED)
            return [{"t": node["t"], "c": [attr(identifier), inner]}] if identifier else inner
        return None

    return _changed(document, change, MARKED)


def _parts(document: Document) -> Iterable[Any]:
    return (*document.slots.values(), document.blocks, document.back)


def _changed(document: Document, change: Callable[[Node], Any], kinds: frozenset[str]) -> Document:
    return replace(
        document,
        slots={name: tuple(walk(list(part), change, kinds)) for name, part in document.slots.items()},
        blocks=tuple(walk(list(document.blocks), change, kinds)),
        back=tuple(walk(list(document.back), change, kinds)),
    )
