"""Folders of any name, any locale, time zone and line ends: the same article, or a word on what to do."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from galley.cli import main
from galley.filenames import RESERVED, free
from galley.reading import issuefile

ROOT = Path(__file__).parents[2]
ARTICLE = """---
title: Rivers — été, straße, İstanbul
author: Zoë Åström
---

# Methods {#sec-one}

As @müller2020 says: “naïve” ﬁsh swim. See @fig-one.

![The flow – by day.](figures/débit.svg){#fig-one alt="A line that rises"}
"""
BIB = "@book{müller2020, author={Müller, Ilse}, title={Título I}, publisher={Iğdır Press}, year=2020}\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><path d="M5 5L80 50" stroke="#000"/></svg>\n'
OUTPUTS = ("article.docx", "article.html", "article.pdf")


def make(folder: Path) -> Path:
    (folder / "manuscript").mkdir(parents=True)
    (folder / "figures").mkdir()
    (folder / "manuscript" / "article.md").write_text(ARTICLE, "utf-8", newline="\n")
    (folder / "references.bib").write_text(BIB, "utf-8", newline="\n")
    (folder / "figures" / "débit.svg").write_text(DRAWING, "utf-8", newline="\n")
    return folder


def pages(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in OUTPUTS}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The article's pages, set where nothing is odd."""
    folder = make(tmp_path_factory.mktemp("plain") / "paper")
    assert main(["all", str(folder)]) == 0
    return pages(folder / "output")


@pytest.mark.parametrize(
    "name",
    [
        "with spaces  and two",
        "été – Straße – 日本語",
        unicodedata.normalize("NFD", "été"),
        "a 🦜 parrot",
        "quote ' double and $HOME `x` %PATH% & ; #",
        "{braces} [brackets] (round)",
        "-leading-dash",
        "x" * 200 + "/" + "y" * 200,
    ],
    ids=["spaces", "accents", "accents apart", "emoji", "shell", "brackets", "dash", "long"],
)
def test_a_folder_may_have_any_name(tmp_path, name, plain):
    folder = make(tmp_path / name)
    assert main(["all", str(folder)]) == 0
    assert pages(folder / "output") == plain


@pytest.mark.parametrize(
    "surroundings",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Adak", "PYTHONHASHSEED": "7"},
    ],
    ids=["C", "Windows' letters", "Turkish, a day ahead", "a day behind"],
)
def test_locale_and_time_zone_change_nothing(tmp_path, surroundings, plain):
    folder = make(tmp_path / "Ağrı – 🦜")
    run = subprocess.run(
        [sys.executable, "-m", "galley", "all", str(folder)],
        env={**{k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}, **surroundings},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert pages(folder / "output") == plain


@pytest.mark.parametrize("surroundings", [{"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii"}])
def test_a_fault_is_told_where_the_terminal_lacks_its_letters(tmp_path, surroundings):
    folder = make(tmp_path / "Ağrı 🦜")
    (folder / "references.bib").write_text(BIB.replace("müller", "möller"), "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "galley", "check", str(folder)],
        env={**os.environ, **surroundings},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    assert b"unresolved-citation" in run.stdout + run.stderr
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["Windows", "old Macintosh"])
def test_line_ends_change_nothing(tmp_path, end, plain):
    folder = make(tmp_path / "paper")
    for path in (folder / "manuscript" / "article.md", folder / "references.bib"):
        path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    assert main(["all", str(folder)]) == 0
    assert pages(folder / "output") == plain


def test_a_picture_whose_name_has_its_accents_apart_is_told_as_such(tmp_path, capsys):
    folder = make(tmp_path / "paper")
    picture = folder / "figures" / "débit.svg"
    apart = picture.with_name(unicodedata.normalize("NFD", picture.name))
    picture.rename(apart)
    if picture.exists():
        pytest.skip("this file system takes both for one")
    assert main(["check", str(folder)]) == 1
    assert "accents apart" in capsys.readouterr().out


def test_a_picture_whose_name_has_other_capitals_is_named(tmp_path, capsys):
    folder = make(tmp_path / "paper")
    (folder / "figures" / "débit.svg").rename(folder / "figures" / "DÉBIT.SVG")
    if (folder / "figures" / "débit.svg").exists():
        pytest.skip("this file system takes both for one")
    assert main(["check", str(folder)]) == 1
    assert "did you mean 'figures/DÉBIT.SVG'?" in capsys.readouterr().out


def test_a_key_with_its_accent_apart_is_told_as_such(tmp_path, capsys):
    folder = make(tmp_path / "paper")
    text = ARTICLE.replace("@müller2020", unicodedata.normalize("NFD", "@müller2020"))
    (folder / "manuscript" / "article.md").write_text(text, "utf-8")
    assert main(["check", str(folder)]) == 1
    assert "an accent apart from its letter" in capsys.readouterr().out


def test_no_file_bears_the_name_of_a_device(tmp_path):
    assert [free(name) for name in ("aux", "COM1", "auxiliary")] == ["aux_", "COM1_", "auxiliary"]
    for name in ("aux", "con", "ok"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "article.md").write_text("Words.\n", "utf-8")
    (tmp_path / "issue.yaml").write_text("articles: [aux, con, ok]\n", "utf-8")
    names = [one.name for one in issuefile.read(tmp_path / "issue.yaml").articles]
    assert names == ["aux2", "con2", "ok"]
    assert not RESERVED.intersection(names)


def test_what_new_says_to_type_can_be_typed(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("GALLEY_PROG", "galley")
    folder = tmp_path / "my paper's $first; 🦜"
    assert main(["new", str(folder)]) == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert shlex.split(line) == ["galley", "pdf", str(folder)]
    assert main(shlex.split(line)[1:]) == 0
    assert re.match(rb"%PDF", (folder / "output" / "article.pdf").read_bytes())


def test_a_project_that_was_moved_is_the_same(tmp_path, plain):
    folder = make(tmp_path / "first")
    assert main(["all", str(folder)]) == 0
    shutil.move(folder, tmp_path / "elsewhere é")
    assert main(["all", str(tmp_path / "elsewhere é")]) == 0
    assert pages(tmp_path / "elsewhere é" / "output") == plain
