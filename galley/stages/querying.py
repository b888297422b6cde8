"""Queries that checks would put to the author -> query spans in the text where they arise; those that the manuscript
itself asks are there already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from galley.document import Document, Node
from galley.pandoc import each, inlines, plain, span, walk
from galley.patterns import pattern
from galley.report import Diagnostic
from galley.span import Span

KEYED = pattern(r"@\{?([\w][^\s\]};,]*)")
TEXTUAL = frozenset({"Para", "Plain"})
CITED = frozenset({"Span"})
LEAST = 6
"""Letters of the shortest words by which a paragraph is looked for."""


def queried(document: Document, findings: Iterable[Diagnostic]) -> Document:
    """The document with the query of each finding that has one, where it arises; else behind its first paragraph."""
    keyed: dict[str, list[Node]] = {}
    worded: list[tuple[tuple[str, ...], Node]] = []
    seen: set[str] = set()
    for one in findings:
        if not one.query or one.query in seen:
            continue
        seen.add(one.query)
        node = span(inlines(one.query), "", ["query"], place=str(one.place))
        key = _key(document, one.place)
        if key and _is_cited(document, key):
            keyed.setdefault(key, []).append(node)
        else:
            worded.append((_words(one.place), node))
    body = _at_citations(document, keyed) if keyed else document
    return _at_words(body, worded) if worded else body


def _key(document: Document, place: Span | str) -> str:
    """The key of the entry or of the citation that a place is in, "" where there is none."""
    if not isinstance(place, Span):
        return ""
    for key, entry in document.entries.items():
        same = entry.span.file.name == place.file.name
        fields = max([entry.span.end, *(one.end for one in entry.field_spans.values())])
        if same and entry.span.start <= place.start <= fields:
            return key
    found = KEYED.match(place.text.lstrip("[-"))
    return found[1].rstrip(".:") if found and found[1].rstrip(".:") in document.entries else ""


def _is_cited(document: Document, key: str) -> bool:
    parts = (*document.slots.values(), document.blocks, document.back)
    return any(key in _cites(node) for part in parts for node in each(part, CITED))


def _cites(node: Node) -> Sequence[str]:
    (_, classes, pairs), _ = node["c"]
    return dict(pairs).get("cites", "").split() if "citation" in classes else ()


def _at_citations(document: Document, keyed: dict[str, list[Node]]) -> Document:
    left = dict(keyed)

    def change(node: Node) -> list[Node] | None:
        queries = [query for key in _cites(node) for query in left.pop(key, [])]
        return [node, *queries] if queries else None

    slots = {name: tuple(walk(list(part), change, CITED)) for name, part in document.slots.items()}
    blocks = tuple(walk(list(document.blocks), change, CITED))
    return replace(document, slots=slots, blocks=blocks, back=tuple(walk(list(document.back), change, CITED)))


def _words(place: Span | str) -> tuple[str, ...]:
    """Words of the manuscript by which a place is found on the page: with those around them, then they alone."""
    if not isinstance(place, Span):
        return ()
    text, start, end = place.file.text, place.start, place.end
    before = text[max(0, start - 25, text.rfind("\n", 0, start) + 1) : start]
    after = text[end : end + 25].partition("\n")[0]
    said = [_squeezed(one) for one in (before + place.text, place.text + after, place.text)]
    return tuple(one for one in said if len(one) >= LEAST)


def _squeezed(text: str) -> str:
    return "".join(char for char in text if char.isalnum()).casefold()


def _at_words(document: Document, worded: Sequence[tuple[tuple[str, ...], Node]]) -> Document:
    paragraphs = [node for node in each(document.blocks, TEXTUAL) if len(node["c"]) > 1]
    texts = [_squeezed(plain([node])) for node in paragraphs]
    added: dict[int, list[tuple[int, Node]]] = {}
    for forms, query in worded:
        hits = (
            (at, text.find(words) + len(words)) for words in forms for at, text in enumerate(texts) if words in text
        )
        at, end = next(hits, (0, len(texts[0]) if texts else 0))
        added.setdefault(id(paragraphs[at]) if paragraphs else 0, []).append((end, query))

    def change(node: Node) -> Node | None:
        more = added.pop(id(node), None)
        return {"t": node["t"], "c": _with(node["c"], sorted(more, key=lambda one: one[0]))} if more else None

    return replace(document, blocks=tuple(walk(list(document.blocks), change, TEXTUAL)))


def _with(content: Sequence[Node], queries: Sequence[tuple[int, Node]]) -> list[Node]:
    """Inlines with each query behind so many letters of them."""
    out: list[Node] = []
    waiting, letters = list(queries), 0
    for node in content:
        out.append(node)
        letters += len(_squeezed(plain([node])))
        while waiting and letters >= waiting[0][0]:
            out.append(waiting.pop(0)[1])
    return [*out, *(query for _, query in waiting)]
