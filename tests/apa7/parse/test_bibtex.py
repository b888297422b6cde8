"""What is read, written as BibTeX and read back by the bibliography's own reader, prints as before."""

import pytest

from galley import bibtex
from galley.apa7 import typeset
from galley.apa7.entry import Entry
from galley.apa7.parse import parse
from galley.apa7.parse.bibtex import as_fields, cased, escaped
from galley.apa7.parse.nouns import Parsed
from galley.document import Entry as Written
from galley.reading.bibliography import bibliography
from galley.span import File

from .printing import marked, same, stretches
from .samples import REFERENCES


@pytest.mark.parametrize("markdown", REFERENCES)
def test_the_written_bibliography_prints_the_reference(markdown):
    parsed = parse(stretches(markdown))
    nowhere = File("x.bib", "").span(0, 0)
    text = bibtex.clean({"k": Written("k", parsed.type, as_fields(parsed), nowhere)})
    read = bibliography([File("x.bib", text)])
    assert not read.faults
    entry = Entry("k", read.entries["k"].type, read.entries["k"].fields)
    printed = marked(typeset({"k": entry}, (), also=["k"]).references[0][1])
    assert same(printed, markdown), f"{text}\n{printed}"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("A plain title", "A plain title"),
        ("Notes on Bayes", "Notes on {Bayes}"),
        ("The Long Way to a Small Angry Planet", "The {Long} {Way} to a {Small} {Angry} {Planet}"),
        ("lme4: Models", "{lme4}: Models"),
        ("a title in small letters", "a title in small letters"),
        ("Costs & benefits of 50% more_or less", r"Costs \& benefits of 50\% more\_or less"),
    ],
)
def test_capitals_that_would_be_lowered_are_held(typed, written):
    assert cased(typed) == written


def test_words_in_italics_stay_so():
    assert cased("Growth of Fagus sylvatica on chalk", [(10, 25)]) == r"Growth of \emph{Fagus sylvatica} on chalk"


def test_signs_are_escaped_and_groups_held():
    url = "https://a.example/b_c{d}?e=f&g=%20"
    typed = {"author": "Doe, J. and {Smith & Sons}", "publisher": "Health and Co.; Roe", "date": "2020", "url": url}
    fields = as_fields(Parsed("book", typed))
    assert fields["author"] == r"Doe, J. and {Smith \& Sons}"
    assert fields["publisher"] == "{Health and Co.} and Roe"
    assert fields["url"] == "https://a.example/b_c%7Bd%7D?e=f&g=%20"
    assert escaped("a{b}\\c~d^e#f$g") == r"a\{b\}\textbackslash{}c\textasciitilde{}d\textasciicircum{}e\#f\$g"
