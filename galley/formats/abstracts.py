"""Abstracts in further languages (``abstract-ur:`` in the front matter) -> one abstract, each under its own name."""

from __future__ import annotations

from dataclasses import replace

from galley.document import Document, Node
from galley.formats.metadata import direction
from galley.pandoc import div, inlines, para

PREFIX = "abstract-"
NAMES = {
    "ar": "الملخص",
    "de": "Zusammenfassung",
    "en": "Abstract",
    "es": "Resumen",
    "fa": "چکیده",
    "fr": "Résumé",
    "hi": "सारांश",
    "it": "Riassunto",
    "ja": "要旨",
    "nl": "Samenvatting",
    "pl": "Streszczenie",
    "pt": "Resumo",
    "ru": "Аннотация",
    "sv": "Sammanfattning",
    "tr": "Özet",
    "ur": "خلاصہ",
    "zh": "摘要",
}
"""What an abstract is called in its own language; in any other it stands without a name."""


def gathered(document: Document) -> Document:
    """The document with all its abstracts in the slot of the first, those after it marked with their language."""
    others = {name: blocks for name, blocks in document.slots.items() if name.startswith(PREFIX)}
    if not others:
        return document
    slots = {name: blocks for name, blocks in document.slots.items() if name not in others}
    more = [_named(name.removeprefix(PREFIX), list(blocks)) for name, blocks in others.items()]
    first = [{"t": "Para", "c": one["c"]} if one["t"] == "Plain" else one for one in slots.get("abstract", ())]
    return replace(document, slots={**slots, "abstract": (*first, *more)})


def _named(lang: str, blocks: list[Node]) -> Node:
    name = NAMES.get(lang.split("-")[0].lower(), "")
    label: list[Node] = [{"t": "Strong", "c": inlines(f"{name}.")}, {"t": "Space"}] if name else []
    if blocks and blocks[0]["t"] in ("Para", "Plain"):
        blocks = [para([*label, *blocks[0]["c"]]), *blocks[1:]]
    return div(blocks, classes=["other-abstract"], lang=lang, dir=direction(lang))
