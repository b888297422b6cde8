"""Citations and entries answer each other: every key that is cited is listed, every entry is cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import combining

from galley.document import Document
from galley.report import ERROR, WARNING, Diagnostic
from galley.span import Span
from galley.theme import Theme

PARENTS = ("crossref", "xdata", "related", "xref")
"""The fields by which an entry names other entries."""


def unresolved(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``unresolved-citation``: a key is cited that no entry has.

    Why: the reader is sent to a reference that is not there; in print stands ``(key?)``.

    Bad: ``[@smith20]`` where the bibliography has ``smith2020``. Good: ``[@smith2020]``.
    """
    for key in document.cited:
        if key in document.entries:
            continue
        message, hint = f"no entry '{key}' in the bibliography", _nearest(key, document)
        places: list[Span | str] = [mention.span for mention in document.mentions if mention.key == key]
        for place in places or [*_in_tex(key, document)] or [document.files[0].name]:
            yield Diagnostic(ERROR, "unresolved-citation", place, message, _apart(place) or hint)
    for key in document.meta.nocite:
        if key != "*" and key not in document.entries:
            message = f"nocite names '{key}', which is no entry of the bibliography"
            where = document.places.of("nocite")
            yield Diagnostic(ERROR, "unresolved-citation", where, message, _nearest(key, document))


def _apart(place: Span | str) -> str:
    """A hint for a key that Pandoc ends at an accent which is a character of its own, as macOS may type it."""
    after = "" if isinstance(place, str) else place.file.text[place.end : place.end + 1]
    hint = "the key has an accent apart from its letter, where Pandoc ends it: write it anew"
    return hint if combining(after or " ") else ""


def _in_tex(key: str, document: Document) -> Iterator[Span]:
    """Where a command of TeX cites a key."""
    for file in document.files:
        if "cite" in file.text and not file.name.endswith(".bib"):
            form = rf"\\[A-Za-z]*cite[A-Za-z]*[^{{}}\n]*\{{[^{{}}\n]*?(?<![\w:.-])({re.escape(key)})(?![\w:.-])"
            yield from (file.span(*found.span(1)) for found in re.finditer(form, file.text))


def _nearest(key: str, document: Document) -> str:
    entry = document.entries.get(nearest(key, document.entries))
    if entry:
        return f"did you mean '{entry.key}'? ({entry.span.file.name}:{entry.span.line})"
    return "" if document.entries else "there is no bibliography: write references.bib"


def nearest(key: str, keys: Iterable[str]) -> str:
    """The key most like the one given, blind to case; "" where none is alike."""
    folded: dict[str, str] = {}
    for known in keys:
        folded.setdefault(known.casefold(), known)
    wanted = key.casefold()
    if wanted in folded:
        return folded[wanted]
    starting = [known for known in folded if len(wanted) >= 4 and known.startswith(wanted)]
    from difflib import get_close_matches  # few manuscripts have need of it

    near = starting[:1] if len(starting) == 1 else get_close_matches(wanted, folded, 1, 0.72)
    return folded[near[0]] if near else ""


def uncited(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``uncited-entry``: an entry that the manuscript never cites.

    Why: APA 7 §8.4 lists the works that are cited and no others; it is not printed, and often a citation
    was lost in editing. To keep it on purpose, write its key under ``uncited:`` in the front matter, or
    ``keywords = {uncited}`` in the entry; to print it, name it in ``nocite:``.
    """
    known = {*document.cited, *document.meta.nocite, *document.meta.uncited, *_lending(document)}
    if "*" in known:
        return
    for entry in document.entries.values():
        if entry.key in known or _waived(entry.fields.get("keywords", "")):
            continue
        message = f"the entry '{entry.key}' is never cited"
        hint = "cite it, take it out, or name it under uncited: in the front matter"
        yield Diagnostic(WARNING, "uncited-entry", entry.span, message, hint)
    for key in document.meta.uncited:
        if key in document.cited and key != "*":
            message = f"'{key}' is waived as uncited, but it is cited"
            yield Diagnostic(WARNING, "needless-waiver", document.places.of("uncited"), message, "take the waiver out")


def _lending(document: Document) -> set[str]:
    """Keys of entries that others take fields from or point to: they need no citation of their own."""
    lists = (entry.fields.get(name, "") for entry in document.entries.values() for name in PARENTS)
    return {key.strip() for keys in lists for key in keys.split(",") if key.strip()}


def _waived(keywords: str) -> bool:
    return "uncited" in (word.strip().lower() for word in keywords.replace(";", ",").split(","))
