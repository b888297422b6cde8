#!/usr/bin/env python3
"""Writes docs/licences.md: `python .ci/licences.py FOLDER ...`, each a folder in which a lock is installed."""

from __future__ import annotations

import sys

from inventory import BENCHES, CARRIED, ROOT, SYSTEM, Carried, Package, direct, locked, scripts

HEAD = """# Licences

What Galley is made of and made with. Galley itself is under the MIT licence. This page is made from the packages' own
metadata (`python .ci/licences.py FOLDER ...`); the names of licences are SPDX's. The versions are those of `.ci/locks`,
with which the tests run; `pyproject.toml` says which others are allowed.

## In short

- What a run needs is under permissive licences, but for Pandoc: a program of its own under the GPL, which comes inside
  the package `pypandoc-binary`, is started as a process and is not linked to. Whoever hands on that package hands on
  Pandoc under its terms.
- Faces under the SIL Open Font License and the GUST Font License may be embedded in pages without any duty.
- MPL, GPL and AGPL stand below only for what tests and CI run. Nothing of these is in the wheel.
"""


def main(folders: list[str]) -> int:
    """Write the page anew."""
    constraints = locked("constraints.txt", folders)
    known = {one.name for one in constraints}
    first = {one.name for one in locked("runtime.txt", folders)}
    runs = [one for one in constraints if one.name in first]
    adds = [one for one in constraints if one.name not in first]
    release = [one for one in locked("release.txt", folders) if one.name not in known]
    text = "\n".join(
        (
            HEAD,
            *_table("What every run needs", runs, folders),
            *_table("What extras, tests and the build add", adds, folders),
            *_table("What making and judging a release adds", release, folders),
            *_table("Validators that CI unpacks or runs", _validators(folders), folders),
            *_carried("What comes within these", CARRIED),
            *_carried("Programs of the system that tests run", SYSTEM),
            *_carried("Tools of benches", BENCHES),
        )
    )
    (ROOT / "docs" / "licences.md").write_text(text.rstrip("\n") + "\n", "utf-8", newline="\n")
    return 0


def _validators(folders: list[str]) -> list[Package]:
    return [*locked("unpacked.txt", folders), *locked("outloud.txt", folders), *scripts()]


def _table(title: str, packages: list[Package], folders: list[str]) -> list[str]:
    """A section with a line a package: who asks for it, under which licence it stands."""
    asked: dict[str, list[str]] = {}
    for extra, names in direct().items():
        for name in names:
            asked.setdefault(name, []).append(f"`[{extra}]`" if extra else "Galley")
    for one in (*locked("constraints.txt", folders), *locked("release.txt", folders)):
        for name in one.needs:
            if one.name not in asked.setdefault(name, []):
                asked[name].append(one.name)
    rows = [
        f"| {one.name} | {one.version} | {one.licence} | {', '.join(asked.get(one.name) or ['CI'])} |"
        for one in packages
    ]
    return [f"## {title}", "", "| package | version | licence | asked for by |", "| --- | --- | --- | --- |", *rows, ""]


def _carried(title: str, parts: tuple[Carried, ...]) -> list[str]:
    rows = [f"| {one.name} | {one.licence} | {one.within} | {one.what} |" for one in parts]
    return [f"## {title}", "", "| part | licence | within | what for |", "| --- | --- | --- | --- |", *rows, ""]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
