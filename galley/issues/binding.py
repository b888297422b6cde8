"""The articles of an issue, each set and dressed -> the issue's PDF: its own pages are set, and all are bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from galley import pandoc
from galley.bounds import bound, switch
from galley.issues.fingerprint import engine, fonts
from galley.issues.job import digest
from galley.report import ERROR, fault

if TYPE_CHECKING:
    from galley.formats.pdfissue import Front, Line
    from galley.formats.pdfoutline import Piece
    from galley.issues.shop import Article, Shop
    from galley.reading.issuefile import Issue
    from galley.theme import Theme


class Whole(NamedTuple):
    """An issue whose articles are there, what it is called, its theme, and the PDF standards it keeps."""

    issue: Issue
    name: str
    theme: Theme
    shop: Shop
    standards: tuple[str, ...]

    def is_made(self, known: Callable[[], str]) -> bool:
        """Whether a file whose SHA-256 can be asked for is the whole issue's PDF."""
        kept = self.shop.cache.get(self.key())
        return kept is not None and kept == known().encode()

    def pdf(self) -> Iterator[bytes]:
        """The whole issue's PDF, as it comes; Fault where it is too large, or its own pages cannot be set."""
        pages = sum(article.pages or 0 for article in self.shop.articles)
        if pages > bound("issue-pages"):
            message = (
                f"the issue has {pages:,} pages, which is more than its one PDF may have ({bound('issue-pages'):,})"
            )
            raise fault("too-many-pages", "", message, switch("issue-pages"))
        from galley.formats.pdfbinding import bind

        mark = sha256()
        for part in bind(self._front(), [_piece(article) for article in self.shop.articles], self.shop.cache):
            mark.update(part)
            yield part
        self.shop.cache.put(self.key(), mark.hexdigest().encode())

    def _front(self) -> bytes:
        """The issue's own pages: they are the same for as long as the contents say the same."""
        front, lines = self._said(), [_line(article) for article in self.shop.articles]
        places = [one.job.path if one.job.path.is_dir() else one.job.path.parent for one in self.shop.articles]
        own = tuple(str(place / "fonts") for place in places if (place / "fonts").is_dir())
        looks = [path.read_bytes() for path in self.theme.files(".typ").values()]
        letters = [one.job.digest for one in self.shop.articles] if own or len(self.theme.folders) > 2 else []
        said = (front._replace(cover=None), self._cover(), lines, looks, self.theme.tokens, letters, self.standards)
        key = digest("front", engine(), fonts(), *said)
        kept = self.shop.cache.get(key)
        if kept:
            return kept
        from galley.formats import pdfissue

        made = pdfissue.write(front, lines, own, self.theme, self.standards)
        self.shop.cache.put(key, made)
        return made

    def key(self) -> str:
        """A hash of all that the whole issue's PDF is made from."""
        issue = self.issue
        pages = [(one.job.digest, one.first, one.last) for one in self.shop.articles]
        said = issue._replace(file=issue.file.name, folder=Path(), articles=(), cover=issue.cover._replace(image=None))  # type: ignore[arg-type]
        return digest("bound", engine(), fonts(), pages, said, self._cover(), self.theme.name, self.standards)

    def _cover(self) -> bytes:
        return self.issue.cover.image.read_bytes() if self.issue.cover.image else b""

    def _said(self) -> Front:
        """What the issue's own pages say."""
        from galley.formats.pdfissue import Front

        issue, texts = self.issue, blocks(self.issue)
        journal, cover = self.theme.journal(issue.journal), issue.cover
        return Front(
            self.name, issue.title, journal, issue.volume, issue.issue, issue.date, issue.lang,
            cover.image, cover.alt, cover.text, texts.get("masthead", ()), texts.get("imprint", ()),
        )  # fmt: skip


def _line(article: Article) -> Line:
    from galley.formats.pdfissue import Line

    facts = article.dressed.facts if article.dressed else {}
    authors = ", ".join(facts.get("authors", ()))
    title = str(facts.get("typst-title", ""))
    return Line(article.job.name, title, authors, article.first or 1, article.job.section)


def _piece(article: Article) -> Piece:
    from galley.formats.pdfoutline import Piece

    facts, files = (article.dressed.facts, article.dressed.files) if article.dressed else ({}, {})
    pdf = partial(files.__getitem__, "bound" if "bound" in files else "pdf")
    title, first = str(facts.get("title", "")), article.first or 1
    return Piece(article.job.name, pdf, title, first, article.job.section, _decided(article))


def _decided(article: Article) -> str:
    """A hash of all that an article's PDF is made from; "" where it has errors, for these may not come again."""
    sound = not any(one.severity is ERROR for one in article.found)
    return digest("taken", article.job.digest, article.first, article.last) if sound else ""


def blocks(issue: Issue, first: int = 1) -> dict[str, tuple[pandoc.Node, ...]]:
    """Masthead and imprint as blocks, their headings from a level on."""
    given = {"masthead": issue.masthead, "imprint": issue.imprint}
    return {name: _stepped(pandoc.Reading(text).result()[1], first) for name, text in given.items() if text}


def _stepped(given: list[pandoc.Node], first: int) -> tuple[pandoc.Node, ...]:
    """Blocks whose headings begin at a level, whatever their author began with, and step by one."""
    levels = sorted({one["c"][0] for one in given if one["t"] == "Header"})

    def stepped(one: pandoc.Node) -> pandoc.Node:
        if one["t"] != "Header":
            return one
        return {"t": "Header", "c": [levels.index(one["c"][0]) + first, ["", [], []], one["c"][2]]}

    return tuple(map(stepped, given))
