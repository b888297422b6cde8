"""Fuzzing: broken input by the hundred thousand, and what became of it.

    python bench/fuzz.py readers [--inputs 120000] [--seed 1] [--only NAME ...] [--plain] [--folder FOLDER]
    python bench/fuzz.py manuscripts [--runs 5000] [--seed 1] [--papers FOLDER] [--folder FOLDER]
    python bench/fuzz.py patterns [--seconds 0.5]
    python bench/fuzz.py walls [--megabytes 1] [--only WORD ...] [--share 1/4] [--growth]

``readers`` gives small inputs to each reader that is ours, led by coverage where atheris is installed, else by mutation
alone; ``manuscripts`` mutates whole papers and runs the command line on them; ``patterns`` pumps every regular
expression there is; ``walls`` gives every verb a megabyte of one thing. What fails is written to FOLDER, made small.
"""

# ruff: noqa: E501 - rows of tables, and samples as they are

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
FOLDER = Path(os.environ.get("TMPDIR", "/tmp")) / "galley-fuzz"
SLOW = {"bibliography": 4, "typed": 2, "word": 4, "reference": 8, "tex": 8, "manuscript": 1, "typedtext": 1}
"""What share of the inputs a reader gets; the others get sixteen."""


def main() -> int:
    """Run one of the four, and say what was found; 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("readers", "manuscripts", "patterns", "walls"))
    parser.add_argument("--inputs", type=int, default=120_000)
    parser.add_argument("--runs", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--plain", action="store_true", help="by mutation alone, in this process")
    parser.add_argument("--papers", type=Path, default=Path(__file__).parents[2] / "shared" / "papers")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--megabytes", type=float, default=1.0)
    parser.add_argument("--growth", action="store_true", help="walls: small pieces, and four times as much")
    parser.add_argument("--share", default="1/1", help="2/4: of the walls, the second of four pieces")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    os.environ["GALLEY_CACHE"] = "off"
    if options.what == "readers":
        return _readers(options)
    if options.what == "manuscripts":
        import fuzzmanuscripts

        return fuzzmanuscripts.run(options)
    if options.what == "patterns":
        import fuzzpatterns

        return fuzzpatterns.run(options)
    import fuzzwalls

    return fuzzwalls.run(options)


def _readers(options: argparse.Namespace) -> int:
    from fuzzreaders import can_lead, led, plain
    from fuzztargets import readers

    chosen = [one for one in readers() if not options.only or one.name in options.only]
    whole = sum(SLOW.get(one.name, 16) for one in chosen)
    leading = can_lead() and not options.plain
    if not leading and any(one.name in ("manuscript", "typedtext") for one in chosen):
        from galley.pandocprocess import hire

        hire()
    print(
        f"{'reader':14}{'inputs':>8}{'refused':>9}{'deep':>6}{'edges':>7}{'slowest':>9}{'failures':>10}{'seconds':>9}"
    )
    total, failures, slowest = 0, 0, (0.0, "")
    for reader in chosen:
        count = options.inputs * SLOW.get(reader.name, 16) // whole
        began = time.monotonic()
        found = led(reader, count, options.seed, options.folder) if leading else plain(reader, count, options.seed)
        total, failures = total + found.count, failures + len(found.failures)
        slowest = max(slowest, (found.slowest, reader.name))
        print(
            f"{reader.name:14}{found.count:8}{found.refused:9}{found.deep:6}{found.edges:7}{found.slowest:8.3f}s"
            f"{len(found.failures):10}{time.monotonic() - began:8.0f}s",
            flush=True,
        )
        (options.folder / f"{reader.name}-slowest.txt").write_text(found.slow, "utf-8", errors="replace")
        for number, (wrong, text) in enumerate(sorted(found.failures.items()), 1):
            path = options.folder / f"{reader.name}-{options.seed}-{number}.txt"
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
            print(f"   {wrong}\n      {path} ({len(text)} characters): {text[:100]!r}", flush=True)
    how = "led by coverage (atheris)" if leading else "by mutation alone"
    print(
        f"{total} inputs {how}; {failures} failures; the slowest took {slowest[0]:.3f} s of the processor ({slowest[1]})"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
