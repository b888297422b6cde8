"""Whatever a service sends or an author types: no traceback, no page without end."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from galley.bibtex import clean
from galley.document import Entry
from galley.online import pages
from galley.online.adding import new_key
from galley.online.comparing import differences, same_title
from galley.online.identifiers import doi, doi_in, doi_of, wanted
from galley.online.records import draft, from_datacite
from galley.online.retracting import finding, of_record
from galley.online.text import bare, title
from galley.online.transport import Answer
from galley.reading.bibliography import bibliography
from galley.span import File

LEAF = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20)
JSON = some.recursive(
    LEAF, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner), max_leaves=8
)
NAMES = (
    "type title subtitle author editor issued published-print container-title volume issue page publisher DOI URL "
    "language institution degree version updated-by update-to types titles creators publicationYear dates"
)
PERSON = some.dictionaries(some.sampled_from(("family", "given", "literal", "name", "suffix", "sequence")), JSON)
DATE = some.fixed_dictionaries({"date-parts": some.lists(some.lists(LEAF, max_size=3), max_size=2)})
RECORD = some.dictionaries(some.sampled_from(NAMES.split()), JSON | some.lists(PERSON, max_size=3) | DATE)


@given(RECORD)
def test_any_record_can_be_read_compared_and_written(record):
    made = draft(record)
    draft(from_datacite(record))
    entry = Entry(new_key(made.fields, ()), made.type, made.fields, File("x", "").span(0, 0))
    list(differences(entry, record))
    finding(entry, of_record(record), "")
    if made.fields:
        again = bibliography([File("x.bib", clean({entry.key: entry}))])
        assert [one.type for one in again.entries.values()] == [made.type]
        assert not again.faults


@given(some.text())
def test_anything_can_be_typed(text):
    assert wanted(text).kind in ("", "doi", "arxiv", "isbn", "url")
    assert same_title(text, text)


LONG = [
    *("<" * 100_000, "<a " * 40_000, "10.1010." * 20_000, "\\textless" * 10_000, "{" * 100_000, "a.b/" * 30_000),
    *("(" * 50_000 + "10.1000/" + ")" * 50_000, "Word " * 20_000, "\\v" * 50_000, "<!--" * 30_000, "&lt;" * 30_000),
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_long_nonsense_takes_no_longer_than_its_length(text):
    start = time.process_time()
    for read in (doi, wanted, bare, title, lambda it: doi_in(f"https://a.b/{it}"), lambda it: doi_of({"doi": it})):
        read(text)
    page = pages.page(Answer("https://a.b/", 200, {}, f"<html><head>{text}</head>".encode()))
    pages.entry(page, "2020-01-01")
    same_title(text, text[::-1])
    assert time.process_time() - start < 5
