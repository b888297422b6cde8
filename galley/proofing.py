"""The verb ``proof``: pages for the author to read, with queries in the margin and a form to answer them in."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from galley.building import named, show
from galley.report import ERROR, Diagnostic, fault
from galley.writing import outputs, write

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme


class Proof(NamedTuple):
    """The files by their names, how many queries there are in them, what was found in the manuscript."""

    files: Mapping[str, bytes]
    queries: int
    diagnostics: tuple[Diagnostic, ...]


def run(options: argparse.Namespace, project: Path) -> int:
    """Write the proof and its forms; 1 where there are errors in the manuscript."""
    from galley.reviewing import kinds_of

    day = _day(options.date)
    made = proof(project, kinds_of(options.to), options.theme, options.round, day, checks=options.queries == "check")
    show(made.diagnostics, options.format)
    folder = outputs(project, options.output)
    for name, content in made.files.items():
        write(folder / name, content)
        if options.format == "text":
            print(f"{named(folder / name)}  {max(1, round(len(content) / 1000))} kB")
    if options.format == "text":
        print(f"{made.queries} {'query' if made.queries == 1 else 'queries'}")
    return 1 if any(one.severity is ERROR for one in made.diagnostics) else 0


def _day(said: str) -> date:
    if said:
        try:
            return date.fromisoformat(said)
        except ValueError as error:
            raise fault("no-date", said, "is no date", "write it as 2026-03-01", status=2) from error
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC).date() if seconds.isdigit() else datetime.now(UTC).date()


def proof(project: Path, kinds: Sequence[str], theme: str, number: int, day: date, *, checks: bool = False) -> Proof:
    """The proof in some formats, and the form in the same: as a web page always, in Word where that is asked for."""
    from galley import press
    from galley.formats import proofform
    from galley.stages.querying import queried

    document = press.settled(project, theme)
    look = press.themed(document, theme)
    found = press.checked(document, look)
    if checks:
        from galley import editing

        found = editing.keyed(project, document, found).findings
        document = queried(document, found)
    line = notice(look, number, day)
    files = {f"proof.{kind}": page(document, look, kind, line) for kind in kinds}
    files["proof-form.html"] = proofform.page(document, look, line, number)
    if "docx" in kinds:
        files["proof-form.docx"] = proofform.word(document, look)
    told = tuple(one for one in found if one.code != "open-suggestion" and not (checks and one.query))
    return Proof(files, len(proofform.queries(document)), told)


def notice(theme: Theme, number: int, day: date) -> str:
    """The line at the head of every page: "Proof, not for distribution · round 2 · 1 March 2026"."""
    words = theme.tokens["words"]
    return f"{words['proof']} · {words['round']} {number} · {day.day} {words['months'][day.month - 1]} {day.year}"


def page(document: Document, theme: Theme, kind: str, line: str) -> bytes:
    """The proof in one format, its line on every page."""
    from galley.formats.roundcopies import dressed, written

    return dressed(written(document, theme, kind, line), kind, line)
