"""Pandoc's citeproc with a given .csl on the same cases, for the table beside ours."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.apa7.corpus import Corpus
from tests.apa7.pandoc_cites import pandoc

Node = dict[str, Any]


def citeproc(corpus: Corpus, csl: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Set every ``doc`` with Pandoc and give references and citations, italics between asterisks."""
    references: dict[str, str] = {}
    citations: dict[str, str] = {}
    docs: defaultdict[str, tuple[list[str], list[dict[str, Any]]]] = defaultdict(lambda: ([], []))
    for case in corpus.references:
        docs[case.doc][0].append(case.id)
    for record in corpus.records:
        docs[record["doc"]][1].append(record)
    with tempfile.TemporaryDirectory() as folder:
        bib = Path(folder) / "all.bib"
        bib.write_text(corpus.bibliography, encoding="utf-8")
        for keys, records in docs.values():
            blocks = _set(keys, records, bib, csl)
            for node in _divs(blocks):
                name = node["c"][0][0]
                if name.startswith("ref-"):
                    references[name[4:]] = _text(node["c"][1]).strip()
                elif name.startswith("case-"):
                    citations[name[5:]] = _text(node["c"][1]).strip()
    return references, citations


def _set(keys: list[str], records: list[dict[str, Any]], bib: Path, csl: Path) -> list[Node]:
    cited = [f"::: {{#case-{r['id']}}}\n\n{r['markdown']}\n\n:::\n" for r in records if r["markdown"]]
    nocite = ", ".join(f"@{{{key}}}" for key in keys)
    text = f"---\nnocite: |\n  {nocite}\n---\n\n" + "\n".join(cited)
    command = [pandoc(), "-f", "markdown", "-t", "json", "--citeproc", "--bibliography", str(bib), "--csl", str(csl)]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True)
    blocks: list[Node] = json.loads(done.stdout)["blocks"]
    return blocks


def _divs(blocks: list[Node]) -> list[Node]:
    found = []
    for block in blocks:
        if block["t"] == "Div":
            found += [block, *_divs(block["c"][1])]
    return found


def _text(node: Any) -> str:
    """Write nodes as text; the wrapping of a node it does not know is left out."""
    if isinstance(node, list):
        return "".join(_text(child) for child in node)
    if not isinstance(node, dict):
        return ""
    kind, content = node["t"], node.get("c")
    if kind in ("Str", "Code", "Math"):
        return (content if kind == "Str" else content[1]).replace("*", r"\*")
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Emph":
        return f"*{_text(content)}*"
    if kind == "Quoted":
        return f"“{_text(content[1])}”" if content[0]["t"] == "DoubleQuote" else f"‘{_text(content[1])}’"
    if kind in ("Cite", "Link", "Span", "Div"):
        return _text(content[1])
    return _text(content)
