"""Whether every edit is marked, and nothing else: papers altered by an editor with a fixed seed, and their redlines.

    python bench/redline_edits.py [--papers FOLDER] [--seeds 2] [--only NAME] [--show]

Into each paper a table, two notes, formulas and a figure are planted, the same in both versions. Then single words,
citations, cells, rows, columns, figures, equations, notes, whole paragraphs, the title and the authors are edited; each
edit leaves a word of its own by which its mark is known. Recall is the share of edits that are marked as what they are
(a row as a row, a move as a move); precision the share of marks that are of an edit and no larger than it needs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, NamedTuple

from redline import SHARED, galley
from redline_editor import KINDS, NUMBERS, Edit, Editor


class Mark(NamedTuple):
    """A mark of a redline: "ins", "del", "from" or "to", its words, its paragraph, whether its row or cell has it too,
    how many pictures are in it and whether it is of an equation."""

    kind: str
    text: str
    place: int
    whole: bool
    images: int
    maths: bool


# -- judging -----------------------------------------------------------------------------------------


def scorer() -> Any:
    """The independent reader of tracked changes."""
    spec = spec_from_file_location("redline_score", SHARED / "bench" / "redline_score.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def marks(path: Path) -> list[Mark]:
    """The marks of a redline in order: what is marked the same way without a break within a paragraph."""
    document = scorer().Doc(str(path))
    out: list[Mark] = []
    place = 0
    for text, flags, kind in document.runs:
        mark = next((name for name in ("ins", "del", "from", "to") if name in flags), "")
        if kind in ("par", "cell"):
            place += kind == "par"
            if kind == "cell" and mark:
                out = [one._replace(whole=True) if one.place == place - 1 else one for one in out]
            continue
        if not mark or (not text.strip() and kind != "image" and (not out or out[-1].place != place)):
            out.append(Mark("", text, place, False, 0, False)) if not mark and text else None
            continue
        maths = kind.startswith("math")
        if out and out[-1].kind == mark and out[-1].place == place:
            last = out[-1]
            out[-1] = last._replace(
                text=last.text + text, images=last.images + (kind == "image"), maths=last.maths or maths
            )
        else:
            out.append(Mark(mark, text, place, False, int(kind == "image"), maths))
    return out


def judged(edits: list[Edit], found: list[Mark]) -> tuple[dict[str, Counter[str]], list[str]]:
    """For each kind how many edits were made and found, how many marks there are and how many are right."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    told: list[str] = []
    right: dict[int, str] = {}
    for edit in edits:
        sides = [
            one for one in (("del", edit.gone), ("ins", edit.came), ("from", edit.moved), ("to", edit.moved)) if one[1]
        ]
        got = [[at for at, mark in enumerate(found) if _fits(mark, side, needle, edit)] for side, needle in sides]
        counts[edit.kind]["edits"] += 1
        if all(got):
            counts[edit.kind]["found"] += 1
            right |= {at: edit.kind for places in got for at in places}
        else:
            told.append(f"not found: {edit}")
    for at, mark in enumerate(found):
        if not mark.kind:
            continue
        beside = [right[near] for near in (at - 1, at + 1) if near in right and found[near].place == mark.place]
        kind = right.get(at) or (beside[0] if beside and len(mark.text.split()) <= 12 else "")
        if not kind and NUMBERS.fullmatch(mark.text) and not mark.images:
            continue  # a number printed otherwise, for something numbered came before it
        owner = kind or _nearest(at, right)
        counts[owner]["marks"] += 1
        counts[owner]["right"] += bool(kind)
        if not kind:
            told.append(f"nobody's: {mark}")
    return counts, told


def _fits(mark: Mark, side: str, needle: str, edit: Edit) -> bool:
    if mark.kind != side:
        return False
    if needle == "\0":
        return mark.images == 1 and not mark.text.strip()
    if needle not in mark.text or len(mark.text.split()) > edit.size:
        return False
    return mark.whole if edit.kind in ("row", "column") else not (edit.kind == "cell" and mark.whole)


def _nearest(at: int, right: dict[int, str]) -> str:
    return right[min(right, key=lambda one: abs(one - at))] if right else "words"


def main() -> int:
    """Edit every paper, print precision and recall for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, default=SHARED / "papers")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in sorted(path.parent for path in options.papers.glob("*/paper.md")):
        for seed in range(options.seeds) if options.only in paper.name else ():
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                editor = Editor((paper / "paper.md").read_text("utf-8"), f"{paper.name} {seed}", folder)
                editor.write(paper)
                galley("diff", str(folder / "0"), str(folder / "1"), "--to", "docx", "--output", name)
                counts, told = judged(editor.edits, marks(folder / "redline.docx"))
                for kind, one in counts.items():
                    total[kind].update(one)
                for line in told if options.show else ():
                    print(f"{paper.name} {seed}: {line}")
    return _table_of(total)


def _table_of(total: dict[str, Counter[str]]) -> int:
    print(f"{'kind':10} {'edits':>6} {'found':>6} {'recall':>7} {'marks':>6} {'right':>6} {'precision':>9}")
    low = False
    for kind in KINDS:
        one = total[kind]
        recall, precision = one["found"] / max(one["edits"], 1), one["right"] / max(one["marks"], 1)
        low |= min(recall, precision) < 0.95
        counts = f"{one['edits']:6} {one['found']:6} {recall:7.3f} {one['marks']:6} {one['right']:6}"
        print(f"{kind:10} {counts} {precision:9.3f}")
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
