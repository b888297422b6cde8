"""The list of changes as a page of Markdown and as data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from galley.stages.redlining.changes import Change

LONG = 240
"""So many characters of a passage are shown at most."""


def page(changes: Sequence[Change], places: Mapping[int, tuple[int, int]], said: str) -> bytes:
    """The list in Markdown: what each change is, the old and the new words, page and line of the new version."""
    kinds = Counter(one.kind for one in changes)
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    out = [f"# Changes: {said}", "", f"{len(changes)} changes: {counted}." if changes else "No changes.", ""]
    if changes:
        out += ["| no. | page | line | section | change | old | new |", "|---|---|---|---|---|---|---|"]
    for one in changes:
        number, line = places.get(one.number, (0, 0))
        kind = (
            f"{one.kind}: {one.thing}"
            + (f" ({one.reason})" if one.reason else "")
            + (f" ({one.move})" if one.move else "")
        )
        cells = (str(one.number), str(number or ""), str(line or ""), one.section, kind, _cell(one.old), _cell(one.new))
        out.append(f"| {' | '.join(cells)} |")
    return ("\n".join(out) + "\n").encode()


def data(changes: Sequence[Change], places: Mapping[int, tuple[int, int]]) -> bytes:
    """The list as JSON; a page or line that is not known is null."""
    rows = [
        {
            **one._asdict(),
            "page": places.get(one.number, (0, 0))[0] or None,
            "line": places.get(one.number, (0, 0))[1] or None,
        }
        for one in changes
    ]
    return (json.dumps(rows, indent=1, ensure_ascii=False) + "\n").encode()


def _cell(text: str) -> str:
    text = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return text if len(text) <= LONG else text[: LONG - 1].rstrip() + "…"
