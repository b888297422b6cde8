"""A build says which citations are typed by hand beside those with keys."""

from __future__ import annotations

import json

import pytest

from galley.cli import main

HEAD = "---\ntitle: Rivers\nbibliography: references.bib\n{}---\n\n"
BIB = "@book{roe2002, author = {Roe, Al}, title = {Rivers}, publisher = {Press}, year = 2002}\n"


def told(folder, capsys, text: str, head: str = "") -> list[tuple[str, int, int]]:
    (folder / "article.md").write_text(HEAD.format(head) + text + "\n", "utf-8")
    (folder / "references.bib").write_text(BIB, "utf-8")
    main(["html", str(folder), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    return [
        (one["message"].split("'")[1], one["line"], one["column"]) for one in found if one["code"] == "typed-citation"
    ]


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("Rivers rise (Ghost & Co, 2001), as @roe2002 says.", "(Ghost & Co, 2001)"),
        ("Rivers rise, as Ghost (2001) and @roe2002 say.", "Ghost (2001)"),
        ("Rivers rise [@roe2002], and rain (see Lake & Ford, 1999, p. 3) falls.", "(see Lake & Ford, 1999, p. 3)"),
    ],
)
def test_a_citation_typed_among_keys_is_told_at_its_place(tmp_path, capsys, text, citation):
    assert told(tmp_path, capsys, text) == [(citation, 6, text.index(citation) + 1)]


@pytest.mark.parametrize(
    "text", ["Rivers rose (May, 1999, was wet) [@roe2002].", "He (1996-2001) and @roe2002 (p. 3) said so."]
)
def test_other_parentheses_are_none(tmp_path, capsys, text):
    assert told(tmp_path, capsys, text) == []


def test_camera_ready_tells_of_it_too(tmp_path, capsys):
    told(tmp_path, capsys, "Rivers rise (Ghost & Co, 2001), as @roe2002 says.")
    assert main(["camera-ready", str(tmp_path), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["line"] for one in found if one["code"] == "typed-citation"] == [6]


def test_one_that_is_meant_is_waived_on_record(tmp_path, capsys):
    head = "waive: [{check: C32, text: Ghost, reason: a firm}]\n"
    assert told(tmp_path, capsys, "Rivers rise (Ghost & Co, 2001), as @roe2002 says.", head) == []
