"""``check --online`` and ``--retractions``: what the registries say of entries, each finding at its field."""

import json

import pytest

from galley.cli import main
from galley.online import asking, retracting, verbs
from galley.online.comparing import same_person, same_title
from galley.online.confirming import confirm
from galley.online.retracting import of_file
from galley.reading.bibliography import bibliography
from galley.report import Fault, as_text
from galley.span import File

from . import replies
from .conftest import Said, data, moved

TIDES = """@article{tides,
  author = {M{\\"u}ller, Zo{\\"e} and others},
  title = {A Study of {Fucus} Vesiculosus \\& {CO\\textsubscript{2}} in {New York}},
  year = 2020,
  doi = {https://doi.org/10.5555/TIDES.1},
}
"""
CROSSREF = "api.crossref.org/works/10.5555%2Ftides.1"


def entries(text):
    return tuple(bibliography([File("references.bib", text)]).entries.values())


def codes(found):
    return [one.code for one in found]


def record(**changes):
    return data({**replies.CROSSREF, "message": {**replies.CROSSREF["message"], **changes}})


def test_an_entry_that_agrees_is_passed_over_in_silence(served):
    served.answers[CROSSREF] = data(replies.CROSSREF)
    assert confirm(entries(TIDES), served.web()) == ()
    assert served.asked == [f"GET {CROSSREF}"]


@pytest.mark.parametrize("year", ["2019", "2020"])
def test_the_year_may_be_that_of_print_or_of_the_web(served, year):
    served.answers[CROSSREF] = data(replies.CROSSREF)
    assert confirm(entries(TIDES.replace("2020", year)), served.web()) == ()


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (
            ("A Study of {Fucus} Vesiculosus", "Another book on tides and moons altogether"),
            3,
            "has another title: 'A study",
        ),
        (("year = 2020", "year = 2018"), 4, "has another year: '2019 or 2020'"),
        (('M{\\"u}ller, Zo{\\"e} and others', "Miller, Zoe"), 2, "has another first author: 'Müller'"),
    ],
)
def test_what_differs_is_told_at_its_field(served, change, line, words):
    served.answers[CROSSREF] = data(replies.CROSSREF)
    (found,) = confirm(entries(TIDES.replace(*change)), served.web())
    assert (found.code, found.severity.value, found.place.line) == ("doi-differs", "warning", line)
    assert words in found.message
    assert "Is the DOI wrong, or the reference?" in found.query


def test_a_doi_that_nobody_knows_is_an_error_at_its_field(served):
    (found,) = confirm(entries(TIDES), served.web())
    assert (found.code, found.severity.value, found.place.line) == ("doi-unknown", "error", 5)
    assert served.asked == [f"GET {CROSSREF}", "GET doi.org/10.5555/tides.1"]


def test_a_doi_of_another_agency_is_confirmed_through_doi_org(served):
    served.answers["doi.org/10.5555/tides.1"] = moved("https://data.crosscite.org/10.5555/tides.1")
    served.answers["data.crosscite.org/10.5555/tides.1"] = data({**replies.CSL, "title": "Quite another thing"})
    assert codes(confirm(entries(TIDES), served.web())) == ["doi-differs"]


def test_an_agency_without_a_record_leaves_the_doi_not_confirmed(served):
    served.answers["doi.org/10.5555/tides.1"] = moved("https://agency.example.org/x")
    (found,) = confirm(entries(TIDES), served.web())
    assert (found.code, found.place) == ("not-confirmed", "")
    assert "agency.example.org: knows the DOI and has no record of it" in found.message


@pytest.mark.parametrize(
    ("kind", "code", "severity"),
    [("retraction", "retracted", "error"), ("withdrawal", "retracted", "error"),
     ("expression_of_concern", "of-concern", "warning"), ("corrigendum", "corrected", "warning"),
     ("new_version", "newer-version", "warning")],
)  # fmt: skip
def test_what_became_of_a_work_is_told(served, kind, code, severity):
    served.answers[CROSSREF] = record(**{"updated-by": [{**replies.UPDATED[0], "type": kind}]})
    (found,) = confirm(entries(TIDES), served.web())
    assert (found.code, found.severity.value, found.place.line) == (code, severity, 5)
    assert "Retraction Watch" in found.message
    assert "10.5555/tides.1.retraction" in found.evidence
    assert "The work you cite as tides" in found.query


def test_a_notice_under_the_work_s_own_doi_counts_and_one_about_another_work_does_not(served):
    own = {"DOI": "10.5555/Tides.1", "type": "retraction", "source": "publisher", "updated": {"date-parts": [[2021]]}}
    served.answers[CROSSREF] = record(**{"update-to": [own]})
    assert codes(confirm(entries(TIDES), served.web())) == ["retracted"]
    served.answers[CROSSREF] = record(**{"update-to": [{**own, "DOI": "10.5555/other"}]})
    assert confirm(entries(TIDES), served.web()) == ()


def test_an_entry_that_says_it_was_retracted_is_passed_over(served):
    served.answers[CROSSREF] = record(**{"updated-by": replies.UPDATED}, title=["RETRACTED: " + replies.CSL["title"]])
    noted = TIDES.replace("year = 2020", "note = {Retraction published 2021, 13, 7}, year = 2020")
    assert confirm(entries(noted), served.web()) == ()
    headed = TIDES.replace("title = {A", "title = {RETRACTED: A")
    assert confirm(entries(headed), served.web()) == ()
    about = TIDES.replace("title = {A Study", "title = {Retractions: A Study")
    assert "retracted" in codes(confirm(entries(about), served.web()))


def test_a_service_out_of_reach_is_one_finding_and_no_fault_of_the_manuscript(served):
    served.answers = {"doi.org/10.5555/x.1": Said(503), "api.crossref.org/works/10.5555%2Fx.1": Said(503)}
    for number in range(2, 30):
        served.answers |= {f"doi.org/10.5555/x.{number}": Said(503)}
        served.answers |= {f"api.crossref.org/works/10.5555%2Fx.{number}": Said(503)}
    many = "".join(f"@book{{k{number}, title = {{T}}, doi = {{10.5555/x.{number}}}}}\n" for number in range(1, 30))
    (found,) = confirm(entries(many), served.web())
    assert (found.code, found.severity.value, found.place) == ("not-confirmed", "warning", "")
    assert "k1, k2, k3, k4, k5, k6, k7, k8 and 21 more: doi.org: answers 503" in found.message
    assert len(served.asked) < 50, "a service that is down is not asked for each entry"


def test_where_crossref_is_down_the_rest_is_confirmed_and_that_is_told(served):
    served.answers[CROSSREF] = Said(500)
    served.answers["doi.org/10.5555/tides.1"] = data(replies.CSL)
    (found,) = confirm(entries(TIDES), served.web())
    assert found.code == "not-confirmed"
    assert "whether it was retracted was not confirmed for tides: api.crossref.org: answers 500" in found.message


@pytest.mark.parametrize(
    "fault",
    [
        Said(200, b"<html></html>"),
        Said(200, b"{"),
        Said(200, b"[]"),
        data({"message": 3}),
        Said(fault="cut"),
        Said(204),
    ],
)
def test_nonsense_of_a_service_is_not_confirmed(served, fault):
    served.answers |= {CROSSREF: fault, "doi.org/10.5555/tides.1": fault}
    if fault.body == b'{"message": 3}':
        served.answers["doi.org/10.5555/tides.1"] = Said(502)
    assert codes(confirm(entries(TIDES), served.web())) == ["not-confirmed"]


LINK = "@online{page, title = {T}, url = {http://www.example.org/a\\_b}}"
HEAD = "HEAD www.example.org/a_b"


@pytest.mark.parametrize(
    ("head", "get", "code"),
    [
        (Said(200), None, []),
        (Said(405), Said(200), []),
        (Said(404), Said(200), []),
        (Said(fault="mute"), Said(200), []),
        (Said(404), Said(404), ["link-dead"]),
        (Said(410), Said(410), ["link-dead"]),
        (Said(403), Said(403), ["not-confirmed"]),
        (Said(500), Said(500), ["not-confirmed"]),
        (moved("http://www.example.org/a_b"), None, []),
        (moved("https://www.example.org/c"), moved("https://www.example.org/c"), ["link-dead"]),
        (moved("https://gone.invalid/"), None, ["link-dead"]),
    ],
)
def test_links(served, head, get, code):
    served.answers[HEAD] = head
    served.answers["GET www.example.org/a_b"] = get or Said(418)
    found = confirm(entries(LINK), served.web())
    assert codes(found) == code
    assert served.slept == []
    if code == ["link-dead"]:
        assert (found[0].severity.value, found[0].place.text) == ("warning", "url = {http://www.example.org/a\\_b}")


def test_without_any_network_a_link_is_not_called_dead(served):
    found = confirm(entries("@online{page, title = {T}, url = {https://gone.invalid/x}}"), served.web())
    assert codes(found) == ["not-confirmed"]
    assert "there is no host gone.invalid" in found[0].message


def test_an_address_inside_is_never_asked(served):
    found = confirm(entries("@online{page, title = {T}, url = {https://192.168.1.1/x}}"), served.web())
    assert codes(found) == ["not-confirmed"]
    assert served.asked == []


def test_a_doi_cited_by_two_entries_is_asked_for_once(served):
    served.answers[CROSSREF] = data(replies.CROSSREF)
    assert confirm(entries(TIDES + TIDES.replace("{tides,", "{again,")), served.web()) == ()
    assert len(served.asked) == 1


BAD = "@article{%s, author = {Roe, Al}, title = {Tides}, year = 2005, doi = {10.5555/%s}%s}\n"


@pytest.fixture
def retractions(tmp_path):
    path = tmp_path / "retraction_watch.csv"
    path.write_text(replies.RETRACTIONS, "utf-8-sig")
    return path


def test_a_file_of_retractions_needs_no_network(retractions):
    text = BAD % ("bad", "BAD.1", "") + BAD % ("back", "back.1", "") + BAD % ("doubt", "doubt.1", "")
    text += BAD % ("known", "bad.1", ", note = {Retraction published 2010}") + BAD % ("fine", "fine.1", "")
    found = verbs.confirmed(False, retractions, entries(text))
    assert codes(found) == ["retracted", "of-concern"]
    assert found[0].place.text.startswith("doi = ")
    assert "the work of 'bad' was retracted on 2010-02-06" in found[0].message
    assert found[0].evidence == "retraction 2010-02-06 10.5555/note.1 Falsification of Data; Investigation"


def test_a_plain_file_of_retractions_will_do(tmp_path):
    (tmp_path / "r.csv").write_text("doi,type,date\nhttps://doi.org/10.5555/bad.1,correction,2011-02-03\n")
    assert codes(verbs.confirmed(False, tmp_path / "r.csv", entries(BAD % ("bad", "bad.1", "")))) == ["corrected"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "no-retractions"), (b"", "odd-retractions"), (b"a,b\n1,2\n", "odd-retractions"),
     (b'doi\n"' + b"x" * 200_000, "odd-retractions"), (b"doi\n" + b"\xff\xfe\x00\n", "")],
)  # fmt: skip
def test_a_file_that_is_none_is_told_of(tmp_path, content, code):
    path = tmp_path / "r.csv"
    if content is not None:
        path.write_bytes(content)
    if not code:
        assert of_file(path, {"10.5555/bad.1"}) == {}
        return
    with pytest.raises(Fault) as told:
        of_file(path, {"10.5555/bad.1"})
    assert (told.value.diagnostics[0].code, told.value.status) == (code, 2)


def test_a_file_too_large_is_not_read(retractions, monkeypatch):
    monkeypatch.setattr(retracting, "LIMIT", 100)
    with pytest.raises(Fault):
        of_file(retractions, {"10.5555/bad.1"})


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ('{The} na{\\"i}ve {\\O}resund: A study', "The Naïve Øresund—a Study", True),
        ("On the tides of the North Sea", "On the tides of the North Sea: Measurements, 1900–1950", True),
        ("Tides of the North sea in witner", "Tides of the North Sea in winter", True),
        ("Tides of the North Sea", "Tides of the South Pole and its penguins", False),
        ("Tides", "Tides: a wholly different book about the moon", False),
        ("RETRACTED: Tides of the North Sea", "Tides of the North Sea", True),
        ("E=mc$^2$ and \\emph{all} that", "E=mc<sup>2</sup> and all that", True),
        ("x" * 5000, "y" * 5000, False),
    ],
)
def test_when_two_titles_are_the_same(ours, theirs, same):
    assert same_title(ours, theirs) is same
    assert same_title(theirs, ours) is same


@pytest.mark.parametrize(
    ("ours", "person", "same"),
    [
        ("Beethoven, Ludwig van and Doe, J.", {"family": "van Beethoven", "given": "Ludwig"}, True),
        ("Jane Smith-Jones", {"family": "Smith Jones", "given": "Jane"}, True),
        ("{\\O}rsted, Hans", {"family": "Ørsted"}, True),
        ("{{World Health Organization}}", {"name": "World Health Organization"}, True),
        ("Wang, Wei", {"family": "Wei", "given": "Wang"}, True),
        ("Doe, J.", {"family": "Roe", "given": "J."}, False),
        ("Anderson, J.", {"family": "Andersen", "given": "J."}, False),
        ("Doe, J.", {}, True),
    ],
)
def test_when_the_first_author_is_the_same(ours, person, same):
    assert same_person(ours, [person]) is same


ARTICLE = """---
title: A title
author: Ada Author
abstract: Words.
---

As @tides says. See https://example.org/.
"""


@pytest.fixture
def project(served, tmp_path, monkeypatch):
    monkeypatch.setattr(verbs, "Web", served.web)
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript" / "article.md").write_text(ARTICLE)
    uncited = BAD % ("uncited", "uncited.1", ", keywords = {uncited}")
    (tmp_path / "references.bib").write_text(TIDES + BAD % ("never", "never.1", "") + uncited)
    return tmp_path


def test_check_asks_nobody_unless_told_to(served, project, capsys):
    main(["check", str(project)])
    assert served.asked == []


def test_check_online_tells_of_what_is_printed_in_every_form(served, project, capsys):
    served.answers[CROSSREF] = record(**{"updated-by": replies.UPDATED})
    assert main(["check", str(project), "--online", "--format", "json"]) == 1
    found = [one for one in json.loads(capsys.readouterr().out) if one["code"] == "retracted"]
    assert [(one["line"], one["severity"]) for one in found] == [(5, "error")]
    assert served.asked == [f"GET {CROSSREF}"], "what is not in the reference list is not asked for"


def test_check_without_a_network_has_the_status_of_the_manuscript(served, project, capsys, monkeypatch):
    monkeypatch.setattr(asking, "TRIES", 1)
    assert main(["check", str(project)]) == 0
    served.answers = {CROSSREF: Said(fault="mute"), "doi.org/10.5555/tides.1": Said(fault="mute")}
    assert main(["check", str(project), "--online"]) == 0
    assert "warning[not-confirmed]" in capsys.readouterr().out


def test_check_with_a_file_of_retractions(served, project, capsys):
    path = project / "r.csv"
    path.write_text("OriginalPaperDOI,RetractionNature\n10.5555/tides.1,Retraction\n")
    assert main(["check", str(project), "--retractions", str(path)]) == 1
    assert "error[retracted] the work of 'tides' was retracted" in capsys.readouterr().out
    assert main(["check", str(project), "--retractions", str(project / "none.csv")]) == 2
    assert served.asked == []


def test_findings_can_be_drawn(served):
    served.answers[CROSSREF] = record(**{"updated-by": replies.UPDATED})
    assert "references.bib:5:3: error[retracted]" in as_text(confirm(entries(TIDES), served.web()))
