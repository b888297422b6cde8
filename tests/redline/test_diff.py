"""The verb ``diff``: what it compares, what it writes, and what it says where it cannot."""

import json
import re
import subprocess

import pytest
from said import both, project

from galley.cli import main
from galley.comparing import listed, marked, pages

BIB = "@book{{roe, author = {{Roe, {}}}, title = {{On rivers}}, year = {}, publisher = {{Press}}}}\n"
TEXT = """---
title: On {} rivers
author: Ann Author
---

# Method

We crossed it {} by boat, as @roe did, and wrote of it in a book.

# End

All went {}.
"""


@pytest.fixture
def repository(tmp_path):
    """A project in git with a tag v1, changed since."""
    folder = project(tmp_path / "paper", TEXT.format("wide", "slowly", "well"), BIB.format("Rita", 2001))
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=Gil Git", "-c", "user.email=g@example.org", "commit", "-qm", "first"],
        ["tag", "v1"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    (folder / "manuscript" / "article.md").write_text(TEXT.format("long", "quickly", "badly"))
    return folder


def test_a_tag_is_compared_with_the_project_as_it_is(repository, capsys):
    assert main(["diff", "v1", "--to", "md,html,pdf,docx", "--project", str(repository)]) == 0
    output = repository / "output"
    assert "{~~wide~>long~~}" in (output / "redline.md").read_text()
    assert (output / "redline.pdf").read_bytes().startswith(b"%PDF-")
    assert (output / "redline.docx").read_bytes().startswith(b"PK")
    assert "<del " in (output / "redline.html").read_text()
    rows = json.loads((output / "changes.json").read_text())
    assert [(row["kind"], row["old"], row["new"]) for row in rows] == [
        ("replaced", "wide", "long"),
        ("replaced", "slowly", "quickly"),
        ("replaced", "well", "badly"),
    ]
    assert [row["section"] for row in rows] == ["Title", "Method", "End"]
    assert all(row["page"] == 1 and row["line"] for row in rows)
    assert [row["line"] for row in rows] == sorted(row["line"] for row in rows)
    assert "3 changes" in capsys.readouterr().out


def test_nothing_in_the_repository_is_touched_and_no_hook_runs(repository):
    hook = repository / ".git" / "hooks" / "post-checkout"
    hook.write_text("#!/bin/sh\ntouch ran\n")
    hook.chmod(0o755)
    before = subprocess.run(["git", "status", "--short"], cwd=repository, capture_output=True, check=True).stdout
    assert (
        main(["diff", "v1", "v1", "--to", "md", "--project", str(repository), "--output", str(repository / "o")]) == 0
    )
    after = subprocess.run(["git", "status", "--short"], cwd=repository, capture_output=True, check=True).stdout
    assert after.replace(b"?? o/\n", b"") == before
    assert not (repository / "ran").exists()
    assert "No changes." in (repository / "o" / "changes.md").read_text()


@pytest.mark.parametrize("name", ["v2", "--upload-pack=touch x", "HEAD:nothing", "v1^{tree}"])
def test_a_revision_that_is_not_there_is_said_to_be_missing(repository, name, capsys):
    arguments = ["diff", "--to", "md", "--project", str(repository), "--", name]
    assert main(arguments) == 2
    assert "no-revision" in capsys.readouterr().err


def test_an_unknown_format_is_told(repository, capsys):
    assert main(["diff", "v1", "--to", "odt", "--project", str(repository)]) == 2
    assert "no-format" in capsys.readouterr().err


def _pair(tmp_path, old, new, bibs=("", ""), **pictures):
    folders = [project(tmp_path / name, text, bib) for name, text, bib in zip("ab", (old, new), bibs, strict=True)]
    for name, sides in pictures.items():
        for folder, data in zip(folders, sides, strict=True):
            (folder / f"{name}.png").write_bytes(data)
    return both(*folders)


def test_a_citation_that_prints_otherwise_only_by_the_bibliography_is_marked_so(tmp_path):
    text = TEXT.format("wide", "slowly", "well")
    pair = _pair(tmp_path, text, text, (BIB.format("Rita", 2001), BIB.format("Rita", 2003)))
    found, _ = listed(pair, marked(pair), placed=False)
    (citation,) = (one for one in found if one.thing == "citation")
    assert (citation.old, citation.new, citation.reason) == ("Roe (2001)", "Roe (2003)", "bibliography")
    assert any(one.section == "References" and (one.old, one.new) == ("2001", "2003") for one in found)


def test_a_citation_the_author_changed_is_not_laid_to_the_bibliography(tmp_path):
    old = TEXT.format("wide", "slowly", "well")
    new = old.replace("as @roe did", "as some did [@roe, p. 4]")
    found, _ = listed(pair := _pair(tmp_path, old, new, (BIB.format("Rita", 2001),) * 2), marked(pair), placed=False)
    assert found
    assert not any(one.reason for one in found)


def test_a_picture_exchanged_under_its_name_is_shown_beside_the_old_one(tmp_path):
    from small_pictures import grey

    text = "---\ntitle: T\n---\n\n![A gauge](gauge.png){#fig:gauge}\n\nSee @fig:gauge.\n"
    pair = _pair(tmp_path, text, text, gauge=(grey(10), grey(200)))
    page = pages(pair, marked(pair), "html").decode()
    assert re.search(r"<del[^>]*><img [^>]*></del><ins[^>]*><img ", page)
    found, _ = listed(pair, marked(pair), placed=False)
    assert [(one.kind, one.thing) for one in found] == [("replaced", "figure")]


def test_the_front_matter_is_compared(tmp_path):
    old = "---\ntitle: T\nauthor: Ann Author\nkeywords: [rivers, boats]\n---\n\nText.\n"
    new = old.replace("Ann Author", "[Ann Author, Ben Buthor]").replace("boats", "ships")
    pair = _pair(tmp_path, old, new)
    text = pages(pair, marked(pair), "md").decode()
    assert "{++, Ben Buthor++}" in text
    assert "{~~boats~>ships~~}" in text


def test_the_page_reads_without_a_script_and_attributes_hold_the_new_text_alone(tmp_path):
    pair = _pair(tmp_path, TEXT.format("wide", "slowly", "well"), TEXT.format("long", "quickly", "well"))
    page = pages(pair, marked(pair), "html", "old and new").decode()
    assert "<title>On long rivers</title>" in page
    assert not re.search("[\ufdd0-\ufdef]", page)
    assert page.count("<ins ") == page.count("</ins>")
    assert page.count("<del ") == page.count("</del>")
    assert 'id="view-old"' in page
    assert 'id="redline-next"' in page
    for attribute in re.findall(r'="([^"]*)"', page):
        assert "wide" not in attribute or "long" not in attribute
