"""Figures do nothing by themselves: what acts in one would act in a package that carries the file as it is."""

from __future__ import annotations

from collections.abc import Iterator

from galley.checks.figures import images, locate, place_of
from galley.document import Document
from galley.picturedeeds import acting
from galley.report import WARNING, Diagnostic
from galley.theme import Theme

KINDS = (".pdf", ".svg")


def active(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``active-figure``: a PDF figure or a drawing holds a script, a program to start, a file or the like.

    Why: on our pages it is a picture and does nothing, but a package carries the figure's own file to the publisher.
    """
    for address in dict.fromkeys(node["c"][2][0] for node, _caption in images(document)):
        file = locate(document, address)
        if file is None or file.suffix.lower() not in KINDS or not file.resolve().is_relative_to(document.folder):
            continue
        try:
            found = acting(file.read_bytes())
        except OSError:
            continue
        if found:
            kind = file.suffix.lower()[1:].upper()
            hint = "print it into a new PDF, or export it as SVG" if kind == "PDF" else "save it as plain SVG"
            message = f"the figure '{address}' holds {', '.join(found)}"
            yield Diagnostic(WARNING, "active-figure", place_of(document, address), message, hint)
