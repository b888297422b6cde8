"""An editor with a fixed seed: what is altered in a paper, so that a redline can be judged by it."""

from __future__ import annotations

import random
import re
from itertools import count
from pathlib import Path
from typing import NamedTuple

import yaml
from faultcases import png

KINDS = ("words", "citation", "cell", "row", "column", "figure", "equation", "footnote", "moved", "title", "author")
NUMBERS = re.compile(r"[\W\d]*(?:(?:Figure|Table|Equation|Section|and|\([a-z]\)|\d+[A-Za-z])?[\W\d]*)*")


class Edit(NamedTuple):
    """An edit: what it is, the words that must be marked as gone, come, moved away or moved here, how large it is."""

    kind: str
    gone: str = ""
    came: str = ""
    moved: str = ""
    size: int = 4


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
            (self.folder / str(side) / "swapped.png").write_bytes(png(60, 40, side * 90))
            (self.folder / str(side) / "added.png").write_bytes(png(60, 40, 200))
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
