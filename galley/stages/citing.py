"""Mentions meet entries: every Cite node is set in APA style and the reference list is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from galley import apa7, pandoc
from galley.apa7.entry import Citation, Item
from galley.apa7.entry import Entry as Work
from galley.document import Document, Entry, Node, Reference, Remark, reference_id
from galley.patterns import pattern
from galley.stages.gathering import gathered, works
from galley.stages.richtext import from_inlines, to_inlines

if TYPE_CHECKING:
    from galley.apa7.typesetting import Listing

MIDDLE = pattern(r"(?<=[a-z,;] )([A-Z][a-z]{2,})\b(?![’'-]?\w| [A-Z])")
LOWER = pattern(r"\b[a-z]{3,}\b")
CITE = frozenset({"Cite"})
LIST_HEADINGS = {"references", "reference list", "reference", "bibliography", "works cited", "literature cited"}


def cite(document: Document) -> Document:
    """The document with its citations as text that links to the list, and the list.

    An unknown key stays visible as ``key?``; that it is a fault is for the checks to say.
    """
    whole = gathered({"slots": dict(document.slots), "blocks": document.blocks})
    nodes = list(cites(whole))
    cited = tuple(dict.fromkeys(work.key for node in nodes for work in works(node)))
    answer = _answered(_Asked(document.entries, nodes, _also(document), document.meta.lang, _names(document)))
    set_in_type = iter(answer.citations)

    def change(_: Node) -> Node:
        return next(set_in_type)

    done = pandoc.walk(whole, change, CITE)
    body, back = parted(done["blocks"])
    return replace(
        document,
        slots={name: tuple(blocks) for name, blocks in done["slots"].items()},
        blocks=body,
        back=back,
        references=answer.references,
        cited=cited,
        remarks=answer.remarks,
    )


class _Asked(NamedTuple):
    """All that the engine's answer depends on."""

    entries: Mapping[str, Entry]
    nodes: list[Node]
    also: list[str]
    language: str
    proper: list[str]

    def __hash__(self) -> int:
        """As good as any: what is asked twice in a row is compared."""
        return len(self.nodes)


class _Answer(NamedTuple):
    """The citations as they are printed, the list of references, and what the engine remarks."""

    citations: tuple[Node, ...]
    references: tuple[Reference, ...]
    remarks: tuple[Remark, ...]


@lru_cache(maxsize=1)
def _answered(asked: _Asked) -> _Answer:
    """The engine's answer, kept until something else is asked: most of what is typed into a preview cites nothing."""
    keys = (work.key for node in asked.nodes for work in works(node))
    listed = _listed(_wanted(asked.entries, (*keys, *asked.also), asked.language))
    typeset = apa7.typeset(
        _works(asked.entries),
        [_citation(node) for node in asked.nodes],
        also=asked.also,
        language=asked.language,
        link=lambda key: "#" + reference_id(key),
        proper=asked.proper,
        listed=listed.listing,
    )
    numbered = enumerate(zip(asked.nodes, typeset.citations, strict=True), 1)
    return _Answer(
        tuple(printed(number, node, to_inlines(text)) for number, (node, text) in numbered),
        listed.references,
        tuple(Remark(r.code, r.key, r.field, r.message, r.hint) for r in typeset.remarks),
    )


def expected(document: Document) -> tuple[Reference, ...]:
    """The list of references as it will be where all that looks like a citation is one, for who has time before the
    text has been read; kept for ``cite``, which makes it anew where it is another."""
    keys = (mention.key for mention in document.mentions)
    return _listed(_wanted(document.entries, (*keys, *_also(document)), document.meta.lang)).references


class _Wanted(NamedTuple):
    """All that the list depends on; keys that are not there do not matter."""

    entries: Mapping[str, Entry]
    keys: frozenset[str]
    language: str

    def __hash__(self) -> int:
        """As good as any, again."""
        return len(self.keys)


class _Listed(NamedTuple):
    """The list as the engine has it, and as it is printed."""

    listing: Listing
    references: tuple[Reference, ...]


def _wanted(entries: Mapping[str, Entry], keys: Iterable[str], language: str) -> _Wanted:
    return _Wanted(entries, frozenset(keys) & entries.keys(), language)


@lru_cache(maxsize=1)
def _listed(wanted: _Wanted) -> _Listed:
    made = apa7.listing(_works(wanted.entries), wanted.keys, wanted.language)
    references = (Reference(key, tuple(to_inlines(text)), str(text)) for key, text in made.references)
    return _Listed(made, tuple(references))


def _works(entries: Mapping[str, Entry]) -> dict[str, Work]:
    return {key: Work(key, entry.type, entry.fields) for key, entry in entries.items()}


def cites(region: Iterable[Node] | dict[str, Any]) -> Iterable[Node]:
    """The outermost Cite nodes, in the order in which ``pandoc.walk`` meets them."""
    found: list[Node] = []

    def note(node: Node) -> Node:
        found.append(node)
        return node

    pandoc.walk(region, note, CITE)
    return found


def linked(content: Sequence[Node], key: str) -> Node:
    """Words of a citation as a link to the entry that the list has for a key."""
    return {"t": "Link", "c": [pandoc.attr("", ["citation-ref"]), list(content), ["#" + reference_id(key), ""]]}


def _names(document: Document) -> list[str]:
    """Words that stand capitalised and alone inside a sentence, and never in lower case: most likely proper nouns."""
    text = pandoc.plain(list(document.blocks))
    common = set(LOWER.findall(text))
    return [word for word in dict.fromkeys(MIDDLE.findall(text)) if word.lower() not in common]


def _also(document: Document) -> list[str]:
    wanted = document.meta.nocite
    return list(document.entries) if "*" in wanted else list(wanted)


def _citation(node: Node) -> Citation:
    alone = node["c"][2] if len(node["c"]) > 2 else ""
    items = tuple(
        Item(
            work.key,
            from_inlines(work.prefix),
            from_inlines(work.suffix),
            year_only=work.mode == "SuppressAuthor" or alone == "year",
            author_only=alone == "author",
        )
        for work in works(node)
    )
    return Citation(items, narrative=bool(alone) or _in_prose(node))


def _in_prose(node: Node) -> bool:
    mode: str = node["c"][0][0]["citationMode"]["t"]
    return mode == "AuthorInText"


def printed(number: int, node: Node, content: list[Node]) -> Node:
    """A citation as it is set: a span that knows its keys and can be linked back to."""
    keys = " ".join(work.key for work in works(node))
    return pandoc.span(content, f"cite-{number}", ["citation"], cites=keys)


def parted(blocks: Sequence[Node]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The body, and what stands after the place of the reference list.

    That place is a division ``::: {#refs}``, else before the appendices (APA 7 §2.14), else the end; a heading for
    the list right before it is the author's own and gives way to the theme's.
    """
    place = next((i for i, b in enumerate(blocks) if b["t"] == "Div" and b["c"][0][0] == "refs"), None)
    if place is None:
        at = next((i for i, block in enumerate(blocks) if _is_appendix(block)), len(blocks))
        back = blocks[at:]
    else:
        at, back = place, blocks[place + 1 :]
    body = list(blocks[:at])
    if body and body[-1]["t"] == "Header" and pandoc.plain(body[-1]["c"][2]).lower() in LIST_HEADINGS:
        body.pop()
    return tuple(body), tuple(back)


def _is_appendix(block: Node) -> bool:
    return block["t"] == "Header" and "appendix" in block["c"][1][1]
