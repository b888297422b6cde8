"""Kills Galley at random moments of verbs that write, and looks whether anything was lost.

Sources must be as they were (or, of verbs that write into them, as they would be afterwards), the last good output must
be there whole or the new one whole. ``python bench/kills.py [--kills 200] [--seed 1]`` prints a line a verb.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = "---\ntitle: A Title\nauthor: Ada Lovelace\ntheme: preprint\n---\n\n"
TEXT = HEAD + "Words {++are ++}here [@smith2020].\n\n" * 200 + "A line of its own.\n"
BIB = "@book{smith2020,\n  author = {Smith, Ann},\n  title = {A {Book}},\n  publisher = {P},\n  year = 2020\n}\n"
VERBS: dict[str, list[str]] = {
    "pdf": ["pdf"],
    "html": ["html"],
    "accept": ["accept", "--all"],
    "bib": ["bib", "references.bib", "--write"],
    "import": ["import", "typed.md", "-o", "taken"],
    "camera-ready": ["camera-ready", "--draft"],
    "merge": ["import", "returned.docx", "--into", "."],
    "answers": ["import", "answers.json", "--into", "."],
    "issue": ["issue", "issue.yaml", "--no-cache", "--jobs", "1"],
    "review": ["review"],
    "docx": ["docx"],
}
ANSWERS = {"galley": "proof-answers", "corrections": [{"find": "line of its own", "replace": "verse of its own"}]}
ISSUE = """journal: {title: Journal of Rivers, abbreviation: J. Riv.}
theme: preprint
volume: 7
issue: 2
date: 2026-05-01
articles: [one]
"""


def made(folder: Path) -> None:
    """A project, and a typed manuscript beside it."""
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / "article.md").write_text(TEXT)
    (folder / "references.bib").write_text(BIB)
    (folder / "typed.md").write_text(
        "# T\n\nAs Smith (2020) says.\n\n# References\n\nSmith, A. (2020). *A book*. Press.\n"
    )
    (folder / "one").mkdir()
    (folder / "one" / "article.md").write_text(HEAD + "Words of an issue.\n\n" * 50)
    (folder / "issue.yaml").write_text(ISSUE)
    (folder / "answers.json").write_text(json.dumps(ANSWERS))


def returned(folder: Path) -> None:
    """The project's Word file as an editor sends it back, a word of it changed."""
    with zipfile.ZipFile(folder / "output" / "article.docx") as old:
        parts = {name: old.read(name) for name in old.namelist()}
    main = "word/document.xml"
    parts[main] = parts[main].replace(b"here", b"there", 40)
    with zipfile.ZipFile(folder / "returned.docx", "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but those that only note something, by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def whole(name: str, data: bytes) -> bool:
    """Whether a file can be opened by a reader."""
    if name.endswith(".pdf"):
        return data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")
    if name.endswith((".zip", ".docx", ".epub")):
        import io

        return zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    if name.endswith(".json"):
        return json.loads(data) is not None
    return True


def started(folder: Path, verb: str) -> subprocess.Popen[bytes]:
    """A verb at work in a session of its own, so that what it starts is killed with it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GALLEY_CACHE": str(folder.parent / "cache")}
    quiet = subprocess.DEVNULL
    command = [sys.executable, "-m", "galley", *VERBS[verb]]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=quiet, stderr=quiet, start_new_session=True)


def lost(before: dict[str, bytes], after: dict[str, bytes], now: dict[str, bytes]) -> list[str]:
    """What is neither as it was nor as it would be; names that begin with a dot are temporary and may be left."""
    wrong = []
    for name in before.keys() | now.keys():
        if any(part.startswith(".") for part in name.split("/")):
            continue
        there = now.get(name)
        if there is None and name not in before:
            continue
        if there is None:
            wrong.append(f"{name} is gone")
        elif there not in (before.get(name), after.get(name)) and not _fresh(name, there, after):
            wrong.append(f"{name} is neither old nor new")
    return wrong


def _fresh(name: str, data: bytes, after: dict[str, bytes]) -> bool:
    """Whether a file that differs at each run (it bears the hour) is whole all the same."""
    return name.startswith("output/") and name in after and whole(name, data)


def trial(verb: str, kills: int, chance: random.Random, tell: Callable[[str], None] = print) -> list[str]:
    """Kill a verb so many times; what was lost."""
    with tempfile.TemporaryDirectory() as room:
        base = Path(room) / "base"
        base.mkdir()
        made(base)
        for first in ("pdf", "html", "docx", "camera-ready", *(["issue"] if verb == "issue" else [])):
            started(base, first).wait()
        if verb == "merge":
            returned(base)
        before = snapshot(base)
        done = Path(room) / "done"
        shutil.copytree(base, done)
        begun = time.monotonic()
        started(done, verb).wait()
        length = time.monotonic() - begun
        after = snapshot(done)
        found: list[str] = []
        ended = 0
        for number in range(3 * kills):
            if number - ended == kills:
                break
            folder = Path(room) / f"try{number}"
            shutil.copytree(base, folder)
            process = started(folder, verb)
            try:
                process.wait(chance.uniform(0.02, length))
                ended += 1
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            found += [f"{verb}, kill {number}: {one}" for one in lost(before, after, snapshot(folder))]
            shutil.rmtree(folder)
        tell(f"{verb:14} {number - ended:4} kills, {ended} ended before them, {len(found)} lost ({length:.2f} s a run)")
        return found


def main() -> int:
    """Kill every verb and print what was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    found = [one for verb in VERBS for one in trial(verb, -(-options.kills // len(VERBS)), chance)]
    print(*(found or ["nothing lost"]), sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
