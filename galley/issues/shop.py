"""Who sets which article when: each needs its first page, which the ones before it decide.

So there are three steps an article: it is read, which needs nothing; it is set, which needs its first page; it is
dressed with all else, which needs its last. What others wait for comes first. Where no first page is known an article
is set from one that is guessed, so that at least its length is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from galley.issues.cache import Cache
from galley.issues.job import Broken, Dressed, Job, Set, digest, packed, unpacked
from galley.issues.spool import Spool
from galley.report import ERROR, Diagnostic

SHELF = 24
"""How many articles a hand has read and not dressed at most."""
AHEAD = 2
"""How many articles a hand, on average, has read and not set, while there are others to be finished."""
TRIES = 2


class Task(NamedTuple):
    """A step of an article: "prepare", "set" or "dress", and what it needs."""

    step: str
    job: Job
    first: int = 0
    last: int = 0
    pdf: bytes = b""


class Died(NamedTuple):
    """A hand was lost at its work."""

    why: str


Outcome = None | Set | Dressed | Broken | Died


class Hands(Protocol):
    """Processes, here or elsewhere, that take a step each at a time; ``count`` is how many there are."""

    @property
    def count(self) -> int:
        """How many there are, busy or not."""

    def expect(self, articles: int) -> None:
        """Hear that so many articles will have to be set."""

    def free(self) -> Sequence[int]:
        """The hands that have nothing to do."""

    def give(self, hand: int, task: Task) -> None:
        """Give a free hand something to do."""

    def wait(self) -> tuple[int, Outcome]:
        """What came of the next step that is done, and whose it was."""


@dataclass(slots=True)
class Article:
    """An article on its way: ``first`` and ``pages`` are known some time, ``hand`` is who has read it; ``pdf`` is its
    own PDF until it is dressed, and then lies among its files."""

    job: Job
    first: int | None = None
    pages: int | None = None
    hand: int | None = None
    busy: bool = False
    pdf: bytes = b""
    set_from: int = 0
    dressed: Dressed | None = None
    found: tuple[Diagnostic, ...] = ()
    broken: bool = False
    kept: bool = False
    tries: int = 0
    looked: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing more is to be done about it."""
        return self.broken or self.dressed is not None

    @property
    def last(self) -> int:
        """Its last page; both are known."""
        return (self.first or 1) + (self.pages or 1) - 1


@dataclass(slots=True)
class Shop:
    """The articles of an issue in order, the page it starts on, and where what was made is kept."""

    articles: list[Article]
    start: int
    versos: bool
    cache: Cache
    told: Callable[[Shop], None] = field(default=lambda _: None)
    spool: Spool = field(default_factory=Spool)

    def run(self, hands: Hands | None, hire: Callable[[], Hands]) -> None:
        """Do all that is to be done; hands are hired only where something is."""
        for article in self.articles:
            kept = self.cache.get(digest("pages", article.job.digest))
            article.pages = int(kept) if kept and kept.isdigit() else None
        self._number()
        doing: dict[int, Article] = {}
        self.told(self)
        while doing or not all(article.done for article in self.articles):
            hands = hands or hire()
            for hand in hands.free():
                task, chosen = self._next(hand, hands.count)
                if task and chosen:
                    chosen.busy, chosen.hand = True, hand
                    doing[hand] = chosen
                    hands.give(hand, task)
            hand, outcome = hands.wait()
            self._take(doing.pop(hand), outcome)
            self._number()
            self.told(self)

    def _number(self) -> None:
        """Tell each article its first page as far as the lengths of those before it are known."""
        page: int | None = self.start
        for article in self.articles:
            if page is not None and self.versos and page % 2 == 0:
                page += 1
            if page is not None and article.first != page:
                article.first = page
            if not article.looked and article.first is not None and article.pages is not None and not article.done:
                article.looked = True
                self._recall(article)
            page = (
                None if page is None or (article.pages is None and not article.broken) else page + (article.pages or 0)
            )

    def _next(self, hand: int, hands: int) -> tuple[Task | None, Article | None]:
        """What a hand is to do next; nothing where all that is left waits for others.

        The next article in page order comes first, for all later ones wait for it; then a few are read ahead, by
        turns, so that no hand has a run of neighbours while the others wait for it.
        """
        idle = [one for one in self.articles if not one.done and not one.busy and (one.looked or one.pages is None)]
        # one of known length whose first page is not known yet is probably kept: it can wait
        ready = [one for one in idle if one.hand in (hand, None) or one.tries]
        for one in ready:
            if one.first is not None and one.set_from != one.first:
                return Task("set", one.job, one.first), one
        mine = [one for one in idle if one.hand == hand]
        unread = next((one for one in idle if one.hand is None), None) if len(mine) < SHELF else None
        ahead = sum(one.hand is not None and not one.pages and not one.broken for one in self.articles)
        if unread and ahead < AHEAD * hands:
            return Task("prepare", unread.job), unread
        for one in ready:
            if one.first is not None and one.set_from == one.first:
                return Task("dress", one.job, one.first, one.last, one.pdf), one
        if unread:
            return Task("prepare", unread.job), unread
        if hands > 2:  # two have always better to do than to guess
            for one in mine:
                if one.pages is None:
                    return Task("set", one.job, self._guess(one)), one
        return None, None

    def _guess(self, article: Article) -> int:
        """A page to set an article from while its own is not known: as if all others were of a middling length."""
        lengths = sorted(one.pages for one in self.articles if one.pages)
        usual = lengths[len(lengths) // 2] if lengths else 1
        page = self.start
        for one in self.articles:
            if one.first is not None:
                page = one.first
            elif self.versos and page % 2 == 0:
                page += 1
            if one is article:
                break
            page += 0 if one.broken else one.pages or usual
        return page

    def _take(self, article: Article, outcome: Outcome) -> None:
        article.busy = False
        match outcome:
            case Set(first, pages, pdf, found):
                article.pages, article.pdf, article.set_from, article.found = pages, pdf, first, found
                article.looked = True
                if not _faulty(found):
                    self.cache.put(digest("pages", article.job.digest), str(pages).encode())
            case Dressed():
                files = {"pdf": article.pdf, **outcome.files}
                self._keep(article, outcome.facts, files)
                self._lay(article, outcome.facts, files)
            case Broken(found):
                article.found, article.broken = found, True
            case Died(why):
                article.tries += 1
                article.hand = None
                if article.tries >= TRIES:
                    hint = "it may need more memory than there is"
                    article.found = (
                        Diagnostic(ERROR, "worker-died", "", f"the process that set it ended: {why}", hint),
                    )
                    article.broken = True

    def _key(self, article: Article) -> str:
        return digest("article", article.job.digest, article.first, article.last)

    def _keep(self, article: Article, facts: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
        if not _faulty(article.found):
            self.cache.put(self._key(article), packed(facts, files, article.found))

    def _lay(self, article: Article, facts: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
        """Put what was made of an article where it takes no memory."""
        article.dressed, article.pdf = Dressed(self.spool.lay(files), facts), b""

    def _recall(self, article: Article) -> None:
        """Take up what was made of the same article on the same pages before."""
        data = self.cache.get(self._key(article))
        if data is None:
            return
        try:
            facts, files, found = unpacked(data)
            files["pdf"]
        except (ValueError, KeyError, IndexError, TypeError):
            return
        self._lay(article, facts, files)
        article.found, article.kept = found, True
        article.set_from = article.first or 0


def is_kept(cache: Cache, job: Job) -> bool:
    """Whether an article was set before as it is now: then its length is known, though not yet its pages."""
    return cache.get(digest("pages", job.digest)) is not None


def _faulty(found: tuple[Diagnostic, ...]) -> bool:
    return any(one.severity is ERROR for one in found)
