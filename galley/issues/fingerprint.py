"""What decides the pages besides the manuscript: Galley itself, its themes, Pandoc, Typst, the system's fonts."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from hashlib import sha256
from pathlib import Path

from galley.issues.job import digest
from galley.pandocprocess import binary

ROOM = Path(__file__).parents[1]
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts")
MORE = ("~/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts")


@cache
def engine() -> str:
    """A hash of Galley's source, its themes with their fonts, and the versions of Pandoc and Typst."""
    from importlib.metadata import version

    templates = ROOM / "templates" if (ROOM / "templates").is_dir() else ROOM.parent / "templates"
    made = sha256()
    for home in (ROOM, templates):
        for path in sorted(home.rglob("*")):
            if path.is_file() and path.suffix not in (".pyc", ".pyo") and "__pycache__" not in path.parts:
                made.update(f"{path.relative_to(home).as_posix()}\0".encode() + sha256(path.read_bytes()).digest())
    try:
        told = subprocess.run([binary(), "--version"], capture_output=True, timeout=60, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        told = b""
    return digest(
        made.digest(),
        told.partition(b"\n")[0],
        version("typst"),
        os.environ.get("SOURCE_DATE_EPOCH", ""),
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
