"""Environments of TeX: each ``\\begin`` has its ``\\end``, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from galley.patterns import pattern
from galley.quiet import uncoded
from galley.reading.wellformed.prose import Prose, tell
from galley.report import ERROR, Diagnostic

MARK = pattern(r"(?<!\\)\\(begin|end)\s*\{([A-Za-z]+\*?)\}")


def unclosed(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``unclosed-environment``: one that is begun and not ended, ended and not begun, or ended by another name."""
    for prose in read:
        if "\\begin{" in prose.file.text or "\\end{" in prose.file.text:
            yield from _of_file(prose)


def _of_file(prose: Prose) -> Iterator[Diagnostic]:
    opened: list[tuple[str, tuple[int, int]]] = []
    begun: Counter[str] = Counter()
    for found in MARK.finditer(uncoded(prose.file.text, prose.start), prose.start):
        name = found[2]
        if found[1] == "begin":
            opened.append((name, found.span()))
            begun[name] += 1
            continue
        if not begun[name]:
            hint = f"write \\begin{{{name}}} before it"
            if opened:
                hint = f"the one that is open is {opened[-1][0]}, of line {prose.file.place(opened[-1][1][0])[0]}"
                begun[opened.pop()[0]] -= 1
            yield _told(prose, found.span(), f"the environment {name} ends here and was not begun", hint)
            continue
        while opened[-1][0] != name:
            begun[opened[-1][0]] -= 1
            yield _open(prose, *opened.pop())
        begun[opened.pop()[0]] -= 1
    for name, at in opened:
        yield _open(prose, name, at)


def _open(prose: Prose, name: str, at: tuple[int, int]) -> Diagnostic:
    return _told(prose, at, f"the environment {name} is not ended", f"write \\end{{{name}}} where it ends")


def _told(prose: Prose, at: tuple[int, int], message: str, hint: str) -> Diagnostic:
    return tell(prose, ERROR, "unclosed-environment", at, message, hint)
