"""A long Markdown text -> pieces that Pandoc reads to the same blocks one by one, so that only changed ones are read.

A text is cut before headings that stand outside fences, divisions, comments and environments; each piece is given the
definitions of notes and links that it uses. Where a text holds what reaches further, such as macros of TeX, it is not
cut. What this room overlooks is mended soon after: the preview reads the whole text once the author pauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from galley.document import Node
from galley.pandoc import each
from galley.patterns import pattern

FENCE = pattern(r" {0,3}(`{3,}|~{3,})")
HEADING = pattern(r"#{1,6} +\S")
DIVISION = pattern(r" {0,3}:{3,}(.*)$")
DEFINITION = pattern(r" {0,3}\[([^\]\n]+)\]:")
REACHING = pattern(
    r"\(@[\w-]*\)|\\(?:re)?newcommand|\\def\b|\\providecommand|\\DeclareMath|\\let\b|\\newenvironment"
    r"|^ {0,3}</?(?:div|table|section|article|aside|details|figure|pre|script|style|blockquote|ul|ol|dl|p)\b"
)
"""What decides how text after it is read: numbered examples, macros, blocks of HTML."""
LABEL = pattern(r"\[([^\[\]\n]+)\]")
TITLE = pattern(r"^#{1,6} +(.+?)(?: *\{[^}]*\})? *#* *$")
NESTING = frozenset({"Header", "Div", "BlockQuote", "BulletList", "OrderedList", "DefinitionList"})
"""The blocks that are or may hold headings."""
HEADER = frozenset({"Header"})
UNDERLINE = pattern(r"(?:=+|-+) *$")


def pieces(text: str) -> list[str] | None:
    """The text in pieces, each with the definitions it needs; None where it must be read in one go."""
    lines = text.split("\n")
    if any(REACHING.search(line) for line in lines) or _named_by_brackets(lines, text):
        return None
    parts, definitions = _parted(lines)
    if len(parts) < 2:
        return None
    return [part + _needed(part, definitions) for part in ("\n".join(part) + "\n" for part in parts)]


def _parted(lines: Sequence[str]) -> tuple[list[list[str]], dict[str, str]]:
    """The lines parted before headings, and the definitions among them by their label in lower case; no parts where
    something is opened and not closed, or closed and not opened."""
    parts: list[list[str]] = [[]]
    definitions: dict[str, str] = {}
    state = _Inside()
    defining = ""
    for at, line in enumerate(lines):
        free = state.free
        if free and HEADING.match(line) and (at == 0 or not lines[at - 1].strip()) and not _is_term(lines, at):
            parts.append([])
        found = DEFINITION.match(line) if free else None
        if found:
            defining = found[1].lower()
            definitions[defining] = ""
        elif defining and not lines[at - 1].strip() and (defining[0] != "^" or line[:1] not in ("", " ", "\t")):
            defining = ""  # only notes go on behind an empty line, in lines that are set in
        if defining:
            definitions[defining] += line + "\n"
        parts[-1].append(line)
        state.pass_by(line)
    return (parts if state.free and not state.amiss else []), definitions


def _is_term(lines: Sequence[str], at: int) -> bool:
    """Whether a line has a definition behind it, which makes a term even of a heading."""
    return next((line for line in lines[at + 1 : at + 3] if line.strip()), "").lstrip().startswith((":", "~"))


class _Inside:
    """What a line stands in: a fence, divisions, a comment, environments of TeX, a formula."""

    def __init__(self) -> None:
        self._fence = ""
        self._depth = self._environments = 0
        self._comment = False
        self._formula = False
        self.amiss = False

    @property
    def free(self) -> bool:
        return not (self._fence or self._depth or self._environments or self._comment or self._formula)

    def pass_by(self, line: str) -> None:
        """Take note of what a line opens and closes."""
        fence = FENCE.match(line)
        if self._fence:
            closes = fence and fence[1].startswith(self._fence) and not line.strip().strip(self._fence[0])
            self._fence = "" if closes else self._fence
            return
        if fence and not self._comment:
            self._fence = fence[1]
            return
        opened, closed = line.rfind("<!--"), line.rfind("-->")
        if opened >= 0 or closed >= 0:
            self._comment = opened > closed
        self._environments += line.count("\\begin{") - line.count("\\end{")
        self._formula ^= line.count("$$") % 2 == 1
        division = DIVISION.match(line)
        if division:
            self._depth += 1 if division[1].strip(": ") else -1
        self.amiss |= self._depth < 0 or self._environments < 0


def _needed(part: str, definitions: dict[str, str]) -> str:
    """The definitions that a part refers to and does not hold, and those that these refer to."""
    text, added = part, ""
    waiting = [label for label in definitions if definitions[label] not in part]
    while True:
        used = {label.lower() for label in LABEL.findall(text)}
        found = [label for label in waiting if label in used]
        if not found:
            return f"\n\n{added}" if added else ""
        waiting = [label for label in waiting if label not in found]
        text = "\n".join(definitions[label] for label in found)
        added += text + "\n"


def _named_by_brackets(lines: Sequence[str], text: str) -> bool:
    """Whether a heading is linked to by its words in brackets, which Pandoc knows only where it sees both."""
    titles = {found[1].strip().lower() for line in lines if line.startswith("#") and (found := TITLE.match(line))}
    under = (lines[at - 1] for at, line in enumerate(lines) if at and line[:1] in ("=", "-") and UNDERLINE.match(line))
    titles |= {line.strip().lower() for line in under}
    return any(label.lower() in titles for label in LABEL.findall(text))


def joined(parts: Sequence[tuple[str, Sequence[Node]]]) -> list[Node] | None:
    """The blocks that pieces were read to as those of one text: no two headings with one identifier.

    None where only a reading of the whole can tell what their identifiers are.
    """
    taken: set[str] = set()
    blocks: list[Node] = []
    for text, read in parts:
        headers = list(each([block for block in read if block["t"] in NESTING], HEADER))
        clash = next((block for block in headers if block["c"][1][0] in taken), None)
        if clash and (len(headers) > 1 or clash is not read[0] or f"#{clash['c'][1][0]}" in text):
            return None
        new = [_renamed(clash, taken), *read[1:]] if clash else read
        taken.update(block["c"][1][0] for block in (new[:1] if clash else headers) if block["c"][1][0])
        blocks.extend(new)
    return blocks


def _renamed(block: Node, taken: set[str]) -> Node:
    level, (identifier, classes, pairs), words = block["c"]
    number = next(n for n in range(1, len(taken) + 2) if f"{identifier}-{n}" not in taken)
    content: list[Any] = [level, [f"{identifier}-{number}", classes, pairs], words]
    return {"t": "Header", "c": content}
