"""Citations that reference managers put in are read as the data they hold."""

import json

import pytest
from docxmaker import csl, docx, fld, mark, p, packed, t, work

from galley.reading.typescript import read
from galley.typed.structure import structured


def fields(tmp_path, *body, **parts):
    found = read(docx(tmp_path / "a.docx", *body, **parts))
    assert not found.faults
    return found.fields


def test_zotero(tmp_path):
    more = {"locator": "4", "label": "page", "prefix": "see ", "suffix": ", too", "suppress-author": True}
    code = csl(("http://zotero.org/users/1/items/AA", work(), more), shown="(see 2020, p. 4, too)")
    field = fields(tmp_path, p("x ", fld(code, "(see 2020, p. 4", t(", too)", "<w:i/>")), "."))[0]
    assert (field.manager, field.start, field.end) == ("zotero", 2, 23)
    assert field.shown == field.shown_by_manager == "(see 2020, p. 4, too)"
    assert field.items[0] == ("http://zotero.org/users/1/items/AA", work(), "see ", ", too", "4", "page", True)


def test_a_code_cut_into_pieces(tmp_path):
    code = csl(("u", work()), shown="(Doe, 2020)")
    cut = "".join(t(code[at : at + 50], tag="instrText") for at in range(0, len(code), 50))
    field = fields(tmp_path, p(mark("begin"), cut, mark("separate"), "(Doe, 2020)", mark("end")))[0]
    assert field.items[0].csl["title"] == "A study"


def test_what_an_author_typed_over_is_told_from_what_the_manager_set(tmp_path):
    field = fields(tmp_path, p(fld(csl(("u", work()), shown="(Doe, 2020)"), "(Doe, 2021)")))[0]
    assert (field.shown, field.shown_by_manager) == ("(Doe, 2021)", "(Doe, 2020)")


def test_mendeley_counts_its_items_anew_in_each_field(tmp_path):
    one, two = work("Doe"), work("Roe", title="Another")
    found = fields(
        tmp_path,
        p(fld(csl(("m/1", one), manager="CSL_CITATION", shown="(Doe)"), "(Doe)")),
        p(fld(csl(("m/2", two), manager="CSL_CITATION", shown="(Roe)"), "(Roe)")),
        p(fld(csl(("m/2", two), ("m/1", one), manager="CSL_CITATION", shown="(Roe; Doe)"), "(Roe; Doe)")),
    )
    assert [[item.id for item in field.items] for field in found] == [["m/1"], ["m/2"], ["m/2", "m/1"]]
    assert {field.manager for field in found} == {"mendeley"}


def test_one_work_under_two_addresses_has_one_id_and_its_fullest_record(tmp_path):
    code = csl(("z/1", work("Ákos")), shown="x"), csl(("z/2", work("Akos", title="A Study", DOI="10.1/x")), shown="x")
    found = fields(tmp_path, *(p(fld(one, "x")) for one in code))
    assert [field.items[0].id for field in found] == ["z/1", "z/1"]
    assert found[0].items[0].csl["DOI"] == "10.1/x"


def test_works_alike_with_different_dois_stay_two(tmp_path):
    code = csl(("z/1", work(DOI="10.1/a")), shown="x"), csl(("z/2", work(DOI="10.1/b")), shown="x")
    found = fields(tmp_path, *(p(fld(one, "x")) for one in code))
    assert [field.items[0].id for field in found] == ["z/1", "z/2"]


RECORD = (
    '<Cite ExcludeAuth="1"><Author>Doe</Author><Year>2020</Year><RecNum>7</RecNum><Prefix>e.g.`; </Prefix>'
    "<Pages>12</Pages><DisplayText>(e.g.; 2020, p. 12)</DisplayText><record><rec-number>7</rec-number><foreign-keys>"
    '<key app="EN" db-id="abc">7</key></foreign-keys><ref-type name="Book Section">5</ref-type><contributors><authors>'
    "<author>Doe, Jane</author><author>World Health Organization,</author></authors><secondary-authors><author>Roe, R."
    '</author></secondary-authors></contributors><titles><title><style face="normal">On </style><style face="italic">'
    "x</style></title><secondary-title>The whole</secondary-title></titles><pages>1-9</pages><dates><year>2020</year>"
    "</dates><electronic-resource-num>https://doi.org/10.1/x</electronic-resource-num></record></Cite>"
)
ENDNOTE = f"<EndNote>{RECORD}</EndNote>"


def is_the_endnote_record(field):
    item = field.items[0]
    assert (field.manager, field.shown_by_manager) == ("endnote", "(e.g.; 2020, p. 12)")
    assert (item.id, item.prefix, item.locator, item.label, item.author_out) == ("abc/7", "e.g.;", "12", "page", True)
    assert item.csl == {
        "type": "chapter",
        "author": [{"family": "Doe", "given": "Jane"}, {"literal": "World Health Organization"}],
        "editor": [{"family": "Roe", "given": "R."}],
        "title": "On x",
        "container-title": "The whole",
        "page": "1-9",
        "DOI": "10.1/x",
        "issued": {"date-parts": [[2020]]},
    }


def test_endnote(tmp_path):
    is_the_endnote_record(fields(tmp_path, p(fld(f" ADDIN EN.CITE {ENDNOTE}", "(2020)")))[0])


@pytest.mark.parametrize("padding", ["", " ", "  "])
def test_endnote_packed_twice_as_word_does(tmp_path, padding):
    data = packed(ENDNOTE + padding)
    inner = mark("begin", data) + t(" ADDIN EN.CITE.DATA ", tag="instrText") + mark("end")
    row = p(mark("begin", data), t(" ADDIN EN.CITE ", tag="instrText"), inner, mark("separate"), "(2020)", mark("end"))
    field = fields(tmp_path, row)[0]
    assert field.shown == "(2020)"
    is_the_endnote_record(field)


def test_mendeley_cite(tmp_path):
    data = {"citationItems": [{"id": "guid-1", "itemData": work()}], "manualOverride": {"citeprocText": "(Doe, 2020)"}}
    tag = "MENDELEY_CITATION_v3_" + packed(json.dumps(data))
    control = f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{t("(Doe)")}</w:sdtContent></w:sdt>'
    field = fields(tmp_path, p("x ", control))[0]
    assert (field.start, field.end, field.shown, field.shown_by_manager) == (2, 7, "(Doe)", "(Doe, 2020)")
    assert (field.manager, field.items[0].id) == ("mendeley", "mendeley:guid-1")


def test_citavi_follows_its_references(tmp_path):
    data = {
        "Entries": [
            {
                "ReferenceId": "g1",
                "Prefix": "vgl. ",
                "PageRange": {"$id": "9", "OriginalString": "S. 12–13"},
                "Reference": {
                    "$id": "1",
                    "ReferenceType": "JournalArticle",
                    "Title": "Titel",
                    "Subtitle": "Mehr",
                    "Authors": [{"$id": "2", "FirstName": "Jo", "LastName": "Doe"}],
                    "Periodical": {"$id": "3", "Name": "Zeitschrift"},
                    "Year": "2020",
                },
            },
            {"ReferenceId": "g1", "Reference": {"$ref": "1"}},
        ],
        "Text": "(vgl. Doe 2020)",
    }
    field = fields(tmp_path, p(fld(f"ADDIN CitaviPlaceholder{{{packed(json.dumps(data))}}}", "(vgl. Doe 2020)")))[0]
    assert [item.id for item in field.items] == ["citavi:g1", "citavi:g1"]
    assert (field.manager, field.items[0].prefix, field.items[0].locator) == ("citavi", "vgl. ", "12-13")
    assert field.items[1].csl == {
        "type": "article-journal",
        "author": [{"family": "Doe", "given": "Jo"}],
        "title": "Titel: Mehr",
        "container-title": "Zeitschrift",
        "issued": {"date-parts": [[2020]]},
    }


SOURCES = (
    '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>Doe20</b:Tag>'
    "<b:SourceType>JournalArticle</b:SourceType><b:Author><b:Author><b:NameList><b:Person><b:Last>Doe</b:Last><b:First>J"
    "</b:First></b:Person></b:NameList></b:Author></b:Author><b:Title>T</b:Title><b:Year>2020</b:Year><b:Month>May"
    "</b:Month><b:JournalName>Jo</b:JournalName></b:Source><b:Source><b:Tag>WHO</b:Tag><b:SourceType>Report"
    "</b:SourceType><b:Author><b:Author><b:Corporate>WHO</b:Corporate></b:Author></b:Author></b:Source></b:Sources>"
)


def test_words_own_citations(tmp_path):
    code = ' CITATION Doe20 \\p "4-5" \\l 1033 \\m WHO \\n \\f "see " '
    field = fields(tmp_path, p(fld(code, "(Doe; WHO)")), more={"customXml/item1.xml": SOURCES})[0]
    first, second = field.items
    assert (field.manager, first.id, first.locator, second.id) == ("word", "word:Doe20", "4-5", "word:WHO")
    assert (second.author_out, second.prefix) == (True, "see ")
    assert first.csl == {
        "type": "article-journal",
        "author": [{"family": "Doe", "given": "J"}],
        "title": "T",
        "container-title": "Jo",
        "issued": {"date-parts": [[2020, 5]]},
    }
    assert second.csl == {"type": "report", "author": [{"literal": "WHO"}]}


def test_zotero_in_bookmarks(tmp_path):
    code = csl(("u", work()), shown="(Doe)").removeprefix(" ADDIN ")
    half = len(code) // 2
    space = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    rows = "".join(
        f'<property name="ZOTERO_BREF_x_{n}"><v>{cut.replace("<", "&lt;")}</v></property>'
        for n, cut in ((2, code[half:]), (1, code[:half]))
    )
    body = p('<w:bookmarkStart w:id="5" w:name="ZOTERO_BREF_x"/>', "(Doe)", '<w:bookmarkEnd w:id="5"/>')
    found = fields(tmp_path, body, more={"docProps/custom.xml": f'<Properties xmlns="{space}">{rows}</Properties>'})
    assert (found[0].shown, found[0].items[0].id) == ("(Doe)", "u")


@pytest.mark.parametrize(
    "code",
    [
        "ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY",
        "ADDIN EN.REFLIST",
        "ADDIN Mendeley Bibliography CSL_BIBLIOGRAPHY",
        "BIBLIOGRAPHY",
        "ADDIN CitaviBibliography{x}",
    ],
)
def test_the_paragraphs_of_a_bibliography_field_are_the_list(tmp_path, code):
    rows = (
        p(mark("begin"), t(f" {code} ", tag="instrText"), mark("separate"), "Doe, J. (2020). One."),
        p("Roe, R. (2021). Two."),
        p(mark("end"), "Afterwards"),
    )
    found = structured(read(docx(tmp_path / "a.docx", p("Text"), *rows)))
    assert [row.kind for row in found.paragraphs] == ["body", "reference", "reference", "body"]


def test_a_citation_in_a_note(tmp_path):
    from docxmaker import notes

    call = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = p("See ", fld(csl(("u", work()), shown="Doe (2020)"), "Doe (2020)"))
    field = fields(tmp_path, p("x", call), footnotes=notes("footnote", note))[0]
    assert (field.paragraph, field.start, field.shown) == (1, 4, "Doe (2020)")


@pytest.mark.parametrize(
    ("code", "who"),
    [
        (" ADDIN ZOTERO_ITEM CSL_CITATION {broken", "Zotero"),
        (" ADDIN EN.CITE <EndNote><Cite>", "EndNote"),
        (" ADDIN CitaviPlaceholder{!!}", "Citavi"),
        (" ADDIN RW.CITE{{1}}", "RefWorks"),
        (" ADDIN ZOTERO_ITEM CSL_CITATION " + '{"a":' * 5000, "Zotero"),
    ],
)
def test_data_that_cannot_be_read_leave_the_text_and_say_so(tmp_path, code, who):
    found = read(docx(tmp_path / "a.docx", p(fld(code, "(Doe, 2020)"))))
    assert found.paragraphs[0].text == "(Doe, 2020)"
    assert not found.fields
    assert [(one.code, who in one.message) for one in found.faults] == [("unread-field", True)]


def test_other_fields_are_no_citations(tmp_path):
    row = p("Figure ", fld(" SEQ Figure \\* ARABIC ", "1"), " on page ", fld(" PAGEREF _x \\h ", "3"))
    found = read(docx(tmp_path / "a.docx", row))
    assert (found.paragraphs[0].text, found.fields, found.faults) == ("Figure 1 on page 3", (), ())
