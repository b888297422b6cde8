"""What a camera-ready package holds: a table of its parts, what each is made from, and where it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from galley.document import Document, Entry, Reference
    from galley.theme import Theme

ARCHIVAL = ("a-3a", "ua-1")
"""PDF/A-3 is the part of the standard that takes attachments."""
INSIDE = {"article.xml": "{}.xml", "references.bib": "references.bib"}
"""What rides in the PDF, and the parts that it is."""
LESSER = (("a-3b",), ("1.7",))
"""For drafts to which these cannot be kept: without alternative texts, then whatever is in them."""


@dataclass(frozen=True, slots=True)
class Job:
    """An article to be packed: ``graphics`` are the names of its pictures by their addresses, ``known`` gives the
    records of its references, ``notice`` is what a draft says of itself.
    """

    document: Document
    theme: Theme
    stem: str
    graphics: Mapping[str, str]
    known: Callable[[], dict[str, dict[str, Any]]]
    notice: str = ""

    def own(self) -> tuple[Reference, Entry]:
        """The article itself as others cite it: as a line of a reference list and as an entry."""
        from galley.stages import citingself

        journal = self.theme.journal(self.document.meta.journal)
        return citingself.reference(self.document, journal), citingself.entry(self.document, journal)


class Part(NamedTuple):
    """A file of the package: its name, ``{}`` for the article's; parts it holds or needs; what it is for."""

    name: str
    make: Callable[[Job, Mapping[str, bytes]], bytes]
    what: str
    needs: tuple[str, ...] = ()


def _pdf(job: Job, made: Mapping[str, bytes]) -> bytes:
    from galley.formats import pdf
    from galley.report import Fault

    inside = {name: made[part] for name, part in INSIDE.items() if made[part]}
    refused: Fault | None = None
    for standards in (ARCHIVAL, *(LESSER if job.notice else ())):
        try:
            return pdf.write(job.document, job.theme, standards, inside, job.notice)
        except Fault as fault:
            refused = refused or fault  # the first names what keeps the article from an archive
    raise refused or Fault(())


def _html(job: Job, _: Mapping[str, bytes]) -> bytes:
    from galley.formats import html

    return html.write(replace(job.document, own=job.own()), job.theme)


def _jats(job: Job, _: Mapping[str, bytes]) -> bytes:
    from galley.formats import jats

    return jats.article(job.document, job.theme, job.graphics, job.known())


def _docx(job: Job, _: Mapping[str, bytes]) -> bytes:
    from galley.formats import docx

    return docx.write(job.document, job.theme)


def _epub(job: Job, _: Mapping[str, bytes]) -> bytes:
    from galley.formats import epub

    return epub.write(job.document, job.theme)


def _crossref(job: Job, _: Mapping[str, bytes]) -> bytes:
    from galley.formats import crossref

    return crossref.deposit(job.document, job.theme, job.known())


def _doaj(job: Job, _: Mapping[str, bytes]) -> bytes:
    from galley.formats import doaj

    return doaj.records(job.document, job.theme)


def _ojs(job: Job, made: Mapping[str, bytes]) -> bytes:
    from galley.formats import drafting, ojs

    name = drafting.named if job.notice else str
    galleys = {name(key.format(job.stem)): made[key] for key in GALLEYS if made[key]}
    return ojs.importable(job.document, job.theme, galleys)


def _references_bib(job: Job, _: Mapping[str, bytes]) -> bytes:
    from galley.formats import citations

    return citations.bibliography(job.document)


def _references_csl(job: Job, _: Mapping[str, bytes]) -> bytes:
    from galley.formats import citations

    return citations.bibliography_csl(job.document, job.known())


def _own_bibtex(job: Job, _: Mapping[str, bytes]) -> bytes:
    from galley.formats import citations

    return citations.bibtex(job.own()[1])


def _own_ris(job: Job, _: Mapping[str, bytes]) -> bytes:
    from galley.formats import citations

    return citations.ris(job.document, job.theme.journal(job.document.meta.journal))


def _own_apa(job: Job, _: Mapping[str, bytes]) -> bytes:
    from galley.formats import citations

    return citations.apa(job.own()[0])


GALLEYS = ("{}.pdf", "{}.html", "{}.xml", "{}.epub")
"""What readers are offered on the journal's platform."""

PARTS: tuple[Part, ...] = (
    Part("{}.xml", _jats, "JATS 1.3: PubMed Central, indexers"),
    Part("references.bib", _references_bib, "the references as BibTeX"),
    Part("{}.pdf", _pdf, "the pages, PDF/A-3a and PDF/UA-1, with JATS and BibTeX inside", ("{}.xml", "references.bib")),
    Part("{}.html", _html, "the article as one web page"),
    Part("{}.docx", _docx, "the article in Word"),
    Part("{}.epub", _epub, "the article as EPUB 3"),
    Part("{}-crossref.xml", _crossref, "Crossref deposit 5.4.0: galley deposit, or doi.crossref.org"),
    Part("{}-doaj.xml", _doaj, "DOAJ article XML: Publisher Area, Upload article XML"),
    Part("{}-ojs.xml", _ojs, "OJS native XML: Tools, Import/Export, Native XML Plugin", GALLEYS),
    Part("references.json", _references_csl, "the references as CSL-JSON"),
    Part("{}-citation.bib", _own_bibtex, "the article itself as BibTeX"),
    Part("{}-citation.ris", _own_ris, "the article itself as RIS"),
    Part("{}-citation.txt", _own_apa, "the article itself as a line in APA 7"),
)
"""The parts, each with what it needs above it."""
