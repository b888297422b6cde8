"""Preflight of finished PDFs: a sound one passes every check; each fault made in it is found by the check it is for."""

import re
from io import BytesIO

import pikepdf
import pytest
from preflight_article import codes, made
from preflight_faults import FAULTS, REMARKS, without_language

from galley.checks import preflight
from galley.checks.preflight.painting import Picture, Words, painted
from galley.checks.preflight.reading import Pdf, Unreadable, value


def test_a_sound_pdf_passes_every_check_and_the_figures_are_told(article):
    document, theme, content = article
    checked = preflight.full(content, document, theme)
    assert [(one.name, one.findings) for one in checked if one.state != "passed"] == [
        ("statements the journal requires", ())
    ]
    found = {one.name: one.what for one in checked}
    pages = len(Pdf(content).pages())
    assert found["numbered as the front matter says"] == f"{pages} pages, labelled 95–{94 + pages}"
    assert found["alternative texts of figures and formulas"] == "1 figure, 1 formula"
    assert found["heads of tables"] == "1 table, 2 heads"
    assert found["300 dots an inch in every picture"] == "1 picture of pixels, 381 to 381 dots an inch"
    assert found["figures and tables near their callouts"] == "2 objects named, at most 0 pages away"
    assert found["check digits of ISSN, ORCID and ROR"] == "1 ISSN, 1 ORCID iD"
    assert found["the DOI stands on the first page, by https"] == "https://doi.org/10.5555/rivers.7.95"


def test_saving_it_again_makes_no_fault(article):
    document, theme, content = article
    again = made(content, lambda file: None)
    assert codes(preflight.full(again, document, theme)) == set()


def test_a_quick_look_says_nothing_of_a_sound_pdf_and_only_warns_of_a_faulty_one(article):
    document, theme, content = article
    assert preflight.quick(content, document, theme) == ()
    (one,) = preflight.quick(made(content, without_language), document, theme)
    assert (one.severity.value, one.code) == ("warning", "no-language")
    unclaimed = made(content, lambda file: (without_language(file), unclaim(file)))
    assert preflight.quick(unclaimed, document, theme) == (), "PDF/UA was not asked for"


def unclaim(file):
    file.Root.Metadata.write(file.Root.Metadata.read_bytes().replace(b"pdfuaid:part", b"pdfuaid:path"))


# -- faults -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fault", "code"), FAULTS.items(), ids=lambda one: getattr(one, "__name__", one))
def test_each_fault_is_found_and_no_other(article, fault, code):
    document, theme, content = article
    checked = preflight.full(made(content, fault), document, theme)
    beside = {"plain-link": {"doi-not-linked"}, "page-range": {"dead-link"}, "script-in-pdf": {"dead-link"}}
    assert code in codes(checked)
    assert codes(checked) <= {code, *beside.get(code, ())}
    (state,) = {one.state for one in checked if code in codes([one])}
    assert state == ("remark" if code in REMARKS else "failed")


def test_an_encrypted_pdf_is_told(article):
    document, theme, content = article
    with pikepdf.open(BytesIO(content)) as file:
        done = BytesIO()
        locked = pikepdf.Encryption(owner="one", user="", R=4)
        file.save(done, encryption=locked, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert "encrypted" in codes(preflight.full(done.getvalue(), document, theme))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\nstartxref\n9\n%%EOF", b"<html></html>"])
def test_what_is_no_pdf_is_told_and_nothing_raises(article, content):
    document, theme, _ = article
    assert "unreadable-pdf" in codes(preflight.full(content, document, theme))


def test_a_pdf_cut_or_garbled_anywhere_raises_nothing(article):
    document, theme, content = article
    for at in range(0, len(content), max(1, len(content) // 12)):
        broken = content[:at] + b"\x00((<<[/" + content[at + 40 :]
        preflight.full(broken, document, theme)
        preflight.full(content[:at] + content[-400:], document, theme)


def test_attachments_are_proved(article):
    _, _, content = article
    held = preflight.attached(content, ["article.xml"])
    assert (held.state, held.what) == ("passed", "article.xml of 10 bytes")
    assert codes([preflight.attached(content, ["article.xml", "references.bib"])]) == {"not-attached"}

    def loose(file):
        del file.Root["/AF"]

    assert codes([preflight.attached(made(content, loose), ["article.xml"])]) == {"not-attached"}


def test_xml_that_is_none_is_told():
    assert preflight.well_formed({"a.xml": b"<a/>"}).state == "passed"
    assert codes([preflight.well_formed({"a.xml": b"<a><b></a>"})]) == {"not-well-formed"}


# -- reading ------------------------------------------------------------------------------------------


def test_the_reader_finds_what_a_library_finds(article):
    _, _, content = article
    own = Pdf(content)
    with pikepdf.open(BytesIO(content)) as file:
        assert len(own.pages()) == len(file.pages)
        assert own.of(own.root, "Lang") == b"en-GB"
        assert [own.of(page, "MediaBox") for page in own.pages()] == [
            [float(side) if side != int(side) else int(side) for side in page.MediaBox] for page in file.pages
        ]
        assert own.get(own.root["Metadata"]).data() == file.Root.Metadata.read_bytes()
        assert len(list(own.objects(re.compile(b"")))) == len(file.objects)


def test_pictures_and_words_stand_where_they_were_drawn(article):
    _, _, content = article
    own = Pdf(content)
    page = own.pages()[0]
    shown = list(painted(own, page, {}))
    (picture,) = [one for one in shown if isinstance(one, Picture)]
    assert picture.pixels == (900, 400)
    assert [round(side * 25.4 / 72) for side in picture.size] == [60, 27]
    words = [one for one in shown if isinstance(one, Words)]
    assert all(one.right >= one.left for one in words)
    assert {one.artifact for one in words} == {True, False}, "running heads and folios are artifacts"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"<</A 1/B[1 2.5(x\\)\\051)]>>", {"A": 1, "B": [1, 2.5, b"x))"]}),
        (b"<</A<</B/C#20D>>>>", {"A": {"B": "C D"}}),
        (b"[1 0 R 2 3]", [(1,), 2, 3]),
        (b"(a(b)c\\\nd)", b"a(b)cd"),
        (b"<48 65 6>", b"He`"),
        (b"[true false null]", [True, False, None]),
        (b"% remark\n 7", 7),
    ],
)
def test_objects_are_read_as_the_standard_writes_them(text, found):
    assert value(text, 0)[0] == found


def test_a_packed_table_of_references_is_told(article):
    _, _, content = article
    with pikepdf.open(BytesIO(content)) as file:
        done = BytesIO()
        file.save(done, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with pytest.raises(Unreadable, match="packed"):
        Pdf(done.getvalue())
