"""The command line as a user meets it: verbs, folders, exit codes, files written whole or not at all."""

import argparse
import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from galley.cli import DESKS, main
from galley.writing import write

ROOT = Path(__file__).parent.parent
ARTICLE = """---
title: A Title
author: Ada Author
---

As @doe2001 says.
"""
BIB = "@book{doe2001, author={Doe, Jo}, title={Book}, publisher={Press}, year=2001}\n"


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "my paper"
    (folder / "manuscript").mkdir(parents=True)
    (folder / "manuscript" / "article.md").write_text(ARTICLE)
    (folder / "references.bib").write_text(BIB)
    return folder


def test_html_goes_to_output_in_the_project(project, capsys):
    assert main(["html", str(project)]) == 0
    page = (project / "output" / "article.html").read_text("utf-8")
    assert "As Doe (2001) says." in re.sub(r"<[^>]+>", "", page).replace("\u00a0", " ")
    assert "1 citation, 1 reference" in capsys.readouterr().out


def test_all_formats_into_another_folder_from_anywhere(project, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert main(["all", "../my paper", "--output", "pages"]) == 0
    assert (elsewhere / "pages" / "article.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert (elsewhere / "pages" / "article.html").exists()
    assert not (project / "output").exists()


def test_a_single_markdown_file_that_names_its_bibliography(tmp_path):
    (tmp_path / "notes.md").write_text("Not the article.\n")
    (tmp_path / "paper.md").write_text(ARTICLE.replace("---\n\n", "bibliography: refs.bib\n---\n\n"))
    (tmp_path / "refs.bib").write_text(BIB)
    assert main(["check", str(tmp_path)]) == 0
    assert main(["check", str(tmp_path / "paper.md")]) == 0


def test_several_files_are_one_article_in_the_order_of_their_names(project):
    (project / "manuscript" / "article.md").unlink()
    (project / "manuscript" / "2-method.md").write_text("# Method\n\nMiddle.\n")
    (project / "manuscript" / "10-end.md").write_text("# End\n\nLast [@doe2001].\n")
    (project / "manuscript" / "1-start.md").write_text("---\ntitle: Parts\n---\n\n# Start\n\nFirst.\n")
    assert main(["html", str(project)]) == 0
    page = (project / "output" / "article.html").read_text("utf-8")
    assert page.index("First.") < page.index("Middle.") < page.index("Last")


def test_metadata_may_stand_in_a_file_of_its_own(project):
    (project / "manuscript" / "article.md").write_text("As @doe2001 says.\n")
    (project / "metadata.yaml").write_text("title: From a *File*\n")
    assert main(["html", str(project)]) == 0
    assert "From a <em>File</em>" in (project / "output" / "article.html").read_text("utf-8")


def test_a_failed_build_leaves_the_last_page(project):
    assert main(["pdf", str(project)]) == 0
    before = (project / "output" / "article.pdf").read_bytes()
    (project / "manuscript" / "article.md").write_text(ARTICLE.replace("@doe2001", "@roe2001"))
    assert main(["pdf", str(project)]) == 1
    assert (project / "output" / "article.pdf").read_bytes() == before


def test_a_page_with_errors_never_takes_the_place_of_one_without(project, capsys):
    article, page = project / "manuscript" / "article.md", project / "output" / "article.html"
    article.write_text(ARTICLE.replace("@doe2001", "@roe2001"))
    assert main(["html", str(project)]) == 1, "there is no page yet: one with errors is better than none"
    assert "roe2001?" in page.read_text("utf-8")
    assert "with errors in it" in capsys.readouterr().out
    article.write_text(ARTICLE.replace("@doe2001", "@poe2001"))
    assert main(["html", str(project)]) == 1, "one with errors may take the place of another"
    assert "poe2001?" in page.read_text("utf-8")
    article.write_text(ARTICLE)
    assert main(["html", str(project)]) == 0
    assert sorted(path.name for path in page.parent.iterdir()) == ["article.html"]
    article.write_text(ARTICLE.replace("@doe2001", "@roe2001"))
    capsys.readouterr()
    assert main(["html", str(project)]) == 1
    assert "roe2001" not in page.read_text("utf-8")
    assert "left as it was" in capsys.readouterr().out
    assert main(["html", str(project), "--draft"]) == 1
    assert "roe2001?" in page.read_text("utf-8")


def test_what_stops_one_format_does_not_stop_the_others(project, capsys):
    (project / "dot.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'
    )
    (project / "manuscript" / "article.md").write_text(ARTICLE + "\n![A dot](dot.svg)\n")
    assert main(["all", str(project)]) == 1
    assert not (project / "output" / "article.pdf").exists()
    assert (project / "output" / "article.html").exists()
    assert capsys.readouterr().err.count("[missing-alt]") == 1
    assert main(["all", str(project), "--standard", "a-2b"]) == 0
    assert (project / "output" / "article.pdf").exists()


def test_writing_is_all_or_nothing(tmp_path, monkeypatch):
    path = tmp_path / "page"
    write(path, b"old")

    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match="No space"):
        write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["page"]


def test_new_makes_a_project_that_builds_and_tests_itself(tmp_path, capsys):
    folder = tmp_path / "paper"
    assert main(["new", str(folder)]) == 0
    assert main(["all", str(folder)]) == 0
    done = subprocess.run(
        [sys.executable, "-m", "galley", "test", str(folder)],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


def test_options_of_pytest_are_handed_on(tmp_path):
    main(["new", str(tmp_path / "paper")])
    done = subprocess.run(
        [sys.executable, "-m", "galley", "test", str(tmp_path / "paper"), "-q", "-k", "lovelace1843", "--co"],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "@lovelace1843" in done.stdout
    assert "@babbage1864" not in done.stdout


def test_schema_completes_the_front_matter(capsys):
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert {"title", "author", "keywords", "doi"} <= set(schema["properties"])
    assert schema["required"] == ["title"]


def test_the_shipped_schema_is_the_printed_one(capsys):
    main(["schema"])
    assert (ROOT / "docs" / "front-matter.schema.json").read_text("utf-8") == capsys.readouterr().out


@pytest.mark.parametrize("words", [["--help"], ["pdf", "--help"], ["--version"]])
def test_help_is_no_fault(words):
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 0


@pytest.mark.parametrize("words", [[], ["fly"], ["pdf", "--nonsense"]])
def test_words_nobody_knows_exit_2(words, capsys):
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_check_never_imports_what_only_pages_need(project):
    code = (
        "import sys; from galley.cli import main; main(['check', sys.argv[1]]);"
        "print([name for name in ('typst', 'jinja2', 'rich') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(project)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_same_bytes_from_two_processes(project, tmp_path):
    pages = []
    for number, zone in enumerate(("UTC", "Asia/Karachi")):
        folder = tmp_path / f"copy {number}"
        subprocess.run(
            [sys.executable, str(ROOT / "build.py"), "all", str(project), "--output", str(folder)],
            check=True, capture_output=True, cwd=tmp_path, env={**os.environ, "TZ": zone, "LC_ALL": "C"},
        )  # fmt: skip
        pages.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert pages[0] == pages[1]
    assert "article.pdf" in pages[0]


@pytest.mark.parametrize("room", DESKS)
def test_the_table_of_rooms_knows_every_verb_they_bring(room):
    parser = argparse.ArgumentParser().add_subparsers()
    import_module(f"galley.{room}").verbs(parser)
    assert sorted(parser.choices) == sorted(DESKS[room])
