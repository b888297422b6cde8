"""How good the tracked changes of ``diff --to docx`` are on real pairs of revisions, by an independent scorer.

    python bench/redline.py [--pairs FOLDER] [--only NAME] [--json FILE]

A pair is a folder with ``old/`` and ``new/``, each with ``paper.md``. Both are set in Word by ``docx --draft``, the
redline by ``diff --to docx``; ``../shared/bench/redline_score.py`` reads the three. Exit status 1 where a bar is
missed: both texts back word for word, marks at most 1.15 of the least words, no mark that begins or ends inside a word,
a citation or an equation, every verbatim move marked as one, no picture lost.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parent.parent
SHARED = HOUSE.parent / "shared"
sys.path.insert(0, str(HOUSE))
HEAD = ("pair", "reject", "accept", "marked / least", "cuts", "moves", "pictures", "seconds: both, redline")


def galley(*arguments: str) -> float:
    """Run a verb; the seconds of processor time it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "galley", *arguments]
    done = subprocess.run(
        command, cwd=HOUSE, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(HOUSE)}, check=False
    )
    if done.returncode == 2:
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr.strip()[:400]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def scored(pair: Path, folder: Path) -> dict[str, Any]:
    """What the scorer says of a pair's redline, and the seconds of building both versions and of the redline."""
    from galley.pandoc import binary

    both = sum(galley("docx", str(pair / side), "--draft", "--output", str(folder / side)) for side in ("old", "new"))
    own = galley("diff", str(pair / "old"), str(pair / "new"), "--to", "docx", "--output", str(folder))
    command = [sys.executable, str(SHARED / "bench" / "redline_score.py"), str(folder / "redline.docx"), "--json"]
    for side in ("old", "new"):
        command += [f"--{side}", str(folder / side / "article.docx"), f"--{side}-md", str(pair / side / "paper.md")]
    done = subprocess.run([*command, "--pandoc", binary()], capture_output=True, text=True, check=False)
    return {**json.loads(done.stdout), "seconds": (both, own)}


def row(name: str, one: dict[str, Any]) -> tuple[str, ...]:
    """A pair's line of the table."""
    words, cuts, moves, (both, own) = one["words"], one["cuts"], one["moves"], one["seconds"]
    same = {side: "same" if one[side]["same"] else f"{one[side]['first_difference']['words_off']} off" for side in BACK}
    pictures = ", ".join(f"{one[side]['images'][1]} of {one[side]['images'][0]}" for side in BACK)
    least = f"{words['inserted']}+{words['deleted']} / {words['least']} = {words['ratio']}"
    kinds = f"{cuts['cut']} of {cuts['marks']} ({cuts['word']} / {cuts['citation']} / {cuts['equation']})"
    moved = f"{moves['as_move']} of {moves['moved']}" if moves["moved"] else "-"
    return name, same["reject"], same["accept"], least, kinds, moved, pictures, f"{both:.1f}, {own:.1f}"


BACK = ("reject", "accept")


def holds(one: dict[str, Any]) -> bool:
    """Whether a redline is over every bar."""
    words, moves = one["words"], one["moves"]
    back = all(one[side]["same"] and one[side]["images"][0] == one[side]["images"][1] for side in BACK)
    few = (words["ratio"] or 0) <= 1.15 and not one["cuts"]["cut"]
    return bool(back and few and moves["as_move"] == moves["moved"])


def main() -> int:
    """Score all pairs, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, default=SHARED / "pairs")
    parser.add_argument("--only", default="")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found: dict[str, Any] = {}
    print("| " + " | ".join(HEAD) + " |\n" + "|---" * len(HEAD) + "|")
    for pair in sorted(path for path in options.pairs.iterdir() if (path / "new" / "paper.md").exists()):
        if options.only in pair.name:
            with tempfile.TemporaryDirectory() as name:
                found[pair.name] = scored(pair, Path(name))
            print("| " + " | ".join(row(pair.name, found[pair.name])) + " |", flush=True)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    over = sum(map(holds, found.values()))
    print(f"\n{over} of {len(found)} over every bar")
    return 0 if over == len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
