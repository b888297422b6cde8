"""Setting pages: the verbs that write into the output folder, and what they say of it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from galley.handtyped import handtyped
from galley.report import ERROR, FORMATS, WARNING, Diagnostic, Fault, draw, order, summary
from galley.writing import alone, outputs, write

if TYPE_CHECKING:
    from galley import press
    from galley.document import Document


def build(options: argparse.Namespace, project: Path) -> int:
    """Set a project in the formats that the options name; 1 where there is an error in it."""
    from galley import press

    begun = time.time_ns()
    ahead = press.ahead(options.formats)
    document = press.settled(project, options.theme, ahead=ahead)
    theme = press.themed(document, options.theme)
    folder = outputs(project, options.output)
    standards = tuple(getattr(options, "standard", None) or press.STANDARDS)
    sheets: list[press.Sheet] = []
    found: list[Diagnostic] = []
    for name in options.formats:
        try:
            sheets.append(press.press(document, theme, name, standards, draft=options.draft, ahead=ahead))
            found.extend(sheets[-1].diagnostics)
        except Fault as fault:
            found.extend(fault.diagnostics)
            if fault.status == 2:
                raise
    found += noticed(document, project, begun)
    show(_gravest(found), options.format)
    holds = counted(document)
    with alone(folder) if sheets else nullcontext():
        lines = [_put(sheet, folder / f"article{sheet.suffix}", holds, replace=options.draft) for sheet in sheets]
    if options.format == "text" and lines:
        print(*lines, sep="\n")
    return 1 if any(one.severity is ERROR for one in found) else 0


def noticed(document: Document, project: Path, begun: int) -> list[Diagnostic]:
    """What whoever makes pages tells beside the checks: citations typed by hand, and files that changed meanwhile."""
    return [*handtyped(document, project), *changed(document, begun)]


def changed(document: Document, begun: int) -> list[Diagnostic]:
    """``changed-while-read``: files of a document written after a time in nanoseconds since the epoch: nobody can say
    which of their states stands on the pages."""
    from galley.formats.pictures import inside
    from galley.pandoc import each

    regions = (*document.slots.values(), document.blocks, document.back)
    addresses = dict.fromkeys(node["c"][2][0] for region in regions for node in each(region, frozenset({"Image"})))
    pictures = [found for one in addresses if (found := inside(document.folder, one))]
    late = []
    for path in (*(Path(file.name) for file in document.files), *pictures):
        with suppress(OSError):
            if path.stat().st_ctime_ns > begun:
                late.append(path)
    message, hint = "was changed while the pages were being made of it", "make them again"
    return [Diagnostic(WARNING, "changed-while-read", named(one), message, hint) for one in late]


def _put(sheet: press.Sheet, path: Path, holds: str, *, replace: bool) -> str:
    """Write a page, unless it has errors and one without stands there; what to say of it."""
    from galley import drafts

    faulty = any(one.severity is ERROR for one in sheet.diagnostics)
    if faulty and not replace and path.exists() and not drafts.is_draft(path):
        return f"{named(path)}  left as it was: the new page has errors in it (--draft puts it there)"
    write(path, sheet.content)
    drafts.note(path, faulty)
    return f"{named(path)}  {_size(len(sheet.content))}, {holds}{', with errors in it' if faulty else ''}"


def _gravest(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """One of each finding: what one format takes as an error is not also told as another's warning."""
    kept: dict[tuple[object, ...], Diagnostic] = {}
    for one in found:
        key = (one.code, one.place, one.message)
        if key not in kept or one.severity is ERROR:
            kept[key] = one
    return list(kept.values())


def show(diagnostics: Iterable[Diagnostic], format: str, stream: TextIO | None = None) -> None:
    """Print findings: text to a stream (by default that of errors), data to the output."""
    found = order(diagnostics)
    if format != "text":
        print(FORMATS[format](found))
    elif found:
        print("\n\n".join(map(draw, found)), summary(found), sep="\n\n", file=stream or sys.stderr)


def counted(document: Document) -> str:
    """How many citations and references a document has, in words."""
    from galley.pandoc import each

    regions = (*document.slots.values(), document.blocks, document.back)
    spans = (node for region in regions for node in each(region, frozenset({"Span"})))
    citations = sum("citation" in node["c"][0][1] for node in spans)
    return f"{_plural(citations, 'citation')}, {_plural(len(document.references), 'reference')}"


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"


def meant(project: Path | None, home: Path | None) -> Path:
    """The project meant: the one named, else the folder stood in where it has manuscript/, else ``home``."""
    return project or (home if home and not Path("manuscript").is_dir() else Path())


def say(options: argparse.Namespace, line: str) -> None:
    """Print a line, where findings are shown as text: data stands alone."""
    if options.format == "text":
        print(line)


def named(path: Path) -> str:
    """A path as the user would type it."""
    from galley.reading.files import named as short

    return short(path)
