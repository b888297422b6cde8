"""A settled document -> JATS 1.3 (Journal Publishing): the article as PubMed Central and indexers take it.

The tree is written by us, not by Pandoc: labels, identifiers, notes, citations and statements stand where the tag
set and JATS4R want them. Formulas come from Pandoc as MathML, references as data from their entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from galley.document import Document, Node, reference_id
from galley.formats.jatsfront import article_type, counts, front
from galley.formats.jatsmaths import by_rows, converted
from galley.formats.jatsrefs import references
from galley.formats.jatsstatements import lifted
from galley.formats.jatstree import TARGETS, Setting
from galley.formats.jatsxml import DOCTYPE, LANG, Identifiers, element, paragraphs
from galley.formats.jatsxml import document as as_bytes
from galley.formats.records import Record, records
from galley.formats.remarks import settled
from galley.frontmatter import STATEMENTS
from galley.pandoc import each

if TYPE_CHECKING:
    from galley.theme import Theme

SUFFIX = ".xml"
SECTIONS = {
    "author-contributions": "author-contributions",
    "data-availability": "data-availability",
    "ethics": "ethics-statement",
}
"""Statements of the title page that are sections of the back matter, and their ``sec-type``."""


def write(document: Document, theme: Theme) -> bytes:
    """The article as UTF-8 XML; pictures are named as in the manuscript."""
    return article(document, theme)


def article(
    document: Document,
    theme: Theme,
    graphics: Mapping[str, str] | None = None,
    known: Mapping[str, Record] | None = None,
) -> bytes:
    """The article as UTF-8 XML. ``graphics`` names each picture by its address in the manuscript as it is
    delivered; ``known`` are the records of its references, where they have been made already.
    """
    journal = theme.journal(document.meta.journal)
    document = by_rows(lifted(settled(replace(document, meta=replace(document.meta, journal=journal)))))
    regions = (*document.slots.values(), document.blocks, document.back)
    maths = converted(node for region in regions for node in each(region, frozenset({"Math"})))
    setting = Setting(Identifiers(), maths, graphics or {}, _kinds(document))
    title_page = front(document, setting)  # in the order of the page, for that is how notes are numbered
    body = element("body", setting.sections(document.blocks))
    listed = records(document) if known is None else known
    back = _back(document, setting, listed, theme.tokens.get("words", {}))
    title_page[-1].append(counts(document, body, back))
    kind = article_type(document.meta)
    root = element("article", title_page, body, back if len(back) else None, article_type=kind, dtd_version="1.3")
    root.set(LANG, document.meta.lang)
    settle(root)
    return as_bytes(root, DOCTYPE)


def _kinds(document: Document) -> dict[str, str]:
    """What each identifier that a link may lead to stands for."""
    kinds = {reference_id(one.key): "bibr" for one in document.references}
    regions: tuple[tuple[Node, ...], ...] = (document.blocks, document.back)
    for region in regions:
        for node in each(region, frozenset({"Header"})):
            kinds[node["c"][1][0]] = "app" if "appendix" in node["c"][1][1] else "sec"
    for number in document.numbers:
        kinds[number.id] = TARGETS.get(number.kind, kinds.get(number.id, "sec"))
    return {name: kind for name, kind in kinds.items() if name}


def _back(document: Document, setting: Setting, known: Mapping[str, Record], said: Mapping[str, str]) -> Element:
    """What follows the body; ``said`` are the theme's words for the headings."""
    back = element("back")
    thanks = paragraphs(setting.blocks(document.slots.get("acknowledgements", ())))
    if thanks:
        back.append(element("ack", element("title", said.get("acknowledgements", "Acknowledgements")), thanks))
    for name, kind in SECTIONS.items():
        blocks = setting.blocks(document.slots.get(name, ()))
        if blocks:
            title = element("title", said.get(name, STATEMENTS[name]))
            back.append(element("sec", title, blocks, sec_type=kind))
    listed = references(document, setting, known, said.get("references", "References"))
    appendices = setting.sections(document.back)
    if setting.notes:  # all of the article's, now that all of it has been gone through
        back.append(element("fn-group", setting.notes))
    back.extend([listed] if listed is not None else [])
    group = [one for one in appendices if one.tag == "app"]
    if group:
        back.append(element("app-group", group))
    back.extend(one for one in appendices if one.tag == "sec")
    rest = [one for one in appendices if one.tag not in ("app", "sec")]
    if rest:
        back.append(element("notes", rest))
    return back


def settle(root: Element) -> None:
    """Leave no identifier twice, and no reference to one that there is not."""
    found: set[str] = set()
    for one in root.iter():
        name = one.get("id")
        if name in found:
            del one.attrib["id"]
        elif name:
            found.add(name)
    for one in root.iter("xref"):
        if one.get("rid") not in found:
            one.tag = "named-content"
            one.attrib.clear()
            one.set("content-type", "reference")
