"""Words of a Pandoc tree give way to others; paragraphs go or become headings; all else is as it was."""

import pytest

from galley import pandoc
from galley.reading.flattening import flattened
from galley.reading.marking import Mark, marked


def tree(text):
    return pandoc.Reading(text).result()[1]


def again(blocks):
    return pandoc.write(blocks, "markdown")["body"]


def changed(text, *marks, **more):
    """The Markdown after marks (words that give way, words in their place)."""
    blocks = tree(text)
    flats = flattened(blocks)
    found = []
    for old, new in marks:
        number = next(n for n, flat in enumerate(flats) if old in flat.text)
        start = flats[number].text.index(old)
        found.append(Mark(number, start, start + len(old), new))
    return again(marked(blocks, found, **more))


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("As (Doe, 2020) said.", "(Doe, 2020)", "As X said."),
        ("As (*Doe* et **al., 2020**) said.", "(Doe et al., 2020)", "As X said."),
        ("As *it was (Doe, 2020) said* so.", "(Doe, 2020)", "As *it was* X *said* so."),
        ("As [it (Doe, 2020)](https://a.org) so.", "(Doe, 2020)", "As [it ](https://a.org)X so."),
        ("As Doe (2020)[^1] said.\n\n[^1]: A note.", "Doe (2020)", "As X[^1] said.\n\n[^1]: A note."),
        ("A \"quotation (Doe, 2020) with\" it.", "(Doe, 2020)", 'A "quotation X with" it.'),
        ("Before (Doe $x$, 2020) after.", "(Doe , 2020)", "Before X$x$ after."),
        ("| a         | b   |\n|-----------|-----|\n| (Doe 2020) | c   |", "(Doe 2020)", "a   b\n  --- ---\n  X   c"),
        ("> As Doe (2020).", "Doe (2020)", "> As X."),
        ("1. As Doe (2020).", "Doe (2020)", "1.  As X."),
        ("A^1^ b", "A1", "X b"),
        ("A `code` b", "code", "A X b"),
    ],
)  # fmt: skip
def test_words_give_way(text, old, new):
    assert changed(text, (old, "X")).strip() == new


def test_two_in_a_paragraph_and_one_in_a_note():
    text = "Doe (2020) and Roe (2021).[^1]\n\n[^1]: Poe (2019)."
    assert changed(text, ("Doe (2020)", "A"), ("Roe (2021)", "B"), ("Poe (2019)", "C")) == (
        "A and B.[^1]\n\n[^1]: C.\n"
    )


def test_an_empty_text_takes_words_out():
    assert changed("# 2.1 Methods\n", ("2.1 ", "")).startswith("# Methods")


def test_without_marks_nothing_changes():
    blocks = tree(
        '# A\n\nb *c* `d` "e" [f](g)[^1] $h$\n\n- i\n\n  j\n\n[^1]: k\n\nL\n:   m\n\n| n |\n|---|\n| o |\n\n![p](q)\n'
    )
    assert marked(blocks, []) == blocks


def test_paragraphs_go_and_become_headings():
    blocks = tree("gone\n\n**Method**\n\n# prose\n\n> gone too\n\n- all\n- gone\n")
    done = marked(blocks, [], removed=[0, 3, 4, 5], headings={1: 2, 2: 0})
    assert [(one["t"], one["c"][0] if one["t"] == "Header" else "") for one in done] == [("Header", 2), ("Para", "")]
