"""How surely each check finds the fault named for it: faults of known kinds planted into papers without them.

    python bench/mutations.py [--papers FOLDER] [--seeds 2] [--only KIND] [--show]

A paper is a folder with ``typed.md`` (a typed manuscript in order) beside ``typed.docx``. For each kind of fault one is
planted at a place drawn by a seed; it is found where a finding of the check named stands at the planted place. What
else is found that was not found before the planting is a false finding, unless it is of the same place.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from mutations_planted import KINDS, LIST, Paper, Plant

from galley import editing
from galley.checks.catalogue import IDS
from galley.report import Diagnostic
from galley.span import Span

PAPERS = Path(__file__).parent.parent.parent / "shared" / "papers"


def found_in(text: str, folder: Path) -> list[Diagnostic]:
    """All that is said of a manuscript."""
    path = folder / "typed.md"
    path.write_text(text, "utf-8")
    return list(editing.judged(editing.resolved(path)))


def shape(one: Diagnostic) -> str:
    """A message without its numbers, which planting may change."""
    return re.sub(r"\d+", "", one.message)


def at_place(one: Diagnostic, plant: Plant) -> bool:
    """Whether a finding stands at the planted place, or on the words round it."""
    return isinstance(one.place, Span) and one.place.start < plant.end + 3 and one.place.end > plant.start - 3


def mutants(paper: Paper, seeds: int, only: str, several: bool) -> Iterator[tuple[str, str, Plant]]:
    """The kind, the check named for it, and the text with the fault, for each kind and seed."""
    for kind, (wanted, plant) in KINDS.items():
        if (
            only in kind
            and not (kind == "statement of one" and not several)
            and not (kind == "statement of many" and several)
        ):
            for seed in range(seeds):
                made = plant(paper, random.Random(f"{kind}{seed}"))
                if made is not None and made.text != paper.text:
                    yield kind, wanted, made


def main() -> None:
    """Plant, check, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=Path, default=PAPERS)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--paper", default="", help="papers whose name holds this")
    parser.add_argument("--show", action="store_true", help="each fault that was missed, each false finding")
    options = parser.parse_args()
    hits: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    begun = time.process_time()
    papers = 0
    with tempfile.TemporaryDirectory() as place:
        for folder in sorted(path.parent for path in options.papers.glob("*/typed.docx")):
            text = (folder / "typed.md").read_text("utf-8")
            heading = re.search(LIST, text, re.M)
            if options.paper not in folder.name or heading is None:
                continue
            papers += 1
            paper = Paper(text, heading.start())
            before = {(one.code, shape(one)) for one in found_in(text, Path(place))}
            print(f"{folder.name}: {len(before)} findings before planting", file=sys.stderr)
            byline = re.sub(r"\^[^^]*\^", "", text.split("\n\n")[1])
            for kind, wanted, plant in mutants(
                paper, options.seeds, options.only, byline.count(",") + byline.count(" and ") > 0
            ):
                found = found_in(plant.text, Path(place))
                hit = [one for one in found if IDS.get(one.code) == wanted and at_place(one, plant)]
                new = [one for one in found if (one.code, shape(one)) not in before]
                false = [one for one in new if not at_place(one, plant) and IDS.get(one.code) != wanted]
                row = hits[f"{wanted} {kind}"]
                row[0] += 1
                row[1] += bool(hit)
                row[2] += len(false)
                if options.show and not hit:
                    print(f"  missed {kind}: {plant.text[max(plant.start - 30, 0) : plant.end + 60]!r}")
                    print("     but:", [(one.code, one.message[:90]) for one in new][:4])
                if options.show:
                    for one in false:
                        print(f"  false at {kind}: [{one.code}] {one.message[:140]}")
    print("| fault | planted | found | share | other findings |\n|---|--:|--:|--:|--:|")
    for name, (planted, found_, false_) in sorted(hits.items()):
        print(f"| {name} | {planted} | {found_} | {found_ / planted:.2f} | {false_} |")
    planted, found_, false_ = (sum(row[at] for row in hits.values()) for at in range(3))
    print(f"| all, {papers} papers | {planted} | {found_} | {found_ / max(planted, 1):.3f} | {false_} |")
    print(f"{time.process_time() - begun:.0f} s of CPU time", file=sys.stderr)


if __name__ == "__main__":
    main()
