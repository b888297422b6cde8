"""Front matter kept on disk by its text, so that YAML and pydantic are not needed for what they passed.

Importing them and building the models costs a third of a short article's time. Only front matter without a fault is
kept; its file is named after the text and the state of the rooms that settle it, and holds the text to compare.
GALLEY_CACHE names another folder, or "off".
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zlib import crc32

from galley import __version__
from galley.frontmatter import Affiliation, Author, FrontMatter, Journal
from galley.span import Span

MOST = 400
"""How many settled front matters are kept; past that the older half goes."""


Path_ = tuple[str | int, ...]
Kept = tuple[dict[str, Any], FrontMatter, list[tuple[Path_, int, int]]]
"""The data, what it settled to, and where each value stands: its path and two offsets from the text's start."""


def recall(text: str) -> Kept | None:
    """What the same text gave before, or None."""
    path = _path(text)
    if path is None:
        return None
    try:
        kept = json.loads(path.read_bytes())
        if kept["text"] != text:
            return None
        places = [(tuple(where), int(first), int(last)) for where, first, last in kept["places"]]
        return dict(kept["data"]), _built(kept["meta"]), places
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def keep(text: str, data: dict[str, Any], meta: FrontMatter, spans: Mapping[Path_, Span]) -> None:
    """Keep what a text gave; where that is not possible nothing is lost but time."""
    path = _path(text)
    if path is None or () not in spans:
        return
    import tempfile

    begin = spans[()].file.text.find(text)
    places = [[list(where), span.start - begin, span.end - begin] for where, span in spans.items()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _tidy(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump({"text": text, "data": data, "meta": asdict(meta), "places": places}, stream)
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


def _path(text: str) -> Path | None:
    named = os.environ.get("GALLEY_CACHE", "")
    if named == "off":
        return None
    try:
        base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    except RuntimeError:
        return None  # no home to keep anything in
    name = f"{crc32(text.encode('utf-8', 'replace')):08x}-{crc32(repr((__version__, _rooms())).encode()):08x}.json"
    return (Path(named) if named else Path(base) / "galley") / name


def _rooms() -> list[int]:
    """The sizes and times of the files that decide what is settled."""
    here = Path(__file__).parent
    rooms = ("fields.py", "settling.py", "metadata.py", "keeping.py")
    files = (*(here / room for room in rooms), here.parent / "frontmatter.py")
    return [number for file in files for number in (file.stat().st_size, file.stat().st_mtime_ns)]


def _tidy(folder: Path) -> None:
    kept = list(folder.iterdir())
    if len(kept) > MOST:
        for old in sorted(kept, key=lambda file: file.stat().st_mtime_ns)[: MOST // 2]:
            old.unlink(missing_ok=True)
