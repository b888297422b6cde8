"""The article it all began with, built from the typed original: four pages, 95 to 98, and its ten references.

The original lies beside the repository, not in it; where it is absent these tests skip.
"""

import json
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from galley import press
from galley.report import ERROR

ORIGINAL = Path(__file__).parent.parent.parent / "shared" / "papers" / "njips-162"
pytestmark = pytest.mark.skipif(not ORIGINAL.exists(), reason="../shared/papers/njips-162 is not here")

CORRECTIONS: dict[str, tuple[str, str]] = {}
"""Key -> what the author typed, what APA 7 asks for; empty: every reference prints in the author's words."""
ORDER = "2022 UN Afghanistan Annual Results Report"
"""APA 7 §9.49 files a numeral as if it were spelled out; the author put this entry first."""
PERIODICALS = {"Afghanistan Analysts Network", "TOLO News", "The Soufan Center", "Long War Journal", "Al-Jazeera"}
"""Sources that the author set in italics, as one sets a periodical."""


def truth():
    return json.loads((ORIGINAL / "truth.json").read_text("utf-8"))


def entry(key, fields):
    report = fields["kind"].startswith("report")
    periodical = fields["container"] in PERIODICALS
    kind = "report" if report else "article" if periodical else "online"
    where = "publisher" if report else "journaltitle" if periodical else "organization"
    title = fields["title"].replace("&", r"\&")
    rows = [
        f"title = {{{{{title}}}}}",
        f"{where} = {{{{{fields['container']}}}}}",
        f"date = {{{fields['date']}}}",
        f"url = {{{fields['url']}}}",
        "entrysubtype = {nonacademic}",
    ]
    if fields["authors"]:
        rows.append(f"author = {{{' and '.join(fields['authors'])}}}")
    if title[0].isdigit():
        rows.append("sorttitle = {Two thousand twenty-two}")
    return f"@{kind}{{{key},\n  " + ",\n  ".join(rows) + ",\n}\n"


def keyed(known):
    """The typed article as a keyed manuscript: its words, with a key for each citation."""
    text = (ORIGINAL / "typed.md").read_text("utf-8")
    note = re.search(r"^<sup>1</sup> (.+?)  \n", text, re.MULTILINE)[1]
    mail = re.search(r"\(mailto:([^)]+)\)", text)[1]
    conflict = re.search(r"\*\*Conflict of Interest:\*\* (.+)", text)[1]
    funding = re.search(r"\*\*Funding:\*\* (.+)", text)[1]
    body = text[text.index("### Introduction") : text.index("**Conflict of Interest:**")]
    body = re.sub(r"^---\n+<sup>1</sup>.+\n.+\n", "", body, flags=re.MULTILINE)
    body = body.replace("Salahuddin,\n\nAzzam", "Salahuddin, Azzam")
    body = re.sub(r"^### \**(.+?)\**$", r"# \1", body, flags=re.MULTILINE)
    for citation in known["citations"]:
        assert citation["typed"] in body
        body = body.replace(citation["typed"], f"[@{citation['keys'][0]}]")
    front = {
        "title": known["title"],
        "author": [{"name": re.search(r"\\\*(.+?)<sup>", text)[1], "email": mail, "note": note}],
        "volume": 7, "issue": 1, "pages": "95-98", "date": "2024", "doi": known["doi"], "theme": "njips",
        "conflict-of-interest": conflict, "funding": funding, "lang": "en-US",
        "short-title": "Al-Qaeda and the Second Taliban Regime",
    }  # fmt: skip
    return f"---\n{json.dumps(front)}\n---\n\n{body}"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("njips")
    known = truth()
    (folder / "article.md").write_text(keyed(known), "utf-8")
    (folder / "references.bib").write_text("".join(entry(*item) for item in known["fields"].items()), "utf-8")
    return folder


@pytest.fixture(scope="module")
def document(project):
    return press.settled(project)


@pytest.fixture(scope="module")
def pdf(document, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "article.pdf"
    path.write_bytes(press.press(document, press.themed(document), "pdf").content)
    return path


def plain(text):
    """Quotation marks, dashes and spaces made alike."""
    text = re.sub(r"[‘’]", "'", re.sub(r"[“”]", '"', text)).replace("\u200b", "")
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def test_it_has_no_fault(document):
    found = press.checked(document, press.themed(document))
    assert [one for one in found if one.severity is ERROR] == []


def test_four_pages_95_to_98(pdf):
    with pikepdf.open(pdf) as book:
        assert len(book.pages) == 4
        assert [page.label for page in book.pages] == ["95", "96", "97", "98"]


def test_every_reference_is_printed_as_typed_or_corrected(document):
    known = truth()["references"]
    typed = {
        key: plain(re.sub(r"[*<>]", "", item["typed"] if isinstance(item, dict) else item))
        for key, item in known.items()
    }
    printed = {reference.key: plain(reference.text) for reference in document.references}
    assert len(printed) == 10
    for key, text in typed.items():
        assert printed[key] == CORRECTIONS.get(key, (text, text))[1]


def test_the_list_is_in_the_order_of_the_manual(document):
    texts = [reference.text for reference in document.references]
    rest = [text for text in texts if not text.startswith(ORDER)]
    assert rest == sorted(rest, key=lambda text: re.sub(r"[^a-z ]", "", text.lower()))
    assert texts[-1].startswith(ORDER), "Two thousand ... stands after Thirteenth"


@pytest.mark.parametrize(
    "words",
    [
        "(Siddiqui & Ibrahim, 2021)",
        "(Roggio, 2023)",
        "(Bass, 2020)",
        "(Hamid, 2019)",
        "(Liptak et al., 2022)",
        "(Roggio & Weiss, 2023)",
        "(Harmouch, 2022)",
        "(2022 UN Afghanistan Annual Results Report, 2023)",
    ],
)
def test_a_citation_is_printed(document, words):
    from galley.pandoc import plain as words_of

    assert words in plain(words_of(document.blocks))


def test_the_pages_hold_all_that_the_journal_shows(pdf, need):
    text = plain(subprocess.run([need("pdftotext"), str(pdf), "-"], capture_output=True, check=True).stdout.decode())
    for words in (
        "NUST Journal of International Peace & Stability",
        "njips.nust.edu.pk",
        "https://doi.org/10.37540/njips.v7i1.162",
        "Al-Qaeda Amidst the Second Afghan Taliban Regime",
        "Farhan Zahid",
        "Conflict of Interest: The authors declare no conflict of interest.",
        "Funding: This research received no external funding.",
    ):
        assert words in text, words
