"""``camera-ready``: everything a publisher deposits, each file what it claims to be, the same bytes everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from base64 import b64decode, b64encode
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
from packed_article import NAMES, OJS, ROOT, project


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
