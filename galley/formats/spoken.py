"""A formula's TeX -> the words in which one would read it aloud, for the alternative text PDF/UA asks of mathematics.

English words: "x squared plus the sum from i equals 1 to n of a sub i". What is nested is closed in words where it
would else be unclear ("end fraction"). What is not known is read by its name, so that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from galley.formats.spokenwords import (
    ACCENTS,
    BIG,
    BLACKBOARD,
    FONTS,
    GREEK,
    IDLE,
    MATRICES,
    POWERS,
    SIGNS,
    WORDS,
)
from galley.patterns import pattern

WORDED = r"\\(?:text(?:rm|it|bf)?|mbox|mathrm|operatorname)\*?\s*\{[^{}\\$^_]*\}"
"""Words among the signs, spaces and all."""
TOKEN = pattern(WORDED + r"|\\[A-Za-z]+\*?|\\.|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+|[^\s\\]")
DEPTH = 40
"""How deep groups may stand in one another before the rest is read as it is written."""


@lru_cache(maxsize=4096)
def spoken(tex: str) -> str:
    """The formula in words; the TeX itself where there is nothing to read."""
    reader = _Reader(TOKEN.findall(tex))
    words: list[str] = []
    while reader.at < len(reader.signs):
        words.append(reader.run(()))
        reader.at += 1  # a brace too many
    return _tidy(" ".join(words)) or tex


def _tidy(text: str) -> str:
    text = " ".join(text.split())
    for mark in (",", ";", ")", "]", ":"):
        text = text.replace(f" {mark}", mark)
    return text.replace(",;", ";").replace("( ", "(").replace("[ ", "[").strip(" ;,")


def _simple(words: str) -> bool:
    """Whether words need no "end" after them."""
    return len(words.split()) < 2


class _Reader:
    """Signs, and how far they are read."""

    def __init__(self, signs: Sequence[str], depth: int = 0) -> None:
        self.signs = signs
        self.at = 0
        self.depth = depth

    def peek(self) -> str:
        return self.signs[self.at] if self.at < len(self.signs) else ""

    def next(self) -> str:
        sign = self.peek()
        self.at += 1
        return sign

    def run(self, ends: tuple[str, ...]) -> str:
        """What stands before one of some signs (or a closing brace), in words; that sign is left."""
        words: list[str] = []
        while self.at < len(self.signs) and self.peek() not in ("}", "\\end", *ends):
            words.append(self.part())
        return " ".join(word for word in words if word)

    def argument(self) -> str:
        """A group, or the one sign that stands for it."""
        first = self.peek()
        if first in ("", "}", "\\end"):
            return ""
        if first[:1].isdigit() and len(first) > 1:  # of digits without braces TeX takes one
            self.signs = [*self.signs[: self.at], first[0], first[1:], *self.signs[self.at + 1 :]]
        if first != "{":
            return self.atom(self.next())
        self.next()
        self.depth += 1
        words = self.run(()) if self.depth < DEPTH else self.skipped()
        self.depth -= 1
        if self.peek() == "}":
            self.next()
        return words

    def skipped(self) -> str:
        """The rest of a group that is too deep, as it is written."""
        found, depth = [], 0
        while self.at < len(self.signs):
            depth += {"{": 1, "}": -1}.get(self.peek(), 0)
            if depth < 0:
                break
            found.append(self.next().strip("\\{}"))
        return " ".join(found)

    def source(self) -> str:
        """A group as it is written."""
        if self.peek() != "{":
            return self.next()
        self.next()
        found: list[str] = []
        while self.at < len(self.signs) and self.peek() != "}":
            found.append(self.next())
        self.next()
        return "".join(found)

    # -- parts -----------------------------------------------------------------------------------------

    def part(self) -> str:
        """One thing with what is raised and lowered at it."""
        sign = self.next()
        if sign in BIG:
            return self.operator(BIG[sign])
        base = "" if sign in "^_" else self.atom(sign)
        if sign in "^_":
            self.at -= 1
        below, above = self.scripts()
        words = f"{base} sub {below}" if below and _simple(below) else f"{base} sub {below}," if below else base
        return _raised(words, above)

    def scripts(self) -> tuple[str, str]:
        """What is lowered and what is raised here, in words."""
        below = above = ""
        while self.peek() in ("^", "_", "'", "\\limits", "\\nolimits"):
            mark = self.next()
            if mark == "'":
                above = f"{above} prime".strip()
            elif mark == "_":
                below = f"{below} {self.argument()}".strip()
            elif mark == "^":
                above = f"{above} {self.argument()}".strip()
        return below, above

    def operator(self, said: tuple[str, str, str]) -> str:
        """A sum, an integral, a limit: its name, and from where to where."""
        name, before, between = said
        below, above = self.scripts()
        words = name
        words += f" {before} {below}" if below else ""
        words += f" {between} {above}" if above else ""
        return f"{words} of"

    def atom(self, sign: str) -> str:
        """One sign, and the arguments it takes, in words."""
        if sign == "{":
            self.at -= 1
            return self.argument()
        if not sign.startswith("\\"):
            alone = sign == "|" and self.signs.count("|") == 1  # bars of an absolute value come in pairs
            return "given" if alone else SIGNS.get(sign, sign)
        if sign.endswith("}") and "{" in sign:
            return sign[sign.index("{") + 1 : -1]
        name = sign[1:].rstrip("*")
        if name in IDLE:
            return self.sized(name)
        if name in ACCENTS:
            words = self.argument()
            return ACCENTS[name].format(words if _simple(words) else f"{words},")
        if name in FONTS:
            words = self.argument()
            return BLACKBOARD.get(words, words) if name == "mathbb" else words
        if name in GREEK or name in WORDS:
            return GREEK.get(name) or WORDS[name]
        return self.structure(name)

    def sized(self, name: str) -> str:
        """A command that prints nothing itself; ``\\left.`` has a point that prints nothing either."""
        if name in ("left", "right") and self.peek() == ".":
            self.next()
        elif name in ("hspace", "vspace", "phantom", "vphantom", "hphantom", "label", "color"):
            self.source()
        return ""

    def structure(self, name: str) -> str:
        """A fraction, a root, an environment; else the command's name."""
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            above, below = self.argument(), self.argument()
            plain = _simple(above) and _simple(below)
            return f"{above} over {below}" if plain else f"fraction {above} over {below} end fraction"
        if name in ("binom", "dbinom", "tbinom"):
            above, below = self.argument(), self.argument()
            return f"{above} choose {below}"
        if name == "sqrt":
            return self.root()
        if name in ("overset", "stackrel", "underset"):
            extra, base = self.argument(), self.argument()
            return f"{base} with {extra} {'below' if name == 'underset' else 'above'}"
        if name == "begin":
            return self.environment(self.source().rstrip("*"))
        return name if name.isalpha() else SIGNS.get(name, name)

    def root(self) -> str:
        """A root, square or of another degree."""
        degree = ""
        if self.peek() == "[":
            self.next()
            degree = self.run(("]",))
            self.next()
        words = self.argument()
        kind = {"": "square root", "2": "square root", "3": "cube root"}.get(degree, f"root of degree {degree}")
        return f"{kind} of {words}" if _simple(words) else f"{kind} of {words} end root"

    def environment(self, name: str) -> str:
        """Rows of lines, of a matrix, of cases."""
        if name in ("array", "alignedat", "alignat"):
            self.source()
        rows: list[list[str]] = [[]]
        while self.at < len(self.signs):
            cell = self.run(("&", "\\\\"))
            rows[-1].append(cell)
            mark = self.next()
            if mark == "\\\\":
                rows.append([])
            elif mark != "&":
                break
        if self.signs[self.at - 1 : self.at] == ["\\end"]:
            self.source()
        lines = [[cell for cell in row if cell] for row in rows]
        lines = [row for row in lines if row]
        if name in MATRICES:
            said = "; ".join(", ".join(row) for row in lines)
            return f"{MATRICES[name]} with rows {said}; end {MATRICES[name]}"
        if name == "cases":
            return "cases: " + "; ".join(", ".join(row) for row in lines) + "; end cases"
        return "; ".join(" ".join(row) for row in lines)


def _raised(words: str, above: str) -> str:
    """Words with what is raised after them."""
    if not above:
        return words
    if above in POWERS:
        return f"{words} {POWERS[above]}".strip()
    if above.startswith("prime"):
        return f"{words} {above}"
    return f"{words} to the power {above}" + ("" if _simple(above) else ",")
