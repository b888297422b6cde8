"""Articles with faults: none is packed but as a draft, every file of which is marked as one."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from base64 import b64decode
from io import BytesIO
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from packed_article import MANUSCRIPT, NAMES, OJS, STEM, project

from galley import packing
from galley.cli import main
from galley.formats.drafting import INSTRUCTION, NOTICE


def test_a_fault_stops_the_packing_and_leaves_the_last_good_package(tmp_path, capsys):
    folder = project(tmp_path / "p")
    assert main(["camera-ready", str(folder)]) == 0
    good = {path: path.read_bytes() for path in (folder / "output").rglob("*") if path.is_file()}
    assert len(good) == len(NAMES) + 1
    article = folder / "manuscript" / "article.md"
    article.write_text(article.read_text("utf-8").replace("@roe2019", "@roe2020"), "utf-8")
    capsys.readouterr()
    assert main(["camera-ready", str(folder)]) == 1
    told = capsys.readouterr()
    assert "error[unresolved-citation]" in told.err
    assert "left as it was" in told.out
    now = {path: path.read_bytes() for path in (folder / "output").rglob("*") if path.is_file()}
    assert now == good
    assert sorted(one.name for one in (folder / "output").iterdir()) == ["camera-ready", "j-rivers-7-1-95.zip"]


def test_a_new_package_takes_the_place_of_the_old_whole(tmp_path):
    folder = project(tmp_path / "p")
    assert main(["camera-ready", str(folder)]) == 0
    (folder / "output" / "camera-ready" / "left over.txt").write_text("old")
    assert main(["camera-ready", str(folder)]) == 0
    files = [one for one in (folder / "output" / "camera-ready").rglob("*") if one.is_file()]
    assert len(files) == len(NAMES)


MISSING = [
    ("doi: 10.5555/rivers.7.95\n", "DOI", "doi: 10.1234/abcd"),
    (", eissn: 2049-3630", "ISSN", "eissn: 1234-5679"),
    ("license: CC BY 4.0\n", "licence", "license: CC BY 4.0"),
    ("date: 2024-06-30\n", "date of publication", "date: 2024-06-30"),
    ("pages: 95-96\n", "pages or an article number", "pages: 95-98"),
]


@pytest.mark.parametrize(("lost", "name", "hint"), MISSING, ids=[name for _, name, _ in MISSING])
def test_a_missing_fact_is_an_error_with_a_hint_and_nothing_is_written(tmp_path, capsys, lost, name, hint):
    assert lost in MANUSCRIPT
    folder = project(tmp_path / "p", MANUSCRIPT.replace(lost, ""))
    assert main(["camera-ready", str(folder), "--format", "json"]) == 1
    (told,) = [one for one in json.loads(capsys.readouterr().out) if one["code"] == "missing-fact"]
    assert name in told["message"]
    assert hint in told["hint"]
    assert told["file"].endswith("article.md")
    assert not (folder / "output").exists()


def test_a_picture_without_its_words_is_told_once_and_at_its_line(tmp_path, capsys):
    """The PDF is refused for the same reason: that is not said again, without a line."""
    bare = MANUSCRIPT.replace('alt="A line that falls" ', "")
    folder = project(tmp_path / "p", bare)
    line = 1 + bare[: bare.index("![Flow")].count("\n")
    assert main(["camera-ready", str(folder), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [(one["code"], one["line"]) for one in told if one["severity"] == "error"] == [("missing-alt", line)]


@pytest.mark.parametrize(
    ("there", "instead", "field"),
    [
        ("url: https://rivers.example/7/95", "url: rivers dot example", "url"),
        ("doi: 10.5555/rivers.7.95", "waive: []", "doi"),
        ("eissn: 2049-3630, ", "", "journal.issn"),
    ],
)
def test_what_crossref_refuses_stands_on_the_record(tmp_path, there, instead, field):
    assert there in MANUSCRIPT
    made = packing.packed(project(tmp_path / "p", MANUSCRIPT.replace(there, instead)))
    (row,) = [one for one in made.checked if one.name == "all that registries insist on"]
    assert [one.message for one in row.findings if one.message.startswith("Crossref")] == [
        f"Crossref refuses the article without {field.replace('.', ': ')}"
    ]
    assert row.state == "failed"
    assert made.faulty


@pytest.fixture(scope="module")
def draft(tmp_path_factory) -> dict[str, bytes]:
    """A draft of an article with faults, beside a package that has none."""
    folder = project(tmp_path_factory.mktemp("draft") / "p")
    assert main(["camera-ready", str(folder)]) == 0
    faulty = (
        MANUSCRIPT.replace("@roe2019", "@roe2020")
        .replace(', alt="A bed"', "")
        .replace("doi: 10.5555/rivers.7.95\n", "")
    )
    (folder / "manuscript" / "article.md").write_text(faulty + "Rivers move. " * 150, "utf-8")
    assert main(["camera-ready", str(folder), "--draft"]) == 1
    assert (folder / "output" / "camera-ready" / "j-rivers-7-1-95.pdf").exists(), "the good one stays"
    assert (folder / "output" / "j-rivers-7-1-95-draft.zip").exists()
    there = folder / "output" / "camera-ready-draft"
    return {one.relative_to(there).as_posix(): one.read_bytes() for one in there.rglob("*") if one.is_file()}


def test_every_file_of_a_draft_is_named_as_one(draft):
    wanted = [name if name == "manifest.json" else re.sub(r"(\.\w+)$", r"-draft\1", name) for name in NAMES]
    assert sorted(draft) == sorted(wanted)
    assert json.loads(draft["manifest.json"])["draft"] is True


def test_every_file_of_a_draft_says_so_where_its_kind_can(draft, need, tmp_path):
    for name, content in draft.items():
        match name.rpartition(".")[2]:
            case "xml":
                assert f"<?{INSTRUCTION}" in content.decode()
                ET.fromstring(content)
            case "html" | "bib" | "ris" | "txt":
                assert NOTICE in content.decode()
            case "docx" | "epub":
                with zipfile.ZipFile(BytesIO(content)) as book:
                    assert book.testzip() is None
                    texts = [book.read(one) for one in book.namelist() if one.endswith(("document.xml", ".xhtml"))]
                assert any(NOTICE.encode() in text for text in texts)
    pages = tmp_path / "draft.pdf"
    pages.write_bytes(draft["j-rivers-7-1-95-draft.pdf"])
    text = subprocess.run([need("pdftotext"), str(pages), "-"], capture_output=True, check=True, text=True).stdout
    assert text.count(NOTICE) == text.count("\f") > 0


def test_what_is_inside_another_file_of_a_draft_is_marked_too(draft):
    root = ET.fromstring(draft[f"{STEM}-ojs-draft.xml"])
    held = {b64decode(one.text or "") for one in root.iter(f"{OJS}embed")}
    assert held == {draft[f"{STEM}-draft.{suffix}"] for suffix in ("pdf", "html", "xml", "epub")}
    with pikepdf.open(BytesIO(draft[f"{STEM}-draft.pdf"])) as book:
        inside = {name: one.get_file().read_bytes() for name, one in book.attachments.items()}
    assert inside == {"article.xml": draft[f"{STEM}-draft.xml"], "references.bib": draft["references-draft.bib"]}


def test_the_epub_of_a_draft_still_begins_as_one(draft):
    with zipfile.ZipFile(BytesIO(draft["j-rivers-7-1-95-draft.epub"])) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_a_file_that_is_no_draft_bears_no_mark(packed):
    for name, content in packed.files.items():
        if name.rpartition(".")[2] in ("xml", "html", "bib", "ris", "txt"):
            assert NOTICE not in content.decode()
            assert INSTRUCTION not in content.decode()
