"""In-text citations against ../shared/apa7, each ``doc`` set as one Markdown document that Pandoc reads."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from galley import apa7
from galley.apa7.entry import Citation, Entry, Item

from . import pandoc_cites

SHARED = Path(__file__).resolve().parents[3] / "shared" / "apa7"
QUOTES = str.maketrans("‘’“”", "''\"\"")
Record = dict[str, Any]


def entries_of(text: str) -> dict[str, Entry]:
    from pybtex.database import parse_string

    data = parse_string(text, "bibtex")
    return {key: Entry.from_pybtex(key, entry) for key, entry in data.entries.items()}


def norm(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(QUOTES)).strip()


def italics(text: str) -> list[tuple[str, bool]]:
    found, on = [], False
    for char in text:
        if char == "*":
            on = not on
        elif char.isalnum():
            found.append((char, on))
    return found


def author_only(record: Record) -> list[Citation]:
    """Set the two records that Pandoc has no form for."""
    out = []
    for command, key in re.findall(r"\\cite(author|year)\{([^}]*)\}", record["latex"]):
        item = Item(key, author_only=command == "author", year_only=command == "year")
        out.append(Citation((item,), narrative=True))
    return out


def set_document(records: list[Record], keys: set[str], entries: dict[str, Entry]) -> dict[str, str]:
    """Set one document: cite all records in order, list them and ``keys``."""
    typed = {record["id"]: record["markdown"] for record in records if record["markdown"] is not None}
    read = pandoc_cites.read("\n\n".join(f"::: {{}}\n\n{markdown}\n\n:::" for markdown in typed.values()))
    blocks = {name: block["c"][1][0] for name, block in zip(typed, read, strict=True)}
    plan: list[Citation] = []
    for record in records:
        if record["markdown"] is None:
            plan += author_only(record)
            continue
        block = blocks[record["id"]]
        for node in pandoc_cites.cites(block):
            plan.append(pandoc_cites.citation(node))
    done = iter(apa7.typeset(entries, plan, also=sorted(keys)).citations)
    out = {}
    for record in records:
        if record["markdown"] is None:
            text = re.sub(r"\\cite(?:author|year)\{[^}]*\}", lambda _: pandoc_cites.markup(next(done)), record["latex"])
        else:
            text = pandoc_cites.written(blocks[record["id"]]["c"], done)
        out[record["id"]] = text
    return out


@pytest.fixture(scope="module")
def results() -> list[tuple[Record, str]]:
    if not SHARED.exists():
        pytest.skip("../shared/apa7 is not here")
    records: list[Record] = json.loads((SHARED / "citations.json").read_text())
    references = json.loads((SHARED / "references.json").read_text())
    bib = (SHARED / "citations.bib").read_text(), (SHARED / "references.bib").read_text()
    entries = {**entries_of(bib[1]), **entries_of(bib[0])}
    docs: defaultdict[str, list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda r: r["seq"]):
        docs[record["doc"]].append(record)
    got: dict[str, str] = {}
    for doc, group in docs.items():
        got |= set_document(group, {r["key"] for r in references if r["doc"] == doc}, entries)
    return [(record, got[record["id"]]) for record in records]


def test_every_citation_is_as_expected(results: list[tuple[Record, str]]) -> None:
    misses = [f"{r['id']}: want {r['expected']!r}, got {text!r}" for r, text in results if not right(r, text)]
    assert not misses, "\n".join(misses)


def test_italics_stand_where_the_manual_has_them(results: list[tuple[Record, str]]) -> None:
    exact = [(r, text) for r, text in results if plain(text) == plain(r["expected_markup"])]
    misses = [f"{r['id']}: {text!r}" for r, text in exact if italics(text) != italics(r["expected_markup"])]
    assert len(exact) >= 0.97 * len(results)
    assert not misses, "\n".join(misses)


def plain(text: str) -> str:
    return norm(text.replace("*", ""))


def right(record: Record, text: str) -> bool:
    return plain(text) in {norm(record["expected"]), *map(norm, record.get("accept") or [])}
