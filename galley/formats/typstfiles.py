"""A settled Document and a theme -> the Typst files the compiler is given: the theme's own and its tokens, the shell
with the article in it, and by itself the list of references, which is set while the text is still being written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from zlib import crc32

from galley import keeping, pandoc
from galley.document import Document, Reference
from galley.formats import typst as prepared
from galley.formats.typstwords import Texts
from galley.frontmatter import STATEMENTS
from galley.patterns import pattern
from galley.theme import Theme

MAIN = "main.typ"
LIST = "references.typ"
IMPORTED = '#import "galley.typ": *\n\n'
INCLUDED = f'#include "{LIST}"'
MANY = 50
"""From so many references on it is worth while to set them in a thread of its own."""
PARTS = ("title", "subtitle", "author-note", "abstract", "references", "back")
LANGUAGE = pattern(r"([A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?(?:-.*)?")
HEADED = pattern(r"=+ [^\n]*\n<([\w.:-]+)>")
"""The heading that a section begins with, and its label."""
GAP = pattern("\0([^\0]+)\0")
"""A place in the filled-in shell where the text for a slot goes; no string of ours lets a NUL through."""

Ahead = Callable[[Mapping[str, str]], None]
"""Sets the files it is given for nothing but what the compiler keeps of it for the rest of the process."""


class Written(NamedTuple):
    """References, and their list as Typst; "" where there are none."""

    references: tuple[Reference, ...]
    text: str


def written(document: Document) -> Written:
    """A document's references written as Typst; nothing else of it is looked at."""
    listed = prepared.references(document)
    text = Texts({"references": listed}).result()["references"] if listed else ""
    return Written(document.references, text)


class Listed:
    """The theme's files and the list of references of a document, whose text is not needed for them."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        date: datetime,
        ahead: Ahead | None = None,
        before: Written | None = None,
    ) -> None:
        """Write the references, unless ``before`` has the same, and let them be set ahead where they are many."""
        self._theme = theme
        self.written = before if before and before.references == document.references else written(document)
        self._tokens, self._facts = _counted(document, theme.tokens), _facts(document, theme, date)
        self.files = self._given()
        if self.written.text:
            self.files[LIST] = f"{IMPORTED}{self.written.text}\n"
        self._thread: Thread | None = None
        if ahead and len(document.references) >= MANY:
            self._thread = Thread(target=ahead, args=(self.empty(),), daemon=True)
            self._thread.start()

    @property
    def theme(self) -> frozenset[str]:
        """The names of the files that are the theme's."""
        return frozenset(self.files) - {LIST}

    @property
    def begun(self) -> bool:
        """Whether they are being set ahead, or were."""
        return self._thread is not None

    def done(self) -> None:
        """Wait until they are set."""
        if self._thread:
            self._thread.join()

    def fits(self, document: Document, theme: Theme, date: datetime) -> bool:
        """Whether all of this would be the same for a document."""
        if (self.written.references, self._theme) != (document.references, theme):
            return False
        return (self._tokens, self._facts) == (_counted(document, theme.tokens), _facts(document, theme, date))

    def names(self) -> tuple[str, ...]:
        """The slots of the shell that this fills."""
        return ("references",) if LIST in self.files else ()

    def empty(self) -> dict[str, str]:
        """The files with nothing in the shell but the references."""
        main = GAP.sub(lambda gap: INCLUDED if gap[1] == "references" else "", self.shell(self.names()))
        return {**self.files, MAIN: main}

    def shell(self, names: tuple[str, ...]) -> str:
        """The theme's shell filled in, with gaps for the slots of some names and for the body."""
        theme = self._theme
        gaps = {name: f"\0{name}\0" for name in (*names, "body")}
        template = theme.path("shell.typ.j2")
        source = f"{template} {keeping.state((template, Path(__file__)))} {theme.tokens} {self._facts} {sorted(gaps)}"
        kept = keeping.recall(source)
        if isinstance(kept, str):
            return kept  # Jinja is not even loaded
        shell = theme.render(
            template.name,
            {"typ": prepared.literal},
            meta=self._facts,
            parts={name: gaps[name] for name in PARTS if name in gaps},
            statements=[(name, title, gaps[name]) for name, title in STATEMENTS.items() if name in gaps],
            body=gaps["body"],
        )
        keeping.keep(source, shell)
        return shell

    def _given(self) -> dict[str, str]:
        """The theme's files and its tokens."""
        files = {name: path.read_text("utf-8") for name, path in self._theme.files(".typ").items()}
        tokens = "".join(f"  {name}: {prepared.token(value)},\n" for name, value in self._tokens.items())
        files["theme.typ"] = f"// The tokens of theme.toml and of those it extends.\n#let theme = (\n{tokens})\n"
        return files


class Frame:
    """A document that is being written as Typst, and the files it will be part of."""

    def __init__(self, document: Document, listed: Listed, ahead: Ahead | None = None, *, parted: bool = False) -> None:
        """Write the text, with Pandoc's help where it is needed; its list of references is there already. A ``parted``
        one has a file for each section: of a compiler that is kept only those that change are asked for anew."""
        self._listed, self._ahead, self._parted = listed, ahead, parted
        body, slots = prepared.ready(document)
        self._names = (*slots, *listed.names())
        self._texts = Texts({**slots, "body": body})

    def files(self) -> dict[str, str]:
        """The shell with the article in it, the tokens and the theme's files, by name."""
        try:
            shell = self._listed.shell(self._names)
            if self._ahead and not self._listed.begun and not self._texts.finished():
                self._ahead(self._listed.empty())
        finally:
            pieces = self._texts.pieces()  # Pandoc is never left behind, whatever is wrong with the theme
            self._listed.done()
        sections: dict[str, str] = {}
        if self._parted:
            pieces["body"] = _parted(pieces["body"], sections)
        texts = {name: "".join(part).strip("\n") for name, part in pieces.items()} | {"references": INCLUDED}
        return {**self._listed.files, **sections, MAIN: GAP.sub(lambda gap: texts[gap[1]], shell)}


def _parted(pieces: Sequence[str], sections: dict[str, str]) -> list[str]:
    """The pieces of a text, what stands under a heading with a label put into a file of its own, named by the label
    so that it keeps its name when others come and go: what the compiler keeps of a text it keeps by its file."""
    out: list[str] = []
    name = ""
    for piece in pieces:
        found = HEADED.match(piece)
        if found and (named := f"section-{crc32(found[1].encode()):08x}.typ") not in sections:
            before = sections[name] if name else "".join(out[-1:])
            name, sections[named] = named, IMPORTED
            out.append(("\n\n" if before.endswith("\n\n") else "\n") + f'#include "{name}"')
        if name:
            sections[name] += piece
        else:
            out.append(piece)
    return out


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
