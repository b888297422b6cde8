"""A paper's trip through Word: exported, edited by an editor's hand, merged; and what became of each edit."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from pathlib import Path

from editors_edits import KINDS, edited
from editors_hand import Done

from galley import press
from galley.formats import docx
from galley.reading.files import locate, text_file
from galley.reading.word.returned import read
from galley.returned import Block, Returned
from galley.returning import Merged, merged
from galley.suggestions import suggestions, without

QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u2011": "-"})


def exported(folder: Path) -> bytes:
    """The project as a Word document."""
    document = press.settled(folder)
    return docx.write(document, press.themed(document))


def settled(folder: Path, accept: bool) -> dict[Path, str]:
    """The manuscript's files with all suggestions accepted or rejected."""
    out = {}
    for path in locate(folder).manuscript:
        file, _ = text_file(path)
        found = suggestions(file)
        out[path] = without(file.text, [r for one in found for r in (one.accepting if accept else one.rejecting)])
    return out


def says(returned: Returned) -> list[str]:
    """What each paragraph says, all changes accepted, notes last."""
    blocks = [*returned.blocks, *(block for note in returned.notes.values() for block in note)]
    out: list[str] = []
    carried = ""
    for block in blocks:
        carried += _block(block)
        if block.mark == "del" and block.kind not in ("cell", "note"):
            continue
        out.append(" ".join(carried.translate(QUOTES).split()))
        carried = ""
    return [one for one in out if one]


def _block(block: Block) -> str:
    words = []
    for piece in block.pieces:
        if piece.change == "del" or block.row == "del" or piece.kind in ("open", "close"):
            continue
        words.append(
            piece.text if piece.kind == "text" else f"<{piece.kind} {piece.key if piece.kind == 'cite' else ''}>"
        )
    return "".join(words)


class Trip:
    """One paper's trip: what was done, what the merge said, and what the page says afterwards."""

    def __init__(self, folder: Path, seed: int, each: int, kinds: tuple[str, ...] = tuple(KINDS)) -> None:
        """Make the trip in a copy of the project."""
        with tempfile.TemporaryDirectory(prefix="galley-") as name:
            project = Path(name) / "project"
            shutil.copytree(folder, project)
            before = {path: path.read_bytes() for path in locate(project).manuscript}
            content, self.done = edited(exported(project), seed, each, kinds)
            file = Path(name) / "returned.docx"
            file.write_bytes(content)
            start = time.perf_counter()
            self.merged: Merged = merged(file, project)
            self.seconds = time.perf_counter() - start
            for path, data in self.merged.files.items():
                path.write_bytes(data)
            self.sources = {path: path.read_text("utf-8") for path in before}
            self.again = merged(file, project)
            rejected = settled(project, accept=False)
            texts = {path: data.decode("utf-8-sig").replace("\r\n", "\n") for path, data in before.items()}
            self.same = all(rejected[path] == texts[path] for path in before)
            for path, text in settled(project, accept=True).items():
                path.write_text(text, "utf-8")
            (Path(name) / "after.docx").write_bytes(exported(project))
            self.wanted = says(read(file)[0])
            self.page = says(read(Path(name) / "after.docx")[0])
            self.listed = " ".join(one.evidence for one in self.merged.findings if one.code == "not-placed")

    @property
    def missing(self) -> list[str]:
        """Paragraphs of the file that came back that the page does not have, the reference list's left out."""
        return [text for text in self.wanted if text not in self.page]

    def outcome(self, one: Done) -> str:
        """What became of an edit: placed, listed or lost."""
        if one.kind in ("comment", "within a citation"):
            text = "".join(self.sources.values())
            said = re.findall(r"\{>>.*?<<\}", text, re.DOTALL)
            count = sum("kept: yes" in s if one.kind == "comment" else "the citation" in s for s in said)
            total = sum(other.kind == one.kind for other in self.done)
            listed = sum(other in self.listed for other in ("kept: yes", "the citation"))
            return "placed" if count >= total else "listed" if listed else "lost"
        if one.kind == "format":
            return "placed" if re.search(r"\{~~[^~]*~>\*", "".join(self.sources.values())) else "listed"
        head = " ".join(one.words.translate(QUOTES).split())[:30]
        wanted = [text for text in self.wanted if head in _plain(text)] if one.kind != "paragraph out" else []
        if one.kind == "paragraph out":
            whole = " ".join(one.words.translate(QUOTES).split())
            ok = not any(whole in _plain(text) for text in self.page)
        else:
            ok = bool(wanted) and all(text in self.page for text in wanted)
        return "placed" if ok else "listed" if self.listed else "lost"


def _plain(text: str) -> str:
    return re.sub(r"<\w+ ?[^>]*>", "", text)
