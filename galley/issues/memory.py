"""What a process that stays remembers of an issue's articles between two settings: their jobs, and from which files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from galley.issues.job import Job

Files = tuple[tuple[str, Path], ...]
"""Files by their names, as ``reading.sources`` finds them."""
State = tuple[str, int, int]
"""A path, when it was last changed (ns), and its size in bytes; 0 where there is none."""
OUTPUT = "output"


class Known(NamedTuple):
    """An article's job, all that was said for it, its files, and their state just before they were read."""

    job: Job
    said: object
    files: Files
    states: tuple[State, ...]


class Memory:
    """Articles by their paths."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._known: dict[Path, Known] = {}

    def recall(self, path: Path, said: object) -> Known | None:
        """What is known of an article of which the same is said, as long as its files are as they were."""
        known = self._known.get(path)
        if known is None or known.said != said or known.states != states(path, known.files):
            return None
        return known

    def keep(self, path: Path, known: Known) -> None:
        """Remember an article."""
        self._known[path] = known

    def files(self, path: Path) -> Files:
        """The files that an article was made from; none where it is not known."""
        known = self._known.get(path)
        return known.files if known else ()

    def states(self, path: Path) -> tuple[State, ...]:
        """The state, now, of the files that an article was made from; of its folders alone where it is not known."""
        return states(path, self.files(path))

    def seen(self, path: Path) -> tuple[State, ...]:
        """The same, as it was just before they were read."""
        known = self._known.get(path)
        return known.states if known else states(path, ())


def states(path: Path, files: Files) -> tuple[State, ...]:
    """The state of an article's files, and of its folders: a file that comes into being changes the folder it is in."""
    home = path.parent if path.is_file() else path
    named: list[Path | str] = [file for _, file in files]
    return tuple(map(state, (*named, home, *_folders(home))))


def state(path: Path | str) -> State:
    """A file's or a folder's state."""
    try:
        told = os.stat(path)
    except OSError:
        return str(path), 0, 0
    return str(path), told.st_mtime_ns, told.st_size


def latest(files: Files) -> Iterator[tuple[str, int]]:
    """When each file was last written or put in its place (ns), by its name."""
    for name, path in files:
        try:
            yield name, os.stat(path).st_ctime_ns
        except OSError:
            yield name, 0


def _folders(home: Path) -> Iterable[str]:
    """The folders within one but hidden ones and what is put out."""
    try:
        with os.scandir(home) as found:
            inner = sorted(
                one.path
                for one in found
                if one.is_dir(follow_symlinks=False) and not one.name.startswith(".") and one.name != OUTPUT
            )
    except OSError:
        return
    for folder in inner:
        yield folder
        yield from _folders(Path(folder))
