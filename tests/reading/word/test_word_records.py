"""The data a citation holds in a Word file -> CSL-JSON: each manager's own ways of saying who, where and when."""

import json

import pytest
from docxmaker import csl, docx, fld, p, packed, work

from galley.reading.typescript import read

NOTE = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"


def items(tmp_path, code, **parts):
    found = read(docx(tmp_path / "a.docx", p(fld(code, "(2020)")), **parts))
    assert not found.faults
    return found.fields[0].items


# -- Citavi ------------------------------------------------------------------------------------------

WHOLE = {
    "$id": "7",
    "ReferenceType": "CollectedWorks",
    "Title": "The whole",
    "Editors": {"$values": [{"FirstName": "Ed", "LastName": "Berg", "Prefix": "van den", "Suffix": "Jr."}]},
    "Publishers": [{"Name": "Press"}, {"Name": "House"}],
    "PlaceOfPublication": "Bonn",
    "YearResolved": "2019",
    "ParentReference": {"Title": "A series that is not told"},
}
CITAVI = {
    "a chapter has its book's editors and publisher": (
        {
            "ReferenceType": "Contribution",
            "Title": "A part",
            "Authors": [{"LastName": "UNESCO"}],
            "ParentReference": WHOLE,
            "PageRange": "<sp><n>5</n><os>S. 5–9</os></sp>",
        },
        {
            "type": "chapter",
            "title": "A part",
            "author": [{"literal": "UNESCO"}],
            "container-title": "The whole",
            "publisher": "Press, House",
            "publisher-place": "Bonn",
            "editor": [{"family": "Berg", "given": "Ed", "non-dropping-particle": "van den", "suffix": "Jr."}],
            "page": "5-9",
            "issued": {"date-parts": [[2019]]},
        },
    ),
    "an author of one name, a year in words, pages without a frame": (
        {
            "ReferenceType": "Book",
            "Title": "One",
            "Authors": [{"FirstName": "Plato"}, {}],
            "Year": "in press",
            "PageRange": "<b>7</b>",
        },
        {
            "type": "book",
            "title": "One",
            "author": [{"literal": "Plato"}],
            "page": "7",
            "issued": {"literal": "in press"},
        },
    ),
    "no year, no title, a subtitle": ({"ReferenceType": "Report", "Subtitle": "Alone"}, {"type": "report"}),
}


@pytest.mark.parametrize(("reference", "wanted"), CITAVI.values(), ids=CITAVI)
def test_citavi(tmp_path, reference, wanted):
    data = {
        "Entries": {"$values": [{"ReferenceId": "g", "Reference": reference}]},
        "FormattedText": {"TextUnits": [{"Text": "(Doe"}, {"Text": ", 2020)"}]},
    }
    path = docx(tmp_path / "a.docx", p(fld(f"ADDIN CitaviPlaceholder{{{packed(json.dumps(data))}}}", "(2020)")))
    field = read(path).fields[0]
    assert field.items[0].csl == wanted
    assert field.shown_by_manager == "(Doe, 2020)"


# -- EndNote -----------------------------------------------------------------------------------------

ENDNOTE = {
    "an edited book in a series": (
        '<ref-type name="Edited Book">28</ref-type><contributors><authors><author>Roe, R.</author></authors>'
        "</contributors>"
        "<titles><title>Many</title><secondary-title>A series</secondary-title></titles>"
        "<dates><year>in press</year></dates>",
        {
            "type": "book",
            "editor": [{"family": "Roe", "given": "R."}],
            "title": "Many",
            "collection-title": "A series",
            "issued": {"literal": "in press"},
        },
    ),
    "a thesis and its kind": (
        '<ref-type name="Thesis">32</ref-type><titles><title>T</title></titles><work-type>PhD thesis</work-type>'
        "<dates><year>2020</year></dates>",
        {"type": "thesis", "title": "T", "genre": "PhD thesis", "issued": {"date-parts": [[2020]]}},
    ),
    "a page and its day": (
        '<ref-type name="Web Page">12</ref-type><titles><title>W</title></titles><dates><year>2020</year><pub-dates>'
        "<date>May 4</date></pub-dates></dates>",
        {"type": "webpage", "title": "W", "issued": {"date-parts": [[2020]], "season": "May 4"}},
    ),
    "a page without a year": (
        '<ref-type name="Web Page">12</ref-type><titles><title>W</title></titles>',
        {"type": "webpage", "title": "W"},
    ),
}


@pytest.mark.parametrize(("record", "wanted"), ENDNOTE.values(), ids=ENDNOTE)
def test_endnote(tmp_path, record, wanted):
    code = f" ADDIN EN.CITE <EndNote><Cite><Author>Roe</Author><record>{record}</record></Cite></EndNote>"
    assert items(tmp_path, code)[0].csl == wanted


def test_endnote_without_a_record_says_who_and_when(tmp_path):
    code = " ADDIN EN.CITE <EndNote><Cite><Author>Roe</Author><Year>2020</Year></Cite></EndNote>"
    assert items(tmp_path, code)[0].csl == {
        "type": "document",
        "author": [{"literal": "Roe"}],
        "issued": {"date-parts": [[2020]]},
    }


# -- Word itself -------------------------------------------------------------------------------------


def source(inner):
    row = f"<b:Source><b:Tag>One</b:Tag><b:SourceType>Book</b:SourceType>{inner}</b:Source>"
    return f'<b:Sources xmlns:b="{NOTE}">{row}<b:Source><b:Title>Without a tag</b:Title></b:Source></b:Sources>'


PERSON = "<b:NameList><b:Person><b:Last>Roe</b:Last></b:Person><b:Person/></b:NameList>"
WORD = {
    "a day of a month in words, an ISBN": (
        "<b:Year>2020</b:Year><b:Month>March</b:Month><b:Day>5</b:Day><b:StandardNumber>978-0</b:StandardNumber>",
        {"type": "book", "issued": {"date-parts": [[2020, 3, 5]]}, "ISBN": "978-0"},
    ),
    "a month that is none": (
        "<b:Year>2020</b:Year><b:Month>Spring</b:Month><b:Day>5</b:Day>",
        {"type": "book", "issued": {"date-parts": [[2020]]}},
    ),
    "a day that is none": (
        "<b:Year>2020</b:Year><b:Month>3</b:Month><b:Day>fifth</b:Day>",
        {"type": "book", "issued": {"date-parts": [[2020, 3]]}},
    ),
    "a DOI as the standard number, a year in words": (
        "<b:Year>in press</b:Year><b:StandardNumber>10.1/x</b:StandardNumber>",
        {"type": "book", "issued": {"literal": "in press"}, "DOI": "10.1/x"},
    ),
    "people of one name, of none, and of a kind that is not set": (
        f"<b:Author><b:Author>{PERSON}</b:Author><b:Compiler>{PERSON}</b:Compiler></b:Author>",
        {"type": "book", "author": [{"literal": "Roe"}]},
    ),
}


@pytest.mark.parametrize(("inner", "wanted"), WORD.values(), ids=WORD)
def test_words_own_sources(tmp_path, inner, wanted):
    parts = {"customXml/item1.xml": source(inner), "customXml/item2.xml": "<other/>"}
    assert items(tmp_path, " CITATION One \\l 1033 ", more=parts)[0].csl == wanted


# -- CSL-JSON ----------------------------------------------------------------------------------------


def test_a_setting_in_rtf_is_told_as_words(tmp_path):
    shown = r"{\rtf (Kov\uc0\u225{}cs {\i et al.}, 2020)}"
    found = read(docx(tmp_path / "a.docx", p(fld(csl(("u", work()), shown=shown), "(Doe, 2020)"))))
    assert found.fields[0].shown_by_manager == "(Kovács et al., 2020)"


def test_items_that_are_none_are_left_out_and_one_without_an_address_is_known_by_its_data(tmp_path):
    code = csl(("", work()), ("", work()), shown="(Doe)").replace('"citationItems": [', '"citationItems": ["x", {}, ')
    first, second = items(tmp_path, code)
    assert first.id == second.id
    assert first.csl == work()


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        (("Symbol", "F061"), "α"),
        (("Symbol", "F0B3"), "≥"),
        (("Symbol", "F099"), "\uf099"),
        (("Wingdings 2", "F0FC"), "✓"),
        (("Wingdings", "F041"), "\uf041"),
        (("Arial", "00E9"), "é"),
        (("Arial", "0007"), ""),
        (("Arial", "D800"), ""),
    ],
)
def test_signs_by_their_place_in_a_font(tmp_path, sign, shown):
    font, place = sign
    path = docx(tmp_path / "a.docx", p("a", f'<w:r><w:sym w:font="{font}" w:char="{place}"/></w:r>', "b"))
    assert read(path).paragraphs[0].text == f"a{shown}b"
