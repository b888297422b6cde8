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
from galley.formats.jatsfront import front
from galley.formats.jatsmaths import converted
from galley.formats.jatsrefs import references
from galley.formats.jatstree import TARGETS, Setting
from galley.formats.jatsxml import DOCTYPE, LANG, Identifiers, element
from galley.formats.jatsxml import document as as_bytes
from galley.formats.records import Record, records
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
    document = replace(document, meta=replace(document.meta, journal=theme.journal(document.meta.journal)))
    regions = (*document.slots.values(), document.blocks, document.back)
    maths = converted(node for region in regions for node in each(region, frozenset({"Math"})))
    setting = Setting(Identifiers(), maths, graphics or {}, _kinds(document))
    body = element("body", setting.sections(document.blocks))
    appendices = setting.sections(document.back)
    said = theme.tokens.get("words", {})
    listed = records(document) if known is None else known
    root = element(
        "article",
        front(document, setting, body),
        body,
        _back(
            document, setting, appendices, references(document, setting, listed, said.get("references", "References"))
        ),
        article_type="research-article",
        dtd_version="1.3",
    )
    root.set(LANG, document.meta.lang)
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


def _back(document: Document, setting: Setting, appendices: list[Element], listed: Element | None) -> Element | None:
    back = element("back")
    thanks = setting.blocks(document.slots.get("acknowledgements", ()))
    if thanks:
        back.append(element("ack", thanks))
    for name, kind in SECTIONS.items():
        said = setting.blocks(document.slots.get(name, ()))
        if said:
            back.append(element("sec", element("title", STATEMENTS[name]), said, sec_type=kind))
    sections = [one for one in appendices if one.tag != "app"]
    if setting.notes:
        back.append(element("fn-group", setting.notes))
    back.extend([listed] if listed is not None else [])
    group = [one for one in appendices if one.tag == "app"]
    if group:
        back.append(element("app-group", group))
    loose = [one for one in sections if one.tag == "sec"]
    back.extend(loose)
    rest = [one for one in sections if one.tag != "sec"]
    if rest:
        back.append(element("sec", rest))
    return back if len(back) else None
