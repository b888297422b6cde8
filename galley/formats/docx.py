"""A settled document and a theme -> the article as a Word document, the same bytes whenever it is made.

Pandoc writes the text in the styles of the theme's ``reference.docx``; what it cannot say (fields, bookmarks, placed
equations) stands in the tree as Word's own words, and the finished package is put in order afterwards.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.document import reference_id
from galley.formats import wordsuggestions, wordtitlepage
from galley.formats.abstracts import gathered
from galley.formats.metadata import direction
from galley.formats.remarks import native
from galley.formats.safety import Words
from galley.formats.wordfields import marks
from galley.formats.wordfront import front, references, statements
from galley.formats.wordlook import reference, text_area
from galley.formats.wordpack import packed
from galley.formats.wordpictures import Shelf
from galley.formats.wordtree import Setting, identifiers
from galley.pandoc import Node, write_binary

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

SUFFIX = ".docx"
DEFAULT_WORDS = Words()


def write(document: Document, theme: Theme) -> bytes:
    """The Word document's bytes."""
    from tempfile import TemporaryDirectory

    look = reference(document, theme)
    area = text_area(look)
    with TemporaryDirectory(prefix="galley-") as name:
        folder = Path(name)
        (folder / "reference.docx").write_bytes(look)
        blocks = ready(document, theme, Shelf(document.folder, folder), area.measure)
        target = folder / "article.docx"
        options = ["--reference-doc=reference.docx", "--resource-path=."]
        if wordsuggestions.suggested(blocks):
            return wordsuggestions.write(blocks, document, theme, area, folder, options)
        write_binary(blocks, "docx", word_metadata(document), target, options, folder)
        made = target.read_bytes()
    return packed(made, document, theme, area)


def ready(document: Document, theme: Theme, shelf: Shelf, measure: int) -> list[Node]:
    """The whole article as one list of blocks in the styles of the reference.docx, nothing foreign in it."""
    document = gathered(native(document))
    parts = [*document.slots.values(), document.blocks, document.back]
    listed = {reference_id(entry.key) for entry in document.references}
    captions = theme.tokens.get("captions", {})
    setting = Setting(
        shelf,
        _words(theme),
        identifiers(parts) | listed,
        marks(parts),
        measure,
        stacked=captions.get("layout") == "stacked",
        above=frozenset(captions.get("above", ())),
        used=set(listed),
    )
    words = theme.tokens.get("words", {})
    own_page = [wordtitlepage.NEW_PAGE] if wordtitlepage.wanted(theme.tokens) else []
    opening = wordtitlepage.front if own_page else front
    told = own_page and not wordtitlepage.is_student(document.meta)  # the author note has the statements
    listed_works = references(document, setting, words)
    return [
        *opening(document, setting, words),
        *setting.blocks(document.blocks),
        *([] if told else statements(document, setting)),
        *(own_page if listed_works else []),
        *listed_works,
        *(own_page if document.back else []),
        *setting.blocks(document.back),
    ]


def _words(theme: Theme) -> Words:
    said = theme.tokens.get("words", {})
    return Words(said.get("image", DEFAULT_WORDS.described), said.get("missing-image", DEFAULT_WORDS.missing))


def word_metadata(document: Document) -> dict[str, Any]:
    """What Pandoc must know beside the text: the language and the direction of writing."""
    lang = document.meta.lang
    meta = {"lang": {"t": "MetaString", "c": lang}}
    if direction(lang) == "rtl":
        meta["dir"] = {"t": "MetaString", "c": "rtl"}
    return meta
