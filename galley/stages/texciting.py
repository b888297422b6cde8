"""LaTeX's citations, ``\\citep[see][p. 3]{key}`` and their like -> Pandoc's, which the style engine sets."""

from __future__ import annotations

from collections.abc import Sequence

from galley import pandoc
from galley.document import Node
from galley.stages.tex import Command
from galley.stages.texwords import CITING
from galley.stages.words import conjunction


def citation(piece: Command, lang: str) -> list[Node]:
    """The citation a command makes; APA has one form for all in parentheses. Several authors in the text are a list."""
    mode = CITING[piece.name]
    before, after = ("", *piece.options)[-2:] if piece.options else ("", "")
    keys = [key.strip() for key in piece.arguments[0].split(",") if key.strip()]
    items = [
        _item(key, mode, "" if at else before, after if at == len(keys) - 1 else "") for at, key in enumerate(keys)
    ]
    source = pandoc.inlines(piece.source)
    if mode != "AuthorInText":
        return [{"t": "Cite", "c": [items, source]}]
    return _listed([{"t": "Cite", "c": [[item], source]} for item in items], lang)


def _item(key: str, mode: str, before: str, after: str) -> dict[str, object]:
    return {
        "citationId": key,
        "citationPrefix": pandoc.inlines(before.replace("~", "\u00a0")) if before else [],
        "citationSuffix": pandoc.inlines(", " + after.replace("~", "\u00a0")) if after else [],
        "citationMode": {"t": mode},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def _listed(cites: Sequence[Node], lang: str) -> list[Node]:
    out: list[Node] = []
    for at, cite in enumerate(cites):
        last = at == len(cites) - 1
        if at:
            comma = len(cites) > 2 and (lang.startswith("en") or not last)
            out += [{"t": "Str", "c": ","}] if comma else []
            out += [{"t": "Space"}, *([{"t": "Str", "c": conjunction(lang)}, {"t": "Space"}] if last else [])]
        out.append(cite)
    return out
