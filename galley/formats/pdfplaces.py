"""Where places of a document come to stand when it is set: the page and the line, by the compiler's own count."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from galley.formats import pdf
from galley.formats.pdfbounds import compiling
from galley.formats.pdfmarks import unpictured
from galley.formats.pdfpictures import drawn
from galley.formats.typstfiles import MAIN

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

LINES = """#set par.line(numbering: n => [#metadata(n)<redline-line>], numbering-scope: "page")
"""
ASKED = """
#context {
  let at(it) = (it.location().page(), it.location().position().x.pt(), it.location().position().y.pt())
  let page-of(it) = counter(page).at(it.location()).first()
  let lines = query(<redline-line>).map(it => (it.value, ..at(it)))
  let found = query(<redline-change>).map(it => (it.value, page-of(it), ..at(it))).flatten()
  [#metadata((lines: lines.flatten(), found: found))<redline-places>]
}
"""
LABEL = re.compile(r'(?:#metadata\(none\))?#label\("([\w.-]+)"\)|<([\w.-]+)>')
Place = tuple[int, int]
"""A page as it is numbered, and a line of it, both from 1; the line is 0 where no line of text stands there."""


def places(document: Document, theme: Theme, names: list[str]) -> dict[str, Place]:
    """The page and line of each of these identifiers; of those that stand nowhere none."""
    import typst

    for made in (document, unpictured(document)):
        try:
            said = _asked(made, theme, frozenset(names))
        except (typst.TypstError, RuntimeError):  # a drawing Typst cannot read, or the like
            continue
        return _placed(_chunks(said["lines"], 4), _chunks(said["found"], 5))
    return {}


def _asked(document: Document, theme: Theme, known: frozenset[str]) -> dict[str, Any]:
    """What the compiler says of the places of lines and names."""
    import typst

    document, pictures = drawn(document)
    texts = pdf.sources(document, theme)
    texts = {name: _asking(text, known) for name, text in texts.items()}
    texts[MAIN] = LINES + texts[MAIN] + ASKED
    files: dict[str, Any] = {name: text.encode() for name, text in texts.items()} | pictures
    fonts = typst.Fonts(include_system_fonts=False, font_paths=pdf.font_folders(document, theme))
    query: Any = typst.query  # its stubs do not know that files may be given by name
    root = str(document.folder)
    options = {"root": root, "font_paths": fonts, "ignore_system_fonts": True}
    with compiling():
        said: dict[str, Any] = json.loads(query(files, "<redline-places>", field="value", one=True, **options))
    return said


def _asking(text: str, known: frozenset[str]) -> str:
    """The labels that are sought as places of their own: a label by itself is that of the whole text before it."""

    def place(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return f"#[#metadata({json.dumps(name)})<redline-change>]" if name in known else found[0]

    return LABEL.sub(place, text)


def _chunks(values: list[Any], size: int) -> list[list[Any]]:
    return [values[at : at + size] for at in range(0, len(values), size)]


def _placed(lines: list[list[Any]], found: list[list[Any]]) -> dict[str, Place]:
    """The last line that begins no lower than the place and, in columns, not right of it."""
    by_page: dict[int, list[tuple[float, float, int]]] = {}
    for number, page, across, down in lines:
        by_page.setdefault(page, []).append((down, across, number))
    out: dict[str, Place] = {}
    for name, shown, page, across, down in found:
        near = [one for one in by_page.get(page, ()) if one[1] <= across + 1] or by_page.get(page, [])
        best = min(near, key=lambda one: (abs(one[0] - down), one[0]), default=None)
        out.setdefault(name, (shown, best[2] if best else 0))
    return out
