"""Publishers, sites and places at the end of a reference (APA 7 §9.29-9.33)."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern
from .draft import Draft
from .facts import kind_of

_PLACE: Final = pattern(r"(?P<place>[A-Z][^\d:;()]{1,48}(?:,\s[A-Z][^\d:;(),]{1,24}){0,2}):\s+(?=[A-Z])")
_REPORT: Final = pattern(r"\((?P<said>[^()]{3,120})\)\s*\Z")
_BRACKET: Final = pattern(r"\s*\[(?P<said>[^\[\]]{1,160})\]\.?")
_ABBREVIATED: Final = pattern(r"(?:Inc|Ltd|Co|Corp|U\.S|L\.P|LLC|Bros|[A-Z]\.[A-Z])\Z")


def put_houses(draft: Draft, start: int, end: int) -> None:
    """Set the publisher (with its place, where an older form gives one) from what is left of the body."""
    while found := _BRACKET.search(draft.text, start, end):
        if not draft.text[start : found.start()].strip(" ."):
            kind = kind_of(found["said"])
            draft.put("titleaddon", *found.span("said"))
            draft.hold(*found.span())
            if kind and not draft.type:
                draft.type = kind
            start = found.end()
            continue
        break
    start, end = draft.trim(start, end, " ,;.:")
    if start >= end:
        return
    found = _PLACE.match(draft.text, start, end)
    if found and ("," in found["place"] or len(found["place"].split()) < 3):
        draft.put("location", *found.span("place"))
        draft.slip("publisher-place", *found.span("place"))
        draft.hold(*found.span())
        start = found.end()
    last = end
    if draft.text[end : end + 1] == "." and _ABBREVIATED.search(draft.text, start, end):
        last = end + 1
    draft.put("publisher", start, last)
