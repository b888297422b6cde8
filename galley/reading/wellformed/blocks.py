"""Headings and lists that Pandoc does not take for such, steps left out between headings, and what is no prose."""

from __future__ import annotations

from collections.abc import Iterator

from galley.patterns import pattern
from galley.reading.wellformed.prose import Paragraph, Prose, tell
from galley.report import ERROR, WARNING, Diagnostic

ATX = pattern(r"\n(#{1,6})(?:[ \t]+([^\n]*))?(?=\n|\Z)")
GLUED = pattern(r"#{1,6}(?=[A-Z0-9][\w ,:’'-]*$)|#{2,6}(?=\w[^\n]*$)")
LATE = pattern(r"^(?P<before>[^\n]*)\n(?P<heading>#{1,6})[ \t]+\S", 8)
ITEM = pattern(r"\n[ ]{0,3}(?:[-*+]|\d{1,2}[.)]|\(?[a-z]\))[ \t]+\S")
STARTS = pattern(r"[ ]{0,3}(?:[-*+]|#?\d{1,3}[.)]|\(?[A-Za-z0-9]{1,4}[.)]|\(@\w*\)|#\.)[ \t]|[>|+:#<~`]|\[\^|@\[")
CONFLICT = pattern(r"^<{7} [^\n]*\n(?:(?![<>]{7} |={7}\n)[^\n]*\n)*={7}\n(?:(?![<>]{7} )[^\n]*\n)*>{7} ", 8)
YAML = pattern(
    r"\n---[ \t]*\n[A-Za-z][\w-]*[ \t]*:(?:[ \t][^\n]*)?\n(?:(?!---|\.\.\.)[^\n]+\n)*(?:---|\.\.\.)[ \t]*(?=\n|\Z)"
)


def headings(run: Paragraph) -> Iterator[Diagnostic]:
    """``unread-heading``: a heading that would be printed with its signs."""
    if run.quiet.startswith("#") and "\n" not in run.quiet and (glued := GLUED.match(run.quiet)):
        hint = "write a space after the signs"
        yield run.tell(WARNING, "unread-heading", glued.span(), "this is not read as a heading", hint)
    if "\n#" not in run.quiet:
        return
    for found in LATE.finditer(run.quiet):
        if found["before"].strip() and not STARTS.match(found["before"].lstrip()):
            hint = "write an empty line before it"
            yield run.tell(WARNING, "unread-heading", found.span("heading"), "this is not read as a heading", hint)


def lists(run: Paragraph) -> Iterator[Diagnostic]:
    """``unread-list``: items that would run on in the paragraph before them."""
    text = run.prose.file.text
    if text[text.rfind("\n", 0, run.start) + 1 : run.start].startswith(("  ", "\t")):
        return  # a paragraph of an item
    if STARTS.match(run.quiet) or run.quiet.startswith(("- ", "* ", "$$", "---", "===")):
        return
    items = list(ITEM.finditer(run.quiet)) if "\n" in run.quiet else []
    if len(items) > 1:
        hint = "write an empty line before its first item"
        at = items[0].start() + 1
        yield run.tell(WARNING, "unread-list", (at, items[0].end()), "this is not read as a list", hint)


def steps(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``heading-jump`` and ``empty-heading``: levels left out, and a heading without words."""
    before = 0
    for prose in read:
        for found in ATX.finditer(f"\n{prose.quiet}", prose.start) if "#" in prose.quiet else ():
            level, at = len(found[1]), (found.start(), found.end(1) - 1)  # one newline was put before the text
            written = prose.file.text[at[1] : found.end() - 1]
            if not written.strip(" \t#"):
                hint = "write its words, or take it out"
                yield tell(prose, WARNING, "empty-heading", at, "this heading has no words", hint)
                continue
            if before and level > before + 1:
                message = f"a heading of level {level} follows one of level {before}"
                hint = f"make it {'#' * (before + 1)}, or write the heading that is missing between"
                yield tell(prose, WARNING, "heading-jump", at, message, hint)
            before = level


def conflicts(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``merge-conflict``: both sides of a conflict that git could not decide."""
    for prose in read:
        if "<<<<<<< " in prose.file.text:
            for found in CONFLICT.finditer(prose.file.text):
                at = (found.start(), found.start() + 7)
                hint = "keep one of the two, and take the three lines of signs out"
                yield tell(prose, ERROR, "merge-conflict", at, "a conflict of two versions is not settled", hint)


def metadata(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``stray-yaml``: fields in a block of their own below the top; Pandoc takes them out of the text."""
    for prose in read:
        if "\n---" in prose.file.text[prose.start :]:
            for found in YAML.finditer(prose.file.text, max(prose.start - 1, 0)):
                at = found.start() + 1
                if prose.file.text[prose.file.text.rfind("\n", 0, at - 1) + 1 : at].strip():
                    continue  # the line before it is not empty
                message = "fields of YAML in the midst of the text are neither read nor printed"
                hint = "put them into the front matter; a rule between paragraphs has empty lines round it"
                yield tell(prose, WARNING, "stray-yaml", (at, at + 3), message, hint)
