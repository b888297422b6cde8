"""Every fault an author can make, as a page: what he wrote, the command, and the words he reads.

A page under ``tests/faults`` has the files of a project, each after a line ``::: NAME``, then a command after
a line ``$ galley``, then what is printed and the exit status; ``::: NAME * 9`` has its text nine times.
GALLEY_ACCEPT=1 writes the pages anew; the change is then read like prose.
"""

import contextlib
import io
import os
import re
import shlex
from pathlib import Path

import pytest

from galley.cli import main

PAGES = sorted((Path(__file__).parent / "faults").glob("*.txt"))
FRONT = """---
title: A Title
---
"""


def parts(text):
    """The files by name, the command, and the wanted output."""
    head, _, wanted = text.partition("\n$ galley ")
    command, _, wanted = wanted.partition("\n")
    _, *pieces = re.split(r"^::: (.+)\n", head + "\n", flags=re.MULTILINE)
    return dict(map(repeated, pieces[::2], pieces[1::2])), head, command, wanted


def repeated(name, text):
    """A file's name and text, which may be a piece and how often it stands in the file."""
    name, _, times = name.partition(" * ")
    return name, text * int(times or 1)


def run(command, capture):
    with contextlib.redirect_stdout(capture), contextlib.redirect_stderr(capture):
        return main(shlex.split(command))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_fault(page, tmp_path, monkeypatch):
    files, head, command, wanted = parts(page.read_text("utf-8"))
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir()
        else:
            raw = text.removesuffix("\n").encode() + b"\n"
            path.write_bytes(raw.replace(b"\\xfc", b"\xfc"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "output").mkdir(exist_ok=True)
    (tmp_path / "output" / "article.pdf").write_text("the last good page")
    capture = io.StringIO()
    status = run(command, capture)
    printed = "\n".join(line.rstrip() for line in capture.getvalue().strip().splitlines())
    printed = printed.replace(str(tmp_path), "PROJECT") + f"\nexit {status}\n"
    if os.environ.get("GALLEY_ACCEPT"):
        page.write_text(f"{head}\n$ galley {command}\n{printed}", "utf-8")
    else:
        assert printed == wanted
    assert "Traceback" not in printed
    if status:
        assert (tmp_path / "output" / "article.pdf").read_text() == "the last good page"
        assert sorted(p.name for p in (tmp_path / "output").iterdir()) == ["article.pdf"], "no half file is left"


def test_there_are_pages():
    assert len(PAGES) >= 20
