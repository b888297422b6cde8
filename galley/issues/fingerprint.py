"""What decides the pages besides the manuscript: Galley itself, its themes, Pandoc, Typst, the system's fonts."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from galley import keeping
from galley.issues.job import digest
from galley.pandocprocess import binary

ROOM = Path(__file__).parents[1]
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts")
MORE = ("~/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts")


@cache
def engine() -> str:
    """A hash of Galley's source, its themes with their fonts, and the versions of Pandoc and Typst.

    It is worked out once for files of the same sizes and times, on each machine.
    """
    templates = ROOM / "templates" if (ROOM / "templates").is_dir() else ROOM.parent / "templates"
    rows = [(home, *row) for home in (ROOM, templates) for row in sorted(_files(home, ""))]
    pandoc = binary()
    tools = [(name, *_state(name)) for name in (pandoc, getattr(find_spec("typst"), "origin", None) or "")]
    source = digest(rows, tools, os.environ.get("PATH", "") if pandoc == "pandoc" else "", _epoch())
    kept = keeping.recall(source, "engines")
    if isinstance(kept, str):
        return kept
    made = _engine([(home, name) for home, name, *_ in rows])
    keeping.keep(source, made, "engines", 20)
    return made


def _epoch() -> str:
    return os.environ.get("SOURCE_DATE_EPOCH", "")


def _files(home: Path, under: str) -> Iterator[tuple[str, int, int]]:
    """The files of a folder by their names within it, with sizes and times; what Python compiles is none of them."""
    with os.scandir(home / under) as found:
        for one in found:
            name = f"{under}{one.name}"
            if one.is_dir():
                if one.name != "__pycache__":
                    yield from _files(home, f"{name}/")
            elif not name.endswith((".pyc", ".pyo")):
                state = one.stat()
                yield name, state.st_size, state.st_mtime_ns


def _state(name: str) -> tuple[int, int]:
    try:
        state = os.stat(name)
    except OSError:
        return 0, 0
    return state.st_size, state.st_mtime_ns


def _engine(files: Iterable[tuple[Path, str]]) -> str:
    from importlib.metadata import version

    made = sha256()
    for home, name in files:
        made.update(f"{name}\0".encode() + sha256((home / name).read_bytes()).digest())
    try:
        told = subprocess.run([binary(), "--version"], capture_output=True, timeout=60, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        told = b""
    return digest(
        made.digest(),
        told.partition(b"\n")[0],
        version("typst"),
        _epoch(),
    )


@cache
def fonts() -> str:
    """A hash of the names, sizes and times of the fonts on the system: letters that ours lack are looked for there."""
    rows: list[tuple[str, int, int]] = []
    for name in (*FONTS, *MORE):
        folder = Path(name).expanduser()
        for path in folder.rglob("*") if folder.is_dir() else ():
            try:
                state = path.stat()
            except OSError:
                continue
            if path.is_file():
                rows.append((str(path), state.st_size, state.st_mtime_ns))
    return digest(sorted(rows))
