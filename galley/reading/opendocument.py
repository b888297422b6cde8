"""An ODT file -> Typescript: its words by way of Pandoc, its citations by Zotero, Mendeley or JabRef from their marks."""

from __future__ import annotations

from pathlib import Path

from galley import pandoc
from galley.reading.files import named
from galley.reading.typescript import lined, titled
from galley.report import fault
from galley.typescript import Typescript


def read(path: Path) -> Typescript:
    """An ODT file as a typescript; Fault where it is none."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise fault("unreadable-file", named(path), f"cannot be read: {(error.strerror or str(error)).lower()}") from error
    process = pandoc._start(["-f", "odt", "-t", "json", "--sandbox"])
    import json

    assert process.stdin is not None
    process.stdin.buffer.write(raw)
    process.stdin.close()
    process.stdin = None
    tree = json.loads(pandoc._finish(process, "pandoc-read"))
    return lined(named(path), str(path), [*titled(tree["meta"], tree["blocks"]), *tree["blocks"]])
