"""Asking services politely: redirects followed, a busy service waited for, answers kept for a day, a dead host left."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import quote, urljoin, urlsplit

from galley import __version__, keeping
from galley.online.guarding import refusal
from galley.online.transport import Answer, Request, exchange

TRIES = 3
"""How often a service that is busy or silent is asked."""
REDIRECTS = 6
PATIENCE = 30.0
"""Seconds that a service may ask us to wait; past that it counts as out of reach."""
BUSY = frozenset({429, 500, 502, 503, 504})
FRESH = 86_400.0
"""Seconds for which an answer is kept."""
KEPT = 2_000
"""How many answers are kept, and ``LONGEST`` the characters that one may have."""
LONGEST = 400_000
PAUSES: Mapping[str, float] = {"export.arxiv.org": 3.0}
"""Seconds between two questions to a host that asks for such a pause (arXiv's terms of use for its API)."""


def agent() -> str:
    """The name we give, with the address in GALLEY_CONTACT, which Crossref asks its polite users for."""
    contact = "".join(os.environ.get("GALLEY_CONTACT", "").split())
    mail = f"; mailto:{contact}" if "@" in contact and contact.isascii() else ""
    return f"Galley/{__version__} (citation checker{mail})"


@dataclass
class Web:
    """The network as the rest of this wing sees it; tests put their own exchange, clock and sleep into it.

    ``down`` holds the hosts found out of reach and why, so that none is waited for twice; ``reached`` those that
    answered.
    """

    exchange: Callable[[Request], Answer] = exchange
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    keeps: bool = True
    down: dict[str, str] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    _vain: dict[str, int] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, address: str, accept: str = "*/*", method: str = "GET", *, once: bool = False) -> Answer:
        """The answer at an address, redirects followed; ``status`` 0 and ``trouble`` where there is none.

        With ``once`` a host that is busy or silent is not asked again, nor held to be down for it.
        """
        source = f"galley.online 1 {method} {address} {accept}"
        if (kept := self._recalled(source)) is not None:
            return kept
        here = _quoted(address)
        for _ in range(REDIRECTS):
            why = refusal(here)
            if why:
                return Answer(here, 0, {}, trouble=f"refused: the address {why}")
            request = Request(here, method, (("User-Agent", agent()), ("Accept", accept)))
            answer = self._simply(request) if once else self._patiently(request)
            where = answer.headers.get("location", "")
            if answer.status not in (301, 302, 303, 307, 308) or not where:
                self._keep(source, answer)
                return answer
            here = _quoted(_joined(here, where))
        return Answer(here, 0, {}, trouble="too many redirects")

    def _simply(self, request: Request) -> Answer:
        answer = self.exchange(request)
        if answer.status:
            self.reached.add(host(answer))
        return answer

    def _patiently(self, request: Request) -> Answer:
        """Ask until an answer comes that is none of a moment's trouble."""
        name = urlsplit(request.address).hostname or ""
        if name in self.down:
            return Answer(request.address, 0, {}, trouble=self.down[name])
        answer = Answer(request.address, 0, {}, trouble="not asked")
        for attempt in range(TRIES):
            self._pause(name)
            answer = self._simply(request)
            if answer.trouble.startswith(("refused", "unknown host", "no trusted")):
                break
            if answer.status and answer.status not in BUSY:
                return answer
            wait = self._wait(answer, attempt)
            if wait > PATIENCE or attempt == TRIES - 1:
                break
            self.sleep(wait)
        return self._given_up(name, answer)

    def _given_up(self, name: str, answer: Answer) -> Answer:
        """The answer of a host that was asked in vain; one silent, or busy time and again, is not asked again."""
        why = answer.trouble or f"answers {answer.status}"
        with self._lock:
            self._vain[name] = self._vain.get(name, 0) + 1
            if not answer.status or answer.status == 429 or self._vain[name] >= TRIES:
                self.down.setdefault(name, why)
        return Answer(answer.address, 0, {}, trouble=why)

    def _pause(self, name: str) -> None:
        if name not in PAUSES:
            return
        with self._lock:
            now = self.clock()
            due = max(now, self._next.get(name, 0.0))
            self._next[name] = due + PAUSES[name]
        if due > now:
            self.sleep(due - now)

    def _wait(self, answer: Answer, attempt: int) -> float:
        """Seconds to wait: what Retry-After says, as a number or a date, else one, then two."""
        told = answer.headers.get("retry-after", "").strip()
        if told.isdigit():
            return float(told[:9])
        if told:
            from email.utils import parsedate_to_datetime

            try:
                return max(0.0, parsedate_to_datetime(told).timestamp() - self.clock())
            except (ValueError, TypeError, OverflowError):
                pass
        return float(2**attempt)

    def _recalled(self, source: str) -> Answer | None:
        kept = keeping.recall(source, "online") if self.keeps else None
        try:
            if kept is None or not 0 <= self.clock() - kept["at"] < FRESH:
                return None
            return Answer(kept["address"], kept["status"], kept["headers"], kept["body"].encode("latin-1"), kept["cut"])
        except (KeyError, TypeError, AttributeError, UnicodeError):
            return None

    def _keep(self, source: str, answer: Answer) -> None:
        if not self.keeps or answer.status != 200 or len(answer.body) > LONGEST:
            return
        headers = {name: answer.headers[name] for name in ("content-type",) if name in answer.headers}
        value = {"at": self.clock(), "address": answer.address, "status": answer.status, "headers": headers}
        keeping.keep(source, {**value, "body": answer.body.decode("latin-1"), "cut": answer.cut}, "online", KEPT)


def _joined(here: str, where: str) -> str:
    try:
        return urljoin(here, where)
    except ValueError:
        return where


def _quoted(address: str) -> str:
    """The address in the letters that a request may have."""
    return quote(address.strip().partition("#")[0], safe="%/:?&=+,;@!$'()*[]~")


def host(answer: Answer) -> str:
    """The host that gave an answer, or did not."""
    try:
        return urlsplit(answer.address).hostname or ""
    except ValueError:
        return ""
