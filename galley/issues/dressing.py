"""An article whose pages are known -> what the issue needs of it beside its PDF: its web page, its records, facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from galley import pandoc, press
from galley.issues.job import Dressed, Job

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme


def dressed(job: Job, document: Document, theme: Theme, pdf: bytes) -> Dressed:
    """All else that is wanted of the article; the same article and pages always give the same bytes."""
    files: dict[str, bytes] = {}
    if "typst" in job.wanted and job.section:
        files["bound"] = _under_section(job, document, theme)
    if "html" in job.wanted:
        from galley.formats import html

        files["html"] = html.write(press.citing_itself(document, theme), theme)  # what is wrong its PDF has told
    if "crossref" in job.wanted:
        from galley.formats import crossref

        files["crossref"] = crossref.deposit(document, theme)
    if "ojs" in job.wanted:
        from galley.formats import ojs

        galleys = {f"{job.name}.pdf": pdf} | ({f"{job.name}.html": files["html"]} if "html" in files else {})
        files["ojs"] = ojs.importable(document, theme, galleys)
    return Dressed(files, _facts(document))


def _under_section(job: Job, document: Document, theme: Theme) -> bytes:
    """The article's PDF as it is bound, where the name of a section stands above its title."""
    tokens = {**theme.tokens, "issue": {"opens": 1, "section": job.section}}
    return press.press(document, replace(theme, tokens=tokens), "pdf", job.standards, draft=True).content


def _typst(document: Document) -> str:
    """The title as Typst's markup, with its italics."""
    from galley.formats import typst
    from galley.formats.typstwords import Texts

    bare = replace(document, blocks=(), back=(), references=(), slots={"title": document.slots.get("title", ())})
    return Texts({"title": typst.ready(bare)[1].get("title", ())}).result()["title"]


def _facts(document: Document) -> dict[str, object]:
    """What the contents, in print and on the web, say of an article."""
    from galley.formats.typstwords import string

    meta = document.meta
    title = pandoc.plain(document.slots.get("title", ())) or meta.title
    return {
        "title": title,
        "typst-title": _typst(document) or "#" + string(title),
        "subtitle": pandoc.plain(document.slots.get("subtitle", ())) or meta.subtitle,
        "authors": [one.name for one in meta.authors],
        "abstract": pandoc.plain(document.slots.get("abstract", ())),
        "doi": meta.doi,
        "lang": meta.lang,
        "type": meta.type,
    }
