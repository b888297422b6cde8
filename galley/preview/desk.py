"""The desk: one thread that sets an article anew after each change, the page first, then the pages, then the checks.

It never sets two things at once, and starts over with what is newest where something changes meanwhile. Whatever goes
wrong, the last good page stays; what it has to tell it tells as events, small enough to be sent as JSON.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from galley.preview.locating import Places, excerpt
from galley.preview.setting import Page, Setter, change
from galley.preview.sheets import Sheets
from galley.report import ERROR, Diagnostic, Fault, as_json, order

Event = dict[str, Any]
PAUSE = 0.8
"""Seconds without a change after which the whole text is read once more in one go."""


class Superseded(Exception):
    """Something has changed, so what is being set will not be looked at."""


class Desk:
    """Sets a project whenever ``changed`` is called; tells of it by ``tell``, from its own thread."""

    def __init__(self, path: Path, theme: str, tell: Callable[[Event], None]) -> None:
        """Nothing is set before ``start``."""
        self.setter = Setter(path, theme)
        self.shown = (Page(), 0)  # the page and its version, from 1
        self.sheets, self.printed = Sheets(), 0  # the pages and theirs
        self.told: dict[str, Event] = {}
        self._tell = tell
        self._condition = Condition()
        self._wanted, self._stopping, self._fonts = 1, False, False
        self._unprinted = False  # whether the page has changed by being read in one go
        self._faults: dict[str, tuple[Diagnostic, ...]] = {}
        self._places = Places()
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to set."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread, and with it Pandoc."""
        with self._condition:
            self._stopping = True
            self._condition.notify_all()
        self._thread.join()
        self.setter.close()
        self.sheets.close()

    def changed(self, names: Sequence[str] = ()) -> None:
        """Files of these names have changed."""
        with self._condition:
            self._wanted += 1
            self._fonts |= any(name.lower().endswith((".ttf", ".otf", ".ttc", ".woff2")) for name in names)
            self._condition.notify_all()

    # -- the thread ----------------------------------------------------------------------------------

    def _run(self) -> None:
        done, settled = 0, True
        while (wanted := self._awaited(done, None if settled else PAUSE)) is not None:
            news = wanted != done
            try:
                self._set(wanted, whole=not news)
                settled = not news
            except Superseded:
                settled = False
            done = wanted

    def _awaited(self, done: int, seconds: float | None) -> int | None:
        """The number of the change to be set after one that is done; the same one where there has been none for so
        many seconds; None at the end."""
        with self._condition:
            self._condition.wait_for(lambda: self._stopping or self._wanted != done, seconds)
            if self._fonts:
                self._fonts = False
                self.setter.refresh()
            return None if self._stopping else self._wanted

    def _current(self, wanted: int) -> None:
        with self._condition:
            if self._stopping or self._wanted != wanted:
                raise Superseded

    def _set(self, wanted: int, *, whole: bool) -> None:
        """One round; with ``whole`` nothing is new, but it is all read in one go to be sure."""
        begun = time.perf_counter()
        if not whole:
            self._say({"type": "working"})
        if not self._tried("page", lambda: self._set_page(begun, whole)):
            self._say_findings()
            return
        self._current(wanted)
        if not whole or self._unprinted:
            self._tried("pages", lambda: self._set_pages(begun))
            self._current(wanted)
            self._tried("checks", self._check)
            self._say_findings()
        self._unprinted = False

    def _set_page(self, begun: float, whole: bool) -> tuple[Diagnostic, ...]:
        self.setter.read(whole=whole)
        new = self.setter.page()
        old, version = self.shown
        news = change(old, new)
        self._unprinted = whole and bool(news)
        if news or not version:
            self.shown = (new, version + 1)
        event = {"type": "article", "version": self.shown[1], "title": self.setter.titled(), **news}
        self._say({**event, "milliseconds": _since(begun)})
        return ()

    def _set_pages(self, begun: float) -> tuple[Diagnostic, ...]:
        pdf = self.setter.pdf()
        if pdf != self.sheets.pdf:
            old, self.sheets = self.sheets, Sheets(pdf)
            self.printed += 1
            old.close()
        event = {"type": "pages", "version": self.printed, "sizes": self.sheets.sizes}
        self._say({**event, "milliseconds": _since(begun)})
        return ()

    def _check(self) -> tuple[Diagnostic, ...]:
        return self.setter.findings()

    def _tried(self, part: str, work: Callable[[], tuple[Diagnostic, ...]]) -> bool:
        """Do a piece of work, and keep what is to be said of it; False where it could not be done."""
        try:
            self._faults[part] = work()
        except Fault as fault:
            self._faults[part] = fault.diagnostics
            return False
        except OSError as error:
            self._faults[part] = (_fault(f"{error.filename or ''}", (error.strerror or str(error)).lower()),)
            return False
        except Exception as error:  # whatever it is, the author must be able to go on
            self._faults[part] = (_fault("", f"{type(error).__name__}: {error}; this is a fault of Galley's"),)
            return False
        return True

    # -- what is said --------------------------------------------------------------------------------

    def _say(self, event: Event) -> None:
        self.told[event["type"]] = event
        self._tell(event)

    def _say_findings(self) -> None:
        """All that is wrong, each with the lines it is about and its block; whether the page shown is an older one."""
        broken = [part for part in ("page", "pages") if self._faults.get(part)]
        parts = ["page"] if "page" in broken else ["pages", "checks"]
        found = order(one for part in parts for one in self._faults.get(part, ()))
        blocks = self._places.of(found, self.shown[0].blocks)
        rows = json.loads(as_json(found))
        for row, one, block in zip(rows, found, blocks, strict=True):
            row |= {"block": block, "lines": excerpt(one.place)}
        errors = sum(one.severity is ERROR for one in found)
        self._say({"type": "findings", "findings": rows, "errors": errors, "old": broken})


def _since(begun: float) -> int:
    return round((time.perf_counter() - begun) * 1000)


def _fault(place: str, message: str) -> Diagnostic:
    return Diagnostic(ERROR, "preview", place, message)
