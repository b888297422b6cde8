"""The trips: how a manuscript becomes a page, each told in a few lines. The only room that knows the order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

from galley.report import ERROR, WARNING, Diagnostic, Fault

if TYPE_CHECKING:
    from galley.checks.preflight import Checked
    from galley.document import Document
    from galley.formats.pdfahead import Ahead
    from galley.span import File, Span
    from galley.theme import Theme

STANDARDS = ("a-2a", "ua-1")
"""The PDF standards that are kept unless others are asked for: PDF/A-2a and PDF/UA-1."""


SPOILING = frozenset({"bad-yaml", "missing-field", "missing-alt", "not-utf8"})
"""Errors with which no page is worth having: it would lack its title or masthead, or the standard it must keep."""


TOLD = {"no-alternative": "missing-alt", "no-letters": "no-letter", "missing-glyph": "no-letter"}
"""What is wrong with finished pages, and the finding that names its cause in the manuscript."""


class Sheet(NamedTuple):
    """A page or book of pages as bytes, with its file suffix and what was noticed on the way."""

    suffix: str
    content: bytes
    diagnostics: tuple[Diagnostic, ...]


def settled(
    path: Path,
    theme: str = "",
    change: Callable[[File], File] | None = None,
    stage: Callable[[Document], Document] | None = None,
    ahead: Ahead | None = None,
) -> Document:
    """Read a manuscript, recover its raw HTML and TeX, number it, set its citations, step its headings.

    ``theme`` is one named on the command line; ``change`` is made to each of the manuscript's files once it is read,
    ``stage`` to the document before its citations are set. ``ahead`` is for the PDF that will be made of it.
    """
    from galley.reading.files import locate
    from galley.reading.lean import import_pybtex
    from galley.reading.manuscript import Opened

    opened = Opened(locate(path), change)  # Pandoc reads while the rooms below are imported
    import_pybtex()
    from galley.stages import citing
    from galley.stages.levelling import level
    from galley.stages.numbering import number

    expected = () if opened.begun.meta.csl else citing.expected(opened.begun)  # while Pandoc is still reading
    if ahead:
        ahead.write(replace(opened.begun, references=expected))
    document = opened.document()
    document = number(_recovered(stage(document) if stage else document))
    if ahead:
        from galley.formats import pdf

        pdf.begin(replace(document, references=expected), themed(document, theme), ahead)
    return _with_endnotes(level(_cited(document, theme)))


def ahead(formats: Iterable[str]) -> Ahead | None:
    """What ``settled`` and ``press`` are both given where a PDF is among the formats that a document is wanted in."""
    if "pdf" not in formats:
        return None
    from galley.formats.pdfahead import Ahead

    return Ahead()


def keyed(path: Path) -> Document:
    """A manuscript read and numbered as ``settled`` does it, its citations left as their keys, for who sets them."""
    from galley.reading.files import locate
    from galley.reading.manuscript import Opened
    from galley.stages.levelling import level
    from galley.stages.numbering import number

    return level(number(_recovered(Opened(locate(path)).document())))


def _with_endnotes(document: Document) -> Document:
    """The document with its notes at the end of the text, where its front matter asks for that."""
    if not document.meta.endnotes:
        return document
    from galley.stages.endnotes import collect

    return collect(document)


def _recovered(document: Document) -> Document:
    """The document without raw HTML and TeX, its figures plain; a text without a sign of them is spared."""
    text = "".join(file.text for file in document.files if not file.name.endswith(".bib"))
    if "<" in text or "{=" in text:
        from galley.stages.markup import unmark

        document = unmark(document)
    if any(sign in text for sign in ("\\", "$", "`", "![")):
        from galley.stages.texing import recover

        document = recover(document)
    return document


def _cited(document: Document, theme: str) -> Document:
    """The document with its citations set: in APA 7 by our engine, or by citeproc in the style of a CSL file."""
    style = _style(document, theme)
    if isinstance(style, Path):
        from galley.stages.citeproc import cite_with

        return cite_with(document, style)
    from galley.stages.citing import cite

    return cite(replace(document, faults=(*document.faults, style)) if style else document)


def _style(document: Document, theme: str) -> Path | Diagnostic | None:
    """The CSL file that the manuscript or else its theme names; None for APA 7, which needs no file.

    A file that is not there is no reason to stop: its absence is told, and the style is APA 7.
    """
    named = document.meta.csl
    if not named:
        own = themed(document, theme)
        return own.path(own.tokens["csl"]) if own.tokens.get("csl") else None
    if Path(named).name in ("apa.csl", "apa-7th-edition.csl", "apa"):
        return None
    from galley.reading.files import is_there

    path = (document.folder / named).resolve()
    place = document.places.of("csl")
    if not path.is_relative_to(document.folder):
        message, hint = f"the style '{named}' lies outside the project", "APA 7 was used; copy it into the project"
        return Diagnostic(WARNING, "outside-project", place, message, hint)
    if not is_there(path) or not path.is_file():
        hint = "APA 7 was used; put the .csl file into the project"
        return Diagnostic(WARNING, "missing-style", place, f"there is no style '{named}'", hint)
    return path


def themed(document: Document, name: str = "") -> Theme:
    """The theme the command line names, else the front matter, else the plain one."""
    from galley import theme

    place = "" if name else document.places.of("theme")
    return theme.load(name or document.meta.theme or theme.BASE, document.folder, place)


def checked(document: Document, theme: Theme) -> tuple[Diagnostic, ...]:
    """All that is to be said of a document."""
    from galley.checks import check

    return check(document, theme)


def press(
    document: Document,
    theme: Theme,
    format: str,
    standards: Iterable[str] = STANDARDS,
    *,
    draft: bool = False,
    ahead: Ahead | None = None,
) -> Sheet:
    """Write a settled document in one format.

    An error that can be seen on the page, such as a citation that does not resolve, is told and does not stop the
    press; one that would spoil the page does, and raises Fault. A draft is written in spite of these too.
    """
    from galley.formats import FORMATS

    document = citing_itself(document, theme) if format == "html" else document
    suffix, write = FORMATS[format](tuple(standards))
    writing = _written(document, theme, format, write, ahead)  # the checks run while Pandoc and Typst are at work
    found = lenient(checked(document, theme), format, tuple(standards))
    spoiling = SPOILING if format not in ("md", "txt") else {"bad-yaml"}  # running text needs no masthead
    if any(one.severity is ERROR and one.code in spoiling for one in found) and not draft:
        raise Fault(found)
    stated = _stated(document, theme) if format == "pdf" else ()
    try:
        content = writing.result()
    except Fault as refused:
        letters = all(one.code == "no-letter" for one in refused.diagnostics)
        if format != "pdf" or not (draft or letters):
            faulty = any(one.severity is ERROR for one in found)
            more = (one for one in refused.diagnostics if not faulty or one.code not in ("typst", "image"))
            # of the same fault a check's word is nearer to the manuscript
            raise Fault((*found, *more), refused.status) from refused
        content = FORMATS[format](("1.7",))[1](document, theme)  # no archive takes it, but it can be looked at
        found = (*found, *refused.diagnostics)
    proof = proved(content, document, theme, found, stated) if format == "pdf" else ()
    return Sheet(suffix, content, (*found, *proof))


def _written(document: Document, theme: Theme, format: str, write: Callable[..., bytes], ahead: Ahead | None) -> Beside:
    """The page that is being written; of a PDF Python's own part is done, so that what else is to do hinders nobody."""
    if format != "pdf":
        return Beside(partial(write, document, theme))
    begun = Event()
    writing = Beside(partial(write, document, theme, begun=begun.set, ahead=ahead), begun.set)
    begun.wait()
    return writing


def _stated(document: Document, theme: Theme) -> tuple[Checked, ...]:
    """What preflight can look at before there are pages; the rooms for the rest are then there too."""
    from galley.checks.preflight import beforehand

    return beforehand(document, theme)


def citing_itself(document: Document, theme: Theme) -> Document:
    """The document with itself as others cite it, where it has what that takes: a title, a date, a place."""
    journal = theme.journal(document.meta.journal)
    if not (document.meta.title and document.meta.date and (journal.title or document.meta.doi)):
        return document
    from galley.stages import citingself

    return replace(document, own=(citingself.reference(document, journal), citingself.entry(document, journal)))


class Beside:
    """A piece of work done in a thread of its own, whose result or fault is asked for later."""

    def __init__(self, work: Callable[[], bytes], ended: Callable[[], None] | None = None) -> None:
        """Start the work; ``ended`` is called at its end, whatever that is."""
        self._work, self._ended = work, ended
        self._outcome: bytes | BaseException = b""
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._outcome = self._work()
        except BaseException as error:
            self._outcome = error
        finally:
            if self._ended:
                self._ended()

    def result(self) -> bytes:
        """Wait for the work; what it raised is raised here."""
        self._thread.join()
        if isinstance(self._outcome, BaseException):
            raise self._outcome
        return self._outcome


def proved(
    content: bytes,
    document: Document,
    theme: Theme,
    found: Iterable[Diagnostic],
    stated: tuple[Checked, ...] | None = None,
) -> tuple[Diagnostic, ...]:
    """What preflight has to say of a PDF just set and no check of the manuscript has told already; ``stated`` is what
    it has looked at before there were pages."""
    from galley.checks.preflight import quick

    found = tuple(found)
    told = {one.code for one in found}
    seen = [one for one in quick(content, document, theme, stated) if TOLD.get(one.code) not in told]
    return tuple(but_suggested(seen, found))


def but_suggested(found: Iterable[Diagnostic], told: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Findings without the marks of suggestions which others tell of as open: the same, but for whose they are."""
    open_ = [one.place for one in told if one.code == "open-suggestion"]
    for one in found:
        if one.code != "leftover-mark" or not any(_within(one.place, place) for place in open_):
            yield one


def _within(place: Span | str, whole: Span | str) -> bool:
    if isinstance(place, str) or isinstance(whole, str):
        return False
    return place.file.name == whole.file.name and whole.start <= place.start and place.end <= whole.end


def lenient(found: Iterable[Diagnostic], format: str, standards: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """The diagnostics, a missing alternative text being an error only where the standard demands one."""
    strict = format == "pdf" and any(standard == "ua-1" or standard.endswith("a") for standard in standards)
    if strict:
        way_out = "; or set the PDF with --standard a-2b, which asks for none"
        return tuple(one._replace(hint=one.hint + way_out) if one.code == "missing-alt" else one for one in found)
    return tuple(one._replace(severity=WARNING) if one.code == "missing-alt" else one for one in found)
