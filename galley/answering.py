"""The answers an author saved in the form of a proof -> suggestions and comments in the manuscript's files."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from galley.patterns import pattern
from galley.report import WARNING, Diagnostic, fault
from galley.span import File
from galley.suggestions import QUERY, signed, suggestions, written

KIND = "proof-answers"
MOST = 4_000_000
"""Bytes of a file of answers that are read."""
LETTERS = pattern(r"\w+|[^\w\s]")
ALIKE = {
    "’": "['’]",
    "'": "['’]",
    "“": '["“]',
    "”": '["”]',
    '"': '["“”]',
    "–": "(?:[-–]|--)",
    "—": "(?:—|---)",
    "-": "(?:[-‑–]|--)",
}
ALIKE |= {"…": r"(?:…|\.\.\.)"}
BETWEEN = r"[\s*_~^`]*"
"""What may stand between two words of the manuscript where the page has a blank or nothing."""


class Answered(NamedTuple):
    """The files that change, by their paths; how many answers were placed; what could not be."""

    files: Mapping[Path, bytes]
    placed: int
    diagnostics: tuple[Diagnostic, ...]


class _Put(NamedTuple):
    """A stretch of a text that gives way to another."""

    start: int
    end: int
    text: str


def run(options: argparse.Namespace) -> int:
    """Write the answers in a file into a project's manuscript, and say what was placed."""
    from galley.building import named, show
    from galley.reading.files import locate
    from galley.writing import over, seen

    before = seen(locate(options.into).manuscript)
    found = answered(options.file, options.into)
    for path, content in found.files.items():
        over(path, content, before)
    show(found.diagnostics, options.format)
    if options.format == "text":
        where = ", ".join(map(named, found.files)) or named(options.into)
        print(f"{where}: {found.placed} placed, {len(found.diagnostics)} not placed")
    return 0


def is_answers(path: Path) -> bool:
    """Whether a file is of the kind that the form of a proof saves."""
    return path.suffix.lower() == ".json" and path.is_file() and path.stat().st_size <= MOST


def answered(path: Path, project: Path) -> Answered:
    """Every answer as a comment behind its query, every correction as a suggestion; nothing else changes."""
    from galley.accepting import normal
    from galley.reading.files import locate, named

    said = _read(path)
    author, date = _line(said.get("author")) or "Author", _line(said.get("date"))
    raws = {one: one.read_bytes().decode("utf-8") for one in locate(project).manuscript}
    files = {one: File(named(one), normal(text)[0]) for one, text in raws.items()}
    placing = _Placing(files, author, date, str(path))
    for one in _rows(said, "answers"):
        placing.answer(_line(one.get("query")), _line(one.get("answer")), _line(one.get("place")))
    for one in _rows(said, "corrections"):
        placing.correct(_line(one.get("find")), _line(one.get("replace")), _line(one.get("note")))
    done = {one: _changed(raws[one], puts) for one, puts in placing.puts.items() if puts}
    return Answered(done, sum(map(len, placing.puts.values())), tuple(placing.missed))


def _read(path: Path) -> Mapping[str, Any]:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise fault("no-answers", str(path), f"cannot be read: {error}", status=2) from error
    if not isinstance(said, dict) or said.get("galley") != KIND:
        raise fault("no-answers", str(path), "holds no answers of a proof's form", status=2)
    return said


def _rows(said: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    rows = said.get(name)
    yield from (one for one in rows if isinstance(one, dict)) if isinstance(rows, list) else ()


def _line(value: object) -> str:
    """A text as one line, without what would end or begin a mark."""
    text = " ".join(re.sub(r"[\0-\x1f\x7f\ud800-\udfff]", " ", value).split()) if isinstance(value, str) else ""
    return re.sub(r"(\+\+|--|~~|==|<<)\}|\{(\+\+|--|~~|==|>>)|~>", lambda found: " ".join(found[0]), text)


def _changed(raw: str, puts: Sequence[_Put]) -> bytes:
    from galley.accepting import normal

    _, offsets = normal(raw)
    out, at = [], 0
    for put in sorted(puts):
        out += [raw[at : offsets(put.start)], put.text]
        at = offsets(put.end)
    return ("".join(out) + raw[at:]).encode("utf-8")


class _Placing:
    """Looks for the place of each answer, and keeps what was found and what was not."""

    def __init__(self, files: Mapping[Path, File], author: str, date: str, name: str) -> None:
        self.files, self.author, self.date, self.name = files, author, date, name
        self.puts: dict[Path, list[_Put]] = {path: [] for path in files}
        self.missed: list[Diagnostic] = []
        self.taken = {
            path: [
                *(one.span for one in suggestions(file)),
                *(file.span(*found.span()) for found in QUERY.finditer(file.text)),
            ]
            for path, file in files.items()
        }

    def answer(self, query: str, answer: str, place: str) -> None:
        """An answer behind the query it is for; to a check's query, at the end of the line it was about."""
        if not answer:
            return
        comment = signed(self.author, self.date, answer)
        for path, file in self.files.items():
            for found in QUERY.finditer(file.text):
                at = found.end()
                if _bare(query) == _bare(found[0][1 : found[0].rfind("]{")]) and not self._is_taken(path, at, at):
                    self.puts[path].append(_Put(at, at, comment))
                    return
        name, _, line = re.sub(r":\d+$", "", place).rpartition(":")
        for path, file in self.files.items():
            if name and line.isdecimal() and len(line) < 10 and Path(name).name == path.name:
                at = file.line_span(int(line)).end
                self.puts[path].append(
                    _Put(at, at, signed(self.author, self.date, f"to the query “{query}”: {answer}"))
                )
                return
        self._miss(f"the answer '{answer}' to '{query}'", "its query stands in no file of the manuscript")

    def correct(self, find: str, new: str, note: str) -> None:
        """A correction where its words stand, if they do so once."""
        if not find:
            if new or note:
                self._miss(f"the correction '{new or note}'", "it does not say what it is to stand for")
            return
        words = [ALIKE.get(one, re.escape(one)) for one in LETTERS.findall(find)]
        pattern = re.compile(rf"(?<!\w){BETWEEN.join(words)}(?!\w)")
        hits = [
            (path, found.start(), found.end())
            for path, file in self.files.items()
            for found in pattern.finditer(file.text)
            if not self._is_taken(path, found.start(), found.end())
        ]
        if len(hits) != 1:
            count = "do not stand in the manuscript so" if not hits else f"stand there {len(hits)} times"
            self._miss(f"the correction of '{find}' to '{new}'", f"its words {count}")
            return
        path, start, end = hits[0]
        old = self.files[path].text[start:end]
        text = signed(self.author, self.date, note) if new == find else written(old, new, self.author, self.date, note)
        self.puts[path].append(_Put(end if new == find else start, end, text))
        self.taken[path].append(self.files[path].span(start, end))

    def _is_taken(self, path: Path, start: int, end: int) -> bool:
        return any(one.start < max(end, start + 1) and start < one.end for one in self.taken[path])

    def _miss(self, what: str, why: str) -> None:
        hint = "put it in by hand"
        self.missed.append(Diagnostic(WARNING, "not-placed", self.name, f"{what} could not be placed: {why}", hint))


def _bare(text: str) -> str:
    """The letters of a query, without the sign it may begin with."""
    return "".join(char for char in re.sub(r"^\s*A\.?Q\.?\s*\d*\s*[:.]?", "", text) if char.isalnum()).casefold()
