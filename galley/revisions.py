"""A revision of a project on disk: a folder or file as it is, or what git keeps under a tag, branch or commit, unpacked
into a folder of its own. Nothing in the repository is changed and no hook is run.
"""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from galley.report import fault

QUIET = (
    *("-c", "log.showSignature=false", "-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false", "-c", "core.quotePath=false"),
)

OFF = (("smudge", ""), ("clean", ""), ("process", ""), ("required", "false"), ("command", ""))
"""What is set in place of a repository's filters: it may have come from a stranger."""


class Revision(NamedTuple):
    """Where a revision stands on disk, how it is called, who made it ("" where unknown) and when (ISO 8601)."""

    path: Path
    name: str
    author: str
    date: str


def revision(named: str, project: Path, folder: Path) -> Revision:
    """What a user means by a name: a path that is there, else a revision of the project's repository.

    A revision of git's is unpacked into ``folder``; Fault where there is none of that name.
    """
    path = Path(named)
    if path.exists():
        return Revision(path, named, "", _modified(path))
    home = project if project.is_dir() else project.parent
    if named.startswith("-") or "\0" in named:
        raise fault("no-revision", named, "is no name of a revision", status=2)
    commit = git(home, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}").decode().strip()
    if not commit:
        hint = "name a folder, a file, or a tag, branch or commit of the project's git repository (--project names it)"
        raise fault("no-revision", named, "is neither a path nor a revision", hint, status=2)
    prefix = git(home, "rev-parse", "--show-prefix").decode().rstrip("\n")
    packed = git(home, *_unfiltered(home), "archive", "--format=tar", f"{commit}:{prefix}".rstrip("/"))
    if not packed:
        raise fault("no-revision", named, f"has no folder {prefix or '.'} in it", status=2)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive.getmembers():
            _unpack(archive, member, folder)
    author, _, date = git(home, "log", "-1", "--format=%an%x00%aI", commit).decode().strip().partition("\0")
    place = folder / project.name if project.is_file() else folder
    if not place.exists():
        raise fault("no-revision", named, f"has no file {project.name}", status=2)
    return Revision(place, named, author, _zulu(date))


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Put one file of an archive into a folder: plain files only, and none whose name leads out of it."""
    target = (folder / member.name).resolve()
    content = archive.extractfile(member) if member.isfile() else None
    if content is not None and target.is_relative_to(folder.resolve()):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.read())


def as_it_is(project: Path) -> Revision:
    """The project as it stands on disk."""
    return Revision(project, "as it is now", "", _modified(project))


def _unfiltered(home: Path) -> list[str]:
    """Options that take from the repository's own settings every program that git would pass its files through."""
    listed = git(home, "config", "--name-only", "--includes", "-z", "--get-regexp", r"^(filter|tar)\.")
    told = listed.decode("utf-8", "replace").split("\0")
    names = {name.rpartition(".")[0] for name in told if name and "=" not in name}
    keys = [(f"{name}.{key}", value) for name in sorted(names) for key, value in OFF]
    return [part for key, value in keys for part in ("-c", f"{key}={value}")]


def _zulu(date: str) -> str:
    """A date as Word has it, in UTC without fractions of a second."""
    try:
        return datetime.fromisoformat(date).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return ""


def _modified(path: Path) -> str:
    """When a manuscript was last written to, or SOURCE_DATE_EPOCH."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if seconds.isdigit():
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    files = [path] if path.is_file() else [*path.glob("manuscript/*.md"), *path.glob("*.md"), *path.glob("*.Rmd")]
    latest = max((file.stat().st_mtime for file in files), default=0.0)
    return datetime.fromtimestamp(latest, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def git(folder: Path, *arguments: str) -> bytes:
    """What git prints, b"" where it refuses."""
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    environment |= {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1"}  # nothing is fetched
    try:
        done = subprocess.run(
            ["git", *QUIET, *arguments],  # noqa: S607 - the git that the user has
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
            timeout=120,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        hint = "compare two folders instead, or install git"
        raise fault("no-git", "", "git could not be run", hint, status=2) from error
    return done.stdout if done.returncode == 0 else b""
