"""The list of references set while its citations are still being set: the compiler keeps what it has worked out for the
rest of the process. The pages themselves are thrown away, and no PDF is made of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.formats.pdfbounds import compiling
from galley.formats.pdfmemory import spared
from galley.formats.typstfiles import MANY, Listed, Written, written
from galley.pandocprocess import HIRED
from galley.report import Fault

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme


class Ahead:
    """A list that is being set ahead, for the ``pdf.write`` to which this is given."""

    def __init__(self) -> None:
        """Nothing is begun."""
        self._written: Written | None = None
        self._listed: Listed | None = None

    def write(self, document: Document) -> None:
        """Write the references of a document, where they are many, which is to be begun once more is known of it."""
        if len(document.references) >= MANY and not HIRED.worker:  # a long-lived process is warm
            self._written = written(document)

    def begin(self, document: Document, theme: Theme, date: datetime, fonts: list[str]) -> None:
        """Set the references that were written; ``fonts`` are the folders of the document's fonts."""
        if not self._written:
            return
        spared(sum(len(file.text) for file in document.files))
        import typst

        own = typst.Fonts(include_system_fonts=False, font_paths=fonts)
        with suppress(Fault):  # of a theme: told when the article is set
            self._listed = Listed(document, theme, date, lambda files: warm(files, own, document.folder), self._written)

    def listed(self, document: Document, theme: Theme, date: datetime) -> Listed | None:
        """What has been begun, where it is the list of this document."""
        found = self._listed
        return found if found and found.fits(document, theme, date) else None


def warm(files: Mapping[str, str], fonts: Any, folder: Path) -> None:
    """Set files for nothing but what the compiler keeps of it."""
    import typst

    query: Any = typst.query  # its stubs do not know that files may be given by name
    named = {name: text.encode() for name, text in files.items()}
    with suppress(typst.TypstError, RuntimeError, Fault), compiling():  # what is wrong is told when the article is set
        query(named, "<nothing>", root=str(folder), font_paths=fonts, ignore_system_fonts=True)
