"""What each service answers, read as an entry: arXiv, registries of books, web pages, and records of every type."""

import pytest

from . import replies
from .conftest import Said, data, moved
from .fetching import CSL, entries, fetch


def test_an_arxiv_paper(served):
    answer = Said(200, replies.ARXIV.encode(), (("Content-Type", "application/atom+xml"),))
    served.answers["export.arxiv.org/api/query?id_list=2101.00001&max_results=1"] = answer
    one = fetch(served, "https://arxiv.org/abs/2101.00001v2")
    assert (one.entry.key, one.entry.type) == ("author2021", "online")
    assert dict(one.entry.fields) == {
        "author": "Author, Ada M. and van Beethoven, Ludwig",
        "title": r"On the decay of the $\tau$ lepton near Geneva",
        "date": "2021-01-03",
        "eprinttype": "arxiv",
        "eprint": "2101.00001",
        "eprintclass": "hep-ph",
        "doi": "10.48550/arXiv.2101.00001",
    }
    assert "cite add 10.5555/tau.1" in one.found[0].message


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (replies.ARXIV_ERROR, "arxiv-unknown", "does not know the arXiv number"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "arxiv-unknown", "does not know"),
        ("Rate exceeded.", "not-fetched", "it says 'Rate exceeded.'"),
        ("<html>no</html>", "not-fetched", "no feed came"),
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><feed>&a;</feed>', "not-fetched", "no feed came"),
        (replies.ARXIV[:600], "not-fetched", "the feed cannot be read"),
    ],
)
def test_arxiv_says_no_in_many_ways(served, body, code, words):
    served.answers["export.arxiv.org/api/query?id_list=2101.00001&max_results=1"] = Said(200, body.encode())
    (found,) = fetch(served, "arxiv:2101.00001").found
    assert found.code == code
    assert words in found.message


def test_a_book_by_its_isbn(served):
    name = "openlibrary.org/api/books?bibkeys=ISBN:9780306406157&format=json&jscmd=data"
    served.answers[name] = data(replies.OPENLIBRARY)
    one = fetch(served, "ISBN 0-306-40615-2")
    assert (one.entry.key, one.entry.type) == ("hobbs1981", "book")
    assert dict(one.entry.fields) == {
        "author": "Hobbs, Farrell G.",
        "title": "Error coding",
        "subtitle": "for engineers",
        "date": "1981",
        "publisher": "Plenum Press",
        "isbn": "9780306406157",
    }
    served.answers[name] = data({})
    assert fetch(served, "9780306406157").found[0].code == "isbn-unknown"


def page(text):
    return Said(200, text.encode(), (("Content-Type", "text/html; charset=utf-8"),))


def test_a_page_without_a_doi_becomes_an_online_entry(served):
    served.answers["news.example.org/a"] = page(replies.NEWS)
    one = fetch(served, "http://news.example.org/a")
    assert (one.entry.key, one.entry.type) == ("roe2022", "online")
    assert dict(one.entry.fields) == {
        "author": "Roe, Jane and Poe, Al",
        "title": r"Storm over {Kabul} \& its hills",
        "date": "2022-08-01",
        "organization": "The Gazette",
        "url": "https://news.example.org/a",
        "urldate": "2023-11-14",
    }


def test_a_page_with_scholarly_tags_becomes_an_article(served):
    served.answers["journal.example.org/7"] = page(replies.SCHOLARLY)
    entry = fetch(served, "https://journal.example.org/7").entry
    assert entry.type == "article"
    assert dict(entry.fields) == {
        "author": "Roe, Al and Doe, Jane",
        "title": "Old tides",
        "date": "1999-04-01",
        "journaltitle": "Sea Letters",
        "volume": "7",
        "pages": "1--9",
        "url": "https://journal.example.org/7",
    }


@pytest.mark.parametrize(
    "address",
    ["https://journal.example.org/doi/full/10.5555/tides.1", "https://journal.example.org/10.5555/tides.1/pdf",
     "https://journal.example.org/with-tag"],
)  # fmt: skip
def test_the_doi_of_an_address_or_of_its_page_is_used(served, address):
    served.answers["journal.example.org/with-tag"] = page('<meta name="citation_doi" content="doi:10.5555/tides.1">')
    served.answers["doi.org/10.5555/tides.1"] = data(replies.CSL, CSL)
    assert fetch(served, address).key == "muller2020"


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (Said(404), "url-unknown", "does not know the address"),
        (Said(403), "not-fetched", "answers 403"),
        (Said(200, b"%PDF-1.7", (("Content-Type", "application/pdf"),)), "not-fetched", "no page but application/pdf"),
        (page("<html><body>nothing</body></html>"), "not-fetched", "the page has no title"),
        (moved("https://10.0.0.1/"), "not-fetched", "refused: the address is not public"),
    ],
)
def test_an_address_of_which_nothing_can_be_made(served, answer, code, words):
    served.answers["a.example.org/x"] = answer
    (found,) = fetch(served, "https://a.example.org/x").found
    assert found.code == code
    assert words in found.message


@pytest.mark.parametrize(
    "message",
    [
        {"title": None}, {"title": [None]}, {"title": {"a": 1}, "author": "x"}, {},
        {"title": ["T"], "author": [None, 3, {}, {"family": None}], "issued": {"date-parts": [[None]]}},
        {"title": ["T"], "issued": {"date-parts": [["2020", "x"]]}, "volume": [], "page": {}, "type": None},
        {"title": ["T\\{}%&#_^~"], "issued": {"date-parts": [[99999, 77]]}, "author": [{"family": "A and B"}]},
        {"title": ["<" * 5000 + "i>" * 5000], "institution": "x", "journal-issue": 4, "event": []},
    ],
)  # fmt: skip
def test_no_record_is_so_odd_that_it_raises(served, message):
    served.answers["doi.org/10.5555/odd"] = data(message, CSL)
    one = fetch(served, "10.5555/odd")
    if one.entry:
        from galley.bibtex import clean

        again = entries(clean({one.key: one.entry}))
        assert list(again) == [one.key], "what is written can be read"
    else:
        assert one.found[0].code == "not-fetched"


@pytest.mark.parametrize(
    ("changes", "kind", "fields"),
    [
        ({"type": "posted-content", "container-title": "", "institution": [{"name": "bioRxiv"}], "group-title": "Fish"},
         "online", {"organization": "bioRxiv"}),
        ({"type": "posted-content", "container-title": [], "group-title": "PsyArXiv"}, "online",
         {"organization": "PsyArXiv"}),
        ({"type": "article-journal", "container-title": "", "publisher": "Zenodo"}, "online",
         {"organization": "Zenodo"}),
        ({"type": "book-chapter", "container-title": ["A book"], "editor": [{"family": "Roe", "given": "Al"}]},
         "incollection", {"booktitle": "A book", "editor": "Roe, Al", "publisher": "Test accounts"}),
        ({"type": "proceedings-article", "container-title": "Proc. of X"}, "inproceedings",
         {"booktitle": "Proc. of X"}),
        ({"type": "dissertation", "institution": [{"name": "U of T"}], "degree": ["MSc"]}, "thesis",
         {"institution": "U of T", "type": "mathesis"}),
        ({"type": "report", "number": "7"}, "report", {"institution": "Test accounts"}),
        ({"page": "e1002345"}, "article", {"eid": "e1002345"}),
        ({"page": "7", "article-number": "112"}, "article", {"pages": "7"}),
        ({"author": [{"family": "MÜLLER-O'BRIEN", "given": "Z."}]}, "article", {"author": "Müller-O'Brien, Z."}),
        ({"author": [{"family": "Berg", "given": "J.", "suffix": "Jr.", "non-dropping-particle": "van der"}]},
         "article", {"author": "van der Berg, Jr., J."}),
        ({"type": "monograph", "container-title": [], "edition-number": "2"}, "book", {"edition": "2"}),
    ],
)  # fmt: skip
def test_each_type_has_its_fields(served, changes, kind, fields):
    served.answers["doi.org/10.5555/tides.1"] = data({**replies.CSL, **changes}, CSL)
    entry = fetch(served, "10.5555/tides.1").entry
    assert entry.type == kind
    assert {name: entry.fields.get(name) for name in fields} == fields
