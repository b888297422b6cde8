"""An entry in the making: fields with the stretch of the line each was read from, so that no word goes missing."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern
from .line import Line

_EDGE: Final = " \t,;:."
_LISTS: Final = frozenset({"author", "editor", "editora", "translator", "narrator", "bookauthor"})
_WORDS: Final = pattern(r"[^\W_]")


class Draft:
    """What has been read so far; every character that a field or the furniture of the form accounts for is held."""

    __slots__ = ("at", "fields", "held", "italic", "letter", "line", "number", "slips", "text", "type")

    def __init__(self, line: Line) -> None:
        self.line, self.text, self.italic = line, line.text, line.italic
        self.type = ""
        self.letter = ""
        self.number = 0
        self.fields: dict[str, str] = {}
        self.at: dict[str, tuple[int, int]] = {}
        self.held = bytearray(len(line.text))
        self.slips: list[tuple[str, int, int]] = []

    def trim(self, start: int, end: int, edge: str = _EDGE) -> tuple[int, int]:
        """Narrow [start, end) to leave out signs and spaces at both ends."""
        text = self.text
        while start < end and text[start] in edge:
            start += 1
        while end > start and text[end - 1] in edge:
            end -= 1
        return start, end

    def put(self, name: str, start: int, end: int, value: str | None = None) -> None:
        """Set a field from [start, end) of the line, and hold that stretch; a field set before is added to."""
        value = self.text[start:end] if value is None else value
        if not value:
            return
        if name in self.fields:
            value = f"{self.fields[name]}{' and ' if name in _LISTS else '; '}{value}"
        self.fields[name] = value
        self.at[name] = (start, end)
        self.hold(start, end)

    def hold(self, start: int, end: int) -> None:
        """Account for a stretch: furniture such as "In" and "(Eds.)", or what a field holds."""
        if end > start:
            self.held[start:end] = b"\1" * (end - start)

    def slip(self, code: str, start: int, end: int) -> None:
        """Note a fault of form."""
        self.slips.append((code, start, end))

    def slanted(self, start: int, end: int, share: float = 0.5) -> bool:
        """Say whether more than a share of the letters of a stretch are italic, by default half of them."""
        letters = [i for i in range(start, end) if self.text[i].isalnum()]
        return bool(letters) and sum(self.italic[i] for i in letters) > len(letters) * share

    def left(self) -> list[tuple[int, int]]:
        """The stretches with letters or digits that nothing accounts for."""
        found: list[tuple[int, int]] = []
        at, held = 0, bytes(self.held)
        while (start := held.find(b"\0", at)) >= 0:
            end = held.find(b"\1", start)
            at = len(held) if end < 0 else end
            if _WORDS.search(self.text, start, at):
                found.append(self.trim(start, at, " ,;:"))
        return found
