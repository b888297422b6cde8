"""What was made of an issue's articles until it is written: in memory while it is little, then in a nameless file.

So an issue of a thousand articles takes no more memory than one of fifty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

ROOM = 48_000_000
"""Bytes that are held in memory; what comes after them goes into the file."""


class Spool:
    """Takes in files and gives them back."""

    def __init__(self, room: int = ROOM) -> None:
        """Nothing is there, and there is no file yet."""
        self._room = room
        self._file: IO[bytes] | None = None

    def lay(self, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """The same files, each to be had when it is asked for."""
        size = sum(map(len, files.values()))
        if size <= self._room:
            self._room -= size
            return files
        from tempfile import TemporaryFile

        self._file = self._file or TemporaryFile(prefix="galley-issue-")  # noqa: SIM115 - it goes with the spool
        at = self._file.seek(0, 2)
        places: dict[str, tuple[int, int]] = {}
        for name, content in files.items():
            self._file.write(content)
            places[name] = (at, len(content))
            at += len(content)
        return _Laid(self, places)

    def read(self, at: int, size: int) -> bytes:
        """A piece of the file."""
        if self._file is None:
            return b""
        self._file.seek(at)
        return self._file.read(size)

    def __del__(self) -> None:
        """The file goes when nobody can ask for what is in it any more."""
        if self._file:
            self._file.close()


class _Laid(Mapping[str, bytes]):
    """Files within a file."""

    __slots__ = ("_places", "_spool")

    def __init__(self, spool: Spool, places: Mapping[str, tuple[int, int]]) -> None:
        self._spool, self._places = spool, places

    def __getitem__(self, name: str) -> bytes:
        return self._spool.read(*self._places[name])

    def __contains__(self, name: object) -> bool:
        return name in self._places  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
