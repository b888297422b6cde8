"""Preflight: what is proved of a finished PDF and its title page before it leaves the house, and on record.

``quick`` is for every build and reads what stands in the file's objects; ``full`` is for what is deposited, looks
through all that the pages draw, and asks for the facts that registries need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from galley.checks.preflight import facts, file, needs, page, tags
from galley.checks.preflight.finished import Checked, Finished, wrong
from galley.checks.preflight.needs import refused
from galley.checks.preflight.reading import Pdf, Stream, Unreadable, text
from galley.document import Document
from galley.report import WARNING, Diagnostic
from galley.theme import Theme

__all__ = ["Checked", "attached", "beforehand", "full", "quick", "refused", "stated", "well_formed"]


def beforehand(document: Document, theme: Theme) -> tuple[Checked, ...]:
    """What of ``quick`` can be looked at while the pages are being set."""
    document = _in_journal(document, theme)
    return tuple(look(document, theme) for look in facts.QUICK)


def quick(
    content: bytes, document: Document, theme: Theme, known: tuple[Checked, ...] | None = None
) -> tuple[Diagnostic, ...]:
    """What is wrong with a PDF just set, as warnings; ``known`` is what was looked at beforehand."""
    claimed = b"pdfuaid:part" in content  # else nobody was promised what PDF/UA asks for
    known = beforehand(document, theme) if known is None else known
    document = _in_journal(document, theme)
    looked = [*known, *_of_objects(_opened(content, document, theme))]
    found = (one for checked in looked if claimed or checked.group != "Access" for one in checked.findings)
    return tuple(one._replace(severity=WARNING) for one in found)


def full(content: bytes, document: Document, theme: Theme) -> tuple[Checked, ...]:
    """Every check, passed or not, of a PDF that is to be deposited."""
    document = _in_journal(document, theme)
    finished = _opened(content, document, theme)
    done = [*stated(document, theme), *_of_objects(finished)]
    if isinstance(finished, Unreadable):
        return tuple(done)
    first = tuple(text(finished.pdf.of(link, "A", "URI")) for at, link in finished.links if at == 0)
    return (*done, *page.checks(finished), needs.doi_link(document, first))


def stated(document: Document, theme: Theme) -> tuple[Checked, ...]:
    """The checks of the title page and the text alone, for which nothing has to be set."""
    document = _in_journal(document, theme)
    return tuple(look(document, theme) for look in (*facts.QUICK, *needs.FACTS))


def _opened(content: bytes, document: Document, theme: Theme) -> Finished | Unreadable:
    try:
        return Finished(Pdf(content), document, theme)
    except Unreadable as error:
        return error


def _of_objects(finished: Finished | Unreadable) -> Iterator[Checked]:
    """The checks that look at the objects of the file, not into what its pages draw."""
    if isinstance(finished, Unreadable):
        found = wrong("unreadable-pdf", "", f"the PDF cannot be looked into: {finished}")
        yield Checked("File", "can be read", "", (found,))
        return
    for check in (*file.QUICK, *tags.QUICK):
        yield check(finished)


def _in_journal(document: Document, theme: Theme) -> Document:
    """The document with its journal as front matter and theme give it together."""
    return replace(document, meta=replace(document.meta, journal=theme.journal(document.meta.journal)))


def well_formed(files: Mapping[str, bytes]) -> Checked:
    """``not-well-formed``: an XML file that no reader of XML can open."""
    from xml.etree.ElementTree import ParseError, fromstring

    found = []
    for name, content in files.items():
        try:
            fromstring(content)  # noqa: S314 - written by us a moment ago
        except ParseError as error:
            found.append(wrong("not-well-formed", name, f"is no XML: {error}"))
    return Checked("Deposits", "XML well formed", ", ".join(files), tuple(found))


def attached(content: bytes, wanted: Iterable[str]) -> Checked:
    """``not-attached``: a file that was to ride in the PDF is not in it, or not told as PDF/A-3 has it (6.8)."""
    try:
        pdf = Pdf(content)
    except Unreadable:
        return Checked("File", "sources ride in the PDF", "")
    held: dict[str, int] = {}
    for one in pdf.row(pdf.root, "AF"):
        stream = pdf.of(one, "EF", "F")
        name = text(pdf.of(one, "UF")) or text(pdf.of(one, "F"))
        if isinstance(stream, Stream) and pdf.of(one, "AFRelationship"):
            held[name] = len(stream.data())
    found = [wrong("not-attached", "", f"the file {name} is not in the PDF") for name in wanted if not held.get(name)]
    said = ", ".join(f"{name} of {size:,} bytes" for name, size in held.items())
    return Checked("File", "sources ride in the PDF", said, tuple(found))
