"""``cite add``: what each service answers becomes an entry at the end of the .bib, and nothing else in it changes."""

import pytest

from galley.cli import main
from galley.online import asking, verbs
from galley.online.adding import add, new_key
from galley.online.identifiers import wanted
from galley.reading.bibliography import bibliography
from galley.span import File

from . import replies
from .conftest import Said, data, moved

CSL = "application/vnd.citationstyles.csl+json"
BIB = """% my own words
@book{roe2019, author = {Roe, Al}, title = {A Book}, publisher = {Press}, year = 2019, isbn = {0-306-40615-2}}
@article{poe, title = {T}, doi = {https://doi.org/10.5555/POE_1}}  % kept
@online{ar, title = {U}, eprinttype = {arXiv}, eprint = {1712.02048v3}}
"""


@pytest.fixture
def project(served, tmp_path, monkeypatch):
    """A folder with a bibliography, in which ``cite`` asks the server of these tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(verbs, "Web", served.web)
    (tmp_path / "references.bib").write_text(BIB, newline="")
    return tmp_path


def entries(text):
    return bibliography([File("x.bib", text)]).entries


def fetch(served, asked, known=()):
    (one,) = add([asked], dict(known), served.web())
    return one


def test_a_doi_is_fetched_from_its_agency_and_appended(served, project, capsys):
    served.answers["doi.org/10.5555/tides.1"] = moved("https://api.crossref.org/v1/works/10.5555%2Ftides.1/transform")
    served.answers["api.crossref.org/v1/works/10.5555%2Ftides.1/transform"] = data(replies.CSL, CSL)
    assert main(["cite", "add", "https://doi.org/10.5555/tides.1"]) == 0
    text = (project / "references.bib").read_text()
    assert text.startswith(BIB), "what the author wrote stays as it is"
    entry = entries(text)["muller2020"]
    assert entry.type == "article"
    assert dict(entry.fields) == {
        "author": r"Müller, Zoë M. and van der Berg, Jan and {Tides \& Moons Group}",
        "title": r"A study of \emph{{Fucus} vesiculosus} \& CO\textsubscript{2} in {New} {York}",
        "date": "2020-02",
        "journaltitle": "Journal of Water",
        "volume": "12",
        "number": "3",
        "pages": "101--119",
        "doi": "10.5555/tides.1",
    }
    assert capsys.readouterr().out.splitlines() == [
        "references.bib: https://doi.org/10.5555/tides.1 added as muller2020",
        "(Müller et\u00a0al., 2020)",
        "Müller et\u00a0al. (2020)",
        "Müller, Z. M., van der Berg, J., & Tides & Moons Group. (2020). A study of Fucus vesiculosus & CO2 in New "
        "York. Journal of Water, 12(3), 101–119. https://doi.org/10.5555/tides.1",
        "",
    ]


@pytest.mark.parametrize(
    "fault",
    [
        Said(500),
        Said(200, b"<!DOCTYPE html><html>Sorry</html>", (("Content-Type", "text/html"),)),
        Said(200, b'{"title": "A st', (("Content-Type", CSL),)),
        Said(200, b"[1, 2]", (("Content-Type", CSL),)),
        Said(200, b"[" * 200_000, (("Content-Type", CSL),)),
        Said(406),
        Said(fault="mute"),
        moved("http://plain.example.org/"),
    ],
)
def test_where_the_agency_fails_crossref_is_asked(served, fault):
    served.answers["doi.org/10.5555/tides.1"] = fault
    served.answers["api.crossref.org/works/10.5555%2Ftides.1"] = data(replies.CROSSREF)
    one = fetch(served, "doi:10.5555/tides.1")
    assert (one.key, one.entry.fields["volume"]) == ("muller2020", "12")


def test_where_crossref_knows_nothing_datacite_is_asked(served):
    served.answers["doi.org/10.5072/sea.9"] = Said(503)
    served.answers["api.datacite.org/dois/10.5072/sea.9"] = data(replies.DATACITE, "application/vnd.api+json")
    entry = fetch(served, "10.5072/sea.9").entry
    assert (entry.key, entry.type) == ("doe2021", "dataset")
    assert dict(entry.fields) == {
        "author": "Doe, Jane and {Sea Watch}",
        "title": "Sea levels, 1900 to 2000",
        "subtitle": "A table",
        "date": "2021-05-04",
        "publisher": "Zenodo",
        "version": "1.2",
        "doi": "10.5072/sea.9",
    }


def test_a_doi_that_doi_org_does_not_know_is_unknown(served, project, capsys):
    assert main(["cite", "add", "10.5555/nothing"]) == 1
    assert "error[doi-unknown] doi.org does not know the DOI 10.5555/nothing" in capsys.readouterr().err
    assert (project / "references.bib").read_text() == BIB


def test_without_a_network_nothing_is_written_and_the_exit_status_is_2(served, project, capsys, monkeypatch):
    monkeypatch.setattr(asking, "TRIES", 1)
    served.answers = dict.fromkeys(
        (
            "doi.org/10.5555/tides.1",
            "api.crossref.org/works/10.5555%2Ftides.1",
            "api.datacite.org/dois/10.5555/tides.1",
        ),
        Said(fault="mute"),
    )
    assert main(["cite", "add", "10.5555/tides.1"]) == 2
    shown = capsys.readouterr().err
    assert "error[not-fetched] 10.5555/tides.1 could not be fetched: doi.org: the answer broke off" in shown
    assert "is there a network?" in shown
    assert (project / "references.bib").read_text() == BIB


@pytest.mark.parametrize(
    ("asked", "key"),
    [("doi:10.5555/poe_1.", "poe"), ("978-0-306-40615-7", "roe2019"), ("arXiv:1712.02048", "ar"),
     ("https://arxiv.org/pdf/1712.02048v2", "ar"), ("10.48550/arXiv.1712.02048", "ar")],
)  # fmt: skip
def test_what_is_there_already_is_not_added_nor_asked_for(served, project, capsys, asked, key):
    assert main(["cite", "add", asked]) == 0
    assert f"is there already: {key}" in capsys.readouterr().out
    assert (project / "references.bib").read_text() == BIB
    assert served.asked == []


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


def test_the_file_keeps_its_line_ends_and_a_last_line_without_one(served, project):
    served.answers["doi.org/10.5555/tides.1"] = data(replies.CSL, CSL)
    before = b"@book{a, title = {T}}\r\n@book{b, title = {U}}"
    (project / "references.bib").write_bytes(before)
    assert main(["cite", "add", "10.5555/tides.1", "--key", "mine"]) == 0
    after = (project / "references.bib").read_bytes()
    assert after.startswith(before + b"\r\n\r\n@article{mine,\r\n")
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert list(entries(after.decode())) == ["a", "b", "mine"]


def test_a_file_in_another_encoding_is_kept_or_left(served, project, capsys):
    served.answers["doi.org/10.5555/tides.1"] = data(replies.CSL, CSL)
    before = "@book{a, title = {Über}}\n".encode("cp1252")
    (project / "references.bib").write_bytes(before)
    assert main(["cite", "add", "10.5555/tides.1"]) == 0
    assert (project / "references.bib").read_bytes().startswith(before)
    assert "Müller" in (project / "references.bib").read_bytes().decode("cp1252")
    served.answers["doi.org/10.5555/tides.2"] = data({**replies.CSL, "title": "水", "DOI": "10.5555/tides.2"}, CSL)
    held = (project / "references.bib").read_bytes()
    assert main(["cite", "add", "10.5555/tides.2"]) == 2
    assert "save it as UTF-8" in capsys.readouterr().err
    assert (project / "references.bib").read_bytes() == held


def test_a_new_file_is_made_and_a_dry_run_makes_none(served, project, capsys):
    served.answers["doi.org/10.5555/tides.1"] = data(replies.CSL, CSL)
    (project / "references.bib").unlink()
    assert main(["cite", "add", "10.5555/tides.1", "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("@article{muller2020,\n")
    assert not (project / "references.bib").exists()
    assert main(["cite", "add", "10.5555/tides.1"]) == 0
    assert list(entries((project / "references.bib").read_text())) == ["muller2020"]


@pytest.mark.parametrize("before", ["", "\n", "% nothing yet\n"])
def test_a_file_without_entries_gets_its_first(served, project, before):
    served.answers["doi.org/10.5555/tides.1"] = data(replies.CSL, CSL)
    (project / "references.bib").write_text(before)
    assert main(["cite", "add", "10.5555/tides.1"]) == 0
    text = (project / "references.bib").read_text()
    assert text.startswith(before)
    assert list(entries(text)) == ["muller2020"]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Kabul in winter and summer", "Kabul in winter and summer"),
        ("Winter in Kabul: Snow and water", "Winter in {Kabul}: Snow and water"),
        ("Effects of DNA and mRNA on vitamin D uptake", "Effects of DNA and mRNA on vitamin {D} uptake"),
        ("The Winter War: A History of Snow", "The Winter War: A History of Snow"),
        ("Travels With My Father Through Persia", "Travels With My Father Through Persia"),
        ("THE COLD WINTER OF KABUL", "The cold winter of kabul"),
        ("Der Winter in Kabul", "Der Winter in Kabul"),
    ],
)
def test_capitals_of_names_are_kept_where_the_title_tells_them(served, title, field):
    language = "de" if title.startswith("Der") else "en"
    served.answers["doi.org/10.5555/tides.1"] = data({**replies.CSL, "title": title, "language": language}, CSL)
    one = fetch(served, "10.5555/tides.1")
    assert one.entry.fields["title"] == field
    told = any("names in it" in note.message for note in one.found)
    assert told == (title.startswith(("The W", "Travels", "THE"))), "where it cannot be told, the user is"


def test_of_several_what_can_be_had_is_added(served, project, capsys):
    served.answers["doi.org/10.5555/tides.1"] = data(replies.CSL, CSL)
    assert main(["cite", "add", "10.5555/tides.1", "nonsense", "10.5555/TIDES.1"]) == 1
    shown = capsys.readouterr()
    assert "error[odd-identifier] 'nonsense'" in shown.err
    assert "10.5555/TIDES.1 is there already: muller2020" in shown.out
    assert list(entries((project / "references.bib").read_text())) == ["roe2019", "poe", "ar", "muller2020"]


@pytest.mark.parametrize(
    ("options", "words"),
    [(["--key", "roe2019"], "is taken"), (["--key", "a b"], "letters, digits"), (["10.1000/b", "--key", "x"], "single"),
     (["--bib", "refs.json"], "a .bib file only")],
)  # fmt: skip
def test_what_cannot_be_done_is_said_before_anything_is_asked(served, project, capsys, options, words):
    (project / "refs.json").write_text("[]")
    assert main(["cite", "add", "10.5555/tides.1", *options]) == 2
    assert words in capsys.readouterr().err
    assert served.asked == []


def test_a_key_is_made_of_name_and_year():
    assert new_key({"author": "van der Berg, Jan and Roe, Al", "date": "2020-01"}, ()) == "vanderberg2020"
    assert new_key({"author": "{World Health Organization}", "date": "2020"}, ()) == "world2020"
    assert new_key({"author": "Ørsted-Groß, Å."}, ()) == "orstedgrossnd"
    assert new_key({"title": "The {New} tides", "date": "1999"}, ()) == "new1999"
    assert new_key({"author": "王, 伟", "date": "2020"}, ()) == "王2020"
    assert new_key({"author": "Doe, J.", "date": "2020"}, ("Doe2020", "doe2020b")) == "doe2020c"
    taken = {"doe2020", *(f"doe2020{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")}
    assert new_key({"author": "Doe, J.", "date": "2020"}, taken) == "doe2020aa"


SICI = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID>3.0.CO;2-2"


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        (SICI, "doi", SICI),
        (r"10.1002/(SICI)1097-0258(19980815)17:15$<$1661::AID{\textgreater}3.0.CO;2-2", "doi", SICI),
        ("<https://doi.org/10.1000/x>", "doi", "10.1000/x"),
        ("https://dx.doi.org/10.1000%2Fab_c)", "doi", "10.1000/ab_c"),
        ("doi.org/10.1000/x.", "doi", "10.1000/x"),
        ("hep-th/9901001v2", "arxiv", "hep-th/9901001"),
        ("http://arxiv.org/abs/hep-th/9901001", "arxiv", "hep-th/9901001"),
        ("ISBN-13: 978-0-306-40615-7", "isbn", "9780306406157"),
        ("978-0-306-40615-8", "", "978-0-306-40615-8"),
        ("080442957X", "isbn", "9780804429573"),
        ("www.example.org/a", "url", "https://www.example.org/a"),
        ("hello", "", "hello"),
    ],
)
def test_identifiers_are_read_from_their_usual_spellings(typed, kind, value):
    assert tuple(wanted(typed)) == (kind, value)
