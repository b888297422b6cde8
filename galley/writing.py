"""Files written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from galley.report import fault


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
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
