"""Pieces of programs that R Markdown and Quarto would run or follow, and that are printed here as they stand."""

from __future__ import annotations

from collections.abc import Iterator

from galley.patterns import pattern
from galley.reading.wellformed.prose import Prose, tell
from galley.report import WARNING, Diagnostic

CHUNK = pattern(r"^[ \t]{0,3}(?:`{3,}+|~{3,}+)[ ]?\{(?:r|R|python|julia|sql|stan|ojs|mermaid|dot)(?=[\s,}])[^\n]*", 8)
INLINE = pattern(r"(?<!`)`r (?![=<>~])[^`\n]{1,200}`(?!`)")
SHORTCODE = pattern(r"\{\{<[ ]*[\w-]+(?:[^\n<>]{0,200})>\}\}")
KNIT = "let Quarto or R Markdown write Markdown of it first (keep-md), and give that"
KINDS = (
    ("{", CHUNK, "this chunk is not run"),
    ("`r ", INLINE, "this piece of R is not run"),
    ("{{<", SHORTCODE, "this shortcode of Quarto is not followed"),
)
"""The sign without which there is none, how one is written, and what is said of it."""


def unrun(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``unrun-code``: chunks, code in a line and shortcodes; the first of each kind, and how many there are more."""
    for sign, form, what in KINDS:
        found = [
            (prose, one.span())
            for prose in read
            if sign in prose.file.text
            for one in form.finditer(prose.quiet if form is SHORTCODE else prose.file.text, prose.start)
        ]
        if found:
            more = f"; so are {len(found) - 1} more" if len(found) > 2 else "; so is one more" if len(found) > 1 else ""
            prose, (start, end) = found[0]
            message = f"{what}: it is printed as it stands{more}"
            yield tell(prose, WARNING, "unrun-code", (start, end), message, KNIT)
