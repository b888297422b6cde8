"""Case pages: a reference at the margin, what is read of it set in below; ``GALLEY_ACCEPT=1`` writes them anew."""

import os
from pathlib import Path

import pytest

from galley.apa7.parse import parse

from .printing import again, same, stretches

PAGES = sorted((Path(__file__).parent / "cases").glob("*.md"))


def shown(markdown: str) -> list[str]:
    """What is read of one reference, a line for each thing."""
    parts = stretches(markdown)
    parsed = parse(parts)
    text = "".join(part.text for part in parts)
    rows = [f"{parsed.type}, sure {parsed.sure:g}" + (f", year letter {parsed.letter}" if parsed.letter else "")]
    rows += [f"{name}: {value}" for name, value in sorted(parsed.fields.items())]
    rows += [f"left over: {left}" for left in parsed.leftover]
    rows += [f"slip {code}: {text[start:end].strip()}".rstrip(": ") for code, start, end in parsed.slips]
    printed = again(parsed)
    return rows if same(printed, markdown) else [*rows, f"prints: {printed}"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_references_are_read_as_the_page_says(page):
    said = page.read_text("utf-8")
    lines = [line for line in said.split("\n") if line.strip() and not line.startswith("    ")]
    out: list[str] = []
    for line in lines:
        out += [line, ""] if line.startswith("# ") else [line, *(f"    {row}" for row in shown(line)), ""]
    now = "\n".join(out).rstrip() + "\n"
    if os.environ.get("GALLEY_ACCEPT"):
        page.write_text(now, "utf-8")
        said = now
    assert now == said
