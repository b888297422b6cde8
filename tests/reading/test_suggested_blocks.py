"""Suggestions within every kind of block, as the Markdown of the tree that they become."""

import pytest

from galley import pandoc
from galley.reading.suggesting import Suggested


def printed(text):
    suggested = Suggested()
    blocks = suggested.tree(pandoc.Reading(suggested.text(text)).result()[1])
    return pandoc.write(blocks, "markdown-smart")["body"].strip()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("| One {++two++}\n| three", "| One [two]{.insertion}\n| three"),
        ("> As {--he--} said", "> As [he]{.deletion} said"),
        ("1. one\n2. {++two++}", "1.  one\n2.  [two]{.insertion}"),
        ("Term {++so++}\n:   what {--it--} is", "Term [so]{.insertion}\n:   what [it]{.deletion} is"),
        ("::: box\nIn {~~a~>the~~} box\n:::", "::: box\nIn [a]{.deletion}[the]{.insertion} box\n:::"),
        ("![A {++new++} tree](tree.png)", "![A [new]{.insertion} tree](tree.png)"),
        ("> {--Gone.--}\n\nSo", "> ::: deletion\n> Gone.\n> :::\n\nSo"),
        ("{==\nMarked\n\n- so\n==}", "Marked\n\n- so"),
        ('a [b {++c++}]{.smallcaps} "d {--e--}"', "a [b [c]{.insertion}]{.smallcaps} “d [e]{.deletion}”"),
    ],
)
def test_a_suggestion_within_a_block(text, wanted):
    assert printed(text) == wanted
