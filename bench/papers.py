"""The twelve papers in one table: pages, seconds for each format, what was said, citations and references found.

    python bench/papers.py [FOLDER] [--markdown]

FOLDER holds a folder for each paper, with a ``truth.json`` that lists the citations and references it should print.
Every paper is settled once; then each format is written, as a draft where the paper itself has errors, to no disk.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from galley import press
from galley.formats import pdf
from galley.report import ERROR, WARNING

PAPERS = Path(__file__).parents[2] / "shared" / "papers"
FORMATS = ("pdf", "html", "docx")
HEAD = ("paper", "pages", "settle", *FORMATS, "errors", "warnings", "citations", "references", "missing keys")


def timed(work: Callable[[], Any]) -> tuple[Any, str]:
    """What the work gives, and the seconds it took."""
    start = time.perf_counter()
    result = work()
    return result, f"{time.perf_counter() - start:.2f}"


def row(folder: Path) -> list[str]:
    """The table's row of one paper."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    document, settling = timed(lambda: press.settled(folder))
    theme = press.themed(document)
    sheets, seconds = {}, []
    for format in FORMATS:
        set_in = (document, theme, format, ("a-2b",))
        sheets[format], took = timed(lambda set_in=set_in: press.press(*set_in, draft=True))
        seconds.append(took)
    said = Counter(one.severity for one in sheets["pdf"].diagnostics)
    page = sheets["html"].content.decode()
    cited, listed = len(re.findall(r'class="citation"', page)), len(document.references)
    missing = {one.message.split("'")[1] for one in sheets["html"].diagnostics if one.code == "unresolved-citation"}
    return [
        folder.name,
        str(pdf.pages(sheets["pdf"].content)),
        settling,
        *seconds,
        *(str(said[severity]) for severity in (ERROR, WARNING)),
        f"{cited} of {len(truth['citations'])}",
        f"{listed} of {len(truth['references'])}",
        f"{len(missing & set(truth['missing_keys']))} of {len(truth['missing_keys'])}",
    ]


def table(rows: list[list[str]], markdown: bool) -> str:
    """The rows under one another, as a pipe table or with columns of blanks."""
    if markdown:
        lines = [HEAD, ["---"] + ["---:"] * (len(HEAD) - 1), *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)
    widths = [max(len(line[at]) for line in (HEAD, *rows)) for at in range(len(HEAD))]
    return "\n".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (HEAD, *rows)
    )


def main(arguments: list[str]) -> int:
    """Print the table."""
    named = [one for one in arguments if not one.startswith("-")]
    shelf = Path(named[0]) if named else PAPERS
    folders = sorted(path.parent for path in shelf.glob("*/truth.json") if (path.parent / "paper.md").is_file())
    if not folders:
        print(f"there are no papers in {shelf}", file=sys.stderr)
        return 2
    print(table([row(folder) for folder in folders], "--markdown" in arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
