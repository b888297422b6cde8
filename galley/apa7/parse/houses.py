"""Publishers, sites and places at the end of a reference (APA 7 §9.29-9.33)."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern
from .draft import Draft
from .facts import kind_of

_PLACE: Final = pattern(r"(?P<place>[A-Z][^\d:;()]{1,48}(?:,\s[A-Z][^\d:;(),]{1,24}){0,2}):\s+(?=[A-Z])")
_HOUSE: Final = pattern(
    r"\b(?:Press|Publish\w*|Verlag|University|Wiley|Springer|Routledge|Elsevier"
    r"|Foundation|Sons|Books)\b"
)
_PAGES: Final = pattern(r",\s*(?:pp?|S)\.\s*(?P<p>[\w.:]+(?:\s?[–—-]+\s?[\w.:]+)?)\.?\s*\Z")
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
    if found := _PAGES.search(draft.text, start, end):
        draft.put("pages", *found.span("p"))
        draft.hold(*found.span())
        end = draft.trim(start, found.start(), " ,;.:")[1]
    found = _PLACE.match(draft.text, start, end)
    if found and ("," in found["place"] or len(found["place"].split()) < 3):
        draft.slip("publisher-place", *found.span("place"))
        draft.hold(*found.span())
        if _HOUSE.search(found["place"]) and not _HOUSE.search(draft.text, found.end(), end):
            draft.put("publisher", *found.span("place"))  # "Some Press: Rome, Italy"
            draft.put("location", *draft.trim(found.end(), end))
            return
        draft.put("location", *found.span("place"))
        start = found.end()
    last = end
    if draft.text[end : end + 1] == "." and _ABBREVIATED.search(draft.text, start, end):
        last = end + 1
    draft.put("publisher", start, last)
