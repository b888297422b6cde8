"""The same issue on Dask's scheduler, a worker of which is killed in the middle: complete, and the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import pytest

from galley.report import Fault

ROOT = Path(__file__).parents[2]


@pytest.fixture
def dask():
    if find_spec("distributed") is None:
        required = os.environ.get("GALLEY_REQUIRE_TOOLS") == "1"
        (pytest.fail if required else pytest.skip)("distributed is not here: pip install 'galley-press[cluster]'")
    started: list[subprocess.Popen[str]] = []

    def start(*words: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
        command = [sys.executable, "-m", "dask", *words]
        process = subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str], words: str) -> str:
    """The line in which a process says something; the rest of what it says is read by a thread."""
    for line in process.stderr:
        if words in line:
            Thread(target=process.stderr.read, daemon=True).start()
            return line
    raise AssertionError(f"it never said {words}")


def test_a_worker_is_killed_and_nothing_is_lost(an_office, tmp_path, dask, capsys):
    office = an_office(tmp_path)
    names = ["upper", "lower", "delta", "spring", "ford", "weir", "lake", "mouth"]
    for name in names[3:]:
        office.write(name)
    path = tmp_path / "issue.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("articles:")] + f"articles: [{', '.join(names)}]\n", "utf-8")
    assert office.set("--no-cache", jobs=2) == 0
    local = {file.name: file.read_bytes() for file in (tmp_path / "output").rglob("*.*")}
    assert len(local) == 2 * len(names) + 4

    scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = "tcp://" + said(scheduler, "Scheduler at:").split("tcp://")[1].strip()
    homes = [tmp_path / "first", tmp_path / "second"]
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory")
    workers = [dask("worker", address, *options, str(home)) for home in homes]
    for worker in workers:
        said(worker, "Registered to:")

    killed = Thread(target=_kill, args=(workers[1], homes[1]), daemon=True)
    killed.start()
    assert office.set("--no-cache", "--cluster", address, "--output", str(tmp_path / "other")) == 0
    killed.join()
    assert workers[1].wait() == -signal.SIGKILL
    assert "8 set anew" in capsys.readouterr().out
    assert {file.name: file.read_bytes() for file in (tmp_path / "other").rglob("*.*")} == local


def _kill(worker: subprocess.Popen[str], home: Path) -> None:
    """Kill a worker once it has taken up its first article."""
    while not list(home.rglob("galley-sources/*/meant")):
        if worker.poll() is not None:
            return
    worker.kill()


def test_where_nobody_answers_it_is_said(monkeypatch, dask):
    from galley.issues import cluster

    monkeypatch.setattr(cluster, "WAIT", 1)
    with pytest.raises(Fault) as caught:
        cluster.Cluster("tcp://127.0.0.1:9")
    assert caught.value.status == 2
    assert caught.value.diagnostics[0].code == "no-cluster"
