"""An article whose pages are known -> what the issue needs of it: its web page, its records, its part of the PDF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from galley import pandoc, press
from galley.issues.job import Dressed, Job

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme


def leaf(job: Job, document: Document, theme: Theme) -> Dressed:
    """Its part of the issue's PDF, and what the contents say of it."""
    return Dressed(_typst(job, document, theme) if "typst" in job.wanted else {}, _facts(document))


def dressed(job: Job, document: Document, theme: Theme, pdf: bytes) -> Dressed:
    """All else that is wanted of the article; the same article and pages always give the same bytes."""
    files: dict[str, bytes] = {}
    if "html" in job.wanted:
        from galley.formats import html

        files["html"] = html.write(press._citing_itself(document, theme), theme)  # what is wrong its PDF has told
    if "crossref" in job.wanted:
        from galley.formats import crossref

        files["crossref"] = crossref.deposit(document, theme)
    if "ojs" in job.wanted:
        from galley.formats import ojs

        galleys = {f"{job.name}.pdf": pdf} | ({f"{job.name}.html": files["html"]} if "html" in files else {})
        files["ojs"] = ojs.importable(document, theme, galleys)
    return Dressed(files, {})


def _typst(job: Job, document: Document, theme: Theme) -> dict[str, bytes]:
    from galley.formats.pdfissue import written
    from galley.stages.binding import apart

    texts, pictures = written(apart(document, job.name), theme)
    own = {path.name for path in theme.files(".typ").values()} - {"theme.typ"}
    kept = {name: text for name, text in texts.items() if name not in own}  # the theme's files are at hand
    return {"typst": json.dumps(kept, ensure_ascii=False).encode()} | {
        f"typst/{name}": content for name, content in pictures.items()
    }


def _facts(document: Document) -> dict[str, object]:
    """What the contents, in print and on the web, say of an article."""
    meta = document.meta
    title = pandoc.plain(document.slots.get("title", ())) or meta.title
    return {
        "title": title,
        "subtitle": pandoc.plain(document.slots.get("subtitle", ())) or meta.subtitle,
        "authors": [one.name for one in meta.authors],
        "abstract": pandoc.plain(document.slots.get("abstract", ())),
        "doi": meta.doi,
        "lang": meta.lang,
        "type": meta.type,
    }
