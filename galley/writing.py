"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import IO

from galley.report import fault

PIECE = 1 << 20
"""Bytes that are copied at once."""


def outputs(project: Path, named: Path | None = None) -> Path:
    """The folder that outputs go to: the one named, else output/ in the project; Fault where that leads out of it.

    A folder that the user names may be anywhere; a link that came with the project may not.
    """
    if named:
        return named
    folder = project.parent if project.is_file() else project
    if not (folder / "output").resolve().is_relative_to(folder.resolve()):
        hint = "take the link away, or name a folder with --output"
        raise fault(
            "outside-project", str(folder / "output"), "is a link that leads out of the project", hint, status=2
        )
    return folder / "output"


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: what stood there stays until the new one is complete."""
    _replaced(path, (content,))


def _replaced(path: Path, pieces: Iterable[bytes]) -> None:
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def poured(path: Path, pieces: Iterable[bytes]) -> bool:
    """Write a file whole or not at all, piece by piece, unless it is there already as it is to be; whether it was
    written. No more than a piece is held."""
    given = iter(pieces)
    try:
        if path.is_symlink():
            raise OSError  # what it leads to is nobody's business: a file takes its place
        old: IO[bytes] = path.open("rb")
    except OSError:
        _replaced(path, given)
        return True
    with old:
        alike, rest = _alike(old, given)
        if rest is not None:
            _replaced(path, chain(_head(old, alike), (rest,), given))
    return rest is not None


def _alike(old: IO[bytes], given: Iterator[bytes]) -> tuple[int, bytes | None]:
    """How many bytes a file has as they are to be, and the piece that is another there; None where all is alike."""
    alike = 0
    for piece in given:
        if old.read(len(piece)) != piece:
            return alike, piece
        alike += len(piece)
    return alike, b"" if old.read(1) else None


def _head(old: IO[bytes], size: int) -> Iterator[bytes]:
    old.seek(0)
    while size:
        piece = old.read(min(size, PIECE))
        if not piece:
            raise OSError("a file was cut short while it was read")
        size -= len(piece)
        yield piece


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else of us writes into the folder, and keep others waiting: what two runs write is not mixed.

    The folder itself is locked, so no file is left; where the system knows no such locks, nothing is waited for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        from fcntl import LOCK_EX, flock

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        with suppress(OSError):  # some file systems of networks have none
            flock(handle, LOCK_EX)
        yield
    finally:
        os.close(handle)


def exchanged(fresh: Path, target: Path) -> None:
    """Put a folder in the place of another, which is then where the fresh one was: in one step where the system knows
    such a step, so that there is no moment without either; else the old one is put back where the new cannot follow."""
    if not target.exists():
        left = sorted(target.parent.glob(f".{target.name}.*.old"))
        if not left:
            fresh.rename(target)
            return
        left[-1].rename(target)  # a run was ended between the two steps below
    if _swapped(fresh, target):
        return
    old = fresh.with_name(f"{fresh.name}.old")
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    old.rename(fresh)


def _swapped(one: Path, other: Path) -> bool:
    """Whether the system has exchanged two paths: renameat2 of Linux, renamex_np of macOS."""
    import ctypes
    import sys

    names = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return bool(system.renamex_np(*names, 2) == 0)
        return bool(system.renameat2(-100, names[0], -100, names[1], 2) == 0)
    except (AttributeError, OSError, TypeError):
        return False  # an older library, a file system that cannot, or Windows


def seen(paths: Iterable[Path]) -> dict[Path, bytes]:
    """What stands in files that are to be changed: to be given to ``over`` once it is known how."""
    return {path.resolve(): path.read_bytes() for path in paths}


def over(path: Path, content: bytes, before: Mapping[Path, bytes]) -> None:
    """Write a manuscript's file that was seen before; Fault where somebody has changed it since, whose work it is."""
    known = before.get(path.resolve())
    if known is not None and path.read_bytes() != known:
        hint = "nothing was written into it; do it again"
        raise fault("changed-while-read", str(path), "was changed by somebody else meanwhile", hint, status=2)
    write(path, content)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
