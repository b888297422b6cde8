"""A settled Document and a theme -> the bytes of a tagged, archival PDF: Pandoc writes Typst, the theme's shell wraps
it, and the Typst compiler that came as a wheel sets the pages in this process.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from galley.document import NONE, Document
from galley.formats.pdfahead import Ahead, warm
from galley.formats.pdfbounds import bounded, compiling
from galley.formats.pdfmemory import spared
from galley.formats.pdfpictures import drawn
from galley.formats.typstfiles import LIST, MAIN, Frame, Listed
from galley.formats.typstwords import string
from galley.frontmatter import FrontMatter
from galley.pandocprocess import HIRED
from galley.patterns import pattern
from galley.report import ERROR, Diagnostic, Fault, fault
from galley.theme import Theme

SUFFIX = ".pdf"
STANDARDS = ("a-2a", "ua-1")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a PDF for which neither the front matter nor SOURCE_DATE_EPOCH gives one."""
JOINING = pattern(r"[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters of Hebrew, Arabic, the scripts of India and the like: they need a font made for them."""


def write(
    document: Document,
    theme: Theme,
    standards: Sequence[str] = STANDARDS,
    attachments: Mapping[str, bytes] = NONE,
    notice: str = "",
    begun: Callable[[], None] | None = None,
    ahead: Ahead | None = None,
) -> bytes:
    """The article's pages as PDF, by default PDF/A-2a and PDF/UA-1 at once; Fault where Typst refuses it.

    ``attachments`` are files of text to ride in it, by name (only PDF/A-3 takes any); ``notice`` stands at the head of
    every page. ``begun`` is called when all that is left is the work of Pandoc and Typst, beside which Python is free;
    ``ahead`` may be setting the list of references since before.
    """
    document, pictures = drawn(document)
    spared(sum(len(file.text) for file in document.files))
    import typst

    folders = font_folders(document, theme)
    date = made(document.meta)
    own = typst.Fonts(include_system_fonts=False, font_paths=folders)
    ready = None if HIRED.worker else lambda files: warm(files, own, document.folder)  # a long-lived process is warm
    listed = ahead.listed(document, theme, date) if ahead else None
    frame = Frame(document, listed or Listed(document, theme, date, ready), ready)
    if begun:
        begun()
    texts = frame.files()
    joining = any(
        JOINING.search(texts.get(name, "")) for name in (MAIN, LIST)
    )  # our own fonts have such letters only in part
    fonts = typst.Fonts(include_system_fonts=True, font_paths=folders) if joining else own
    texts[MAIN] = noticed(notice) + texts[MAIN] + "".join(attached(name) for name in attachments)
    files: dict[str, Any] = {name: text.encode() for name, text in texts.items()} | dict(attachments)
    files |= pictures
    compile: Any = typst.compile  # its stubs do not know that files may be given by name

    def compiled(fonts: typst.Fonts) -> bytes:
        with compiling():
            pdf: bytes = compile(
                files,
                root=str(document.folder),
                font_paths=fonts,
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=list(standards),
                timestamp=int(date.timestamp()),
            )
        return bounded(pdf, pages(pdf))

    try:
        return compiled(fonts)
    except typst.TypstError as error:
        if not NO_LETTER.search(error.diagnostic or ""):
            raise refusal(error.diagnostic or error.message, theme) from error
    try:  # a letter that no font of ours has: one of the system's may have it
        return compiled(typst.Fonts(include_system_fonts=True, font_paths=folders))
    except typst.TypstError as error:
        raise refusal(error.diagnostic or error.message, theme) from error


def noticed(notice: str) -> str:
    """The Typst that puts words at the head of every page, before the theme sets its own."""
    if not notice:
        return ""
    words = f'font: "Libertinus Serif", size: 9pt, weight: "bold", fill: rgb("#a11212"), {string(notice)}'
    placed = f"place(top + center, dy: 6mm, text({words}))"
    return f'#set page(foreground: pdf.artifact(kind: "page", {placed}))\n'


def attached(name: str) -> str:
    """The Typst that puts a file into the PDF; JATS is what the pages are made from, all else comes with it."""
    xml = name.endswith(".xml")
    relation, kind = ("source", "application/xml") if xml else ("supplement", "text/plain")
    said = "The article as JATS XML" if xml else "The references as BibTeX"
    return f'\n#pdf.attach("{name}", relationship: "{relation}", mime-type: "{kind}", description: "{said}")'


def sources(document: Document, theme: Theme) -> dict[str, str]:
    """Every Typst file the compiler is given, by name: the shell with the article in it, the tokens, the theme's."""
    return Frame(document, Listed(document, theme, made(document.meta))).files()


def begin(document: Document, theme: Theme, ahead: Ahead) -> None:
    """Set a document's references ahead of its text: see ``write``."""
    ahead.begin(document, theme, made(document.meta), font_folders(document, theme))


def pages(pdf: bytes) -> int:
    """How many pages a PDF of ours has, by its XMP metadata."""
    found = re.search(rb"<xmpTPg:NPages>(\d+)<", pdf)
    return int(found[1]) if found else 0


def made(meta: FrontMatter) -> datetime:
    """The date a PDF bears: that of publication, else SOURCE_DATE_EPOCH (seconds), else the year 2000's first day."""
    if meta.date:
        return datetime.fromisoformat((meta.date + "-01-01")[:10]).replace(tzinfo=UTC)
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else EPOCH


def font_folders(document: Document, theme: Theme) -> list[str]:
    """The folders of fonts, the theme's and the project's; never the system's, so that pages are alike everywhere."""
    folders = (*theme.folders, document.folder)
    return [str(folder / "fonts") for folder in folders if (folder / "fonts").is_dir()]


# -- what Typst refuses ------------------------------------------------------------------------------

DRAWN = pattern(r"^error: (?P<message>.+?)\n(?P<drawing>.*?)(?=^error: |^warning: |\Z)", re.MULTILINE | re.DOTALL)
PLACE = pattern(r"┌─ (?P<file>.+):(?P<line>\d+):(?P<column>\d+)\s*$", re.MULTILINE)
EXCERPT = pattern(r"^ *\d+ │ (.*)$", re.MULTILINE)
HINT = pattern(r"^ *= hint: (.*)$", re.MULTILINE)
NO_LETTER = pattern(r'the text `"(.[^`\n]*)"` could not be displayed with font')
IMAGE = pattern(r'image\("((?:[^"\\]|\\.)*)"')


def refusal(drawn: str, theme: Theme) -> Fault:
    """Typst's drawn errors as diagnostics: those of the theme by file and line, those of the article by its words."""
    errors = [(match["message"], match["drawing"]) for match in DRAWN.finditer(drawn)]
    if not errors:
        return fault("typst", "", "Typst: " + " ".join(drawn.split()), status=2)
    letters = [letter for message, _ in errors for letter in NO_LETTER.findall(message)]
    found = [_finding(*error, theme) for error in errors if not NO_LETTER.search(error[0])]
    diagnostics = [diagnostic for diagnostic, _ in found]
    if letters:
        message = f"none of the fonts has {', '.join(dict.fromkeys(letters))}"
        hint = "install a font that has them, or put its file into the folder fonts/: boxes are not archival"
        diagnostics.append(Diagnostic(ERROR, "no-letter", "", message, hint))
    return Fault(tuple(dict.fromkeys(diagnostics)), 2 if any(status == 2 for _, status in found) else 1)


def _finding(message: str, drawing: str, theme: Theme) -> tuple[Diagnostic, int]:
    place = PLACE.search(drawing)
    name = Path(place["file"]).name if place else MAIN
    hints = HINT.findall(drawing)
    excerpt = EXCERPT.search(drawing)
    words = excerpt[1].strip() if excerpt else ""
    message = re.sub(r" \(searched at .*\)", "", message)
    if place and name in theme.files(".typ") and name not in (MAIN, LIST, "theme.typ"):
        where = f"{theme.path(name)}:{place['line']}:{int(place['column']) + 1}"
        return Diagnostic(ERROR, "typst", where, message, "; ".join(hints)), 2
    image = IMAGE.search(words)
    if not image and words:
        hints.append("it is at: " + (words if len(words) <= 70 else words[:70] + "…"))
    return Diagnostic(ERROR, "typst", image[1] if image else "", message, "; ".join(hints)), 1
