"""A compiler of Typst that is kept alive: to set again what has hardly changed takes a fraction of the time.

What it makes is the same PDF, byte by byte, as ``pdf.write`` makes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from galley.document import Document
from galley.formats import pdf
from galley.formats.pdfbounds import bounded, compiling
from galley.formats.pdfpictures import drawn
from galley.formats.typstfiles import Frame, Listed, Written
from galley.theme import Theme


class Kept:
    """Sets one document after another; not to be used by two threads at once."""

    def __init__(self, standards: Sequence[str] = pdf.STANDARDS) -> None:
        """Nothing is loaded yet."""
        self._standards = list(standards)
        self._written: Written | None = None
        self._compilers: dict[tuple[Path, tuple[str, ...], bool], Any] = {}

    def write(self, document: Document, theme: Theme) -> bytes:
        """The article's pages as PDF; Fault where Typst refuses it."""
        import typst

        document, pictures = drawn(document)
        listed = Listed(document, theme, pdf.made(document.meta), before=self._written)
        self._written = listed.written
        texts = Frame(document, listed, parted=True).files()
        files = {name: text.encode() for name, text in texts.items()} | dict(pictures)
        system = any(
            pdf.JOINING.search(texts[name]) for name in texts.keys() - theme.files(".typ").keys() - {"theme.typ"}
        )
        try:
            return self._compiled(document, theme, files, system)
        except typst.TypstError as error:
            if not pdf.NO_LETTER.search(error.diagnostic or ""):
                raise pdf.refusal(error.diagnostic or error.message, theme) from error
        try:
            return self._compiled(document, theme, files, True)
        except typst.TypstError as error:
            raise pdf.refusal(error.diagnostic or error.message, theme) from error

    def _compiled(self, document: Document, theme: Theme, files: dict[str, bytes], system: bool) -> bytes:
        import typst

        folders = pdf.font_folders(document, theme)
        key = (document.folder, tuple(folders), system)
        if key not in self._compilers:
            fonts = typst.Fonts(include_system_fonts=system, font_paths=[*folders])
            made: Any = typst.Compiler  # its stubs do not know that files may be given by name
            self._compilers[key] = made(files, root=str(document.folder), font_paths=fonts, ignore_system_fonts=True)
        date = int(pdf.made(document.meta).timestamp())
        with compiling():
            content: bytes = self._compilers[key].compile(
                files, format="pdf", pdf_standards=self._standards, timestamp=date
            )
        return bounded(content, pdf.pages(content))
