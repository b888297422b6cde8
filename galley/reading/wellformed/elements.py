"""HTML whose content no page can show: Pandoc hands it on, and it is left out."""

from __future__ import annotations

from collections.abc import Iterator

from galley.patterns import pattern
from galley.reading.wellformed.prose import Prose, tell
from galley.report import WARNING, Diagnostic

HIDDEN = pattern(r"<(script|style)\b[^>]{0,500}>", 2)


def hidden(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``raw-html``: a script or a style sheet in the midst of the text."""
    for prose in read:
        if "<s" in prose.file.text or "<S" in prose.file.text:
            for found in HIDDEN.finditer(prose.quiet, prose.start):
                message = f"the HTML element <{found[1].lower()}> is left out"
                yield tell(prose, WARNING, "raw-html", found.span(), message, "take it out; looks are the theme's")
