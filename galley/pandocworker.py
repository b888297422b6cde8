"""A Pandoc that stays: one process reads and writes text after text for as long as ours lives.

To start Pandoc takes longer than to read a short article with it. A long-lived process (an issue's workers, the
preview) hires one; ``pandoc`` then hands it what it would else start a process for, with the same results byte by byte.
It is bounded as such a process is: in memory, in the time of a processor at a text, in what it may answer.
"""

from __future__ import annotations

import subprocess
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread

SCRIPT = Path(__file__).with_suffix(".lua")
TIRED = 200_000_000
"""After so many bytes read and written a process is let go for a fresh one: Lua and Pandoc give little memory back."""
LARGEST = 500_000_000
"""Bytes that an answer may have: a tree takes some thirty times its text."""
Answer = tuple[bool, str]


class Gone(Exception):
    """The process has died, or did not answer in time; what it was asked may be asked again of a fresh one."""


class Ticket:
    """A request that was made; ``result`` waits for its answer."""

    def __init__(self, end: Callable[[], None]) -> None:
        """Wait for whoever reads the answers; ``end`` ends the process that is to give one."""
        self.answers: SimpleQueue[Answer | None] = SimpleQueue()
        self._answer: Answer | None = None
        self._end = end

    def result(self, seconds: float) -> str:
        """The text; ValueError with Pandoc's words where it refused, Gone where there is no answer."""
        if self._answer is None:
            try:
                self._answer = self.answers.get(timeout=seconds)
            except Empty as error:
                self._end()  # it hangs: whoever else waits for it, or for room in its pipe, is told so too
                raise Gone("no answer in time") from error
        if self._answer is None:
            raise Gone("the process has ended")
        done, text = self._answer
        if not done:
            raise ValueError(text)
        return text

    def finished(self) -> bool:
        """Whether the answer is there."""
        return self._answer is not None or not self.answers.empty()


class Worker:
    """The process and what it still owes; requests may come from several threads."""

    def __init__(self, binary: str, template: Path, bounded: Callable[[int, float], None]) -> None:
        """Start it; OSError where there is no such program. ``bounded`` sets the bounds of a process that has used so
        many seconds of a processor."""
        self._command = [binary, "lua", str(SCRIPT), binary, template.read_text("utf-8")]
        self._lock = Lock()
        self._bounded = bounded
        self._line: _Line | None = _Line(self._command, bounded)

    def ask(self, kind: str, format: str, text: str, columns: int = 72, mathml: bool = False) -> Ticket:
        """Hand it a text to read as a format or a tree to write as one; it works through them in order."""
        data = text.encode()
        head = f"{kind} {format} {columns} {'mathml' if mathml else 'plain'} {len(data)}\n"
        with self._lock:
            if self._line is None or self._line.ended or self._line.bytes > TIRED:
                self._let_go()
                self._line = _Line(self._command, self._bounded)
            return self._line.ask(head.encode() + data)

    def close(self) -> None:
        """Let the process go once it has answered."""
        with self._lock:
            self._let_go()

    def kill(self) -> None:
        """End the process at once; the next request starts another. Whoever has the lock may wait for the process."""
        if line := self._line:
            line.process.kill()
        self.close()

    def _let_go(self) -> None:
        if self._line:
            self._line.close()
        self._line = None


class _Line:
    """One process, and the thread that reads its answers: without it both ends could wait for room in a pipe."""

    def __init__(self, command: Sequence[str], bounded: Callable[[int, float], None]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(list(command), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        self._bounded = bounded
        self.bytes = 0
        self.ended = False
        self._owed: deque[Ticket] = deque()
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def ask(self, request: bytes) -> Ticket:
        ticket = Ticket(self.process.kill)
        self._bind()
        self._owed.append(ticket)
        self.bytes += len(request)
        assert self.process.stdin is not None  # noqa: S101 - opened as a pipe
        try:
            self.process.stdin.write(request)
            self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            ticket.answers.put(None)
        return ticket

    def _bind(self) -> None:
        """Bound the process for what it is to do next, unless it has ended and its number is another's."""
        if self.process.poll() is None:
            self._bounded(self.process.pid, spent(self.process.pid))

    def close(self) -> None:
        assert self.process.stdin is not None  # noqa: S101 - opened as a pipe
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self._thread.join()

    def _listen(self) -> None:
        out = self.process.stdout
        assert out is not None  # noqa: S101 - opened as a pipe
        while head := out.readline():
            word, _, size = head.decode().partition(" ")
            if int(size) > LARGEST:
                message = f"what it made of the text has more than {LARGEST // 1_000_000} MB"
                self._owed.popleft().answers.put((False, message))
                self.process.kill()
                break
            data = out.read(int(size))
            if len(data) < int(size):
                break
            self.bytes += len(data)
            self._bind()
            self._owed.popleft().answers.put((word == "ok", data.decode("utf-8")))
        self.ended = True
        out.close()
        self.process.wait()
        while self._owed:
            self._owed.popleft().answers.put(None)


def spent(pid: int) -> float:
    """Seconds of a processor that a process has used, where the system tells (Linux); else 0."""
    try:
        from os import sysconf

        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / sysconf("SC_CLK_TCK")
    except (ImportError, OSError, IndexError, ValueError):
        return 0.0
