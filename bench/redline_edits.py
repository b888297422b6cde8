"""Whether every edit is marked, and nothing else: papers altered by an editor with a fixed seed, and their redlines.

    python bench/redline_edits.py [--papers FOLDER] [--seeds 2] [--only NAME] [--show]

Into each paper a table, two notes, formulas and a figure are planted, the same in both versions. Then single words,
citations, cells, rows, columns, figures, equations, notes, whole paragraphs, the title and the authors are edited; each
edit leaves a word of its own by which its mark is known. Recall is the share of edits that are marked as what they are
(a row as a row, a move as a move); precision the share of marks that are of an edit and no larger than it needs.
"""

from __future__ import annotations

import argparse
import random
import re
import struct
import sys
import tempfile
import zlib
from collections import Counter, defaultdict
from importlib.util import module_from_spec, spec_from_file_location
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from redline import SHARED, galley

KINDS = ("words", "citation", "cell", "row", "column", "figure", "equation", "footnote", "moved", "title", "author")
NUMBERS = re.compile(r"[\W\d]*(?:(?:Figure|Table|Equation|Section|and|\([a-z]\)|\d+[A-Za-z])?[\W\d]*)*")


class Edit(NamedTuple):
    """An edit: what it is, the words that must be marked as gone, come, moved away or moved here, how large it is."""

    kind: str
    gone: str = ""
    came: str = ""
    moved: str = ""
    size: int = 4


class Mark(NamedTuple):
    """A mark of a redline: "ins", "del", "from" or "to", its words, its paragraph, whether its row or cell has it too,
    how many pictures are in it and whether it is of an equation."""

    kind: str
    text: str
    place: int
    whole: bool
    images: int
    maths: bool


class Editor:
    """One paper on its way: the blocks of its text in both versions."""

    def __init__(self, text: str, seed: str, folder: Path) -> None:
        self.random = random.Random(seed)
        self.numbers = count()
        self.folder = folder
        head, body = re.match(r"---\n(.*?)\n(?:---|\.\.\.)\n(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        self.metas = [yaml.safe_load(head) for _ in (0, 1)]
        blocks = [block for block in re.split(r"\n[ \t]*\n", body) if block.strip()]
        self.vocabulary = sorted(set(re.findall(r"(?<= )[a-z]{3,}(?= )", _masked(body)))) or ["word"]
        self.blocks: list[list[str]] = [[block, block] for block in _whole(blocks)]
        for _ in range(10):  # a short paper has not prose enough
            block = self.sentence(40)
            self.blocks.insert(self.random.randrange(len(self.blocks) + 1), [block, block])
        self.edits: list[Edit] = []
        prose = [at for at, (block, _) in enumerate(self.blocks) if _is_prose(block)]
        self.prose = self.random.sample(prose, len(prose))

    def sentence(self, size: int) -> str:
        """Words of the paper in no order."""
        return f"So {' '.join(self.random.choice(self.vocabulary) for _ in range(size))}."

    def word(self) -> str:
        """A word that is nowhere else."""
        number = next(self.numbers)
        return "zyx" + "".join(chr(97 + number // power % 26) for power in (676, 26, 1))

    def put(self, at: int, old: str | None, new: str | None, where: int) -> None:
        """Words at a blank of a paragraph, in one version or both."""
        for side, words in enumerate((old, new)):
            if words is not None:
                block = self.blocks[at][side]
                places = [found.start() for found in re.finditer(r"(?<=[a-z]) (?=[a-z])", _masked(block))]
                place = places[min(where, len(places) - 1)]
                self.blocks[at][side] = f"{block[:place]} {words}{block[place:]}"

    def plant(self, old: str, new: str) -> None:
        """A block of its own in both versions, after some paragraph."""
        self.blocks.insert(
            self.random.choice([at for at, (block, _) in enumerate(self.blocks) if _is_prose(block)]) + 1, [old, new]
        )

    # -- the edits -------------------------------------------------------------------------------------

    def words(self) -> None:
        """Words that come, go or are exchanged."""
        for kind in ("replace", "insert", "delete", "replace", "insert"):
            at, old, new = self.prose.pop(), self.word(), self.word()
            where = self.random.randrange(40)
            gone, came = "" if kind == "insert" else old, "" if kind == "delete" else new
            self.put(at, gone or None, came or None, where)
            self.edits.append(Edit("words", gone, came))

    def citation(self) -> None:
        """A citation that comes, and one that gains a work."""
        for number in (1, 2):
            name = self.word().capitalize()
            at = self.prose.pop()
            before = "" if number == 1 else f"[@planted{number}]"
            after = f"[@{name}]" if number == 1 else f"[@planted{number}; @{name}, p. 4]"
            self.put(at, before or None, after, self.random.randrange(40))
            self.entry(name)
            self.edits.append(Edit("citation", "Plantedtwo" if before else "", name, size=12))
            self.edits.append(Edit("citation", "", f"{name}, Q. (2001)", size=20))

    def entry(self, name: str) -> None:
        """An entry of the bibliography."""
        with (self.folder / "extra.bib").open("a") as file:
            file.write(
                f"@book{{{name}, author={{{name}, Quentin}}, title={{Of {name}}}, year=2001, publisher={{Press}}}}\n"
            )

    def tables(self) -> None:
        """A table in which cells and rows change, another in which a column comes or goes."""
        rows = [[self.word() for _ in range(4)] for _ in range(6)]
        new = [list(row) for row in rows]
        for row, column in self.random.sample([(r, c) for r in range(1, 6) for c in range(1, 4)], 2):
            new[row][column] = self.word()
            self.edits.append(Edit("cell", rows[row][column], new[row][column], size=1))
        added, lost = [self.word() for _ in range(4)], self.random.randrange(1, 6)
        while any(a != b for a, b in zip(rows[lost], new[lost], strict=True)):
            lost = self.random.randrange(1, 6)
        self.edits += [Edit("row", came=cell, size=1) for cell in added] + [
            Edit("row", gone=cell, size=1) for cell in rows[lost]
        ]
        new = [row for at, row in enumerate(new) if at != lost]
        new.insert(self.random.randrange(2, len(new)), added)
        self.plant(_table(rows), _table(new))
        rows = [[self.word() for _ in range(3)] for _ in range(4)]
        at, extra = self.random.randrange(1, 4), [self.word() for _ in range(4)]
        wide = [[*row[:at], extra[number], *row[at:]] for number, row in enumerate(rows)]
        grows = self.random.random() < 0.5
        self.plant(*((_table(rows), _table(wide)) if grows else (_table(wide), _table(rows))))
        self.edits += [Edit("column", "" if grows else cell, cell if grows else "", size=1) for cell in extra]

    def figures(self) -> None:
        """A picture exchanged under its name, and a figure that comes."""
        (self.folder / "0").mkdir(), (self.folder / "1").mkdir()
        for side in (0, 1):
            (self.folder / str(side) / "swapped.png").write_bytes(_picture(side * 90))
            (self.folder / str(side) / "added.png").write_bytes(_picture(200))
        caption, new = self.word(), self.word()
        self.plant(
            f"![A {caption} picture](swapped.png){{#fig:{caption}}}",
            f"![A {caption} picture](swapped.png){{#fig:{caption}}}",
        )
        self.edits.append(Edit("figure", "\0", "\0", size=0))
        self.plant("", f"![New {new} picture](added.png){{#fig:{new}}}")
        self.edits.append(Edit("figure", "", new, size=8))

    def equations(self) -> None:
        """A formula in a line and one of its own, both changed."""
        for at in (1, 2):
            old, new = 80000 + 10 * next(self.numbers), 90000 + 10 * next(self.numbers)
            fence = "$" if at == 1 else "$$"
            lines = [f"Here {fence}x_{{{at}}} = y + {number}{fence} holds." for number in (old, new)]
            self.plant(*lines)
            self.edits.append(Edit("equation", str(old), str(new), size=8))

    def notes(self) -> None:
        """A note of which a word changes, and one that comes."""
        old, new, name = self.word(), self.word(), self.word()
        at, where = self.prose.pop(), self.random.randrange(40)
        self.put(
            at,
            f"noted^[A note of the {old} kind stands here.]",
            f"noted^[A note of the {new} kind stands here.]",
            where,
        )
        self.edits.append(Edit("footnote", old, new))
        at = self.prose.pop()
        self.put(at, None, f"^[A note that {name} came.]", self.random.randrange(40))
        self.edits.append(Edit("footnote", "", name, size=8))

    def moved(self) -> None:
        """A paragraph that stands elsewhere."""
        name = self.word()
        block = f"Now {name}. {self.sentence(30)}"
        prose = [at for at, (one, other) in enumerate(self.blocks) if _is_prose(one) and one == other]
        sizes = [len(self.blocks[at][0].split()) for at in prose]
        old = self.random.randrange(len(prose) // 2)  # it passes more than it says, else the others have moved
        far = [at for at in range(old + 2, len(prose)) if sum(sizes[old + 1 : at]) > 2 * len(block.split())]
        new = self.random.choice(far or [len(prose) - 1])
        for at, pair in sorted(((prose[old] + 1, [block, ""]), (prose[new] + 1, ["", block])), key=lambda one: -one[0]):
            self.blocks.insert(at, pair)
        self.edits.append(Edit("moved", moved=name, size=40))

    def front(self) -> None:
        """A word more in the title, and an author more."""
        title, name = self.word(), self.word().capitalize()
        self.metas[1]["title"] = f"{self.metas[0].get('title') or 'Title'} {title}"
        self.edits.append(Edit("title", "", title))
        key = "author" if "author" in self.metas[0] else "authors" if "authors" in self.metas[0] else "author"
        for meta in self.metas:
            listed = meta.get(key) or []
            meta[key] = list(listed) if isinstance(listed, list) else [listed]
        self.metas[1][key].append({"name": f"Quentin {name}"})
        self.edits.append(Edit("author", "", name, size=12))

    # -- both versions ---------------------------------------------------------------------------------

    def write(self, source: Path) -> None:
        """Both versions as projects in the folder."""
        (
            self.words(),
            self.citation(),
            self.notes(),
            self.tables(),
            self.figures(),
            self.equations(),
            self.moved(),
            self.front(),
        )
        files = [path for path in source.rglob("*") if path.is_file() and path.suffix not in (".md", ".docx", ".json")]
        extra = (
            self.folder / "extra.bib"
        ).read_text() + "@book{planted2, author={Plantedtwo, A}, title={Of it}, year=1999}\n"
        for side in (0, 1):
            home = self.folder / str(side)
            for path in files:
                target = home / path.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
            (home / "extra.bib").write_text(extra)
            meta = dict(self.metas[side])
            listed = meta.get("bibliography") or []
            meta["bibliography"] = [*(listed if isinstance(listed, list) else [listed]), "extra.bib"]
            text = "\n\n".join(block[side] for block in self.blocks if block[side])
            (home / "paper.md").write_text(f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n\n{text}\n")


def _is_prose(block: str) -> bool:
    plain = re.match(r"[A-Z][a-z]", block) and not re.search(
        r"\$\$|\\begin|```|^\s*[|#>*-]|\n:|:::", block, re.MULTILINE
    )
    return bool(plain) and len(re.findall(r"(?<=[a-z]) (?=[a-z])", _masked(block))) >= 12


def _masked(block: str) -> str:
    """A block with all that is not plain prose made unfit for a place."""
    marked = r"\[[^\]]*\](\([^)]*\)|\{[^}]*\})?|`[^`]*`|\$[^$]*\$|\*[^*]*\*|_[^_]*_"
    pattern = marked + r"|\{[^}]*\}|<[^>]*>|\([^)]*\)|https?:\S+|@\S+"
    return re.sub(pattern, lambda found: "#" * len(found[0]), block)


def _whole(blocks: list[str]) -> list[str]:
    """The blocks, code and divisions with blank lines in them in one piece."""
    out: list[str] = []
    depth = False
    for block in blocks:
        out[-1:] = [f"{out[-1]}\n\n{block}"] if depth else [*out[-1:], block]
        fences = len(re.findall(r"^(?:```|~~~|:::+|\$\$|\\begin|\\end)", block, re.MULTILINE))
        depth ^= fences % 2 == 1
    return out


def _table(rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _picture(grey: int) -> bytes:
    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes([grey] * 60) for _ in range(40))
    head = struct.pack(">IIBBBBB", 60, 40, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


# -- judging -----------------------------------------------------------------------------------------


def scorer() -> Any:
    """The independent reader of tracked changes."""
    spec = spec_from_file_location("redline_score", SHARED / "bench" / "redline_score.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def marks(path: Path) -> list[Mark]:
    """The marks of a redline in order: what is marked the same way without a break within a paragraph."""
    document = scorer().Doc(str(path))
    out: list[Mark] = []
    place = 0
    for text, flags, kind in document.runs:
        mark = next((name for name in ("ins", "del", "from", "to") if name in flags), "")
        if kind in ("par", "cell"):
            place += kind == "par"
            if kind == "cell" and mark:
                out = [one._replace(whole=True) if one.place == place - 1 else one for one in out]
            continue
        if not mark or (not text.strip() and kind != "image" and (not out or out[-1].place != place)):
            out.append(Mark("", text, place, False, 0, False)) if not mark and text else None
            continue
        maths = kind.startswith("math")
        if out and out[-1].kind == mark and out[-1].place == place:
            last = out[-1]
            out[-1] = last._replace(
                text=last.text + text, images=last.images + (kind == "image"), maths=last.maths or maths
            )
        else:
            out.append(Mark(mark, text, place, False, int(kind == "image"), maths))
    return out


def judged(edits: list[Edit], found: list[Mark]) -> tuple[dict[str, Counter[str]], list[str]]:
    """For each kind how many edits were made and found, how many marks there are and how many are right."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    told: list[str] = []
    right: dict[int, str] = {}
    for edit in edits:
        sides = [
            one for one in (("del", edit.gone), ("ins", edit.came), ("from", edit.moved), ("to", edit.moved)) if one[1]
        ]
        got = [[at for at, mark in enumerate(found) if _fits(mark, side, needle, edit)] for side, needle in sides]
        counts[edit.kind]["edits"] += 1
        if all(got):
            counts[edit.kind]["found"] += 1
            right |= {at: edit.kind for places in got for at in places}
        else:
            told.append(f"not found: {edit}")
    for at, mark in enumerate(found):
        if not mark.kind:
            continue
        beside = [right[near] for near in (at - 1, at + 1) if near in right and found[near].place == mark.place]
        kind = right.get(at) or (beside[0] if beside and len(mark.text.split()) <= 12 else "")
        if not kind and NUMBERS.fullmatch(mark.text) and not mark.images:
            continue  # a number printed otherwise, for something numbered came before it
        owner = kind or _nearest(at, right)
        counts[owner]["marks"] += 1
        counts[owner]["right"] += bool(kind)
        if not kind:
            told.append(f"nobody's: {mark}")
    return counts, told


def _fits(mark: Mark, side: str, needle: str, edit: Edit) -> bool:
    if mark.kind != side:
        return False
    if needle == "\0":
        return mark.images == 1 and not mark.text.strip()
    if needle not in mark.text or len(mark.text.split()) > edit.size:
        return False
    return mark.whole if edit.kind in ("row", "column") else not (edit.kind == "cell" and mark.whole)


def _nearest(at: int, right: dict[int, str]) -> str:
    return right[min(right, key=lambda one: abs(one - at))] if right else "words"


def main() -> int:
    """Edit every paper, print precision and recall for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, default=SHARED / "papers")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in sorted(path.parent for path in options.papers.glob("*/paper.md")):
        for seed in range(options.seeds) if options.only in paper.name else ():
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                editor = Editor((paper / "paper.md").read_text("utf-8"), f"{paper.name} {seed}", folder)
                editor.write(paper)
                galley("diff", str(folder / "0"), str(folder / "1"), "--to", "docx", "--output", name)
                counts, told = judged(editor.edits, marks(folder / "redline.docx"))
                for kind, one in counts.items():
                    total[kind].update(one)
                for line in told if options.show else ():
                    print(f"{paper.name} {seed}: {line}")
    return _table_of(total)


def _table_of(total: dict[str, Counter[str]]) -> int:
    print(f"{'kind':10} {'edits':>6} {'found':>6} {'recall':>7} {'marks':>6} {'right':>6} {'precision':>9}")
    low = False
    for kind in KINDS:
        one = total[kind]
        recall, precision = one["found"] / max(one["edits"], 1), one["right"] / max(one["marks"], 1)
        low |= min(recall, precision) < 0.95
        counts = f"{one['edits']:6} {one['found']:6} {recall:7.3f} {one['marks']:6} {one['right']:6}"
        print(f"{kind:10} {counts} {precision:9.3f}")
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
