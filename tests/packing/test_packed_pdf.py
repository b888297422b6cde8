"""What others than ourselves find in the packed PDF."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from packed_article import ROOT


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
