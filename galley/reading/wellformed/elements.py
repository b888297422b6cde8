"""HTML whose content no page can show: Pandoc hands it on, and it is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from galley.patterns import pattern
from galley.reading.wellformed.prose import Prose, tell
from galley.report import WARNING, Diagnostic

PAIRED = pattern(r"<(/?)(em|i|b|strong|sub|sup|u|ins|s|del|strike|cite|dfn|var)(?:\s[^<>]{0,200})?>|\n[ \t]*\n", 2)
"""Elements that mark words (those that ``stages/markup`` understands), and the end of a paragraph."""
HIDDEN = pattern(r"<(script|style)\b[^>]{0,500}>", 2)


def hidden(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``raw-html``: a script or a style sheet in the midst of the text."""
    for prose in read:
        if "<s" in prose.file.text or "<S" in prose.file.text:
            for found in HIDDEN.finditer(prose.quiet, prose.start):
                message = f"the HTML element <{found[1].lower()}> is left out"
                yield tell(prose, WARNING, "raw-html", found.span(), message, "take it out; looks are the theme's")
        yield from _unclosed(prose)


def _unclosed(prose: Prose) -> Iterator[Diagnostic]:
    """``raw-html``: words that are to be marked up to an end which their paragraph has not."""
    opened: list[tuple[str, tuple[int, int]]] = []
    counts: Counter[str] = Counter()
    for found in PAIRED.finditer(prose.quiet + "\n\n", prose.start):
        name = (found[2] or "").lower()
        if name and not found[1]:
            opened.append((name, found.span()))
            counts[name] += 1
        elif name and counts[name]:
            while (last := opened.pop()[0]) != name:
                counts[last] -= 1  # what stood open within it ends with it
            counts[name] -= 1
        elif not name:
            for name, span in opened:
                message, hint = f"the HTML element <{name}> is not closed in its paragraph", f"add </{name}>"
                yield tell(prose, WARNING, "raw-html", span, message, hint)
            opened, counts = [], Counter()
