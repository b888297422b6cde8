"""Scores the APA 7 engine against the manual's examples, and times it: ``python bench/apa.py [--data FOLDER]``.

Prints exact-match tables by section for references and citations, letters alone and with italics; ``--csl FILE`` sets
Pandoc's citeproc beside it, ``--speed`` times lists of 300, 1,000 and 5,000 works against pybtex's parsing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.apa7.corpus import Case, load, markup, same_italics, same_text  # noqa: E402 - the folder above is where it lies


@dataclass
class Row:
    """One section's counts."""

    cases: int = 0
    exact: int = 0
    accepted: int = 0
    italic: int = 0
    misses: list[tuple[Case, str]] = field(default_factory=list)


def judge(cases: list[Case], got: dict[str, str]) -> dict[str, Row]:
    """Count matches by section; ``got`` maps a case to what was printed, italics between asterisks."""
    rows: dict[str, Row] = defaultdict(Row)
    for case in cases:
        row = rows[case.section]
        row.cases += 1
        printed = got.get(case.id, "")
        exact = same_text(printed, case.plain)
        accepted = exact or any(same_text(printed, other) for other in case.accept)
        italic = exact and same_italics(printed, case.marked)
        row.exact += exact
        row.accepted += accepted
        row.italic += italic
        if not (accepted and (italic or not exact)):
            row.misses.append((case, printed))
    return rows


def table(title: str, columns: dict[str, dict[str, Row]], quiet: bool) -> dict[str, Any]:
    """Print one table, a column group for each engine, and give its totals."""
    print(f"\n{title}")
    print(f"{'section':12}{'n':>5}" + "".join(f"{name + ' text':>16}{'exact':>7}{'italics':>9}" for name in columns))
    first = next(iter(columns.values()))
    totals = {name: [0, 0, 0, 0] for name in columns}
    for section in sorted(
        first,
        key=lambda name: [(p.isdigit(), int(p) if p.isdigit() else 0, p) for p in name.replace("-", ".").split(".")],
    ):
        line = f"{section:12}{first[section].cases:>5}"
        for name, rows in columns.items():
            row = rows[section]
            line += f"{row.accepted:>16}{row.exact:>7}{row.italic:>9}"
            totals[name] = [
                a + b for a, b in zip(totals[name], (row.cases, row.accepted, row.exact, row.italic), strict=True)
            ]
        print(line)
    for name, (n, accepted, exact, italic) in totals.items():
        shares = f"text {accepted}/{n} = {accepted / n:.1%}, exact {exact / n:.1%}"
        print(f"{name}: {shares}, italics {italic}/{n} = {italic / n:.1%}")
    if not quiet:
        for row in first.values():
            for case, printed in row.misses:
                print(f"\n[{case.section}] {case.id}" + (f"  ({case.arguable})" if case.arguable else ""))
                print(f"  want {case.marked}\n  got  {printed or '-- nothing --'}")
    return {
        name: dict(zip(("cases", "text", "exact", "italics"), values, strict=True)) for name, values in totals.items()
    }


def main() -> int:
    """Read the arguments, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "apa7")
    parser.add_argument("--csl", type=Path, help="a .csl file: Pandoc's citeproc is scored beside us")
    parser.add_argument("--quiet", action="store_true", help="do not list the misses")
    parser.add_argument("--json", type=Path, help="write the totals to this file")
    parser.add_argument("--speed", action="store_true", help="time lists of 300, 1,000 and 5,000 works")
    parser.add_argument("--min", type=float, help="exit 1 when a text share is below this (0-1)")
    arguments = parser.parse_args()
    if arguments.speed:
        from apa_speed import speed

        summary: dict[str, Any] = speed()
    else:
        corpus = load(arguments.data)
        references, citations = markup(corpus)
        columns = {"ours": judge(corpus.references, references)}
        cited = {"ours": judge(corpus.citations, citations)}
        if arguments.csl:
            from apa_citeproc import citeproc

            other_references, other_citations = citeproc(corpus, arguments.csl)
            columns["citeproc"] = judge(corpus.references, other_references)
            cited["citeproc"] = judge(corpus.citations, other_citations)
        summary = {
            "references": table("References", columns, arguments.quiet),
            "citations": table("Citations", cited, arguments.quiet),
        }
    if arguments.json:
        arguments.json.write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    if arguments.min is not None and not arguments.speed:
        return int(any(part["ours"]["text"] < arguments.min * part["ours"]["cases"] for part in summary.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
