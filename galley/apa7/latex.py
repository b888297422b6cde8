"""A field's LaTeX read into pieces: runs of Unicode text, each with the marks that stand on it.

Braces protect from case change, as in BibTeX; what a command cannot say in text is left out, never printed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from .glyphs import ACCENTS, DROPPED_WITH_ARGUMENT, GREEK, SYMBOLS
from .journals import MACROS
from .patterns import pattern

Piece = tuple[str, int]
"""A run of text and its marks, a sum of the constants below."""
Pieces = tuple[Piece, ...]

ITALIC: Final = 1
UPRIGHT: Final = 2
SUP: Final = 4
SUB: Final = 8
SMALLCAPS: Final = 16
BOLD: Final = 32
KEEP: Final = 64  # braces: letters keep their case
LINK: Final = 128  # the text is an address
OWN: Final = 256  # a title inside the title: its first word starts a sentence

_STYLES: Final = {
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph", "mkbibitalic", "it", "em", "itshape"), ITALIC),
    **dict.fromkeys(("textup", "textrm", "textnormal", "upshape", "rm", "normalfont"), UPRIGHT),
    **dict.fromkeys(("textbf", "mkbibbold", "bf", "bfseries"), BOLD),
    **dict.fromkeys(("textsc", "sc", "scshape"), SMALLCAPS),
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript"), SUP),
    **dict.fromkeys(("textsubscript", "mkbibsubscript"), SUB),
}
_DECLARATIONS: Final = frozenset({"it", "em", "itshape", "rm", "upshape", "bf", "bfseries", "sc", "scshape"})
_QUOTES: Final = frozenset({"enquote", "mkbibquote", "textquote"})
_MARKED: Final = pattern(r"[\\{}$~'`\"\n\t]|--|  ")
_COMMAND: Final = pattern(r"\\([A-Za-z@]+)[ \t\n]*\*?|\\(.)", re.DOTALL)
_TEXT: Final = pattern(r"[^\\{}$~'`\"\-]+(?:-(?!-)[^\\{}$~'`\"\-]*)*|-(?!-)")
_FORMULA: Final = pattern(r"\$[^$]*\$")
_KNOWN: Final = (
    SYMBOLS, GREEK, _STYLES, _QUOTES, DROPPED_WITH_ARGUMENT, MACROS,
    ("href", "texorpdfstring", "url", "nolinkurl", "relax", "protect", "xspace", "ensuremath", "mbox", "text"),
)  # fmt: skip
_SPACE: Final = pattern(r"\s{2,}|[^\S \u00a0\u202f]")


def plain(value: str) -> str:
    """Give the text of a LaTeX value without its marks; ``{\\'E}mile~\\emph{x}`` is ``Émile x``."""
    if not _MARKED.search(value):
        return value.strip()
    return "".join(text for text, _ in pieces(value))


def pieces(value: str) -> Pieces:
    """Read a LaTeX value into pieces; adjoining runs with the same marks are one piece, ends are trimmed."""
    if not _MARKED.search(value):
        value = value.strip()
        return ((value, 0),) if value else ()
    reader = _Reader(value)
    reader.group(0, 0)
    return tidy(reader.out)


def tidy(runs: list[Piece]) -> Pieces:
    """Join runs with equal marks, make white space single, trim both ends."""
    out: list[Piece] = []
    for text, marks in runs:
        if not marks & LINK:
            if "  " in text or not text.isprintable():
                text = _SPACE.sub(_one_space, text)
            if out and text[:1] == " " and out[-1][0].endswith((" ", "\u00a0")):
                text = text[1:]
        if not text:
            continue
        if out and out[-1][1] == marks and not marks & OWN:
            out[-1] = (out[-1][0] + text, marks)
        else:
            out.append((text, marks))
    while out and not out[0][0].lstrip():
        out.pop(0)
    while out and not out[-1][0].rstrip():
        out.pop()
    if out:
        out[0] = (out[0][0].lstrip(), out[0][1])
        out[-1] = (out[-1][0].rstrip(), out[-1][1])
    return tuple((text if text.isascii() else unicodedata.normalize("NFC", text), marks) for text, marks in out)


def _one_space(match: re.Match[str]) -> str:
    found = match.group()
    return "\u00a0" if "\u00a0" in found else "\u202f" if found == "\u202f" else " "


class _Reader:
    """One pass over one value; ``out`` collects the runs."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.at = 0
        self.out: list[Piece] = []

    def group(self, marks: int, depth: int) -> None:
        """Read to the closing brace of this group, or to the end."""
        value = self.value
        while self.at < len(value):
            if run := _TEXT.match(value, self.at):
                self.out.append((run.group(), marks))
                self.at = run.end()
                continue
            char = value[self.at]
            if char == "}":
                self.at += 1
                if depth:
                    return
            elif char == "{":
                self.at += 1
                special = value.startswith("\\", self.at)
                self.group(marks if special else marks | KEEP, depth + 1)
            elif char == "\\":
                marks = self.command(marks)
            elif char == "$":
                self.maths(marks)
            else:
                self.at += 1
                self.out.append((self._typed(char), marks))

    def _typed(self, char: str) -> str:
        """Turn what a keyboard has into what a printer sets: quotation marks, dashes, ties."""
        value = self.value
        if char == "~":
            return "\u00a0"
        for typed, printed in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")):
            if char == typed[0] and value.startswith(typed, self.at - 1):
                self.at += len(typed) - 1
                return printed
        if char == '"':
            before = self._before()
            return "“" if not before or before in " ([{—–‘\u00a0" else "”"
        return {"`": "‘", "'": "’"}.get(char, char)

    def _before(self) -> str:
        for text, _ in reversed(self.out):
            if text:
                return text[-1]
        return ""

    def argument(self, marks: int) -> list[Piece]:
        """Read what a command takes: a group in braces, or one token."""
        value = self.value
        while self.at < len(value) and value[self.at].isspace():
            self.at += 1
        saved, self.out = self.out, []
        if self.at < len(value):
            if value[self.at] == "{":
                self.at += 1
                self.group(marks, 1)
            elif value[self.at] == "\\":
                self.command(marks)
            elif value[self.at] not in "}$":
                self.at += 1
                self.out.append((value[self.at - 1], marks))
        saved, self.out = self.out, saved
        return saved

    def _raw(self) -> str:
        return "".join(text for text, _ in self.argument(0))

    def command(self, marks: int) -> int:
        """Read one command; a declaration such as ``\\it`` changes the marks of the rest of its group."""
        found = _COMMAND.match(self.value, self.at)
        if found is None:
            self.at += 1
            return marks
        name = found.group(1) or found.group(2)
        starred = found.group().endswith("*") and found.group(1) is not None
        self.at = found.end()
        if name in ACCENTS and (found.group(1) is None or len(name) == 1):
            self._accent(ACCENTS[name], marks)
        elif name in SYMBOLS:
            self.out.append((SYMBOLS[name], marks))
        elif name in GREEK:
            self.out.append((GREEK[name], marks))
        elif name in _QUOTES:
            self._quote("‘’" if starred else "“”", marks)
        elif name in _STYLES:
            style = _STYLES[name]
            if name in _DECLARATIONS and not self.value.startswith("{", self.at):
                return marks | style
            own = OWN if style in (ITALIC, UPRIGHT) else KEEP if style & (SUP | SUB) else 0
            self._styled(marks | style, own)
        elif name in DROPPED_WITH_ARGUMENT:
            self._raw()
        elif name == "href" or name == "texorpdfstring":
            self._raw()
            self.out += self.argument(marks)
        elif name == "url" or name == "nolinkurl":
            self.out.append((self._verbatim(), marks | KEEP))
        elif name in MACROS:
            self.out.append((MACROS[name], marks | KEEP))
        return marks

    def _styled(self, marks: int, own: int) -> None:
        inner = self.argument(marks)
        if inner and own:
            inner[0] = (inner[0][0], inner[0][1] | own)
            if own == KEEP:
                inner = [(text, mark | KEEP) for text, mark in inner]
        self.out += inner

    def _verbatim(self) -> str:
        end = self.value.find("}", self.at)
        if not self.value.startswith("{", self.at) or end < 0:
            return ""
        text = self.value[self.at + 1 : end]
        self.at = end + 1
        return text

    def _accent(self, mark: str, marks: int) -> None:
        base = self._raw()
        base = {"ı": "i", "ȷ": "j"}.get(base[:1], base[:1]) + base[1:]
        letter = base[:1] or "\u00a0"
        self.out.append((unicodedata.normalize("NFC", letter + mark) + base[1:], marks))

    def _quote(self, marksigns: str, marks: int) -> None:
        inner = self.argument(marks)
        words = "".join(text for text, _ in inner).split()
        self.out.append((marksigns[0], marks))
        if inner and len(words) > 2:
            inner[0] = (inner[0][0], inner[0][1] | OWN)
        self.out += inner
        self.out.append((marksigns[1], marks))

    def maths(self, marks: int) -> None:
        """Read ``$...$``: letters italic, Greek and signs as Unicode, ``^`` and ``_`` raised and lowered."""
        end = self.value.find("$", self.at + 1)
        if end < 0:
            self.at += 1
            return
        inner = _Reader(self.value[self.at + 1 : end].replace("~", " "))
        self.at = end + 1
        inner.formula(marks | KEEP)
        self.out += inner.out

    def formula(self, marks: int) -> None:
        """Read a formula's tokens."""
        while self.at < len(self.value):
            char = self.value[self.at]
            if char == "\\":
                self.command(marks)
            elif char in "^_":
                self.at += 1
                raised = (marks & ~(SUP | SUB)) | (SUP if char == "^" else SUB)
                self.out += self.argument(raised)
            else:
                self.at += 1
                if char in "{}":
                    continue
                sign = {"-": "−", "'": "′", "*": "∗"}.get(char, char)
                self.out.append((sign, marks | (ITALIC if char.isalpha() and char.isascii() else 0)))


def unknown(value: str) -> str:
    """Give the first command of a value that says nothing here and is left out, or ""; formulas are not looked into."""
    for found in _COMMAND.finditer(_FORMULA.sub("", value)) if "\\" in value else ():
        name = found.group(1)
        if name and not any(name in known for known in _KNOWN) and not (len(name) == 1 and name in ACCENTS):
            return found.group().strip()
    return ""
