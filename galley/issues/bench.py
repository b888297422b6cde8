"""The bench at which a long-lived process sets one article after the other: what it has read it keeps for a while."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from galley import pandocprocess, press
from galley.frontmatter import Journal
from galley.issues.job import Broken, Dressed, Job, Set
from galley.reading.files import named
from galley.report import ERROR, Diagnostic, Fault
from galley.span import File, Span
from galley.stages.citingmemory import forget

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

Made = TypeVar("Made")
SHELF = 32
"""How many articles lie read and not yet finished at most; what else is asked for is read again."""


class Bench:
    """Reads, sets and dresses articles; one process has one, and with it a Pandoc that stays."""

    def __init__(self) -> None:
        """Hire Pandoc and make room."""
        pandocprocess.hire()
        self._held: OrderedDict[str, Document] = OrderedDict()
        self._themes: dict[tuple[Path, ...], Theme] = {}
        self._fresh = True
        self._done = 0

    def prepare(self, job: Job) -> Broken | None:
        """Read the article and put it on the shelf."""
        return _safely(lambda: self._read(job), job)

    def set(self, job: Job, first: int) -> Set | Broken:
        """The article's own PDF from a page on."""
        return _safely(lambda: self._set(job, first), job)

    def dress(self, job: Job, first: int, last: int, pdf: bytes) -> Dressed | Broken:
        """What else is made of it, now that its pages are known; then it leaves the shelf."""
        return _safely(lambda: self._dressed(job, first, last, pdf), job)

    def _theme(self, name: str, folder: Path) -> Theme:
        """A theme as the project at a folder has it: its templates stay compiled."""
        from galley import theme

        made = theme.load(name, folder)
        tokens = {**made.tokens, "paper": {**made.tokens.get("paper", {}), "folios": "issue"}}
        known = self._themes.get(made.folders)
        if known is None or known.tokens != tokens:
            self._themes[made.folders] = known = replace(made, tokens=tokens)
        return known

    def _read(self, job: Job) -> None:
        os.environ["GALLEY_THEMES"] = str(job.themes or "")
        if job.digest in self._held:
            return
        document = press.settled(job.path, job.theme)
        if self._fresh:  # the first article has brought all the rooms that the others need too
            import gc

            gc.collect()
            gc.freeze()
            self._fresh = False
        meta = document.meta
        journal = _journal(document, job)
        date = meta.date or job.date
        meta = replace(
            meta, journal=journal, volume=job.volume or meta.volume, issue=job.issue or meta.issue, date=date
        )
        self._held[job.digest] = replace(document, meta=meta)
        while len(self._held) > SHELF:
            self._held.popitem(last=False)

    def _taken(self, job: Job, first: int, last: int | None) -> tuple[Document, Theme]:
        self._read(job)
        document = self._held[job.digest]
        pages = replace(document.meta, first_page=first, last_page=last)
        return replace(document, meta=pages), self._theme(job.theme, document.folder)

    def _set(self, job: Job, first: int) -> Set:
        from galley.formats.pdf import pages

        document, theme = self._taken(job, first, None)
        sheet = press.press(document, theme, "pdf", job.standards, draft=job.draft)
        return Set(first, pages(sheet.content), sheet.content, at_home(sheet.diagnostics, job.path))

    def _dressed(self, job: Job, first: int, last: int, pdf: bytes) -> Dressed:
        from galley.issues.dressing import dressed

        document, theme = self._taken(job, first, last)
        made = dressed(job, document, theme, pdf)
        self._held.pop(job.digest, None)
        self._done += 1
        if self._done % SHELF == 0:
            _tidy()
        return made


def _tidy() -> None:
    """Let go of what articles that are done have left behind: a process takes no more memory for more of them."""
    import gc

    from galley.formats.pdfmemory import given_back

    forget()
    gc.collect()
    given_back()


def _journal(document: Document, job: Job) -> Journal:
    """The article's journal is the issue's: what it says of it by itself is only added."""
    own = document.meta.journal
    if not job.journal.title or own.title == job.journal.title:
        said = asdict(job.journal)
        return Journal(**{name: said[name] or value for name, value in asdict(own).items()})
    return job.journal


def _safely(work: Callable[[], Made], job: Job | None) -> Made | Broken:
    """What the work gives; what keeps it from giving anything, as findings: the next article is not to suffer."""
    try:
        return work()
    except Fault as fault:
        found = fault.diagnostics
        if not any(one.severity is ERROR for one in found):
            found = (*found, Diagnostic(ERROR, "broken", "", "the article could not be set"))
        return Broken(at_home(found, job.path) if job else found)
    except Exception as error:
        hint = "this is a fault of Galley's, not yours; GALLEY_DEBUG=1 shows where it is"
        import traceback

        if os.environ.get("GALLEY_DEBUG"):
            hint = traceback.format_exc()
        return Broken((Diagnostic(ERROR, "internal", "", f"{type(error).__name__}: {error}", hint),))


def at_home(found: tuple[Diagnostic, ...], path: Path) -> tuple[Diagnostic, ...]:
    """Findings whose places are named from the article's folder: they are the same wherever the folder lies."""
    folder = named(path.parent if path.is_file() else path)
    if folder == ".":
        return found
    lead = folder.rstrip("/") + "/"
    files: dict[File, File] = {}

    def home(one: Diagnostic) -> Diagnostic:
        place = one.place
        if isinstance(place, Span):
            file = files.setdefault(place.file, File(place.file.name.removeprefix(lead), place.file.text))
            return one._replace(place=Span(file, place.start, place.end))
        return one._replace(place=place.removeprefix(lead) if place != folder else "")

    return tuple(map(home, found))
