"""A megabyte of one thing: what wears readers out, given to the verbs that read it, with the time and memory they took.

The law: exit status 0, 1 or 2 within the bounds of time (GALLEY_SECONDS) and of memory (2 GB), whatever the file holds.
"""

# ruff: noqa: E501 - rows of tables, and samples as they are

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from fuzzmegabytes import ENTRY, HEAD, Wall, walls

SECONDS = 240
"""Of wall time after which a run is stopped: the bound is of Galley's own clock, and other work runs beside ours."""


class Run(NamedTuple):
    """How a run ended, and what it took: seconds of wall time and of processors, megabytes, and what was said."""

    status: str
    wall: float
    busy: float
    memory: int
    said: str


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
        timer = threading.Timer(SECONDS, os.killpg, (process.pid, 9))
        timer.start()
        _, code, used = os.wait4(process.pid, 0)
        timer.cancel()
    status = str(os.waitstatus_to_exitcode(code))
    busy = used.ru_utime + used.ru_stime
    return Run(
        status, time.monotonic() - began, busy, used.ru_maxrss // 1024, told.read_text("utf-8", errors="replace")
    )


def lay(folder: Path, wall: Wall, size: int) -> None:
    """The files of a run."""
    made = wall.text(size)
    base = {
        "paper.md": HEAD + "Words [@k1]." + (" ![C](a.csv)" if wall.file == "a.csv" else "") + "\n",
        "references.bib": ENTRY.format(1),
    }
    for name, text in base.items():
        (folder / name).write_text(text, "utf-8")
    (folder / wall.file).write_bytes(made if isinstance(made, bytes) else made.encode("utf-8", "replace"))


def run(options: argparse.Namespace) -> int:
    """Try all walls; print what took over ten seconds or half of the memory, what broke the law, and the figures."""
    size = int(options.megabytes * 1_000_000)
    chosen = [
        one for one in walls() if not options.only or any(word in f"{one.name} {one.verbs}" for word in options.only)
    ]
    count, bad, slowest, largest = 0, 0, (0.0, ""), (0, "")
    for wall in chosen:
        for verb in wall.verbs:
            folder = Path(tempfile.mkdtemp(prefix="galley-wall-"))
            try:
                lay(folder, wall, size)
                done = measured(verb.split(), folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            count += 1
            label = f"{wall.name}: {verb}"
            broken = done.status not in ("0", "1", "2") or "Traceback" in done.said or "error[internal]" in done.said
            bad += broken
            slowest, largest = max(slowest, (done.busy, label)), max(largest, (done.memory, label))
            if broken or done.busy > options.seconds * 20 or done.memory > 1_000:
                mark = "BROKEN " if broken else ""
                print(
                    f"{mark}[{done.status}] wall {done.wall:5.1f} busy {done.busy:5.1f} s {done.memory:5} MB  {label}",
                    flush=True,
                )
                if broken:
                    print("      " + done.said.strip()[-300:].replace("\n", "\n      "), flush=True)
    print(
        f"{count} runs at {options.megabytes} MB: {bad} broke the law; most time {slowest[0]:.1f} s ({slowest[1]}), most memory {largest[0]} MB ({largest[1]})"
    )
    return 1 if bad else 0
