"""A document -> LaTeX source with a class of the publisher's choice, for those who ask for it; and its .bib beside it.

A document whose citations are set prints them as they are, with its list. One whose ``Cite`` nodes are left as Pandoc
reads them keeps its keys: ``\\parencite`` and ``\\textcite`` for biblatex-apa, which makes the list from the .bib.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from galley.bibtex import clean, escaped
from galley.document import reference_id
from galley.formats import metadata
from galley.formats.abstracts import gathered
from galley.formats.jatsxml import clean as printable
from galley.formats.latexnodes import Setting
from galley.formats.records import printed
from galley.formats.remarks import settled
from galley.frontmatter import STATEMENTS
from galley.pandoc import Node, Writing, each

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

SUFFIX = ".tex"
BIBLIOGRAPHY = "references.bib"
CLASS, OPTIONS = "article", "11pt,a4paper"
SAFE = re.compile(r"[A-Za-z][\w.-]*")
"""What may name a class."""


def write(document: Document, theme: Theme) -> bytes:
    """The source as UTF-8; pictures are named as in the manuscript."""
    return article(document, theme)


def article(document: Document, theme: Theme, graphics: Mapping[str, str] | None = None) -> bytes:
    """The source as UTF-8. ``graphics`` names each picture by its address in the manuscript as it is delivered."""
    from markupsafe import Markup

    keyed, document = _keyed(document), gathered(settled(document))
    objects = {one.id: one for one in document.numbers}
    setting = Setting(graphics or {}, objects, document.meta.number_sections, _named_places(document, keyed))
    slots = {name: setting.blocks(blocks) for name, blocks in document.slots.items()}
    slots |= {name: _bare(slots[name]) for name in ("title", "subtitle") if name in slots}
    slots["back"] = setting.blocks(document.back)
    for at, one in enumerate(document.references if not keyed else ()):
        anchor = {"t": "Span", "c": [[reference_id(one.key), [], []], []]}
        slots[f"reference-{at}"] = setting.blocks([{"t": "Plain", "c": [anchor, *one.inlines]}])
    options = ["--syntax-highlighting=none", *(["--biblatex"] if keyed else [])]
    texts = Writing(setting.blocks(document.blocks), "latex", slots=slots, options=options).result()
    parts = {name: Markup(_keyed_commands(printable(text))) for name, text in texts.items()}  # noqa: S704 - no HTML
    said, own = theme.tokens.get("words", {}), theme.tokens.get("latex", {})
    page = theme.render(
        "article.tex.j2",
        {},
        **{name: Markup(value) for name, value in _front(document).items()},  # noqa: S704 - no HTML
        **_people(document, Markup),
        document_class=Markup(_named(own.get("class", CLASS))),  # noqa: S704 - escaped just there
        options=Markup(re.sub(r"[\\{}\]\[%]", "", str(own.get("options", OPTIONS)))),  # noqa: S704 - escaped just there
        preamble=Markup(own.get("preamble", "")),  # noqa: S704 - the theme's own
        words={name: Markup(escaped(str(word))) for name, word in said.items()},  # noqa: S704 - escaped just there
        title=parts.get("title") or Markup(escaped(document.meta.title)),  # noqa: S704 - escaped just there
        subtitle=parts.get("subtitle", ""),
        abstract=parts.get("abstract", ""),
        author_note=parts.get("author-note", ""),
        body=parts["body"],
        back=parts["back"],
        appendices=any("appendix" in node["c"][1][1] for node in each(document.back, frozenset({"Header"}))),
        statements=[(Markup(escaped(said.get(n, t))), parts[n]) for n, t in STATEMENTS.items() if n in parts],  # noqa: S704
        references=[parts[name] for name in parts if name.startswith("reference-")],
        keyed=keyed,
        numbered=document.meta.number_sections,
        bibliography=BIBLIOGRAPHY,
    )
    return re.sub(r"\n{3,}", "\n\n", page).encode("utf-8")


def bibliography(document: Document) -> bytes:
    """The .bib that the source reads: the printed references, or all entries that are cited where none are printed."""
    if document.references:
        return printable(clean(printed(document))).encode("utf-8")
    wanted = {key for node in each(_regions(document), frozenset({"Cite"})) for key in _keys(node)}
    entries = {key: one for key, one in document.entries.items() if key in wanted or "*" in document.meta.nocite}
    return printable(clean(entries)).encode("utf-8")


def _regions(document: Document) -> list[Any]:
    return [*document.slots.values(), document.blocks, document.back]


def _named_places(document: Document, keyed: bool) -> frozenset[str]:
    """The identifiers in the tree, and those of the printed references."""
    found = {reference_id(one.key) for one in document.references if not keyed}
    for node in each(_regions(document), frozenset({"Header", "Figure", "Table", "Div", "Span"})):
        name, classes, _ = node["c"][1] if node["t"] == "Header" else node["c"][0]
        found.update([name] if name and "citation" not in classes else [])
    return frozenset(found)


def _keys(cite: Node) -> list[str]:
    return [one["citationId"] for one in cite["c"][0]]


def _keyed(document: Document) -> bool:
    """Whether citations are still as the author keyed them."""
    return not document.references and any(True for _ in each(_regions(document), frozenset({"Cite"})))


def _keyed_commands(text: str) -> str:
    """Pandoc's ``\\autocite`` in the words of biblatex-apa, for publishers read sources."""
    return re.sub(r"\\(auto)cite(s?)(?=[\[({*])", r"\\parencite\2", text)


def _bare(blocks: Sequence[Node]) -> list[Node]:
    return [{"t": "Plain", "c": one["c"]} if one["t"] == "Para" else one for one in blocks]


def _named(name: object) -> str:
    return str(name) if SAFE.fullmatch(str(name)) else CLASS


def _front(document: Document) -> dict[str, str]:
    meta = document.meta
    return {
        "plain_title": escaped(metadata.title(document)),
        "keywords": escaped(", ".join(meta.keywords)),
        "lang": re.sub(r"[^\w-]", "", meta.lang),
        "date": escaped(meta.date),
    }


def _people(document: Document, markup: Any) -> dict[str, Any]:
    """Authors as (marks of their affiliations, name, note) and affiliations as (mark, words)."""
    meta = document.meta
    several = len(meta.affiliations) > 1
    authors = []
    for author in meta.authors:
        marks = ",".join(str(at + 1) for at in author.affiliations) if several else ""
        mail = (f"Correspondence: {author.email}" if author.corresponding else author.email) if author.email else ""
        notes = [mail, metadata.orcid_url(author), author.note]
        note = escaped(". ".join(one.rstrip(".") for one in notes if one))
        authors.append((markup(f"[{marks}]" if marks else ""), markup(escaped(author.name)), markup(note)))
    homes = [
        (markup(f"[{at}]" if several else ""), markup(escaped(one.text))) for at, one in enumerate(meta.affiliations, 1)
    ]
    return {"authors": authors, "affiliations": homes}
