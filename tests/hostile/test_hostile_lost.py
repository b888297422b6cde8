"""Nothing is lost: sources that somebody changes meanwhile, folders exchanged in one step, two runs at once, disks that
are full in the middle of a file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_world import BIB, BODY, World, png

from galley import writing
from galley.report import Fault

ROOT = Path(__file__).parents[2]
SUGGESTED = BODY + "Words {++are ++}here.\n"


def meanwhile(monkeypatch: pytest.MonkeyPatch, where: str, path: Path, text: str) -> None:
    """Have somebody save a file right before a function of ours is called."""
    module, _, name = where.rpartition(".")
    owner = __import__(module, fromlist=[name])
    real: Callable[..., object] = getattr(owner, name)

    def late(*arguments: object, **more: object) -> object:
        path.write_text(text)
        return real(*arguments, **more)

    monkeypatch.setattr(where, late)


def test_a_source_saved_while_suggestions_are_settled_is_left(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.put({"manuscript/article.md": SUGGESTED})
    path = world.project / "manuscript" / "article.md"
    meanwhile(monkeypatch, "galley.accepting.settled", path, "what its author wrote now")
    done = world.run("accept", "--all")
    assert done.status == 2
    assert "changed-while-read" in done.printed
    assert path.read_text() == "what its author wrote now"


def test_a_source_saved_while_answers_are_placed_is_left(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.put({"manuscript/article.md": SUGGESTED, "answers.json": json.dumps({"answers": []})})
    path = world.project / "manuscript" / "article.md"
    from galley.answering import Answered

    monkeypatch.setattr("galley.answering.answered", lambda *_: Answered({path: b"ours"}, 1, ()))
    meanwhile(monkeypatch, "galley.answering.answered", path, "what its author wrote now")
    assert world.run("import", "answers.json", "--into", ".").status == 2
    assert path.read_text() == "what its author wrote now"


def test_a_source_saved_while_a_word_file_is_merged_is_left(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.put({"manuscript/article.md": BODY, "references.bib": BIB})
    path = world.project / "manuscript" / "article.md"
    assert world.run("docx").status == 0
    other = "---\ntitle: A Title\n---\n\nwhat its author wrote now\n"
    meanwhile(monkeypatch, "galley.merging.applying.apply", path, other)
    world.run("import", "output/article.docx", "--into", ".")
    assert path.read_text() == other


@pytest.mark.parametrize("file", ["manuscript/article.md", "references.bib", "a.png"])
@pytest.mark.parametrize("verb", ["html", "camera-ready --draft"])
def test_a_file_saved_while_pages_are_set_is_told(
    world: World, file: str, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.put({"manuscript/article.md": BODY + "![C](a.png){alt=x}\n", "references.bib": BIB, "a.png": png()})
    assert "changed-while-read" not in world.run(*verb.split()).printed
    data = (world.project / file).read_bytes()
    real = Path.read_bytes

    def late() -> None:
        (world.project / file).write_bytes(data)
        monkeypatch.setattr(Path, "read_bytes", real)

    from galley import press

    themed = press.themed

    def saved(*arguments: object) -> object:
        late()
        return themed(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(press, "themed", saved)
    done = world.run(*verb.split())
    assert re.search(rf"{file}: warning\[changed-while-read\]", done.printed), done.printed


def test_a_file_saved_while_an_issue_is_set_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from galley.issues.shop import Shop

    world.put({"one/article.md": BODY, "issue.yaml": "journal: A Journal\nvolume: 1\nissue: 2\narticles: [one]\n"})
    verb = ("issue", "issue.yaml", "--draft", "--jobs", "1", "--no-cache", "--only", "html")
    assert "changed-while-read" not in world.run(*verb).printed
    run = Shop.run

    def saved(self: Shop, *arguments: object) -> None:
        run(self, *arguments)  # type: ignore[arg-type]
        (world.project / "one/article.md").write_text(BODY)

    monkeypatch.setattr(Shop, "run", saved)
    assert "one/article.md: warning[changed-while-read]" in world.run(*verb).printed


# -- folders in one step ------------------------------------------------------------------------------


def folder(at: Path, text: str) -> Path:
    at.mkdir()
    (at / "a").write_text(text)
    return at


@pytest.mark.parametrize("swaps", [True, False])
def test_a_folder_takes_the_place_of_another(tmp_path: Path, swaps: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not swaps:
        monkeypatch.setattr(writing, "_swapped", lambda *_: False)
    old, new = folder(tmp_path / "out", "old"), folder(tmp_path / ".out.1", "new")
    writing.exchanged(new, old)
    assert ((old / "a").read_text(), (new / "a").read_text()) == ("new", "old")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a step of Linux's")
def test_there_is_no_moment_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = folder(tmp_path / "out", "old"), folder(tmp_path / ".out.1", "new")
    monkeypatch.setattr(Path, "rename", lambda *_: pytest.fail("two steps"))
    writing.exchanged(new, old)
    assert (old / "a").read_text() == "new"


def test_where_a_run_was_ended_between_two_steps_the_old_one_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_swapped", lambda *_: False)
    folder(tmp_path / ".out.1.old", "the last good one")
    monkeypatch.setattr(os, "fsync", lambda _: None)
    new = folder(tmp_path / ".out.2", "new")
    writing.exchanged(new, tmp_path / "out")
    assert (tmp_path / "out" / "a").read_text() == "new"
    assert (new / "a").read_text() == "the last good one"


def test_a_new_folder_that_cannot_follow_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_swapped", lambda *_: False)
    old = folder(tmp_path / "out", "old")
    with pytest.raises(OSError, match="No such file"):
        writing.exchanged(tmp_path / ".out.1", old)
    assert (old / "a").read_text() == "old"


# -- two runs at once --------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="there are no such locks")
def test_who_writes_into_a_folder_is_alone_there(tmp_path: Path) -> None:
    from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock

    other = os.open(tmp_path, os.O_RDONLY)
    with writing.alone(tmp_path), pytest.raises(BlockingIOError):
        flock(other, LOCK_EX | LOCK_NB)
    flock(other, LOCK_EX | LOCK_NB)
    flock(other, LOCK_UN)
    os.close(other)
    assert list(tmp_path.iterdir()) == []


def test_what_two_runs_write_is_not_mixed(world: World) -> None:
    words = ("aaaa", "bbbb")
    for word in words:
        world.put({f"{word}/manuscript/article.md": BODY + word, f"{word}/references.bib": BIB})
    command = [sys.executable, "-m", "galley", "all", "--output", str(world.project / "output")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.Popen([*command, word], env=environment, cwd=world.project, stdout=-3, stderr=-3) for word in words
    ]
    assert [run.wait() for run in runs] == [0, 0]
    pages = world.outputs()
    found = {word for word in words if word.encode() in pages["output/article.html"]}
    assert len(found) == 1
    (won,) = found
    assert won.encode() in pages["output/article.docx!word/document.xml"]
    assert not [name for name in os.listdir(world.project / "output") if name.startswith(".")]


# -- full disks --------------------------------------------------------------------------------------

LIMITED = """
import resource, sys
from galley.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))  # as if the disk were full after so many bytes
sys.exit(main(sys.argv[1:]))
"""
VERBS = {
    "html": ["html"],
    "pdf": ["pdf"],
    "camera-ready": ["camera-ready", "--draft"],
    "accept": ["accept", "--all"],
    "review": ["review"],
    "bib": ["bib", "references.bib", "--output", "references.bib"],
    "import": ["import", "typed.md", "-o", "taken"],
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a bound of Linux's")
@pytest.mark.parametrize("verb", VERBS)
def test_a_disk_that_is_full_in_the_middle_of_a_file_leaves_all_as_it_was(world: World, verb: str) -> None:
    long = "Words {++are ++}here.\n\n" * 300
    typed = f"# T\n\n{'As Smith (2020) says. ' * 300}\n\n# References\n\nSmith, A. (2020). *A book*. Press.\n"
    good = dict.fromkeys(("article.html", "article.pdf", "camera-ready-draft/a", "review.pdf"), "the last good one")
    bib = "".join(BIB.replace("smith2020", f"smith{n}") for n in range(60))
    world.put({"manuscript/article.md": BODY + long, "references.bib": bib, "typed.md": typed})
    world.put({f"output/{name}": text for name, text in good.items()})

    def now() -> dict[str, bytes]:
        return {
            str(one.relative_to(world.project)): one.read_bytes() for one in world.project.rglob("*") if one.is_file()
        }

    before = now()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GALLEY_CACHE": "off"}
    command = [sys.executable, "-c", LIMITED, *VERBS[verb]]
    done = subprocess.run(command, cwd=world.project, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "error[" in done.stderr
    assert now() == before
    assert verb in ("import",) or not [name for name in os.listdir(world.project) if name.startswith(".")]


def test_a_folder_that_takes_no_file_is_told(world: World) -> None:
    world.put({"manuscript/article.md": BODY, "output": "a file where the folder should be"})
    done = world.run("html")
    assert done.status == 2
    assert "error[system]" in done.printed
    assert (world.project / "output").read_text() == "a file where the folder should be"


def test_over_writes_what_nobody_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    before = writing.seen([path])
    writing.over(path, b"new", before)
    assert path.read_text() == "new"
    with pytest.raises(Fault):
        writing.over(path, b"newer", before)
    assert path.read_text() == "new"
