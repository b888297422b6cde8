"""Every page of tests/apa7/spot/pages holds: prose in; the citations found in it, and what is understood of each.

A line that begins with ">" is a paragraph of prose (italics between asterisks); below it stands one line for each
citation and work: "narrative" or "parenthetical" and the words, then names, year and whatever else was read. A
paragraph with "nothing" below holds no citation. A page may begin with a list of known works. GALLEY_ACCEPT=1 renews.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from galley.apa7.spot import find
from galley.apa7.spot.nouns import TypedCitation, TypedWork

PAGES = sorted((Path(__file__).parent / "pages").glob("*.md"))


def prose(line: str) -> tuple[str, list[tuple[int, int]]]:
    """A line without its asterisks, and where they stood round words; escapes such as \\u00ad are read."""
    text, italics = "", []
    for at, part in enumerate(re.split(r"(?<!\\)\*", line)):
        part = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), part)
        if at % 2:
            italics.append((len(text), len(text) + len(part)))
        text += part
    return text, italics


def told(citation: TypedCitation) -> list[str]:
    kind = "narrative" if citation.narrative else "parenthetical"
    return [f"{kind} `{shown(citation.text)}`", *(f"- {work_told(work)}" for work in citation.works)]


def work_told(work: TypedWork) -> str:
    initials = work.initials or ("",) * len(work.names)
    names = "; ".join(f"{name} <{own}>" if own else name for name, own in zip(work.names, initials, strict=True))
    parts = [names or "nobody", work.year + work.letter or "no year"]
    fields = ("joint", "etal", "marked", "short", "prefix", "locator", "suffix")
    parts += [f"{name} `{shown(getattr(work, name))}`" for name in fields if getattr(work, name)]
    parts += ["personal"] * work.personal + [f"slip {slip}" for slip in work.slips]
    return " | ".join(shown(part) for part in parts)


def shown(text: str) -> str:
    return re.sub(r"[\u00a0\u00ad\u0300-\u036f\u2011\u202f]", lambda match: f"\\u{ord(match[0]):04x}", text)


def renewed(page: str) -> str:
    """The page with what is found now below each paragraph."""
    out: list[str] = []
    known: list[tuple[tuple[str, ...], str]] = []
    for block in page.strip().split("\n\n"):
        lines = block.split("\n")
        for line in lines:
            if line.startswith("listed: "):
                *names, year = line.removeprefix("listed: ").split("; ")
                known.append((tuple(names), year))
        if lines[0].startswith("> "):
            text, italics = prose(lines[0][2:])
            found = find(text, italics, known)
            for one in found:
                assert text[one.start : one.end] == one.text
            lines = [lines[0], *(line for one in found for line in told(one))]
            if not found:
                lines.append("nothing")
        out.append("\n".join(lines))
    return "\n\n".join(out) + "\n"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page(path: Path) -> None:
    page = path.read_text("utf-8")
    now = renewed(page)
    if os.environ.get("GALLEY_ACCEPT"):
        path.write_text(now, encoding="utf-8")
        return
    assert now.split("\n\n") == page.split("\n\n")


def test_there_are_pages_and_they_show_both_what_is_and_what_is_not_found() -> None:
    text = "\n".join(path.read_text("utf-8") for path in PAGES)
    assert text.count("\nparenthetical ") > 50
    assert text.count("\nnarrative ") > 30
    assert text.count("\nnothing") > 15
