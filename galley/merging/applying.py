"""Edits of a page -> changes of its source: where each is written, and how, so that whoever rejects them has the
source back byte for byte.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from galley.merging import paragraphs, wording
from galley.merging.comparing import Changes
from galley.merging.desk import Desk
from galley.merging.edits import Edits
from galley.returned import Remark


def apply(desk: Desk, edits: Edits, noted: Changes, remarks: Mapping[str, Remark]) -> None:
    """Write all of them."""
    desk.lost += edits.lost
    for edit in edits.inline:
        number = max(bisect_right(desk.now.starts, edit.start) - 1, 0)
        wording.inline_edit(desk, edit, paragraphs.separator(desk, number) if edit.parts else "")
    for removed in edits.removed:
        (paragraphs.join if removed.end else paragraphs.remove)(desk, removed)
    for number, added in enumerate(edits.added):
        paragraphs.add(desk, added, 10 + number)
    for start, end, was, look, hand in noted.formats:
        wording.dress(desk, start, end, was, look, hand)
    for at, piece in noted.inner:
        if at not in noted.gone:
            wording.within(desk, at, piece)
    for start, end, key in noted.remarks:
        if key in remarks:
            wording.remark(desk, start, end, remarks[key])
