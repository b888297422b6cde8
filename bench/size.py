#!/usr/bin/env python3
"""How a build's time and memory grow with the manuscript: 4, 40 and 400 pages, and 2,000 references.

    python bench/size.py [--pairs 3] [--sizes 4 40] [--long] [--csl apa.csl] [--json FILE]

The manuscripts are invented and seeded (manuscripts.py). Each is set cold, as a whole process, in turns by
`python build.py pdf`, by `pandoc --citeproc --pdf-engine=typst`, and by the bare floor (floor.py); ratios are taken
round by round. (Pandoc's own style hardly tells like names apart; one that does, such as APA's, takes citeproc many
times as long where there are thousands.) Then ours is set twice within one process. `--long` adds
the 2,000 references (in APA's style Pandoc's citeproc takes a minute for them) and the 400 pages with 5,000 (for
which it can take a quarter of an hour, and is left out).
"""

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from manuscripts import SIZES, write
from press import ROOT, shim

TWICE = """
import contextlib, io, sys, time
sys.path.insert(0, {root!r})
from galley.cli import main
for _ in range(2):
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        main(["pdf", {folder!r}, "--output", {output!r}])
    took = time.perf_counter() - start
print(took)
"""
WITHOUT_CITEPROC = ("400",)
LONG = ("2000", "400")


class Run(NamedTuple):
    """Seconds from start to exit, and the memory of the largest single process in megabytes."""

    seconds: float
    memory: float


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--sizes", nargs="+", choices=sorted(SIZES), default=["4", "40"])
    parser.add_argument("--long", action="store_true", help="also 2,000 references and 400 pages: some minutes")
    parser.add_argument("--csl", type=Path, help="a style for Pandoc's citeproc, such as apa.csl (default: its own)")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in dict.fromkeys([*options.sizes, *(LONG if options.long else ())]):
            figures[name] = measure(name, options.pairs, Path(scratch), options.csl)
    grown(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    return 0


def measure(name: str, pairs: int, scratch: Path, csl: Path | None) -> dict[str, float]:
    """One size: the medians of all that is measured, printed as it comes."""
    folder = write(scratch / name, SIZES[name])
    output = scratch / f"{name}-ours"
    commands = {
        "ours": [sys.executable, str(ROOT / "build.py"), "pdf", str(folder), "--output", str(output)],
        "floor": [sys.executable, str(ROOT / "bench" / "floor.py"), str(folder), str(scratch / "floor.pdf")],
    }
    if name not in WITHOUT_CITEPROC:
        commands["pandoc"] = citeproc(folder, scratch, csl)
    rows = [{who: run(command, folder) for who, command in commands.items()} for _ in range(pairs)]
    seconds = {who: statistics.median(row[who].seconds for row in rows) for who in commands}
    memory = {who: max(row[who].memory for row in rows) for who in commands}
    pages = counted(output / "article.pdf")
    size = SIZES[name]
    print(f"\n{name}: {size.words:,} words, {size.references:,} references, {pages} pages; {pairs} rounds, medians")
    labels = {"ours": "build.py pdf", "pandoc": "pandoc --citeproc, Typst", "floor": "the bare floor"}
    for who in commands:
        ratios = [row["ours"].seconds / row[who].seconds for row in rows]
        ratio = "" if who == "ours" else f"   ours is {statistics.median(ratios):.2f} of it"
        print(f"{seconds[who]:9.2f} s {memory[who]:7.0f} MB  {labels[who]}{ratio}", flush=True)
    if name in WITHOUT_CITEPROC:
        print("          (pandoc --citeproc is left out: it takes a quarter of an hour for 5,000 references)")
    twice = TWICE.format(root=str(ROOT), folder=str(folder), output=str(output))
    done = subprocess.run([sys.executable, "-c", twice], check=True, capture_output=True, text=True)
    again = float(done.stdout.split()[-1])
    print(f"{again:9.2f} s             a second build in the same process", flush=True)
    return {"pages": pages, "memory": memory["ours"], "second": again, **seconds}


def grown(figures: dict[str, dict[str, float]]) -> None:
    """Print the exponents with which our time grows: 1 where twice the pages take twice the time."""
    print()
    for small, large in (("4", "40"), ("40", "400")):
        if small in figures and large in figures:
            a, b = figures[small], figures[large]
            exponent = math.log(b["ours"] / a["ours"]) / math.log(b["pages"] / a["pages"])
            print(f"from {a['pages']:.0f} to {b['pages']:.0f} pages our time grows with their power {exponent:.2f}")


def citeproc(folder: Path, scratch: Path, csl: Path | None) -> list[str]:
    """The command of Pandoc with citeproc and Typst on the same manuscript."""
    sys.path.insert(0, str(ROOT))
    from galley.pandoc import binary

    typst = shutil.which("typst") or shim(scratch)
    source = [str(folder / "article.md"), f"--resource-path={folder}", f"--bibliography={folder / 'references.bib'}"]
    style = [f"--csl={csl.resolve()}"] if csl else []
    return [binary(), "--citeproc", *style, f"--pdf-engine={typst}", "-o", str(scratch / "pandoc.pdf"), *source]


def run(command: list[str], folder: Path) -> Run:
    """A whole process; the benchmark ends where it fails."""
    begun = time.perf_counter()
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command[:3])} ... failed:\n{said.read().decode()[-2000:]}")
    return Run(took, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1_048_576))


def counted(path: Path) -> int:
    """How many pages a PDF of ours has."""
    sys.path.insert(0, str(ROOT))
    from galley.formats.pdf import pages

    return pages(path.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
