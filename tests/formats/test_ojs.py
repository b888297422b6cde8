"""The import file of Open Journal Systems: valid against its schema, and right field by field, the galleys within."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace

import pytest
from deposit_article import SHARED
from lxml import etree

from galley.formats import ojs
from galley.theme import Theme

SCHEMA = SHARED / "schemas" / "ojs" / "plugins" / "importexport" / "native" / "native.xsd"
NAMES = {"o": "http://pkp.sfu.ca"}
GALLEYS = {"rivers.pdf": b"%PDF-1.7 \x00\xff", "rivers.html": b"<!DOCTYPE html>", "rivers.xml": b"<article/>"}


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    if not SCHEMA.exists():
        pytest.skip("the schema of OJS is not here, among the shared schemas")
    return etree.XMLSchema(file=str(SCHEMA))


@pytest.fixture(scope="module")
def imported(deposited) -> etree._Element:
    return etree.fromstring(ojs.importable(*deposited, GALLEYS))


def said(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NAMES)
    return [one if isinstance(one, str) else "".join(one.itertext()) for one in found]


def installed(theme: Theme, **said: object) -> Theme:
    return replace(theme, tokens={**theme.tokens, "ojs": said})


def test_it_is_valid_and_the_schema_can_say_no(imported, schema):
    assert schema.validate(imported), schema.error_log
    for path in ("//o:title", "//o:contributor_roles", "//o:submission_file/o:file", "//o:article_galley/o:name"):
        wrong = etree.fromstring(etree.tostring(imported))
        one = wrong.xpath(path, namespaces=NAMES)[0]
        one.getparent().remove(one)
        assert not schema.validate(wrong), path


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/o:article/@stage", ["production"]),
        ("/o:article/@status", ["1"]),
        ("/o:article/@date_submitted", []),  # the day is not known, only the month
        ("//o:publication/@section_ref", ["ART"]),
        ("//o:publication/@date_published", ["2024-03-05"]),
        ("//o:publication/@primary_contact_id", ["1"]),
        ("//o:publication/o:id[@type='doi']", ["10.1234/rivers.7.1"]),
        ("//o:title[@locale='en']", ["Rivers & Beds"]),
        ("//o:subtitle", ["A Study of Two"]),
        ("//o:abstract[@locale='tr']", ["<p>Nehirler akar.</p>"]),
        ("//o:publication/o:type", ["Review article"]),
        ("//o:licenseUrl", ["https://creativecommons.org/licenses/by/4.0/"]),
        ("//o:copyrightHolder", ["Ruth Ford and others"]),
        ("//o:copyrightYear", ["2024"]),
        ("//o:keyword/o:name", ["rivers", "beds & banks"]),
        ("//o:agency/o:name", ["Guild of Water", "Rain Fund"]),
        ("//o:author/o:givenname", ["Ruth", "Olu", "The River Group"]),
        ("//o:author/o:familyname", ["Ford", "Lake"]),
        ("//o:author[1]/o:rorAffiliation/o:ror", ["https://ror.org/03yrm5c26"]),
        ("//o:author[1]/o:affiliation/o:name", ["Lake House, Wales"]),
        ("//o:author/o:country", ["TR", "GB"]),
        ("//o:author/o:email", ["ruth@example.org"]),
        ("//o:author/o:orcid", ["https://orcid.org/0000-0002-1825-0097"]),
        ("//o:author/@contributor_type", ["PERSON", "PERSON", "ORGANIZATION"]),
        ("//o:article_galley/o:name", ["PDF", "HTML", "XML"]),
        ("//o:article_galley/o:submission_file_ref/@id", ["1", "2", "3"]),
        ("//o:submission_file/@stage", ["proof"] * 3),
        ("//o:submission_file/o:name", list(GALLEYS)),
        ("//o:submission_file/o:file/@filesize", [str(len(one)) for one in GALLEYS.values()]),
        ("//o:issue_identification/o:volume", ["7"]),
        ("//o:issue_identification/o:number", ["1"]),
        ("//o:issue_identification/o:year", ["2024"]),
        ("//o:pages", ["95-98"]),
    ],
)
def test_each_field_says_what_the_article_says(imported, path, words):
    assert said(imported, path) == words


def test_the_galleys_come_out_as_they_went_in(imported):
    held = [b64decode(text) for text in said(imported, "//o:embed[@encoding='base64']")]
    assert held == list(GALLEYS.values())


def test_the_references_are_as_printed(imported, deposited):
    assert said(imported, "//o:citation") == [one.text for one in deposited[0].references]


@pytest.mark.parametrize(("release", "locale"), [("3.3", "en_US"), ("3.4", "en")])
def test_older_releases_want_bare_words_and_an_address_of_each_author(deposited, release, locale):
    document, theme = deposited
    root = etree.fromstring(ojs.importable(document, installed(theme, release=release), GALLEYS))
    assert said(root, "/o:article/@locale") == [locale]
    assert said(root, "//o:keyword") == ["rivers", "beds & banks"]
    home = "Water, River University, Izmir, Türkiye; Lake House, Wales"
    assert said(root, "//o:author[1]/o:affiliation") == [home]
    assert said(root, "//o:author/o:email") == ["ruth@example.org"] * 3
    assert said(root, "//o:author/@user_group_ref") == ["Author"] * 3
    assert said(root, "//o:publication/@version") == ["1"]
    assert said(root, "//o:contributor_roles") == []


def test_a_theme_names_section_role_and_whether_it_goes_online_at_once(deposited, schema):
    document, theme = deposited
    root = etree.fromstring(ojs.importable(document, installed(theme, section="REV", published=True), GALLEYS))
    assert schema.validate(root), schema.error_log
    assert said(root, "//o:publication/@section_ref") == ["REV"]
    assert said(root, "//@status") == ["3", "3"]


def test_the_same_article_gives_the_same_bytes(deposited):
    assert ojs.importable(*deposited, GALLEYS) == ojs.importable(*deposited, GALLEYS)
