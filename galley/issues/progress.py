"""How far an issue is while it is being set: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from galley.issues.shop import Article, Shop
from galley.report import ERROR, visible
from galley.unseen import through

WIDTH = 24
EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal."""


def is_faulty(article: Article) -> bool:
    """Whether an article could not be set, or has errors."""
    return article.broken or any(one.severity is ERROR for one in article.found)


class Progress:
    """How far the articles are: a bar on a terminal, else a line now and then."""

    def __init__(self, terminal: bool, wanted: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._terminal, self._wanted, self._clock = terminal, wanted, clock
        self._begun = self._said = clock()
        self._kept: int | None = None
        self._shown = ""

    def told(self, shop: Shop) -> None:
        """Hear of a step."""
        done = sum(one.done for one in shop.articles)
        if self._kept is None:
            self._kept = done
        line = self._line(done, len(shop.articles), sum(map(is_faulty, shop.articles)))
        now = self._clock()
        if not self._wanted or line == self._shown:
            return
        if self._terminal:
            print(f"\r\x1b[K{visible(line)}", end="", file=through(sys.stderr), flush=True)
            self._shown = line
        elif now - self._said >= EVERY:
            print(line, file=sys.stderr, flush=True)
            self._shown, self._said = line, now

    def ended(self) -> None:
        """Take the bar away."""
        if self._terminal and self._shown:
            print("\r\x1b[K", end="", file=through(sys.stderr), flush=True)

    def _line(self, done: int, count: int, faults: int) -> str:
        full = WIDTH * done // count if count else WIDTH
        fresh = done - (self._kept or 0)
        left = (self._clock() - self._begun) / fresh * (count - done) if fresh > 0 else None
        time_left = f", {_spoken(left)} left" if left is not None and done < count else ""
        wrong = f", {faults} with errors" if faults else ""
        bar = f"[{'#' * full}{'.' * (WIDTH - full)}] " if self._terminal else ""
        return f"{bar}{done} of {count} articles{time_left}{wrong}"


def _spoken(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
