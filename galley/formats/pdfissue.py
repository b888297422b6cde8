"""Articles written as Typst, each with a name of its own, and an issue's data -> one PDF of the whole issue.

The issue is set as one document, for PDFs that are joined are neither archival nor accessible any more: each article
lies with its theme's files in a folder by its name, and is included where it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from galley.formats import typst as prepared
from galley.formats.pdf import IMAGE, NO_LETTER, STANDARDS, _refusal, made, sources
from galley.formats.pdfbounds import compiling
from galley.formats.pdfpictures import drawn
from galley.formats.typstwords import Texts, string
from galley.frontmatter import FrontMatter, Journal
from galley.report import fault

if TYPE_CHECKING:
    from galley.document import Document, Node
    from galley.theme import Theme

MAIN = "main.typ"


class Leaf(NamedTuple):
    """An article in the issue: its Typst files, the pictures given by name, its folder, pages, section and authors.

    ``section`` is the name of the section that it opens, "" where it opens none.
    """

    name: str
    texts: Mapping[str, str]
    pictures: Mapping[str, bytes]
    folder: Path
    fonts: tuple[str, ...]
    first: int
    last: int
    section: str
    authors: str


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


def written(document: Document, theme: Theme) -> tuple[dict[str, str], dict[str, bytes]]:
    """An article as Typst, its files and pictures by name."""
    document, pictures = drawn(document)
    return sources(document, theme), pictures


def write(front: Front, leaves: Sequence[Leaf], theme: Theme, standards: Sequence[str] = STANDARDS) -> bytes:
    """The issue's PDF; Fault where Typst refuses it or an article takes other pages than it was given."""
    with TemporaryDirectory(prefix="galley-issue-") as folder:
        root = Path(folder)
        files = _theme_files(theme)
        depth = 2 if any(leaf.section for leaf in leaves) else 1
        authors = {leaf.name: leaf.authors for leaf in leaves}
        head = _head(front, authors, depth, root)
        files[MAIN] = head + _stubs(leaves, depth) + END
        own = [str(folder / "fonts") for folder in theme.folders if (folder / "fonts").is_dir()]
        fonts = tuple(dict.fromkeys([*own, *(font for leaf in leaves for font in leaf.fonts)]))
        setting = _Setting(root, fonts, theme, front)
        opens = setting.ask(files) + 1  # the contents are as long with stand-ins for the articles
        body: list[str] = []
        for leaf in leaves:
            blank = (opens - leaf.first) % 2 == 1
            opens += blank
            body.append(
                ("#blank\n" if blank else "") + f'#include "{leaf.name}/{MAIN}"\n#counter(footnote).update(0)\n'
            )
            files |= _article_files(leaf, theme, opens, depth, root)
            opens += leaf.last - leaf.first + 1
        files[MAIN] = head + "".join(body)
        pdf = setting.set(files, standards)
    _same_pages(pdf, opens - 1)
    return pdf


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


END = "#context [#metadata(query(<galley-front-ends>).first().location().page())<galley-front-pages>]\n"


def _stubs(leaves: Sequence[Leaf], depth: int) -> str:
    """Headings in the place of the articles, by which the contents' length is known."""
    rows = ["#[#metadata(none)<galley-front-ends>]\n"]
    rows.append("#pagebreak()\n#show heading: none\n")
    for leaf in leaves:
        rows += [f"#heading(level: 1, {string(leaf.section)})\n"] if leaf.section else []
        title = re.search(r'"?title"?: ("(?:[^"\\]|\\.)*")', leaf.texts[MAIN])
        words = title[1] if title else '"-"'
        rows.append(f'#[#heading(level: {depth}, {words})#label("{leaf.name}:opening")]\n')
    return "".join(rows)


def _article_files(leaf: Leaf, theme: Theme, opens: int, depth: int, root: Path) -> dict[str, Any]:
    """An article's files under its name; what its pictures are is laid beside them on the disk."""
    shared = {name: path.read_text("utf-8") for name, path in theme.files(".typ").items()}
    files: dict[str, Any] = {f"{leaf.name}/{name}": text for name, text in {**shared, **leaf.texts}.items()}
    told = {"opens": opens, "depth": depth, "key": leaf.name, "section": leaf.section}
    more = f'#let theme = (..theme, paper: (..theme.paper, folios: "issue"), issue: {prepared.literal(told)})\n'
    files[f"{leaf.name}/theme.typ"] += more
    files |= {f"{leaf.name}/{name}": content for name, content in leaf.pictures.items()}
    for text in leaf.texts.values():
        for found in IMAGE.finditer(text):
            address = re.sub(r"\\(.)", r"\1", found[1])
            source, target = leaf.folder / address, root / leaf.name / address
            if source.is_file() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(source.read_bytes())
    return files


class _Setting(NamedTuple):
    """Where and with what the compiler works."""

    root: Path
    fonts: tuple[str, ...]
    theme: Theme
    front: Front

    def ask(self, files: Mapping[str, Any]) -> int:
        """How many pages the issue's own ones are."""
        import json

        import typst

        query: Any = typst.query
        try:
            given = self._given(files)
            with compiling():
                told = query(given, "<galley-front-pages>", field="value", one=True, **self._options(system=False))
        except typst.TypstError as error:
            raise _refusal(error.diagnostic or error.message, self.theme) from error
        return int(json.loads(told))

    def set(self, files: Mapping[str, Any], standards: Sequence[str]) -> bytes:
        import typst

        compile: Any = typst.compile
        date = made(FrontMatter(title="", date=self.front.date))
        options = {"format": "pdf", "pdf_standards": list(standards), "timestamp": int(date.timestamp())}
        given = self._given(files)
        for system in (False, True):  # letters that no font of ours has may be in one of the system's
            try:
                with compiling():
                    pdf: bytes = compile(given, **self._options(system=system), **options)
                return pdf
            except typst.TypstError as error:
                if system or not NO_LETTER.search(error.diagnostic or ""):
                    raise _refusal(error.diagnostic or error.message, self.theme) from error
        raise AssertionError

    def _given(self, files: Mapping[str, Any]) -> dict[str, bytes]:
        return {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}

    def _options(self, *, system: bool) -> dict[str, Any]:
        import typst

        fonts = typst.Fonts(include_system_fonts=system, font_paths=list(self.fonts))
        return {"root": str(self.root), "font_paths": fonts, "ignore_system_fonts": True}


def _same_pages(pdf: bytes, wanted: int) -> None:
    from galley.formats.pdf import pages

    if pages(pdf) != wanted:
        message = f"the issue takes {pages(pdf)} pages, its articles by themselves {wanted}"
        raise fault("issue-pages", "", message, "this is a fault of the theme: its pages differ in an issue", status=2)
