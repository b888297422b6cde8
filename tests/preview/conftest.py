"""A preview that runs, with a project whose files a test may write."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

for needed in ("starlette", "uvicorn", "watchfiles", "pypdfium2"):
    pytest.importorskip(needed, reason=f"{needed} is not here: pip install '.[preview]'")

HOUSE = Path(__file__).parents[2]
HEAD = "---\ntitle: A title\nauthor: A. Writer\n---\n\n"
BIBLIOGRAPHY = "@book{roe2020, author = {Roe, Ann}, title = {A book}, publisher = {Press}, year = {2020}}\n"


class Preview(NamedTuple):
    """A preview in a process of its own."""

    folder: Path
    address: str

    def write(self, text: str, head: str = HEAD) -> None:
        """Save the manuscript."""
        (self.folder / "article.md").write_text(f"{head}{text}", "utf-8")


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    (folder / "article.md").write_text(f"{HEAD}# One\n\nWords.\n")
    (folder / "references.bib").write_text(BIBLIOGRAPHY)
    path = os.pathsep.join(filter(None, (str(HOUSE), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "galley", "preview", str(folder), "--no-open"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path})
    address = process.stdout.readline().strip()
    yield Preview(folder, address)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    process.stdout.close()


class Told:
    """The events of a desk, for a test to wait for."""

    def __init__(self) -> None:
        self.events: queue.Queue = queue.Queue()
        self.threads: set[int] = set()

    def __call__(self, event) -> None:
        self.threads.add(threading.get_ident())
        self.events.put(event)

    def until(self, kind, wanted=lambda event: True):
        while True:
            event = self.events.get(timeout=60)
            if event["type"] == kind and wanted(event):
                return event


@pytest.fixture
def told():
    return Told()
