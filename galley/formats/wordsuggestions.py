"""Suggestions and comments of the manuscript in Word: tracked changes and comments of Word's own, by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.document import Node
from galley.pandoc import each, write_binary
from galley.returned import MIDNIGHT, SOMEBODY

if TYPE_CHECKING:
    from galley.document import Document
    from galley.formats.wordlook import Area
    from galley.theme import Theme

CHANGES = frozenset({"insertion", "deletion"})
COMMENTS = frozenset({"comment-start", "comment-end"})


def marked(classes: Sequence[str], pairs: Sequence[Sequence[str]]) -> list[Any] | None:
    """The attributes by which a span or division is a suggestion or comment in Word, None where it is none."""
    kind = next((name for name in classes if name in CHANGES or name in COMMENTS), "")
    if not kind:
        return None
    said = {pair[0]: pair[1] for pair in pairs}
    date = said.get("date", "") or MIDNIGHT
    kept = {"author": said.get("author", "") or SOMEBODY, "date": date if "T" in date else f"{date}T00:00:00Z"}
    ends = {"id": said["id"]} if kind in COMMENTS and "id" in said else {}
    return ["", [kind], [list(pair) for pair in ({**ends, **kept} if kind != "comment-end" else ends).items()]]


def suggested(blocks: Sequence[Node]) -> bool:
    """Whether any change is suggested in blocks made ready for Word."""
    nodes = each(list(blocks), frozenset({"Span", "Div"}))
    return any(CHANGES.intersection(node["c"][0][1]) for node in nodes)


def write(
    blocks: Sequence[Node], document: Document, theme: Theme, area: Area, folder: Path, options: Sequence[str]
) -> bytes:
    """The finished package of blocks with suggestions in them; the reference.docx and pictures lie in ``folder``."""
    from galley.formats import docx
    from galley.formats.marks import Ledger, laid
    from galley.formats.wordmarks import marked_parts, tracked
    from galley.formats.wordpack import packed

    ledger, target = Ledger(), folder / "article.docx"
    write_binary(laid(blocks, ledger), "docx", docx.word_metadata(document), target, options, folder)
    return tracked(packed(marked_parts(target.read_bytes(), ledger), document, theme, area), ledger)
