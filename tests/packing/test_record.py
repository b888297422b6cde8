"""The record of what was checked, as a page: valid, accessible in light and dark, no wider than a telephone."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from galley import press
from galley.checks.preflight import Checked
from galley.formats import preflightpage
from galley.report import ERROR, WARNING, Diagnostic

HEAD = """---
title: Flow < 3 & *rising*
date: 2024-06-30
doi: 10.5555/rivers
journal: {title: Journal of <Rivers>}
volume: 7
---

Text.
"""
BAD = Diagnostic(ERROR, "bad-issn", "article.md:3:1", "'<b>1</b>' is no ISSN", "write one & no other")
SMALL = Diagnostic(WARNING, "far-float", "", "a figure on page 9 is first named on page 3, 6 pages from it")
ROWS = (
    Checked("Front matter", "check digits", "1 ISSN", (BAD,)),
    Checked("Front matter", "dates in order", "received 2024-01-31 ≤ published 2024-06-30"),
    Checked("Pages", "figures near", "2 objects", (SMALL,)),
    Checked("Pages", "pictures", ""),
)


@pytest.fixture
def record(tmp_path):
    (tmp_path / "article.md").write_text(HEAD, "utf-8")
    document = press.settled(tmp_path)
    theme = press.themed(document)
    return replace(document, meta=replace(document.meta, journal=theme.journal(document.meta.journal))), theme


def test_data_tells_every_check_with_what_was_found(record):
    told = json.loads(preflightpage.data(record[0], ROWS, (), draft=False))
    assert told["counts"] == {"failed": 1, "remark": 1, "passed": 1, "nothing to check": 1}
    assert told["passed"] is False
    assert told["checks"][0]["findings"][0] == {
        "severity": "error",
        "code": "bad-issn",
        "place": "article.md:3:1",
        "message": "'<b>1</b>' is no ISSN",
        "hint": "write one & no other",
    }
    assert json.loads(preflightpage.data(record[0], ROWS[1:], (), draft=False))["passed"] is True
    assert json.loads(preflightpage.data(record[0], ROWS[1:], (BAD,), draft=False))["passed"] is False


def test_the_page_shows_them_and_nothing_of_an_author_is_markup(record):
    page = preflightpage.page(*record, ROWS, (), draft=False).decode()
    assert "Not fit to be deposited" in page
    assert "&#39;&lt;b&gt;1&lt;/b&gt;&#39; is no ISSN" in page
    assert "Journal of &lt;Rivers&gt;" in page
    assert "Draft" not in page
    assert "Fit to be deposited" in preflightpage.page(*record, ROWS[1:], (), draft=False).decode()
    assert "Draft, not for publication" in preflightpage.page(*record, ROWS, (BAD,), draft=True).decode()


def test_the_nu_checker_finds_no_error(record, tmp_path, need, need_npm):
    jar = need_npm("GALLEY_VNU", "vnu-jar", "build/dist/vnu.jar")
    page, bad = tmp_path / "preflight.html", tmp_path / "bad.html"
    page.write_bytes(preflightpage.page(*record, ROWS, (BAD,), draft=True))
    bad.write_bytes(page.read_bytes().replace(b"<main>", b"<main><p><div></p>"))
    command = [need("java"), "-jar", str(jar), "--format", "json", "--exit-zero-always", str(page), str(bad)]
    messages = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)["messages"]
    errors = {Path(one["url"]).name for one in messages if one["type"] == "error"}
    assert errors == {"bad.html"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_a_telephone_shows_it_whole(record, tmp_path, need, need_npm, scheme):
    sync: Any = pytest.importorskip("playwright.sync_api")
    axe, chromium = need_npm("GALLEY_AXE", "axe-core", "axe.min.js"), need("chromium")
    file = tmp_path / "preflight.html"
    file.write_bytes(preflightpage.page(*record, ROWS, (BAD,), draft=True))
    with sync.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": 390, "height": 800})
        page = context.new_page()
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.add_script_tag(path=str(axe))
        found = page.evaluate("axe.run()")
        assert [one["id"] for one in found["violations"]] == []
        page.evaluate("document.querySelector('h1').outerHTML = '<h1 style=\"color:#888;background:#999\">Words</h1>'")
        worse = page.evaluate("axe.run()")
        assert [one["id"] for one in worse["violations"]] == ["color-contrast"]
        browser.close()
