"""The editor's trips: a typescript read, its citations resolved and judged, and turned into a keyed project."""

from __future__ import annotations

from pathlib import Path

from galley.report import Diagnostic
from galley.typescript import Resolved


def resolved(path: Path, track: str = "accept") -> Resolved:
    """Read a typescript (.docx, .odt, .html, .md or a project), find its citations and link them to its list.

    ``track`` says what becomes of tracked changes: "accept", "reject" or "keep".
    """
    from galley.reading.typescript import read
    from galley.typed.citing import cited
    from galley.typed.linking import linked
    from galley.typed.listing import listed
    from galley.typed.structure import structured

    typescript = structured(read(path, track))
    entries = listed(typescript)
    return linked(typescript, cited(typescript, entries), entries)


def judged(found: Resolved) -> tuple[Diagnostic, ...]:
    """All that is to be said of a typescript."""
    from galley.checks.typed import check

    return (*found.typescript.faults, *check(found))
