"""What passes between an issue and those who set its articles: a job, what came of it, and both as bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from galley.frontmatter import Journal
from galley.report import Diagnostic, Severity
from galley.span import File, Span


class Job(NamedTuple):
    """An article to be set: where it lies, what the issue says of it, what is wanted of it; ``themes`` is the folder of
    the issue's own themes, if it has any; ``section`` the name of the section that it opens, if it opens one.

    ``digest`` stands for all that decides what comes of it but its pages; ``wanted`` names what is made beside the
    PDF: "html", "crossref", "ojs", "typst" (the issue's PDF).
    """

    name: str
    path: Path
    theme: str
    digest: str
    journal: Journal
    volume: str
    issue: str
    date: str
    standards: tuple[str, ...]
    draft: bool
    wanted: tuple[str, ...]
    themes: Path | None = None
    section: str = ""


class Set(NamedTuple):
    """An article's own PDF, set from a certain page on, how many pages it has, and what was noticed."""

    first: int
    pages: int
    pdf: bytes
    found: tuple[Diagnostic, ...]


class Dressed(NamedTuple):
    """All else that is made of an article: files by name, and what the issue's pages say of it."""

    files: Mapping[str, bytes]
    facts: Mapping[str, Any]


class Broken(NamedTuple):
    """An article that could not be set, and why not."""

    found: tuple[Diagnostic, ...]


# -- as bytes ----------------------------------------------------------------------------------------


def packed(facts: Mapping[str, Any], files: Mapping[str, bytes], found: Iterable[Diagnostic]) -> bytes:
    """Plain facts, files and findings in one piece: a line of JSON that says what follows it."""
    texts: list[File] = []
    rows = [_row(one, texts) for one in found]
    head = {
        "facts": dict(facts),
        "files": [[name, len(content)] for name, content in files.items()],
        "found": rows,
        "texts": [[file.name, file.text] for file in texts],
    }
    return json.dumps(head, ensure_ascii=True).encode() + b"\n" + b"".join(files.values())


def unpacked(data: bytes) -> tuple[dict[str, Any], dict[str, bytes], tuple[Diagnostic, ...]]:
    """What was packed; ValueError or KeyError where it was not."""
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    texts = [File(name, text) for name, text in head["texts"]]
    files: dict[str, bytes] = {}
    at = 0
    for name, size in head["files"]:
        files[name] = rest[at : at + size]
        at += size
    if at != len(rest):
        raise ValueError("not as long as it says")
    return head["facts"], files, tuple(_finding(row, texts) for row in head["found"])


def _row(one: Diagnostic, texts: list[File]) -> list[Any]:
    place: Any = one.place
    if isinstance(place, Span):
        if place.file not in texts:
            texts.append(place.file)
        place = [texts.index(place.file), place.start, place.end]
    return [one.severity.value, one.code, place, *one[3:]]


def _finding(row: list[Any], texts: list[File]) -> Diagnostic:
    severity, code, place, *rest = row
    where = place if isinstance(place, str) else Span(texts[place[0]], place[1], place[2])
    return Diagnostic(Severity(severity), code, where, *rest)


def digest(*parts: object) -> str:
    """A hash of parts that are told apart: bytes as they are, all else by its words."""
    made = sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8, "big") + data)
    return made.hexdigest()
