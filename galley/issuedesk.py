"""The verb ``issue``: who sets it, how far they are, and what it says in the end."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.building import named, show
from galley.report import ERROR, FORMATS, Diagnostic, Fault, fault
from galley.span import File, Span
from galley.writing import outputs, poured

if TYPE_CHECKING:
    from galley.issues.memory import Memory, State
    from galley.issues.shop import Article, Hands
    from galley.issuing import Bound
    from galley.reading.issuefile import Issue

OUTPUTS = {"pdf": "typst", "html": "html", "crossref": "crossref", "ojs": "ojs"}
PAUSE = 0.1
"""Seconds between two looks at the files, at least; and no more than a tenth of the time is spent looking."""


def verbs(parser: Any) -> None:
    """Add the verb to the command line's sub-parsers."""
    text = "set a whole issue: every article, the issue as one PDF, its site, its Crossref deposit and OJS import"
    verb = parser.add_parser("issue", help=text, description=text[0].upper() + text[1:] + ".")
    verb.add_argument("file", metavar="FILE", type=Path, help="the issue's YAML file (see docs/issue.md)")
    verb.add_argument("--output", metavar="FOLDER", type=Path, help="where it goes (default: output/ beside the file)")
    verb.add_argument("--theme", metavar="NAME", default="", help="a theme other than the file's")
    verb.add_argument("--jobs", metavar="N", type=int, default=0, help="processes on this machine (default: its cores)")
    verb.add_argument(
        "--cluster", metavar="ADDRESS", default="", help="set the articles on Dask, such as tcp://HOST:8786"
    )
    verb.add_argument("--no-cache", action="store_true", help="set everything anew, and keep nothing")
    verb.add_argument("--watch", action="store_true", help="stay, and set anew what changes (end it with Ctrl-C)")
    verb.add_argument("--draft", action="store_true", help="bind the issue whatever errors its articles have")
    text = "only some of pdf, html, crossref, ojs (the articles' own PDFs are always made)"
    verb.add_argument("--only", metavar="NAMES", default="", help=text)
    text = "PDF standard, such as a-2b (default: a-2a, ua-1)"
    verb.add_argument("--standard", metavar="NAME", action="append", help=text)
    verb.add_argument(
        "--format", choices=sorted(FORMATS), default="text", help="how findings are shown (default: text)"
    )
    verb.set_defaults(run=_issue)


def _issue(options: argparse.Namespace, _: Path | None) -> int:
    desk = Desk(options)
    try:
        status = desk.set()
        while options.watch:
            desk.wait()
            status = desk.set()
        return status
    finally:
        desk.close()


class Desk:
    """Who has an issue set once, or each time that something in it has changed."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Nobody is hired yet."""
        self._options = options
        self._wanted = _wanted(options)
        self._hands: Any = None
        self._memory: Memory | None = None
        self._issue: Issue | None = None
        self._seen: frozenset[State] = frozenset()

    def set(self) -> int:
        """Set the issue, write what is new, tell what became of it; the exit status."""
        from galley import issuing, press
        from galley.issues.cache import cache
        from galley.issues.fingerprint import engine
        from galley.issues.memory import Memory, state
        from galley.issues.progress import Progress
        from galley.reading.issuefile import read

        memory = self._memory = self._memory or Memory()
        options = self._options
        engine.cache_clear()
        try:
            self._issue, self._seen = None, frozenset({state(options.file)})
            issue = read(options.file)
            own = issuing.own(issue) if options.watch else frozenset()
            standards = tuple(options.standard or press.STANDARDS)
            wish = issuing.Wish(options.theme, standards, options.draft, self._wanted)
            progress = Progress(sys.stderr.isatty(), options.format == "text")
            kept = cache(off=options.no_cache)
            hire = partial(self._hire, len(issue.articles))
            try:
                bound = issuing.bound(issue, wish, kept, hire, progress.told, self._hands, memory)
            finally:
                self._issue = issue
                self._seen = own.union(*(memory.seen(listed.path) for listed in issue.articles))
            progress.ended()
            folder = outputs(issue.folder, options.output)
            count = _laid(bound, folder)
        except Fault as wrong:
            if not options.watch or wrong.status == 2:
                raise
            show(wrong.diagnostics, options.format)
            return wrong.status
        return _told(bound, folder, count, options.format)

    def wait(self) -> None:
        """Wait until a file that the issue is made from is another."""
        while True:
            begun = time.perf_counter()
            if self._look() != self._seen:
                return
            time.sleep(max(PAUSE, 9 * (time.perf_counter() - begun)))

    def _look(self) -> frozenset[State]:
        """The state of all that the issue is made from: of its own file alone where that could not be read."""
        from galley import issuing
        from galley.issues.memory import state

        if self._issue is None or self._memory is None:
            return frozenset({state(self._options.file)})
        articles = (self._memory.states(listed.path) for listed in self._issue.articles)
        return issuing.own(self._issue).union(*articles)

    def _hire(self, articles: int) -> Hands:
        self._hands = _hands(self._options, articles)
        return self._hands  # type: ignore[no-any-return]

    def close(self) -> None:
        """Let all go."""
        from galley import pandocprocess

        if self._hands:
            self._hands.close()
        pandocprocess.dismiss()


def _wanted(options: argparse.Namespace) -> tuple[str, ...]:
    names = [name.strip() for name in options.only.split(",") if name.strip()]
    wrong = [name for name in names if name not in OUTPUTS]
    if wrong:
        raise fault("bad-only", "", f"there is no '{wrong[0]}' to make", f"it makes: {', '.join(OUTPUTS)}", status=2)
    return tuple(OUTPUTS[name] for name in OUTPUTS if name in names or not names)


def _hands(options: argparse.Namespace, articles: int) -> Hands:
    if options.cluster:
        from galley.issues.cluster import Cluster

        return Cluster(options.cluster)
    from galley.issues.pool import Pool

    return Pool(min(options.jobs if options.jobs > 0 else os.cpu_count() or 1, articles))


def _laid(bound: Bound, folder: Path) -> int:
    """Write what is new of an issue's files; how many those are."""
    from galley.issuing import WHOLE

    before = bound.laid()
    if before and all(_known(folder / name) == known for name, known in before.items()):
        return 0
    count, sums = 0, {WHOLE: ""}
    for name, content in bound.files(lambda name: _known(folder / name)):
        mark = sha256()
        try:
            count += poured(folder / name, _marked(content, mark))
        except Fault as why:
            if name != WHOLE:
                raise
            bound.unbound(why)
        sums[name] = mark.hexdigest()
    sums[WHOLE] = sums[WHOLE] or _known(folder / WHOLE)
    bound.lay({name: known for name, known in sums.items() if known})
    return count


def _marked(pieces: Iterable[bytes], mark: Any) -> Iterator[bytes]:
    """The pieces, each put into a hash on its way."""
    for piece in pieces:
        mark.update(piece)
        yield piece


def _known(path: Path) -> str:
    """The SHA-256 of a file, "" where there is none."""
    from hashlib import file_digest

    if path.is_symlink():
        return ""  # it gives way to a file, whatever it leads to
    try:
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _told(bound: Bound, folder: Path, count: int, format: str) -> int:
    """Print the findings, then what has become of the issue; the exit status."""
    from galley.issues.progress import is_faulty

    articles = bound.shop.articles
    found = [*bound.found, *(one for article in articles for one in _at(article))]
    show(found, format)
    faulty = [one for one in articles if is_faulty(one)]
    if format == "text":
        if faulty:
            print(_table(articles))
        again = sum(not one.kept and not one.broken for one in articles)
        pages = f", pages {articles[0].first}-{articles[-1].last}" if bound.whole else ""
        print(f"{named(folder)}  {_plural(len(articles), 'article')}{pages}; {again} set anew, {count} files written")
        if not bound.whole:
            print("the issue's own files were left as they were: mend the articles above, or bind it with --draft")
    return 1 if faulty or bound.found else 0


def _at(article: Article) -> list[Diagnostic]:
    """An article's findings, their places as seen from where the user stands."""
    path = article.job.path
    home = named(path.parent if path.is_file() else path)
    lead = "" if home == "." else f"{home}/"
    files: dict[File, File] = {}

    def placed(one: Diagnostic) -> Diagnostic:
        place = one.place
        if not article.job.digest:
            return one  # it is a place in the issue's own file, or a folder by its name
        if isinstance(place, Span):
            file = files.setdefault(place.file, File(lead + place.file.name, place.file.text))
            return one._replace(place=Span(file, place.start, place.end))
        return one._replace(place=(lead + place) if place and not place.startswith("/") else place or home)

    return [placed(one) for one in article.found]


def _table(articles: list[Article]) -> str:
    """What has become of each article: its pages, its errors and warnings."""
    rows = [("article", "pages", "errors", "warnings", "")]
    for one in articles:
        errors = sum(found.severity is ERROR for found in one.found)
        pages = f"{one.first}-{one.last}" if one.first and one.pages and not one.broken else "-"
        said = "not set" if one.broken else "with errors" if errors else "kept" if one.kept else "set"
        rows.append((one.job.name, pages, str(errors), str(len(one.found) - errors), said))
    widths = [max(len(row[at]) for row in rows) for at in range(5)]
    return "\n".join("  ".join(map(_cell, range(5), row, widths)).rstrip() for row in rows)


def _cell(at: int, words: str, width: int) -> str:
    return words.ljust(width) if at in (0, 4) else words.rjust(width)


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
