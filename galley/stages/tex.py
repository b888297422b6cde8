"""TeX source as its pieces: commands with their arguments, environments with their bodies, and the text between.

Nothing is expanded and nothing understood; every character of the source belongs to exactly one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from galley.patterns import pattern
from galley.stages.texpairs import braces, deepest, environments

COMMAND = pattern(r"\\(?:([A-Za-z@]+)(\*?)|(.))", re.DOTALL)
BEGIN = pattern(r"\\begin\s*\{([^{}]*)\}")
COMMENT = pattern(r"(?<!\\)%[^\n]*(?:\n[ \t]*|\Z)")
DEFINED = pattern(
    r"\\(?:re|provide)?newcommand\s*\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?:\[(\d)\])?\s*(?=\{)"
    r"|\\providecommand\s*\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?:\[(\d)\])?\s*(?=\{)"
    r"|\\def\s*\\([A-Za-z]+)((?:#\d)*)\s*(?=\{)"
    r"|\\DeclareMathOperator\s*\*?\s*\{\s*\\([A-Za-z]+)\s*\}\s*(?=\{)"
)


@dataclass(frozen=True, slots=True)
class Text:
    """What stands between commands; a group in braces is text too, its braces included."""

    source: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name without the backslash, whether it is starred, what is in [brackets] and in {braces}."""

    source: str
    name: str
    starred: bool = False
    options: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment: its name without a star, what is in brackets and braces after ``\\begin``, its body."""

    source: str
    name: str
    starred: bool
    options: tuple[str, ...]
    arguments: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Macro:
    """A command the author defined: how many arguments it takes, and its body with #1, #2 for them."""

    arguments: int
    body: str


Piece = Text | Command | Environment
ARGUMENTS = {"minipage": 1, "multicols": 1, "tabular": 1, "tabularx": 2, "tabulary": 2, "subfigure": 1, "subtable": 1}
ARGUMENTS |= {"wrapfigure": 2, "wraptable": 2, "alignat": 1, "alignedat": 1, "array": 1, "longtable": 1}
ARGUMENTS |= {"adjustbox": 1, "spacing": 1, "textblock": 1, "subcaptionblock": 1, "adjustwidth": 2, "minted": 1}
"""How many arguments in braces follow the ``\\begin`` of an environment."""
BRACKET = pattern(r"\\.|[\[\]{]", re.DOTALL)
BLANK = pattern(r"[ \t]*")
NO_SPACE = pattern(r"[ \t]*\n?[ \t]*")


def pieces(source: str) -> Iterator[Piece]:
    """The pieces of a TeX source in order."""
    at = start = 0
    while at < len(source):
        char = source[at]
        if char == "{":
            at = group(source, at)[1]
            continue
        if char != "\\":
            at += 1
            continue
        if start < at:
            yield Text(source[start:at])
        piece = _environment(source, at) or command(source, at)
        yield piece
        at = start = at + len(piece.source)
    if start < at:
        yield Text(source[start:at])


def group(source: str, at: int, marks: str = "{}") -> tuple[str, int]:
    """What is inside the group that opens at an offset, and the offset after it; the text's end closes every group."""
    if marks == "{}":
        end = braces(source)[at]
        if not end and at and source[at] == "{":  # a backslash before it belongs to what stands before that
            inner, end = group(source[at:], 0)
            return inner, at + end
        return (source[at + 1 : end], end + 1) if end > 0 else (source[at + 1 :], len(source))
    depth, here = 0, at
    while found := BRACKET.search(source, here):
        here = found.end()
        char = found[0]
        if char == "[":
            depth += 1
        elif char == "]":
            depth -= 1
            if not depth:
                return source[at + 1 : here - 1], here
        elif char == "{":
            here = group(source, found.start())[1]
    return source[at + 1 :], len(source)


def command(source: str, at: int) -> Command:
    """The command that starts at an offset, with every group that follows it directly."""
    found = COMMAND.match(source, at)
    if not found:
        return Command(source[at : at + 1], "")
    if found[3]:
        return Command(found[0], found[3])
    options, arguments, here = _groups(source, found.end())
    if not options and not arguments:
        blank = BLANK.match(source, found.end())
        here = blank.end() if blank else found.end()
    return Command(source[at:here], found[1], bool(found[2]), options, arguments)


def _groups(source: str, at: int, limit: int = 9) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    options: list[str] = []
    arguments: list[str] = []
    while at < len(source):
        gap = NO_SPACE.match(source, at)
        here = gap.end() if gap else at
        if source[here : here + 1] == "{" and len(arguments) < limit:
            inner, at = group(source, here)
            arguments.append(inner)
        elif source[here : here + 1] == "[" and here == at:
            inner, at = group(source, here, "[]")
            options.append(inner)
        else:
            break
    return tuple(options), tuple(arguments), at


def _environment(source: str, at: int) -> Environment | None:
    opening = BEGIN.match(source, at)
    if not opening:
        return None
    name = opening[1]
    partner = environments(source).get(at)
    if not partner:
        return None
    start, end = partner
    bare = name.rstrip("*")
    options, arguments, body = _groups(source, opening.end(), ARGUMENTS.get(bare, 0))
    return Environment(source[at:end], bare, name.endswith("*"), options, arguments, source[min(body, start) : start])


def macros(source: str) -> dict[str, Macro]:
    """The commands a source defines with ``\\newcommand``, ``\\def`` and their like."""
    found: dict[str, Macro] = {}
    if not any(word in source for word in ("newcommand", "providecommand", "\\def", "DeclareMathOperator")):
        return found
    for match in DEFINED.finditer(source):
        body = group(source, match.end())[0]
        name = match[1] or match[3] or match[5] or match[7]
        if match[7]:
            body = rf"\operatorname{{{body}}}"
        count = match[2] or match[4] or (str(match[6].count("#")) if match[6] else "0")
        found[name] = Macro(int(count), body)
    return found


def expanded(source: str, known: Mapping[str, Macro], depth: int = 8) -> str:
    """The source with the author's own commands replaced by what they stand for; where these multiply to more than
    any article has, or go without what they need again and again, the rest stays as it is written."""
    if not known or not depth:
        return source
    return _Expanding(known, len(source) + MOST).text(source, depth)


class _Expanding:
    """One expansion: what it may yet add, and how often a command may yet be without its arguments."""

    def __init__(self, known: Mapping[str, Macro], left: int) -> None:
        words = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
        self._name = re.compile(rf"\\({words})(?![A-Za-z@])")
        self._known, self._left, self._failures = known, left, FAILURES

    def text(self, source: str, depth: int) -> str:
        out: list[str] = []
        at = 0
        while depth and self._left > 0 and self._failures > 0 and (found := self._name.search(source, at)):
            macro = self._known[found[1]]
            arguments, end = _given(source, found.end(), macro.arguments)
            if len(arguments) < macro.arguments:
                self._failures -= end == len(source)  # to find that out took all of the text
                out.append(source[at : found.end()])
                at = found.end()
                continue
            body = _applied(macro.body, arguments)
            self._left -= len(body)
            out += [source[at : found.start()], self.text(body, depth - 1)]
            follows = source[end : end + 1]
            if body[-1:].isalpha() and re.search(r"\\[A-Za-z]+$", body) and follows.isalpha():
                out.append(" ")
            at = end
        return "".join(out) + source[at:]


def _given(source: str, at: int, count: int) -> tuple[tuple[str, ...], int]:
    """So many arguments of a command and where they end."""
    return _groups(source, at, count)[1:] if count else ((), at)


def _applied(body: str, arguments: tuple[str, ...]) -> str:
    return re.sub(r"#(\d)", lambda mark: "".join(arguments[int(mark[1]) - 1 : int(mark[1])]), body)


MOST = 2_000_000
"""Characters that commands of the author's may add to a piece of TeX."""
FAILURES = 20
DEEPEST = 200
"""Groups within one another in a piece of TeX."""
SWITCH = pattern(r"\s*\\(bf|bfseries|it|itshape|em|tt|ttfamily|sc|scshape|sl)(?![A-Za-z])\s*")
SWITCHED = {"bf": "textbf", "bfseries": "textbf", "it": "emph", "itshape": "emph", "em": "emph", "sl": "emph"}
SWITCHED |= {"tt": "texttt", "ttfamily": "texttt", "sc": "textsc", "scshape": "textsc"}
SIZE = pattern(r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge)")
GROUP = pattern(r"\$(?:[^$\\]|\\.)*\$|`[^`\n]*`|\\[A-Za-z@]+\*?|\\.|\{", re.DOTALL)


def ungrouped(source: str) -> str:
    """Words without the braces of bare groups, ``{\\bf x}`` as ``\\textbf{x}``; maths and arguments are left alone."""
    if deepest(source) > DEEPEST:
        raise RecursionError
    return _ungrouped(source)


def _ungrouped(source: str) -> str:
    out: list[str] = []
    at = 0
    while found := GROUP.search(source, at):
        out.append(source[at : found.start()])
        at = found.end()
        if found[0] != "{":
            if SIZE.fullmatch(found[0]):
                continue  # \\small{words} is a group behind a switch that says nothing here
            out.append(found[0])
            if found[0][:1] == "\\" and found[0][1:2].isalpha():
                end = _groups(source, at)[2]
                out.append(source[at:end])
                at = end
            continue
        inner, end = group(source, found.start())
        before = source[found.start() - 1 : found.start()]
        if before in ("]", ")", "`", "$") or inner[:1] in ("#", ".", "=", "-"):
            out.append(source[found.start() : end])  # attributes of Markdown
        elif switch := SWITCH.match(inner):
            out.append(f"\\{SWITCHED[switch[1]]}{{{_ungrouped(inner[switch.end() :])}}}")
        else:
            out.append(_ungrouped(inner))
        at = end
    return "".join(out) + source[at:]
