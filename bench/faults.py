#!/usr/bin/env python3
"""The fault table: what is said of some 160 faults, each alone in a sound article, beside what Pandoc says.

    python bench/faults.py [--only WORD] [--check] [--jobs 2] [--json FILE]

Each faulty article is written, then `python build.py pdf` and `pandoc --citeproc --pdf-engine=typst` are run on the
same file, one after the other; what Pandoc says of the sound article too (it knows no references to figures) is left
out. `--check` runs `build.py check` in place of `pdf`. A row has the fault, our code, place
and message and our exit status, then Pandoc's exit status and what it said; "silent" is a PDF without a word. At the
end stands how often each of the two stopped or warned, named a line, and named the right one. 1 where a fault is not
told as it ought to be (the code and the place stand with the faults, in faultcases.py).
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from faultcases import CASES, MD, SOUND, Case, files
from press import ROOT, shim

PLACE = re.compile(r"\(line (\d+), column (\d+)\)|at line (\d+) column (\d+)|line (\d+)")


NONE = Case("none", "none", MD, "", "")


class Row(NamedTuple):
    """What came of a fault: our finding and all of ours, and what Pandoc did."""

    case: Case
    ours: int
    told: str
    place: str
    message: str
    right: bool
    pandoc: int
    said: str


def main() -> int:
    """Run the faults, print the table; 1 where one is not told as it ought to be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only the faults with this word in their name or group")
    parser.add_argument("--check", action="store_true", help="run build.py check, not pdf")
    parser.add_argument("--jobs", type=int, default=2, help="how many faults at a time (default: 2)")
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    options = parser.parse_args()
    cases = [case for case in (*CASES, *SOUND) if options.only in f"{case.group} {case.name}"]
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(options.jobs) as hands:
        typst = shutil.which("typst") or shim(Path(scratch))
        run = partial(row, scratch=Path(scratch), typst=typst, verb="check" if options.check else "pdf")
        clean = run((-1, NONE))
        if clean.told or clean.pandoc:
            sys.exit(f"the article without a fault is not clean: {clean}")
        run = partial(run, always=clean.said.splitlines())
        print("| fault | ours | exit | Pandoc's exit | Pandoc said |\n| --- | --- | --- | --- | --- |")
        rows = []
        for one in hands.map(run, enumerate(cases)):
            rows.append(one)
            print(line(one), flush=True)
    print(f"\n{summary([one for one in rows if one.case.code])}")
    if options.json:
        options.json.write_text(json.dumps([one._replace(case=one.case.name) for one in rows], indent=1))
    return 0 if all(one.right for one in rows) else 1


def row(numbered: tuple[int, Case], scratch: Path, typst: str, verb: str, always: Sequence[str] = ()) -> Row:
    """Write a faulty article, and run both on it; of what Pandoc says, what it ``always`` says is left out."""
    from galley.pandoc import binary

    number, case = numbered
    folder = scratch / str(number)
    for name, content in files(case).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    ours = [sys.executable, str(ROOT / "build.py"), verb, "article.md", "--format", "json"]
    done = subprocess.run(ours, cwd=folder, capture_output=True, encoding="utf-8", env=os.environ, check=False)
    found = json.loads(done.stdout or "[]")
    one = next((each for each in found if each["code"] == case.code and placed(each) == case.place), None)
    right = bool(one) if case.code else not found
    one = one or next(iter(found), {"code": "", "file": "", "line": None, "message": done.stderr[:80]})
    theirs = [binary(), "article.md", "--citeproc", f"--pdf-engine={typst}", "-o", "theirs.pdf"]
    other = _bounded(theirs, folder)
    lines = [text for text in other.stderr.splitlines() if text not in always]
    traced = next((at for at, text in enumerate(lines) if text.startswith("Traceback")), len(lines))
    said = "\n".join([*lines[:traced], *lines[traced:][-1:]])
    return Row(case, done.returncode, one["code"], placed(one), one["message"], right, other.returncode, said)


def _bounded(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command for at most a minute: a fault may keep it busy for ever."""
    try:
        return subprocess.run(
            command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=60
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", "(still busy after 60 seconds, and stopped)")


def placed(found: dict[str, object]) -> str:
    """A finding's place as file:line:column."""
    where = str(found["file"] or "")
    return f"{where}:{found['line']}:{found['column']}" if found.get("line") else where


def line(one: Row) -> str:
    """A row of the table."""
    ours = f"`{one.told}` {one.place} {one.message}" if one.told else "nothing"
    flag = "" if one.right else f" **not {one.case.code} at {one.case.place}**"
    said = " ".join(re.sub(r"\[(?:WARNING|INFO)\] ", "", one.said).split())[:110] or "silent"
    cells = (f"{one.case.group}: {one.case.name}", ours[:150] + flag, str(one.ours), str(one.pandoc), said)
    return f"| {' | '.join(re.sub(r'[|]', chr(92) + '|', cell) for cell in cells)} |"


def summary(rows: list[Row]) -> str:
    """How many faults each of the two told of, and with which place."""
    heard = [one for one in rows if one.said.strip() or one.pandoc]
    lines = [one for one in heard if PLACE.search(one.said)]
    exact = [one for one in lines if one.case.place and named(one)]
    return (
        f"{len(rows)} faults, each alone in a sound article.\n"
        f"ours:   {sum(bool(one.told) for one in rows)} told, {sum(one.right for one in rows)} with the right code at "
        f"the right line and column, {sum(one.ours == 1 for one in rows)} with exit status 1\n"
        f"Pandoc: {len(heard)} told, {len(lines)} with a line, {len(exact)} with the right line, "
        f"{sum(one.pandoc != 0 for one in rows)} with an exit status other than 0, {len(rows) - len(heard)} silent"
    )


def named(one: Row) -> bool:
    """Whether Pandoc named the line on which the fault is."""
    wanted = one.case.place.split(":")[1:2]
    return any(number in wanted for found in PLACE.findall(one.said) for number in found if number)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
