"""Markdown, a file or a project's folder -> Typescript whose places are those of the author's own lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from galley import pandoc
from galley.reading.aligning import Anchors, Source, as_written
from galley.reading.files import locate, named, text_file
from galley.reading.flattening import Flat, flattened, paragraph
from galley.reading.metadata import Header, header
from galley.report import Fault, fault
from galley.span import File, Span
from galley.suggestions import as_prose
from galley.tree import Node, div, inlines, para
from galley.typescript import Paragraph, Typescript

BEFORE = ("title", "subtitle", "abstract")


@dataclass(frozen=True)
class Files(File):
    """Several files read as one, each with the offset at which it begins; a place in it is one in the file meant."""

    parts: tuple[tuple[int, File], ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span in the file in which it starts."""
        at = max(bisect_right([first for first, _ in self.parts], start) - 1, 0)
        first, file = self.parts[at]
        return Span(file, start - first, min(max(end - first, 0), len(file.text)))


def read(path: Path) -> Typescript:
    """A Markdown file, or the project that a folder holds; Fault where there is no manuscript."""
    project = locate(path)
    read_files = [text_file(one) for one in project.manuscript]
    files = [file for file, _ in read_files]
    faults = [one for _, found in read_files for one in found]
    if not any(file.text.strip() for file in files):
        if faults:
            raise Fault(tuple(faults))
        raise fault(
            "empty-manuscript", named(project.manuscript[0]), "the manuscript is empty", "write some text in it"
        )
    heads = [header(file) for file in files]
    faults += [one for head in heads for one in head.faults]
    prose = [as_prose(file) for file in files]  # suggestions are not judged as words of the manuscript
    flats = flattened(_blocks(prose, heads))
    file, meant = (one[0] if len(one) == 1 else _together(one) for one in (files, prose))
    place = heads[0].place.of("author" if "author" in heads[0].data else "authors")
    byline = place.start if isinstance(place, Span) else 0
    paragraphs = _placed(flats, meant.text, heads[0].end, byline)
    keyed = any(flat.cites for flat in flats)
    return Typescript(file, paragraphs, str(path), keyed=keyed, faults=tuple(faults))


def tree(path: Path) -> list[Node]:
    """The blocks that ``read`` makes its paragraphs of: the title page in divisions of the class "front", the text."""
    files = [text_file(one)[0] for one in locate(path).manuscript]
    return _blocks(files, [header(file) for file in files])


def _blocks(files: Sequence[File], heads: Sequence[Header]) -> list[Node]:
    """One Pandoc process reads the text and those parts of the title page that hold Markdown."""
    body = [(file, head.end) for file, head in zip(files, heads, strict=True)]
    if not heads[0].data:
        return pandoc.Reading("\n\n".join(file.text[end:] for file, end in body)).result()[1]
    from galley.reading import manuscript

    names = manuscript.slot_fields(heads[0].data)
    sources = {name: manuscript.slot_source(heads[0].data, fields) for name, fields in names.items()}
    text = manuscript.joined({name: found for name, found in sources.items() if found}, body)
    slots, blocks = manuscript.read_tree(pandoc.Reading(text), names)
    before = [div(list(slots[name]), "", ["front", name]) for name in BEFORE if slots.get(name)]
    after = [div(list(slots[name]), "", ["front", name]) for name in slots if name not in BEFORE]
    return [*before, *_people(heads[0]), *blocks, *after]


def _together(files: Sequence[File]) -> Files:
    parts, at = [], 0
    for file in files:
        parts.append((at, file))
        at += len(file.text) + 2
    return Files(files[0].name, "\n\n".join(file.text for file in files), tuple(parts))


def _people(head: Header) -> list[Node]:
    """The byline that the front matter holds, as a paragraph."""
    listed = head.data.get("author", head.data.get("authors"))
    people = listed if isinstance(listed, list) else [listed]
    names = [one.get("name") if isinstance(one, dict) else one for one in people]
    said = [name for name in names if isinstance(name, str) and name]
    return [div([para(inlines(", ".join(said)))], "", ["front", "author"])] if said else []


def _placed(flats: Sequence[Flat], text: str, head: int, byline: int) -> tuple[Paragraph, ...]:
    """The paragraphs with anchors into the source; one that is not found stands where the one before it ended.

    ``head`` is where the front matter ends: titles are looked for before it, all else after it.
    """
    top, source, cursor = Source(text), Source(text, head), head
    made: list[Paragraph] = []
    for number, flat in enumerate(flats):
        words = flat.text
        if flat.kind == "author" and flat.top:
            made.append(paragraph(number, flat, ((0, byline),)))
            continue
        found = (
            (top if flat.top else source).find((run.text for run in flat.runs), 0 if flat.top else cursor)
            if words.strip()
            else None
        )
        anchors, end = found or (((0, min(cursor, len(text))),), cursor)
        if found and not flat.top and flat.part not in ("footnote", "endnote") and flat.kind != "caption":
            cursor = end
        made.append(paragraph(number, _written(flat, anchors, text) if found else flat, anchors))
    return tuple(made)


def _written(flat: Flat, anchors: Anchors, text: str) -> Flat:
    """The paragraph with its quotation marks as they were typed."""
    words = flat.text
    typed = as_written(words, anchors, text)
    if typed == words:
        return flat
    runs, at = [], 0
    for run in flat.runs:
        runs.append(run._replace(text=typed[at : at + len(run.text)]))
        at += len(run.text)
    return replace(flat, runs=tuple(runs))
