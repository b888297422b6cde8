"""Two settled documents -> one whose parts are marked: title, abstract, text, statements, reference list, and what the
front matter says in words of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from galley.document import Document, Node, Reference
from galley.frontmatter import FrontMatter
from galley.stages.redlining.aligning import Unit, align, unit
from galley.stages.redlining.marking import redlined, wrapped
from galley.stages.redlining.moving import moved
from galley.stages.redlining.scripts import DELETION, INSERTION
from galley.stages.redlining.steps import Work
from galley.tree import div, inlines, para

FRONT = "front-changes"
"""The class of the division that shows what changed in the front matter."""
FIELDS = (
    *(("authors", "Authors"), ("affiliations", "Affiliations"), ("correspondence", "Correspondence")),
    *(("orcid", "ORCID"), ("notes", "Author notes"), ("keywords", "Keywords"), ("short_title", "Short title")),
    *(("funders", "Funders"), ("type", "Type"), ("license", "Licence"), ("copyright", "Copyright")),
)


def redline(old: Document, new: Document, work: Work) -> Document:
    """The new document with everything in it marked that is not in the old one, and the old one's where it stood."""
    names = [*new.slots, *(name for name in old.slots if name not in new.slots)]
    listed = _references(old.references, new.references, work)
    pairs: list[tuple[Sequence[Node], Sequence[Node]]] = [
        (_front(old.meta), _front(new.meta)),
        *((old.slots.get(name, ()), new.slots.get(name, ())) for name in names),
        (old.blocks, new.blocks),
        (old.back, new.back),
    ]
    parts = redlined_parts(pairs, work)
    front, *slots, blocks, back = parts
    shown = [block for block in front if _is_marked(block)]
    head = [div(shown, "", (FRONT,))] if shown else []
    return replace(
        new,
        slots={name: tuple(part) for name, part in zip(names, slots, strict=True) if part},
        blocks=(*head, *blocks),
        back=tuple(back),
        references=listed,
    )


def redlined_parts(pairs: Sequence[tuple[Sequence[Node], Sequence[Node]]], work: Work) -> list[list[Node]]:
    """Each pair of parts as one with marks; a paragraph may have moved from one part to another."""
    made = [redlined(old, new, work) for old, new in pairs]
    boxes = moved([div(part, "", ("part",)) for part in made], work)
    return [box["c"][1] for box in boxes]


def _is_marked(block: Node) -> bool:
    return block["t"] == "Div" or any(
        node["t"] == "Span" and {INSERTION, DELETION} & set(node["c"][0][1]) for node in block["c"]
    )


# -- the front matter --------------------------------------------------------------------------------


def _front(meta: FrontMatter) -> list[Node]:
    """What the front matter says beside what has slots of its own, a paragraph a field."""
    said = {
        "authors": ", ".join(author.name for author in meta.authors),
        "affiliations": "; ".join(affiliation.text for affiliation in meta.affiliations),
        "correspondence": ", ".join(f"{one.name} {one.email}".strip() for one in meta.authors if one.corresponding),
        "orcid": ", ".join(f"{one.name} {one.orcid}" for one in meta.authors if one.orcid),
        "notes": " ".join(f"{one.name}: {one.note}" for one in meta.authors if one.note),
        "keywords": ", ".join(meta.keywords),
    }
    out: list[Node] = []
    for name, label in FIELDS:
        words = said.get(name, "") or _text(getattr(meta, name, ""))
        if words:
            out.append(para([{"t": "Strong", "c": inlines(f"{label}:")}, {"t": "Space"}, *inlines(words)]))
    return out


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(getattr(one, "name", str(one)) for one in value) if isinstance(value, tuple) else ""


# -- the reference list ------------------------------------------------------------------------------


def _references(olds: Sequence[Reference], news: Sequence[Reference], work: Work) -> tuple[Reference, ...]:
    """The entries of both lists: paired by their keys, and those of other keys by their words."""
    keys = {one.key for one in olds} & {one.key for one in news}
    units = [[_unit(one, keys) for one in side] for side in (olds, news)]
    out: list[Reference] = []
    for i0, i1, j0, j1 in align(units[0], units[1]):
        if j0 == j1:
            out.append(_marked(olds[i0], DELETION, f"{olds[i0].key}-deleted", work))
        elif i0 == i1:
            out.append(_marked(news[j0], INSERTION, news[j0].key, work))
        else:
            lines = [para(one.inlines) for one in olds[i0:i1]], [para(one.inlines) for one in news[j0:j1]]
            merged = redlined(*lines, work)
            out.append(replace(news[j0], inlines=tuple(node for block in merged for node in _line(block))))
    return tuple(out)


def _unit(entry: Reference, keys: set[str]) -> Unit:
    """An entry as it is compared: one whose key is in both lists with no other."""
    made = unit(para(entry.inlines))
    return made._replace(kind=f"key {entry.key}", words=made.words + made.words) if entry.key in keys else made


def _marked(entry: Reference, mark: str, key: str, work: Work) -> Reference:
    inner = wrapped(para(entry.inlines), mark, work)
    return replace(entry, key=key, inlines=tuple(_line(inner)))


def _line(block: Node) -> list[Node]:
    """The inlines of a paragraph, within the mark around it."""
    if block["t"] != "Div":
        return list(block["c"])
    attributes, content = block["c"]
    return [{"t": "Span", "c": [attributes, [node for one in content for node in _line(one)]]}]
