"""What whole manuscripts are made into before they are given to a verb: papers, and the changes to their files."""

# ruff: noqa: E501 - rows of tables, and samples as they are

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from fuzzmutate import mutated
from fuzzword import balanced

MOST = 60_000
"""Characters that a mutated text may have."""
VERBS: tuple[tuple[str, ...], ...] = (
    ("check", "{keyed}"), ("html", "{keyed}", "--draft"), ("check", "{typed}"), ("md", "{keyed}", "--draft"), ("check", "{word}"),
    ("pdf", "{keyed}", "--draft"), ("check", "{keyed}", "--format", "json"), ("docx", "{keyed}", "--draft"), ("bib", "{bib}", "--write"),
    ("import", "{typed}", "-o", "{out}"), ("diff", "{old}", "{keyed}", "--to", "docx,md", "--output", "{out}", "--project", "{root}"),
    ("import", "{word}", "-o", "{out}"), ("check", "{bib}"), ("txt", "{keyed}"), ("accept", "{keyed}", "--all"), ("html", "{keyed}"),
    ("latex", "{keyed}", "--draft"), ("check", "{typed}", "--format", "html", "--output", "{out}/a.html"), ("pdf", "{keyed}"),
    ("import", "{word}", "--into", "{keyed}"), ("proof", "{keyed}", "--to", "html", "--output", "{out}"),
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """The sources of a paper: its files by name, and which of them is what."""

    name: str
    files: dict[str, bytes]
    keyed: str
    bib: str

    @classmethod
    def of(cls, folder: Path) -> Paper | None:
        """The paper in a folder; None where it has no manuscript with keys."""
        files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
        bib = next((name for name in files if name.endswith(".bib")), "")
        return cls(folder.name, files, "paper.md", bib) if "paper.md" in files and bib else None


class Case:
    """One run: a paper, what becomes of its files, and the words of the command line."""

    def __init__(self, papers: list[Paper], number: int, seed: int) -> None:
        self.number = number
        rng = random.Random(f"{seed} {number}")
        self.paper = rng.choice(papers)
        self.verb = VERBS[number % len(VERBS)]
        self.files = dict(self.paper.files)
        words = " ".join(self.verb)
        others = [one.files[one.keyed].decode("utf-8", "replace") for one in rng.sample(papers, min(2, len(papers)))]
        for what in ("keyed", "typed", "word", "bib"):
            if f"{{{what}}}" in words and (name := self.name(what)) in self.files:
                self.files[name] = changed(rng, name, self.files[name], others)
        if "{keyed}" in words and rng.random() < 0.4:
            self.files[self.paper.bib] = changed(rng, self.paper.bib, self.files[self.paper.bib], others)

    def name(self, what: str) -> str:
        """The file that a word of the command line stands for."""
        return {"keyed": self.paper.keyed, "typed": "typed.md", "word": "typed.docx", "bib": self.paper.bib}[what]

    def label(self) -> str:
        """What it is called in reports."""
        return f"{self.number}-{self.paper.name}-{self.verb[0]}"


def changed(rng: random.Random, name: str, data: bytes, others: list[str]) -> bytes:
    """A file of a paper with something wrong in it."""
    if name.endswith(".docx"):
        return _package(rng, data)
    text = data.decode("utf-8", "replace")
    if rng.random() < 0.85:
        text = shorter(rng, text)
    text = mutated(rng, text, others, MOST)
    raw = text.encode("utf-8", "replace")
    draw = rng.random()
    if draw < 0.02:
        return text.encode("utf-16")
    if draw < 0.04:
        return text.encode("latin-1", "replace")
    if draw < 0.06:
        return raw.replace(b"\n", b"\r\n")
    if draw < 0.1:
        at = rng.randrange(len(raw) + 1)
        return raw[:at] + rng.randbytes(rng.choice((1, 4, 40))) + raw[at + 1 :]
    return raw


def shorter(rng: random.Random, text: str) -> str:
    """A text without some of its paragraphs, its front matter kept: most runs need not be long."""
    head, mark, body = text.partition("\n---\n") if text.startswith("---") else ("", "", text)
    parts = body.split("\n\n")
    kept = rng.randrange(1, 8)
    start = rng.randrange(max(len(parts) - kept, 1))
    return head + mark + "\n\n".join(parts[start : start + kept])


def _package(rng: random.Random, data: bytes) -> bytes:
    """A Word file with its parts mutated: mostly sound XML with other content, at times no XML, or no zip."""
    if rng.random() < 0.05:
        at = rng.randrange(len(data))
        return data[:at] + (rng.randbytes(8) + data[at + 8 :] if rng.random() < 0.5 else b"")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [one for one in old.namelist() if one.endswith((".xml", ".rels"))]
        hit = {"word/document.xml", rng.choice(names)} if rng.random() < 0.7 else {rng.choice(names)}
        for name in old.namelist():
            part = old.read(name)
            if name in hit:
                part = _part(rng, part.decode("utf-8", "replace"))
            new.writestr(name, part)
    return out.getvalue()


def _part(rng: random.Random, text: str) -> bytes:
    opening = re.match(r"(<\?xml.*?\?>\s*)?<([\w:]+)[^>]*>(?:\s*<w:body>)?", text, re.DOTALL)
    tail = (
        "</w:body></w:document>"
        if "<w:body>" in (opening[0] if opening else "")
        else f"</{opening[2]}>"
        if opening
        else ""
    )
    inner = text[opening.end() : len(text) - len(tail)] if opening else text
    for _ in range(rng.choice((1, 2, 4))):
        inner = _elements(rng, inner)
    if rng.random() < 0.5:
        inner = mutated(rng, inner, (), 400_000)
    if rng.random() < 0.9 and tail.startswith("</w:"):
        inner = balanced(inner)
    return ((opening[0] if opening else "") + inner + tail).encode("utf-8", "replace")


def _elements(rng: random.Random, text: str) -> str:
    """Tags left out, said twice, or moved: what only broken programs write."""
    tags = [found.span() for found in re.finditer(r"<[^<>]+>", text)]
    if len(tags) < 4:
        return text
    one = rng.randrange(len(tags) - 1)
    two = min(one + rng.choice((1, 1, 2, 5, 30)), len(tags) - 1)
    start, end = tags[one][0], tags[two][1]
    piece = text[start:end]
    draw = rng.random()
    if draw < 0.4:
        return text[:start] + text[end:]
    at = rng.choice(tags)[0]
    if draw < 0.7:
        return text[:at] + piece + text[at:]
    return (text[:start] + text[end:])[:at] + piece + (text[:start] + text[end:])[at:]
