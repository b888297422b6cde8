"""The queries of a proof -> a form for its author to fill in: a web page that saves the answers in a file, and a Word
document with a row for each query.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from galley.document import Document, Node
from galley.formats.remarks import asked
from galley.pandoc import attr, each, header, inlines, para, plain

if TYPE_CHECKING:
    from galley.theme import Theme

KIND = "proof-answers"
"""What a file of answers calls itself."""
AROUND = 160
"""Characters of the paragraph that a form shows before a query."""
ROWS = 6
"""Empty rows for corrections in a Word form."""
TEXTUAL = frozenset({"Para", "Plain", "Header"})


class Query(NamedTuple):
    """A query: its number in the proof, its words, those of the text before it, its place in the manuscript if told."""

    number: str
    words: str
    before: str
    place: str = ""


def queries(document: Document) -> tuple[Query, ...]:
    """All queries of a document in the order of its pages."""
    found: list[Query] = []
    seen: set[int] = set()
    for part in (*document.slots.values(), document.blocks, document.back):
        for block in each(part, TEXTUAL):
            words = block["c"][2] if block["t"] == "Header" else block["c"]
            for node in each(words, frozenset({"Span"})):
                if "query" in node["c"][0][1] and id(node) not in seen:
                    seen.add(id(node))
                    at = next((at for at, one in enumerate(words) if one is node), len(words))
                    before = plain(words[:at])[-AROUND:]
                    place = dict(node["c"][0][2]).get("place", "")
                    found.append(Query(f"AQ{len(found) + 1}", plain(asked(node["c"][1])), before, place))
    return tuple(found)


def page(document: Document, theme: Theme, line: str, number: int) -> bytes:
    """The form as one web page that asks nothing of the network; it saves a file of answers (JSON)."""
    from markupsafe import Markup

    found = queries(document)
    title = plain(document.slots.get("title", ())) or document.meta.title
    facts = {"galley": KIND, "version": 1, "title": title, "round": number}
    facts["queries"] = [{"number": one.number, "query": one.words, "place": one.place} for one in found]
    script = theme.path("proofform.js").read_text("utf-8")
    text = theme.render(
        "proofform.html.j2",
        {},
        title=title,
        line=line,
        lang=document.meta.lang,
        queries=found,
        facts=Markup(_safe(json.dumps(facts, ensure_ascii=False))),  # noqa: S704 - made safe there
        script=Markup(script),  # noqa: S704 - the theme's own
        script_hash="sha256-" + b64encode(sha256(script.encode()).digest()).decode("ascii"),
    )
    return text.encode()


def _safe(text: str) -> str:
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def word(document: Document, theme: Theme) -> bytes:
    """The form as a Word document."""
    from galley.formats.docx import write
    from galley.formats.roundcopies import ruled

    found = queries(document)
    rows = [[inlines(one.number), inlines(one.words), []] for one in found]
    blocks: list[Node] = [
        para(inlines("Please answer every query, list further corrections below, and send this back."))
    ]
    if rows:
        blocks += [header(2, inlines("Queries")), _table(("No.", "Query", "Your answer"), rows, (0.1, 0.45, 0.45))]
    empty: list[list[list[Node]]] = [[[], [], []] for _ in range(ROWS)]
    heads = ("Page and line", "Instead of", "Read")
    blocks += [header(2, inlines("Further corrections")), _table(heads, empty, (0.16, 0.42, 0.42))]
    blocks += [para(inlines("Name and date: ____________________"))]
    bare = replace(
        document.meta, authors=(), affiliations=(), keywords=(), license="", doi="", received="", accepted=""
    )
    slots = {name: part for name, part in document.slots.items() if name in ("title", "subtitle")}
    sheet = replace(document, meta=bare, slots=slots, blocks=tuple(blocks), back=(), references=(), numbers=())
    return ruled(write(sheet, theme))


def _table(heads: Sequence[str], rows: Sequence[Sequence[list[Node]]], widths: Sequence[float]) -> Node:
    def row(cells: Sequence[list[Node]]) -> list[object]:
        made = [[attr(), {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": cell}]] for cell in cells]
        return [attr(), made]

    columns = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": width}] for width in widths]
    head = [attr(), [row([inlines(one) for one in heads])]]
    return {
        "t": "Table",
        "c": [attr(), [None, []], columns, head, [[attr(), 0, [], list(map(row, rows))]], [attr(), []]],
    }
