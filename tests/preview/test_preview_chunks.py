"""A text read in pieces gives the blocks that it gives in one go, or is not cut at all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from galley import pandoc
from galley.preview import chunks

ROOT = Path(__file__).parents[2]


def whole(text):
    return unnumbered(pandoc.Reading(text).result()[1])


def in_pieces(text):
    parts = chunks.pieces(text)
    if parts is None:
        return None
    return unnumbered(chunks.joined([(part, pandoc.Reading(part).result()[1]) for part in parts]))


def unnumbered(blocks):
    """Without the count of notes and citations, which nothing of ours looks at."""
    return re.sub(r'"citationNoteNum": \d+', "", json.dumps(blocks)) if blocks is not None else None


CUT = {
    "headings": "Before.\n\n# One {#first}\n\nText [@a, p. 3].\n\n## Two\n\nMore *text*.\n",
    "one title twice": "# Results\n\nA.\n\n# Method\n\nB.\n\n# Results\n\nC.\n\n# Results\n\nD.\n",
    "a heading in a fence": "# A\n\n```\n\n# no heading\n\n```\n\n# B\n\nText.\n",
    "a heading in a division": "# A\n\n::: note\n\n# Inner\n\nText.\n\n:::\n\n# B\n\nText.\n",
    "a heading in a comment": "# A\n\n<!-- one\n\n# no heading\n\n-->\n\n# B\n\nText.\n",
    "a heading in TeX": "# A\n\n\\begin{quote}\n\n# inner\n\n\\end{quote}\n\n# B\n\nText.\n",
    "notes at the end": "# A\n\nText[^1].\n\n# B\n\nMore[^n].\n\n[^1]: A note\n    that goes on.\n\n    And on.\n\n"
    "[^n]: See [x].\n\n# C\n\nLast.\n\n[x]: https://example.org 'Title'\n",
    "lists and tables": "# A\n\n- one\n- two\n\n# B\n\n| a |\n|---|\n| 1 |\n\n: W. {#tbl:x}\n\n# C\n\n1. x\n\n   y\n",
    "headings under lines": "Title\n=====\n\nA.\n\n# B\n\nText.\n\nSub\n---\n\nText.\n",
}


@pytest.mark.parametrize("name", CUT)
def test_a_text_in_pieces_gives_the_blocks_of_the_whole(name):
    found = in_pieces(CUT[name])
    assert found == whole(CUT[name])


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n(@one) First.\n\n# B\n\n(@two) See (@one).\n",
        "# A\n\n\\newcommand{\\x}{y}\n\n# B\n\n$\\x$\n",
        "# A\n\n<div>\n\n# B\n\nText.\n\n</div>\n\n# C\n\nText.\n",
        "# A title\n\nText.\n\n# B\n\nSee [A title].\n",
        "No headings at all.\n\nNone.\n",
    ],
)
def test_what_reaches_across_is_read_in_one_go(text):
    assert chunks.pieces(text) is None


def test_identifiers_that_only_the_whole_can_tell_are_left_to_it():
    text = "# A\n\n## Results\n\nOne.\n\n# B {#results}\n\nTwo.\n"
    parts = chunks.pieces(text)
    assert chunks.joined([(part, pandoc.Reading(part).result()[1]) for part in parts]) is None


@pytest.mark.parametrize("path", sorted([*ROOT.glob("manuscript/*.md"), *ROOT.glob("examples/*/manuscript/*.md")]))
def test_the_manuscripts_here_read_in_pieces_as_in_one_go(path):
    text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text("utf-8"), flags=re.DOTALL)
    found = in_pieces(text)
    assert found is None or found == whole(text)


PARTS = st.sampled_from(
    [
        *("# One", "## Two {#two}", "# One", "Words [@key] and[^n].", "[^n]: A note.", "```\n# code\n```", "> quoted"),
        *(
            "- item\n- item",
            "$$ x = 1 $$",
            "::: box",
            ":::",
            "<!-- a",
            "-->",
            "```",
            "~~~~",
            "[x]: http://x.org",
            "[x]",
        ),
        *(
            "| a |\n|---|\n| b |",
            ": Caption.",
            "    code",
            "Term\n:   Meaning.",
            "Title\n===",
            "\\begin{x}",
            "\\end{x}",
        ),
    ]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(PARTS, min_size=2, max_size=9))
def test_texts_in_pieces_of_any_make(parts):
    text = "\n\n".join(["# Start", *parts]) + "\n"
    found = in_pieces(text)
    assert found is None or found == whole(text)
