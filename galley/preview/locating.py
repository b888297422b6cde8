"""Which block of a page a finding is about: the one that shares most words with the paragraph the finding stands in."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

from galley.patterns import pattern
from galley.report import Diagnostic
from galley.span import Span

WORD = pattern(r"[^\W\d_]{3,}")
TAG = pattern(r"<[^<>]*>|<annotation[^<>]*>[\s\S]*?</annotation>")
LEAST = 0.3
"""The share of a paragraph's words that its block has at least; what is below was found by chance."""
AROUND = 2


class Places:
    """Finds blocks; keeps the words of those it has seen."""

    def __init__(self) -> None:
        self._words: dict[str, frozenset[str]] = {}

    def of(self, findings: Sequence[Diagnostic], blocks: Sequence[tuple[str, str]]) -> list[int | None]:
        """For each finding the number of its block, from 0; None where it has none."""
        if not findings:
            return []
        words = {mark: self._words.get(mark) or _words(unescape(TAG.sub(" ", text))) for mark, text in blocks}
        self._words = words
        listed = [words[mark] for mark, _ in blocks]
        return [_best(_paragraph(one.place), listed) if isinstance(one.place, Span) else None for one in findings]


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in WORD.findall(text))


def _paragraph(span: Span) -> str:
    """The lines round a place up to the next empty ones, in a file of prose."""
    text = span.file.text
    if not span.file.name.endswith(".md"):
        return ""
    first = text.rfind("\n\n", 0, span.start)
    last = text.find("\n\n", max(span.end - 1, span.start))
    return text[first + 1 : last if last >= 0 else len(text)]


def _best(paragraph: str, blocks: Sequence[frozenset[str]]) -> int | None:
    wanted = _words(paragraph)
    if not wanted or not blocks:
        return None
    shares = [len(wanted & block) / len(wanted | block) if block else 0.0 for block in blocks]
    best = max(range(len(shares)), key=shares.__getitem__)
    return best if len(wanted & blocks[best]) / len(wanted) >= LEAST else None


def excerpt(place: Span | str) -> list[tuple[int, str]]:
    """The lines round a place, each with its number."""
    if not isinstance(place, Span):
        return []
    first = max(1, place.line - AROUND)
    last = min(len(place.file.line_starts), place.line + AROUND)
    return [(number, place.file.line(number)) for number in range(first, last + 1)]
