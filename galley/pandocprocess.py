"""How Pandoc is run: a process for each text, or, where a long-lived process has hired one, a Pandoc that stays."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.bounds import bound, switch
from galley.report import Fault, fault

if TYPE_CHECKING:
    from galley.pandocworker import Ticket, Worker

LONGEST = 1_000_000
"""Seconds that a system can be told to wait."""
OUT_OF_TIME = 24
"""The signal that ends a process which has used up its time of a processor (SIGXCPU)."""
TEMPLATE = Path(__file__).with_name("slots.template")


def binary() -> str:
    """The path of the Pandoc that came with ``pypandoc_binary``; else "pandoc", looked for on PATH."""
    spec = find_spec("pypandoc")
    if spec and spec.origin:
        name = "pandoc.exe" if os.name == "nt" else "pandoc"
        inside = Path(spec.origin).parent / "files" / name
        if inside.exists():
            return str(inside)
    return "pandoc"


class Hired:
    """Whom this process has hired: a Pandoc that stays, or nobody (then each text has a process of its own)."""

    def __init__(self) -> None:
        self.worker: Worker | None = None


HIRED = Hired()


def hire() -> None:
    """Keep one Pandoc for all that is read and written from now on, by any thread: for processes that live long."""
    from galley.pandocworker import Worker

    if HIRED.worker is None:
        try:
            HIRED.worker = Worker(binary(), TEMPLATE, bounded)
        except OSError as error:
            raise _absent(error) from error


def dismiss() -> None:
    """Let the hired Pandoc go."""
    if HIRED.worker:
        HIRED.worker.close()
    HIRED.worker = None


COMMON = ("--mathml", "--sandbox", "--wrap=none", f"--template={TEMPLATE}")
"""The options that a worker knows, or has without being told."""


class Job:
    """A text that Pandoc is at work on: the hired one where it can do it, else a process of its own."""

    def __init__(self, kind: str, format: str, text: str, command: list[str], code: str) -> None:
        """``kind`` and ``format`` are what a worker is asked for; ``command`` is the same for a process."""
        self._code = code
        self._ticket: Ticket | None = None
        self._again = (command, text)
        if HIRED.worker and all(option in COMMON for option in command if option.startswith("--")):
            self._ticket = HIRED.worker.ask(kind, format, text, mathml="--mathml" in command)
        else:
            self._begin()

    def _begin(self) -> None:
        command, text = self._again
        self._process = start(command)
        feed(self._process, text)

    def finished(self) -> bool:
        """Whether Pandoc is done."""
        return self._ticket.finished() if self._ticket else self._process.poll() is not None

    def result(self) -> str:
        """What Pandoc has made of it. A worker that has died is not waited for: a process does its work."""
        if self._ticket:
            from galley.pandocworker import Gone

            try:
                return self._ticket.result(patience())
            except ValueError as error:
                raise _refusal(self._code, str(error)) from error
            except Gone:
                self._ticket = None
                self._begin()
        return finish(self._process, self._code)


def patience() -> int:
    """Seconds that Pandoc may be at one text; a book of 150,000 words takes it 3."""
    return min(bound("pandoc"), LONGEST)


def start(arguments: list[str], folder: Path | None = None) -> subprocess.Popen[str]:
    """A process with these arguments; Fault where Pandoc is not to be had."""
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(
            [binary(), *arguments], stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8", cwd=folder
        )
    except OSError as error:
        raise _absent(error) from error
    bounded(process.pid)
    return process


def bounded(pid: int, spent: float = 0.0) -> None:
    """Bound the memory of a process and the time that it may yet take, where the system can; ``spent`` are the seconds
    of a processor that it has taken."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_CPU, RLIMIT_DATA, prlimit  # type: ignore[attr-defined, unused-ignore]
    except ImportError:
        return
    most = bound("memory")
    seconds = int(spent) + 2 * patience()  # it may use two cores, and should we die, nobody else stops it
    with suppress(OSError, ValueError):
        prlimit(pid, RLIMIT_DATA, (most, most))
        _, hard = prlimit(pid, RLIMIT_CPU)  # which is left: one that stays is given more for the next text
        prlimit(pid, RLIMIT_CPU, (seconds if hard == RLIM_INFINITY else min(seconds, hard), hard))


def _absent(error: OSError) -> Fault:
    message = f"Pandoc could not be started: {error.strerror or error}"
    return fault("no-pandoc", "", message, "install the package pypandoc_binary, which carries it", status=2)


def feed(process: subprocess.Popen[str], given: str | bytes) -> None:
    """Give the process its input and close it; Pandoc reads all of it before it writes a byte."""
    assert process.stdin is not None  # noqa: S101 - opened as a pipe by start
    stream: Any = process.stdin  # opened for text, with bytes beneath
    try:
        (stream.buffer if isinstance(given, bytes) else stream).write(given)
        stream.close()
    except BrokenPipeError:
        pass  # it has died; finish tells why
    process.stdin = None


def finish(process: subprocess.Popen[str], code: str) -> str:
    """What the process printed; Fault where it failed or was too slow."""
    return heard(process, code)[0]


def heard(process: subprocess.Popen[str], code: str) -> tuple[str, str]:
    """What the process printed and what it said meanwhile."""
    try:
        out, err = process.communicate(timeout=patience())
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()  # so that nothing of it is left
        raise _late(code) from error
    if process.returncode == -OUT_OF_TIME:
        raise _late(code)
    if process.returncode in (251, -9, -11) or (process.returncode and ("heap" in err or "commit" in err)):
        message = f"Pandoc needed more than {bound('memory') // 1_000_000} MB of memory and was stopped"
        raise fault(code, "", message, switch("memory"))
    if process.returncode:
        raise _refusal(code, err)
    return out, err


def _late(code: str) -> Fault:
    message = f"Pandoc was still busy after {patience()} seconds and was stopped"
    return fault(code, "", message, switch("pandoc"))


def _refusal(code: str, err: str) -> Fault:
    lines = [line for line in err.strip().splitlines() if not line.startswith("[WARNING]")]
    return fault(code, "", "Pandoc: " + " ".join(line.strip() for line in lines[:6]) if lines else "Pandoc failed")
