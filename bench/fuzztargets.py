"""The readers that are ours, each as a function of a text that may raise nothing but what a verb shows as a finding.

A ``Reader`` has texts to start from; what it is given is any text at all. Bytes (a PDF) come as Latin letters.
"""

# ruff: noqa: E402 - the path to Galley is set before its rooms are imported

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from fuzzseeds import SEEDS
from fuzzword import docx

from galley.report import Fault
from galley.span import File, Span

if TYPE_CHECKING:
    from galley.typescript import Typescript

SPACE = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())


class Reader(NamedTuple):
    """A reader: what it is called, the work, the texts to start from, and how many inputs a second it is worth."""

    name: str
    run: Callable[[str], object]
    seeds: tuple[str, ...]
    allowed: tuple[type[BaseException], ...] = (Fault,)


class Folder:
    """A folder of this process's own for readers that want a path; gone with the process."""

    def __init__(self) -> None:
        self.made: tuple[int, Path] | None = None

    def path(self, name: str) -> Path:
        """A path in it."""
        if self.made is None or self.made[0] != os.getpid():
            import atexit
            import shutil

            folder = Path(tempfile.mkdtemp(prefix="galley-fuzz-", dir=SPACE))
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
            self.made = (os.getpid(), folder)
        return self.made[1] / name

    def put(self, name: str, text: str | bytes) -> Path:
        """A file in it, written anew."""
        path = self.path(name)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return path


FOLDER = Folder()


def sound(place: object, file: File) -> None:
    """A place that is told stands within its file."""
    if isinstance(place, Span) and place.file is file and not 0 <= place.start <= place.end <= len(file.text):
        raise AssertionError(f"a place outside of the file: {place.start}-{place.end} of {len(file.text)}")


# -- texts ---------------------------------------------------------------------------------------------


def front(text: str) -> None:
    """The front matter, and the waivers in it."""
    from galley.checks.waiving import written
    from galley.reading.metadata import header, settled

    file = File("a.md", text)
    head = header(file)
    _, faults = settled(head)
    for one in (*head.faults, *faults):
        sound(one.place, file)
    written(head.data.get("waive"), head.place.of("waive"))


def mentions(text: str) -> None:
    """Citations by key, and the checks that look at lines."""
    from galley.checks.tables import _tables
    from galley.preview.chunks import pieces
    from galley.reading.mentions import mentions as found

    file = File("a.md", text)
    for one in found(file):
        sound(one.span, file)
    for told in _tables(file):
        sound(told.place, file)
    pieces(text)


def bibliography(text: str) -> None:
    """BibTeX, its entries set in type and read back."""
    from galley.bibtex import clean
    from galley.reading.bibliography import bibliography as read
    from galley.typed.shelving import shelved

    file = File("a.bib", text)
    found = read([file])
    for one in found.faults:
        sound(one.place, file)
    if found.entries:
        shelved(found.entries)
        again = read([File("b.bib", clean(found.entries))])
        lost = set(found.entries) - set(again.entries)
        if lost:
            raise AssertionError(f"entries are lost when written clean: {sorted(lost)[:3]}")


def reference(text: str) -> None:
    """A typed reference; what stands between asterisks is italic."""
    from galley.apa7.parse import parse
    from galley.apa7.parse.bibtex import as_fields
    from galley.apa7.parse.nouns import Stretch

    parts = text.split("*")
    found = parse([Stretch(part, at % 2 == 1) for at, part in enumerate(parts) if part])
    as_fields(found)


def typed(text: str) -> None:
    """A typed manuscript, a paragraph a line: its structure, list, citations, links, checks, and its plan for keys."""
    from galley.typescript import Paragraph, Run, Typescript

    rows, at = [], 0
    for number, line in enumerate(text.split("\n")):
        runs = tuple(Run(part, italic=one % 2 == 1) for one, part in enumerate(line.split("*")) if part)
        kind = "heading" if line.startswith("#") else "cell" if line.startswith("|") else "body"
        part = "footnote" if line.startswith("[^") else "body"
        rows.append(Paragraph(number, runs, ((0, at),), part, kind, min(line.count("#"), 6)))
        at += len(line) + 1
    _judged(Typescript(File("a.docx", text), tuple(rows)))


def _judged(script: Typescript) -> None:
    from galley.checks.typed import check
    from galley.typed.byline import people
    from galley.typed.citing import cited
    from galley.typed.importing import planned
    from galley.typed.linking import linked
    from galley.typed.listing import listed
    from galley.typed.structure import structured

    script = structured(script)
    entries = listed(script)
    found = linked(script, cited(script, entries), entries)
    for _ in check(found):
        pass
    planned(found, {})
    people(script.paragraphs)


def critic(text: str) -> None:
    """Suggestions, and the text without them."""
    from galley.reading.suggesting import Suggested
    from galley.suggestions import as_prose, suggestions

    file = File("a.md", text)
    for one in suggestions(file):
        sound(one.span, file)
    if len(as_prose(file).text) != len(text):
        raise AssertionError("prose of another length: places would lie")
    Suggested().text(text)


def tex(text: str) -> None:
    """TeX as pieces, macros put in, equations read."""
    from galley.stages import maths
    from galley.stages import tex as source

    pieces = list(source.pieces(text))
    if "".join(one.source for one in pieces) != text and "%" not in text:
        raise AssertionError("a character of the source belongs to no piece")
    known = source.macros(text)
    source.expanded(text, known)
    source.ungrouped(text)
    maths.equation(text)
    maths.inline(text)
    maths.is_environment(text)


def tables(text: str) -> None:
    """A table's CSV."""
    from galley.reading.files import Project
    from galley.reading.tables import _Finding

    file = File("a.csv", text)
    finding = _Finding(Project(Path(), (Path("a.md"),)), (file,))
    rows = finding.rows(file, text[:1] if text[:1] in ";|\t,#" else "")
    if rows and {len(row) for row in rows} != {len(rows[0])}:
        raise AssertionError("rows of several lengths")
    for row in rows:
        for cell in row:
            finding.cell(cell)
    for one in finding.faults:
        sound(one.place, file)


def issue(text: str) -> None:
    """The file that describes an issue."""
    from galley.reading.issuefile import read

    read(FOLDER.put("issue.yaml", text))


def waivers(text: str) -> None:
    """Waivers beside a Word file, in YAML and in TOML."""
    from galley.checks.waiving import written
    from galley.reading.waivers import beside

    for ending in ("yaml", "toml"):
        path = FOLDER.put(f"paper.waive.{ending}", text)
        found = beside(path.with_name("paper.docx"))
        path.unlink()
        written(found.value, found.place)


def answers(text: str) -> None:
    """The answers to a proof, found in a manuscript."""
    from galley.answering import answered

    article = "---\ntitle: A\n---\n\nSome words here {>>Q: who? <<} and [@key].\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    answered(FOLDER.put("answers.json", text), FOLDER.put("article.md", article))


def json(text: str) -> None:
    """What has been kept, and what comes from a worker or a manager's field, in JSON."""
    from galley.reading.word.cslfields import json_value, mendeley_cite, zotero_or_mendeley
    from galley.typed.managed import cited, year

    for found in (zotero_or_mendeley(text), zotero_or_mendeley("ADDIN ZOTERO_ITEM " + text), mendeley_cite(text)):
        for item in found.items if found else ():
            cited(item)
            year(item.csl)
    json_value(text)


def fields(text: str) -> None:
    """Codes of fields in Word files: EndNote's XML, Citavi's JSON, Word's own."""
    from base64 import b64encode

    from galley.reading.word.citavi import citavi
    from galley.reading.word.endnote import endnote
    from galley.reading.word.sources import citation
    from galley.typed.managed import cited, year

    packed = b64encode(text.encode("utf-8", "replace")).decode()
    codes = (citavi(f"ADDIN CitaviPlaceholder{{{packed}}}"), endnote(text, ()), endnote("", (packed,)))
    for found in (*codes, citation(text, {"a": {"type": "book"}})):
        for item in found.items if found else ():
            cited(item)
            year(item.csl)


def merging(text: str) -> None:
    """The lexer of sources that takes changes back from Word."""
    from galley.merging.lexing import lexemes

    found = lexemes(text, 0, len(text))
    if any(one.start >= one.end for one in found):
        raise AssertionError("a token without a letter")


# -- files ---------------------------------------------------------------------------------------------


def word(text: str) -> None:
    """A Word file with this body, read as a typescript and as a document that came back."""
    from galley.reading.word import reader, returned

    path = FOLDER.path("a.docx")
    path.write_bytes(docx(text))
    for track in ("accept", "reject", "keep"):
        found = reader.read(path, track)
        for one in found.fields:
            words = next((p.text for p in found.paragraphs if p.number == one.paragraph), "")
            if not 0 <= one.start <= one.end <= len(words):
                raise AssertionError("a field outside of its paragraph")
        if track == "accept":
            _judged(found)
    returned.read(path)
    returned.reference_keys(path)


def pdf(text: str) -> None:
    """A PDF, looked into as preflight does."""
    from galley.checks.preflight.painting import painted
    from galley.checks.preflight.reading import Pdf
    from galley.checks.preflight.reading import text as words

    made = Pdf(text.encode("latin-1", "replace"))
    fonts: dict[int, Any] = {}
    for page in made.pages()[:20]:
        made.row(page, "Annots")
        for _ in painted(made, page, fonts):
            pass
    for _, one in made.objects(re.compile(rb"/S\s*/")):
        words(made.of(one, "Alt"))


def picture(text: str) -> None:
    """A picture's bytes, by their kind and their size."""
    from galley.formats.cleanpictures import cleaned
    from galley.formats.pictures import media_type

    data = text.encode("latin-1", "replace")
    media_type(data)
    cleaned(data)


def manuscript(text: str) -> None:
    """A whole manuscript by way of a Pandoc that stays: read, numbered, cited, checked."""
    from galley import editing, press

    path = FOLDER.put("paper.md", text)
    FOLDER.put("references.bib", SEEDS["bibliography"][0])
    document = press.settled(path)
    found = press.checked(document, press.themed(document, "preprint"))
    editing.keyed(path, document, found)


def typedtext(text: str) -> None:
    """A typed Markdown manuscript by way of a Pandoc that stays: judged and made into a project."""
    from galley import editing

    path = FOLDER.put("typed.md", text)
    editing.typed(path)
    editing.imported(path)


def readers() -> tuple[Reader, ...]:
    """All of them; the last two need Pandoc, and are slow."""
    from galley.checks.preflight.reading import Unreadable

    rows = (
        front, mentions, bibliography, reference, typed, critic, tex, tables, issue, waivers, answers, json, fields,
        merging, word, pdf, picture, manuscript, typedtext,
    )  # fmt: skip
    more = {"pdf": (Unreadable,)}
    return tuple(Reader(one.__name__, one, SEEDS[one.__name__], (Fault, *more.get(one.__name__, ()))) for one in rows)
