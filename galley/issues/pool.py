"""Processes on this machine that set articles, each with a bench of its own for as long as it lives."""

from __future__ import annotations

import os
import signal
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from galley.issues.shop import Died, Outcome, Task
from galley.report import Fault


class Pool:
    """So many processes; one that dies is replaced."""

    def __init__(self, jobs: int) -> None:
        """At most so many: one is started when it is given something for the first time."""
        self._context = get_context("spawn")
        self._hands: list[tuple[Any, Connection] | None] = [None] * max(1, jobs)
        self._busy: set[int] = set()

    def _hired(self) -> tuple[Any, Connection]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return process, ours

    @property
    def count(self) -> int:
        """How many there are, busy or not."""
        return len(self._hands)

    def expect(self, articles: int) -> None:
        """Start as many as so many articles keep busy."""
        for hand in range(min(articles, len(self._hands))):
            self._hands[hand] = self._hands[hand] or self._hired()

    def free(self) -> list[int]:
        """The hands that have nothing to do."""
        return [hand for hand in range(len(self._hands)) if hand not in self._busy]

    def give(self, hand: int, task: Task) -> None:
        """Give a free hand something to do."""
        self._busy.add(hand)
        _, connection = self._hands[hand] = self._hands[hand] or self._hired()
        try:
            connection.send(task)
        except (BrokenPipeError, ConnectionResetError):
            return  # it has died; wait finds that out

    def wait(self) -> tuple[int, Outcome]:
        """What came of the next step that is done, and whose it was."""
        busy = {one[1]: hand for hand in self._busy if (one := self._hands[hand])}
        connection: Any = wait(list(busy))[0]
        hand = busy[connection]
        self._busy.discard(hand)
        try:
            outcome: Outcome = connection.recv()
        except (EOFError, ConnectionResetError):
            process = self._hands[hand][0]  # type: ignore[index]
            process.join()
            connection.close()
            self._hands[hand] = None  # the next step starts another
            return hand, Died(_ending(process.exitcode))
        return hand, outcome

    def close(self) -> None:
        """Let all go; who is at work is stopped."""
        hired = [(hand, *one) for hand, one in enumerate(self._hands) if one]
        for hand, process, connection in hired:
            if hand in self._busy:
                process.terminate()
            connection.close()
        for _, process, _ in hired:
            process.join()


def _ending(status: int | None) -> str:
    if status is not None and status < 0:
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"
    return f"exit status {status}"


def serve(connection: Connection) -> None:
    """What such a process does: steps, until nobody asks for any."""
    import gc

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the issue stops us
    os.environ.setdefault("RAYON_NUM_THREADS", "1")  # each process has a core of its own
    gc.set_threshold(200_000)
    from galley.issues.bench import Bench

    try:
        bench = Bench()
    except Fault:
        return
    try:
        while True:
            try:
                task = connection.recv()
            except (EOFError, OSError):
                return
            connection.send(done(bench, task))
    finally:
        from galley import pandocprocess

        pandocprocess.dismiss()


def done(bench: Any, task: Task) -> Any:
    """What comes of a step at a bench."""
    if task.step == "prepare":
        return bench.prepare(task.job)
    if task.step == "set":
        return bench.set(task.job, task.first)
    return bench.dress(task.job, task.first, task.last, task.pdf)
