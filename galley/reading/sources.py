"""A project on disk -> the files that decide what comes of it: manuscript, bibliographies, whatever they name.

A file counts that the manuscript may mean: one that is there under a name written in it, whatever it is written for.
One too many does no harm.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from galley.reading.files import locate

TARGET = re.compile(r"\]\(\s*<?([^)>\n]{1,500}?)>?(?:\s+(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\s*\)")
QUOTED = re.compile(r"\"([^\"\n]{1,300})\"|'([^'\n]{1,300})'|`([^`\n]{1,300})`")
WORD = re.compile(r"[^\s\"'`()<>\[\]{},;=|]{1,300}")
FIELD = re.compile(r"^[ \t-]*(?:[\w-]+[ \t]*:)?[ \t]*(.{1,300}?)[ \t]*$", re.MULTILINE)
FOLDERS = ("fonts", "templates")
"""Folders of a project all of which counts."""


def sources(path: Path) -> tuple[tuple[str, Path], ...]:
    """The files of a project by their paths from its folder, in order; Fault where there is no manuscript."""
    project = locate(path)
    folder = project.folder.resolve()
    texts = [*project.manuscript, *([project.metadata] if project.metadata else [])]
    found = {file.resolve() for file in texts}
    found |= {file.resolve() for file in (folder / "references.bib",) if file.is_file()}
    bases = tuple(dict.fromkeys((folder, project.manuscript[0].parent.resolve())))
    for text in texts:
        for name in _names(text.read_bytes().decode("utf-8", "replace")):
            found |= set(_there(name, bases, folder))
    if folder not in (Path(folder.anchor), Path.home()):
        for inner in FOLDERS:
            if _is_own(folder / inner):
                found |= {file.resolve() for file in (folder / inner).rglob("*") if file.is_file()}
    return tuple(sorted((file.relative_to(folder).as_posix(), file) for file in found if file.is_relative_to(folder)))


def _is_own(folder: Path) -> bool:
    """Whether a folder is the project's and not Galley's own templates."""
    return folder.is_dir() and folder.resolve() != (Path(__file__).parents[2] / "templates").resolve()


def _names(text: str) -> set[str]:
    """Whatever in a text may be the name of a file: each has a full stop within it."""
    from urllib.parse import unquote

    words = [word for word in set(WORD.findall(text)) if "." in word]
    found = [*TARGET.findall(text), *(name for match in QUOTED.findall(text) for name in match)]
    found += [*words, *(word.rstrip(".,:!?") for word in words), *FIELD.findall(text[:20_000])]
    return {form for name in found if "." in name or "%" in name for form in (name, unquote(name)) if "." in form}


def _there(name: str, bases: tuple[Path, ...], folder: Path) -> Iterator[Path]:
    for base in bases:
        try:
            if os.path.isfile(os.path.join(base, name)):  # most are none, and a path costs more than a look
                file = (base / name).resolve()
                if file.is_relative_to(folder):
                    yield file
        except (OSError, ValueError, RuntimeError):
            continue
