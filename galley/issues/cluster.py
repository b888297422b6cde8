"""The same hands on other machines: steps of an issue on Dask's distributed scheduler.

An article's files travel once to the worker that reads it, packed and named by their hash; a worker that has them is
told the hash alone. A worker that is lost has its steps done again by others: each step gives the same wherever it is
taken, for it is told all that it needs.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

from galley.issues.fingerprint import engine
from galley.issues.job import Job, digest
from galley.issues.shop import Died, Outcome, Task
from galley.report import fault

WAIT = 60
"""Seconds in which a scheduler has to answer, and its first worker to be there."""


THEMES = ".galley-themes"
"""The folder among an article's files in which the issue's own themes travel."""


class Lacking(Exception):
    """The worker has not got the article's files."""


class Cluster:
    """So many steps at once as the cluster's workers have threads."""

    def __init__(self, address: str) -> None:
        """Reach the scheduler; Fault where it is not to be had, or its workers have another Galley."""
        try:
            self._dask: Any = import_module("distributed")
        except ImportError as error:
            hint = "install it with: pip install 'galley-press[cluster]'"
            raise fault("no-cluster", "", "Dask's distributed is not installed", hint, status=2) from error
        try:
            self._client: Any = self._dask.Client(address, timeout=WAIT)
            self._client.wait_for_workers(1, timeout=WAIT)
        except (OSError, TimeoutError, ValueError) as error:
            hint = "start one with: dask scheduler, and on each machine: dask worker tcp://HOST:8786"
            raise fault(
                "no-cluster", address, f"there is no scheduler with workers: {error}", hint, status=2
            ) from error
        self._same()
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        self._places = [place for place, one in sorted(workers.items()) for _ in range(max(1, one["nthreads"]))]
        self._doing: dict[Any, tuple[int, Task, str]] = {}
        self._packed: dict[str, tuple[str, set[str]]] = {}

    def _same(self) -> None:
        """All workers must have the Galley that this is, with its Pandoc and Typst."""
        told = self._client.run(engine, on_error="return")
        lame = [one for one in told.values() if not isinstance(one, str)]
        if len(lame) == len(told):
            message = f"its workers have no Galley that works: {lame[0] if lame else 'there are none'}"
            raise fault("no-cluster", "", message, "install this version there", status=2)
        for place, theirs in told.items():
            if theirs != engine() and isinstance(theirs, str):
                hint = "install this version of galley-press there"
                raise fault("other-galley", place, "this worker has another Galley, Pandoc or Typst", hint, status=2)

    @property
    def count(self) -> int:
        """How many there are, busy or not."""
        return len(self._places)

    def expect(self, articles: int) -> None:
        """Workers of a cluster are there already."""

    def free(self) -> Sequence[int]:
        """The hands that have nothing to do."""
        busy = {hand for hand, _, _ in self._doing.values()}
        return [hand for hand in range(len(self._places)) if hand not in busy]

    def give(self, hand: int, task: Task) -> None:
        """Give a free hand something to do, with the article's files where it has not got them yet."""
        job = task.job
        assert job is not None  # noqa: S101 - every step is an article's
        place = self._places[hand]
        name, there = self._packed.get(job.digest) or ("", set())
        self._submit(hand, task, place, pack(job) if place not in there else None, name)

    def _submit(self, hand: int, task: Task, place: str, files: bytes | None, name: str) -> None:
        job = task.job
        assert job is not None  # noqa: S101 - see give
        if files is not None:
            name = digest(files)
            self._packed.setdefault(job.digest, (name, set()))[1].add(place)
        future = self._client.submit(
            take, task, name, files, workers=[place], allow_other_workers=True, pure=False, retries=0
        )
        self._doing[future] = (hand, task, place)

    def wait(self) -> tuple[int, Outcome]:
        """What came of the next step that is done, and whose it was."""
        while True:
            done = self._dask.wait(list(self._doing), return_when="FIRST_COMPLETED").done
            future = next(iter(done))
            hand, task, place = self._doing.pop(future)
            error = future.exception() if future.status != "finished" else None
            if error is None:
                outcome: Outcome = future.result()
                return hand, outcome
            if isinstance(error, Lacking) and task.job:
                self._submit(hand, task, place, pack(task.job), "")
                continue
            return hand, Died(f"{type(error).__name__}: {error}"[:300])

    def close(self) -> None:
        """Leave the cluster as it was."""
        for future in self._doing:
            future.cancel()
        self._client.close()


def pack(job: Job) -> bytes:
    """An article's files in one piece; the same files give the same bytes."""
    from galley.reading.sources import sources

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pile:
        for name, path in sources(job.path):
            pile.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
        only = job.path.name if job.path.is_file() else ""
        shelf = job.themes
        for path in sorted(shelf.rglob("*")) if shelf else ():
            if shelf and path.is_file():
                name = f"{THEMES}/{path.relative_to(shelf).as_posix()}"
                pile.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
        pile.comment = only.encode()
    return out.getvalue()


# -- at the worker -----------------------------------------------------------------------------------


@cache
def _lock() -> Lock:
    return Lock()


@cache
def _bench() -> Any:
    from galley.issues.bench import Bench

    return Bench()


@cache
def _room() -> Path:
    """A folder of this worker's own for the files of articles: Dask clears it away when the worker is gone."""
    dask: Any = import_module("distributed")
    return Path(dask.get_worker().local_directory) / "galley-sources"


def take(task: Task, name: str, files: bytes | None) -> Outcome:
    """A step at a worker; Lacking where it was told a hash only and has no such files."""
    from galley.issues.pool import done

    with _lock():
        folder = _laid_out(name, files)
        job = task.job
        assert job is not None  # noqa: S101 - see Cluster.give
        themes = _room() / name / "files" / THEMES
        job = job._replace(path=folder, themes=themes if themes.is_dir() else None)
        return done(_bench(), task._replace(job=job))  # type: ignore[no-any-return]


def _laid_out(name: str, files: bytes | None) -> Path:
    """Where the article's files lie here: its folder, or the one file that is meant."""
    room = _room() / name
    note = room / "meant"
    if not note.is_file():
        if files is None or digest(files) != name:
            raise Lacking(name)
        with zipfile.ZipFile(io.BytesIO(files)) as pile:
            only = pile.comment.decode()
            pile.extractall(room / "files")
        note.write_text(only, "utf-8")
    only = note.read_text("utf-8")
    return room / "files" / only if only else room / "files"
