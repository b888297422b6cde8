"""Settled front matter kept on disk by the hash of what was written, so that pydantic is not needed for what it passed.

Building pydantic's models costs a third of a short article's time. Only front matter without a fault is kept; the
key holds the data, and the size and time of the rooms that settle it. GALLEY_CACHE names another folder, or "off".
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

from galley import __version__
from galley.frontmatter import Affiliation, Author, FrontMatter, Journal

MOST = 400
"""How many settled front matters are kept; past that the older half goes."""


def recall(data: dict[str, Any]) -> FrontMatter | None:
    """What the same data settled to before, or None."""
    path = _path(data)
    if path is None:
        return None
    try:
        return _built(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(data: dict[str, Any], meta: FrontMatter) -> None:
    """Keep what data settled to; where that is not possible nothing is lost but time."""
    path = _path(data)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _tidy(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(asdict(meta), stream)
        os.replace(name, path)
    except (OSError, ValueError):
        return


def _built(kept: dict[str, Any]) -> FrontMatter:
    for name in ("keywords", "bibliography", "nocite", "uncited"):
        kept[name] = tuple(kept[name])
    kept["journal"] = Journal(**kept["journal"])
    kept["affiliations"] = tuple(Affiliation(**item) for item in kept["affiliations"])
    kept["authors"] = tuple(
        Author(**{**item, "affiliations": tuple(item["affiliations"]), "roles": tuple(item["roles"])})
        for item in kept["authors"]
    )
    return FrontMatter(**kept)


def _path(data: dict[str, Any]) -> Path | None:
    named = os.environ.get("GALLEY_CACHE", "")
    if named == "off":
        return None
    try:
        base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    except RuntimeError:
        return None  # no home to keep anything in
    digest = blake2b(
        json.dumps([__version__, _rooms(), data], sort_keys=True).encode("utf-8", "replace"), digest_size=16
    )
    return (Path(named) if named else Path(base) / "galley") / f"{digest.hexdigest()}.json"


def _rooms() -> list[int]:
    """The sizes and times of the files that decide what is settled."""
    here = Path(__file__).parent
    files = (here / "fields.py", here / "settling.py", here.parent / "frontmatter.py", Path(__file__))
    return [number for file in files for number in (file.stat().st_size, file.stat().st_mtime_ns)]


def _tidy(folder: Path) -> None:
    kept = list(folder.iterdir())
    if len(kept) > MOST:
        for old in sorted(kept, key=lambda file: file.stat().st_mtime_ns)[: MOST // 2]:
            old.unlink(missing_ok=True)
