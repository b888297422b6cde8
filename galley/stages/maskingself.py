"""What the authors cite of their own -> "Author, 2019": one masked work for each year, in citations and in the list.

A masked entry is "Author. (2019)."; those of one year are one, for two would tell how much somebody has written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from galley.document import Document, Entry, Node, Reference
from galley.identity import folded
from galley.pandoc import inlines, walk
from galley.patterns import pattern

PREFIX = "masked-work-"
PEOPLE = ("author", "editor")
YEAR = pattern(r"\d{4}")
AND = pattern(r"\s+and\s+")
FORTHCOMING = pattern(r"in press|forthcoming|in preparation|submitted|unpublished")


def own(document: Document) -> dict[str, str]:
    """The keys of works that an author of the manuscript wrote or edited, each with its year ("n.d." for none)."""
    names = {
        (folded(author.family or author.name.split()[-1]), folded(author.given)[:1]) for author in document.meta.authors
    }
    return {
        key: _year(entry.fields)
        for key, entry in document.entries.items()
        if any(_same(person, names) for field in PEOPLE for person in AND.split(entry.fields.get(field, "")))
    }


def _same(person: str, names: Iterable[tuple[str, str]]) -> bool:
    """Whether a name in a bibliography may be that of an author: the family name and the first initial agree."""
    bare = folded(person.replace("{", "").replace("}", "").replace("\\", ""))
    family, comma, given = bare.partition(",")
    if not comma:
        given, _, family = bare.rpartition(" ")
    known = (family.strip(), given.strip()[:1])
    return known[0] != "" and any(
        known[0] == name and (not known[1] or not first or known[1] == first) for name, first in names
    )


def _year(fields: Mapping[str, str]) -> str:
    said = f"{fields.get('year', '')} {fields.get('date', '')}"
    found = YEAR.search(said)
    return found[0] if found else "in press" if FORTHCOMING.search(f"{said} {fields.get('pubstate', '')}") else "n.d."


def masked(document: Document) -> Document:
    """The document, before its citations are set, with every work of its authors' own as a masked one of its year."""
    keys = {key: PREFIX + _slug(year) for key, year in own(document).items()}
    if not keys:
        return document
    years = {keys[key]: year for key, year in own(document).items()}
    entries = {key: entry for key, entry in document.entries.items() if key not in keys}
    for name, year in years.items():
        source = next(document.entries[key] for key in keys if keys[key] == name)
        date = {"year": year} if year[:1].isdigit() else {"pubstate": "inpress"} if year == "in press" else {}
        entries[name] = Entry(name, "misc", {"author": "{Author}", "title": "Hidden", **date}, source.span)
    change = _Change(keys)
    nocite = tuple(dict.fromkeys(keys.get(key, key) for key in document.meta.nocite))
    return replace(
        document,
        meta=replace(document.meta, nocite=nocite),
        entries=entries,
        mentions=tuple(one._replace(key=keys.get(one.key, one.key)) for one in document.mentions),
        slots={name: tuple(walk(list(part), change, CITE)) for name, part in document.slots.items()},
        blocks=tuple(walk(list(document.blocks), change, CITE)),
        back=tuple(walk(list(document.back), change, CITE)),
    )


CITE = frozenset({"Cite"})


class _Change:
    """Citations with masked keys, one of each in a citation."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self.keys = keys

    def __call__(self, node: Node) -> Node:
        works, words = node["c"][0], node["c"][1]
        seen: set[str] = set()
        kept: list[Any] = []
        for work in works:
            key = self.keys.get(work["citationId"], work["citationId"])
            if key in seen and key.startswith(PREFIX):
                continue
            seen.add(key)
            inner = {name: walk(work[name], self, CITE) for name in ("citationPrefix", "citationSuffix")}
            kept.append({**work, **inner, "citationId": key})
        hidden = (
            words
            if len(kept) == len(works) and not any(key.startswith(PREFIX) for key in seen)
            else inlines("(Author)")
        )
        return {"t": "Cite", "c": [kept, hidden]}


def listed(document: Document) -> Document:
    """The document, its citations set, with masked works in the list by author and year alone."""
    return replace(document, references=tuple(map(_bare, document.references)))


def _bare(reference: Reference) -> Reference:
    if not reference.key.startswith(PREFIX):
        return reference
    year = reference.key.removeprefix(PREFIX)
    text = f"Author. ({ {'nd': 'n.d.', 'in-press': 'in press'}.get(year, year) })."
    return Reference(reference.key, tuple(inlines(text)), text)


def _slug(year: str) -> str:
    return year.replace(".", "").replace(" ", "-")
