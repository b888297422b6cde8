"""The record for the Directory of Open Access Journals: valid against its schema, and right field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from deposit_article import SHARED
from lxml import etree

from galley.formats import doaj
from galley.frontmatter import Journal

SCHEMA = SHARED / "schemas" / "doajArticles.xsd"
LANGUAGES = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 targetNamespace="http://www.doaj.org/schemas/iso_639-2b/1.1"><xs:simpleType name="LanguageCodeType">
 <xs:restriction base="xs:string"><xs:pattern value="[a-z]{3}"/></xs:restriction></xs:simpleType></xs:schema>"""


class Languages(etree.Resolver):
    """Puts three letters in the place of the list of languages that the schema would fetch."""

    def resolve(self, url: str, public: str, context: object) -> object:
        return self.resolve_string(LANGUAGES, context) if "iso_639-2b" in url else None


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    if not SCHEMA.exists():
        pytest.skip("the schema of DOAJ is not here, among the shared schemas")
    parser = etree.XMLParser()
    parser.resolvers.add(Languages())
    return etree.XMLSchema(etree.parse(str(SCHEMA), parser))


@pytest.fixture(scope="module")
def listed(deposited) -> etree._Element:
    return etree.fromstring(doaj.records(*deposited))


def test_it_is_valid_and_the_schema_can_say_no(listed, schema):
    assert schema.validate(listed), schema.error_log
    wrong = etree.fromstring(etree.tostring(listed))
    wrong.find("record/issn").text = "12-34"
    assert not schema.validate(wrong)
    wrong = etree.fromstring(etree.tostring(listed))
    wrong.find("record").remove(wrong.find("record/fullTextUrl"))
    assert not schema.validate(wrong)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("record/language", ["eng"]),
        ("record/publisher", ["River Press"]),
        ("record/journalTitle", ["Journal of Rivers"]),
        ("record/issn", ["1234-5679"]),
        ("record/eissn", ["2434-561X"]),
        ("record/publicationDate", ["2024-03-05"]),
        ("record/volume", ["7"]),
        ("record/issue", ["1"]),
        ("record/startPage", ["95"]),
        ("record/endPage", ["98"]),
        ("record/doi", ["10.1234/rivers.7.1"]),
        ("record/documentType", ["Review article"]),
        ("record/title[@language='eng']", ["Rivers & Beds: A Study of Two"]),
        ("record/authors/author/name", ["Ruth Ford", "Olu Lake", "The River Group"]),
        ("record/authors/author/email", ["ruth@example.org"]),
        ("record/authors/author/orcid_id", ["https://orcid.org/0000-0002-1825-0097"]),
        ("record/authors/author[1]/affiliationId", ["1", "2"]),
        ("record/affiliationsList/affiliationName[@affiliationId='2']", ["Lake House, Wales"]),
        ("record/abstract[@language='tur']", ["Nehirler akar."]),
        ("record/fullTextUrl[@format='html']", ["https://rivers.example.org/7/1/95"]),
        ("record/keywords[@language='eng']/keyword", ["rivers", "beds & banks"]),
    ],
)
def test_each_field_says_what_the_article_says(listed, path, words):
    assert [one.text for one in listed.findall(path)] == words


def test_a_year_stays_a_year_and_a_language_without_a_code_is_left_out(deposited, schema):
    document, theme = deposited
    meta = replace(document.meta, date="2024", lang="qqx")
    root = etree.fromstring(doaj.records(replace(document, meta=meta), theme))
    assert schema.validate(root), schema.error_log
    assert root.findtext("record/publicationDate") == "2024"
    assert root.find("record/language") is None


def test_what_doaj_cannot_do_without_is_told(deposited):
    meta = deposited[0].meta
    assert doaj.lacking(meta) == ()
    assert doaj.lacking(replace(meta, journal=Journal("J"), doi="", url="", pdf_url="")) == ("journal.issn", "doi")
