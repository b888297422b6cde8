"""Figures, tables and text answer each other: every label named is there, every object is named, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from galley.checks.citations import nearest
from galley.document import Document, Numbered
from galley.report import ERROR, WARNING, Diagnostic
from galley.span import Span
from galley.theme import Theme

CALLED = ("figure", "table", "listing")
"""The kinds of objects that the text must call out; equations and sections are read where they stand."""


def unknown(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``unknown-label``: the text refers to a label that no figure, table, equation or section has.

    Why: the reader is sent to something that is not there; in print stands ``?fig:x?``.

    Bad: ``@fig:trends`` where the image has ``{#fig:trend}``. Good: ``@fig:trend``.
    """
    known = list(dict.fromkeys(one.source for one in document.numbers if one.source))
    for label in document.dangling:
        near = nearest(label, known) or nearest(label.partition(":")[2], known)
        hint = f"did you mean '{near}'?" if near else _labels(known)
        for place in _mentions(document, label):
            yield Diagnostic(ERROR, "unknown-label", place, f"nothing has the label '{label}'", hint)


def _labels(known: list[str]) -> str:
    if not known:
        return "write {#fig:name} after an image, {#tbl:name} after a caption, {#eq:name} after an equation"
    shown = ", ".join(known[:6])
    return f"the labels are: {shown}" + (" ..." if len(known) > 6 else "")


def repeated(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``repeated-label``: two objects have the same label.

    Why: a reference can lead to one of them only, and leads to the first.

    Bad: ``{#fig:map}`` after two images. Good: ``{#fig:map}`` and ``{#fig:map-west}``.
    """
    for label in document.repeated:
        found: list[Span | str] = [*places(document, _given(label))]
        for place in found[1:] or found or [document.files[0].name]:
            message, hint = f"the label '{label}' is given twice", "give each object a label of its own"
            yield Diagnostic(WARNING, "repeated-label", place, message, hint)


def unmentioned(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``unmentioned-figure``, ``unmentioned-table``, ``unmentioned-listing``: no text mentions the object.

    Why: APA 7 §7.5 asks for a callout to each table and figure, so that the reader knows when to look at it.

    Bad: a figure that nothing refers to. Good: ``As @fig:map shows, ...``.
    """
    for one in document.numbers:
        if one.kind in CALLED and not one.mention and not one.panel and one.source not in document.repeated:
            name = one.label.replace("\u00a0", " ")
            message = f"no text mentions {name}"
            hint = f"refer to it as @{one.source}" if one.source else "give it a label and refer to it"
            yield Diagnostic(WARNING, f"unmentioned-{one.kind}", _place(document, one), message, hint)


def order(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``callout-order``: an object is mentioned before one that has a lower number.

    Why: APA 7 §7.5 numbers tables and figures in the order in which they are first mentioned.

    Bad: ``@fig:b ... @fig:a`` where a stands before b. Good: put the figures in the order of their callouts.
    """
    for kind in CALLED:
        called = [one for one in document.numbers if one.kind == kind and one.mention and not one.panel]
        for before, one in pairwise(called):
            if one.mention < before.mention and one.number[:1].isalpha() == before.number[:1].isalpha():
                names = [other.label.replace("\u00a0", " ") for other in (one, before)]
                message = f"{names[0]} is mentioned before {names[1]}"
                hint = "put the objects in the order in which the text mentions them"
                yield Diagnostic(WARNING, "callout-order", _place(document, one), message, hint)


def leftovers(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``raw-tex``, ``raw-html``, ``missing-caption``, ``typed-number``: something could not be set as it was meant.

    Why: the manuscript is set in several formats; what only LaTeX or only a browser understands would be lost
    in the others. Where words or a picture would be lost, it is an error.
    """
    for one in document.leftovers:
        place = standing(document, one.text) or document.files[0].name
        yield Diagnostic(ERROR if one.lost else WARNING, one.code, place, one.message, one.hint)


# -- places ------------------------------------------------------------------------------------------


def _mentions(document: Document, label: str) -> Iterator[Span | str]:
    """Where a label is referred to, in any of the forms there are."""
    name = re.escape(label)
    forms = rf"(?:@\{{?|\\[A-Za-z]*ref\*?\s*\{{(?:[^{{}}]*,\s*)?|@ref\(|\]\(#)({name})(?![\w-])"
    found: list[Span | str] = [*places(document, re.compile(forms))]
    yield from found or [document.files[0].name]


def _given(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?:\{{#|\\label\s*\{{|\(\\?#)({re.escape(label)})(?=[\s}})])")


def _place(document: Document, one: Numbered) -> Span | str:
    """Where an object stands: at its label, else at words of its caption or its picture's path."""
    if one.source:
        return next(places(document, _given(one.source)), document.files[0].name)
    if not one.sought:
        return document.files[0].name
    words = r"\s+".join(map(re.escape, one.sought.split()))
    return next(places(document, re.compile(words)), document.files[0].name)


def standing(document: Document, text: str) -> Span | None:
    """Where words first stand in the manuscript, however its lines break; of several lines the first."""
    words = r"\s+".join(map(re.escape, text.split()))
    place = next(places(document, re.compile(words)), None) if words else None
    if place and "\n" in place.text:
        return Span(place.file, place.start, place.start + place.text.index("\n"))
    return place


def places(document: Document, pattern: re.Pattern[str]) -> Iterator[Span]:
    """Every place in the manuscript that matches, its first group where it has one."""
    for file in document.files:
        if file.name.endswith(".bib"):
            continue
        for found in pattern.finditer(file.text):
            yield file.span(*found.span(1 if pattern.groups else 0))
