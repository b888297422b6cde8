#!/usr/bin/env python3
"""Times a cold `pdf` against Pandoc with citeproc and Typst, in alternating pairs, and says where our time goes.

    python bench/press.py [PROJECT] [--pairs 15] [--json FILE]

Both are whole processes, from start to exit, on the same manuscript: ours as `python build.py pdf PROJECT`, the
other as `pandoc --citeproc --pdf-engine=typst` in its built-in author-date style. Pandoc wants a `typst` command;
where there is none a small one is made round the Python module, and the time of its bare start is printed, so
that it can be taken off. Ratios are taken pair by pair, because machines drift. Run it with the Python whose
packages are to be measured (after the first run of build.py: .venv/bin/python).
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHIM = """#!{python}
import sys
words = [word for word in sys.argv[1:] if not word.startswith("-")]
if words:
    import typst
    typst.compile(words[1], output=words[2] if len(words) > 2 else words[1][:-4] + ".pdf", root="/")
"""
STEPS = """
import sys, time
begun = time.perf_counter()
sys.path.insert(0, {root!r})
from pathlib import Path
import galley.cli
from galley import pandoc, press
took = [("imports of the command line", time.perf_counter() - begun)]

def timed(place, name, label):
    work = getattr(place, name)
    def measured(*words, **more):
        start = time.perf_counter()
        out = work(*words, **more)
        took.append((label, time.perf_counter() - start))
        return out
    setattr(place, name, measured)

start = time.perf_counter()
from galley.reading import manuscript
from galley.reading.lean import import_pybtex
import_pybtex()
from galley.stages import citing, levelling, markup, numbering, texing
from galley import checks
took.append(("imports of reading, stages and checks", time.perf_counter() - start))
timed(pandoc.Reading, "result", "  of which waiting for Pandoc's reader")
timed(manuscript.Opened, "__init__", "front matter read, Pandoc started")
timed(manuscript.Opened, "document", "bibliography and text read")
timed(markup, "unmark", "raw HTML recovered")
timed(texing, "recover", "raw TeX recovered")
timed(numbering, "number", "numbered")
timed(citing, "cite", "cited")
timed(levelling, "level", "headings levelled")
document = press.settled(Path({project!r}))
start = time.perf_counter()
theme = press.themed(document)
press.checked(document, theme)
took.append(("checked (in the trip: while Pandoc and Typst are at work)", time.perf_counter() - start))
start = time.perf_counter()
from galley.formats import pdf
import typst
took.append(("imports of the PDF format", time.perf_counter() - start))
timed(pandoc.Writing, "result", "  of which waiting for Pandoc's writer")
timed(typst, "compile", "  of which compiling")
timed(pdf, "write", "written and compiled")
pdf.write(document, theme)
done = len(took)
again = time.perf_counter()
document = press.settled(Path({project!r}))
press.press(document, press.themed(document), "pdf")
again = time.perf_counter() - again
for name, seconds in took[:done]:
    print(f"{{seconds * 1000:8.1f}} ms  {{name}}")
print(f"{{again * 1000:8.1f}} ms  a second build in the same process, whole")
"""


def main() -> int:
    """Run the pairs and print the table; 1 where a command fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        return compare(options.project.resolve(), options.pairs, Path(scratch), options.json)


def compare(project: Path, pairs: int, scratch: Path, report: Path | None) -> int:
    """Time the pairs, print medians and ratios, then the parts of our time."""
    sys.path.insert(0, str(ROOT))
    from galley.pandoc import binary
    from galley.reading.files import locate

    typst = shutil.which("typst") or shim(scratch)
    sources = [without_keywords(path, scratch) for path in locate(project).manuscript]
    ours = [sys.executable, str(ROOT / "build.py"), "pdf", str(project), "--output", str(scratch / "ours")]
    theirs = [
        *(binary(), "--citeproc", f"--pdf-engine={typst}", f"--resource-path={project}", "-o", str(scratch / "b.pdf")),
        *(f"--bibliography={path}" for path in sorted(project.glob("*.bib"))),
        *sources,
    ]
    rows = []
    for number in range(pairs + 1):
        times = run(ours, project), run(theirs, project)
        if number:  # the first pair warms the disk's cache
            rows.append(times)
    ratios = sorted(a / b for a, b in rows)
    a, b = (statistics.median(row[i] for row in rows) for i in (0, 1))
    print(f"{pairs} pairs, whole processes, medians")
    print(f"{a * 1000:8.0f} ms  ours: build.py pdf")
    print(f"{b * 1000:8.0f} ms  pandoc --citeproc, Typst ({'command' if shutil.which('typst') else 'Python module'})")
    print(f"{statistics.median(ratios):8.2f}     ratio, median ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    bare = statistics.median(run([sys.executable, "-c", "pass"], project) for _ in range(pairs))
    print(
        f"{bare * 1000:8.0f} ms  a bare Python, in ours once and in the Typst command once\n\nwhere our time goes:",
        flush=True,
    )
    steps = STEPS.format(root=str(ROOT), project=str(project))
    subprocess.run([sys.executable, "-c", steps], check=True)
    if report:
        report.write_text(json.dumps({"ours": a, "theirs": b, "ratio": statistics.median(ratios), "pairs": pairs}))
    return 0


def without_keywords(path: Path, scratch: Path) -> str:
    """A copy for Pandoc, whose own Typst template stumbles over a list of keywords."""
    copy = scratch / path.name
    copy.write_text(re.sub(r"^keywords:.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    return str(copy)


def shim(folder: Path) -> str:
    """A `typst` command round the Python module."""
    path = folder / "typst"
    path.write_text(SHIM.format(python=sys.executable))
    path.chmod(0o755)
    return str(path)


def run(command: list[str], folder: Path) -> float:
    """Seconds from start to exit; the benchmark ends where a command fails."""
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""})
    took = time.perf_counter() - begun
    if done.returncode:
        sys.exit(f"{' '.join(command[:3])} ... failed:\n{done.stderr.decode()[-2000:]}")
    return took


if __name__ == "__main__":
    sys.exit(main())
