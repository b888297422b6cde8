"""A settled Document and a theme -> what Typst knows of the pages once they are set, asked by label."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from galley.document import Document
from galley.formats.pdf import font_folders, refusal, sources
from galley.formats.pdfbounds import compiling
from galley.formats.pdfpictures import drawn
from galley.formats.typstfiles import MAIN
from galley.theme import Theme


def queried(
    document: Document, theme: Theme, labels: Sequence[str], before: str = "", after: str = ""
) -> dict[str, list[Any]]:
    """The values of all metadata under each label; ``before`` and ``after`` are Typst put round the article.

    The pages are those that ``formats.pdf`` sets, its fonts and pictures included; nothing is written.
    """
    import typst

    document, pictures = drawn(document)
    texts = sources(document, theme)
    head, show, rest = texts[MAIN].partition("#show: ")
    texts[MAIN] = f"{head}{before}\n{show}{rest}\n{after}\n"
    files: dict[str, Any] = {name: text.encode() for name, text in texts.items()} | pictures
    fonts = typst.Fonts(include_system_fonts=True, font_paths=font_folders(document, theme))
    query: Any = typst.query  # its stubs do not know that files may be given by name
    found: dict[str, list[Any]] = {}
    try:
        for label in labels:
            with compiling():
                answer = query(files, f"<{label}>", field="value", root=str(document.folder), font_paths=fonts)
            found[label] = json.loads(answer)
    except typst.TypstError as error:
        raise refusal(error.diagnostic or error.message, theme) from error
    return found
