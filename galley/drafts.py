"""Which pages in an output folder have errors in them: such a page never takes the place of one that has none."""

from __future__ import annotations

from pathlib import Path

from galley.writing import write

LIST = ".galley-drafts"
"""The file beside the pages that names those with errors, one a line."""


def is_draft(path: Path) -> bool:
    """Whether the page that stands at a path was written with errors in it."""
    return path.name in _named(path.parent)


def note(path: Path, faulty: bool) -> None:
    """Note of a page just written whether it has errors in it."""
    names = _named(path.parent)
    if faulty == (path.name in names):
        return
    names = names | {path.name} if faulty else names - {path.name}
    file = path.parent / LIST
    try:
        if names:
            write(file, "".join(f"{name}\n" for name in sorted(names)).encode())  # in place of a link, not through it
        else:
            file.unlink(missing_ok=True)
    except OSError:
        return  # the page is there; only its mark is not


def _named(folder: Path) -> set[str]:
    if (folder / LIST).is_symlink():
        return set()
    try:
        return set((folder / LIST).read_text("utf-8").split("\n")) - {""}
    except (OSError, UnicodeDecodeError):
        return set()
