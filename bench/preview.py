#!/usr/bin/env python3
"""Times the preview: from a word saved in the manuscript to the event that brings it to a browser.

    python bench/preview.py [PROJECT ...] [--strokes 30] [--json FILE]

Without a project the repository's own article is taken and an invented one of 40 pages (manuscripts.py). Each is copied
and previewed in a process of its own. A word is put into one paragraph after another; the clock runs from before the
file is written until a client has received the event that holds the word (web page), the event that tells of new PDF
pages (PDF), and a page of it as a picture, 1,200 pixels wide (picture). Beside these medians stands the processor time
that the preview and its Pandoc took for a word, which says more where other work runs on the machine.
"""

import argparse
import http.client
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from manuscripts import SIZES, write

ROOT = Path(__file__).resolve().parent.parent
LIMITS = {"4 pages": 100, "40 pages": 600}
"""Milliseconds that the median may take."""


class Client:
    """Hears the events of a preview."""

    def __init__(self, address: str) -> None:
        """Open the stream."""
        self.parts = urlsplit(address)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.parts.port, timeout=120)
        self.connection.request("GET", f"{self.parts.path}events")
        self.stream = self.connection.getresponse()

    def until(self, kind: str, text: str = "") -> dict:
        """Wait for an event of a kind with some text in it."""
        while True:
            line = self.stream.readline()
            if line.startswith(b"data: ") and text.encode() in line:
                event = json.loads(line[6:])
                if event["type"] == kind:
                    return event

    def picture(self, number: int) -> int:
        """Fetch a page as a picture; its size in bytes."""
        other = http.client.HTTPConnection("127.0.0.1", self.parts.port, timeout=120)
        other.request("GET", f"{self.parts.path}page/{number}?width=1200")
        size = len(other.getresponse().read())
        other.close()
        return size


def processor(process: int) -> float:
    """Seconds of processor time that a process and its children have taken so far (on Linux; else 0)."""
    total = 0.0
    stats = [Path(f"/proc/{process}/stat")]
    children = Path(f"/proc/{process}/task/{process}/children")
    if children.exists():
        tasks = Path(f"/proc/{process}/task").glob("*/children")
        stats += [Path(f"/proc/{child}/stat") for task in tasks for child in task.read_text().split()]
    for stat in stats:
        if stat.exists():
            fields = stat.read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def strokes(path: Path, count: int):
    """Texts of a manuscript, each with one word more, in paragraphs all over it."""
    text = path.read_text("utf-8")
    head = text.find("\n---\n", 4)
    for number in range(count):
        at = head + (len(text) - head) * (number * 7 % 19 + 1) // 21
        at = text.find("\n\n", at) + 2
        while text[at : at + 1] in set("#|:!$-{>@\n[`1"):
            at = text.find("\n\n", at) + 2
        at = text.find(" ", at)
        word = f"keystroke{number}q"
        text = f"{text[:at]} {word}{text[at:]}"
        yield word, text


def measure(project: Path, count: int) -> dict[str, float]:
    """The medians, in milliseconds."""
    command = [sys.executable, str(ROOT / "build.py"), "preview", str(project), "--no-open"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    rows = []
    try:
        client = Client(process.stdout.readline().strip())
        client.until("findings")
        path = next(iter(sorted(project.rglob("*.md"))))
        for word, text in strokes(path, count):
            before, begun = processor(process.pid), time.perf_counter()
            path.write_text(text, "utf-8")
            client.until("article", word)
            seen = time.perf_counter()
            sizes = client.until("pages")["sizes"]
            printed = time.perf_counter()
            client.picture(len(sizes) // 2 + 1)
            drawn = time.perf_counter()
            client.until("findings")
            rows.append([seen - begun, printed - begun, drawn - begun, processor(process.pid) - before])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
    names = ("web page", "PDF", "picture", "processor")
    columns = zip(names, zip(*rows, strict=True), strict=True)
    medians = {name: statistics.median(column) * 1000 for name, column in columns}
    return {**medians, "least": min(row[0] for row in rows) * 1000, "pages": len(sizes)}


def main() -> int:
    """Measure, print a table; 1 where a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="*", type=Path)
    parser.add_argument("--strokes", type=int, default=30)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        wanted = copies(options.projects, Path(scratch)) if options.projects else projects(Path(scratch))
        for name, project in wanted:
            figures[name] = found = measure(project, options.strokes)
            said = ", ".join(f"{part} {found[part]:.0f}" for part in ("web page", "PDF", "picture", "processor"))
            print(f"{name} ({found['pages']} set), medians of {options.strokes} words, ms: {said}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    return 1 if any(found["web page"] > LIMITS.get(name, 1e9) for name, found in figures.items()) else 0


def projects(scratch: Path):
    """The repository's own article, and an invented one."""
    short = scratch / "short"
    shutil.copytree(ROOT / "manuscript", short / "manuscript")
    shutil.copy(ROOT / "references.bib", short)
    yield "4 pages", short
    yield "40 pages", write(scratch / "forty", SIZES["40"])


def copies(paths: list[Path], scratch: Path):
    """Copies of the projects named."""
    for number, path in enumerate(paths):
        leave = shutil.ignore_patterns("output", ".*", "__pycache__")
        yield path.name, Path(shutil.copytree(path, scratch / str(number), ignore=leave))


if __name__ == "__main__":
    raise SystemExit(main())
