"""Fences of code, divisions and comments: each that is opened is closed, each that is closed was opened."""

from __future__ import annotations

from collections.abc import Iterator

from galley.patterns import pattern
from galley.reading.wellformed.prose import Prose, tell
from galley.report import ERROR, WARNING, Diagnostic

SIGNS = ("```", "~~~", ":::", "<!--")
MARK = pattern(
    r"^(?P<lead>[ \t>]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?)(?:(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})|(?P<div>:{3,}))"
    r"(?P<rest>[^\n]*)$|(?P<open><!--)|(?P<close>-->)|(?P<ticks>(?<!`)`+(?!`))",
    8,  # re.MULTILINE
)
Opened = tuple[Prose, int, str]


def unclosed(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``unclosed-fence``, ``unclosed-comment``, ``unclosed-div``, ``unopened-div``; a division may end in a later file.

    Pandoc prints the signs of a fence or a comment that is not closed, and what was meant as code as prose; it ends
    a division where the manuscript ends.
    """
    divisions: list[Opened] = []
    for prose in read:
        if any(sign in prose.file.text for sign in SIGNS):
            yield from _of_file(prose, divisions)
    for prose, at, mark in divisions:
        hint = f"write a line of three colons, {mark[:3]}, where it is to end"
        yield tell(prose, ERROR, "unclosed-div", (at, at + len(mark)), "this division is not closed", hint)


def _of_file(prose: Prose, divisions: list[Opened]) -> Iterator[Diagnostic]:
    text, at = prose.file.text, prose.start
    open_ended: dict[str, int] = {}
    stop = -1
    while found := MARK.search(text, at):
        at = found.end()
        if found["ticks"]:
            if stop < at:
                stop = text.find("\n\n", at)
                stop = stop if stop >= 0 else len(text)
            at = _after_code(text, at, found["ticks"], stop)
        elif found["fence"]:
            sign, length = found["fence"][0], len(found["fence"])
            close = _closing(text, at, found["fence"]) if length < open_ended.get(sign, 1000) else -1
            if close >= 0:
                at = close
            elif len(found["lead"].expandtabs(4)) < 4:
                if sign not in open_ended:  # those after it may open or close
                    yield _fence(prose, found.start("fence"), found["fence"])
                open_ended[sign] = min(length, open_ended.get(sign, length))
        elif found["open"]:
            close = -1 if "<" in open_ended else text.find("-->", found.start() + 4)
            if close < 0 and "<" not in open_ended:
                place = (found.start(), found.start() + 4)
                hint = "write --> where it is to end; until then it is printed"
                yield tell(prose, ERROR, "unclosed-comment", place, "this comment is not closed", hint)
                open_ended["<"] = 0
            at = close + 3 if close >= 0 else at
        elif found["div"]:
            yield from _division(prose, found.start("div"), found["div"], found["rest"], divisions)


def _after_code(text: str, start: int, ticks: str, stop: int) -> int:
    """The offset after code in a line that starts before an offset; where it has no end, that offset."""
    here = text.find(ticks, start, stop)
    while here >= 0:
        end = here + len(ticks)
        while text[end : end + 1] == "`":
            end += 1
        if end - here == len(ticks):
            return end
        here = text.find(ticks, end, stop)
    return start


def _closing(text: str, start: int, fence: str) -> int:
    """The offset after the line that closes a fence, or -1."""
    found = pattern(rf"\n[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*(?=\n|\Z)").search(text, start)
    return found.end() if found else -1


def _fence(prose: Prose, at: int, fence: str) -> Diagnostic:
    shorter = pattern(rf"^[ \t]*({fence[0]}{{3,{len(fence) - 1}}})[ \t]*$", 8) if len(fence) > 3 else None
    near = shorter.search(prose.file.text, at) if shorter else None
    hint = f"end it with a line of {fence}"
    if near:
        line = prose.file.place(near.start(1))[0]
        hint = f"line {line} has {len(near[1])} of its signs; it takes as many as here: {fence}"
    return tell(prose, ERROR, "unclosed-fence", (at, at + len(fence)), "this block of code is not closed", hint)


def _division(prose: Prose, at: int, mark: str, rest: str, divisions: list[Opened]) -> Iterator[Diagnostic]:
    words = rest.strip().rstrip(":").strip()
    if words:
        if words.startswith("{") or " " not in words:
            divisions.append((prose, at, mark + rest.rstrip()))
    elif divisions:
        divisions.pop()
    else:
        message, hint = "this closes a division, and none is open", "take it out; it would be printed"
        yield tell(prose, WARNING, "unopened-div", (at, at + len(mark)), message, hint)
