"""The formats: from a settled Document and a Theme to bytes. FORMATS lists them; rooms are imported when used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

Write = Callable[["Document", "Theme"], bytes]


def _pdf(standards: tuple[str, ...]) -> tuple[str, Write]:
    from galley.formats import pdf

    return pdf.SUFFIX, partial(pdf.write, standards=standards)


def _html(_: tuple[str, ...]) -> tuple[str, Write]:
    from galley.formats import html

    return html.SUFFIX, html.write


def _docx(_: tuple[str, ...]) -> tuple[str, Write]:
    from galley.formats import docx

    return docx.SUFFIX, docx.write


def _md(_: tuple[str, ...]) -> tuple[str, Write]:
    from galley.formats import prose

    return ".md", prose.write_md


def _txt(_: tuple[str, ...]) -> tuple[str, Write]:
    from galley.formats import prose

    return ".txt", prose.write_txt


FORMATS: dict[str, Callable[[tuple[str, ...]], tuple[str, Write]]] = {
    "pdf": _pdf,
    "html": _html,
    "docx": _docx,
    "md": _md,
    "txt": _txt,
}
"""Each format's name and what gives its suffix and its writer for a choice of PDF standards."""
