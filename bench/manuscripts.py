"""Invented manuscripts of any size for the benchmarks: the same seed gives the same bytes on every machine.

Words are put together from syllables, so that lines break and hyphens fall about as in English. There are headings,
citations, tables, equations, figures with alternative texts and callouts, and entries of five kinds.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from random import Random
from typing import NamedTuple

STARTS = ("b", "ch", "d", "f", "gr", "h", "j", "k", "l", "m", "n", "pl", "r", "s", "sp", "st", "t", "tr", "v", "w", "")
MIDDLES = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
ENDS = ("", "", "", "n", "r", "s", "t", "l", "nd", "ck", "m")
LITTLE = ("the", "of", "and", "to", "in", "a", "that", "is", "for", "with", "as", "by")


class Size(NamedTuple):
    """How much of everything a manuscript has."""

    words: int
    references: int
    tables: int
    equations: int
    figures: int


SIZES = {
    "4": Size(1_300, 10, 0, 0, 0),
    "40": Size(15_000, 300, 20, 30, 10),
    "2000": Size(60_000, 2_000, 60, 80, 20),
    "400": Size(150_000, 5_000, 150, 200, 40),
}
"""By their pages, "2000" by its references."""


class Maker:
    """Draws words, sentences and entries from one seeded source."""

    def __init__(self, seed: int) -> None:
        """Start the source of chance."""
        self.random = Random(seed)
        self.families = [self.name() for _ in range(250)]  # few enough that names meet and must be told apart

    def word(self) -> str:
        """A word of one to four syllables, or one of the little words."""
        if self.random.random() < 0.35:
            return self.random.choice(LITTLE)
        count = self.random.choice((1, 2, 2, 3, 3, 4))
        parts = (self.random.choice(STARTS) + self.random.choice(MIDDLES) for _ in range(count))
        return "".join(parts) + self.random.choice(ENDS)

    def name(self) -> str:
        """A capitalised word."""
        return (self.random.choice(STARTS[:-1]) + "".join(self.word() for _ in range(2))).capitalize()[:11]

    def words(self, least: int, most: int) -> str:
        """Words in a row, the first with a capital."""
        text = " ".join(self.word() for _ in range(self.random.randint(least, most)))
        return text[0].upper() + text[1:]

    def entry(self, key: str) -> str:
        """An entry of the bibliography."""
        kind = self.random.choice(("article", "article", "article", "book", "incollection", "online", "report"))
        people = (
            f"{self.random.choice(self.families)}, {self.name()} {self.name()[0]}."
            for _ in range(self.random.choice((1, 1, 2, 3, 7)))
        )
        fields = {"author": " and ".join(people), "title": self.words(6, 14), "year": self.random.randint(1975, 2024)}
        first = self.random.randint(1, 400)
        numbers = {"volume": self.random.randint(1, 60), "number": self.random.randint(1, 6)}
        more: dict[str, dict[str, object]] = {
            "article": {"journal": self.words(2, 4), **numbers, "pages": f"{first}--{first + 17}"},
            "book": {"publisher": f"{self.name()} Press"},
            "incollection": {"booktitle": self.words(4, 8), "publisher": f"{self.name()} Press", "pages": f"{first}"},
            "online": {"organization": self.name(), "url": f"https://example.org/{self.word()}/{key}"},
            "report": {"institution": f"{self.name()} Institute", "number": first},
        }
        fields |= more[kind]
        if kind == "article":
            fields["doi"] = f"10.5555/{self.word()}.{fields['year']}.{key.removeprefix('work')}"
        return f"@{kind}{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"

    def sentence(self, citation: str) -> str:
        """A sentence, at its end or start a citation."""
        text = self.words(9, 22)
        if not citation:
            return f"{text}."
        if self.random.random() < 0.3:
            return f"@{citation} {text[0].lower()}{text[1:]}."
        locator = f", p. {self.random.randint(1, 300)}" if self.random.random() < 0.2 else ""
        return f"{text} [@{citation}{locator}]."


def write(folder: Path, size: Size, seed: int = 1) -> Path:
    """Write ``article.md``, ``references.bib`` and pictures into a folder, and return it."""
    make = Maker(seed)
    keys = [f"work{number}" for number in range(1, size.references + 1)]
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    (folder / "references.bib").write_text("\n".join(map(make.entry, keys)), "utf-8")
    for number in range(1, 6):
        (folder / "figures" / f"chart{number}.png").write_bytes(picture(make.random))
    head = f'---\ntitle: "{make.words(6, 10)}"\nauthor: {make.name()} {make.name()}\nlang: en\ndate: 2024-05-01\n'
    head += f'abstract: "{make.words(120, 150)}."\nbibliography: references.bib\n---\n'
    (folder / "article.md").write_text("\n".join([head, *body(make, size, keys)]), "utf-8")
    return folder


def body(make: Maker, size: Size, keys: list[str]) -> list[str]:
    """The blocks of the text: every key is cited, a fifth of them twice, and every object stands after its callout."""
    counts = {"table": size.tables, "equation": size.equations, "figure": size.figures}
    objects = [(kind, number) for kind, count in counts.items() for number in range(count)]
    make.random.shuffle(objects)
    cited = make.random.sample(keys, len(keys)) + make.random.choices(keys, k=len(keys) // 5)
    paragraphs = size.words // 130  # of seven sentences each
    every = max(1, paragraphs // max(1, len(objects)))
    parts: list[str] = []
    for at in range(paragraphs):
        if at % 6 == 0:
            parts.append(f"{'##' if at % 24 else '#'} {make.words(3, 6)}\n")
        chance = len(cited) / (7 * (paragraphs - at))
        count = sum(make.random.random() < chance for _ in range(7))
        due = [cited.pop() for _ in range(len(cited) if at == paragraphs - 1 else min(count, len(cited)))]
        sentences = [make.sentence(key) for key in due] + [make.sentence("") for _ in range(7 - len(due))]
        make.random.shuffle(sentences)
        callout, block = thing(make, *objects.pop()) if objects and at % every == every - 1 else ("", "")
        parts += [" ".join(sentences) + callout + "\n", block]
    return parts


def thing(make: Maker, kind: str, number: int) -> tuple[str, str]:
    """A table, an equation or a figure: the callout that goes before it, and itself."""
    if kind == "table":
        head = "| " + " | ".join(make.name() for _ in range(5)) + " |\n|:---|---:|---:|---:|---:|\n"
        cells = (" | ".join(f"{make.random.random() * 90:.2f}" for _ in range(4)) for _ in range(8))
        rows = "\n".join(f"| {make.word()} | {row} |" for row in cells)
        return f" See @tbl:t{number}.", f"{head}{rows}\n\n: {make.words(6, 10)}. {{#tbl:t{number}}}\n"
    if kind == "equation":
        a, b = make.random.choice("xyz"), make.random.choice("npq")
        formula = f"{a}_{{{b}}} = \\sum_{{i=1}}^{{{b}}} \\frac{{i^2}}{{1 + {a}}}"
        return f" It is @eq:e{number}.", f"$$ {formula} $$ {{#eq:e{number}}}\n"
    image = f"![{make.words(6, 12)}.](figures/chart{number % 5 + 1}.png)"
    return f" See @fig:f{number}.", f'{image}{{#fig:f{number} alt="A chart of nine bars" width=70%}}\n'


def picture(random: Random) -> bytes:
    """A PNG of nine grey bars, 1,350 by 600."""
    heights = [random.randint(100, 580) for _ in range(9)]
    lines = (b"".join((b"\x60" if 600 - y < one else b"\xf0") * 150 for one in heights) for y in range(600))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1350, 600, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
