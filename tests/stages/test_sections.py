"""Headings with numbers, where the front matter asks for them, and references to them."""

import pytest

from galley import press
from galley.pandoc import plain

TEXT = """---
title: T
number-sections: true
---

# First {#sec:first}

## Under it {#sec:under}

## Left out {.unnumbered}

## Next

# Second

See @sec:under and [-@sec:first].

# Acknowledgements

Thanks.

# More Data {.appendix}

Data.
"""


@pytest.fixture
def settled(tmp_path):
    def go(text):
        (tmp_path / "article.md").write_text(text)
        return press.settled(tmp_path)

    return go


def headings(document):
    return [plain(node["c"][2]) for node in (*document.blocks, *document.back) if node["t"] == "Header"]


def test_headings_have_numbers_where_they_are_asked_for(settled):
    assert headings(settled(TEXT)) == [
        *("1\u2002First", "1.1\u2002Under it", "Left out", "1.2\u2002Next", "2\u2002Second"),
        *("Acknowledgements", "More Data"),
    ]


def test_a_reference_names_the_number(settled):
    text = plain(settled(TEXT).blocks).replace("\u00a0", " ")
    assert "See Section 1.1 and 1." in text


def test_without_that_a_reference_names_the_title(settled):
    document = settled(TEXT.replace("number-sections: true\n", ""))
    assert headings(document)[1] == "Under it"
    assert "See Section “Under it”" in plain(document.blocks).replace("\u00a0", " ")
