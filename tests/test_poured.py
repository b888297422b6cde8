"""Files written piece by piece: whole or not at all, and only where they are not there as they are to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from galley.writing import poured


@pytest.mark.parametrize("old", [None, b"", b"ab", b"abcd", b"abcdef", b"axcdef", b"abcdeX", b"abcdefg"])
@pytest.mark.parametrize("pieces", [[b"abcdef"], [b"ab", b"", b"cd", b"ef"], []])
def test_a_file_is_written_unless_it_is_there(tmp_path, old, pieces):
    path = tmp_path / "folder" / "file"
    if old is not None:
        path.parent.mkdir()
        path.write_bytes(old)
    before = path.stat().st_ino if path.exists() else None
    written = poured(path, iter(pieces))
    assert path.read_bytes() == b"".join(pieces)
    assert written == (old != b"".join(pieces))
    assert (path.stat().st_ino == before) == (not written)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("old", [None, b"", b"abc", b"abd", b"xyz"])
def test_a_fault_on_the_way_leaves_what_was_there(tmp_path, old):
    def faulty() -> Iterator[bytes]:
        yield b"ab"
        yield b"c"
        raise LookupError

    path = Path(tmp_path / "file")
    if old is not None:
        path.write_bytes(old)
    with pytest.raises(LookupError):
        poured(path, faulty())
    assert (path.read_bytes() if path.exists() else None) == old
    assert list(tmp_path.iterdir()) == ([path] if old is not None else [])
