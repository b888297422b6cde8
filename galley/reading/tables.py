"""Tables kept in CSV files: an image or a division that names one becomes a table of the tree, its cells Markdown.

![Rain by season](data/rain.csv){#tbl:rain align=lrd}

::: {.table #tbl:rain file="data/rain.csv" header=false}
Rain by season
:::
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from galley import pandoc
from galley.document import Node
from galley.patterns import pattern
from galley.reading.files import Project, text_file
from galley.report import ERROR, WARNING, Diagnostic
from galley.span import File, Span

LIMIT = 2_000_000
"""Bytes a table's file may have: some hundred printed pages."""
SUFFIXES = (".csv", ".tsv")
KINDS = frozenset({"Figure", "Para", "Div"})
MARKED = pattern(r"[\\*_`$@\[\]{}<>^~#&'\"]|--|\.\.\.|^\s*[-+*]|^\s*\d+[.)]\s|://|\n")
"""What makes a cell more than plain words."""
OURS = ("file", "caption", "header", "delimiter")
"""The attributes that are read here; all others go on to the table."""


def tabled(
    blocks: list[Node], project: Project, files: Sequence[File]
) -> tuple[list[Node], tuple[File, ...], tuple[Diagnostic, ...]]:
    """The blocks with such tables in them, the files they stand in, and what is wrong with these."""
    if not any(suffix in file.text for file in files for suffix in (*SUFFIXES, *map(str.upper, SUFFIXES))):
        return blocks, (), ()
    finding = _Finding(project, tuple(files))
    changed = pandoc.walk(blocks, finding.change, KINDS)
    changed = pandoc.walk(changed, finding.filled(), frozenset({"Span"})) if finding.waiting else changed
    return changed, tuple(finding.read), tuple(finding.faults)


@dataclass(slots=True)
class _Finding:
    """One pass: what was read, what is wrong with it, and the tables that Pandoc must read."""

    project: Project
    files: tuple[File, ...]
    read: list[File] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def change(self, node: Node) -> Node | list[Node] | None:
        """A table in place of a node that names a file of one; else None."""
        if node["t"] == "Div":
            attributes, blocks = node["c"]
            path = dict(attributes[2]).get("file", "")
            if "table" not in attributes[1] or not _is_table(path):
                return None
            words, rest = (blocks[:1], blocks[1:]) if blocks and blocks[0]["t"] in ("Para", "Plain") else ([], blocks)
            return [*self.table(path, attributes, words), *rest]
        body = node["c"][2] if node["t"] == "Figure" else [node]
        image = body[0]["c"][0] if len(body) == 1 and body[0]["t"] in ("Para", "Plain") and body[0]["c"] else None
        if not image or image["t"] != "Image" or len(body[0]["c"]) > 1 or not _is_table(image["c"][2][0]):
            return None
        own, words, (path, _) = image["c"]
        outer = node["c"][0] if node["t"] == "Figure" else ["", [], []]
        attributes = [outer[0] or own[0], [*outer[1], *own[1]], [*outer[2], *own[2]]]
        return self.table(path, attributes, [{"t": "Plain", "c": words}] if words else [])

    def table(self, path: str, attributes: Sequence[Any], words: Sequence[Node]) -> list[Node]:
        """The table that stands in a file; an empty one where that cannot be read, which is then told."""
        identifier, classes, pairs = attributes
        said = dict(pairs)
        place = self.place(path)
        file = self.file(path, place)
        rows = self.rows(file, said.get("delimiter", "")) if file else []
        if file and not rows:
            hint = "write its first line: the heads of the columns"
            self.faults.append(Diagnostic(ERROR, "missing-table", place, f"the table '{path}' is empty", hint))
        elif file and len(rows) == 1 and said.get("header", "true").lower() not in ("false", "no", "none"):
            message, hint = f"the table '{path}' has heads and no rows", "write its rows, or say header=false"
            self.faults.append(Diagnostic(WARNING, "empty-table", file.line_span(1), message, hint))
        caption = [{"t": "Plain", "c": block["c"]} for block in words]
        if not caption and said.get("caption"):
            caption = self.cell(said["caption"])
        names = [name for name in classes if name != "table"]
        kept = [pair for pair in pairs if pair[0] not in OURS]
        if "align" not in said and "decimal" not in names:
            names.append("decimal")
        rows = rows or [[""], [""]]
        headed = said.get("header", "true").lower() not in ("false", "no", "none")
        return [
            self.built([identifier, names, kept], caption, rows[:1] if headed else [], rows[1:] if headed else rows)
        ]

    def built(self, attributes: list[Any], caption: list[Node], head: list[list[str]], body: list[list[str]]) -> Node:
        """A table of the tree."""

        def lines(rows: Iterable[Sequence[str]]) -> list[Any]:
            aligned = {"t": "AlignDefault"}
            return [[pandoc.attr(), [[pandoc.attr(), aligned, 1, 1, self.cell(text)] for text in row]] for row in rows]

        columns = [[{"t": "AlignLeft"}, {"t": "ColWidthDefault"}] for _ in (head or body)[0]]
        bodies = [[pandoc.attr(), 0, [], lines(body)]]
        parts = [columns, [pandoc.attr(), lines(head)], bodies, [pandoc.attr(), []]]
        return {"t": "Table", "c": [attributes, [None, caption], *parts]}

    def cell(self, text: str) -> list[Node]:
        """A cell's words; where they are Markdown, a box in which what Pandoc makes of them is put."""
        text = text.strip()
        if not text:
            return []
        if not MARKED.search(text):
            return [{"t": "Plain", "c": pandoc.inlines(text)}]
        self.waiting.append(text)
        return [{"t": "Plain", "c": [pandoc.span([], "", ["galley-cell"], at=str(len(self.waiting) - 1))]}]

    def filled(self) -> pandoc.Change:
        """What fills the boxes: Pandoc reads all of them in one process."""
        strings = json.dumps({"cells": self.waiting}, ensure_ascii=False)
        meta, _ = pandoc.Reading(f"---\n{strings}\n---\n").result()
        found = meta["cells"]["c"]

        def fill(node: Node) -> list[Node] | None:
            if node["c"][0][1] != ["galley-cell"]:
                return None
            part = found[int(node["c"][0][2][0][1])]
            if part["t"] == "MetaInlines":
                return list(part["c"])
            return [word for block in part["c"] if block["t"] in ("Para", "Plain") for word in block["c"]]

        return fill

    # -- the file --------------------------------------------------------------------------------------

    def file(self, path: str, place: Span | str) -> File | None:
        """The file at a path in the project, or None, and why is told."""
        found = self.found(path)
        wrong = ""
        if isinstance(found, str):
            self.faults.append(Diagnostic(ERROR, found, place, *_WRONG[found](path)))
            return None
        size = found.stat().st_size
        if size > LIMIT:
            wrong = f"the table '{path}' is {size / 1_000_000:.1f} MB long; the limit is {LIMIT // 1_000_000} MB"
            self.faults.append(Diagnostic(ERROR, "too-large", place, wrong, "print a part of it, and share the data"))
            return None
        file, faults = text_file(found)
        self.faults.extend(faults)
        self.read.append(file)
        return None if any(fault.code == "unreadable-file" for fault in faults) else file

    def found(self, path: str) -> Path | str:
        """The path on disk, from the project's folder or the manuscript's; else the code of what is wrong."""
        root = self.project.folder.resolve()
        for base in (self.project.folder, self.project.manuscript[0].parent):
            for name in dict.fromkeys((path, unquote(path))):
                try:
                    file = base / name
                    if file.is_file():
                        return file if file.resolve().is_relative_to(root) else "outside-project"
                except (OSError, ValueError):
                    continue
        return "missing-table"

    def rows(self, file: File, delimiter: str) -> list[list[str]]:
        """The rows of a file, each as long as the first; one that is not is told."""
        import csv

        first = file.text.partition("\n")[0]
        mark = delimiter if len(delimiter) == 1 else max(",;\t", key=first.count)
        reader = csv.reader(file.text.splitlines(True), delimiter=mark)
        rows: list[list[str]] = []
        line = 1
        try:
            for row in reader:
                start, line = line, reader.line_num + 1
                if not any(cell.strip() for cell in row):
                    continue
                if rows and len(row) != len(rows[0]):
                    message = f"this row has {_cells(len(row))}, the first row {len(rows[0])}"
                    quoted = "a cell with a comma in it stands between double quotation marks"
                    hint = "an empty cell counts too" if len(row) < len(rows[0]) else quoted if mark == "," else ""
                    self.faults.append(Diagnostic(ERROR, "ragged-table", file.line_span(start), message, hint))
                    row = [*row, *[""] * len(rows[0])][: len(rows[0])]
                rows.append(row)
        except csv.Error as error:
            message = f"this row cannot be read: {error}"
            self.faults.append(Diagnostic(ERROR, "ragged-table", file.line_span(line), message))
        return rows

    def place(self, path: str) -> Span | str:
        """Where the manuscript names the file."""
        for file in self.files:
            found = re.search(rf"(?:\]\(|file=[\"']?)({re.escape(path)}|{re.escape(unquote(path))})", file.text)
            if found:
                return file.span(*found.span(1))
        return self.files[0].name


def _is_table(path: str) -> bool:
    return path.lower().endswith(SUFFIXES)


def _cells(count: int) -> str:
    return f"{count} cell{'' if count == 1 else 's'}"


def _missing(path: str) -> tuple[str, str]:
    return f"there is no table '{path}'", "paths start at the project's folder"


def _outside(path: str) -> tuple[str, str]:
    return f"the table '{path}' lies outside the project", "copy it into the project's folder"


_WRONG = {"missing-table": _missing, "outside-project": _outside}
