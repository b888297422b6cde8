"""What was made is kept by a hash of all it was made from; what is kept is bounded, and what is damaged counts as lost.

It lies with Galley's other kept values (see ``keeping``): GALLEY_CACHE names another folder, or "off".
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from galley import keeping

LIMIT = 1_000_000_000
"""Bytes that are kept; past that what was not used for longest goes. GALLEY_CACHE_SIZE says another number."""
MARK = b"galley-kept-1\n"
SHARE = 0.8
"""How much of the limit is left when some has gone."""


class Cache:
    """A folder of kept pieces, each under a hash; safe with several processes at once."""

    def __init__(self, folder: Path | None, limit: int = 0) -> None:
        """Without a folder nothing is kept."""
        said = os.environ.get("GALLEY_CACHE_SIZE", "")
        self._folder = folder
        self._limit = limit or (int(said) if said.isdigit() else LIMIT)
        self._size: int | None = None

    def get(self, key: str) -> bytes | None:
        """What is kept under a key; None where there is nothing, or no longer what it was."""
        path = self._path(key)
        if path is None:
            return None
        try:
            data = path.read_bytes()
        except OSError:
            return None
        head = len(MARK) + 32
        if not data.startswith(MARK) or sha256(data[head:]).digest() != data[len(MARK) : head]:
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # it was used: others go first
        return data[head:]

    def put(self, key: str, data: bytes) -> None:
        """Keep a piece; where that is not possible nothing is lost but time."""
        path = self._path(key)
        if path is None:
            return
        import tempfile

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
            with os.fdopen(handle, "wb") as stream:
                stream.write(MARK + sha256(data).digest() + data)
            os.replace(name, path)
        except OSError:
            return
        self._bound(len(data))

    def _path(self, key: str) -> Path | None:
        return self._folder / key[:2] / key if self._folder else None

    def _bound(self, added: int) -> None:
        """Let go of what was not used for longest, once there is more than the limit."""
        if self._size is not None and self._size + added <= self._limit:
            self._size += added
            return
        kept: list[tuple[float, int, Path]] = []
        for path in self._folder.glob("*/*") if self._folder else ():
            with suppress(OSError):
                state = path.stat()
                kept.append((state.st_mtime, state.st_size, path))
        self._size = sum(size for _, size, _ in kept)
        if self._size <= self._limit:
            return
        for _, size, path in sorted(kept):
            if self._size <= SHARE * self._limit:
                break
            with suppress(OSError):
                path.unlink()
                self._size -= size


def cache(*, off: bool = False) -> Cache:
    """The user's cache, unless it is off."""
    folder = None if off else keeping.folder("issues")
    return Cache(folder)
