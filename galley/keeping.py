"""Values kept on disk by the text they were made from, so that libraries that made them need not be loaded again.

Importing YAML, pydantic and Jinja costs more than all of a short article's own work. What is kept holds its source
to compare, so a chance likeness of names does no harm. GALLEY_CACHE names another folder, or "off".
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

from galley import __version__

MOST = 400
"""How many values are kept; past that the older half goes."""


def recall(source: str, shelf: str = "") -> Any:
    """What was kept of the same source, or None; ``shelf`` is a folder of its own within the cache."""
    path = _path(source, shelf)
    if path is None:
        return None
    try:
        kept = json.loads(path.read_bytes())
        return kept["value"] if kept["source"] == source else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(source: str, value: object, shelf: str = "", most: int = MOST) -> None:
    """Keep a JSON value; where that is not possible nothing is lost but time."""
    path = _path(source, shelf)
    if path is None:
        return
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _tidy(path.parent, most)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump({"source": source, "value": value}, stream)
        os.replace(name, path)
    except (OSError, ValueError):
        return


def state(files: Iterable[Path]) -> str:
    """The version of Galley, and the sizes and times of files: part of a source, where these decide the value."""
    stats = (file.stat() for file in files)
    return repr((__version__, [(one.st_size, one.st_mtime_ns) for one in stats]))


def folder(shelf: str = "") -> Path | None:
    """Where values are kept, or a shelf of it; None where nothing is to be kept."""
    named = os.environ.get("GALLEY_CACHE", "")
    if named == "off":
        return None
    try:
        base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    except RuntimeError:
        return None  # no home to keep anything in
    return (Path(named) if named else Path(base) / "galley") / shelf


def _path(source: str, shelf: str) -> Path | None:
    kept = folder(shelf)
    if kept is None:
        return None
    data = source.encode("utf-8", "replace")
    return kept / f"{crc32(data):08x}-{len(data):x}.json"


def _tidy(folder: Path, most: int) -> None:
    kept = list(folder.iterdir())
    if len(kept) > most:
        files = [file for file in kept if file.is_file()]
        for old in sorted(files, key=lambda file: file.stat().st_mtime_ns)[: most // 2]:
            old.unlink(missing_ok=True)
