"""Preflight of the title page: check digits, dates, licences, addresses, marks left over, and what deposits need."""

from dataclasses import replace

import pytest

from galley import press
from galley.checks import preflight
from galley.checks.preflight.facts import issn_fits, orcid_fits, ror_fits
from galley.cli import main

HEAD = """---
title: Two Rivers
author: [{name: Ruth Ford, email: ruth@rivers.example}]
journal: {title: Journal of Rivers, eissn: 2049-3630}
keywords: [rivers]
abstract: Rivers move.
date: 2024-06-30
received: 2024-01-31
accepted: 2024-05-02
volume: 7
pages: 95-98
doi: 10.5555/rivers.7.95
license: CC BY 4.0
copyright: The Authors
url: https://rivers.example/7/95
---
"""
TEXT = "\n# Beds\n\nRivers change their beds.\n"


@pytest.fixture
def said(tmp_path):
    """What preflight says of a manuscript: (code, message) by its text, and the record."""

    def look(text, statements=()):
        (tmp_path / "article.md").write_text(text, "utf-8")
        document = press.settled(tmp_path)
        theme = press.themed(document)
        tokens = {**theme.tokens, "require": {"fields": ["title"], "statements": list(statements)}}
        return preflight.stated(document, replace(theme, tokens=tokens))

    return look


def findings(checked):
    return [finding for one in checked for finding in one.findings]


def test_a_full_title_page_passes(said):
    assert findings(said(HEAD + TEXT)) == []


@pytest.mark.parametrize("number", ["2049-3630", "0378-5955", "2434-561X", "2434561x"])
def test_an_issn_proves_itself(number):
    assert issn_fits(number)


@pytest.mark.parametrize("number", ["2049-3631", "2049-363", "0378-5959", "abcd-efgh", ""])
def test_a_mistyped_issn_does_not(number):
    assert not issn_fits(number)


@pytest.mark.parametrize("number", ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1694-233X"])
def test_an_orcid_proves_itself(number):
    assert orcid_fits(number)


@pytest.mark.parametrize("number", ["0000-0002-1825-0098", "0000-0000-0000-0000", "0000-0002-1694-2330", "1825-0097"])
def test_a_mistyped_orcid_does_not(number):
    assert not orcid_fits(number)


@pytest.mark.parametrize("number", ["https://ror.org/03yrm5c26", "05dxps055", "ror.org/03yrm5c26"])
def test_a_ror_proves_itself(number):
    assert ror_fits(number.replace("ror.org/", "https://ror.org/") if number.startswith("ror.org") else number)


@pytest.mark.parametrize("number", ["03yrm5c27", "https://ror.org/03yrm6c26", "3yrm5c26", "03yrml626"])
def test_a_mistyped_ror_does_not(number):
    assert not ror_fits(number)


FAULTS = [
    ("eissn: 2049-3630", "eissn: 2049-3631", "bad-issn"),
    ("email: ruth@rivers.example", "orcid: 0000-0002-1825-0098, email: r@rivers.example", "bad-orcid"),
    ("email: ruth@", "affiliation: {name: River University, ror: 03yrm5c27}, email: ruth@", "bad-ror"),
    ("ruth@rivers.example", "ruth at rivers", "bad-address"),
    ("url: https://rivers.example/7/95", "url: rivers", "bad-address"),
    ("accepted: 2024-05-02", "accepted: 2023-05-02", "date-order"),
    ("date: 2024-06-30", "date: 2024-04", "date-order"),
    ("license: CC BY 4.0", "license: CC BUY 4.0", "unknown-licence"),
    ("license: CC BY 4.0", "license: https://creativecommons.org/licenses/by/9.0/", "unknown-licence"),
    ("license: CC BY 4.0\n", "", "missing-fact"),
    ("doi: 10.5555/rivers.7.95\n", "", "missing-fact"),
    ("date: 2024-06-30\n", "", "missing-fact"),
    (", eissn: 2049-3630", "", "missing-fact"),
    ("url: https://rivers.example/7/95\n", "", "missing-fact"),
    ("pages: 95-98\n", "", "missing-fact"),
    ("author: [{name: Ruth Ford, email: ruth@rivers.example}]\n", "", "missing-fact"),
    ("abstract: Rivers move.\n", "", "wanted-fact"),
    ("keywords: [rivers]\n", "", "wanted-fact"),
    ("received: 2024-01-31\n", "", "wanted-fact"),
    ("copyright: The Authors\n", "", "wanted-fact"),
    ("Rivers change", "TODO: rivers change", "leftover-mark"),
    ("Rivers change", "Rivers (Figure ??) change", "leftover-mark"),
    ("Rivers change", "Rivers, as XXX says, change", "leftover-mark"),
    ("Rivers change", "Rivers (Table XX) change", "leftover-mark"),
    ("Rivers change", "Rivers {++often++} change", "leftover-mark"),
    ("abstract: Rivers move.", "abstract: Rivers move TBD.", "leftover-mark"),
]


@pytest.mark.parametrize(("sound", "faulty", "code"), FAULTS)
def test_each_fault_is_told_where_it_stands(said, sound, faulty, code):
    assert sound in HEAD + TEXT
    found = findings(said((HEAD + TEXT).replace(sound, faulty)))
    assert code in {one.code for one in found}
    first = next(one for one in found if one.code == code)
    assert "article.md" in str(first.place)


SOUND = [
    ("license: CC BY 4.0", "license: CC-BY-NC-ND 4.0"),
    ("license: CC BY 4.0", "license: CC0"),
    ("license: CC BY 4.0", "license: https://creativecommons.org/licenses/by-sa/4.0/"),
    ("license: CC BY 4.0", "license: Terms at https://rivers.example/terms"),
    ("date: 2024-06-30", "date: 2024"),
    ("date: 2024-06-30", "date: 2024-05"),
    ("Rivers change", "Why? Rivers, in the XX century, with XX and XY chromosomes, change! What?! Todo lists; XXth"),
    ("Rivers change", "`TODO` and `Figure ??` are written so; rivers change"),
    ("Rivers change", "$x = TODO$ rivers change"),
    ("Rivers change", "Write `{++so++}` and $x_{--}y^{--}$ where rivers change"),
    ("# Beds", "# Beds {--}"),
    ("email: ruth@rivers.example", "orcid: https://orcid.org/0000-0002-1694-233X, email: r@a-b.example.org"),
]


@pytest.mark.parametrize(("one", "other"), SOUND)
def test_what_is_in_order_is_not_told(said, one, other):
    assert one in HEAD + TEXT
    assert findings(said((HEAD + TEXT).replace(one, other))) == []


def test_a_statement_the_theme_requires_may_stand_in_the_front_matter_or_the_text(said):
    (missing,) = findings(said(HEAD + TEXT, ["funding"]))
    assert (missing.code, missing.hint) == ("missing-statement", "write funding: ...")
    assert findings(said(HEAD.replace("volume", "funding: None.\nvolume") + TEXT, ["funding"])) == []
    assert findings(said(HEAD + TEXT + "\n# Conflicts of Interest\n\nNone.\n", ["funding"])) != []
    assert findings(said(HEAD + TEXT + "\n# Funding\n\nNone.\n", ["funding"])) == []


def test_a_mark_is_told_at_each_of_its_places(said):
    found = findings(said(HEAD + TEXT + "\nTODO one.\n\nTODO two.\n"))
    assert [str(one.place).rpartition("article.md")[2] for one in found] == [":22:1", ":24:1"]


def test_a_build_of_the_pdf_warns_and_sets_its_pages(tmp_path, capsys):
    (tmp_path / "article.md").write_text((HEAD + TEXT).replace("email:", "orcid: 0000-0002-1825-0098, email:"), "utf-8")
    assert main(["pdf", str(tmp_path)]) == 0
    told = capsys.readouterr().err
    assert "warning[bad-orcid] '0000-0002-1825-0098' of Ruth Ford is no ORCID iD" in told
    assert "warning[page-range]" in told
    assert "missing-fact" not in told
    assert (tmp_path / "output" / "article.pdf").stat().st_size > 10_000


def test_a_picture_without_an_alternative_text_is_told_once(tmp_path, capsys):
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    (tmp_path / "article.md").write_text("---\ntitle: T\n---\n\n![Beds](a.svg)\n", "utf-8")
    assert main(["pdf", str(tmp_path), "--standard", "a-2b"]) == 0
    assert capsys.readouterr().err.count("alternative text") == 1
