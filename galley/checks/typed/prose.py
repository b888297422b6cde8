"""Which paragraphs are the author's prose, and their text with all that is no prose blanked out in place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from galley.typescript import Paragraph, Resolved

PROSE = frozenset({"abstract", "body", "quote", "list", "note"})
SPOKEN = PROSE | {"caption", "cell", "title", "subtitle", "heading", "keywords"}


class Said(NamedTuple):
    """A paragraph of prose: its position, itself, and its text with code and deletions as spaces."""

    at: int
    paragraph: Paragraph
    text: str


def prose(resolved: Resolved, kinds: frozenset[str] = PROSE) -> Iterator[Said]:
    """The paragraphs of these kinds outside the reference list, in reading order."""
    listed = {at for one in resolved.listed for at in one.paragraphs}
    for at, paragraph in enumerate(resolved.typescript.paragraphs):
        if paragraph.kind in kinds and paragraph.part != "header" and at not in listed:
            yield Said(at, paragraph, spoken(paragraph))


def spoken(paragraph: Paragraph) -> str:
    """The paragraph's text, code and deleted words as spaces."""
    return "".join(" " * len(run.text) if run.code or run.change == "del" else run.text for run in paragraph.runs)


def stretches(resolved: Resolved) -> dict[int, list[tuple[int, int]]]:
    """Where citations stand, by the position of their paragraph."""
    found: dict[int, list[tuple[int, int]]] = {}
    for typed in resolved.citations:
        found.setdefault(typed.paragraph, []).append((typed.citation.start, typed.citation.end))
    return found


def blanked(text: str, places: list[tuple[int, int]]) -> str:
    """A text with stretches of it as spaces."""
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def sentence(text: str, start: int, end: int, most: int = 160) -> str:
    """The words round [start, end) of a text, for evidence."""
    first = max(text.rfind(". ", 0, start) + 1, start - most // 2, 0)
    last = text.find(". ", end)
    last = min(last + 1 if last >= 0 else len(text), end + most // 2)
    return ("…" if first and text[first - 1] != "." else "") + " ".join(text[first:last].split())
