"""The rounds of a manuscript by the tags of its repository."""

import json
import subprocess

import pytest

from galley.cli import main

FIGURE = "![Hill.](hill.svg){#fig:hill alt='A hill'}\n\nSee @fig:hill.\n"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


@pytest.fixture
def tagged(project):
    def git(*arguments: str, day: str = "2026-01-01") -> None:
        who = {f"GIT_{one}_{what}": "a@b.example" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        dates = {f"GIT_{one}_DATE": f"{day}T12:00:00Z" for one in ("AUTHOR", "COMMITTER")}
        import os

        subprocess.run(
            ["git", *arguments], cwd=project.folder, check=True, capture_output=True, env={**os.environ, **who, **dates}
        )

    def tagged(name: str, body: str, day: str) -> None:
        project.write(body)
        git("add", ".")
        git("commit", "-q", "-m", name, day=day)
        git("tag", name)

    (project.folder / "hill.svg").write_text(SVG)
    git("init", "-q")
    return tagged


def test_what_came_and_what_went(project, tagged, capsys):
    tagged("round-1", "One two three [@hill2019].\n\nFour five.\n", "2026-01-01")
    tagged("round-2", f"Four five.\n\nOne two six [@dale2020] seven.\n\n{FIGURE}", "2026-02-01")
    project.write("Four five [@dale2020].\n\n![Hill.](hill.svg){#fig:hill}\n\nSee @fig:hill.\n")
    assert main(["log", str(project.folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("round-1  2026-01-01  ")
    assert lines[1].startswith("round-2  2026-02-01  ")
    assert "1 reference (+1 -1), 1 figure (+1)" in lines[1]
    assert "    + references: dale2020" in lines
    assert "    - references: hill2019" in lines
    assert "    + objects: fig:hill" in lines
    assert any(line.startswith("now  ") for line in lines)
    assert any(line.startswith("    opened: missing-alt") for line in lines)


def test_as_data_and_by_pattern(project, tagged, capsys):
    tagged("round-1", "One two.\n", "2026-01-01")
    tagged("other", "One two three.\n", "2026-02-01")
    tagged("round-2", "One two three four.\n", "2026-03-01")
    assert main(["log", str(project.folder), "--match", "round-*", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["name"], row.get("words_added")) for row in rows] == [("round-1", None), ("round-2", 2)]


def test_a_tag_without_a_manuscript_is_left_out_and_no_tag_is_an_option(project, tagged, capsys):
    import os

    tagged("good", "One.\n", "2026-01-01")
    subprocess.run(["git", "rm", "-rq", "--cached", "manuscript"], cwd=project.folder, check=True)
    who = {**os.environ, **{f"GIT_{a}_{b}": "x" for a in ("AUTHOR", "COMMITTER") for b in ("NAME", "EMAIL")}}
    subprocess.run(["git", "commit", "-qm", "x"], cwd=project.folder, check=True, env=who)
    subprocess.run(["git", "tag", "bad"], cwd=project.folder, check=True)
    assert main(["log", str(project.folder)]) == 0
    assert "bad  left out: " in capsys.readouterr().out
    assert main(["log", str(project.folder), "--match=--output=x"]) == 2


def test_without_a_repository_there_is_now(project, capsys):
    project.write("One.\n")
    assert main(["log", str(project.folder)]) == 0
    assert capsys.readouterr().out.startswith("now  ")
