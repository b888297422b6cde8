"""The Word round trip, paper by paper: export, an editor's hand, merge; then what became of each kind of edit.

    python bench/roundtrip.py [FOLDER] [--seed N] [--each N] [-v]

Placed: with all suggestions accepted, the manuscript's page says what the file that came back said. Listed: it does
not, and a finding told the words. Lost: neither; there must be none. Sources with all suggestions rejected must be the
same bytes, and a second merge must change nothing.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "merging")]

from word_trip import Trip  # noqa: E402 - the tests' editor stands on that path

PAPERS = ROOT.parent / "shared" / "papers"


def told(trip: Trip, name: str) -> str:
    """A line about a trip."""
    written = f"{trip.merged.suggestions}+{trip.merged.comments} written"
    said = f"{len(trip.done)} edits, {written}, {len(trip.merged.findings)} findings"
    sources = f"rejected {'the same' if trip.same else 'OTHER'}, again {'SOMETHING' if trip.again.files else 'nothing'}"
    return f"{name}: {said}, {sources}, {len(trip.missing)} paragraphs other, {trip.seconds:.1f} s"


def main() -> None:
    """Print a table by kinds, and a line for each paper."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=PAPERS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=1)
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    counts: dict[tuple[str, bool], Counter[str]] = {}
    folders = (
        [options.folder]
        if not any(options.folder.glob("*/*.md"))
        else sorted(p.parent for p in options.folder.glob("*/paper.md"))
    )
    for folder in folders:
        trip = Trip(folder, options.seed, options.each)
        print(told(trip, folder.name))
        for one in trip.done:
            outcome = trip.outcome(one)
            counts.setdefault((one.kind, one.tracked), Counter())[outcome] += 1
            if options.v and outcome != "placed":
                print("   ", outcome, one)
        if options.v:
            others = [text for text in trip.page if text not in trip.wanted]
            print(*difflib.ndiff(trip.missing, others), sep="\n")
            for found in trip.merged.findings:
                print("    ", found.place, found.message[:200], found.hint)
    for (kind, tracked), count in sorted(counts.items()):
        print(f"{kind:20} {'tracked' if tracked else 'untracked':10}", dict(count))


if __name__ == "__main__":
    main()
