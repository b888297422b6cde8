#!/usr/bin/env python3
"""Packs articles as `camera-ready` does and holds every file against every validator there is for its kind.

    python bench/packages.py [--markdown] [--keep FOLDER]     # the table, a negative control in each cell
    python bench/packages.py --time [--pairs 7]               # a cold `camera-ready` against a cold `pdf`

The articles lie beside the project, under ../shared/papers. What an author has not said and a publisher has to say (a
journal, pages, dates, a licence) is made up in a copy; an ISSN that is not known is one with a right check digit.
Beside what a validator finds stands whether it refuses the same file with a fault put in. The variables that name the
validators are told in bench/validators.py.
"""

from __future__ import annotations

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
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
PAPERS = ROOT.parent / "shared" / "papers"
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "bench")]

from galley import packing  # noqa: E402 - see the path set above
from galley.report import ERROR  # noqa: E402 - see the path set above

MADE_UP: dict[str, Any] = {
    "journal": {
        "title": "Journal of Packed Articles", "abbreviation": "JPA", "eissn": "2049-3630", "publisher": "Press",
        "url": "https://journal.example",
    },
    "volume": 4, "issue": 2, "doi": "10.5555/packed.4.2.1", "date": "2024-06-30", "license": "CC BY 4.0",
    "copyright": "The Author(s)", "received": "2024-01-15", "revised": "2024-03-01", "accepted": "2024-05-20",
    "url": "https://journal.example/4/2/1", "lang": "en-GB", "keywords": ["packing", "proof"],
    "abstract": "An article is packed.", "theme": "base",
}  # fmt: skip
NJIPS: dict[str, Any] = {
    "journal": {"eissn": "2049-3630", "publisher": "NUST"}, "license": "CC BY-NC 4.0", "copyright": "The Author",
    "url": "https://njips.nust.edu.pk/index.php/njips/article/view/162", "keywords": ["Al-Qaeda", "Taliban"],
    "received": "2023-10-01", "accepted": "2023-12-15",
}  # fmt: skip
THREE = ("effectsize", "matrixbandwidth", "phasefieldx")
"""Tables and code; formulas and a long list of references; figures, numbered equations and references to them."""
FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def njips(folder: Path) -> None:
    """The article of ../shared/papers/njips-162 as a project, and what its publisher has to say of it."""
    from test_njips import entry, keyed, truth

    known = truth()
    (folder / "article.md").write_text(_with(keyed(known), NJIPS), "utf-8")
    (folder / "references.bib").write_text("".join(entry(*one) for one in known["fields"].items()), "utf-8")


def paper(name: str, folder: Path) -> None:
    """A paper of ../shared/papers as a project, what is missing made up, alternative texts among it."""
    shutil.copytree(PAPERS / name, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    for one in [folder, *folder.rglob("*")]:
        one.chmod(0o755 if one.is_dir() else 0o644)
    for one in folder.glob("typed.*"):
        one.unlink()
    file = folder / "paper.md"
    text = _with(file.read_text("utf-8"), MADE_UP, ("journal", "date"))
    text = re.sub(r"(!\[[^\]]*\]\([^)\n]*\))(?:\{([^}\n]*)\})?", _described, text)
    text = text.replace(r"\includegraphics[", r"\includegraphics[alt={A picture of the article},")
    file.write_text(text, "utf-8")


def _with(text: str, facts: dict[str, Any], never: tuple[str, ...] = ()) -> str:
    """The manuscript with facts that its front matter does not give, or that are never to be taken from it."""
    found = FRONT.match(text)
    said = yaml.safe_load(found[1]) if found else {}
    said = {key: value for key, value in said.items() if value not in (None, "") and key not in never}
    rest = text[found.end() :] if found else text
    return f"---\n{json.dumps({**facts, **said}, default=str)}\n---\n{rest}"


def _described(found: re.Match[str]) -> str:
    own = found[2] or ""
    alternative = "" if "alt=" in own else ' alt="A picture of the article"'
    return f"{found[1]}{{{own}{alternative}}}"


def packed(folder: Path) -> packing.Package:
    """The package; the pages that the article takes are what its front matter says in the second go."""
    from galley.formats import pdf

    made = packing.packed(folder)
    if any(one.code in ("page-range", "missing-fact") for one in made.diagnostics):
        if f"{made.stem}.pdf" not in made.files:
            raise SystemExit("\n".join(f"{one.code}: {one.message}" for one in made.diagnostics))
        file = next(folder.glob("*.md"))
        last = pdf.pages(made.files[f"{made.stem}.pdf"])
        text = file.read_text("utf-8")
        file.write_text(_with(text, {"pages": f"1-{last}" if last > 1 else "1"}), "utf-8")
        made = packing.packed(folder)
    return made


def judged(made: packing.Package, folder: Path) -> list[list[str]]:
    """A row for each file and validator: what it finds in the file, and whether it refuses the spoilt one."""
    from validators import VALIDATORS

    rows = []
    for one in VALIDATORS:
        for name in (pattern.format(made.stem) for pattern in one.takes):
            good, bad = folder / name, folder / f"spoilt-{name}"
            good.write_bytes(made.files[name])
            bad.write_bytes(one.spoil(made.files[name]))
            found, refused = one.faults(good), one.faults(bad)
            verdict = "clean" if not found else f"{len(found)}: {found[0][:60]}"
            for line in found:
                print(f"    {name}, {one.name}: {line}", file=sys.stderr)
            rows.append(
                [name.replace(made.stem, "NAME"), one.name, f"{verdict} / {'refused' if refused else 'MISSED'}"]
            )
            bad.unlink()
    return rows


def table(articles: list[str], keep: Path | None, *, markdown: bool) -> str:
    """One row for each file and validator, one column for each article."""
    cells: dict[tuple[str, str], list[str]] = {}
    facts = []
    for name in articles:
        with tempfile.TemporaryDirectory() as scratch:
            project, out = Path(scratch) / "project", (keep or Path(scratch)) / name
            project.mkdir()
            out.mkdir(parents=True, exist_ok=True)
            njips(project) if name == "njips-162" else paper(name, project)
            made = packed(project)
            errors = [one for one in made.diagnostics if one.severity is ERROR]
            for one in errors:
                print(f"    {name}: {one.code}: {one.message}", file=sys.stderr)
            passed = sum(one.state == "passed" for one in made.checked)
            facts.append(f"{name}: {len(made.files)} files, {len(made.zip) // 1000} kB zipped, preflight "
                         f"{passed} passed, {sum(one.state == 'remark' for one in made.checked)} remarks, "
                         f"{sum(one.state == 'failed' for one in made.checked)} failed")  # fmt: skip
            for file, validator, verdict in judged(made, out):
                cells.setdefault((file, validator), []).append(verdict)
            for file, content in made.files.items() if keep else ():
                (out / file).parent.mkdir(exist_ok=True)
                (out / file).write_bytes(content)
    head = ["file", "validator (finding / the file with a fault)", *articles]
    lines = [head, *([file, validator, *row] for (file, validator), row in cells.items())]
    if markdown:
        lines.insert(1, ["---"] * len(head))
        return "\n".join([*(f"| {' | '.join(line)} |" for line in lines), "", *facts])
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    rows = ["  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([*rows, "", *facts])


def timed(pairs: int) -> str:
    """The user's seconds of whole processes, ``pdf`` and ``camera-ready`` of the précis in turn, each with no cache."""
    rows: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(pairs):
            pair = [_seconds(Path(scratch) / f"{number}-{verb}", verb) for verb in ("pdf", "camera-ready")]
            rows.append((pair[0], pair[1]))
    ratios = [package / page for page, package in rows]
    middle = [statistics.median(column) for column in zip(*rows, strict=True)]
    return (
        f"pdf {middle[0]:.2f} s, camera-ready {middle[1]:.2f} s; camera-ready takes {statistics.median(ratios):.2f} "
        f"times as long (median of {pairs} pairs; {min(ratios):.2f} to {max(ratios):.2f})"
    )


def _seconds(output: Path, verb: str) -> float:
    env = {**os.environ, "GALLEY_CACHE": "off", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "galley", verb, str(ROOT), "--output", str(output)]
    start = time.perf_counter()
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    took = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return took


def main() -> int:
    """Print the table, or the times."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", nargs="*", default=["njips-162", *THREE], help="folders of ../shared/papers")
    parser.add_argument("--markdown", action="store_true", help="as a table of Markdown")
    parser.add_argument("--keep", metavar="FOLDER", type=Path, help="leave the packages there, to be looked at")
    parser.add_argument("--time", action="store_true", help="measure time instead")
    parser.add_argument("--pairs", type=int, default=7)
    options = parser.parse_args()
    print(timed(options.pairs) if options.time else table(options.articles, options.keep, markdown=options.markdown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
