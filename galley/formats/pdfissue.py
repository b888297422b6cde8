"""An issue's data -> its own pages as a PDF: cover, masthead, contents, and a page in the place of each article.

The articles are set by themselves, each once; ``pdfbinding`` makes one document of them and of these pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from galley.formats import typst as prepared
from galley.formats.pdf import NO_LETTER, STANDARDS, made, refusal
from galley.formats.pdfbounds import compiling
from galley.formats.typstwords import Texts, string
from galley.frontmatter import FrontMatter, Journal

if TYPE_CHECKING:
    from galley.document import Node
    from galley.theme import Theme

MAIN = "main.typ"


class Line(NamedTuple):
    """An article in the contents: its name, its title as Typst's markup, its authors, its first page, and the section
    that it opens, "" where it opens none."""

    name: str
    title: str
    authors: str
    first: int
    section: str


class Front(NamedTuple):
    """What the issue's own pages say; ``masthead`` and ``imprint`` are blocks, ``cover`` a picture with its text."""

    name: str
    title: str
    journal: Journal
    volume: str
    issue: str
    date: str
    lang: str
    cover: Path | None = None
    alt: str = ""
    line: str = ""
    masthead: tuple[Node, ...] = ()
    imprint: tuple[Node, ...] = ()


def write(
    front: Front, lines: Sequence[Line], fonts: Sequence[str], theme: Theme, standards: Sequence[str] = STANDARDS
) -> bytes:
    """The issue's own pages, and an empty one in the place of each article; Fault where Typst refuses them.

    ``fonts`` are folders of the articles' own fonts, for their titles.
    """
    with TemporaryDirectory(prefix="galley-issue-") as folder:
        root = Path(folder)
        files = _theme_files(theme)
        depth = 2 if any(line.section for line in lines) else 1
        files[MAIN] = _head(front, {line.name: line.authors for line in lines}, depth, root) + _places(lines, depth)
        own = [str(folder / "fonts") for folder in theme.folders if (folder / "fonts").is_dir()]
        return _set(files, root, tuple(dict.fromkeys([*own, *fonts])), front, theme, standards)


def _theme_files(theme: Theme) -> dict[str, Any]:
    files: dict[str, Any] = {name: path.read_text("utf-8") for name, path in theme.files(".typ").items()}
    tokens = "".join(f"  {name}: {prepared.token(value)},\n" for name, value in theme.tokens.items())
    files["theme.typ"] = f"#let theme = (\n{tokens})\n"
    return files


def _head(front: Front, authors: Mapping[str, str], depth: int, root: Path) -> str:
    """The issue's own pages."""
    date = made(FrontMatter(title="", date=front.date))
    lang = front.lang.split("-")
    meta = {
        "name": front.name,
        "title": front.title,
        "journal": asdict(front.journal),
        "volume": front.volume,
        "issue": front.issue,
        "date": front.date,
        "made": [date.year, date.month, date.day],
        "lang": lang[0].lower(),
        "region": lang[1].upper() if len(lang) > 1 and len(lang[1]) == 2 else None,
        "authors": [],
        "depth": depth,
    }
    parts = Texts({"masthead": front.masthead, "imprint": front.imprint}).result()
    given = "".join(f", {name}: [\n{text}\n]" for name, text in parts.items() if text)
    image = ""
    if front.cover:
        name = f"galley-cover{front.cover.suffix.lower()}"
        (root / name).write_bytes(front.cover.read_bytes())
        image = f", image: image({string(name)}, alt: {string(front.alt)}, width: 100%)"
    line = f", line: {prepared.literal(front.line)}" if front.line else ""
    return (
        f'#import "issue.typ": *\n#let meta = {prepared.literal(meta)}\n#show: issue-front.with(meta)\n'
        f"#cover(meta{image}{line})\n#masthead-page(meta{given})\n"
        f"#contents-page(meta, {prepared.literal(dict(authors))})\n"
    )


def _places(lines: Sequence[Line], depth: int) -> str:
    """A page for each article, with nothing on it but headings that are not seen: the contents are made of them.

    The pages are counted from one and say of themselves that they are the articles' first ones: a counter set anew on
    each of a thousand pages takes Typst two gigabytes.
    """
    firsts = "".join(f"{line.first}, " for line in lines)
    numbering = f"(number, ..) => str(({firsts}).at(number - 1))"
    rows = [f"#set page(header: none, footer: none, numbering: {numbering})\n#show heading: none\n"]
    for at, line in enumerate(lines):
        rows.append("#pagebreak(weak: true)\n" + ("" if at else "#counter(page).update(1)\n"))
        rows += [f"#heading(level: 1, {string(line.section)})\n"] if line.section else []
        rows.append(f'#[#heading(level: {depth})[{line.title}]#label("{line.name}:opening")]#page-place\n')
    return "#let page-place = box(width: 1pt, height: 1pt)\n" + "".join(rows)


def _set(
    files: Mapping[str, Any], root: Path, fonts: tuple[str, ...], front: Front, theme: Theme, standards: Sequence[str]
) -> bytes:
    import typst

    compile: Any = typst.compile
    date = made(FrontMatter(title="", date=front.date))
    given = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    for system in (False, True):  # letters that no font of ours has may be in one of the system's
        try:
            with compiling():
                pdf: bytes = compile(
                    given,
                    root=str(root),
                    font_paths=typst.Fonts(include_system_fonts=system, font_paths=list(fonts)),
                    ignore_system_fonts=True,
                    format="pdf",
                    pdf_standards=list(standards),
                    timestamp=int(date.timestamp()),
                )
            return pdf
        except typst.TypstError as error:
            if system or not NO_LETTER.search(error.diagnostic or ""):
                raise refusal(error.diagnostic or error.message, theme) from error
    raise AssertionError
