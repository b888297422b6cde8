"""Fuzzing of the command line: whole papers, mutated, given to each verb in turn, in a process forked for every run.

The law: exit status 0, 1 or 2 within the bound; no traceback and no fault of our own; every output can be opened by a
reader; sources stay as they were.
"""

# ruff: noqa: E501 - rows of tables, and samples as they are

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fuzzcases import VERBS, Case, Paper
from fuzzmutate import minimised
from fuzzopening import wrong_with
from fuzztargets import SPACE

SECONDS = 900
"""Of wall time that one run may take: other work runs beside ours."""
BUSY = 40
"""Seconds of a processor that one run of Galley's own may take."""
MEMORY = 4_000_000_000
WRITES = {"accept": (".md",), "import --into": (".md",)}
"""Verbs that change sources, and which."""


@dataclass
class Found:
    """What the runs so far came to."""

    runs: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[int, str] = (0, "")
    failures: dict[str, str] = field(default_factory=dict)


# -- a run ---------------------------------------------------------------------------------------------


class Desk:
    """A folder in which one run after another is made."""

    def __init__(self) -> None:
        self.root = Path(os.path.realpath(SPACE)) / f"galley-fuzz-{os.getpid()}"

    def run(self, case: Case, whole: bool = False) -> tuple[str, float, int, str]:
        """What is wrong ("" for nothing), the seconds and the bytes of memory it took, and the exit status."""
        shutil.rmtree(self.root, ignore_errors=True)
        source, old = self.root / "project", self.root / "old"
        for folder, files in ((source, case.files), (old, case.paper.files)):
            if folder is old and "{old}" not in case.verb:
                continue
            for name, data in files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        out = self.root / "out"
        places = {what: str(source / case.name(what)) for what in ("keyed", "typed", "word", "bib")}
        places |= {"out": str(out), "old": str(old / case.paper.keyed), "root": str(source)}
        words = [word.format(**places) for word in case.verb]
        before = snapshot(source)
        status, spent, memory, said = (process if whole else forked)(words, self.root)
        wrong = judged(status, said, spent)
        if not wrong:
            wrong = self.lost(before, snapshot(source), case) or opened(source, out, before)
        return wrong, spent, memory, str(status)

    def lost(self, before: dict[str, bytes], after: dict[str, bytes], case: Case) -> str:
        """A source that is gone or another."""
        verb = "import --into" if "--into" in case.verb else case.verb[0]
        for name, data in before.items():
            if name not in after:
                return f"lost source: {name}"
            if after[name] != data and not name.endswith(WRITES.get(verb, ("\0",))):
                return f"changed source: {name}"
            if len(data) > 200 and len(after[name]) < len(data) // 10:
                return f"emptied source: {name}"
        return ""

    def close(self) -> None:
        """Leave nothing."""
        shutil.rmtree(self.root, ignore_errors=True)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def judged(status: int | str, said: str, spent: float) -> str:
    """What a run's end and words break of the law."""
    if "Traceback (most recent" in said or "error[internal]" in said:
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        frames = [line for line in lines if re.match(r'File ".*/galley/', line)]
        place = (
            re.sub(r'File ".*/galley/(.*)", line (\d+), in (\w+)', r"galley/\1:\2 (\3)", frames[-1]) if frames else ""
        )
        error = next(
            (line for line in reversed(lines) if re.match(r"[\w.]*(Error|Exception|Iteration|Fault)\b", line)),
            lines[-1],
        )
        return f"traceback: {place}: {error[:160]}"
    if status not in (0, 1, 2):
        return f"exit status {status} ({spent:.0f} s): {said[-200:]!r}"
    if "Warning: " in said and ".py:" in said:
        return f"a warning of Python's: {said[-200:]!r}"
    return ""


def opened(source: Path, out: Path, before: dict[str, bytes]) -> str:
    """An output that no reader can open."""
    found = {f"project/{name}": data for name, data in snapshot(source).items() if name not in before}
    if out.is_dir():
        found |= {f"out/{name}": data for name, data in snapshot(out).items()}
    for name, data in found.items():
        if why := wrong_with(name, data):
            return f"unreadable {Path(name).suffix}: {name}: {why}"
    return ""


def process(words: list[str], root: Path) -> tuple[int | str, float, int, str]:
    """The command line as a user runs it."""
    began = time.monotonic()
    done = subprocess.Popen(
        [sys.executable, "-m", "galley", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "GALLEY_DEBUG": "1"}, start_new_session=True, cwd=root,
    )  # fmt: skip
    try:
        said, _ = done.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(done.pid, signal.SIGKILL)
        said, _ = done.communicate()
        return "stopped", time.monotonic() - began, 0, said.decode("utf-8", "replace")
    return done.returncode, time.monotonic() - began, 0, said.decode("utf-8", "replace")


def forked(words: list[str], root: Path) -> tuple[int | str, float, int, str]:
    """The same in a fork of this process, which has all rooms loaded: some four times as many runs a minute."""
    told = root / "said.txt"
    began = time.monotonic()
    pid = os.fork()
    if not pid:
        _child(words, told, root)
    status: int | str = "stopped"
    while time.monotonic() - began < SECONDS:
        done, code, used = os.wait4(pid, os.WNOHANG)
        if done:
            status = os.waitstatus_to_exitcode(code)
            return status, time.monotonic() - began, used.ru_maxrss * 1024, told.read_text("utf-8", errors="replace")
        time.sleep(0.005)
    os.killpg(pid, signal.SIGKILL)
    os.wait4(pid, 0)
    return status, time.monotonic() - began, 0, told.read_text("utf-8", errors="replace")


def _child(words: list[str], told: Path, root: Path) -> None:
    status = 3
    try:
        os.setsid()
        os.chdir(root)
        handle = os.open(told, os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        sys.stdout, sys.stderr = (open(fd, "w", encoding="utf-8", errors="replace", closefd=False) for fd in (1, 2))  # noqa: SIM115
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (BUSY, resource.RLIM_INFINITY))
        os.environ["GALLEY_DEBUG"] = "1"
        from galley.cli import main

        status = main(words)
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 2
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        own = resource.getrusage(resource.RUSAGE_SELF)
        told.with_name("own.txt").write_text(str(own.ru_utime + own.ru_stime))
        os._exit(status)


# -- all runs ------------------------------------------------------------------------------------------


def warm() -> None:
    """Load what the verbs load when used, once for all forks."""
    os.environ.setdefault("GALLEY_SECONDS", "120")
    from galley.reading.lean import import_pybtex

    import_pybtex()
    import contextlib
    from importlib import import_module

    root = Path(__file__).parents[1] / "galley"
    for path in sorted(root.rglob("*.py")):
        name = ".".join(path.relative_to(root.parent).with_suffix("").parts)
        if "__main__" not in name and "preview" not in name and "pytest" not in name:
            with contextlib.suppress(ImportError):
                import_module(name)


def run(options: argparse.Namespace) -> int:
    """Make the runs, print a line every two hundred, then the figures; 1 where the law was broken."""
    papers = [paper for folder in sorted(options.papers.iterdir()) if folder.is_dir() and (paper := Paper.of(folder))]
    warm()
    desk, found = Desk(), Found()
    began = time.monotonic()
    first = (options.seed - 1) * 1_000_000
    try:
        for number in range(first, first + options.runs):
            _one(desk, Case(papers, number, options.seed), found, options.folder)
            if found.runs % 200 == 0:
                print(
                    f"{found.runs} runs, {time.monotonic() - began:.0f} s, {len(found.failures)} failures", flush=True
                )
    finally:
        desk.close()
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(found.statuses.items()))
    print(
        f"{found.runs} runs over {len(VERBS)} command lines in {time.monotonic() - began:.0f} s; exit status {statuses}"
    )
    print(
        f"slowest {found.slowest[0]:.1f} s ({found.slowest[1]}), most memory {found.largest[0] >> 20} MB ({found.largest[1]})"
    )
    for wrong, label in sorted(found.failures.items()):
        print(f"   {label}: {wrong}")
    return 1 if found.failures else 0


def _one(desk: Desk, case: Case, found: Found, folder: Path) -> None:
    wrong, spent, memory, status = desk.run(case, whole=case.number % 50 == 49)
    found.runs += 1
    found.statuses[status] += 1
    found.slowest = max(found.slowest, (spent, case.label()))
    found.largest = max(found.largest, (memory, case.label()))
    key = kind(wrong)
    if not wrong or any(kind(one) == key for one in found.failures):
        return
    found.failures[wrong] = case.label()
    print(f"   {case.label()}: {wrong}", flush=True)
    keep(case, wrong, folder / "manuscripts" / case.label())
    if status != "stopped":
        smaller(desk, case, key)
        keep(case, wrong, folder / "manuscripts" / f"{case.label()}-small")


def kind(wrong: str) -> str:
    """What two failures of one cause have in common."""
    return ":".join(wrong.split(":")[: 3 if wrong.startswith("traceback") else 1])


def smaller(desk: Desk, case: Case, key: str) -> None:
    """The case with its mutated texts made as small as they may be while it still fails."""
    for name in [
        name for name, data in case.files.items() if data != case.paper.files[name] and not name.endswith(".docx")
    ]:

        def fails(text: str, name: str = name) -> bool:
            case.files[name] = text.encode("latin-1")
            return kind(desk.run(case)[0]) == key

        text = minimised(case.files[name].decode("latin-1"), fails, 60)
        case.files[name] = text.encode("latin-1")


def keep(case: Case, wrong: str, folder: Path) -> None:
    """Write a failing case where it can be looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in case.files.items():
        if data != case.paper.files[name]:
            (folder / Path(name).name).write_bytes(data)
    (folder / "wrong.json").write_text(
        json.dumps({"verb": case.verb, "wrong": wrong, "paper": case.paper.name}, indent=1)
    )
