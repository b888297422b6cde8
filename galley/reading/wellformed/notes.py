"""Notes and links by name: each that is called is defined, once, and each that is defined is called."""

from __future__ import annotations

from collections.abc import Iterator

from galley.patterns import pattern
from galley.reading.wellformed.prose import Prose, tell
from galley.report import ERROR, WARNING, Diagnostic

NOTE = pattern(r"(?<!\\)\[\^([^\]\s\[]+)\](:?)")
LINK = pattern(r"(?<![\\^])\[([^\]\[\n]+)\](?<!\\\])\[([^\]\[\n]*)\]")
TARGET = pattern(r"^[ ]{0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*(\S*)", 8)
COMMAND = pattern(r"\\[A-Za-z]+\*?\Z")
HEADING = pattern(r"^#{1,6}[ \t]+([^\n]*)", 8)


def notes(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``undefined-note``, ``unused-note``, ``repeated-note``."""
    if not any("[^" in prose.quiet for prose in read):
        return
    called: dict[str, list[tuple[Prose, tuple[int, int]]]] = {}
    defined: dict[str, list[tuple[Prose, tuple[int, int]]]] = {}
    for prose in read:
        for found in NOTE.finditer(prose.quiet, prose.start):
            before = (
                prose.quiet[found.start() - 4 : found.start()]
                if found.start() > 3
                else f"\n{prose.quiet[: found.start()]}"
            )
            defines = found[2] and "\n" in before and not before.rpartition("\n")[2].strip(" >")
            (defined if defines else called).setdefault(found[1], []).append((prose, found.span()))
    front = "".join(prose.file.text[: prose.start] for prose in read)
    for name, places in called.items():
        if name not in defined:
            for prose, (start, end) in places:
                yield _undefined(prose, start, end, name)
    for name, places in defined.items():
        if name not in called and f"[^{name}]" not in front:
            prose, (start, end) = places[0]
            message, hint = f"nothing calls the note '{name}'", f"write [^{name}] where it belongs, or take it out"
            yield tell(prose, WARNING, "unused-note", (start, end - 1), message, hint)
        first = places[0][0].file.place(places[0][1][0])[0]
        for prose, (start, end) in places[1:]:
            message, hint = f"the note '{name}' is defined twice", f"the other is in line {first}; one of them is lost"
            yield tell(prose, ERROR, "repeated-note", (start, end - 1), message, hint)


def _undefined(prose: Prose, start: int, end: int, name: str) -> Diagnostic:
    alone = prose.quiet[start - 1 : start] in ("", "\n") and prose.quiet[end : end + 1] == " "
    hint = f"write [^{name}]: and the note's words in a paragraph of its own"
    hint = "a colon after it would make it the note's definition" if alone else hint
    return tell(prose, ERROR, "undefined-note", (start, end), f"there is no note '{name}'", hint)


def links(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``undefined-link`` and ``repeated-link``: names of addresses that are given nowhere, or twice."""
    targets: dict[str, str] = {}
    for prose in read:
        for found in TARGET.finditer(prose.file.text, prose.start) if "]:" in prose.file.text else ():
            name = _folded(found[1])
            if targets.setdefault(name, found[2]) != found[2] and prose.quiet[found.start(1)].strip():
                message, hint = f"the address '{found[1]}' is given twice", "the last one is used"
                yield tell(prose, WARNING, "repeated-link", found.span(1), message, hint)
    if not any("][" in prose.quiet for prose in read):
        return
    headings = {
        _folded(found[1].rstrip(" \t#").partition("{")[0])
        for prose in read
        for found in HEADING.finditer(prose.quiet, prose.start)
    }
    for prose in read:
        for found in LINK.finditer(prose.quiet, prose.start):
            name = found[2] or found[1]
            if "\\" in found[0] or COMMAND.search(prose.quiet, 0, found.start()):
                continue  # \citep[see][p. 4]{poe2020}
            if "@" in found[0] or "^" in (found[1][:1], found[2][:1]) or _folded(name) in targets:
                continue
            if _folded(name) not in headings:
                message, hint = f"there is no address '{name}'", f"write [{name}]: https://... in a line of its own"
                yield tell(prose, WARNING, "undefined-link", found.span(), message, hint)


def addresses(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``empty-link``: an address without a letter."""
    for prose in read:
        text = prose.file.text
        at = text.find("]()", prose.start)
        while at >= 0:
            opened = text.rfind("[", prose.start, at)
            if opened >= 0 and prose.quiet[opened] == "[" and text[opened - 1 : opened] != "!":
                hint = "write the address between the round brackets"
                yield tell(prose, WARNING, "empty-link", (opened, at + 3), "this link leads nowhere", hint)
            at = text.find("]()", at + 3)


def _folded(name: str) -> str:
    return " ".join(name.lower().split())
