#!/usr/bin/env python3
"""Writes a software bill of materials, CycloneDX 1.6 in JSON: `python .ci/sbom.py FILE FOLDER ...`.

FOLDERs are where .ci/locks/runtime.txt and the extras' packages are installed. The same locks give the same bytes: no
time, no random number.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from inventory import CARRIED, ROOT, Carried, Package, direct, locked

SHIPPED = ("", "cluster", "preview")  # the extras a user may install; tests and builds are no part of the product


def main(words: list[str]) -> int:
    """Write the bill to the file named first."""
    file, *folders = words
    Path(file).write_text(bill(tuple(folders)), "utf-8", newline="\n")
    return 0


def bill(folders: tuple[str, ...]) -> str:
    """The bill as JSON: Galley, what a run needs, what its extras add (optional), and what these carry."""
    packages = {one.name: one for one in locked("constraints.txt", folders)}
    required = {one.name for one in locked("runtime.txt", folders)}
    wanted = _closure([name for extra in SHIPPED for name in direct()[extra]], packages)
    parts = [_component(packages[name], name in required) for name in sorted(wanted)]
    carried = [one for one in CARRIED if one.within in wanted or one.within.startswith("the theme")]
    tops = [_ref(packages[name]) for name in sorted({name for extra in SHIPPED for name in direct()[extra]})]
    themes = [_name(one) for one in carried if one.within.startswith("the theme")]
    uses = [
        {"ref": _ref(packages[name]), "dependsOn": _uses(packages[name], packages, carried)} for name in sorted(wanted)
    ]
    content = {
        "components": [*parts, *(_part(one) for one in carried)],
        "dependencies": [{"ref": _own(), "dependsOn": [*tops, *themes]}, *uses],
    }
    told = json.dumps(content, sort_keys=True)
    head = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, told)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": _own(),
                "name": "galley-press",
                "version": _version(),
                "licenses": [{"expression": "MIT"}],
                "purl": _own(),
            }
        },
    }
    return json.dumps({**head, **content}, indent=2, ensure_ascii=False) + "\n"


def _component(one: Package, required: bool) -> dict[str, object]:
    """A package; the hashes of all its files, as its index serves them for one system or another."""
    return {
        "type": "library",
        "bom-ref": _ref(one),
        "name": one.name,
        "version": one.version,
        "scope": "required" if required else "optional",
        "licenses": [{"expression": one.licence}],
        "purl": _ref(one),
        "externalReferences": [
            {
                "type": "distribution",
                "url": _ref(one),
                "comment": "the files of this release, for all systems",
                "hashes": [{"alg": "SHA-256", "content": content} for content in one.hashes],
            }
        ],
        **({"description": f"where {one.marker}"} if one.marker else {}),
    }


def _part(one: Carried) -> dict[str, object]:
    """What comes within a package or a theme."""
    kind = "data" if "face" in one.what else "application"
    return {
        "type": kind,
        "bom-ref": _name(one),
        "name": one.name,
        "description": f"within {one.within}: {one.what}",
        "licenses": [{"expression": one.licence}],
    }


def _closure(names: list[str], packages: dict[str, Package]) -> set[str]:
    """The names and all they need, of what the lock holds."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in packages and name not in found:
            found.add(name)
            waiting += packages[name].needs
    return found


def _uses(one: Package, packages: dict[str, Package], carried: list[Carried]) -> list[str]:
    needed = [_ref(packages[name]) for name in one.needs if name in packages]
    return needed + [_name(part) for part in carried if part.within == one.name]


def _ref(one: Package) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def _name(one: Carried) -> str:
    return "carried:" + re.sub(r"\W+", "-", f"{one.within}-{one.name}".lower())


def _own() -> str:
    return f"pkg:pypi/galley-press@{_version()}"


def _version() -> str:
    text = (ROOT / "galley" / "__init__.py").read_text("utf-8")
    return re.search(r'__version__ = "([^"]+)"', text)[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
