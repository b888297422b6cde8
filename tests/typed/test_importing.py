"""Import: a typed manuscript becomes a keyed project that prints the author's words again.

A page under ``imports`` has the typed manuscript, then the article, the bibliography and the findings that come of
it; GALLEY_ACCEPT=1 writes these anew.
"""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from galley import editing, press
from galley.cli import main
from galley.pandoc import plain
from galley.typed.project import article

PAGES = sorted((Path(__file__).parent / "imports").glob("*.md"))
PAPERS = Path(__file__).parents[3] / "shared" / "papers"
TYPED = sorted(PAPERS.glob("*/typed.docx"))


def project(path, folder):
    """Import a file into a folder; gives what ``editing.imported`` gives."""
    done = editing.imported(path)
    for name, content in done.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return done


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_typed_manuscript_becomes_a_keyed_one(page, golden, tmp_path, monkeypatch):
    head = page.read_text("utf-8").partition("\n::: manuscript/")[0].rstrip("\n") + "\n"
    name, _, text = head.removeprefix("::: ").partition("\n")
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text, "utf-8")
    done = editing.imported(Path(name))
    rows = [f"{one.place} {one.code}: {one.message}\n" for one in done.findings]
    made = "".join(f"\n::: {file}\n{content.decode()}" for file, content in done.files.items())
    golden(page, f"{head}{made}\n::: findings\n{''.join(rows)}")


def test_the_project_prints_what_was_typed(tmp_path):
    page = (Path(__file__).parent / "imports" / "essay.md").read_text("utf-8")
    typed = tmp_path / "essay.md"
    typed.write_text(page.partition("\n")[2].partition("\n::: manuscript/")[0], "utf-8")
    project(typed, tmp_path / "project")
    printed = plain(list(press.settled(tmp_path / "project").blocks)).replace("\xa0", " ")
    for citation in (
        "(see Doe & Roe, 2019, p. 12; Moss, 2020a)",
        "Moss (2020b) doubts",
        "Hill and colleagues (2018) do",
        "asked Stone (1999)",
        "Hill et al. (2018, Chapter 2)",
        "Doe and Roe’s (2019) claim",
    ):
        assert citation in printed


def test_a_folder_with_something_in_it_is_left_alone(tmp_path, capsys):
    (tmp_path / "typed.md").write_text("Words.\n")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")
    assert main(["import", str(tmp_path / "typed.md"), "-o", str(tmp_path / "there")]) == 2
    assert "error[not-empty]" in capsys.readouterr().err
    assert [one.name for one in (tmp_path / "there").iterdir()] == ["mine.txt"]


def test_check_of_a_typed_file_gives_data_and_a_page(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("typed.md").write_text(
        "# T\n\nSo Doe (2019) <b>says</b>.\n\n# References\n\nDoe, J. (2018). *A book*. Press.\n"
    )
    assert main(["check", "typed.md", "--format", "json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["check"], found["file"], found["line"], found["column"]) == ("C04", "typed.md", 3, 4)
    assert "2018" in found["message"]
    assert found["query"].endswith("?")
    assert main(["check", "typed.md", "--format", "html", "--output", "found.html"]) == 1
    page = Path("found.html").read_text("utf-8")
    assert 'id="finding-1"' in page
    assert 'href="#finding-1"' in page
    assert 'id="ref-0"' in page
    assert not re.search(r'(?:src|href)="(?!#)', page), "nothing is fetched"
    assert "<script>" in page
    assert page.count("<script") == 1


def test_waivers_beside_a_file_are_observed_and_counted(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("typed.md").write_text("# T\n\nSo Doe (2019) says.\n\n# References\n\nDoe, J. (2018). *A book*. Press.\n")
    Path("typed.waive.yaml").write_text("waive:\n- {check: C04, text: Doe, reason: the author knows}\n")
    assert main(["check", "typed.md"]) == 0
    assert "1 waived" in capsys.readouterr().out
    Path("typed.waive.yaml").write_text("waive:\n- {check: C04, text: Doe}\n")
    assert main(["check", "typed.md"]) == 1
    assert "bad-waiver" in capsys.readouterr().out


def test_front_matter_is_yaml_whatever_the_words():
    import yaml

    values = {
        "title": 'A: "b" # c',
        "author": [{"name": "J. O'Neil", "affiliation": ["X: y", "- z"], "corresponding": True}, {"name": "yes"}],
        "abstract": "one\n\n  two: three",
        "keywords": ["1", "#x", "größe", "a, b", "null", "@x", "2020-01-01"],
    }
    head = article(values, "body").split("---\n")[1]
    assert yaml.safe_load(head) == values


def words(text):
    return Counter(re.findall(r"\w+", text.replace("\xad", "")))


@pytest.mark.skipif(not TYPED, reason="the papers are not beside the project")
@pytest.mark.parametrize("path", TYPED, ids=lambda path: path.parent.name)
def test_papers_are_taken_in(path, tmp_path):
    truth = json.loads(path.with_name("truth.json").read_text("utf-8"))
    project(path, tmp_path)
    document = press.settled(tmp_path)
    printed = press.press(document, press.themed(document), "txt", draft=True).content.decode()
    typescript = editing.resolved(path).typescript
    body = " \n".join(row.text for row in typescript.paragraphs if row.kind in ("body", "quote", "list", "note"))
    lost = words(body) - words(printed)
    assert lost.total() <= 0.006 * words(body).total(), lost  # a citation in APA form may be shorter
    known = [one for one in truth["citations"] if not one.get("missing")]
    cited = len(re.findall(r"@[\w{]", (tmp_path / "manuscript" / "article.md").read_text("utf-8")))
    assert cited >= 0.97 * len(known)
