"""A settled Document and a theme -> the bytes of a tagged, archival PDF: Pandoc writes Typst, the theme's shell wraps
it, and the Typst compiler that came as a wheel sets the pages in this process.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from galley import keeping, pandoc
from galley.document import NONE, Document
from galley.formats import typst as prepared
from galley.formats.pdfpictures import drawn
from galley.formats.typstwords import Texts
from galley.frontmatter import STATEMENTS, FrontMatter
from galley.patterns import pattern
from galley.report import ERROR, Diagnostic, Fault, fault
from galley.theme import Theme

SUFFIX = ".pdf"
STANDARDS = ("a-2a", "ua-1")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a PDF for which neither the front matter nor SOURCE_DATE_EPOCH gives one."""
JOINING = pattern(r"[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters of Hebrew, Arabic, the scripts of India and the like: they need a font made for them."""
MAIN = "main.typ"
PARTS = ("title", "subtitle", "author-note", "abstract", "references", "back")
LANGUAGE = pattern(r"([A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?(?:-.*)?")


def write(
    document: Document,
    theme: Theme,
    standards: Sequence[str] = STANDARDS,
    attachments: Mapping[str, bytes] = NONE,
    notice: str = "",
) -> bytes:
    """The article's pages as PDF, by default PDF/A-2a and PDF/UA-1 at once; Fault where Typst refuses it.

    ``attachments`` are files of text to ride in it, by name (only PDF/A-3 takes any); ``notice`` stands at the head of
    every page.
    """
    document, pictures = drawn(document)
    frame = _Frame(document)  # Pandoc writes from here on; what follows does not wait for it
    import typst

    folders = _fonts(document, theme)
    date = made(document.meta)
    own = typst.Fonts(include_system_fonts=False, font_paths=folders)
    texts = frame.files(theme, date, lambda shell: _warm(shell, own, document.folder, standards))
    joining = JOINING.search(texts[MAIN]) is not None  # our own fonts have such letters only in part
    fonts = typst.Fonts(include_system_fonts=True, font_paths=folders) if joining else own
    texts[MAIN] = noticed(notice) + texts[MAIN] + "".join(attached(name) for name in attachments)
    files: dict[str, Any] = {name: text.encode() for name, text in texts.items()} | dict(attachments)
    files |= pictures
    compile: Any = typst.compile  # its stubs do not know that files may be given by name

    def compiled(fonts: typst.Fonts) -> bytes:
        pdf: bytes = compile(
            files,
            root=str(document.folder),
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=list(standards),
            timestamp=int(date.timestamp()),
        )
        return pdf

    try:
        return compiled(fonts)
    except typst.TypstError as error:
        if not NO_LETTER.search(error.diagnostic or ""):
            raise _refusal(error.diagnostic or error.message, theme) from error
    try:  # a letter that no font of ours has: one of the system's may have it
        return compiled(typst.Fonts(include_system_fonts=True, font_paths=folders))
    except typst.TypstError as error:
        raise _refusal(error.diagnostic or error.message, theme) from error


def _warm(files: Mapping[str, str], fonts: Any, folder: Path, standards: Sequence[str]) -> None:
    """Set the theme's shell without the article while Pandoc writes: the compiler's first steps are the slow ones.

    It keeps what it has worked out for the rest of the process; what it makes of the empty shell is thrown away.
    """
    import typst

    compile: Any = typst.compile
    named = {name: text.encode() for name, text in files.items()}
    options = {"ignore_system_fonts": True, "format": "pdf", "pdf_standards": list(standards)}
    with suppress(typst.TypstError, RuntimeError):  # what is wrong will be told when the article is set
        compile(named, root=str(folder), font_paths=fonts, **options)


def noticed(notice: str) -> str:
    """The Typst that puts words at the head of every page, before the theme sets its own."""
    if not notice:
        return ""
    words = f'font: "Libertinus Serif", size: 9pt, weight: "bold", fill: rgb("#a11212"), {prepared.string(notice)}'
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
    return _Frame(document).files(theme, made(document.meta))


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


# -- the Typst files ---------------------------------------------------------------------------------


GAP = pattern("\0([^\0]+)\0")
"""A place in the filled-in shell where Pandoc's text for a slot goes; no string of ours lets a NUL through."""


class _Frame:
    """A document that is being written as Typst, and the files it will be part of."""

    def __init__(self, document: Document) -> None:
        """Start Pandoc where it is needed."""
        body, slots = prepared.ready(document)
        self._document = document
        self._slots = tuple(slots)
        self._texts = Texts({**slots, "body": body})

    def files(
        self, theme: Theme, date: datetime, meanwhile: Callable[[Mapping[str, str]], None] | None = None
    ) -> dict[str, str]:
        """The shell with the article in it, the tokens and the theme's files, by name.

        ``meanwhile`` is given them with the shell still empty, unless Pandoc has finished already.
        """
        try:
            files = {name: path.read_text("utf-8") for name, path in theme.files(".typ").items()}
            known = _counted(self._document, theme.tokens)
            tokens = "".join(f"  {name}: {prepared.token(value)},\n" for name, value in known.items())
            files["theme.typ"] = f"// The tokens of theme.toml and of those it extends.\n#let theme = (\n{tokens})\n"
            shell = self._shell(theme, date)
            if meanwhile and not self._texts.finished():
                meanwhile({**files, MAIN: GAP.sub("", shell)})
        finally:
            texts = self._texts.result()  # Pandoc is never left behind, whatever is wrong with the theme
        files[MAIN] = GAP.sub(lambda gap: texts[gap[1]], shell)
        return files

    def _shell(self, theme: Theme, date: datetime) -> str:
        """The theme's shell filled in, with gaps for what Pandoc writes."""
        gaps = {name: f"\0{name}\0" for name in (*self._slots, "body")}
        facts = _facts(self._document, theme, date)
        template = theme.path("shell.typ.j2")
        source = f"{template} {keeping.state((template, Path(__file__)))} {theme.tokens} {facts} {sorted(gaps)}"
        kept = keeping.recall(source)
        if isinstance(kept, str):
            return kept  # Jinja is not even loaded
        shell = theme.render(
            template.name,
            {"typ": prepared.literal},
            meta=facts,
            parts={name: gaps[name] for name in PARTS if name in gaps},
            statements=[(name, title, gaps[name]) for name, title in STATEMENTS.items() if name in gaps],
            body=gaps["body"],
        )
        keeping.keep(source, shell)
        return shell


def _facts(document: Document, theme: Theme, date: datetime) -> dict[str, Any]:
    """The front matter as the theme's ``article`` is given it; every value is plain data."""
    meta = document.meta
    language = LANGUAGE.fullmatch(meta.lang)
    facts = {
        "title": pandoc.plain(document.slots.get("title", ())) or meta.title,
        "short-title": meta.short_title,
        "authors": [_author(author) for author in map(asdict, meta.authors)],
        "affiliations": [{"text": item.text, **asdict(item)} for item in meta.affiliations],
        "journal": asdict(theme.journal(meta.journal)),
        "first-page": meta.first_page,
        "last-page": meta.last_page,
        "made": [date.year, date.month, date.day],
        "lang": language[1].lower() if language else "en",
        "region": language[2].upper() if language and language[2] else None,
        "keywords": meta.keywords,
    }
    names = ("volume", "issue", "article_number", "doi", "doi_url", "date", "year", "received", "revised")
    manuscript = ("version", "student", "course", "instructor", "due_date", "floats")
    for name in (*names, "accepted", "license", "copyright", "type", *manuscript):
        facts[name.replace("_", "-")] = getattr(meta, name)
    return facts


def _counted(document: Document, tokens: Mapping[str, Any]) -> dict[str, Any]:
    """The theme's tokens, and among them what is to be known of the article before it is set: how many figures and
    tables it has, how long the longest line of each piece of code is."""
    objects = sum(one.kind in ("figure", "table") and not one.panel for one in document.numbers)
    code = pandoc.each((*document.blocks, *document.back), frozenset({"CodeBlock"}))
    longest = sorted({max(map(len, block["c"][1].expandtabs(2).split("\n"))) for block in code})
    return {
        **tokens,
        "floats": {**tokens.get("floats", {}), "count": objects},
        "code": {**tokens.get("code", {}), "lines": longest},
    }


def _author(author: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in author.items() if name != "roles"}


def _fonts(document: Document, theme: Theme) -> list[str]:
    """The folders of fonts, the theme's and the project's; never the system's, so that pages are alike everywhere."""
    folders = (*theme.folders, document.folder)
    return [str(folder / "fonts") for folder in folders if (folder / "fonts").is_dir()]


# -- what Typst refuses ------------------------------------------------------------------------------

DRAWN = pattern(r"^error: (?P<message>.+?)\n(?P<drawing>.*?)(?=^error: |^warning: |\Z)", re.MULTILINE | re.DOTALL)
PLACE = pattern(r"┌─ (?P<file>.+):(?P<line>\d+):(?P<column>\d+)\s*$", re.MULTILINE)
EXCERPT = pattern(r"^ *\d+ │ (.*)$", re.MULTILINE)
HINT = pattern(r"^ *= hint: (.*)$", re.MULTILINE)
NO_LETTER = pattern(r'the text `"(.+)"` could not be displayed with font')
IMAGE = pattern(r'image\("((?:[^"\\]|\\.)*)"')


def _refusal(drawn: str, theme: Theme) -> Fault:
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
    if place and name not in (MAIN, "theme.typ"):
        where = f"{theme.path(name)}:{place['line']}:{int(place['column']) + 1}"
        return Diagnostic(ERROR, "typst", where, message, "; ".join(hints)), 2
    image = IMAGE.search(words)
    if not image and words:
        hints.append("it is at: " + (words if len(words) <= 70 else words[:70] + "…"))
    return Diagnostic(ERROR, "typst", image[1] if image else "", message, "; ".join(hints)), 1
