"""Finding a project on disk and reading its text files: which Markdown, which metadata, which bibliography."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import NamedTuple

from galley.report import ERROR, Diagnostic, Fault, fault
from galley.span import File

LIMIT = 32_000_000
"""Bytes a single text file may have."""


class Project(NamedTuple):
    """Where a manuscript lies: its root folder, its Markdown files in order, and a metadata.yaml if it has one."""

    folder: Path
    manuscript: tuple[Path, ...]
    metadata: Path | None = None


def locate(path: Path) -> Project:
    """The project at a folder or a Markdown file; Fault where there is no manuscript.

    A folder has ``manuscript/*.md``, or Markdown of its own: the one file whose front matter names a
    bibliography, else the only one there is.
    """
    if path.is_file():
        return Project(path.parent, (path,))
    if not path.is_dir():
        raise fault("no-project", str(path), "there is no such file or folder", status=2)
    inner = path / "manuscript"
    chapters = _markdown(inner)
    if chapters:
        return _within(Project(path, chapters, _metadata(inner) or _metadata(path)))
    if inner.is_dir():
        raise _nothing(path, f"there is no Markdown file in {named(inner)}", "write manuscript/article.md")
    return _within(Project(path, (_only(path),), _metadata(path)))


def _within(project: Project) -> Project:
    """The project; Fault where a file of it is a link that leads out of its folder."""
    root = project.folder.resolve()
    for path in filter(None, (*project.manuscript, project.metadata)):
        if not path.resolve().is_relative_to(root):
            message, hint = "is a link that leads out of the project", "put the file itself into the project's folder"
            raise fault("outside-project", named(path), message, hint)
    return project


def _only(folder: Path) -> Path:
    found = [file for file in _markdown(folder) if file.name.lower() not in ("readme.md", "changelog.md")]
    if len(found) > 1:
        citing = [file for file in found if _names_bibliography(file)]
        found = citing if len(citing) == 1 else found
    if len(found) == 1:
        return found[0]
    if not found:
        hint = "'galley new FOLDER' makes a project to start from"
        raise _nothing(folder, "there is no manuscript here: no manuscript/*.md and no Markdown file", hint)
    names = ", ".join(file.name for file in found[:5])
    hint = "name the one that is meant, or put the files into manuscript/"
    raise _nothing(folder, f"there are several Markdown files here: {names}", hint)


def _nothing(folder: Path, message: str, hint: str) -> Fault:
    return fault("no-manuscript", named(folder), message, hint, status=2)


def _markdown(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted((p for p in folder.glob("*.md") if p.is_file()), key=lambda p: _natural(p.name)))


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Sorts 2-method.md before 10-results.md."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name) if part]


def _metadata(folder: Path) -> Path | None:
    path = folder / "metadata.yaml"
    return path if path.is_file() else None


def _names_bibliography(path: Path) -> bool:
    try:
        head = path.read_bytes()[:20_000]
    except OSError:
        return False
    return head.startswith((b"---", b"\xef\xbb\xbf---")) and bool(re.search(rb"^bibliography\s*:", head, re.MULTILINE))


def is_there(path: Path) -> bool:
    """Whether a file or folder is at a path; a name that no system can hold is nowhere."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def named(path: Path) -> str:
    """The path as the user would type it: relative to where he stands, if it is below or near."""
    try:
        short = os.path.relpath(path)
    except ValueError:
        return str(path)
    return str(path) if short.startswith(os.path.join("..", "..", "..")) else short


def text_file(path: Path) -> tuple[File, tuple[Diagnostic, ...]]:
    """A file's text in UTF-8 with ``\\n`` line ends, and what was wrong with its bytes.

    Bytes that are not UTF-8 are reported once and read as Windows-1252, as most such files are.
    """
    name = named(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a device or a pipe may have no end
            return File(name, ""), (Diagnostic(ERROR, "unreadable-file", name, "cannot be read: it is no file"),)
        with path.open("rb") as stream:
            raw = stream.read(LIMIT + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        return File(name, ""), (Diagnostic(ERROR, "unreadable-file", name, f"cannot be read: {why}"),)
    if len(raw) > LIMIT:
        message = f"is longer than {LIMIT // 1_000_000} MB, which is the limit"
        return File(name, ""), (Diagnostic(ERROR, "too-large", name, message),)
    return _decoded(name, raw)


def _decoded(name: str, raw: bytes) -> tuple[File, tuple[Diagnostic, ...]]:
    hint = "save the file as UTF-8"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        file = File(name, _tidy(raw.decode("utf-16", "replace").replace("\0", "\ufffd")))
        return file, (Diagnostic(ERROR, "not-utf8", file.span(0, 1), "the file is in UTF-16", hint),)
    try:
        file = File(name, _tidy(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        file = File(name, _tidy(raw.decode("cp1252", "replace").replace("\0", "\ufffd")))
        at = len(_tidy(raw[: error.start].decode("cp1252", "replace")))
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
        return file, (Diagnostic(ERROR, "not-utf8", file.span(at, at + 1), message, hint),)
    nul = file.text.find("\0")
    if nul >= 0:
        clean = File(name, file.text.replace("\0", "\ufffd"))
        return clean, (
            Diagnostic(ERROR, "nul-byte", clean.span(nul, nul + 1), "there is a NUL byte in the text", "delete it"),
        )
    return file, ()


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
