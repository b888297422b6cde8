#!/usr/bin/env python3
"""Times a whole issue against a shell loop of Pandoc with citeproc and Typst over the same articles, in pairs.

    python bench/issue.py [--articles 50] [--pairs 3] [--csl apa.csl] [--long 1000] [--json FILE]

Articles are made by ``manuscripts.py``, of some four pages each. The loop makes one PDF an article and nothing else.
Ours is timed twice: with all that an issue is (own PDFs, the issue as one PDF, its site, Crossref deposit, OJS import)
and with the articles' own PDFs alone, which is what the loop makes. Then: two processes against one; a word changed
in one article, by a process that starts for it and by one that has stayed (``--watch``); memory. ``--long 1000`` sets
so many articles with all bounds as they are, and prints the memory of each process as it goes, the most that each kind
of process has held, and how many pages the PDF has. Ratios are taken pair by pair, and of processor time too, for
machines are shared.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from manuscripts import SIZES  # noqa: E402 - see the line above
from manuscripts import write as manuscript  # noqa: E402 - likewise
from press import SHIM  # noqa: E402 - see the path set above

CHANGED = "Introductory"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--csl", type=Path)
    parser.add_argument("--long", type=int, default=0, metavar="ARTICLES")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="galley-bench-") as folder:
        home = Path(folder)
        if options.long:
            return _long(home, options.long)
        told = _pairs(home, options) | _again(home)
    for name, value in told.items():
        print(f"{name:<64} {value}")
    if options.json:
        options.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return 0


def _issue(home: Path, count: int) -> Path:
    """An issue of so many articles; the path of its file."""
    names = [f"article{number:04d}" for number in range(1, count + 1)]
    for number, name in enumerate(names, 1):
        if not (home / name).is_dir():
            manuscript(home / name, SIZES["4"], number)
    path = home / f"issue{count}.yaml"
    head = "journal: Journal of Measures\nvolume: 1\nissue: 1\ndate: 2026-01-01\narticles:\n"
    path.write_text(head + "".join(f"  - {name}\n" for name in names), "utf-8")
    return path


def _timed(command: list[str], **more: object) -> tuple[float, float]:
    """Seconds of a command and its children: by the clock, and of processors."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, **more)  # type: ignore[call-overload]
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _ours(issue: Path, *options: str) -> tuple[float, float]:
    command = [sys.executable, str(ROOT / "build.py"), "issue", str(issue), "--draft", *options]
    return _timed(command)


def _loop(issue: Path, home: Path, csl: Path | None) -> tuple[float, float]:
    """The shell loop."""
    from galley.pandocprocess import binary

    tools = home / "tools"
    if not shutil.which("typst"):
        tools.mkdir(exist_ok=True)
        (tools / "typst").write_text(SHIM.format(python=sys.executable))
        (tools / "typst").chmod(0o755)
    style = f"--csl {csl.resolve()}" if csl else ""
    names = " ".join(re.findall(r"- (\S+)", issue.read_text("utf-8")))
    line = f"for a in {names}; do (cd $a && {binary()} *.md --citeproc {style} --pdf-engine=typst -o loop.pdf); done"
    path = os.pathsep.join((str(tools), os.environ["PATH"]))
    return _timed(["sh", "-c", line], cwd=home, env={**os.environ, "PATH": path})


def _pairs(home: Path, options: argparse.Namespace) -> dict[str, str]:
    issue = _issue(home, options.articles)
    rows: dict[str, list[tuple[float, float]]] = {"loop": [], "all 2": [], "all 1": [], "pdf 2": []}
    bare = ("--no-cache", "--only", "pdf")
    for _ in range(options.pairs):
        rows["loop"].append(_loop(issue, home, options.csl))
        rows["all 2"].append(_ours(issue, "--no-cache", "--jobs", "2"))
        rows["all 1"].append(_ours(issue, "--no-cache", "--jobs", "1"))
        rows["pdf 2"].append(_ours(issue, *bare, "--jobs", "2"))

    def ratio(one: str, other: str, at: int) -> str:
        found = [a[at] / b[at] for a, b in zip(rows[one], rows[other], strict=True)]
        return f"{statistics.median(found):.2f} ({min(found):.2f}..{max(found):.2f})"

    def seconds(name: str) -> str:
        return (
            " s, ".join(f"{statistics.median(row[at] for row in rows[name]):.1f}" for at in (0, 1)) + " s of processors"
        )

    return {
        f"the loop over {options.articles} articles": seconds("loop"),
        "the whole issue, 2 processes": seconds("all 2"),
        "the whole issue, 1 process": seconds("all 1"),
        "the issue's and the articles' PDFs alone, 2 processes": seconds("pdf 2"),
        "whole issue with 2 processes / loop": ratio("all 2", "loop", 0),
        "the same, of processor time": ratio("all 2", "loop", 1),
        "PDFs alone with 2 processes / loop": ratio("pdf 2", "loop", 0),
        "the same, of processor time ": ratio("pdf 2", "loop", 1),
        "one process / two": ratio("all 1", "all 2", 0),
    }


def _again(home: Path) -> dict[str, str]:
    """What a changed word costs, in a new process and in one that has stayed."""
    issue = sorted(home.glob("issue*.yaml"))[0]
    cache = {**os.environ, "GALLEY_CACHE": str(home / "cache")}
    command = [sys.executable, str(ROOT / "build.py"), "issue", str(issue), "--draft", "--jobs", "2"]
    full = _timed(command, env=cache)
    unchanged = _timed(command, env=cache)
    _change(home, "one")
    fresh = _timed(command, env=cache)
    watching = subprocess.Popen(
        [*command, "--watch"], env=cache, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert watching.stdout
    took: list[float] = []
    watching.stdout.readline()
    for number, word in enumerate(("two", "three", "four", "five")):
        start = time.perf_counter()
        _change(home, word)
        while "set anew" not in watching.stdout.readline():
            pass
        if number:  # the first binds what the process has not bound before
            took.append(time.perf_counter() - start)
    peak = _peaks(watching.pid)
    watching.terminate()
    watching.wait()
    return {
        "full, into an empty cache": f"{full[0]:.1f} s",
        "nothing changed": f"{unchanged[0]:.2f} s ({unchanged[0] / full[0]:.3f} of full)",
        "a word changed, a new process": f"{fresh[0]:.2f} s ({fresh[0] / full[0]:.3f} of full)",
        "the same, of processor time  ": f"{fresh[1]:.2f} s ({fresh[1] / full[1]:.3f} of full)",
        "a word changed, a process that stayed (--watch)": f"{statistics.median(took):.2f} s "
        f"({statistics.median(took) / full[0]:.3f} of full)",
        "memory of the processes that stayed, MB": peak,
    }


def _change(home: Path, word: str) -> None:
    path = next((home / "article0021" if (home / "article0021").is_dir() else home / "article0001").rglob("*.md"))
    text = path.read_text("utf-8")
    head, mark, rest = text.partition(CHANGED)
    if mark:
        rest = rest.split(" ", 2)[2]
    else:
        at = text.rindex("\n\n", 0, len(text) // 2) + 2
        head, rest = text[:at], text[at:]
    path.write_text(f"{head}{CHANGED} {word} {rest}", "utf-8")


def _peaks(pid: int) -> str:
    """The resident memory of a process and its children, in MB, at its highest."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        parent, peak = re.search(r"PPid:\s+(\d+)", text), re.search(r"VmHWM:\s+(\d+)", text)
        if peak and parent and (int(parent[1]) == pid or status.parent.name == str(pid)):
            found.append(int(peak[1]) // 1000)
    return ", ".join(map(str, sorted(found, reverse=True)))


def _long(home: Path, count: int) -> int:
    """Many articles: what memory each process holds as it goes, and held at most."""
    issue = _issue(home, count)
    command = [sys.executable, str(ROOT / "build.py"), "issue", str(issue), "--draft", "--no-cache", "--jobs", "2"]
    start = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    peaks: dict[str, float] = {}
    said = 0.0
    while running.poll() is None:
        below = _below(running.pid)
        for pid in below:
            kind = _kind(pid, running.pid)
            peaks[kind] = max(peaks.get(kind, 0), _memory(pid, "VmHWM"))
        if time.perf_counter() - start >= said:
            held = sorted((_memory(pid, "VmRSS") for pid in below), reverse=True)
            told = ", ".join(f"{one:.0f}" for one in held)
            print(f"{time.perf_counter() - start:6.0f} s  MB now, by process: {told}", flush=True)
            said += 20
        time.sleep(0.25)
    assert running.stdout
    print(running.stdout.read(), f"{time.perf_counter() - start:.0f} s")
    print("MB at most: " + ", ".join(f"{kind} {most:.0f}" for kind, most in sorted(peaks.items())))
    made = home / "output" / "site" / "issue.pdf"
    if made.is_file():
        import pikepdf

        with pikepdf.open(made) as pdf:
            print(f"site/issue.pdf: {made.stat().st_size / 1e6:.0f} MB, {len(pdf.pages)} pages")
    return running.returncode or 0 if made.is_file() else 1


def _kind(pid: int, first: int) -> str:
    """What a process does: the one that watches, the main one, one that sets articles, Pandoc."""
    try:
        said = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        said = b""
    names = {b"spawn_main": "a process that sets", b"pandoc": "Pandoc", b"resource_tracker": "multiprocessing's own"}
    found = [name for mark, name in names.items() if mark in said]
    return found[0] if found else "the one that watches" if pid == first else "the main one"


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in text.read_text().split()] if text.exists() else []


def _below(pid: int) -> list[int]:
    """A process and all below it."""
    return [pid, *(one for child in _children(pid) for one in _below(child))]


def _memory(pid: int, what: str) -> float:
    """Megabytes that a process holds (VmRSS) or held at most (VmHWM)."""
    try:
        return int(re.search(what + r":\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1000  # type: ignore[index]
    except (OSError, TypeError):
        return 0.0


if __name__ == "__main__":
    sys.exit(main())
