#!/usr/bin/env python3
"""The least that a build of this kind can cost: a yardstick, not a tool.

    python bench/floor.py FOLDER OUTPUT.pdf

Pandoc reads the Markdown while pybtex reads the bibliography; every citation becomes its first author's name and the
year; Pandoc writes Typst, Typst sets it. No style, no checks, no theme, no links.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOOK = '#set page("a4", numbering: "1")\n#set par(justify: true)\n#show figure: set block(breakable: true)\n'
LOOK += "#let horizontalrule = line(length: 100%)\n"


def main(folder: Path, output: Path) -> None:
    """Set FOLDER/article.md."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from galley.pandoc import binary

    reading = subprocess.Popen(
        [binary(), "-f", "markdown", "-t", "json", str(folder / "article.md")], stdout=subprocess.PIPE
    )
    from pybtex.database import parse_file

    entries = parse_file(str(folder / "references.bib")).entries
    tree = json.loads(reading.communicate()[0])
    cited: dict[str, str] = {}

    def said(key: str) -> str:
        entry = entries[key]
        people = entry.persons.get("author", [])
        cited[key] = (
            f"{people[0] if people else key} ({entry.fields.get('year', '')}). {entry.fields.get('title', '')}."
        )
        return f"{' '.join(people[0].last_names) if people else key} {entry.fields.get('year', '')}"

    def plain(nodes: list[Any]) -> list[Any]:
        for node in nodes:
            if isinstance(node, list):
                plain(node)
            elif isinstance(node, dict) and node.get("t") == "Cite":
                keys = (item["citationId"] for item in node["c"][0])
                node |= {"t": "Str", "c": ", ".join(said(key) if key in entries else key for key in keys)}
            elif isinstance(node, dict) and isinstance(node.get("c"), list):
                plain(node["c"])
        return nodes

    plain(tree["blocks"])
    tree["blocks"] += [{"t": "Para", "c": [{"t": "Str", "c": text}]} for text in sorted(cited.values())]
    written = subprocess.run(
        [binary(), "-f", "json", "-t", "typst"], input=json.dumps(tree).encode(), stdout=subprocess.PIPE, check=True
    )
    import typst

    typst.compile({"main.typ": LOOK.encode() + written.stdout}, output=str(output), root=str(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
