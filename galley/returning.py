"""The trip of a Word file that came back: read, compared with what the manuscript says now, merged into its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from galley.merging.comparing import Lost
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.span import File, Span

if TYPE_CHECKING:
    from galley.document import Document
    from galley.merging.desk import Change, Desk
    from galley.merging.flat import Text
    from galley.merging.placing import Placed
    from galley.returned import Returned

SLOTS = pattern(
    r"(?:sub)?title|abstract.*|keywords|author[-_]?note|acknowledge?ments|author[-_]contributions"
    r"|conflict[-_]of[-_]interest|competing-interests|data[-_]availability|ethics|funding"
)
"""Fields of the front matter whose words stand on the page."""


class Page(NamedTuple):
    """A manuscript's Word document as a string, and where each character of it comes from.

    ``files`` are without suggestions; ``heads`` tells where the prose of each begins; ``fields`` are the stretches of
    front matter that the page shows (file, start, end).
    """

    text: Text
    placed: Placed
    files: tuple[File, ...]
    heads: tuple[int, ...]
    fields: tuple[tuple[int, int, int], ...]
    fingerprint: str


class Merged(NamedTuple):
    """What is to be written, by paths; how many suggestions and comments there are in it, and what was noticed."""

    files: Mapping[Path, bytes]
    suggestions: int
    comments: int
    findings: tuple[Diagnostic, ...]

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        """How many of each kind there are."""
        return (self.suggestions, "suggestion"), (self.comments, "comment")


def merged(file: Path, project: Path, theme: str = "") -> Merged:
    """A Word file that came back merged into the manuscript it was made from; Fault where it is not to be read."""
    from galley.merging.applying import apply
    from galley.merging.comparing import compared
    from galley.merging.desk import Desk
    from galley.merging.edits import gathered
    from galley.reading.word.returned import read

    back, faults = read(file)
    now = page(project, theme)
    noted = compared(now.text, _flat(back), back.source == now.fingerprint)
    fields = [(*field, _opening(now.files[field[0]].text, field[1])) for field in now.fields]
    desk = Desk(now.text, now.placed, [one.text for one in now.files], now.heads, fields)
    apply(desk, gathered(now.text, noted), noted, back.remarks)
    return _written(project, now, desk, faults, back.name)


def _opening(text: str, at: int) -> str:
    """What opens a value in YAML: a quotation mark, | or >, "" for a plain one."""
    return text[at] if text[at : at + 1] in ("'", '"', "|", ">") else ""


def _written(project: Path, now: Page, desk: Desk, faults: tuple[Diagnostic, ...], name: str) -> Merged:
    from galley.merging import paragraphs
    from galley.merging.sources import respelled, written
    from galley.reading.files import locate, text_file

    lost = list(desk.lost)
    out: dict[Path, bytes] = {}
    made: list[Change] = []
    paths = {text_file(path)[0].name: path for path in locate(project).manuscript}
    for at, file in enumerate(now.files):
        changes = [change for change in desk.changes if change.file == at]
        if not changes or file.name not in paths:
            continue
        path = paths[file.name]
        raw = path.read_bytes().decode("utf-8")
        current, _ = text_file(path)
        text, done, refused = written(current, changes)
        lost += [
            Lost(one.words, one.hand, "no mark is read there, or another change stands in its way", one.at)
            for one in refused
        ]
        made += done
        if done:
            out[path] = respelled(raw, current.text, text).encode("utf-8")
    comments = sum(change.text.startswith("{>>") for change in made)
    fences = sum(change.text == paragraphs.CLOSED for change in made)  # of two signs round a paragraph one counts
    found = [_not_placed(one, now, name) for one in dict.fromkeys(lost)]
    return Merged(out, len(made) - comments - fences, comments, (*faults, *found))


def _not_placed(one: Lost, now: Page, name: str) -> Diagnostic:
    """What could not be written into the manuscript, at the place nearest to it."""
    near = [at for at in range(min(one.at, len(now.text.chars) - 1), max(one.at - 200, -1), -1) if one.at >= 0]
    at = next((at for at in near if now.placed.file[at] >= 0), -1)
    place = now.files[now.placed.file[at]].span(now.placed.start[at], now.placed.end[at]) if at >= 0 else name
    by = f" by {one.hand.author}" if one.hand.author else ""
    shown = one.words if len(one.words) <= 300 else one.words[:299] + "…"
    message = f"a change{by} was not placed: '{shown}'"
    return Diagnostic(WARNING, "not-placed", place, message, f"{one.why}; put it in by hand", evidence=one.words)


def page(path: Path, theme: str = "") -> Page:
    """The manuscript at a path as its Word document says it, suggestions in it left aside."""
    from galley.merging import marks
    from galley.merging.placing import Placer, Source, carried, unsigned
    from galley.reading.metadata import header

    plain = _document(path, theme, {})
    files = tuple(file for file in plain.files if file.name.endswith((".md", ".markdown", ".txt")))
    files = tuple(file for file in files if file.name not in _beside(plain))
    returned = _made(plain, theme)
    heads = [header(file).end for file in files]
    zones = [(at, heads[at], len(file.text)) for at, file in enumerate(files)]
    fields = [zone for zone in _fields(plain, files) if zone[2] > zone[1]]
    zones += fields
    texts, meant = marks.signed([file.text for file in files], zones)
    changed = {file.name: text for file, text in zip(files, texts, strict=True)}
    text = _flat(returned)
    signed, found = unsigned(_flat(_made(_document(path, theme, changed), theme)), meant)
    source = Source([file.text for file in files], heads)
    placed = Placer(text, source, carried(text, signed, found)).place()
    return Page(text, placed, files, tuple(heads), tuple(fields), returned.source)


def _beside(document: Document) -> frozenset[str]:
    return frozenset(entry.span.file.name for entry in document.entries.values())


def _flat(returned: Returned) -> Text:
    from galley.merging.flat import flat

    return flat(returned)


def _document(path: Path, theme: str, changed: Mapping[str, str]) -> Document:
    from galley.press import settled

    def change(file: File) -> File:
        return File(file.name, changed[file.name] if file.name in changed else _rejected(file))

    return settled(path, theme, change)


def _rejected(file: File) -> str:
    from galley.merging.sources import base

    return base(file).text


def _made(document: Document, theme: str) -> Returned:
    """The document as Word would have it, read again."""
    from galley.formats import docx
    from galley.press import themed
    from galley.reading.word import returned

    content = docx.write(document, themed(document, theme))
    with TemporaryDirectory(prefix="galley-") as name:
        file = Path(name) / "article.docx"
        file.write_bytes(content)
        return returned.read(file)[0]


def _fields(document: Document, files: Sequence[File]) -> list[tuple[int, int, int]]:
    """The stretches of the front matter that the page shows: those of fields that hold Markdown, and of names."""
    names = {file.name: at for at, file in enumerate(files)}
    found: list[tuple[int, int, int]] = []
    for path, span in document.places.spans.items():
        top = str(path[0]) if path else ""
        shown = SLOTS.fullmatch(top) and not any(
            len(other) > len(path) and other[: len(path)] == path for other in document.places.spans
        )
        if isinstance(span, Span) and span.file.name in names and shown:
            found.append((names[span.file.name], span.start, span.end))
    return found
