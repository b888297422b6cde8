"""The golden pages of tests/apa7/cases: how one is read, set and written anew.

A page is one manuscript. It has a heading with its rule and the section of the manual, words for the reader, a
```` ```bibtex ```` block, and lines that say what is expected:

    reference: Doe, A. (2020). *Title*. Publisher.        (``reference[key]`` where the page has several entries)
    parenthetical: (Doe, 2020)                            (``parenthetical[key]``)
    narrative: Doe (2020)                                 (``narrative[key]``)
    author: Doe                                           (``author[key]``; names alone)
    year: 2020                                            (``year[key]``; a bare year)
    list: first-key, second-key                           (the list's order)
    remark: unknown-type key                              (a code and the entry it is about)
    language: de                                          (the manuscript's language; English else)
    text: as shown [see @doe, p. 3] => as shown (see Doe, 2020, p. 3)

Citations are set in the order of the lines. All entries of the page are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from galley import apa7
from galley.apa7.entry import Citation, Entry, Item, Typeset

from . import pandoc_cites
from .test_intext_oracle import entries_of

CASES = Path(__file__).parent / "cases"
_LINE = re.compile(
    r"(?P<form>reference|parenthetical|narrative|author|year|list|remark|text)(?:\[(?P<key>[^\]]+)\])?: (?P<rest>.*)\Z"
)
_FORMS = {
    "parenthetical": lambda key: Citation((Item(key),)),
    "narrative": lambda key: Citation((Item(key),), narrative=True),
    "author": lambda key: Citation((Item(key, author_only=True),), narrative=True),
    "year": lambda key: Citation((Item(key, year_only=True),), narrative=True),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One expectation: its place on the page, its form, the key or Markdown it speaks of, what is expected."""

    at: int
    form: str
    given: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Page:
    """A golden page, read."""

    path: Path
    rows: tuple[str, ...]
    entries: dict[str, Entry]
    language: str
    lines: tuple[Line, ...]


def pages() -> list[Path]:
    """Find all pages."""
    return sorted(CASES.glob("*.md"))


def read(path: Path) -> Page:
    """Read a page; a page without heading, section or expectation is refused."""
    rows = tuple(path.read_text(encoding="utf-8").splitlines())
    if not re.match(r"# .*§\d+\.\d+", rows[0]):
        raise ValueError(f"{path.name}: the first line is a heading with the rule and its section (§8.17)")
    text = "\n".join(rows)
    blocks = re.findall(r"```bibtex\n(.*?)```", text, re.DOTALL)
    entries = entries_of("\n".join(blocks))
    language = re.search(r"^language: (\S+)$", text, re.MULTILINE)
    found, inside = [], False
    for at, row in enumerate(rows):
        if row.startswith("```"):
            inside = not inside
        line = None if inside else _LINE.match(row)
        if line:
            found.append(_line(at, line, entries, path))
    if not found:
        raise ValueError(f"{path.name}: nothing is expected")
    return Page(path, rows, entries, language.group(1) if language else "en", tuple(found))


def _line(at: int, line: re.Match[str], entries: dict[str, Entry], path: Path) -> Line:
    form, key, rest = line["form"], line["key"], line["rest"]
    if form == "text":
        given, arrow, wanted = rest.partition(" => ")
        if not arrow:
            raise ValueError(f"{path.name}:{at + 1}: text: needs '=>'")
        return Line(at, form, given, wanted)
    if form in ("list", "remark"):
        return Line(at, form, "", rest)
    if key is None and len(entries) > 1:
        raise ValueError(f"{path.name}:{at + 1}: say which entry, {form}[key]")
    return Line(at, form, key or next(iter(entries)), rest)


def read_texts(found: Sequence[Page]) -> dict[tuple[str, int], Any]:
    """Read the Markdown of all ``text:`` lines in one run of Pandoc."""
    texts = [(page.path.name, line.at, line.given) for page in found for line in page.lines if line.form == "text"]
    blocks = pandoc_cites.read("\n\n".join(f"::: {{}}\n\n{text}\n\n:::" for _, _, text in texts))
    return {(name, at): block["c"][1][0] for (name, at, _), block in zip(texts, blocks, strict=True)}


def outcomes(page: Page, texts: dict[tuple[str, int], Any]) -> list[tuple[Line, str]]:
    """Set a page and give for each line what comes out."""
    plan: list[Citation] = []
    for line in page.lines:
        if line.form == "text":
            plan += [pandoc_cites.citation(node) for node in pandoc_cites.cites(texts[page.path.name, line.at])]
        elif line.form in _FORMS:
            plan.append(_FORMS[line.form](line.given))
    typeset = apa7.typeset(page.entries, plan, every=True, language=page.language)
    citations = iter(typeset.citations)
    return [(line, _outcome(line, page, texts, typeset, citations)) for line in page.lines]


def _outcome(line: Line, page: Page, texts: dict[tuple[str, int], Any], typeset: Typeset, done: Iterator[Any]) -> str:
    if line.form == "text":
        return legible(pandoc_cites.written(texts[page.path.name, line.at]["c"], done))
    if line.form in _FORMS:
        return legible(pandoc_cites.markup(next(done)))
    if line.form == "list":
        return ", ".join(key for key, _ in typeset.references)
    if line.form == "remark":
        return next((said for said in (f"{r.code} {r.key}" for r in typeset.remarks) if said == line.wanted), "none")
    found = dict(typeset.references)
    return legible(pandoc_cites.markup(found[line.given])) if line.given in found else "not listed"


def legible(text: str) -> str:
    """Show no-break spaces as spaces, so that a page can be typed."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2011", "-")


def renewed(page: Page, results: Sequence[tuple[Line, str]]) -> str:
    """Write the page with what comes out in place of what was expected."""
    rows = list(page.rows)
    for line, got in results:
        head = rows[line.at].removesuffix(line.wanted)
        rows[line.at] = head + got
    return "\n".join(rows) + "\n"
