"""The trip of an issue: its file read, its articles set by many hands, all bound into a PDF, a site and its records."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from galley import pandoc, press
from galley.frontmatter import FrontMatter
from galley.issues.cache import Cache
from galley.issues.fingerprint import engine, fonts
from galley.issues.job import Job, digest
from galley.issues.memory import Known, Memory, State, latest, state, states
from galley.issues.shop import Article, Hands, Shop, is_kept
from galley.report import ERROR, WARNING, Diagnostic, Fault

if TYPE_CHECKING:
    from galley.formats.issuesite import Entry
    from galley.reading.issuefile import Issue, Listed
    from galley.theme import Theme

WANTED = ("typst", "html", "crossref", "ojs")
WHOLE = "site/issue.pdf"


class Wish(NamedTuple):
    """What is wanted of an issue: its theme, if another than its file's; the PDF standards; what is made."""

    theme: str = ""
    standards: tuple[str, ...] = press.STANDARDS
    draft: bool = False
    wanted: tuple[str, ...] = WANTED


@dataclass(slots=True)
class Bound:
    """What came of an issue: its files by name as they are made, its articles, what is wrong with the whole."""

    issue: Issue
    theme: Theme
    shop: Shop
    wish: Wish
    found: list[Diagnostic] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether every article is there, without errors unless this is a draft."""
        return all(_fit(one, draft=self.wish.draft) for one in self.shop.articles)

    def files(self, known: Callable[[str], str] = lambda _: "") -> Iterator[tuple[str, Iterable[bytes]]]:
        """The issue's files, one after the other, each in pieces; those of the whole only where it is whole, and its
        PDF last: who takes that may meet a Fault. ``known`` gives the SHA-256 of a file that is there, else ""."""
        entries = [
            _entry(article, listed) for article, listed in zip(self.shop.articles, self.issue.articles, strict=True)
        ]
        from galley.formats.issuesite import index, with_way

        name = _name(self.issue, self.theme)
        for at, article in enumerate(self.shop.articles):
            if article.broken or article.dressed is None:
                continue
            files = article.dressed.files
            yield f"site/{article.job.name}.pdf", (files["pdf"],)
            if "html" in files:
                yield f"site/{article.job.name}.html", (with_way(files["html"], name, at, entries),)
        if not self.whole:
            return
        meta = _meta(self.issue, self.theme)
        if "html" in self.wish.wanted:
            from galley.formats.safety import Cleaner, Words
            from galley.issues.binding import blocks

            clean = Cleaner(lambda _: None, Words()).clean
            texts = {key: pandoc.write(clean(parts), "html5")["body"] for key, parts in blocks(self.issue, 2).items()}
            yield "site/index.html", (index(meta, name, entries, self.theme, texts),)
        yield from self._records(meta)
        if "typst" in self.wish.wanted:
            from galley.issues.binding import Whole

            whole = Whole(self.issue, name, self.theme, self.shop, self.wish.standards)
            if not whole.is_made(partial(known, WHOLE)):
                yield WHOLE, whole.pdf()

    def laid(self) -> Mapping[str, str]:
        """The files of this very issue as they were laid out before, with the SHA-256 of each; {} where it is not."""
        kept = self.shop.cache.get(self._key()) if self.whole else None
        try:
            told = json.loads(kept or b"{}")
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}

    def lay(self, sums: Mapping[str, str]) -> None:
        """Hear what was laid out: the whole, without a fault."""
        if self.whole and not self.found:
            self.shop.cache.put(self._key(), json.dumps(sums).encode())

    def _key(self) -> str:
        from galley.issues.binding import Whole

        whole = Whole(self.issue, _name(self.issue, self.theme), self.theme, self.shop, self.wish.standards)
        return digest("laid", whole.key(), self.wish)

    def _records(self, meta: FrontMatter) -> Iterator[tuple[str, Iterable[bytes]]]:
        from galley.formats import issuerecords

        articles = list(zip(self.shop.articles, self.issue.articles, strict=True))
        dressed = [(listed.section, one.dressed.files) for one, listed in articles if one.dressed]
        if "crossref" in self.wish.wanted:
            deposits = [partial(files.__getitem__, "crossref") for _, files in dressed]
            yield "issue-crossref.xml", issuerecords.deposit(meta, deposits)
        if "ojs" in self.wish.wanted:
            records = [(section, partial(files.__getitem__, "ojs")) for section, files in dressed]
            yield "issue-ojs.xml", issuerecords.importable(meta, self.theme, records)

    def unbound(self, why: Fault) -> None:
        """Hear that the whole's PDF could not be made: all else of the issue is there all the same."""
        message = f"{WHOLE} was not made; the articles' own PDFs and all else of the issue were"
        hint = "what is in its way is told above; one that was there before is left as it was"
        self.found += [*why.diagnostics, Diagnostic(ERROR, "no-whole", "", message, hint)]


def bound(
    issue: Issue,
    wish: Wish,
    cache: Cache,
    hire: Callable[[], Hands],
    told: Callable[[Shop], None],
    hands: Hands | None = None,
    memory: Memory | None = None,
) -> Bound:
    """Set an issue's articles; ``hire`` gives the hands for it where there is anything to do, ``told`` hears of it.

    ``hands`` are those of an earlier setting of the same issue, who remember much of it; so does ``memory``.
    """
    theme, begun = _theme(issue, wish), time.time_ns()
    before = ("", *(one.section for one in issue.articles))
    opened = [one.section if one.section != last else "" for one, last in zip(issue.articles, before, strict=False)]
    memory = memory or Memory()
    own = _own_themes(issue, theme)
    shared = [(path.relative_to(issue.folder).as_posix(), digest(path.read_bytes())) for path in _files(own)]
    jobs: list[Job | Fault] = []
    missing = 0
    for one, section in zip(issue.articles, opened, strict=True):
        jobs.append(job := _job(one, section, issue, theme, wish, own, shared, memory))
        if isinstance(job, Job) and not is_kept(cache, job):
            missing += 1
            hands = hands or hire()
            hands.expect(missing)  # they get ready while we look at the others
    if missing:
        _fetch()
    listed = zip(jobs, issue.articles, strict=True)
    articles = [Article(job) if isinstance(job, Job) else _missing(job, one, theme) for job, one in listed]
    shop = Shop(articles, issue.start, issue.blank_versos, cache, told)
    shop.run(hands, hire)
    _tell_changed(articles, memory, begun)
    return Bound(issue, theme, shop, wish)


def _fetch() -> None:
    """Load what lays out the whole, while the hands are getting ready."""
    for name in (
        "formats.issuesite",
        "formats.issuerecords",
        "formats.pdfbinding",
        "formats.pdfissue",
        "formats.safety",
    ):
        import_module(f"galley.{name}")
    import_module("jinja2.sandbox")


def _tell_changed(articles: list[Article], memory: Memory, begun: int) -> None:
    """``changed-while-read``: of articles just set, files that were written after a time in nanoseconds."""
    message, hint = "was changed while the issue was being set", "set it again"
    for article in articles:
        if not article.kept and article.dressed:
            late = [name for name, written in latest(memory.files(article.job.path)) if written > begun]
            article.found += tuple(Diagnostic(WARNING, "changed-while-read", one, message, hint) for one in late)


def _missing(refused: Fault, listed: Listed, theme: Theme) -> Article:
    """An article in whose folder there is nothing to set."""
    job = Job(
        listed.name, listed.path, theme.name, "", theme.journal(FrontMatter("").journal), "", "", "", (), False, ()
    )
    found = tuple(one if one.place else one._replace(place=listed.place) for one in refused.diagnostics)
    return Article(job, broken=True, found=found)


def _theme(issue: Issue, wish: Wish) -> Theme:
    """The theme the command line names, else the issue's file, else its first article, else the plain one."""
    from galley import theme
    from galley.reading.files import locate, text_file
    from galley.reading.metadata import header

    name = wish.theme or issue.theme
    if not name:
        try:
            said = header(text_file(locate(issue.articles[0].path).manuscript[0])[0]).data.get("theme")
        except Fault:
            said = None
        name = said if isinstance(said, str) and said else theme.BASE
    return theme.load(name, issue.folder, issue.file.line_span(1) if not wish.theme else "")


def _job(
    listed: Listed, section: str, issue: Issue, theme: Theme, wish: Wish, own: Path | None, shared: object,
    memory: Memory,
) -> Job | Fault:  # fmt: skip
    """An article's job, with a hash of all that decides what comes of it: its files' contents, not their times.

    ``own`` is the folder of the issue's own themes, ``shared`` what is in it. The job is kept in the memory, which is
    asked first.
    """
    journal = theme.journal(issue.journal)
    facts = (listed.name, section, theme.name, journal, issue.volume, issue.issue, issue.date)
    said = (engine(), fonts(), facts, shared, *wish)
    known = memory.recall(listed.path, said)
    if known:
        return known.job
    from galley.reading.sources import sources

    try:
        files = sources(listed.path)
    except Fault as refused:
        return refused
    before = states(listed.path, files)
    contents = [(name, digest(path.read_bytes())) for name, path in files]
    key = digest(*said, contents)
    job = Job(
        listed.name, listed.path, theme.name, key, journal, issue.volume, issue.issue, issue.date, wish.standards,
        wish.draft, wish.wanted, own, section,
    )  # fmt: skip
    memory.keep(listed.path, Known(job, said, files, before))
    return job


def _own_themes(issue: Issue, theme: Theme) -> Path | None:
    """The folder of the issue's own themes, where the theme uses it."""
    shelf = issue.folder / "templates"
    return shelf if shelf.resolve() in _shelves(theme) else None


def _shelves(theme: Theme) -> set[Path]:
    """The folders that hold a theme and those it extends."""
    return {folder.parent for folder in theme.folders}


def _files(folder: Path | None) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []


def _fit(article: Article, *, draft: bool) -> bool:
    errors = any(one.severity is ERROR for one in article.found)
    return article.dressed is not None and not article.broken and (draft or not errors)


def own(issue: Issue) -> frozenset[State]:
    """The state of the files that are an issue's own, with the themes that it may use."""
    from galley import theme

    files: list[Path | str] = [issue.file.name, *([issue.cover.image] if issue.cover.image else [])]
    files += [path for shelf in theme.shelves(issue.folder) for path in (shelf, *shelf.rglob("*"))]
    return frozenset(map(state, files))


def _name(issue: Issue, theme: Theme) -> str:
    """What the issue is called: the journal with volume and number."""
    number = issue.volume + (f"({issue.issue})" if issue.issue else "")
    journal = theme.journal(issue.journal).title
    return ", ".join(part for part in (journal, number) if part) or issue.title or "Issue"


def _meta(issue: Issue, theme: Theme) -> FrontMatter:
    """The issue's data in the form in which articles have theirs; the title of the issue itself as subtitle."""
    return FrontMatter(
        _name(issue, theme), issue.title, journal=theme.journal(issue.journal), volume=issue.volume, issue=issue.issue,
        date=issue.date, doi=issue.doi, url=issue.url, lang=issue.lang,
    )  # fmt: skip


def _entry(article: Article, listed: Listed) -> Entry:
    from galley.formats.issuesite import Entry

    facts: dict[str, Any] = dict(article.dressed.facts) if article.dressed else {}
    first, last = article.first, article.last
    pages = "" if article.first is None else f"{first}–{last}" if last > (first or 0) else str(first)
    words = {name: str(facts.get(name, "")) for name in ("title", "subtitle", "doi", "lang")}
    return Entry(listed.name, authors=", ".join(facts.get("authors", [])), section=listed.section, pages=pages, **words)
