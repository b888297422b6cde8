"""A Pandoc that stays: one process reads and writes text after text for as long as ours lives.

To start Pandoc takes longer than to read a short article with it. A long-lived process (an issue's workers, the
preview) hires one; ``pandoc`` then hands it what it would else start a process for, with the same results byte by byte.
"""

from __future__ import annotations

import subprocess
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread

SCRIPT = Path(__file__).with_suffix(".lua")
TIRED = 200_000_000
"""After so many bytes read and written a process is let go for a fresh one: Lua and Pandoc give little memory back."""
Answer = tuple[bool, str]


class Gone(Exception):
    """The process has died, or did not answer in time; what it was asked may be asked again of a fresh one."""


class Ticket:
    """A request that was made; ``result`` waits for its answer."""

    def __init__(self) -> None:
        """Wait for whoever reads the answers."""
        self.answers: SimpleQueue[Answer | None] = SimpleQueue()
        self._answer: Answer | None = None

    def result(self, seconds: float) -> str:
        """The text; ValueError with Pandoc's words where it refused, Gone where there is no answer."""
        if self._answer is None:
            try:
                self._answer = self.answers.get(timeout=seconds)
            except Empty as error:
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

    def __init__(self, binary: str, template: Path) -> None:
        """Start it; OSError where there is no such program."""
        self._command = [binary, "lua", str(SCRIPT), binary, template.read_text("utf-8")]
        self._lock = Lock()
        self._line: _Line | None = _Line(self._command)

    def ask(self, kind: str, format: str, text: str, columns: int = 72, mathml: bool = False) -> Ticket:
        """Hand it a text to read as a format or a tree to write as one; it works through them in order."""
        data = text.encode()
        head = f"{kind} {format} {columns} {'mathml' if mathml else 'plain'} {len(data)}\n"
        with self._lock:
            if self._line is None or self._line.ended or self._line.bytes > TIRED:
                self._let_go()
                self._line = _Line(self._command)
            return self._line.ask(head.encode() + data)

    def close(self) -> None:
        """Let the process go once it has answered."""
        with self._lock:
            self._let_go()

    def kill(self) -> None:
        """End the process at once; the next request starts another."""
        with self._lock:
            if self._line:
                self._line.process.kill()
            self._let_go()

    def _let_go(self) -> None:
        if self._line:
            self._line.close()
        self._line = None


class _Line:
    """One process, and the thread that reads its answers: without it both ends could wait for room in a pipe."""

    def __init__(self, command: Sequence[str]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(list(command), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        self.bytes = 0
        self.ended = False
        self._owed: deque[Ticket] = deque()
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def ask(self, request: bytes) -> Ticket:
        ticket = Ticket()
        self._owed.append(ticket)
        self.bytes += len(request)
        assert self.process.stdin is not None  # noqa: S101 - opened as a pipe
        try:
            self.process.stdin.write(request)
            self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            ticket.answers.put(None)
        return ticket

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
            data = out.read(int(size))
            if len(data) < int(size):
                break
            self.bytes += len(data)
            self._owed.popleft().answers.put((word == "ok", data.decode("utf-8")))
        self.ended = True
        out.close()
        self.process.wait()
        while self._owed:
            self._owed.popleft().answers.put(None)
