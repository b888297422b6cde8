"""Floats of the tree -> JATS: figures with their panels and graphics, and the notes that stand under a float."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from galley.document import Node
from galley.formats.jatsxml import Content, element, href, paragraphs
from galley.pandoc import plain

if TYPE_CHECKING:
    from galley.formats.jatstree import Setting


def with_notes(setting: Setting, inner: Sequence[Node]) -> list[Element]:
    """A float with the notes that stand under it: a table's in its foot, a figure's in its caption."""
    floats = [part for part in inner if not _is_notes(part)]
    notes = [block for part in inner if _is_notes(part) for block in setting.blocks(part["c"][1])]
    made = setting.blocks(floats)
    if made and notes:
        if made[-1].tag == "table-wrap":
            made[-1].append(element("table-wrap-foot", [element("fn", note) for note in paragraphs(notes)]))
        else:
            caption = made[-1].find("caption")
            if caption is None:
                caption = element("caption")
                made[-1].insert(1 if made[-1].find("label") is not None else 0, caption)
            caption.extend(paragraphs(notes))
    return made


def figure(setting: Setting, block: Node, panel: bool = False) -> Element:
    """A figure, or a group of figures where it has panels."""
    (name, _, pairs), (_, caption), body = block["c"]
    said = dict(pairs)
    label = f"({said['panel']})" if panel and said.get("panel") else said.get("label", "")
    panels = [part for part in _flat(body) if part["t"] == "Figure"]
    if panels:
        return framed(setting, "fig-group", name, label, caption, [figure(setting, one, True) for one in panels])
    images = [part for one in body for part in _flat([one]) if part["t"] == "Image"]
    held: list[Content | list[Element]] = [graphic(setting, image, "graphic") for image in images]
    return framed(setting, "fig", name, label, caption, held or setting.blocks(body))


def framed(
    setting: Setting,
    tag: str,
    name: str,
    label: str,
    caption: Sequence[Node],
    held: Sequence[Content | list[Element]],
    **pairs: str,
) -> Element:
    """A float with its label and caption before what it holds."""
    made = element(tag, id=setting.names.of(name, "fig") if name else "", **pairs)
    if label:
        made.append(element("label", label))
    words = setting.blocks(caption)
    if words:
        made.append(element("caption", paragraphs(words)))
    for part in held:
        made.extend([part] if isinstance(part, Element) else [one for one in part or () if isinstance(one, Element)])
    return made


def graphic(setting: Setting, image: Node, tag: str) -> Element:
    """A picture by the name under which it is delivered, with its alternative text."""
    (_, _, pairs), words, (address, _) = image["c"]
    name = setting.graphics.get(address, address)
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    kind = {"jpg": "jpeg", "tif": "tiff", "svg": "svg+xml"}.get(ending, ending)
    made = element(tag, mimetype="application" if kind == "pdf" else "image", mime_subtype=kind)
    alt = dict(pairs).get("alt", plain(words))
    return href(element_with(made, element("alt-text", alt) if alt else None), name)


def element_with(made: Element, part: Element | None) -> Element:
    """The element with one more part, if there is one."""
    if part is not None:
        made.append(part)
    return made


def _is_notes(part: Node) -> bool:
    return part["t"] == "Div" and "notes" in part["c"][0][1]


def _flat(blocks: Sequence[Node]) -> list[Node]:
    """Figures and images in blocks, the figures whole."""
    found: list[Node] = []
    for block in blocks:
        if block["t"] in ("Figure", "Image"):
            found.append(block)
        elif isinstance(block.get("c"), list):
            for part in block["c"]:
                if isinstance(part, list):
                    found += _flat([one for one in part if isinstance(one, dict) and "t" in one])
                elif isinstance(part, dict) and "t" in part:
                    found += _flat([part])
    return found
