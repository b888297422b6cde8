"""A megabyte of one thing: what wears readers out, given to the verbs that read it, with the time and memory they took.

The law: exit status 0, 1 or 2 within the bounds of time and of memory (2 GB), whatever the file holds. ``--growth``
gives a small piece of each and four such pieces, in forks: what takes Galley itself more than five times as long is told.
"""

# ruff: noqa: E501 - rows of tables, and samples as they are

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from fuzzmegabytes import ENTRY, HEAD, Wall, walls

SECONDS = 1_000
"""Of wall time after which a run is stopped: Galley's own bound is 900."""
TIMES = 5
"""How many times as long four times as much may take."""


class Run(NamedTuple):
    """How a run ended, and what it took: seconds of wall time and of processors, megabytes, and what was said."""

    status: str
    wall: float
    busy: float
    memory: int
    said: str
    own: float = 0.0
    """Of the seconds those of Galley's own, where that is known: the others are Pandoc's."""

    def broken(self) -> bool:
        """Whether the law was broken."""
        return self.status not in ("0", "1", "2") or "Traceback" in self.said or "error[internal]" in self.said


def measured(words: list[str], folder: Path) -> Run:
    """A command line as a user types it, with all the processes that it starts."""
    began = time.monotonic()
    told = folder / "said.txt"
    with told.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "galley", *words],
            stdout=out,
            stderr=out,
            cwd=folder,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        )
        return _ended(process.pid, began, told)


def forked(words: list[str], folder: Path) -> Run:
    """The same in a fork of this process, which has all rooms loaded."""
    from fuzzmanuscripts import _child

    began = time.monotonic()
    told = folder / "said.txt"
    told.touch()
    pid = os.fork()
    if not pid:
        _child(words, told, folder)
    return _ended(pid, began, told)


def _ended(pid: int, began: float, told: Path) -> Run:
    timer = threading.Timer(SECONDS, os.killpg, (pid, 9))
    timer.start()
    _, code, used = os.wait4(pid, 0)
    timer.cancel()
    status = str(os.waitstatus_to_exitcode(code))
    busy = used.ru_utime + used.ru_stime
    said = told.read_text("utf-8", errors="replace")
    owned = told.with_name("own.txt")
    own = float(owned.read_text()) if owned.exists() else 0.0
    return Run(status, time.monotonic() - began, busy, used.ru_maxrss // 1024, said, own)


def lay(folder: Path, wall: Wall, size: int) -> None:
    """The files of a run."""
    made = wall.text(size)
    base = {
        "paper.md": wall.paper or HEAD + "Words [@k1].\n",
        "old.md": HEAD + "Words that were there [@k1].\n",
        "references.bib": ENTRY.format(1),
    }
    for name, text in base.items():
        (folder / name).write_text(text, "utf-8")
    (folder / wall.file).parent.mkdir(exist_ok=True)
    (folder / wall.file).write_bytes(made if isinstance(made, bytes) else made.encode("utf-8", "replace"))


def tried(wall: Wall, verb: str, size: int, how: Callable[[list[str], Path], Run]) -> Run:
    """A run in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="galley-wall-"))
    try:
        lay(folder, wall, size)
        return how(verb.split(), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(options: argparse.Namespace) -> int:
    """Try all walls; print what took over ten seconds or half of the memory, what broke the law, and the figures."""
    size = int(options.megabytes * 1_000_000)
    chosen = [
        (wall, verb)
        for wall in walls()
        for verb in wall.verbs
        if not options.only or any(word in f"{wall.name}: {verb}" for word in options.only)
    ]
    random.Random(options.seed).shuffle(chosen)  # so that news of every kind comes early
    share, _, shares = options.share.partition("/")
    chosen = chosen[int(share) - 1 :: int(shares)]
    if options.growth:
        return grown(chosen, size)
    count, bad, slowest, largest = 0, 0, (0.0, ""), (0, "")
    for wall, verb in chosen:
        done = tried(wall, verb, size, measured)
        count += 1
        label = f"{wall.name}: {verb}"
        bad += done.broken()
        slowest, largest = max(slowest, (done.busy, label)), max(largest, (done.memory, label))
        if done.broken() or done.busy > options.seconds * 20 or done.memory > 1_000:
            print(_line(done, label), flush=True)
        if count % 20 == 0:
            print(f"{count} of {len(chosen)}, {bad} broke the law", flush=True)
    print(
        f"{count} runs at {options.megabytes} MB: {bad} broke the law; most time {slowest[0]:.1f} s ({slowest[1]}), most memory {largest[0]} MB ({largest[1]})"
    )
    return 1 if bad else 0


def _line(done: Run, label: str) -> str:
    mark = "BROKEN " if done.broken() else ""
    said = "\n      " + done.said.strip()[-300:].replace("\n", "\n      ") if done.broken() else ""
    return f"{mark}[{done.status}] wall {done.wall:5.1f} busy {done.busy:5.1f} s {done.memory:5} MB  {label}{said}"


def grown(chosen: list[tuple[Wall, str]], size: int) -> int:
    """Each wall at a twelfth and at a third of the size: what grows faster than it, and what broke the law."""
    from fuzzmanuscripts import warm

    os.environ["GALLEY_SECONDS"] = "30"  # what Pandoc hangs in is told, whoever waits
    warm()
    bad = 0
    nothing = tried(Wall("", "paper.md", lambda _: HEAD + "Words [@k1].\n"), "check paper.md", 0, forked).own
    for count, (wall, verb) in enumerate(chosen, 1):
        small = tried(wall, verb, size // 12, forked)
        large = tried(wall, verb, size // 3, forked) if small.busy < 60 else small
        times = (large.own - nothing) / max(small.own - nothing, 0.15)
        label = f"{wall.name}: {verb}"
        if small.broken() or large.broken():
            bad += 1
            print(_line(large if large.broken() else small, label), flush=True)
        elif times > TIMES or large.own > size / 100_000 or large.memory > 600:
            said = large.said.strip().splitlines()
            print(
                f"x {times:4.1f} ({small.own:.2f} {large.own:.2f} s, with Pandoc {large.busy:.2f}, {large.memory} MB, {large.status}) {label}  {(said or [''])[0][:90]}",
                flush=True,
            )
        if count % 50 == 0:
            print(f"{count} of {len(chosen)}", flush=True)
    print(f"{len(chosen)} tried at {size // 12} and {size // 3} bytes; {bad} broke the law")
    return 1 if bad else 0
