"""Preflight of finished PDFs: a sound one passes every check; each fault made in it is found by the check it is for."""

import re
import struct
import zlib
from io import BytesIO

import pikepdf
import pytest

from galley import press
from galley.checks import preflight
from galley.checks.preflight.painting import Picture, Words, painted
from galley.checks.preflight.reading import Pdf, Unreadable, value
from galley.formats import pdf

WORDS = " ".join(["Rivers change their beds over the years, and nobody is told."] * 40)
MANUSCRIPT = f"""---
title: Two Rivers
author:
  - {{name: Ruth Ford, orcid: 0000-0002-1825-0097, email: ruth@rivers.example}}
  - Olu Lake
journal: {{title: Journal of Rivers, abbreviation: JR, issn: 2049-3630}}
keywords: [rivers, beds]
abstract: Rivers move.
lang: en-GB
volume: 7
pages: 95-99
doi: 10.5555/rivers.7.95
date: 2024-06-30
received: 2024-01-31
accepted: 2024-05-02
license: CC BY 4.0
copyright: The Authors
url: https://rivers.example/7/95
bibliography: references.bib
---

# Beds

See [Figure @fig:flow] and [Table @tbl:rivers] [@roe2019], and [the data](https://rivers.example/data). $q = vd$.

![Flow at the gauge](gauge.png){{#fig:flow alt="A line that falls" width=60mm}}

| River | Flow |
|-------|------|
| Upper | 1.5  |

: The rivers {{#tbl:rivers}}

{WORDS}

{WORDS}

# Banks

{WORDS}

{WORDS}
"""
BIBLIOGRAPHY = "@book{roe2019, author = {Roe, Al}, title = {A Book}, publisher = {Press}, year = 2019}\n"


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    """The document, its theme, and the PDF set from it."""
    folder = tmp_path_factory.mktemp("rivers")
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / "article.md").write_text(MANUSCRIPT, "utf-8")
    (folder / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    (folder / "gauge.png").write_bytes(png(900, 400))
    document = press.settled(folder)
    theme = press.themed(document)
    content = pdf.write(document, theme, ("a-3a", "ua-1"), {"article.xml": b"<article/>"})
    pages = len(Pdf(content).pages())
    meta = document.meta
    if meta.last_page != meta.first_page + pages - 1:  # as many pages as there are
        (folder / "manuscript" / "article.md").write_text(MANUSCRIPT.replace("95-99", f"95-{94 + pages}"), "utf-8")
        document = press.settled(folder)
        content = pdf.write(document, theme, ("a-3a", "ua-1"), {"article.xml": b"<article/>"})
    return document, theme, content


def made(content, change):
    """The PDF with a fault made in it."""
    with pikepdf.open(BytesIO(content)) as file:
        change(file)
        done = BytesIO()
        file.save(done, object_stream_mode=pikepdf.ObjectStreamMode.disable, fix_metadata_version=False)
        return done.getvalue()


def codes(checked):
    return {finding.code for one in checked for finding in one.findings}


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


def tags(file, kind):
    return [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == kind]


def fonts(file):
    return [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]


def without_font_file(file):
    descriptor = next(one for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile3" in one)
    del descriptor["/FontFile3"]


def whole_font(file):
    font = next(one for one in fonts(file) if one.Subtype == "/Type0")
    font.BaseFont = pikepdf.Name("/LibertinusSerif")


def type_3(file):
    font = next(one for one in fonts(file) if one.Subtype == "/Type0")
    font.Subtype = pikepdf.Name("/Type3")


def without_language(file):
    del file.Root["/Lang"]


def other_language(file):
    file.Root.Lang = pikepdf.String("de")


def without_tree(file):
    del file.Root["/StructTreeRoot"]


def unmarked(file):
    file.Root.MarkInfo.Marked = False


def without_alternative(file):
    del tags(file, "/Figure")[0]["/Alt"]


def formula_without_alternative(file):
    del tags(file, "/Formula")[0]["/Alt"]


def without_heads(file):
    for one in tags(file, "/TH"):
        one.S = pikepdf.Name("/TD")


def title_hidden(file):
    del file.Root["/ViewerPreferences"]


def without_metadata(file):
    del file.Root["/Metadata"]


def other_title(file):
    file.trailer.Info.Title = pikepdf.String("Another Title")


def other_author_in_xmp(file):
    packet = file.Root.Metadata.read_bytes()
    file.Root.Metadata.write(packet.replace(b"Olu Lake", b"Olu Lakes"))


def script_on_opening(file):
    file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))


def script_by_name(file):
    file.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array())


def launching(file):
    link = next(
        one for page in file.pages for one in page.get("/Annots", []) if "data" in str(one.get("/A", {}).get("/URI"))
    )
    link.A = pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F=pikepdf.String("x.exe"))


def turned(file):
    file.pages[1].Rotate = 90


def of_another_size(file):
    file.pages[1].MediaBox = pikepdf.Array([0, 0, 612, 700])


def cut(file):
    file.pages[0].CropBox = pikepdf.Array([20, 20, 500, 700])


def all_letter(file):
    for page in file.pages:
        page.MediaBox = pikepdf.Array([0, 0, 612, 792])


def a_page_less(file):
    del file.pages[-1]


def other_labels(file):
    numbers = pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name("/D"), St=5)])
    file.Root.PageLabels = pikepdf.Dictionary(Nums=numbers)


def dead_link(file):
    link = next(one for page in file.pages for one in page.get("/Annots", []) if "/Dest" in one)
    link.Dest = pikepdf.String("nowhere")


def no_address(file):
    link = next(
        one for page in file.pages for one in page.get("/Annots", []) if "data" in str(one.get("/A", {}).get("/URI"))
    )
    link.A.URI = pikepdf.String("rivers dot example")


def plain_doi(file):
    for one in file.pages[0].Annots:
        if "/A" in one and "doi.org" in str(one.A.URI):
            one.A.URI = pikepdf.String(str(one.A.URI).replace("https", "http"))


def without_doi_link(file):
    for one in file.pages[0].Annots:
        if "/A" in one and "doi.org" in str(one.A.URI):
            one.A.URI = pikepdf.String("https://rivers.example/")


def without_letters(file):
    for font in fonts(file):
        if "/ToUnicode" in font:
            del font["/ToUnicode"]


def a_letter_without_meaning(file):
    font = next(one for one in fonts(file) if "/ToUnicode" in one and "Regular" in str(one.BaseFont))
    table = font.ToUnicode.read_bytes()
    font.ToUnicode.write(re.sub(rb"<0005>\s*<[0-9A-Fa-f]+>", b"", table))


def missing_glyph(file):
    data = file.pages[1].Contents.read_bytes()
    file.pages[1].Contents.write(re.sub(rb"\[\(\\000\\\d\d\d", rb"[(\\000\\000", data, count=1))


def shifted(file):
    data = file.pages[1].Contents.read_bytes()
    file.pages[1].Contents.write(b"q 1 0 0 1 90 0 cm\n" + data + b"\nQ")


def coarse_picture(file):
    image = next(one for one in file.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image")
    image.Width = 300


def far_away(file):
    for page in file.pages:
        for one in page.get("/Annots", []):
            if str(one.get("/Contents", "")).startswith("Table"):
                one.Dest = pikepdf.Array([file.pages[3].obj, pikepdf.Name("/XYZ"), 0, 500, 0])


FAULTS = {
    without_font_file: "font-not-embedded",
    whole_font: "font-not-subset",
    type_3: "font-type-3",
    without_language: "no-language",
    other_language: "no-language",
    without_tree: "not-tagged",
    unmarked: "not-tagged",
    without_alternative: "no-alternative",
    formula_without_alternative: "no-alternative",
    without_heads: "no-table-head",
    title_hidden: "title-not-shown",
    without_metadata: "no-metadata",
    other_title: "metadata-differs",
    other_author_in_xmp: "metadata-differs",
    script_on_opening: "script-in-pdf",
    script_by_name: "script-in-pdf",
    launching: "script-in-pdf",
    turned: "page-rotated",
    of_another_size: "page-size",
    cut: "page-size",
    all_letter: "page-size",
    a_page_less: "page-range",
    other_labels: "page-labels",
    dead_link: "dead-link",
    no_address: "bad-link",
    plain_doi: "plain-link",
    without_doi_link: "doi-not-linked",
    without_letters: "no-letters",
    a_letter_without_meaning: "no-letters",
    missing_glyph: "missing-glyph",
    shifted: "overfull-line",
    coarse_picture: "low-resolution-print",
    far_away: "far-float",
}
REMARKS = {"font-not-subset", "doi-not-linked", "low-resolution-print", "far-float"}


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
