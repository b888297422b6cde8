"""``cite add``: what each service answers becomes an entry at the end of the .bib, and nothing else in it changes."""

import pytest

from galley.cli import main
from galley.online import asking, verbs

from . import replies
from .conftest import Said, data, moved
from .fetching import CSL, entries, fetch

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
