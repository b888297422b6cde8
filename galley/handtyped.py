"""Citations typed by hand in a manuscript that cites by keys, told by every build: no engine sets them, lists their
work or notices that it is missing. The text is read for them only where something in it looks like one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from galley.patterns import pattern
from galley.report import Diagnostic, Fault

if TYPE_CHECKING:
    from galley.document import Document

CODE = "typed-citation"
SIGN = pattern(
    r"\([^()@\n]{0,80}\w[^()@\n]{0,40}, ?(?:1[5-9]|20)\d\d[a-z]?[;,:)]"  # (Name, 2001)
    r"|\b[A-Z][\w'’-]{1,40} \((?:1[5-9]|20)\d\d[a-z]?[,:)]"  # Name (2001)
)


def handtyped(document: Document, path: Path) -> tuple[Diagnostic, ...]:
    """The findings of typed citations in the project at a path, waivers on record observed."""
    texts = (file.text for file in document.files if not file.name.endswith(".bib"))
    if not document.references or not any(SIGN.search(text) for text in texts):
        return ()
    from galley import editing

    try:
        verdict = editing.keyed(path, document, ())
    except Fault:
        return ()  # what cannot be read so is told where it is read for its pages
    return tuple(one for one in verdict.findings if one.code == CODE)
