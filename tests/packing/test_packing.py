"""``camera-ready``: everything a publisher deposits, each file what it claims to be, the same bytes everywhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from base64 import b64decode, b64encode
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from PIL import Image

from galley import packing
from galley.cli import main
from galley.formats.drafting import INSTRUCTION, NOTICE

ROOT = Path(__file__).parents[2]
OJS = "{http://pkp.sfu.ca}"
MANUSCRIPT = """---
title: Two *Rivers*
author:
  - {name: {given: Ruth, family: Ford}, orcid: 0000-0002-1825-0097, email: ruth@rivers.example}
journal: {title: Journal of Rivers, abbreviation: J. Rivers, eissn: 2049-3630, publisher: River Press}
keywords: [rivers, beds]
abstract: Rivers move.
lang: en-GB
volume: 7
issue: 1
pages: 95-96
doi: 10.5555/rivers.7.95
date: 2024-06-30
license: CC BY 4.0
url: https://rivers.example/7/95
bibliography: references.bib
funding: None.
conflict-of-interest: None.
---

# Beds

See [Figure @fig:flow] [@roe2019], and [@poe2020]. $q = vd$.

![Flow at the gauge](pics/Gauge 1.PNG){#fig:flow alt="A line that falls" width=2mm}

![](pics/bare.png){alt="A bed" width=2mm}

# Banks

"""
BIBLIOGRAPHY = """@book{roe2019, author = {Roe, Al}, title = {A Book}, publisher = {Press}, year = 2019}
@article{poe2020, author = {Poe, E.}, title = {Beds}, journal = {Water}, volume = 3, pages = {1--9}, year = 2020,
  doi = {10.5555/poe}}
"""


def picture() -> bytes:
    made = BytesIO()
    Image.new("L", (40, 20), 128).save(made, "PNG")
    return made.getvalue()


def project(folder: Path, manuscript: str = MANUSCRIPT) -> Path:
    (folder / "manuscript").mkdir(parents=True)
    (folder / "pics").mkdir()
    for name in ("Gauge 1.PNG", "bare.png"):
        (folder / "pics" / name).write_bytes(picture())
    (folder / "manuscript" / "article.md").write_text(manuscript + "\n\n".join(["Rivers move. " * 130] * 2), "utf-8")
    (folder / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    return folder


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> packing.Package:
    return packing.packed(project(tmp_path_factory.mktemp("rivers") / "p"))


STEM = "j-rivers-7-1-95"
NAMES = [
    *(f"figures/{STEM}-{name}" for name in ("fig1.png", "figx1.png")),
    *(f"{STEM}-{name}" for name in ("citation.bib", "citation.ris", "citation.txt")),
    *(f"{STEM}-{name}" for name in ("crossref.xml", "doaj.xml", "ojs.xml")),
    *(f"{STEM}.{suffix}" for suffix in ("docx", "epub", "html", "pdf", "xml")),
    *("manifest.json", "preflight.html", "preflight.json", "references.bib", "references.json"),
]


def test_everything_is_there_under_the_publisher_s_names(packed):
    assert sorted(packed.files) == sorted(NAMES)
    assert not packed.faulty
    assert all(packed.files.values()), "no file is empty"


def test_the_manifest_has_every_file_with_its_sum_and_the_zip_holds_them_all(packed):
    told = json.loads(packed.files["manifest.json"])
    assert told["draft"] is False
    assert told["article"]["doi"] == "10.5555/rivers.7.95"
    rows = {row["name"]: row for row in told["files"]}
    assert sorted(rows) == sorted(set(NAMES) - {"manifest.json"})
    for name, row in rows.items():
        content = packed.files[name]
        assert (row["size"], row["sha256"]) == (len(content), sha256(content).hexdigest())
        assert "/" in row["media-type"]
        assert row["media-type"] != "application/octet-stream"
        assert row["what"]
    with zipfile.ZipFile(BytesIO(packed.zip)) as whole:
        inside = {name.removeprefix("j-rivers-7-1-95/"): whole.read(name) for name in whole.namelist()}
        assert inside == dict(packed.files)
        assert whole.namelist() == sorted(whole.namelist())
        assert {one.date_time for one in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_pdf_carries_jats_and_bibliography(packed):
    with pikepdf.open(BytesIO(packed.files["j-rivers-7-1-95.pdf"])) as book:
        held = {name: one.get_file().read_bytes() for name, one in book.attachments.items()}
        assert held == {
            "article.xml": packed.files["j-rivers-7-1-95.xml"],
            "references.bib": packed.files["references.bib"],
        }
        marks = book.open_metadata()
        assert (marks["pdfaid:part"], marks["pdfaid:conformance"], marks["pdfuaid:part"]) == ("3", "A", "1")


def test_the_jats_names_pictures_that_are_delivered(packed):
    root = ET.fromstring(packed.files["j-rivers-7-1-95.xml"])
    href = "{http://www.w3.org/1999/xlink}href"
    named = {one.get(href) for one in root.iter() if one.tag in ("graphic", "inline-graphic")}
    assert named == {name for name in packed.files if name.startswith("figures/")}


def test_the_import_for_the_platform_holds_the_galleys_themselves(packed):
    root = ET.fromstring(packed.files["j-rivers-7-1-95-ojs.xml"])
    held = {b64decode(one.text or "") for one in root.iter(f"{OJS}embed")}
    galleys = {packed.files[f"j-rivers-7-1-95.{suffix}"] for suffix in ("pdf", "html", "xml", "epub")}
    assert held == galleys


def test_the_references_are_given_twice_and_the_article_itself_three_times(packed):
    assert [one["id"] for one in json.loads(packed.files["references.json"])] == ["poe2020", "roe2019"]
    assert packed.files["references.bib"].count(b"\n@") + packed.files["references.bib"].startswith(b"@") == 2
    apa = packed.files["j-rivers-7-1-95-citation.txt"].decode()
    assert apa.startswith("Ford, R. (2024). Two ")
    assert apa.endswith("https://doi.org/10.5555/rivers.7.95\n")
    assert b"TY  - JOUR" in packed.files["j-rivers-7-1-95-citation.ris"]
    assert packed.files["j-rivers-7-1-95-citation.bib"].startswith(b"@article{")


def test_the_record_shows_each_check_with_its_figures(packed):
    told = json.loads(packed.files["preflight.json"])
    assert told["passed"] is True
    assert told["counts"]["failed"] == 0
    assert len(told["checks"]) == sum(told["counts"].values()) > 20
    pdf = next(one for one in told["checks"] if one["name"] == "sources ride in the PDF")
    assert pdf["found"].startswith("article.xml of ")
    html = packed.files["preflight.html"].decode()
    assert "Fit to be deposited" in html
    assert all(f">{one['name']}<" in html.replace("&#39;", "'") for one in told["checks"])


# -- faults and drafts --------------------------------------------------------------------------------


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


# -- the same everywhere ------------------------------------------------------------------------------


def test_two_clones_at_two_paths_in_two_time_zones_are_byte_for_byte_the_same(tmp_path):
    one, other = tmp_path / "a" / "clone", tmp_path / "b c" / "deeper" / "other"
    for folder in (one, other):
        project(folder)
    run(one, ["camera-ready"], one, "Asia/Tokyo", "C.UTF-8")
    run(tmp_path, ["camera-ready", str(other)], tmp_path / "x", "America/Lima", "C")
    first, second = (
        {p.relative_to(f): p.read_bytes() for p in (f / "output").rglob("*") if p.is_file()} for f in (one, other)
    )
    assert len(first) == len(NAMES) + 1
    assert sorted(first) == sorted(second)
    assert [str(name) for name in first if first[name] != second[name]] == []
    everything = b"".join(first.values())
    for path in (str(tmp_path), str(ROOT)):
        assert path.encode() not in everything, "no path of a machine"
        assert b64encode(path.encode())[:-4] not in everything


def run(folder: Path, arguments: list[str], cache: Path, zone: str, locale: str) -> None:
    env = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT), "GALLEY_CACHE": str(cache / ".cache")}
    command = [sys.executable, "-m", "galley", *arguments]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# -- the reference validator --------------------------------------------------------------------------


def test_the_packed_pdf_is_pdf_a_3a_and_pdf_ua_1(packed, tmp_path, need):
    folder = os.environ.get("GALLEY_VERAPDF", "")
    if not folder:
        required = os.environ.get("GALLEY_REQUIRE_TOOLS") == "1"
        (pytest.fail if required else pytest.skip)("veraPDF is not here: set GALLEY_VERAPDF to the folder of its jars")
    file, loose = tmp_path / "article.pdf", tmp_path / "loose.pdf"
    file.write_bytes(packed.files["j-rivers-7-1-95.pdf"])
    with pikepdf.open(file) as book:
        del book.Root["/AF"]  # the control: attachments that belong to nothing
        book.save(loose)
    source = ROOT / "tests" / "formats" / "Conforms.java"
    command = [need("java"), "-Dflavours=3a,ua1", "-cp", f"{folder}/*", str(source), str(file), str(loose)]
    lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    assert lines[:2] == ["3a conforms", "ua1 conforms"]
    assert lines[2].startswith("3a fails [6.8")


def test_qpdf_finds_nothing_wrong(packed, tmp_path, need):
    file = tmp_path / "article.pdf"
    file.write_bytes(packed.files["j-rivers-7-1-95.pdf"])
    done = subprocess.run([need("qpdf"), "--check", str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, "No syntax or stream encoding errors" in done.stdout) == (0, True)
    shutil.copy(file, tmp_path / "cut.pdf")
    (tmp_path / "cut.pdf").write_bytes(file.read_bytes()[:-3000])
    assert subprocess.run(
        [need("qpdf"), "--check", str(tmp_path / "cut.pdf")], capture_output=True, check=False
    ).returncode


def spoilt(content: bytes, change) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as book:
        change(book)
        book.save(out)
    return out.getvalue()


def untagged(book: pikepdf.Pdf) -> None:
    del book.Root["/StructTreeRoot"]


def without_fonts(book: pikepdf.Pdf) -> None:
    for one in book.objects:
        if isinstance(one, pikepdf.Dictionary) and "/FontFile3" in one:
            del one["/FontFile3"]


def test_a_second_opinion_on_access_finds_no_error(packed, tmp_path, need_package):
    folder = need_package("GALLEY_OUTLOUD", "outloud==0.2.1", "outloud/cli.py").parents[1]
    whole = packed.files["j-rivers-7-1-95.pdf"]
    (tmp_path / "article.pdf").write_bytes(whole)
    (tmp_path / "untagged.pdf").write_bytes(spoilt(whole, untagged))
    command = [sys.executable, "-c", "from outloud.cli import main; main()", "--json", str(tmp_path / "said.json")]
    env = {**os.environ, "PYTHONPATH": str(folder)}
    names = [str(tmp_path / name) for name in ("article.pdf", "untagged.pdf")]
    done = subprocess.run([*command, *names], env=env, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    files = {Path(one["path"]).name: one for one in json.loads((tmp_path / "said.json").read_text())["results"]}
    assert [one for one in files["article.pdf"]["findings"] if one["severity"] == "error"] == []
    assert files["untagged.pdf"]["verdict"] == "fail"


def test_every_font_is_embedded_subset_and_can_be_copied_from(packed, tmp_path, need):
    whole = packed.files["j-rivers-7-1-95.pdf"]
    (tmp_path / "article.pdf").write_bytes(whole)
    (tmp_path / "loose.pdf").write_bytes(spoilt(whole, without_fonts))

    def fonts(name: str) -> list[list[str]]:
        done = subprocess.run([need("pdffonts"), str(tmp_path / name)], capture_output=True, text=True, check=True)
        return [row.split()[-5:-2] for row in done.stdout.splitlines()[2:]]

    assert len(fonts("article.pdf")) >= 2
    assert {tuple(row) for row in fonts("article.pdf")} == {("yes", "yes", "yes")}
    assert "no" in {row[0] for row in fonts("loose.pdf")}
