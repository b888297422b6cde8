"""Italics of an entry stand on the right part: title of what stands alone, name of a periodical (APA 7 §6.22, 9.25)."""

from __future__ import annotations

from collections.abc import Iterator

from galley.checks.typed.entries import apa_list, called, sure
from galley.checks.typed.telling import at_field, folded, tell
from galley.report import WARNING, Diagnostic
from galley.typescript import Listed, Resolved

ALONE = frozenset(
    {
        "book",
        "report",
        "thesis",
        "phdthesis",
        "mastersthesis",
        "collection",
        "proceedings",
        "mvbook",
        "manual",
        "booklet",
    }
)
PARTS = frozenset({"incollection", "inbook", "inproceedings"})
SAID = {
    "title": "the title", "journaltitle": "the name of the periodical", "volume": "the volume",
    "number": "the issue", "booktitle": "the title of the book", "publisher": "the publisher",
    "maintitle": "the title",
}  # fmt: skip


def faces(resolved: Resolved) -> Iterator[Diagnostic]:
    """C22 ``italics``: a part of an entry is italic that APA sets upright, or upright that it sets in italics."""
    if apa_list(resolved) and _carried(resolved):
        yield from folded(_faces(resolved), chances=len(resolved.listed))


def _carried(resolved: Resolved) -> bool:
    """Whether the list has italics at all, as most of a text pasted without its faces has not."""
    faced = sum(1 for one in resolved.listed if any(run.italic and run.text.strip() for run in one.runs))
    return faced * 2 >= len(resolved.listed)


def _faces(resolved: Resolved) -> Iterator[tuple[str, Diagnostic]]:
    for listed in resolved.listed:
        if not sure(listed, 0.5) or not listed.runs:
            continue
        if not any(run.italic and run.text.strip() for run in listed.runs):
            message = f"nothing in {called(listed)} is italic"
            hint = "set the title of a work that stands alone in italics, or the name of its periodical (APA 7 §6.22)"
            query = (
                f"Nothing in the entry {called(listed)} is italic. Is it a work that stands alone, or a part of one?"
            )
            if listed.parsed.type not in ("legislation", "jurisdiction", "legal"):
                yield "none", tell(WARNING, "italics", at_field(resolved, listed, "title"), message, hint, query)
            continue
        for name, wanted in _wanted(listed):
            share = _italic(listed, *listed.parsed.at[name])
            if (wanted and share < 0.3) or (not wanted and share > 0.7):
                yield f"{name}{wanted}", _told(resolved, listed, name, wanted)
                break


def _wanted(listed: Listed) -> Iterator[tuple[str, bool]]:
    """The parts of an entry whose face is beyond doubt, each with whether it is italic."""
    at, fields, kind = listed.parsed.at, listed.parsed.fields, listed.parsed.type
    wanted: dict[str, bool] = {}
    if kind == "article" and fields.get("volume") and fields.get("journaltitle"):
        wanted = {"title": False, "journaltitle": True, "volume": True, "number": False}
    elif kind in ALONE:
        wanted = {"title": True, "publisher": False}
    elif kind in PARTS and fields.get("booktitle"):
        wanted = {"title": False, "booktitle": True, "publisher": False}
    return ((name, italic) for name, italic in wanted.items() if name in at and at[name][1] > at[name][0])


def _italic(listed: Listed, start: int, end: int) -> float:
    """How much of [start, end) of an entry's text is italic, from 0 to 1."""
    seen = count = at = 0
    for run in listed.runs:
        left, right = max(at, start), min(at + len(run.text), end)
        letters = sum(sign.isalnum() for sign in listed.text[left:right]) if right > left else 0
        seen += letters
        count += letters if run.italic else 0
        at += len(run.text)
    return count / seen if seen else (0.5)


def _told(resolved: Resolved, listed: Listed, name: str, wanted: bool) -> Diagnostic:
    said = SAID[name]
    message = f"{said} of {called(listed)} is {'not italic' if wanted else 'italic'}"
    hint = f"set it {'in italics' if wanted else 'upright'} (APA 7 §6.22)"
    query = f"In the entry {called(listed)} {said} is {'not ' if wanted else ''}italic. "
    query += f"May we set it {'in italics' if wanted else 'upright'}?"
    return tell(WARNING, "italics", at_field(resolved, listed, name), message, hint, query)
