"""A project on disk -> Document: Markdown, title page and bibliography read, nothing judged, nothing resolved.

Pandoc reads the text in a process of its own while the bibliography is parsed here. It is not given the
author's YAML: fields that hold Markdown are handed to it as strings it cannot stumble over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley import pandoc
from galley.document import Document, Mention, Node, Place
from galley.patterns import pattern
from galley.reading.files import Project, is_there, named, text_file
from galley.reading.mentions import mentions
from galley.reading.metadata import Header, header, settled
from galley.reading.suggesting import Suggested
from galley.reading.tables import tabled
from galley.report import ERROR, Diagnostic, Fault, fault
from galley.span import File, Span

if TYPE_CHECKING:
    from galley.frontmatter import FrontMatter
    from galley.reading.bibliography import Bibliography

SLOTS = {
    "title": ("title",),
    "subtitle": ("subtitle",),
    "abstract": ("abstract",),
    "author-note": ("author-note", "author_note", "authornote"),
    "acknowledgements": ("acknowledgements", "acknowledgments"),
    "author-contributions": ("author-contributions", "author_contributions"),
    "conflict-of-interest": ("conflict-of-interest", "conflict_of_interest", "competing-interests"),
    "data-availability": ("data-availability", "data_availability"),
    "ethics": ("ethics",),
    "funding": ("funding",),
}
"""The parts of the title page that hold Markdown, and the fields they are written in."""
LINES = ("title", "subtitle")
"""Those of them that are a line of words, whatever stands there."""
ABSTRACT = pattern(r"abstract[-_]([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)")
"""A field for an abstract in another language, such as abstract-ur."""
UNREAD = frozenset({"not-utf8", "unreadable-file", "too-large", "nul-byte"})
"""Faults of a whole file, of which more need not be said."""
CONTROL = pattern(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


class Opened:
    """A project that is being read: Pandoc is at its Markdown, and the caller may do other work meanwhile."""

    def __init__(self, project: Project, change: Callable[[File], File] | None = None) -> None:
        """Read the files and start Pandoc; Fault where it cannot be started. ``change`` is made to each file read."""
        self._project = project
        self._files, faults = _files(project.manuscript)
        self._files = tuple(map(change, self._files)) if change else self._files
        self._head, self._body = _title_page(project, self._files)
        self._faults = faults + self._head.faults
        self._slots = slot_fields(self._head.data)
        sources = {name: slot_source(self._head.data, fields) for name, fields in self._slots.items()}
        self._suggested = Suggested()
        text = joined({name: text for name, text in sources.items() if text}, self._body, self._suggested)
        self._reading = pandoc.Reading(text)

    @cached_property
    def begun(self) -> Document:
        """The Document without its text, as far as it is known while Pandoc is still reading."""
        project, head, body = self._project, self._head, self._body
        bib_files, bib_faults = _bibliography_files(project, head)
        uneven = _uneven(body, self._faults, bib_files)
        bib = shelf(bib_files)
        meta, meta_faults = settled(head)
        return Document(
            folder=project.folder.resolve(),
            files=(*self._files, *bib_files),
            meta=_also_listed(meta, head, bib),
            places=head.place,
            blocks=(),
            slots={},
            mentions=tuple(_mentions(head, body)),
            entries=bib.entries,
            faults=self._faults + uneven + bib_faults + bib.faults + meta_faults,
        )

    def document(self) -> Document:
        """The Document; Fault only where there is nothing to read or Pandoc refuses it."""
        begun, project, body = self.begun, self._project, self._body
        try:
            slots, blocks = read_tree(self._reading, self._slots)
        except Fault as refused:
            from galley.reading.refusals import placed

            raise placed(refused, body) from refused
        slots = {name: tuple(self._suggested.tree(part)) for name, part in slots.items()}
        blocks = self._suggested.tree(blocks)
        blocks, table_files, table_faults = tabled(blocks, project, self._files)
        if "author-contributions" not in slots and any(author.roles for author in begun.meta.authors):
            from galley.reading.credit import contributions

            slots["author-contributions"] = contributions(begun.meta)
        if not blocks and not any(file.text[start:].strip() for file, start in body):
            message, hint = "the manuscript is empty", "write some text in it"
            raise fault("empty-manuscript", named(project.manuscript[0]), message, hint)
        files, faults = (*begun.files, *table_files), begun.faults + table_faults
        return replace(begun, files=files, blocks=tuple(blocks), slots=slots, faults=faults)


def read(project: Project) -> Document:
    """Read a project from first to last."""
    return Opened(project).document()


def shelf(files: Iterable[File]) -> Bibliography:
    """The entries of bibliography files of any form; of two with one key the first is kept."""
    found = _shelved(tuple(files))
    return found._replace(entries=dict(found.entries))  # whoever adds to them does not add to what is kept


@lru_cache(maxsize=1)
def _shelved(listed: tuple[File, ...]) -> Bibliography:
    """Kept until other files come: a preview reads the same bibliography with every word that is typed."""
    from galley.reading.lean import import_pybtex

    import_pybtex()
    from galley.reading import converting
    from galley.reading.bibliography import Bibliography, bibliography

    found = bibliography(file for file in listed if not converting.is_other(file))
    for file in filter(converting.is_other, listed):
        other = converting.converted(file)
        found = Bibliography({**other.entries, **found.entries}, found.faults + other.faults)
    return found


def _files(paths: Iterable[Path]) -> tuple[tuple[File, ...], tuple[Diagnostic, ...]]:
    files: list[File] = []
    faults: list[Diagnostic] = []
    for path in paths:
        file, found = text_file(path)
        files.append(file)
        faults.extend(found)
    return tuple(files), tuple(faults)


def _title_page(project: Project, files: tuple[File, ...]) -> tuple[Header, list[tuple[File, int]]]:
    """The front matter, and each file with the offset at which its prose starts."""
    heads = [header(file) for file in files]
    body = [(file, head.end) for file, head in zip(files, heads, strict=True)]
    head = heads[0]
    if project.metadata is None:
        return head, body
    file, faults = text_file(project.metadata)
    apart = header(file, whole=True)
    spans = {**apart.place.spans, **head.place.spans}
    place = Place(spans, head.place.file if head.data else apart.place.file)
    return Header({**apart.data, **head.data}, place, head.end, faults + apart.faults + head.faults), body


def slot_fields(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The parts of the title page that hold Markdown, those for abstracts in other languages among them."""
    others = {f"abstract-{found[1]}": (name,) for name in data if (found := ABSTRACT.fullmatch(name))}
    return {**SLOTS, **others}


def slot_source(data: Mapping[str, Any], fields: Iterable[str]) -> str:
    """The Markdown of the first of some fields that has any."""
    for field in fields:
        value = data.get(field)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def joined(sources: Mapping[str, str], body: Iterable[tuple[File, int]], suggested: Suggested | None = None) -> str:
    """What Pandoc reads: the Markdown fields as a YAML block of JSON strings, then the files' prose."""
    signed = suggested.text if suggested else str
    prose = "\n\n".join(signed(file.text[start:]) for file, start in body)
    strings = {name: signed(CONTROL.sub("\ufffd", text)) for name, text in sources.items()}
    ended = {name: f"{text}\n" if "\n" in text and name not in LINES else text for name, text in strings.items()}
    # of a text that does not end its line Pandoc would join the paragraphs and lists to a single run of words
    return f"---\n{json.dumps({'galley': ended}, ensure_ascii=False)}\n---\n\n{prose}"


def read_tree(reading: pandoc.Reading, names: Iterable[str]) -> tuple[dict[str, tuple[Node, ...]], list[Node]]:
    """The parts of the title page by name and the text's blocks, from what ``joined`` gave to Pandoc."""
    meta, blocks = reading.result()
    parts = meta.get("galley", {}).get("c", {})
    slots: dict[str, tuple[Node, ...]] = {}
    for name in names:
        part = parts.get(name) if isinstance(parts, dict) else None
        if part and part["t"] == "MetaInlines":
            slots[name] = ({"t": "Plain", "c": part["c"]},)
        elif part and part["t"] == "MetaBlocks":
            slots[name] = _blocks(part["c"])
    return slots, blocks


def _blocks(blocks: list[Node]) -> tuple[Node, ...]:
    """Blocks of a field: one paragraph is as good as words alone; a heading is a line in bold, a figure its picture."""
    if len(blocks) == 1 and blocks[0]["t"] == "Para":
        return ({"t": "Plain", "c": blocks[0]["c"]},)
    return tuple(_block(block) for block in blocks)


def _block(block: Node) -> Node:
    if block["t"] == "Header":
        return pandoc.para([{"t": "Strong", "c": block["c"][2]}])
    if block["t"] == "Figure":
        return pandoc.para(list(pandoc.each(block["c"][2], frozenset({"Image"}))))
    return block


def _uneven(
    body: Iterable[tuple[File, int]], known: Iterable[Diagnostic], bibliographies: Iterable[File]
) -> tuple[Diagnostic, ...]:
    """What is amiss in the markup of the files, those apart whose bytes or front matter could not be read."""
    from galley.reading import wellformed

    known = tuple(known)
    unread = {one.place.file.name if isinstance(one.place, Span) else one.place for one in known if one.code in UNREAD}
    headless = {one.place.file.name for one in known if one.code == "bad-yaml" and isinstance(one.place, Span)}
    sound = [(file, at) for file, at in body if file.name not in unread and (at or file.name not in headless)]
    odd = (one for file in bibliographies for one in wellformed.letters.stray(file))
    return (*wellformed.told(sound), *odd)


def _also_listed(meta: FrontMatter, head: Header, bib: Bibliography) -> FrontMatter:
    """The front matter with the keys that fields of other tools cite: they are listed, though no page prints these."""
    printed = {field for fields in slot_fields(head.data).values() for field in fields}
    found: list[str] = []
    for path, span in head.place.spans.items():
        if len(path) == 1 and path[0] not in printed and "@" in span.text:
            found.extend(one.key for one in mentions(span.file, span.start, span.end) if one.key in bib.entries)
    return replace(meta, nocite=tuple(dict.fromkeys((*meta.nocite, *found)))) if found else meta


def _mentions(head: Header, body: Iterable[tuple[File, int]]) -> Iterable[Mention]:
    for fields in slot_fields(head.data).values():
        for field in fields:
            place = head.place.spans.get((field,))
            if place:
                yield from mentions(place.file, place.start, place.end)
    for file, start in body:
        yield from mentions(file, start)


def _bibliography_files(project: Project, head: Header) -> tuple[tuple[File, ...], tuple[Diagnostic, ...]]:
    """The files the front matter names, else references.bib where there is one."""
    listed = head.data.get("bibliography")
    names = [name for name in (listed if isinstance(listed, list) else [listed]) if isinstance(name, str) and name]
    if not names:
        if not (project.folder / "references.bib").exists():
            return (), ()
        names = ["references.bib"]
    files: list[File] = []
    faults: list[Diagnostic] = []
    for index, name in enumerate(names):
        place = head.place.of("bibliography", *([index] if isinstance(listed, list) else []))
        found = _inside(project, name, place)
        if isinstance(found, Diagnostic):
            faults.append(found)
            continue
        file, wrong = text_file(found)
        files.append(file)
        faults.extend(wrong)
    return tuple(files), tuple(faults)


def _inside(project: Project, name: str, place: Span | str) -> Path | Diagnostic:
    """The bibliography's path, beside the manuscript or at the project's root, never outside the project."""
    root = project.folder.resolve()
    for base in (project.folder, project.manuscript[0].parent):
        path = base / name
        if is_there(path) and not path.is_dir():
            if path.resolve().is_relative_to(root):
                return path
            message = f"the bibliography '{name}' lies outside the project"
            return Diagnostic(ERROR, "outside-project", place, message, "copy it into the project's folder")
    return Diagnostic(ERROR, "missing-bibliography", place, f"there is no bibliography '{name}'")
