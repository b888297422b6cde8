"""The Crossref deposit: valid against schema 5.4.0, and right field by field, for what is valid may still be wrong.

The schema is in the package commonmeta-py, whose folder GALLEY_COMMONMETA names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from galley.formats import crossref
from galley.frontmatter import Journal

NAMES = {
    "c": "http://www.crossref.org/schema/5.4.0",
    "j": "http://www.ncbi.nlm.nih.gov/JATS1",
    "a": "http://www.crossref.org/AccessIndicators.xsd",
    "f": "http://www.crossref.org/fundref.xsd",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


@pytest.fixture(scope="module")
def schema(need_package: Callable[[str, str, str], object]) -> etree.XMLSchema:
    file = "commonmeta/resources/crossref/crossref5.4.0.xsd"
    return etree.XMLSchema(file=str(need_package("GALLEY_COMMONMETA", "commonmeta-py==0.250", file)))


@pytest.fixture(scope="module")
def deposit(deposited) -> etree._Element:
    return etree.fromstring(crossref.deposit(*deposited, depositor=("River Press", "doi@rivers.example.org")))


def changed(deposited, **fields):
    document, theme = deposited
    return etree.fromstring(crossref.deposit(replace(document, meta=replace(document.meta, **fields)), theme))


def said(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NAMES)
    return [one if isinstance(one, str) else " ".join("".join(one.itertext()).split()) for one in found]


def test_it_is_valid_and_the_schema_can_say_no(deposit, schema):
    assert schema.validate(deposit), schema.error_log
    for path in ("//c:doi_data/c:doi", "//c:journal_article/c:titles", "//c:head/c:depositor"):
        wrong = etree.fromstring(etree.tostring(deposit))
        one = wrong.xpath(path, namespaces=NAMES)[0]
        one.getparent().remove(one)
        assert not schema.validate(wrong), path
    wrong = etree.fromstring(etree.tostring(deposit))
    wrong.xpath("//c:issn", namespaces=NAMES)[0].text = "12345-67"
    assert not schema.validate(wrong)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("//c:depositor/c:email_address", ["doi@rivers.example.org"]),
        ("//c:head/c:timestamp", ["20240305000000"]),
        ("//c:journal_metadata/c:full_title", ["Journal of Rivers"]),
        ("//c:journal_metadata/c:issn[@media_type='print']", ["1234-5679"]),
        ("//c:journal_metadata/c:issn[@media_type='electronic']", ["2434-561X"]),
        ("//c:journal_metadata//c:doi", []),
        ("//c:journal_issue/c:journal_volume/c:volume", ["7"]),
        ("//c:journal_issue/c:issue", ["1"]),
        ("//c:journal_article/c:titles/c:title", ["Rivers & Beds"]),
        ("//c:journal_article/c:titles/c:title/c:i", ["Beds"]),
        ("//c:journal_article/c:titles/c:subtitle", ["A Study of Two"]),
        ("//c:person_name[@sequence='first']/c:surname", ["Ford"]),
        ("//c:person_name/c:given_name", ["Ruth", "Olu"]),
        ("//c:person_name[1]/c:ORCID", ["https://orcid.org/0000-0002-1825-0097"]),
        ("//c:person_name[1]//c:institution_id[@type='ror']", ["https://ror.org/03yrm5c26"]),
        ("//c:person_name[1]//c:institution_place", ["Izmir, Türkiye", "Wales"]),
        ("//c:contributors/c:organization", ["The River Group"]),
        ("//j:abstract[not(@xml:lang)]/j:p", ["Rivers move, and x^2 grows (Ash & Beck, 2020).", "We say why."]),
        ("//j:abstract[@xml:lang='tr']", ["Nehirler akar."]),
        ("//c:journal_article/c:publication_date/c:year", ["2024"]),
        ("//c:journal_article/c:publication_date/c:day", ["05"]),
        ("//c:acceptance_date/c:month", ["02"]),
        ("//c:pages/c:first_page", ["95"]),
        ("//c:pages/c:last_page", ["98"]),
        ("//f:assertion[@name='award_number']", ["G1", "G2"]),
        ("//f:assertion[@name='funder_identifier']", ["https://doi.org/10.13039/501100000000"]),
        ("//f:assertion[@name='ror']", ["https://ror.org/03yrm5c26"]),
        ("//a:license_ref", ["https://creativecommons.org/licenses/by/4.0/"]),
        ("//a:license_ref/@start_date", ["2024-03-05"]),
        ("//c:journal_article/c:doi_data/c:doi", ["10.1234/rivers.7.1"]),
        ("//c:journal_article/c:doi_data/c:resource", ["https://rivers.example.org/7/1/95"]),
        ("//c:collection[@property='text-mining']//c:resource", ["https://rivers.example.org/7/1/95.pdf"]),
        ("//c:citation/@type", ["journal_article", "book"]),
        ("//c:citation/c:doi", ["10.1234/ash"]),
        ("//c:citation/c:author", ["Ash", "Cole"]),
        ("//c:citation/c:first_page", ["1203"]),
        ("//c:citation/c:isbn", ["9780306406157"]),
        ("//c:citation/c:cYear", ["2020", "2019"]),
        ("//c:citation[2]/c:unstructured_citation", ["Cole, C. (2019). Banks. River Press. https://example.org/banks"]),
    ],
)
def test_each_field_says_what_the_article_says(deposit, path, words):
    assert said(deposit, path) == words


def test_a_date_that_is_a_year_stays_a_year(deposited, schema):
    root = changed(deposited, date="2024", accepted="2024-02")
    assert schema.validate(root), schema.error_log
    assert said(root, "//c:journal_article/c:publication_date/*") == ["2024"]
    assert said(root, "//c:acceptance_date/*") == ["02", "2024"]
    assert said(root, "//a:license_ref/@start_date") == []


def test_an_article_number_instead_of_pages(deposited, schema):
    root = changed(deposited, first_page=None, last_page=None, article_number="e12")
    assert schema.validate(root), schema.error_log
    assert said(root, "//c:publisher_item/c:item_number[@item_number_type='article_number']") == ["e12"]


def test_what_a_deposit_cannot_do_without_is_told(deposited):
    meta = deposited[0].meta
    assert crossref.lacking(meta) == ()
    bare = replace(meta, doi="", date="", journal=Journal("Journal of Rivers"), url="")
    assert crossref.lacking(bare) == ("doi", "date", "journal.issn", "url")


def test_the_same_article_gives_the_same_bytes(deposited):
    assert crossref.deposit(*deposited) == crossref.deposit(*deposited)
