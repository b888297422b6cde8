"""A process that waits beside the one that works, and ends it where it takes more time or memory than a run may, or
dies of what it was given: whatever the work hangs in, the message is clear and the exit status 2.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from galley.bounds import bound, switch
from galley.report import ERROR, Diagnostic, draw

LOOK = 0.05
"""Seconds between two looks at the memory."""
STAYING = frozenset({"preview", "test"})
"""Verbs that last for as long as their user likes."""
NEVER = float(sys.maxsize)


def supervised(verb: str, *, staying: bool = False) -> None:
    """Go on in a process of our own, and stay behind to watch it; where no process can be made of us, just go on."""
    most = bound("memory")
    seconds = NEVER if staying or verb in STAYING else float(bound("issue" if verb == "issue" else "time"))
    if not sys.platform.startswith("linux") or (seconds >= NEVER and most >= NEVER) or verb in STAYING:
        return
    heard = {signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, heard)
    pid = os.fork()
    if not pid:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return
    # an issue's processes each work at one article: none of them may take more than the bound, not all together
    status = _Watch(pid, time.monotonic() + seconds, most, each=verb == "issue").status(heard)
    os._exit(status)


class _Watch:
    """The process watched, until when it may run, and how much memory it may have; ``each`` counts processes alone."""

    def __init__(self, pid: int, until: float, most: int, *, each: bool) -> None:
        self._pid = pid
        self._until = until
        self._most = most
        self._each = each

    def status(self, heard: set[signal.Signals]) -> int:
        """Wait for its end; what it ended with, 2 where it was ended or died."""
        passed = 0
        while True:
            said = signal.sigtimedwait(heard, LOOK)
            if said and said.si_signo in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
                passed = passed or (said.si_signo if said.si_signo != signal.SIGINT else 0)
                if said.si_code <= 0:  # sent to us alone: a terminal's own have gone to both
                    os.kill(self._pid, said.si_signo)
            ended, how = os.waitpid(self._pid, os.WNOHANG)
            if ended:
                return self._ended(os.waitstatus_to_exitcode(how), passed)
            if time.monotonic() > self._until:
                return self._end("out-of-time", "the run took longer than it may", "time")
            if self._memory() > self._most:
                return self._end("too-large", f"the run took more than {self._most / 1e9:.1f} GB of memory", "memory")

    def _memory(self) -> int:
        taken = [resident(pid) for pid in (self._pid, *descendants(self._pid))]
        return max(taken) if self._each else sum(taken)

    def _end(self, code: str, message: str, name: str) -> int:
        for pid in (self._pid, *descendants(self._pid)):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        told(code, f"{message} and was stopped; what was there is left as it was", switch(name))
        return 2

    def _ended(self, code: int, passed: int) -> int:
        if code >= 0:
            return code
        if passed:
            return 128 + passed
        name = signal.Signals(-code).name
        told("died", f"the run was ended by {name}; what was there is left as it was", WHY.get(-code, ""))
        return 2


WHY: dict[int, str] = {
    int(signal.SIGKILL): "somebody killed it, or the system was short of memory",
    int(signal.SIGSEGV): "something in the manuscript is nested too deeply, or a library of Galley's has a fault",
    int(signal.SIGABRT): "there was not memory enough, or a library of Galley's has a fault",
}


def told(code: str, message: str, hint: str) -> None:
    """Print an error from a process that is about to end."""
    os.write(2, (draw(Diagnostic(ERROR, code, "", message, hint)) + "\n").encode("utf-8", "replace"))


def resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 where it is gone."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as stream:
            return int(stream.read().split()[1]) * PAGE
    except (OSError, IndexError, ValueError):
        return 0


PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, those that they have started too."""
    found: list[int] = []
    for task in _tasks(pid):
        try:
            children = [int(one) for one in (task / "children").read_bytes().split()]
        except (OSError, ValueError):
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found


def _tasks(pid: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return []


@contextmanager
def within(name: str, doing: str) -> Iterator[None]:
    """End this process, with status 2, where what is done within takes longer than a bound: for work that cannot be
    stopped otherwise, such as a compiler's in this process."""
    seconds = bound(name)
    if seconds > 10_000_000:
        yield
        return
    from threading import Timer

    def late() -> None:
        told("out-of-time", f"{doing} took longer than {seconds} seconds", switch(name))
        for child in descendants(os.getpid()):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(child, signal.SIGKILL)
        os._exit(2)

    timer = Timer(seconds, late)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
