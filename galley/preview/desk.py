"""The desk: one thread that sets an article anew after each change, the page first, then the pages, then the checks.

It never sets two things at once, and starts over with what is newest where something changes meanwhile. Whatever goes
wrong, the last good page stays; what it has to tell it tells as events, small enough to be sent as JSON.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
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
        self._begun, self._echoed = 0.0, False
        self.setter.echo = self._echo
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

    def _other(self, wanted: int, seconds: float = 0.0) -> bool:
        """Whether something else is wanted, or comes to be so within some seconds."""
        with self._condition:
            return self._condition.wait_for(lambda: self._stopping or self._wanted != wanted, seconds)

    def _current(self, wanted: int) -> None:
        if self._other(wanted):
            raise Superseded

    def _set(self, wanted: int, *, whole: bool) -> None:
        """One round; with ``whole`` nothing is new, but it is all read in one go to be sure."""
        if whole and self.setter.sure(lambda: self._other(wanted, 0.01)):
            self._current(wanted)
            return
        self._begun, self._echoed = time.perf_counter(), False
        if not whole:
            self._say({"type": "working"})
        if not self._tried("page", lambda: self.setter.read(whole=whole)):
            self._say_findings()
            return
        self._current(wanted)
        if whole and not self._corrected():
            return
        steps = [("page", self._set_page), ("pages", self._set_pages)]
        for part, work in reversed(steps) if self._echoed else steps:  # a word that is echoed is on the page already
            self._tried(part, work)
            self._current(wanted)
        self._tried("checks", self._check)
        self._say_findings()

    def _corrected(self) -> bool:
        """Whether the page that is read in one go is another."""
        version = self.shown[1]
        return not self._tried("page", self._set_page) or self.shown[1] != version

    def _echo(self, at: int, mark: str, text: str) -> None:
        """Show a paragraph before all else is done."""
        page, version = self.shown
        if at < len(page.blocks):
            self._echoed = True
            blocks = (*page.blocks[:at], (mark, text), *page.blocks[at + 1 :])
            self._show(page._replace(blocks=blocks), {"from": at, "drop": 1, "blocks": [(mark, text)]}, version)

    def _set_page(self) -> None:
        old, version = self.shown
        new = self.setter.page()
        self._show(new, change(old, new), version)

    def _show(self, new: Page, news: Mapping[str, object], version: int) -> None:
        if news or not version:
            self.shown = (new, version + 1)
        event = {"type": "article", "version": self.shown[1], "title": self.setter.titled(), **news}
        self._say({**event, "milliseconds": self._since()})

    def _set_pages(self) -> None:
        pdf = self.setter.pdf()
        if pdf != self.sheets.pdf:
            old, self.sheets = self.sheets, Sheets(pdf)
            self.printed += 1
            old.close()
        event = {"type": "pages", "version": self.printed, "sizes": self.sheets.sizes}
        self._say({**event, "milliseconds": self._since()})

    def _check(self) -> tuple[Diagnostic, ...]:
        return self.setter.findings()

    def _since(self) -> int:
        """Milliseconds since this round began."""
        return round((time.perf_counter() - self._begun) * 1000)

    def _tried(self, part: str, work: Callable[[], tuple[Diagnostic, ...] | None]) -> bool:
        """Do a piece of work, and keep what is to be said of it; False where it could not be done."""
        try:
            self._faults[part] = work() or ()
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


def _fault(place: str, message: str) -> Diagnostic:
    return Diagnostic(ERROR, "preview", place, message)
