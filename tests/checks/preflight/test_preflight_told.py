"""All that preflight says of each fault, word by word: pages under ``told``; GALLEY_ACCEPT=1 writes them anew."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import test_preflight_facts as title_pages
import test_preflight_pdf as pdfs

from galley import press
from galley.checks import preflight
from galley.span import Span

TOLD = Path(__file__).parent / "told"
AUTHORS = """author:
  - {name: Ruth Ford, email: ruth@rivers, url: rivers, orcid: 0000-0002-1825-0098}
  - {name: Olu Lake, orcid: 0000-0002-1825-0097, url: lake.example/olu}
funders: [{name: Water Fund, id: "https://ror.org/03yrm5c27"}, {name: Bed Fund, id: "https://ror.org/03yrm5c26"}]
affiliations: [{id: a, name: River University, ror: 03yrm5c27}]
"""
WHOLE = title_pages.HEAD + title_pages.TEXT
FORD = "author: [{name: Ruth Ford, email: ruth@rivers.example}]\n"
CHANGES = (
    *((one, other) for one, other, _ in title_pages.FAULTS),
    (FORD, AUTHORS),
    ("eissn: 2049-3630", "issn: 2049-363, eissn: 0378-5955, url: rivers"),
    ("accepted: 2024-05-02", "revised: 2024-03-01\naccepted: 2024-05-02"),
    ("accepted: 2024-05-02", "revised: 2024-01-30\naccepted: 2024-01-31"),
    ("url: https://rivers.example/7/95", "url: rivers.example/7\npdf-url: ftp://rivers.example/7.pdf"),
    ("pages: 95-98", "article-number: e12"),
    ("accepted: 2024-05-02\n", ""),
    ("title: Journal of Rivers, ", ""),
    ("license: CC BY 4.0", "license: CC0 1.0"),
    ("license: CC BY 4.0", "license: https://creativecommons.org/publicdomain/zero/1.0/deed.en"),
    ("license: CC BY 4.0", "license: See the terms"),
    ("abstract: Rivers move.", "abstract: Rivers ?? move in 20XX."),
    ("Rivers change", "Lorem ipsum; in 19XX, on p. X and n = XX, 5 of XX %, todo, tbd; rivers TK TK"),
    ("# Beds", "# Beds FIXME\n\n[TODO is a note]{.note}\n\n```\nTODO {++x++}\n```"),
    ("Rivers change", "Rivers {--do--} {~~so~>not~~} {>>why<<} {==here==} change"),
)


def told(checked, folder):
    """What a check says, and what it looked through where it has nothing to say."""
    rows = []
    for one in checked:
        what = re.sub(r"[\d,]+ kB", "N kB", one.what)
        rows.append(f"{one.state}: {one.group} / {one.name}" + (f": {what}" if what else ""))
        for finding in one.findings:
            place = finding.place
            where = f"{place.line}:{place.column}" if isinstance(place, Span) else str(place).replace(str(folder), "")
            rows.append(f"    {where or '-'} {finding.severity.value} {finding.code}: {finding.message}")
            rows += [f"        do: {finding.hint}"] if finding.hint else []
    return rows


def test_what_is_said_of_title_pages(tmp_path, golden):
    (tmp_path / "article.md").write_text(WHOLE, "utf-8")
    sound = told(_stated(tmp_path), tmp_path)
    rows = ["A sound title page", *sound]
    for one, other in CHANGES:
        assert one in WHOLE
        (tmp_path / "article.md").write_text(WHOLE.replace(one, other), "utf-8")
        changed = [row for row in told(_stated(tmp_path), tmp_path) if row not in sound]
        rows += ["", f"{one.strip()} -> {other.strip() or 'nothing'}", *(changed or ["nothing changes"])]
    golden(TOLD / "title-pages.txt", "\n".join(rows) + "\n")


def _stated(folder, asked=()):
    document = press.settled(folder)
    theme = press.themed(document)
    return preflight.stated(document, replace(theme, tokens={**theme.tokens, "require": {"statements": list(asked)}}))


def test_what_is_said_of_statements(tmp_path, golden):
    rows = []
    for more in ("", "\n# Funding\n\nNone.\n", "\n# Conflict of Interests\n\nNone.\n"):
        (tmp_path / "article.md").write_text(WHOLE + more, "utf-8")
        rows += [more.strip() or "none", *told(_stated(tmp_path, ("funding", "ethics", "thanks"))[-1:], tmp_path), ""]
    golden(TOLD / "statements.txt", "\n".join(rows).rstrip() + "\n")


def test_what_registries_refuse(tmp_path, golden):
    (tmp_path / "article.md").write_text(WHOLE, "utf-8")
    document = press.settled(tmp_path)
    lacking = {"Crossref": ["url", "journal.issn"], "DOAJ": ["abstract"], "OAI": []}
    bad = preflight.well_formed({"a.xml": b"<a/>", "b.xml": b"<a><b></a>"})
    rows = told([preflight.refused(document, lacking), preflight.refused(document, {}), bad], tmp_path)
    golden(TOLD / "registries.txt", "\n".join(rows) + "\n")


def test_what_is_said_of_a_sound_pdf(article, golden):
    document, theme, content = article
    files = [preflight.attached(content, ["article.xml", "data.csv"]), preflight.attached(b"", ["article.xml"])]
    rows = told([*preflight.full(content, document, theme), *files], "")
    golden(TOLD / "sound.txt", "\n".join(rows) + "\n")


@pytest.mark.parametrize("fault", pdfs.FAULTS, ids=lambda one: one.__name__)
def test_what_is_said_of_a_fault(article, fault, golden):
    document, theme, content = article
    checked = preflight.full(pdfs.made(content, fault), document, theme)
    rows = told([one for one in checked if one.state != "passed"], "")
    golden(TOLD / f"{fault.__name__}.txt", "\n".join(rows) + "\n")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\nstartxref\n9\n%%EOF"])
def test_what_is_said_of_no_pdf(article, content, golden):
    document, theme, _ = article
    golden(
        TOLD / f"no-pdf-{len(content)}.txt", "\n".join(told(preflight.full(content, document, theme)[-1:], "")) + "\n"
    )
